package publish_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"editorial/pkg/publish"
)

// FuzzClean: what is clean stays, and nothing else does.
func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "plain", "a\tb\nc", "a\r\nb\rc", "\x00", "\x1b[31m", "\x7f", "\u0080", "\u009f", "\u00a0", "\ufffd", "\ufffe", "\uffff",
		"\xed\xa0\x80", "\xff", "é\x01", "\U0001f6b2", "\xc2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := publish.Clean(s)
		if again := publish.Clean(got); again != got {
			t.Errorf("%q: once %q, twice %q", s, got, again)
		}
		bad := func(r rune) bool {
			return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, bad) {
			t.Errorf("%q: %q is not clean", s, got)
		}
		if utf8.ValidString(s) && !strings.ContainsFunc(s, bad) && got != s {
			t.Errorf("%q was clean, but became %q", s, got)
		}
	})
}
