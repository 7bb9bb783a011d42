package x

import (
	"testing"
	"unicode/utf8"
)

// The figures of the first rows were measured with twitter-text 3.1.0.
func TestCounter_weighsAsX(t *testing.T) {
	t.Parallel()
	c := newCounter()
	for text, want := range map[string]int{
		"":                          0,
		"日本語":                       6,
		"👨‍👩‍👧‍👦":                   2,
		"€":                         2,
		"example.com":               23,
		"a@b.com":                   7,
		"http://x":                  8,
		"foo.bar.md readme.md":      47,
		"1️⃣":                       2,
		"🇫🇷":                        2,
		"é":                         1,
		"e\u0301":                   1, // NFC
		"l’été – oui…":              13,
		"(https://a.example.com/x)": 25,
		"voir https://velo.example.com/fr/freins/?utm_source=x.": 5 + 23 + 1,
		"Fin.Début":         9,
		"3.14":              4,
		"@velo.com":         9,
		"#velo.com":         9,
		"v1.2.3":            6,
		"a https://x.fr, b": 2 + 23 + 3,
	} {
		if got := c.weight(text); got != want {
			t.Errorf("%q weighs %d, want %d", text, got, want)
		}
	}
}

func FuzzCounter(f *testing.F) {
	f.Add("a readme.md b", "c")
	f.Add("👨‍👩‍👧‍👦", "\xff")
	f.Add("https://a.b.fr/(x)", ".fr")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			t.Skip("texts are cleaned before they are measured")
		}
		c := newCounter()
		from := 0
		for _, at := range c.links(a + b) {
			if at[0] < from || at[1] <= at[0] || at[1] > len(a+b) {
				t.Fatalf("links of %q: %v", a+b, c.links(a+b))
			}
			from = at[1]
		}
		if apart, joined := c.weight(a)+c.weight(b)+2, c.weight(a+" \n"+b); joined != apart {
			t.Errorf("%q and %q: %d apart, %d on two lines", a, b, apart, joined)
		}
	})
}
