package layout

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
)

// Codes of what is wrong with an own template: it cannot be parsed or escaped;
// it fails at its work; no output has a template of its name.
const (
	CodeSyntax  problem.Code = "template-syntax"
	CodeRun     problem.Code = "template-run"
	CodeUnknown problem.Code = "template-unknown"
)

// said is what the template engines say, taken apart.
type said struct {
	name      string // of the file
	line, col int    // col counts bytes from 0; -1 is unknown
	// at is the action that failed, or ""; detail what was wrong.
	at, detail string
}

// explain turns an error of the engine into a problem of an own file. An error
// of our own files stays what it is.
func (t *Template) explain(err error, code problem.Code) error {
	s := takeApart(err.Error())
	if _, ok := t.texts[s.name]; !ok && s.name != "" {
		// Some errors name the definition, not its file.
		if def := t.t.Lookup(s.name); def != nil && def.Tree != nil {
			s.name, s.line, s.col = def.Tree.ParseName, 0, -1
		}
	}
	own := false
	for _, name := range t.own {
		own = own || name == s.name
	}
	switch {
	case own:
	case len(t.own) > 0:
		// Ours fail only for what an own file does not define for them.
		if s.name != "" && s.line > 0 {
			s.detail = fmt.Sprintf("%s:%d: %s", s.name, s.line, s.detail)
		}
		s = said{name: t.own[0], detail: s.detail, col: -1}
	default:
		return err
	}
	at := problem.Position{File: t.of.Path(s.name), Line: s.line}
	if s.line > 0 {
		at.Col = column(line(t.texts[s.name], s.line), s)
	}
	p := problem.Problem{Position: at, Code: code, Params: problem.Params{"detail": s.detail}, Cause: err}
	if s.at != "" {
		p.Params["detail"] = s.at + ": " + s.detail
	}
	return p
}

// takeApart reads what text/template and html/template write:
//
//	template: mail.html:3: unexpected "}" in operand
//	template: mail.html:3:9: executing "mail" at <.Titel>: can't evaluate …
//	html/template:mail.html:3:9: {{.}} appears in an ambiguous context …
func takeApart(text string) said {
	m := regexp.MustCompile(`(?s)^(?:html/)?template: ?(?:([^\s:]+):)?(?:(\d+):)?(?:(\d+):)? ?(?:executing "[^"]*" at <(.*?)>: )?(.*)$`).FindStringSubmatch(text)
	if m == nil {
		return said{col: -1, detail: text}
	}
	s := said{name: m[1], at: m[4], detail: strings.Join(strings.Fields(m[5]), " "), col: -1}
	s.line, _ = strconv.Atoi(m[2]) // digits, or none
	if m[3] != "" {
		s.col, _ = strconv.Atoi(m[3])
	}
	return s
}

// line returns the line of a text, counted from 1.
func line(text string, n int) string {
	for l := range strings.Lines(text) {
		if n--; n == 0 {
			return l
		}
	}
	return ""
}

// column returns where on its line the error is, in characters from 1. The
// parser knows no column: it is then where what it quotes stands, or the first
// action of the line.
func column(line string, s said) int {
	at := s.col
	if at < 0 || at > len(line) {
		at = quoted(line, s.detail)
	}
	return utf8.RuneCountInString(line[:at]) + 1
}

// quoted finds on a line what a message quotes; an offset in bytes.
func quoted(line, detail string) int {
	for _, m := range regexp.MustCompile(`"([^"]+)"|(\{\{.+?\}\})|<([^>]+)>`).FindAllStringSubmatch(detail, -1) {
		if i := strings.Index(line, cmp.Or(m[1], m[2], m[3])); i >= 0 {
			return i
		}
	}
	return max(0, strings.Index(line, "{{"))
}
