package x

import (
	"testing"

	"editorial/pkg/publish/text"
)

// The figures of the first rows were measured with twitter-text 3.1.0.
func TestWeighted_isThatOfX(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{
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
		if got := text.Weighted(said); got != want {
			t.Errorf("%q weighs %d, want %d", said, got, want)
		}
	}
}
