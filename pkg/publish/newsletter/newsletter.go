package newsletter

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"slices"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/layout"
	"editorial/pkg/publish/newsletter/inline"
	"editorial/pkg/words"
)

//go:embed templates
var templateFiles embed.FS

// TemplateDir is how an office calls the folder of its own templates.
const TemplateDir = "templates/newsletter"

// Templates returns our templates by the names that an office's own have to
// take their place: mail.html and mail.css make the mail; edition.html,
// archive.html, page.html (the frame of both) and page.css the pages.
func Templates() fs.FS {
	files, err := fs.Sub(templateFiles, "templates")
	if err != nil {
		return templateFiles // never: the name is valid
	}
	return files
}

// ErrOptions is wrapped by the errors of [NewArchive] and [NewMailing] that
// are about the options.
var ErrOptions = errors.New("newsletter options")

// Options are what every edition says of itself. Texts may be empty: what they
// would say is then left out.
type Options struct {
	// Name tells newsletters apart, for messages.
	Name string
	// Folder is where the archive lies below the site's address, with a slash
	// at the end: "newsletter/". Mailings lie in the same folder below
	// "editions/", but for its first part.
	Folder string
	// Title is the newsletter's name; "" means the site's.
	Title string
	// From and ReplyTo are addresses of RFC 5322. Without From no message is
	// made.
	From, ReplyTo string
	// PostalAddress, Why and UnsubscribeURL stand at the end of every mail:
	// where the sender lives, why this mail came, and how to get no more.
	PostalAddress, Why, UnsubscribeURL string
	// ListID is the identifier of RFC 2919, without < and >.
	ListID string
	// Subject is the pattern of the subject, made of ":title", ":date", ":n"
	// and ":site"; "" means ":title".
	Subject string
	// Languages are those of an edition, the first one first; nil means the
	// site's main language. Posts in others come after.
	Languages []string
	// Archive reports whether editions that are out have a page.
	Archive bool
	// NoIndex asks search engines to pass the pages of editions over.
	NoIndex bool
	// Templates are those of the office, in place of ours by their names; nil
	// is none. What is wrong with one is an error that is a problem.Problem in
	// [TemplateDir].
	Templates fs.FS
	// NoMessage makes no mail.eml, so that nobody sends what is not what it
	// should be.
	NoMessage bool
}

// Edition is one mailing.
type Edition struct {
	// ID names the edition in its addresses: its day, "2026-10-29".
	ID string
	At time.Time
	// Now is when the files are made. An edition whose hour has come by then
	// has no page for the team to look at, and pictures are not public while a
	// post is under embargo then. Zero means before At, with no embargo left.
	Now time.Time
	// Number counts the editions from 1; 0 means unknown.
	Number int
	// Intro is the introduction, or nil.
	Intro *content.Post
	// Posts are shown in this order within their language. A post that has no
	// page has no Path.
	Posts []publish.Entry
	// Variants are what posts say here in place of their titles and texts, by
	// post id.
	Variants map[string]content.Variant
}

// wants returns what an edition shows, for publish.Output.Wants.
func (e Edition) wants() []publish.Entry {
	if e.Intro == nil {
		return e.Posts
	}
	return append([]publish.Entry{{Post: e.Intro}}, e.Posts...)
}

// Unready is a post that nobody may send yet.
type Unready struct {
	Post *content.Post
	// Field of the post that says so: "stage" or "embargo".
	Field string
}

// Unready returns the posts of the edition, and its introduction, that are not
// ready to be sent: ideas, drafts and texts in review, and what is under
// embargo at the edition's hour.
func (e Edition) Unready() []Unready {
	var all []Unready
	for _, x := range e.wants() {
		switch p := x.Post; {
		case p.Stage == content.Idea, p.Stage == content.Draft, p.Stage == content.Review:
			all = append(all, Unready{p, "stage"})
		case p.Embargo.Instant.After(e.At):
			all = append(all, Unready{p, "embargo"})
		}
	}
	return all
}

// isOut reports whether the hour of the edition has come.
func (e Edition) isOut() bool { return !e.Now.IsZero() && !e.At.After(e.Now) }

// press is what both outputs render with. It is not changed after it is made.
type press struct {
	opts       Options
	from, back *mail.Address // From and ReplyTo, or nil
	files      layout.Files
	kinds      map[string]*layout.Template
	sheet      *inline.Sheet
	pageStyle  string
	named      map[string]bool // classes that the head's style has rules for
	words      map[words.Lang]*words.Words
}

func newPress(o Options) (*press, error) {
	o.Subject = cmp.Or(o.Subject, ":title")
	if !strings.HasSuffix(o.Folder, "/") || !fs.ValidPath(strings.TrimSuffix(o.Folder, "/")) {
		return nil, fmt.Errorf("%w: folder %q", ErrOptions, o.Folder)
	}
	p := &press{
		opts: o, files: layout.Files{Ours: Templates(), Own: o.Templates, Dir: TemplateDir},
		kinds: map[string]*layout.Template{}, words: map[words.Lang]*words.Words{},
	}
	var err error
	if p.from, err = address(o.From); err != nil {
		return nil, err
	}
	if p.back, err = address(o.ReplyTo); err != nil {
		return nil, err
	}
	if err := p.style(); err != nil {
		return nil, err
	}
	for kind, files := range map[string][]string{
		"mail": {"mail.html"}, "edition": {"edition.html", "page.html"}, "archive": {"archive.html", "page.html"},
	} {
		if p.kinds[kind], err = p.files.Parse(files...); err != nil {
			return nil, err
		}
	}
	for _, lang := range words.Langs() {
		p.words[lang] = words.New(lang)
	}
	return p, nil
}

// style reads the style sheets.
func (p *press) style() error {
	mail, own, err := p.files.Read("mail.css")
	if err != nil {
		return fmt.Errorf("read mail.css: %w", err)
	}
	p.sheet, err = inline.Parse(mail)
	if broken := (*inline.Error)(nil); own && errors.As(err, &broken) {
		return problem.Problem{
			Position: problem.Position{File: p.files.Path("mail.css"), Line: broken.Line, Col: broken.Col},
			Code:     layout.CodeSyntax, Params: problem.Params{"detail": broken.Detail}, Cause: err,
		}
	}
	if err != nil {
		return fmt.Errorf("mail.css: %w", err)
	}
	p.named = classes(p.sheet.Rest())
	if p.pageStyle, _, err = p.files.Read("page.css"); err != nil {
		return fmt.Errorf("read page.css: %w", err)
	}
	return nil
}

// reply returns where answers go, or "".
func (p *press) reply() string {
	switch {
	case p.back != nil:
		return p.back.Address
	case p.from != nil:
		return p.from.Address
	}
	return ""
}

// Archive is the output of the editions that are out. It may be used by
// several goroutines.
type Archive struct {
	*press
	editions []Edition
}

// NewArchive returns the output of editions that are out.
func NewArchive(o Options, out []Edition) (*Archive, error) {
	p, err := newPress(o)
	if err != nil {
		return nil, err
	}
	out = slices.SortedFunc(slices.Values(out), func(a, b Edition) int { return b.At.Compare(a.At) })
	return &Archive{p, out}, nil
}

// Name returns the name of the newsletter.
func (a *Archive) Name() string { return a.opts.Name }

// Wants returns the posts and introductions of all editions.
func (a *Archive) Wants(publish.Site) []publish.Entry {
	var all []publish.Entry
	for _, e := range a.editions {
		all = append(all, e.wants()...)
	}
	return all
}

// Files makes a page of every edition, a list of them, and copies of the files
// that they lead to; nothing while no edition is out. Where nobody wants an
// archive it makes the copies of pictures alone: mails that were sent still load
// them.
func (a *Archive) Files(s publish.Site, bodies publish.Bodies) ([]publish.File, error) {
	if len(a.editions) == 0 {
		return nil, nil
	}
	return a.archive(s, bodies, a.editions)
}

// Mailing is the output of one edition as mail: files for the team, and the
// pictures that the mail loads. It may be used by several goroutines.
type Mailing struct {
	*press
	edition Edition
}

// NewMailing returns the output of an edition that is to be sent: the next one,
// or the last one that is out.
func NewMailing(o Options, e Edition) (*Mailing, error) {
	p, err := newPress(o)
	if err != nil {
		return nil, err
	}
	return &Mailing{p, e}, nil
}

// Name returns the name of the newsletter.
func (m *Mailing) Name() string { return m.opts.Name }

// Wants returns the posts of the edition, and its introduction.
func (m *Mailing) Wants(publish.Site) []publish.Entry { return m.edition.wants() }

// Message is an edition as something to send.
type Message struct {
	// Subject and Lang are what its readers see first.
	Subject, Lang string
	// From is the sender's address without a name, "" where there is none.
	From string
	// Text is the mail as plain text.
	Text string
	// Data is the message of mail.eml, nil where none is made.
	Data []byte
}

// Message makes the mail alone, without files.
func (m *Mailing) Message(s publish.Site, bodies publish.Bodies) (Message, error) {
	sent, err := m.mail(s, bodies, m.edition)
	if err != nil {
		return Message{}, err
	}
	out := Message{Subject: header(sent.letter.Subject), Lang: sent.letter.Lang, Text: string(sent.text)}
	if m.from != nil {
		out.From = m.from.Address
	}
	out.Data, err = m.sendable(sent)
	return out, err
}

// sendable is the message of mail.eml, or nil: without a sender, while a post is
// not ready.
func (m *Mailing) sendable(x *sent) ([]byte, error) {
	if m.from == nil || m.opts.NoMessage || len(m.edition.Unready()) > 0 {
		return nil, nil
	}
	eml, err := m.message(m.edition, x)
	if err != nil {
		return nil, fmt.Errorf("message of %s: %w", m.edition.ID, err)
	}
	return eml, nil
}

// Files makes mail.html, mail.txt and, where there is a sender and every post
// is ready, mail.eml; before its hour index.html to look at, too, with copies
// of the files that it leads to. The pictures that the mail loads are copied
// for everybody as soon as it may be sent.
func (m *Mailing) Files(s publish.Site, bodies publish.Bodies) ([]publish.File, error) {
	_, below, _ := strings.Cut(m.opts.Folder, "/")
	dir := "editions/" + below + m.edition.ID + "/"
	sent, err := m.mail(s, bodies, m.edition)
	if err != nil {
		return nil, err
	}
	var files []publish.File
	if m.edition.showsPictures() {
		files = sent.pictures()
	}
	if !m.edition.isOut() {
		page, err := m.preview(s, bodies, m.edition, dir)
		if err != nil {
			return nil, err
		}
		files = append(files, page...)
	}
	files = append(files,
		publish.File{Path: dir + "mail.html", Private: true, Data: sent.html},
		publish.File{Path: dir + "mail.txt", Private: true, Data: sent.text})
	eml, err := m.sendable(sent)
	if err != nil {
		return nil, err
	}
	if eml != nil {
		files = append(files, publish.File{Path: dir + "mail.eml", Private: true, Data: eml})
	}
	return files, publish.CheckPaths(files)
}
