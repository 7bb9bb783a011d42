package config_test

import (
	"slices"
	"testing"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// TestParse_knowsWhatOthersCallIt: a key of another program's is led to ours,
// but only where there is one.
func TestParse_knowsWhatOthersCallIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, near string }{
		{"[site]\ntimezone = 'Europe/Paris'\n", "zone"},
		{"[site]\nTimeZone = 'Europe/Paris'\n", "zone"},
		{"[site]\nlanguage = 'fr'\n", "lang"},
		{"[site]\nlanguages = ['fr']\n", "langs"},
		{"[site]\nbaseURL = 'https://x.example/'\n", "url"},
		{"[site]\nbase_url = 'https://x.example/'\n", "url"},
		{"[site]\nlicense = 'CC'\n", "licence"},
		{"[site]\nname = 'x'\n", "title"},
		{"baseURL = 'https://x.example/'\n", "site.url"},
		{"languageCode = 'fr'\n", "site.lang"},
		{"timezone = 'UTC'\n", "site.zone"},
		{"[site]\ntitel = 'x'\n", "title"}, // a slip comes first
		{"[plan]\ntimezone = 'UTC'\n", ""}, // there is none here
		{"[site]\nfurniture = 'x'\n", ""},
	} {
		_, _, problems := config.Parse([]byte(c.src), config.Options{})
		i := slices.IndexFunc(problems, func(p problem.Problem) bool {
			return p.Code == config.CodeMisspeltKey || p.Code == config.CodeUnknownKey
		})
		if i < 0 || problems[i].Params["near"] != c.near || (c.near == "") != (problems[i].Code == config.CodeUnknownKey) {
			t.Errorf("%s%v, want %q", c.src, problems, c.near)
		}
	}
}
