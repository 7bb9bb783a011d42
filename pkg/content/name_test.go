package content_test

import (
	"path"
	"strings"
	"testing"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

func TestNameFor(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Régler ses freins avant l’hiver": "regler-ses-freins-avant-l-hiver",
		"../../etc/passwd":                "etc-passwd",
		`C:\Windows\system32`:             "c-windows-system32",
		"CON":                             "post-con",
		"Nul":                             "post-nul",
		"com1":                            "post-com1",
		"index":                           "post-index",
		"_index":                          "post-index",
		"2026-10-19 au soir":              "post-2026-10-19-au-soir",
		"velo.fr":                         "velo-fr",
		".gitignore":                      "gitignore",
		"-rf":                             "rf",
		"🚲🚲🚲":                             "",
		"日本語":                             "",
		"日本語のタイトル2":                       "",
		"Встреча 2026":                    "",
		"2026":                            "2026",
		"N° 2":                            "n-2",
		"\x1b[31mrouge\x00":               "31mrouge",
		"a\nb":                            "a-b",
		"":                                "",
		"Œuvre d’Ève":                     "oeuvre-d-eve",
	} {
		if got := content.NameFor(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	if got := content.NameFor(strings.Repeat("très long ", 60)); len(got) > 90 || got == "" {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func FuzzNameFor(f *testing.F) {
	for _, s := range []string{"a", "CON", "2026-01-01-x", "index", "é", "a.fr", "\xff", "..", "lpt9", "post"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		name := content.NameFor(title)
		if name == "" {
			return
		}
		if path.Base(name) != name || len(name) > 100 || name == "." || name == ".." {
			t.Fatalf("%q", name)
		}
		p := content.Read(name+".md", []byte("+++\ntitle = \"x\"\n+++\n"), content.Defaults{Zone: civil.UTC(), Lang: "en"})
		if p.Slug != name || p.Lang != "en" || !p.Date.IsZero() || len(p.Problems) > 0 {
			t.Fatalf("%q is read as slug %q, lang %q, date %v, %v", name, p.Slug, p.Lang, p.Date, p.Problems)
		}
	})
}
