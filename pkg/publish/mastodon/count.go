package mastodon

import (
	"regexp"
	"strings"
	"unicode"

	"editorial/pkg/publish/text"
)

// count is how long the server finds a text: in characters as people see them,
// every link as long as any other, and of somebody on another server only the
// name. Source: docs.joinmastodon.org/user/posting, July 2026.
func count(s string, perURL int) int {
	n := 0
	at := 0
	for _, link := range links(s) {
		n += text.Graphemes(shortMentions(s[at:link[0]])) + perURL
		at = link[1]
	}
	return n + text.Graphemes(shortMentions(s[at:]))
}

// links are where the addresses of a text begin and end, in bytes.
func links(s string) [][2]int {
	var all [][2]int
	for at := 0; ; {
		i := strings.Index(s[at:], "http")
		if i < 0 {
			return all
		}
		begin := at + i
		at = begin + len("http")
		if !strings.HasPrefix(s[at:], "://") && !strings.HasPrefix(s[at:], "s://") {
			continue
		}
		end := len(s)
		if n := strings.IndexFunc(s[begin:], outside); n >= 0 {
			end = begin + n
		}
		end = begin + len(strings.TrimRight(s[begin:end], ".,;:!?…'’")) // what ends a sentence
		for s[end-1] == ')' && strings.Count(s[begin:end], ")") > strings.Count(s[begin:end], "(") {
			end--
		}
		if at = max(at, end); end > begin+len("https://") {
			all = append(all, [2]int{begin, end})
		}
	}
}

// outside reports whether a character cannot stand in a link.
func outside(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>"«»“”`, r) }

// shortMentions leaves the server out of "@name@server".
func shortMentions(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	return regexp.MustCompile(`@([\pL\pN_.-]*[\pL\pN_])@[\pL\pN.-]*[\pL\pN]`).ReplaceAllString(s, "@$1")
}
