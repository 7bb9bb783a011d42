package publish

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/content"
)

// SummaryRunes is the length on pages of a summary that the author did not
// write; FeedRunes is that in feeds and mails.
const (
	SummaryRunes = 220
	FeedRunes    = 280
)

// wordsAMinute is how fast people read prose on a screen.
const wordsAMinute = 230

// Minutes returns how long people read so many words; 0 for next to none.
func Minutes(words int) int { return (words + wordsAMinute/2) / wordsAMinute }

// Headline returns the title to show for a post, on one line and clean: its
// own, or the beginning of its summary or text where that cannot be seen, or
// its file's name.
func Headline(p *content.Post, text string) string {
	for _, s := range []string{p.Title, p.Summary, text} {
		if s = Line(s); seen(s) {
			if p.Title == "" {
				s = clip(s, 70)
			}
			return s
		}
	}
	return p.Slug
}

// seen reports whether there is anything in a text that people can see: some
// characters only join or mark others, and one stands for what is broken.
func seen(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.In(r, unicode.C, unicode.M, unicode.Other_Default_Ignorable_Code_Point)
	})
}

// Summary returns the summary to show for a post, on one line and clean: its own, or
// the beginning of its text, at most max runes of it.
func Summary(p *content.Post, text string, max int) string {
	if s := Line(p.Summary); s != "" {
		return s
	}
	s := clip(Line(text), max)
	// "One sentence. …" says no more than "One sentence."
	if whole, ok := strings.CutSuffix(s, " …"); ok && strings.HasSuffix(whole, ".") {
		return whole
	}
	return s
}

// Spaces returns one line of a post's text with the spaces that must not break
// a line: in French, those before : ; ! ? » and after «. Bodies need it not,
// the Markdown engine has done it.
func Spaces(lang, s string) string {
	if Base(lang) != "fr" {
		return s
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		if s[i] != ' ' {
			continue
		}
		space := unbroken(s[done:i], s[i+1:])
		if space == "" {
			continue
		}
		b.WriteString(s[done:i])
		b.WriteString(space)
		done = i + 1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// unbroken is the space for between two parts of a French line that must not
// break there, or "".
func unbroken(before, after string) string {
	switch {
	case strings.HasSuffix(before, "«"), strings.HasPrefix(after, ":"), strings.HasPrefix(after, "»"):
		return "\u00a0"
	case after != "" && strings.IndexByte(";!?", after[0]) >= 0:
		return "\u202f"
	}
	return ""
}

// Line returns s on one line and clean: white space is one space, but for the
// spaces that do not break, which stay.
//
// The characters that set the direction of what follows are taken out (Unicode
// Annex 9: embeddings, overrides and isolates). A line stands among others, in
// a title bar, a list, an inbox, where one that nothing ends turns their text
// around, and where an override shows a word that is not there. The outputs
// isolate what needs it. Bodies keep theirs: a paragraph is its own.
func Line(s string) string {
	if isLine(s) {
		return s
	}
	return line(s)
}

func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, Clean(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
	}), " ")
}

// isLine reports whether [Line] would return s as it is.
func isLine(s string) bool {
	last := ' '
	for i, r := range s {
		switch {
		case r == ' ' && last == ' ', r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return false
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return false
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return false
		case r != ' ' && r != '\u00a0' && r != '\u202f' && unicode.IsSpace(r):
			return false
		}
		last = r
	}
	return last != ' ' || s == ""
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

// Clean returns s without the characters that neither XML 1.0 (section 2.2)
// nor a page can hold: controls and the noncharacters U+FFFE and U+FFFF. Line
// ends become line feeds, as any XML reader makes them, and broken UTF-8
// U+FFFD.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff:
			return -1
		}
		return r
	}, s)
}

// isClean reports whether [Clean] would change nothing, in a fraction of its
// time: most texts are clean.
func isClean(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r < 0xa0 || r == 0xfffe || r == 0xffff {
			return false
		}
		i += size
	}
	return true
}
