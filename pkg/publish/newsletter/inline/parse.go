package inline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

type token struct {
	css.TokenType
	text string
	at   int // offset in the source, in bytes
}

// tokens splits CSS. White space is one space, a comment an empty one, which
// still parts what stands beside it.
func tokens(src string) []token {
	var all []token
	lexer, at := css.NewLexer(parse.NewInputString(src)), 0
	for {
		kind, data := lexer.Next()
		start := at
		at += len(data)
		switch kind {
		case css.ErrorToken:
			return all
		case css.CDOToken, css.CDCToken:
		case css.CommentToken:
			all = append(all, token{kind, "/**/", start})
		case css.WhitespaceToken:
			if len(all) == 0 || all[len(all)-1].TokenType != css.WhitespaceToken {
				all = append(all, token{kind, " ", start})
			}
		default:
			all = append(all, token{kind, string(data), start})
		}
	}
}

// normal prepares a source as CSS Syntax 3 says in section 3.3.
func normal(src string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\x00", "\uFFFD").Replace(strings.ToValidUTF8(src, "\uFFFD"))
}

// Parse reads a style sheet. A block that is not closed and a rule without a
// block are errors: an [*Error], which wraps [ErrSheet].
func Parse(src string) (*Sheet, error) {
	src = normal(src)
	s := &Sheet{}
	var rest strings.Builder
	for all := tokens(src); ; {
		all = trim(all)
		if len(all) == 0 {
			s.rest = rest.String()
			return s, nil
		}
		prelude, block, after, broken := split(all)
		if broken != nil {
			broken.place(src)
			return nil, broken
		}
		switch {
		case all[0].TokenType == css.AtKeywordToken && block == nil:
			rest.WriteString(join(prelude) + ";\n")
		case all[0].TokenType == css.AtKeywordToken:
			rest.WriteString(join(prelude) + "{" + join(block) + "}\n")
		default:
			declarations := declarationsOf(block)
			if kept := s.add(prelude, declarations); kept != nil && len(declarations) > 0 {
				rest.WriteString(strings.Join(kept, ",") + "{" + write(declarations) + "}\n")
			}
		}
		all = after
	}
}

// split parts the first rule from what comes after it: what stands before the
// block, and what is in it. A block is never nil; an at-rule may have none.
func split(all []token) (prelude, block, after []token, broken *Error) {
	depth, open := 0, -1
	for i, t := range all {
		switch t.TokenType {
		case css.SemicolonToken:
			if open < 0 && depth == 0 && all[0].TokenType == css.AtKeywordToken {
				return trim(all[:i]), nil, all[i+1:], nil
			}
		case css.LeftBraceToken, css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			if depth == 0 && open < 0 && t.TokenType == css.LeftBraceToken {
				open = i
			}
			depth++
		case css.RightBraceToken, css.RightParenthesisToken, css.RightBracketToken:
			if depth--; depth == 0 && open >= 0 && t.TokenType == css.RightBraceToken {
				return trim(all[:open]), trim(all[open+1 : i : i]), all[i+1:], nil
			}
		}
		if depth < 0 {
			return nil, nil, nil, &Error{Detail: fmt.Sprintf("%q without an opening", t.text), at: t.at}
		}
	}
	return nil, nil, nil, &Error{Detail: fmt.Sprintf("the rule %q has no end", short(join(all))), at: all[0].at}
}

// add takes the selectors that can be inlined and returns the others.
func (s *Sheet) add(prelude []token, declarations []declaration) (kept []string) {
	prelude = slices.DeleteFunc(slices.Clone(prelude), func(t token) bool { return t.TokenType == css.CommentToken })
	for _, selector := range list(prelude, css.CommaToken) {
		text := join(selector)
		parsed, err := cascadia.Parse(text)
		if err != nil || stateful(selector) {
			kept = append(kept, text)
			continue
		}
		s.rules = append(s.rules, rule{parsed, declarations})
	}
	return kept
}

// stateful reports whether a selector means a state that a page on paper does
// not have, or a part that is no element.
func stateful(selector []token) bool {
	for i, t := range selector {
		if t.TokenType != css.ColonToken || i+1 == len(selector) {
			continue
		}
		switch strings.ToLower(selector[i+1].text) {
		case ":", "visited", "hover", "active", "focus", "focus-visible", "focus-within", "target",
			"before", "after", "first-line", "first-letter":
			return true
		}
	}
	return false
}

// readDeclarations reads the value of a style attribute. As browsers do, it
// passes over what is no declaration.
func readDeclarations(src string) []declaration { return declarationsOf(tokens(normal(src))) }

func declarationsOf(block []token) []declaration {
	var all []declaration
	for _, d := range list(block, css.SemicolonToken) {
		i := slices.IndexFunc(d, func(t token) bool { return t.TokenType == css.ColonToken })
		if i < 0 {
			continue
		}
		property, value := trim(d[:i]), trim(d[i+1:])
		important := false
		if n := len(value); n >= 2 && strings.EqualFold(value[n-1].text, "important") {
			if mark := trim(value[:n-1]); len(mark) > 0 && mark[len(mark)-1].text == "!" {
				important, value = true, trim(mark[:len(mark)-1])
			}
		}
		if len(property) != 1 || !whole(value) {
			continue
		}
		name := property[0].text
		switch property[0].TokenType {
		case css.IdentToken:
			name = strings.ToLower(name)
		case css.CustomPropertyNameToken:
		default:
			continue
		}
		all = append(all, declaration{name, join(value), important})
	}
	return all
}

// whole reports whether a value can stand beside others: it is not empty, and
// closes the strings and brackets that it opens.
func whole(value []token) bool {
	var open []css.TokenType
	for _, t := range value {
		switch t.TokenType {
		case css.BadStringToken, css.BadURLToken:
			return false
		case css.StringToken, css.URLToken:
			if end := t.text[len(t.text)-1]; len(t.text) < 2 || end != '"' && end != '\'' && end != ')' || strings.HasSuffix(t.text, `\`+string(end)) {
				return false
			}
		case css.LeftParenthesisToken, css.FunctionToken:
			open = append(open, css.RightParenthesisToken)
		case css.LeftBracketToken:
			open = append(open, css.RightBracketToken)
		case css.LeftBraceToken:
			open = append(open, css.RightBraceToken)
		case css.RightParenthesisToken, css.RightBracketToken, css.RightBraceToken:
			if len(open) == 0 || open[len(open)-1] != t.TokenType {
				return false
			}
			open = open[:len(open)-1]
		}
		if strings.HasSuffix(t.text, `\`) {
			return false
		}
	}
	return len(open) == 0 && len(value) > 0
}

// list parts tokens at a separator that is in no brackets.
func list(all []token, separator css.TokenType) [][]token {
	var parts [][]token
	depth, from := 0, 0
	for i, t := range all {
		switch t.TokenType {
		case css.LeftBraceToken, css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			depth++
		case css.RightBraceToken, css.RightParenthesisToken, css.RightBracketToken:
			depth--
		case separator:
			if depth == 0 {
				parts = append(parts, trim(all[from:i]))
				from = i + 1
			}
		}
	}
	parts = append(parts, trim(all[from:]))
	return slices.DeleteFunc(parts, func(p []token) bool { return len(p) == 0 })
}

// trim drops white space at both ends.
func trim(all []token) []token {
	space := func(t token) bool { return t.TokenType == css.WhitespaceToken || t.TokenType == css.CommentToken }
	for len(all) > 0 && space(all[0]) {
		all = all[1:]
	}
	for len(all) > 0 && space(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	return all
}

func join(all []token) string {
	var b strings.Builder
	for _, t := range all {
		b.WriteString(t.text)
	}
	return b.String()
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
