package discord

import (
	"strings"
	"testing"
	"unicode/utf8"

	"editorial/pkg/publish/text"
)

// FuzzEscape: without the strokes it is the text again, and outside links nothing
// that is markup stands without one.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{
		"*a* https://a.example/_x_ _b_", "# x\n\n 1. y\n- z", "\\", "https://a.example/\\", "<https://a.example>", "||", "1.5 12. 3", "é*é", "+\n+", "[a](https://b.example/*)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("texts are cleaned before")
		}
		got := escape(s)
		var back strings.Builder
		at := 0
		check := func(plain string) {
			for i := 0; i < len(got[at:]) && plain != ""; {
				c := got[at+i]
				if c == '\\' { // a stroke, and what it keeps plain
					i++
					c = got[at+i]
				} else if strings.IndexByte("*_~`|[]<>", c) >= 0 {
					t.Fatalf("%q has %q at %d", got, c, at+i)
				}
				if c != plain[0] {
					t.Fatalf("%q is not %q", got, s)
				}
				back.WriteByte(c)
				i++
				if plain = plain[1:]; plain == "" {
					at += i
				}
			}
		}
		from := 0
		for _, span := range text.Spans(s) {
			if span.Kind != text.Link || !strings.HasPrefix(s[span.Start:], "http") {
				continue
			}
			check(s[from:span.Start])
			link := s[span.Start:span.End]
			if !strings.HasPrefix(got[at:], link) {
				t.Fatalf("%q changes the link %q", got, link)
			}
			back.WriteString(link)
			at, from = at+len(link), span.End
		}
		check(s[from:])
		if back.String() != s || at != len(got) {
			t.Fatalf("%q came back as %q", s, back.String())
		}
	})
}
