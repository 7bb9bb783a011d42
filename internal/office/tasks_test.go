package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/civil"
)

// TestTasks_addUpToTheLoad: what people are told to do by the end of a week is
// what the plan counts there, for each of them and for the team.
func TestTasks_addUpToTheLoad(t *testing.T) {
	t.Parallel()
	sample := filepath.Join("..", "..")
	for _, tt := range []struct{ dir, now string }{
		{sample, "2026-10-19T08:00"}, {sample, "2026-10-28T12:00"}, {sample, "2026-11-05T23:59"}, {sample, "2026-12-31T10:00"},
		{crowdedOffice(t), "2026-10-14T10:00"}, {crowdedOffice(t), "2026-10-25T00:30"},
	} {
		o, p := proposed(t, tt.dir, tt.now)
		if len(p.Load) == 0 {
			t.Fatalf("%s: no load", tt.now)
		}
		tasks, sum := o.Tasks(p), 0
		for _, l := range p.Load {
			due := 0
			for _, task := range tasks {
				if (l.Person == "" || task.Person == l.Person) && civil.WeekOf(o.Zone.Date(task.Due)).Monday().Compare(l.Week.Monday()) <= 0 {
					due += task.Minutes
				}
			}
			if sum += due; due != l.Needed {
				t.Errorf("%s: %q owes %d minutes by the end of %s, and is told of %d", tt.now, l.Person, l.Needed, l.Week, due)
			}
		}
		if sum == 0 {
			t.Errorf("%s: nothing owed", tt.now)
		}
		// Week by week it is the same.
		for _, person := range []string{"", "awa"} {
			due, had := 0, 0
			for week := p.First; week != p.Last.Add(1); week = week.Add(1) {
				w, ok := p.WorkIn(person, week)
				due, had = due+w.Due, had+w.Had
				if until := loadOf(p, person, week); !ok || due != until.Needed || had != until.Had || w.Over != max(0, due-had) {
					t.Errorf("%s: %q in %s: %+v, until then %+v", tt.now, person, week, w, until)
				}
			}
		}
	}
}

func loadOf(p *office.Proposal, person string, week civil.Week) office.Work {
	for _, l := range p.Load {
		if l.Person == person && l.Week == week {
			return l
		}
	}
	return office.Work{}
}

// TestTasks_nameEachPlacementToWhomItConcerns: its assignee and whoever owes,
// each once, and nobody where there is none of them.
func TestTasks_nameEachPlacementToWhomItConcerns(t *testing.T) {
	t.Parallel()
	o, p := proposed(t, crowdedOffice(t), "2026-10-14T10:00")
	seen := map[string]int{}
	for _, task := range o.Tasks(p) {
		seen[task.Placement.Key.String()+" "+task.Person]++
		if task.Placement.State == office.StatePublished {
			t.Errorf("%s is out", task.Placement.Key)
		}
	}
	for key, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d times", key, n)
		}
	}
	for _, want := range []string{"p00#blog#1 awa", "p01#blog#1 leo", "p02#blog#1 awa", "p02#blog#1 leo", "p03#blog#1 "} {
		if seen[want] != 1 {
			t.Errorf("no task %q in %v", want, seen)
		}
	}
	if seen["p02#blog#1 "]+seen["p00#blog#1 leo"]+seen["p03#blog#1 awa"] != 0 {
		t.Errorf("too many tasks: %v", seen)
	}
}

// TestBoard_isWhatIsInProduction: every post once, in its stage; what is out
// only in its month, what is archived nowhere.
func TestBoard_isWhatIsInProduction(t *testing.T) {
	t.Parallel()
	o, p := proposed(t, filepath.Join("..", ".."), "2026-10-19T08:00")
	at := map[string]string{}
	for stage, cards := range o.Board(p, civil.Date{Year: 2026, Month: time.October, Day: 1}) {
		for i, c := range cards {
			if at[c.Post.Path] != "" {
				t.Errorf("%s stands twice", c.Post.Path)
			}
			at[c.Post.Path] = string(stage)
			if i > 0 && !cards[i-1].Due.IsZero() && !c.Due.IsZero() && cards[i-1].Out.Equal(c.Out) && c.Due.Before(cards[i-1].Due) {
				t.Errorf("%s is due before %s", c.Post.Path, cards[i-1].Post.Path)
			}
		}
	}
	for path, want := range map[string]string{
		"chaine-et-sel.md": "idea", "bourse-aux-velos.md": "draft", "winter-brakes.md": "review", "freins-avant-l-hiver.md": "ready",
		"2026-10-13-antivol.md": "published", "2026-09-08-rentree.md": "", "2026-10-19-newsletter.md": "ready",
	} {
		if at[path] != want {
			t.Errorf("%s stands in %q, not in %q", path, at[path], want)
		}
	}
	for _, c := range o.Board(p, civil.Date{Year: 2026, Month: time.September, Day: 1})["published"] {
		if c.Out.Month() != time.September {
			t.Errorf("%s went out on %s", c.Post.Path, c.Out)
		}
	}
}

// TestReach: the weeks until the first slot that nothing fills.
func TestReach(t *testing.T) {
	t.Parallel()
	o, p := proposed(t, filepath.Join("..", ".."), "2026-10-19T08:00")
	for platform, want := range map[string]int{"youtube": 0, "facebook": 1, "blog": 3} {
		got, ok := o.Reach(p, platform)
		if !ok || got.Weeks != want || got.Empty.Before(o.Now.AddDate(0, 0, 7*want-1)) || got.Empty.After(o.Now.AddDate(0, 0, 7*want+8)) {
			t.Errorf("%s: %+v, want %d weeks", platform, got, want)
		}
		for _, g := range p.Gaps {
			if g.Platform == platform && g.At.Before(got.Empty) {
				t.Errorf("%s: %s is empty before", platform, g.At)
			}
		}
	}
	if _, ok := o.Reach(p, "nowhere"); ok {
		t.Error("a platform without slots lasts")
	}
}

func proposed(t *testing.T, dir, now string) (*office.Office, *office.Proposal) {
	t.Helper()
	o, err := office.Load(context.Background(), office.Options{Dir: dir, Clock: func(z civil.Zone) (time.Time, error) {
		m, err := z.ParseMoment(now)
		return m.Instant, err
	}, Config: config.Options{}})
	if err != nil {
		t.Fatal(err)
	}
	return o, o.Propose()
}

// crowdedOffice has posts that several people owe, that are due over the edges
// of weeks, agreed, pinned and held, and versions that take work of their own.
func crowdedOffice(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("config.toml", `[site]
title = "T"
description = "D"
zone = "Europe/Paris"
[[people]]
id = "awa"
hours = "9h"
[[people]]
id = "leo"
hours = "20h"
[platforms.blog]
rhythm.times = ["Mon 09:00", "Tue 09:00", "Thu 10:00", "Sun 23:30"]
lead = "6 days"
[platforms.talk]
kind = "other"
rhythm.times = ["Mon 00:10", "Wed 18:30", "Sat 12:00"]
derives_from = "blog"
lag = "2h"
effort = "25m"
`)
	var calendar strings.Builder
	for i := range 20 {
		front := fmt.Sprintf("id = \"p%02d\"\ntitle = \"P%02d\"\nstage = \"draft\"\npriority = %d\nplatforms = [\"blog\", \"talk\"]\n", i, i, 1+i%5)
		switch i % 4 {
		case 0:
			front += "assignee = \"awa\"\neffort = \"50m\"\n"
		case 1:
			front += "assignee = \"leo\"\neffort = \"2h\"\nlogged = \"45m\"\n[variants.talk]\neffort = \"15m\"\n"
		case 2:
			front += "effort = { awa = \"30m\", leo = \"70m\" }\nassignee = \"leo\"\n"
		case 3:
			front += "effort = \"40m\"\n"
		}
		put(fmt.Sprintf("content/p%02d.md", i), "+++\n"+front+"+++\nx\n")
		switch i {
		case 4:
			calendar.WriteString("2026-10-12T09:00 blog p04#blog#1\n") // held
		case 6:
			calendar.WriteString("2026-10-20T11:11 blog p06#blog#1 pin\n2026-10-19T11:11 talk p06#talk#1 pin\n")
		case 8:
			calendar.WriteString("2026-10-15T10:00 blog p08#blog#1\n")
		}
	}
	put("calendar.txt", calendar.String())
	return dir
}
