package newsletter_test

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lackingWords returns the words of a mail's HTML that its text does not have, or
// has fewer times: what people see, and what stands in for pictures. What is
// hidden (the line for an inbox) may say again what is there.
func lackingWords(page, text []byte) []string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil
	}
	has, used := map[string]int{}, map[string]int{}
	for _, w := range partWords(string(text)) {
		has[w]++
	}
	var lacking []string
	for n := range doc.Descendants() {
		said, hidden := seenOf(n)
		for _, w := range partWords(said) {
			if !hidden {
				used[w]++
			}
			if max(used[w], 1) > has[w] && !slices.Contains(lacking, w) {
				lacking = append(lacking, w)
			}
		}
	}
	return lacking
}

// seenOf returns the words of a node, and whether nobody sees them.
func seenOf(n *html.Node) (words string, hidden bool) {
	switch {
	case n.Type == html.TextNode:
		words = n.Data
	case n.DataAtom == atom.Img:
		words, _ = attr(n, "alt")
	}
	for up := n.Parent; up != nil && words != ""; up = up.Parent {
		switch up.DataAtom {
		case atom.Head, atom.Script, atom.Style:
			return "", true
		}
		style, _ := attr(up, "style")
		hidden = hidden || strings.Contains(strings.ReplaceAll(style, " ", ""), "display:none")
	}
	return words, hidden
}

// partWords parts a text into words, in lower case.
func partWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark) })
	return slices.DeleteFunc(words, func(w string) bool {
		return !strings.ContainsFunc(w, func(r rune) bool { return unicode.In(r, unicode.Letter, unicode.Digit) })
	})
}
