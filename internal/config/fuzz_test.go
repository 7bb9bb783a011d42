package config_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// FuzzParse: whatever the file, the environment and the flags say, nothing
// panics, every problem lies in the file and is worded, and without an error
// the configuration holds what its fields promise.
func FuzzParse(f *testing.F) {
	for _, tt := range bad() {
		f.Add([]byte(tt.src), "", "")
	}
	f.Add(sample(f), "EDITORIAL_PLAN_WEEKS=3", "plan.weeks=4")
	f.Add([]byte(layered), "EDITORIAL_PEOPLE_AWA_HOURS=3", "platforms.blog.caps={ day = 2 }")
	f.Add([]byte("platforms.x = 1"), "EDITORIAL_SITE_LANGS=fr,en", "platforms.x.rhythm.times=[{ at = 'Tue 09:00' }]")
	en, fr := words.New(words.English), words.New(words.French)
	f.Fuzz(func(t *testing.T, src []byte, env, set string) {
		c, origins, problems := config.Parse(src, config.Options{Environ: []string{env}, Set: []string{set}})
		// Bytes that are no UTF-8 have no columns.
		lines := strings.Split(strings.TrimPrefix(string(src), "\ufeff"), "\n")
		for _, p := range problems {
			if p.File == config.FileName && utf8.Valid(src) {
				if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > utf8.RuneCountInString(lines[p.Line-1])+1 {
					t.Errorf("%v lies outside the file", p)
				}
			}
			for _, w := range []*words.Words{en, fr} {
				if s, _ := w.Problem(p); s == "problem."+string(p.Code) {
					t.Errorf("%s: no words in %s", p.Code, w.Lang())
				}
			}
		}
		config.Entries(c, origins, "")
		if problem.Errors(problems) > 0 {
			return
		}
		if _, err := civil.LoadZone(c.Site.Zone); err != nil {
			t.Error(err)
		}
		if !strings.HasSuffix(c.Site.URL, "/") || len(c.Site.Langs) == 0 || c.Site.Langs[0] != c.Site.Lang {
			t.Errorf("site: %+v", c.Site)
		}
		for name, p := range c.Platforms {
			_, leads := c.Platforms[p.DerivesFrom]
			if p.Kind == "" || p.DerivesFrom != "" && !leads || p.Edition.Min > p.Edition.Max || p.Rhythm.Every < 1 {
				t.Errorf("%s: %+v", name, p)
			}
		}
	})
}
