package discord

import (
	"strings"

	"editorial/pkg/publish/text"
)

// escape makes markup plain, but for links, which are found by their plain form
// alone.
func escape(s string) string {
	var b strings.Builder
	at := 0
	for _, span := range text.Spans(s) {
		if span.Kind != text.Link || !strings.HasPrefix(s[span.Start:span.End], "http") {
			continue
		}
		b.WriteString(plain(s[at:span.Start], at == 0 || s[at-1] == '\n'))
		b.WriteString(s[span.Start:span.End])
		at = span.End
	}
	b.WriteString(plain(s[at:], at == 0 || s[at-1] == '\n'))
	return b.String()
}

// plain escapes a text without links; start: it begins a line.
func plain(s string, start bool) string {
	var b strings.Builder
	digits := start // only digits since the line began
	for _, r := range s {
		switch {
		case strings.ContainsRune("\\*_~`|[]<>", r), start && strings.ContainsRune("#-+", r), digits && !start && r == '.':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		switch {
		case r == '\n':
			start, digits = true, true
		case r == ' ' && start: // it still begins
		default:
			start = false
			digits = digits && r >= '0' && r <= '9'
		}
	}
	return b.String()
}
