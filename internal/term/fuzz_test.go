package term_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"editorial/internal/term"
)

// FuzzLines: no text makes a line wider than was asked, loses a word that had
// room, or takes more lines than words.
func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "Régler ses freins avant l’hiver", "日本語 テスト", "👨\u200d👩\u200d👧 x", "Z\u0351\u0352 a", "\u200b\u200b", "\u115f \u3164", strings.Repeat("x", 300), "a\u00a0b\u202fc", "\u0601", "\U000110bd x"} {
		f.Add(s, 10)
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width %= 200; width < 1 {
			width = 1
		}
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD") // as all text is before it is shown
		}
		if got := term.Fit(s, width); term.Width(got) != width {
			t.Errorf("Fit(%q, %d) is %q, %d wide", s, width, got, term.Width(got))
		}
		cut := term.Cut(s, width)
		if term.Width(cut) > width || !strings.HasPrefix(s, strings.TrimSuffix(cut, "…")) {
			t.Errorf("Cut(%q, %d) is %q", s, width, cut)
		}
		words := strings.FieldsFunc(s, func(r rune) bool {
			return strings.ContainsRune(" \t\n\v\f\r\u0085\u1680\u2028\u2029\u205f\u3000", r) || r >= 0x2000 && r <= 0x200a
		})
		if got := strings.Fields(strings.Join(term.Flow(s, width), " ")); strings.Join(got, " ") != strings.Join(strings.Fields(strings.Join(words, " ")), " ") {
			t.Errorf("Flow(%q, %d): %q", s, width, got)
		}
		for _, limit := range []int{0, 1, 3} {
			lines := term.Wrap(s, width, limit)
			if len(lines) > len(words) || limit > 0 && len(lines) > limit {
				t.Errorf("Wrap(%q, %d, %d): %d lines", s, width, limit, len(lines))
			}
			for _, line := range lines {
				if term.Width(line) > width {
					t.Errorf("Wrap(%q, %d): %q", s, width, line)
				}
			}
		}
	})
}
