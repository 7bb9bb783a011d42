package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"editorial/pkg/problem"
)

// CSS returns what is found in a style sheet, in its order. It may be long:
// most of it is written into the elements.
func CSS(src string) []Finding {
	l := &linter{}
	l.rules(src, false)
	return l.found
}

// sheet looks at a style element.
func (l *linter) sheet(src string) {
	if len(src) > StyleBytes {
		l.find(CodeLongStyle, 0, fmt.Sprintf("%d > %d", len(src), StyleBytes), gmail)
	}
	l.rules(src, false)
}

// inline looks at a style attribute; its findings stand where the tag has the
// property.
func (l *linter) inline(style, raw string, at int) {
	inner := &linter{}
	inner.rules(style, true)
	for _, f := range inner.found {
		property, _, _ := strings.Cut(f.What, ":")
		l.find(f.Code, at+before(raw[at:], property, ":"), f.What, f.Where)
	}
}

// rules goes through a style sheet, or through declarations alone.
func (l *linter) rules(src string, declarations bool) {
	lexer, pos := css.NewLexer(parse.NewInputString(src)), 0
	begins := declarations // a declaration may begin here
	for {
		kind, data := lexer.Next()
		at := pos
		pos += len(data)
		switch kind {
		case css.ErrorToken:
			return
		case css.WhitespaceToken, css.CommentToken:
			continue
		case css.AtKeywordToken:
			l.atRule(strings.ToLower(string(data)), at)
		case css.IdentToken, css.CustomPropertyNameToken:
			if begins {
				value, n := valueAfter(src[pos:])
				if n > 0 {
					l.declaration(strings.ToLower(string(data)), value, at)
				}
			}
		}
		begins = kind == css.LeftBraceToken || kind == css.SemicolonToken || kind == css.RightBraceToken && declarations
	}
}

// valueAfter returns the value of a declaration whose property is read: what
// stands between a colon and the end. n is 0 where it is none.
func valueAfter(src string) (value string, n int) {
	rest := strings.TrimLeft(src, " \t\r\n\f")
	if !strings.HasPrefix(rest, ":") {
		return "", 0
	}
	depth, quote := 0, rune(0)
	for i, c := range rest {
		if quote != 0 {
			if c == quote {
				quote = 0
			}
			continue
		}
		switch c {
		case '"', '\'':
			quote = c
		case '(':
			depth++
		case ')':
			depth--
		case '{':
			return "", 0 // a selector with a state
		case ';', '}':
			if depth <= 0 {
				return strings.TrimSpace(rest[1:i]), i
			}
		}
	}
	return strings.TrimSpace(rest[1:]), len(rest)
}

func (l *linter) atRule(name string, at int) {
	switch name {
	case "@import":
		l.find(CodeSheet, at, name, most)
	case "@font-face":
		l.find(CodeFont, at, name, "Gmail, Outlook (Windows), Yahoo")
	case "@keyframes", "@-webkit-keyframes":
		l.find(CodeStyle, at, name, most)
	case "@supports", "@layer", "@container":
		l.find(CodeStyle, at, name, "Gmail, Outlook (Windows)")
	}
}

// declaration looks at a property and its value.
func (l *linter) declaration(property, value string, at int) {
	value = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important")))
	code, where := unshown(property, value)
	if where == "" {
		code, where = functions(value)
	}
	if where == "" {
		return
	}
	what := property
	if len(value) <= 40 {
		what += ": " + value
	}
	l.find(code, at, what, where)
}

// unshown says who does not show a property with a value; "" is nobody.
func unshown(property, value string) (problem.Code, string) {
	switch property {
	case "position":
		if value != "static" && value != "" {
			return CodeLayout, most
		}
	case "display":
		if slices.Contains([]string{"flex", "inline-flex", "grid", "inline-grid"}, value) {
			return CodeLayout, windows
		}
	case "background-image":
		if value != "none" && value != "" {
			return CodeBackground, windows
		}
	case "background":
		if strings.Contains(value, "url(") || strings.Contains(value, "gradient(") {
			return CodeBackground, windows
		}
	case "z-index", "inset", "grid-template-columns", "grid-template", "grid-area", "columns", "column-count":
		return CodeLayout, "Gmail, Outlook (Windows)"
	case "transform", "animation", "transition", "filter", "clip-path", "mix-blend-mode":
		return CodeStyle, "Gmail, Outlook (Windows)"
	case "content":
		return CodeStyle, "Gmail, Outlook, Yahoo"
	case "behavior", "-moz-binding":
		return CodeScript, everywhere
	}
	if strings.HasPrefix(property, "--") {
		return CodeStyle, "Gmail, Outlook (Windows), Yahoo"
	}
	return "", ""
}

// functions says who does not know a function in a value.
func functions(value string) (problem.Code, string) {
	for _, f := range []struct{ name, where string }{
		{"var(", "Gmail, Outlook (Windows), Yahoo"}, {"calc(", windows}, {"min(", windows}, {"max(", windows}, {"clamp(", windows},
		{"oklch(", "Gmail, Outlook (Windows)"}, {"color-mix(", "Gmail, Outlook (Windows)"}, {"light-dark(", "Gmail, Outlook (Windows)"},
	} {
		if strings.Contains(value, f.name) {
			return CodeStyle, f.where
		}
	}
	if strings.Contains(value, "expression(") {
		return CodeScript, everywhere
	}
	return "", ""
}
