package words_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// FuzzInert: whatever a post holds, a sentence about it is one line of letters,
// what is harmless stands as it is, and JSON says the same.
func FuzzInert(f *testing.F) {
	for _, s := range []string{"", "Été 🚲", "a\x1b[31m", "\u009b31m\u202e\u2066\u200f\u061c\u2028", "\xff\xed\xa0\x80", "{value}", "}{", "{", "one\ntwo\t\r"} {
		f.Add(s)
	}
	w := words.New(words.French)
	obeyed := func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := words.Inert(s)
		if strings.ContainsFunc(got, obeyed) || !utf8.ValidString(got) {
			t.Errorf("%q: %q is left", s, got)
		}
		if again := words.Inert(got); again != got {
			t.Errorf("%q becomes %q, then %q", s, got, again)
		}
		if utf8.ValidString(s) && !strings.ContainsFunc(s, obeyed) && got != s {
			t.Errorf("%q became %q", s, got)
		}
		said := func(value string) string {
			sentence, _ := w.Problem(problem.Problem{Code: "unknown-stage", Params: problem.Params{"value": value}})
			return sentence
		}
		before, after, _ := strings.Cut(said("§"), "§")
		if sentence := said(s); sentence != before+got+after {
			t.Errorf("%q: %q", s, sentence)
		}
		doc, err := json.Marshal(map[string]string{s: s})
		if err != nil {
			t.Fatal(err)
		}
		var was, is map[string]string
		if err := json.Unmarshal(doc, &was); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(words.InertJSON(doc), &is); err != nil || len(is) != 1 {
			t.Fatalf("%q: %v", s, err)
		}
		for k, v := range was {
			if is[k] != v {
				t.Errorf("%q became %q", was, is)
			}
		}
	})
}
