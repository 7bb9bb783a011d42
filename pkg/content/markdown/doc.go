// Package markdown turns the body of a post into what outputs need: HTML for
// pages, feeds and mails, plain text, an excerpt, and what the body links to
// and shows.
//
//	parser := markdown.New()                      // once: it is safe for many goroutines
//	doc, err := parser.Parse(post.Body, post.Lang)
//	html, err := doc.HTML(markdown.Options{Resolve: absolute})
//	text := doc.Text(72, absolute)
//
// It understands CommonMark, GitHub's tables, strikethrough, task lists and
// bare addresses, and footnotes. Goldmark parses; the rest is done here.
//
// # Typography
//
// [Parser.Parse] sets quotation marks, dashes, ellipses and, in French, the
// spaces that do not break, once for all outputs. What is code, an address,
// raw HTML or escaped stays as it is typed.
//
// # Safety
//
// Bodies may come from anyone. Whatever they hold, HTML and Text have no
// control characters, the HTML is well-formed, and nothing in it runs, loads
// a frame, asks for input or shadows a name. Posts without raw HTML are safe
// by construction: the writer of html.go writes fixed tags, escaped text and
// addresses of known schemes, and nothing else. Raw HTML is sanitised when it
// is parsed; posts without any do not pay for it.
//
// # Limits
//
// Goldmark can neither be cancelled nor hurried, and has inputs of some
// kilobytes that take it minutes. Guards around its parsers count how far
// they look and turn such inputs away with an error that is [ErrTooComplex]
// and names the line. The limit is in steps, so that the same body is
// accepted or refused on every machine; no honest post comes near it.
//
// docs/markdown.md is the manual for authors.
package markdown
