package mastodon

import (
	"slices"
	"strings"
	"unicode"

	"editorial/pkg/publish/text"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// same reports whether the HTML of a status says what we sent. Servers write
// links, hashtags and mentions their own way around the same words (the name alone
// of people whom they know), and turn line breaks into paragraphs: what counts are
// the characters that are no space.
func same(content, sent string) bool {
	words, _ := seen(content)
	return squeeze(shortMentions(words)) == squeeze(shortMentions(sent))
}

// leadsAs reports whether the HTML of a status has a link that our text has too,
// though it says something else.
func leadsAs(content, sent string) bool {
	_, all := seen(content)
	return slices.ContainsFunc(text.Spans(sent), func(l text.Span) bool { return l.Kind == text.Link && slices.Contains(all, l.Target) })
}

// seen returns the words of HTML, its paragraphs and breaks as lines, and where
// its links lead.
func seen(content string) (words string, links []string) {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String(), links
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			switch t := z.Token(); {
			case t.Data == "br", t.Data == "p" && t.Type == html.EndTagToken:
				b.WriteByte('\n')
			case t.Data == "a":
				for _, a := range t.Attr {
					if a.Key == "href" {
						links = append(links, a.Val)
					}
				}
			}
		}
	}
}

// squeeze leaves out what cannot be seen, in one way of writing accents.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
}
