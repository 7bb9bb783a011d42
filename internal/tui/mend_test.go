package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/pkg/calendar"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// TestGoTo_readsWhatPeopleType: in both languages; of a day or a week that has
// nothing it goes to the nearest, and says so; of one that has, it says nothing.
func TestGoTo_readsWhatPeopleType(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	s := show(t, dir, words.English)
	for _, tt := range []struct {
		text, want string
		near       bool
	}{
		{"45", "2026-11-03T09:00", false},
		{"S45", "2026-11-03T09:00", false},
		{"w45", "2026-11-03T09:00", false},
		{"semaine 45", "2026-11-03T09:00", false},
		{"2026-W45", "2026-11-03T09:00", false},
		{"3 nov", "2026-11-03T09:00", false},
		{"3 November", "2026-11-03T09:00", false},
		{"3 novembre", "2026-11-03T09:00", false},
		{"3/11", "2026-11-03T09:00", false},
		{"mar 3 nov", "2026-11-03T09:00", false},
		{"2026-11-03", "2026-11-03T09:00", false},
		{"ven 23 oct", "2026-10-22T10:00", true},
		{"friday", "2026-10-22T10:00", true},
		{"lundi", "2026-10-20T09:00", true},
		{"thursday", "2026-10-22T10:00", false},
		{"1 nov", "2026-11-03T09:00", true},
		{"12 dec", "2026-11-26T10:00", true},
		{"week 3", "2026-11-26T10:00", true},
	} {
		s.keys("t", "g").typing(tt.text)
		s.keys("enter")
		e, _ := s.entry()
		if got := e.local.String(); got != tt.want || strings.Contains(s.note.text, "nearest") != tt.near || s.note.mark != "" {
			t.Errorf("%q: at %s, says %q; want %s, near %v", tt.text, got, s.note.text, tt.want, tt.near)
		}
	}
	for _, text := range []string{"99", "31 nov", "lun 3 nov", "3/13", "some day", "/", "S"} {
		s.keys("t", "g").typing(text)
		s.keys("enter")
		if !strings.Contains(s.note.text, "is no day or time") {
			t.Errorf("%q: says %q", text, s.note.text)
		}
	}
}

// TestRead_isNotDisturbedByKeys: files are read and edits made on them while
// keys undo and do again; for the race detector.
func TestRead_isNotDisturbedByKeys(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	s := show(t, dir, words.English)
	s.at("p4", "blog").keys("p", "p", "p")
	if err := os.WriteFile(filepath.Join(dir, "calendar.txt"), []byte(agreedText+"# theirs\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, cmd := s.Update(press("R"))
	answer := make(chan tea.Msg)
	go func() { answer <- cmd() }()
	for range 50 {
		s.keys("u", "u", "u", "U", "U")
	}
	s.send(<-answer)
	if s.keys("R"); s.edits() != 2 {
		t.Errorf("%d edits", s.edits())
	}
}

// TestAgree_countsAndShowsPins: also of what is new and of what moved.
func TestAgree_countsAndShowsPins(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog").keys("m", "down", "enter")
	for _, x := range s.draft().Proposal.Placements {
		if x.State == office.StateNew && x.Platform == "mastodon" {
			s.at(x.Key.Post, x.Platform).keys("p")
			break
		}
	}
	s.keys("a")
	s.send(tea.WindowSizeMsg{Width: 100, Height: 60})
	s.sees("2 pinned", "~* blog Billet d’été numéro 4", "+* mastodon")
	if got := strings.Count(string(s.draft().Text()), " pin # ") - strings.Count(agreedText, " pin # "); got != 2 {
		t.Errorf("%d pins are written", got)
	}
}

// TestAgree_saysWhenThereIsNothing: after agreeing, there is nothing to agree,
// and nothing to undo because it is written.
func TestAgree_saysWhenThereIsNothing(t *testing.T) {
	t.Parallel()
	for lang, want := range map[words.Lang][2]string{
		words.English: {"nothing to agree", "calendar.txt is written"}, words.French: {"rien à convenir", "calendar.txt est écrit"},
	} {
		s := show(t, testOffice(t, nil), lang)
		s.keys("a")
		if s.mode != confirming {
			t.Fatal("new placements are to be agreed")
		}
		s.keys("enter", "u")
		s.sees(want[1])
		s.keys("a")
		s.sees(want[0])
		if s.mode != browsing {
			t.Error("it asks about nothing")
		}
	}
}

// TestSum_saysFirstWhoLosesAPlace: and whether the post itself does elsewhere.
func TestSum_saysFirstWhoLosesAPlace(t *testing.T) {
	t.Parallel()
	key := func(post, platform string) office.Shift {
		return office.Shift{Key: calendar.Key{Post: post, Platform: platform, Occurrence: 1}}
	}
	did := func(lost, with, besides int, own bool) *office.Edited {
		e := &office.Edited{Shift: key("a", "x"), Lost: make([]office.Shift, lost), With: make([]office.Shift, with), Besides: make([]office.Shift, besides)}
		if own {
			e.Lost[0] = key("a", "blog")
		}
		return e
	}
	for _, tt := range []struct {
		did    *office.Edited
		en, fr string
	}{
		{did(6, 0, 1, true), "6 lose their place, among them its own on blog. 1 other moves.", "6 perdent leur place, dont lui-même sur blog. 1 autre bouge."},
		{did(1, 1, 0, false), "1 loses its place. With it moves 1.", "1 perd sa place. 1 bouge avec lui."},
		{did(1, 0, 0, true), "1 loses its place: its own on blog.", "1 perd sa place : lui-même sur blog."},
		{did(0, 2, 3, false), "With it move 2. 3 others move.", "2 bougent avec lui. 3 autres bougent."},
		{did(0, 0, 0, false), "Nothing else moves.", "Rien d’autre ne bouge."},
	} {
		for lang, want := range map[words.Lang]string{words.English: tt.en, words.French: tt.fr} {
			m := &model{words: words.New(lang)}
			if got := m.sum(tt.did).text; got != want {
				t.Errorf("says %q, want %q", got, want)
			}
		}
	}
}

// TestRead_keepsAnEditWhosePostIsAway: it says which by its title, leaves none
// without asking, and makes it again when the file is back.
func TestRead_keepsAnEditWhosePostIsAway(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	file := filepath.Join(dir, "content", "p4.md")
	s := show(t, dir, words.English)
	s.at("p4", "blog").keys("m", "down", "enter")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	s.keys("a")
	s.sees("the edit of “Billet d’été numéro 4” is left out", "Your edit is kept")
	if strings.Contains(s.text(), "p4#") {
		t.Errorf("a key is on the screen:\n%s", s.text())
	}
	s.keys("esc", "q")
	if s.quit {
		t.Fatal("left, with an edit that is kept")
	}
	s.keys("esc")
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	s.keys("R").at("p4", "blog")
	if e, _ := s.entry(); !e.placed.Pinned || len(s.draft().Edits) != 1 || s.edits() != 1 {
		t.Errorf("%+v, %d edits", e.placed, s.edits())
	}
}

// TestRead_saysWhereTheConfigurationIsBroken: as other commands do; and errors
// of the system are worded by who runs the calendar.
func TestRead_saysWhereTheConfigurationIsBroken(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	broken := error(problem.Problem{Position: problem.Position{File: "config.toml", Line: 3, Col: 7}, Code: office.CodeMoveGone, Params: problem.Params{"value": "x"}})
	s.opts.Load = func(context.Context) (*office.Office, error) { return nil, broken }
	s.opts.WordError = func(error) (string, string) { return "calendar.txt: no space left", "make room" }
	s.keys("R")
	s.sees("config.toml:3:7: the post of x is gone")
	broken = errors.New("renameat")
	s.keys("a")
	s.sees("calendar.txt: no space left (make room)")
}

// TestHelp_namesTheKeysOfTheLanguage.
func TestHelp_namesTheKeysOfTheLanguage(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.French)
	s.send(tea.WindowSizeMsg{Width: 100, Height: 50})
	s.keys("?")
	s.sees("Entrée  m", "PgPréc PgSuiv  [ ]", "Début Fin", "Échap", "Ctrl-R")
	if strings.Contains(s.text(), "Enter") {
		t.Error("Enter is not French")
	}
}
