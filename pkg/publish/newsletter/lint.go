package newsletter

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/layout"
	"editorial/pkg/publish/newsletter/lint"
)

// CodeTextLacks is the problem of a template of an office whose mail says what
// the text of the mail does not.
const CodeTextLacks problem.Code = "mail-text-lacks"

// Lint returns what mail programs do not show of an office's own templates of
// the mail, where they say it, and the templates that take the place of none
// of ours.
func Lint(own fs.FS) []problem.Problem {
	files := layout.Files{Ours: Templates(), Own: own, Dir: TemplateDir}
	all := files.Unknown()
	for _, name := range []string{"mail.html", "mail.css"} {
		text, mine, err := files.Read(name)
		if !mine || err != nil {
			continue // whoever reads it to use it says why
		}
		found := lint.CSS
		if name == "mail.html" {
			found = func(src string) []lint.Finding { return lint.HTML(lint.Blank(src)) }
		}
		for _, f := range found(text) {
			all = append(all, finding(f, place(files.Path(name), text, f.Offset)))
		}
	}
	return all
}

func finding(f lint.Finding, at problem.Position) problem.Problem {
	return problem.Problem{
		Position: at, Code: f.Code, Severity: problem.Warning, Params: problem.Params{"what": f.What, "where": f.Where},
	}
}

// place is a place in a text by its offset in bytes.
func place(file, text string, offset int) problem.Position {
	before := text[:min(offset, len(text))]
	return problem.Position{
		File: file, Line: strings.Count(before, "\n") + 1,
		Col: utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1,
	}
}

// Check returns what is wrong with the mail of the edition: that it is longer
// than mail programs show, and, where the office has templates of its own for
// it, what they make that is not shown or that the text lacks. What [Lint]
// finds in the templates themselves is not said again. Files of problems are
// paths inside the corpus, or below [TemplateDir].
func (m *Mailing) Check(s publish.Site, bodies publish.Bodies) ([]problem.Problem, error) {
	made, err := m.mail(s, bodies, m.edition)
	if err != nil {
		return nil, err
	}
	all, err := m.tooLong(made)
	if err != nil {
		return nil, err
	}
	if m.opts.Templates == nil {
		return all, nil
	}
	// The page for the team shows whether its templates work.
	if _, err := m.preview(s, bodies, m.edition, "editions/"); err != nil {
		return nil, err
	}
	return append(all, m.checkOwn(made)...), nil
}

// checkOwn looks at what an own template made.
func (m *Mailing) checkOwn(made *sent) []problem.Problem {
	at, own := problem.Position{}, false
	for _, name := range []string{"mail.css", "mail.html"} {
		if _, mine, err := m.files.Read(name); err == nil && mine {
			at.File, own = m.files.Path(name), true
		}
	}
	if !own {
		return nil
	}
	told := Lint(m.opts.Templates)
	var all []problem.Problem
	for _, f := range lint.HTML(string(made.html)) {
		p := finding(f, at)
		if !slices.ContainsFunc(slices.Concat(told, all), func(q problem.Problem) bool { return q.Code == p.Code }) {
			all = append(all, p)
		}
	}
	if words := lacking(made.html, made.text); made.left == nil && len(words) > 0 {
		all = append(all, problem.Problem{
			Position: at, Code: CodeTextLacks, Severity: problem.Warning,
			Params: problem.Params{"words": strings.Join(words[:min(8, len(words))], " ")},
		})
	}
	return all
}

// lacking returns the words of a mail's HTML that its text does not have.
func lacking(page, text []byte) []string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil
	}
	has := map[string]bool{}
	for _, w := range wordsOf(string(text)) {
		has[w] = true
	}
	var all []string
	for n := range doc.Descendants() {
		for _, w := range wordsOf(says(n)) {
			if !has[w] {
				has[w] = true
				all = append(all, w)
			}
		}
	}
	return all
}

// says returns the words of a node: of a text, or in place of a picture.
func says(n *html.Node) string {
	for up := n.Parent; up != nil; up = up.Parent {
		switch up.DataAtom {
		case atom.Head, atom.Script, atom.Style:
			return ""
		}
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.DataAtom == atom.Img {
		alt, _ := find(n, "alt")
		return alt
	}
	return ""
}

// wordsOf parts a text into words: letters and digits, in lower case. Marks of
// Markdown and of quotation that a text has in place of others are none.
func wordsOf(text string) []string {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !letter(r) && !unicode.IsMark(r) })
	return slices.DeleteFunc(words, func(w string) bool { return !strings.ContainsFunc(w, letter) })
}
