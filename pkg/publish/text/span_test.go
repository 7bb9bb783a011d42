package text_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/publish/text"
)

func TestSpans_findsWhatLeadsSomewhere(t *testing.T) {
	t.Parallel()
	const link, mention, tag = text.Link, text.Mention, text.Tag
	type found struct {
		Text   string
		Kind   text.Kind
		Target string
	}
	for s, want := range map[string][]found{
		"":                                    nil,
		"Rien du tout.":                       nil,
		"Ici : https://velo.example/fr/été/.": {{"https://velo.example/fr/été/", link, "https://velo.example/fr/été/"}},
		"http://localhost:8080/a, http://…":   {{"http://localhost:8080/a", link, "http://localhost:8080/a"}},
		"Ici : https://velo.fr/fr/été/.":      {{"https://velo.fr/fr/été/", link, "https://velo.fr/fr/été/"}},
		"(https://velo.fr/a_(b)), puis":       {{"https://velo.fr/a_(b)", link, "https://velo.fr/a_(b)"}},
		"https://velo.fr/?a=1&b=2#c…":         {{"https://velo.fr/?a=1&b=2#c", link, "https://velo.fr/?a=1&b=2#c"}},
		"Voir velo.fr et readme.md":           {{"velo.fr", link, "https://velo.fr"}},
		"👉velo.fr/x":                          {{"velo.fr/x", link, "https://velo.fr/x"}},
		"awa@velo.fr, a.b@velo.fr":            nil,
		"Merci @awa.bsky.social !":            {{"@awa.bsky.social", mention, "awa.bsky.social"}},
		"Merci @awa@velo.fr.":                 {{"@awa@velo.fr", mention, "awa@velo.fr"}},
		"@awa, @léo":                          {{"@awa", mention, "awa"}},
		"#vélo #2026 #été2026 a#b &#39;":      {{"#vélo", tag, "vélo"}, {"#été2026", tag, "été2026"}},
		"#日本語です。 ＃タグ":                         {{"#日本語です", tag, "日本語です"}, {"＃タグ", tag, "タグ"}},
		"https://velo.fr/@awa/#b":             {{"https://velo.fr/@awa/#b", link, "https://velo.fr/@awa/#b"}},
		"##a @@b #_ #️⃣ #_a":                  {{"#_a", tag, "_a"}},
	} {
		var got []found
		for _, sp := range text.Spans(s) {
			got = append(got, found{s[sp.Start:sp.End], sp.Kind, sp.Target})
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", s, d)
		}
	}
}

func FuzzSpans(f *testing.F) {
	for s := range weights() {
		f.Add(s)
	}
	f.Add("@awa@velo.fr #vélo (https://velo.fr/a_(b)) ＃タグ…")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, sp := range text.Spans(s) {
			if sp.Start < last || sp.End <= sp.Start || sp.End > len(s) || sp.Target == "" {
				t.Fatalf("%q: %+v after %d", s, sp, last)
			}
			if utf8.ValidString(s) && (!utf8.ValidString(s[sp.Start:sp.End]) || !utf8.ValidString(sp.Target)) {
				t.Fatalf("%q: %+v is inside a character", s, sp)
			}
			last = sp.End
		}
	})
}

func TestFederated_countsAsMastodonDoes(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "été": 3, "e\u0301": 1, "👨‍👩‍👧‍👦": 1, "https://velo.fr/une/tres/longue/adresse/qui/compte/autant": 23, "http://velo.fr": 23,
		"velo.fr": 7, "http://velo.example": 19, "@awa@velo.fr": 4, "@awa": 4, "Merci @awa@velo.fr : https://velo.fr/.": 6 + 4 + 3 + 23 + 1,
	} {
		if got := text.Federated(text.FederatedLink)(s); got != want {
			t.Errorf("%q counts %d, not %d", s, got, want)
		}
	}
}
