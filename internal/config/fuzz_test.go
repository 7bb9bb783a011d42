package config_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

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

// FuzzRhythm: what is read of a platform's times, rule, lengths of time and of
// somebody's hours is shown so that it is read as the same, and a rule that is
// taken can be expanded. Whatever the texts, a platform has slots or a problem
// says why not.
func FuzzRhythm(f *testing.F) {
	f.Add("Tue 09:00", "9h", "18h30", "Mon", 3, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "09:00", "2026-09-03", 2, "1d 12h", "2 weeks", "1h30")
	f.Add("mardi 9h30", "22:00", "00:00", "samedi", 70, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=8", "9:30 pm", "2024-02-29", 1, "P1DT2H", "3 jours", "45m")
	f.Add("So 25:00", "24:00", "24:00", "", 0, "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=-1", "", "", 52, "0m", "-1d", "2,5 h")
	f.Fuzz(func(t *testing.T, at, between, and, on string, n int, rule, clock, anchor string, every int, lag, gap, hours string) {
		q := strconv.QuoteToASCII
		src := fmt.Sprintf(`site.title = "T"
[platforms.blog]
gap = %s
rhythm.times = [%s, { at = %s, weight = 1.5 }]
rhythm.per_week = { n = %d, between = %s, and = %s, on = [%s] }
rhythm.rrule = %s
rhythm.at = %s
rhythm.anchor = %s
rhythm.every = %d
[platforms.x]
derives_from = "blog"
lag = %s
[[people]]
id = "awa"
hours = %s
`, q(gap), q(at), q(at), n, q(between), q(and), q(on), q(rule), q(clock), q(anchor), every, q(lag), q(hours))
		c, origins, problems := config.Parse([]byte(src), config.Options{})
		if problem.Errors(problems) > 0 {
			return
		}
		again := "site.title = \"T\"\n"
		for _, e := range config.Entries(c, origins, "platforms") {
			again += e.Key + " = " + e.Literal + "\n"
		}
		again += "[[people]]\nid = \"awa\"\n"
		for _, e := range config.Entries(c, origins, "people.awa.hours") {
			again += "hours = " + e.Literal + "\n"
		}
		back, _, problems := config.Parse([]byte(again), config.Options{})
		if problem.Errors(problems) > 0 {
			t.Fatalf("%v in\n%s", problems, again)
		}
		if diff := cmp.Diff(c.Platforms, back.Platforms); diff != "" {
			t.Errorf("read (-) and read back (+)\n%s\n%s", diff, again)
		}
		if c.People[0].Hours != back.People[0].Hours {
			t.Errorf("%v hours read back as %v", c.People[0].Hours, back.People[0].Hours)
		}
		if r := c.Platforms["blog"].Rhythm; r.RRule != "" {
			if _, err := expand(r); err != nil {
				t.Errorf("%q: %v", rule, err)
			}
		}
	})
}
