// Package newsletter makes the editions of a newsletter: the one to come as
// e-mail HTML, plain text, a message that is ready to send (.eml) and a page to
// look at it; those that are out as an archive of pages.
//
//	archive, err := newsletter.NewArchive(opts, out)   // a publish.Output: public pages
//	mailing, err := newsletter.NewMailing(opts, next)  // a publish.Output: private files, public pictures
//
// The site given to a mailing must be the site as it will be at the edition's
// instant, so that its links lead to what is out by then; of an edition that is
// out, and for an archive, the present one, like for every other output.
//
// # What is shown
//
// The introduction, then the posts, grouped by language where there are
// several. A post of at most [ShortWords] words is shown whole, a longer one by
// its picture, its summary and a link to read on. Posts that have no page are
// shown whole, however long.
//
// # Mail
//
// One column of tables that needs no media query to fit a phone. The style is
// one file, mail.css, written into the elements by package inline; what is left
// of it (dark colours, small windows) stands in the head, and once more in the
// form that Outlook knows. Nothing loads but pictures; nothing runs. Links are
// absolute. The bodies of posts hold what mail programs show (proof.go), and
// the text says every word of the HTML.
//
// A mail that is longer than [MaxBytes] ends after a whole post, with a link to
// the page of the edition. [Mailing.Check] says so, and which posts to shorten
// by how much.
//
// # Templates
//
// [Options.Templates] take the place of ours by their names. An error of one is
// a problem.Problem of package layout; [Lint] says what mail programs do not
// show of one (package lint), [Mailing.Check] of what it made.
//
// # Headers
//
// Date, Message-ID and boundaries come from the edition, so the same edition
// is the same bytes. One-click unsubscription is RFC 8058, the List- headers
// RFC 2369 and RFC 2919. "To" names nobody: whoever sends the message writes
// the recipient, and with it his own unsubscription address.
package newsletter
