package text_test

import (
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"editorial/pkg/publish/text"
)

func TestCut_endsWithAWord(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		s    string
		most int
		want string
	}{
		{"Régler ses freins", 17, "Régler ses freins"},
		{"Régler ses freins", 16, "Régler ses…"},
		{"Régler ses freins", 10, "Régler…"},
		{"Régler ses freins", 4, "Rég…"},
		{"Régler, ses freins", 8, "Régler…"},
		{"Vraiment\u202f? Oui, et vite", 14, "Vraiment\u202f?…"},
		{"Vraiment\u202f? Oui", 10, "Vraiment…"},
		{"Voir https://velo.fr/a/b/c tout de suite", 20, "Voir…"},
		{"Voir https://velo.fr/a/b/c tout de suite", 28, "Voir https://velo.fr/a/b/c …"},
		{"https://velo.fr/a/b/c", 10, ""},
		{"Un #grandVoyage ici", 10, "Un…"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 2, "👨‍👩‍👧‍👦…"},
		{"abc", 1, ""},
	} {
		if got := text.Cut(tt.s, func(s string) bool { return text.Graphemes(s) <= tt.most }); got != tt.want {
			t.Errorf("%q in %d: %q, not %q", tt.s, tt.most, got, tt.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("Régler ses freins avant l’hiver : https://velo.fr/a_(b)/?c=d #vélo @awa@velo.fr 👨‍👩‍👧‍👦", 20)
	f.Add("https://velo.fr/…", 3)
	f.Add("e\u0301e\u0301e\u0301 🇫🇷🇫🇷", 4)
	f.Fuzz(func(t *testing.T, s string, most int) {
		if most < 0 || len(s) > 2000 {
			return
		}
		for _, count := range []func(string) int{text.Graphemes, text.Bytes, text.Weighted, text.Federated(23)} {
			got := text.Cut(s, func(s string) bool { return count(s) <= most })
			if count(got) > most {
				t.Fatalf("%q in %d: %q is too long", s, most, got)
			}
			if got == s || got == "" {
				continue
			}
			kept, ok := strings.CutSuffix(got, "…")
			if !ok {
				t.Fatalf("%q in %d: %q does not say that it is cut", s, most, got)
			}
			whole(t, s, len(strings.TrimSuffix(kept, " ")), len(kept))
		}
	})
}

// whole fails where a text ends, at one of some bytes, inside a character, a
// link, a mention or a tag.
func whole(t *testing.T, s string, at ...int) {
	t.Helper()
	for _, at := range at {
		if at > len(s) || !boundary(s, at) {
			continue
		}
		inside := false
		for _, sp := range text.Spans(s) {
			inside = inside || at > sp.Start && at < sp.End
		}
		if !inside {
			return
		}
	}
	t.Fatalf("%q is cut at %v", s, at)
}

func boundary(s string, at int) bool {
	n := 0
	for it := graphemes.FromString(s); it.Next() && n < at; {
		n += len(it.Value())
	}
	return n == at
}

func TestHashtag_hasLettersAndDigits(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"vélo": "#vélo", "vélo cargo": "#véloCargo", "l’hiver 2026": "#lHiver2026", "2026": "", "": "", "C++": "#C", "日本 語": "#日本語", "a_b": "#aB", "#déjà": "#déjà",
	} {
		if got := text.Hashtag(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}
