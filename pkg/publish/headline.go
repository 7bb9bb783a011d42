package publish

import (
	"strings"
	"unicode"

	"editorial/pkg/content"
)

// Headline returns the title to show for a post, on one line: its own, or the
// beginning of its summary or text, or its file's name.
func Headline(p *content.Post, text string) string {
	for _, s := range []string{p.Title, p.Summary, text} {
		if s = oneLine(s); s != "" {
			if p.Title == "" {
				s = clip(s, 70)
			}
			return s
		}
	}
	return p.Slug
}

// Summary returns the summary to show for a post, on one line: its own, or
// the beginning of its text, at most max runes of it.
func Summary(p *content.Post, text string, max int) string {
	if s := oneLine(p.Summary); s != "" {
		return s
	}
	return clip(oneLine(text), max)
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || r < ' '
	}), " ")
}

// clip cuts s between words to at most max runes, with an ellipsis.
func clip(s string, max int) string {
	r := []rune(s)
	if len(r) <= max {
		return s
	}
	cut := max - 1
	for i := cut; i > max/2; i-- {
		if r[i] == ' ' {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(r[:cut]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}
