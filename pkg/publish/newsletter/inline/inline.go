// Package inline writes the rules of a style sheet into the style attributes
// of a page, because many mail programs read no style sheet.
//
//	sheet, err := inline.Parse(css)   // once
//	doc, err := html.Parse(page)
//	sheet.Apply(doc)                  // then html.Render
//
// The cascade is done here as CSS does it: important declarations win, then
// what stands in a style attribute already, then the more specific selector,
// then the later rule. Where a property comes twice only the winner is
// written. Applying a sheet again changes nothing.
//
// What no style attribute can say stays for a style element, as [Sheet.Rest]:
// at-rules such as @media, rules for :hover and other states, pseudo-elements,
// and selectors that this package cannot read. A style attribute outranks a
// style sheet, so declarations in there need !important to have an effect.
package inline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ErrSheet is wrapped by the errors of [Parse].
var ErrSheet = errors.New("style sheet")

// Error is what is wrong with a style sheet, and where. It wraps [ErrSheet].
type Error struct {
	// Line and Col count from 1, Col in characters.
	Line, Col int
	Detail    string

	at int // offset in bytes
}

// Error returns the place and what is wrong.
func (e *Error) Error() string {
	return fmt.Sprintf("%v: %d:%d: %s", ErrSheet, e.Line, e.Col, e.Detail)
}

// Unwrap returns [ErrSheet].
func (e *Error) Unwrap() error { return ErrSheet }

// place finds line and column in the source.
func (e *Error) place(src string) {
	before := src[:e.at]
	e.Line = strings.Count(before, "\n") + 1
	e.Col = utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1
}

// Sheet is a parsed style sheet. It is not changed by its methods, which
// several goroutines may call.
type Sheet struct {
	rules []rule
	rest  string
}

// rule is the declarations of one selector.
type rule struct {
	selector     cascadia.Sel
	declarations []declaration
}

type declaration struct {
	name, value string
	important   bool
}

// Rest returns what cannot be inlined, for a style element.
func (s *Sheet) Rest() string { return s.rest }

// Apply writes the sheet into the style attributes of the elements of doc. It
// leaves alone what is not shown: the head, scripts and templates.
func (s *Sheet) Apply(doc *html.Node) {
	if doc.Type == html.ElementNode {
		switch doc.DataAtom {
		case atom.Head, atom.Script, atom.Style, atom.Template:
			return
		}
		s.applyTo(doc)
	}
	for c := doc.FirstChild; c != nil; c = c.NextSibling {
		s.Apply(c)
	}
}

func (s *Sheet) applyTo(n *html.Node) {
	var matched []rule
	for _, r := range s.rules {
		if r.selector.Match(n) {
			matched = append(matched, r)
		}
	}
	if matched == nil {
		return
	}
	slices.SortStableFunc(matched, func(a, b rule) int {
		x, y := a.selector.Specificity(), b.selector.Specificity()
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(x[2], y[2]))
	})
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Namespace == "" && a.Key == "style" })
	var own []declaration
	if i >= 0 {
		own = readDeclarations(n.Attr[i].Val)
	}
	text := write(cascade(matched, own))
	switch {
	case text == "":
	case i >= 0:
		n.Attr[i].Val = text
	default:
		n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: text})
	}
}

// cascade returns the declarations that count, the strongest last. The mark of
// an important one is dropped once it has won, so that a media query can still
// change it; one that the page itself had keeps it.
func cascade(rules []rule, own []declaration) []declaration {
	var all []declaration
	from := func(ds []declaration, important, mark bool) {
		for _, d := range ds {
			if d.important == important {
				d.important = mark
				all = append(all, d)
			}
		}
	}
	for _, r := range rules {
		from(r.declarations, false, false)
	}
	from(own, false, false)
	for _, r := range rules {
		from(r.declarations, true, false)
	}
	from(own, true, true)

	last := make(map[string]int, len(all))
	for i, d := range all {
		last[d.name] = i
	}
	kept := all[:0]
	for i, d := range all {
		if last[d.name] == i {
			kept = append(kept, d)
		}
	}
	return kept
}

func write(ds []declaration) string {
	var b strings.Builder
	for i, d := range ds {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(d.name)
		b.WriteByte(':')
		b.WriteString(d.value)
		if d.important {
			b.WriteString("!important")
		}
	}
	return b.String()
}
