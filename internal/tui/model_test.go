package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"editorial/internal/config"
	"editorial/internal/need/chance"
	"editorial/internal/need/hostile"
	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/words"
)

const testConfig = `[site]
title = "Roues"
lang = "fr"
zone = "Europe/Paris"
url = "https://roues.example/"

[[people]]
id = "awa"
name = "Awa Traoré"
hours = "6h"

[[people]]
id = "leo"
hours = "1h"

[plan]
weeks = 6
lock = "48h"
blackout = [{ from = 2026-11-11, to = 2026-11-11, why = "Armistice" }]

[platforms.blog]
rhythm.times = ["Tue 09:00", "Thu 10:00"]

[platforms.x]
rhythm.times = ["Tue 14:00", "Wed 14:00", "Thu 14:00"]
derives_from = "blog"
lag = "2h"

[platforms.mastodon]
rhythm.times = ["Wed 12:30"]

[platforms.idle]
kind = "facebook"

[platforms.letter]
kind = "newsletter"
rhythm.times = ["Fri 08:00"]
edition = { min = 1, max = 3 }
`

const agreedText = `# What we agreed

2026-10-20T09:00+02:00[Europe/Paris] blog p0#blog#1 # p0
2026-10-22T10:00+02:00[Europe/Paris] blog p1#blog#1 pin # p1
2026-11-05T10:00+01:00[Europe/Paris] blog p4#blog#1 # p4
`

// testOffice writes an office; more files come on top.
func testOffice(t testing.TB, more map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "office")
	files := map[string]string{"config.toml": testConfig, "calendar.txt": agreedText}
	for i := range 24 {
		platforms := []string{`["blog", "x"]`, `["blog"]`, `["x", "letter"]`, `["blog", "x", "letter", "mastodon"]`}[i%4]
		files[fmt.Sprintf("content/p%d.md", i)] = fmt.Sprintf(
			"+++\ntitle = \"Billet d’été numéro %d\"\nid = \"p%d\"\nstage = \"draft\"\nassignee = \"%s\"\neffort = \"1h\"\npriority = %d\nplatforms = %s\n+++\nx\n",
			i, i, []string{"awa", "leo"}[i%2], 1+i%5, platforms)
	}
	for name, text := range more {
		files[name] = text
	}
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func loader(dir string) func(context.Context) (*office.Office, error) {
	now := time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC)
	return func(ctx context.Context) (*office.Office, error) {
		return office.Load(ctx, office.Options{
			Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return now, nil }, Config: config.Options{ReadFile: os.ReadFile},
		})
	}
}

// screen is a model that a test drives: what it asks for beside the keys is
// done at once.
type screen struct {
	*model
	t    testing.TB
	quit bool
	// held are answers that wait, while holding.
	holding bool
	held    []tea.Msg
}

func show(t testing.TB, dir string, lang words.Lang) *screen {
	t.Helper()
	o, err := loader(dir)(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return showDraft(t, dir, lang, o.Draft())
}

func showDraft(t testing.TB, dir string, lang words.Lang, d *office.Draft) *screen {
	return &screen{t: t, model: newModel(context.Background(), Options{
		Office: d.Office, Load: loader(dir), Words: words.New(lang), Screen: term.Screen{Width: 80},
	}, d)}
}

func (s *screen) send(msg tea.Msg) {
	_, cmd := s.Update(msg)
	s.run(cmd)
}

func (s *screen) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case tea.QuitMsg:
		s.quit = true
	default:
		if s.holding {
			s.held = append(s.held, msg)
			return
		}
		s.send(msg)
	}
}

// release gives the model the answers that waited.
func (s *screen) release() {
	s.holding = false
	for len(s.held) > 0 {
		msg := s.held[0]
		s.held = s.held[1:]
		s.send(msg)
	}
}

// keys presses keys, named as Bubble Tea names them; other words are typed.
func (s *screen) keys(names ...string) *screen {
	for _, name := range names {
		s.send(press(name))
	}
	return s
}

func (s *screen) typing(text string) *screen {
	for _, r := range text {
		s.send(tea.KeyPressMsg{Text: string(r), Code: r})
	}
	return s
}

func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace, "f1": tea.KeyF1,
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}

func (s *screen) text() string { return s.View().Content }

// at goes to a placement.
func (s *screen) at(post, platform string) *screen {
	s.t.Helper()
	l, i, ok := s.board.find(calendar.Key{Post: post, Platform: platform, Occurrence: 1})
	if !ok {
		s.t.Fatalf("%s has no place on %s", post, platform)
	}
	s.lane, s.index = l, i
	s.keep()
	return s
}

func (s *screen) sees(parts ...string) {
	s.t.Helper()
	for _, part := range parts {
		if !strings.Contains(s.text(), part) {
			s.t.Errorf("%q is not on the screen:\n%s", part, s.text())
		}
	}
}

func allKeys() []string {
	return []string{
		"up", "down", "left", "right", "k", "j", "h", "l", "pgup", "pgdown", "home", "end", "t", "enter", "enter", "m", "p", "p", "e", "u", "u", "U",
		"o", "c", "i", "H", "/", "n", "N", "g", "?", "esc", "esc", "q", "R", "4", "5", " ", "backspace", "ctrl+u", "ctrl+w", "ctrl+r", "x", "é",
	}
}

// TestKeys_keepTheLaws: whatever keys are pressed at whatever size, and
// whenever the answers come, the screen stays inside its size and holds nothing
// that a terminal would obey; no file changes; and undoing everything is the
// first state.
func TestKeys_keepTheLaws(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	first := show(t, dir, words.English).draft()
	start := string(first.Text())
	choices := rapid.SliceOfN(rapid.IntRange(0, 1<<20), 1, 25)
	keys := allKeys()
	for seed := range chance.Seeds(40) { // each plans several times
		s := showDraft(t, dir, words.Langs()[seed%2], first)
		for _, choice := range choices.Example(seed) {
			switch more := choice / 13; choice % 13 {
			case 0:
				s.send(tea.WindowSizeMsg{Width: 1 + more%160, Height: 1 + more/160%60})
			case 1:
				s.holding = true
			case 2:
				s.release()
			default:
				s.keys(keys[more%len(keys)])
			}
			fits(t, s)
			if s.quit {
				break
			}
		}
		if s.quit && s.edits() > 0 {
			t.Fatalf("seed %d: left without a word, with edits", seed)
		}
		s.release()
		s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		s.keys("esc", "esc", "esc")
		for range 30 {
			s.keys("u")
		}
		if s.edits() != 0 || string(s.draft().Text()) != start {
			t.Fatalf("seed %d: undoing everything is not the first state", seed)
		}
		if now, _ := os.ReadFile(filepath.Join(dir, "calendar.txt")); string(now) != agreedText {
			t.Fatalf("seed %d: the file changed", seed)
		}
	}
}

// fits: what is drawn fits the screen.
func fits(t interface{ Fatalf(string, ...any) }, s *screen) {
	lines := strings.Split(s.text(), "\n")
	if len(lines) > max(1, s.height) {
		t.Fatalf("%d lines on %d:\n%s", len(lines), s.height, s.text())
	}
	for _, line := range lines {
		if w := ansi.StringWidthWc(line); w > s.width && s.width > 8 {
			t.Fatalf("%d columns on %d: %q", w, s.width, line)
		}
		for _, r := range line {
			if r < ' ' || r >= 0x7f && r < 0xa0 {
				t.Fatalf("%q is on the screen: %q", r, line)
			}
		}
	}
}

// TestView_showsNothingThatATerminalObeys: titles are whatever people write.
func TestView_showsNothingThatATerminalObeys(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i, text := range hostile.Terminal() {
		var q strings.Builder
		for _, r := range strings.ToValidUTF8(text, "�") {
			fmt.Fprintf(&q, `\U%08X`, r)
		}
		files[fmt.Sprintf("content/h%d.md", i)] = "+++\nid = \"h" + fmt.Sprint(i) + "\"\ntitle = \"" + q.String() + "\"\nassignee = \"" + q.String() + "\"\nstage = \"ready\"\npriority = 5\nplatforms = [\"blog\", \"x\"]\n+++\n"
	}
	s := show(t, testOffice(t, files), words.French)
	for _, size := range []tea.WindowSizeMsg{{Width: 60, Height: 15}, {Width: 80, Height: 24}, {Width: 200, Height: 60}} {
		s.send(size)
		for range 12 {
			for _, key := range []string{"down", "i", "esc", "m", "down", "i", "esc", "esc", "o", "down", "esc"} {
				s.keys(key)
				fits(t, s)
			}
		}
		s.keys("right", "m", "down", "enter", "c")
		fits(t, s)
		s.keys("esc", "a")
		fits(t, s)
		s.keys("esc", "/").typing("\x1b[31m\u202eé")
		fits(t, s)
		s.keys("esc")
	}
	s.opts.Screen.Colour = true
	s.pen.screen.Colour = true
	if got := ansi.Strip(s.text()); strings.ContainsRune(got, 0x1b) {
		t.Errorf("more than styles: %q", got)
	}
}

// TestMove_isTheEditOfTheCommand: taking a post to another slot pins it there,
// shows what that does before, and one undo takes it back.
func TestMove_isTheEditOfTheCommand(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog")
	from, _ := s.entry()
	s.keys("m", "down", "down")
	to, _ := s.entry()
	s.sees("→", "What it finds there")
	if s.mode != carrying || s.edits() != 0 {
		t.Fatal("nothing may have happened yet")
	}
	if s.work.tried.err != nil || !s.work.tried.at.Equal(to.at) {
		t.Fatalf("tried %v", s.work.tried)
	}
	s.keys("enter")
	want := []office.Edit{{Key: calendar.Key{Post: "p4", Platform: "blog", Occurrence: 1}, At: to.at}}
	if got := s.draft().Edits; len(got) != 1 || got[0].Key != want[0].Key || !got[0].At.Equal(want[0].At) {
		t.Fatalf("edits %v, want %v", got, want)
	}
	e, _ := s.entry()
	if e.placed == nil || e.placed.Key != want[0].Key || !e.placed.Pinned || !e.at.Equal(to.at) {
		t.Errorf("the cursor is on %+v", e)
	}
	s.sees("1 edit", "Moved and pinned: Billet d’été numéro 4")
	s.keys("u")
	if e, _ := s.entry(); !e.at.Equal(from.at) || s.edits() != 0 {
		t.Errorf("undone, it stands at %v", e.at)
	}
	s.keys("U")
	if s.edits() != 1 {
		t.Error("not done again")
	}
}

// TestMove_putBackIsNoEdit: Esc leaves everything as it was.
func TestMove_putBackIsNoEdit(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog")
	before, _ := s.entry()
	s.keys("m", "down", "down", "down", "esc")
	if after, _ := s.entry(); s.edits() != 0 || s.mode != browsing || !after.at.Equal(before.at) {
		t.Errorf("%d edits, at %v", s.edits(), after.at)
	}
}

// TestWork_staleAnswersAreDropped: an edit that was taken back while it was
// planned is not made when the answer comes, and what was tried for another
// slot says nothing of this one.
func TestWork_staleAnswersAreDropped(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog")
	s.holding = true
	s.keys("p")
	if s.edits() != 1 || !strings.Contains(s.text(), "planning") {
		t.Fatal("the edit does not wait")
	}
	s.keys("u")
	s.release()
	if s.edits() != 0 {
		t.Error("an edit was made after it was taken back")
	}
	s.holding = true
	s.keys("p", "p")
	s.release()
	if got := s.draft().Edits; len(got) != 1 || s.edits() != 1 {
		// The second asks to pin where it stands: it was not pinned on the screen.
		if len(got) != 2 {
			t.Errorf("edits %v", got)
		}
	}
	for s.edits() > 0 {
		s.keys("u")
	}
	s.at("p4", "blog").keys("m")
	s.holding = true
	s.keys("down")
	s.keys("down")
	if !strings.Contains(s.text(), "planning …") {
		t.Error("it says something of a slot that was not tried")
	}
	s.release()
	e, _ := s.entry()
	if !s.work.tried.at.Equal(e.at) {
		t.Errorf("tried %v, the cursor is at %v", s.work.tried.at, e.at)
	}
}

// TestAgree_waitsForEdits: asked for while an edit is planned, it asks when that
// is done.
func TestAgree_waitsForEdits(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog")
	s.holding = true
	s.keys("p", "a")
	s.sees("wait a moment")
	s.release()
	s.sees("Agree this calendar", "1 edit")
}

// TestEscape_countsBeforeAKey: terminals send Esc and a key right after it as
// one.
func TestEscape_countsBeforeAKey(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog").keys("i")
	s.send(tea.KeyPressMsg{Code: 'm', Mod: tea.ModAlt})
	if s.mode != carrying {
		t.Errorf("mode %d", s.mode)
	}
	s.send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	if s.mode != browsing {
		t.Errorf("mode %d", s.mode)
	}
}

// TestPin_toggles: p pins what is not pinned where it stands, and else takes
// the pin off.
func TestPin_toggles(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog")
	before, _ := s.entry()
	s.keys("p")
	if e, _ := s.entry(); e.placed == nil || !e.placed.Pinned || !e.at.Equal(before.at) {
		t.Errorf("not pinned where it stood: %+v", e)
	}
	s.keys("p")
	s.sees("No longer pinned: Billet d’été numéro 4")
	if s.at("p4", "blog"); s.draft().Proposal.Placements == nil {
		t.Error("nothing is placed")
	}
}

// TestPlace_putsALeftOutPostIntoAFreeSlot: from the list of what is left out,
// and from a free slot.
func TestPlace_putsALeftOutPost(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	left := len(s.draft().Proposal.Left)
	if left == 0 {
		t.Fatal("nothing is left out")
	}
	s.keys("o")
	s.sees("left out", "▸")
	key := s.picker.left[0].Key
	s.keys("enter")
	if s.mode != carrying || s.carry.key != key {
		t.Fatalf("carries %v", s.carry.key)
	}
	s.keys("enter")
	l, i, ok := s.board.find(key)
	if !ok || !s.board.lanes[l].entries[i].placed.Pinned {
		t.Fatalf("not placed: %v", s.note)
	}
}

// TestAgree_writesAfterItAsked: nothing is written before Enter; then the file
// is what the draft says, and the screen begins anew.
func TestAgree_writesAfterItAsked(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	file := filepath.Join(dir, "calendar.txt")
	s := show(t, dir, words.English)
	s.at("p4", "blog").keys("m", "down", "enter", "a")
	s.sees("Agree this calendar", "numéro 4: Thu 5 Nov, 10:00 → Tue 10 Nov, 09:00, pinned", "Enter writes")
	want := string(s.draft().Text())
	if now, _ := os.ReadFile(file); string(now) != agreedText {
		t.Fatal("written before it asked")
	}
	s.keys("enter")
	if now, _ := os.ReadFile(file); string(now) != want {
		t.Errorf("wrote\n%s\nwant\n%s", now, want)
	}
	s.sees("Agreed:")
	if s.edits() != 0 || len(s.result.Agreed) != 1 {
		t.Errorf("%d edits are left", s.edits())
	}
	s.keys("q")
	if !s.quit {
		t.Error("asks although everything is agreed")
	}
}

// TestAgree_noticesWhatOthersWrote: before it asks, and between asking and
// writing.
func TestAgree_noticesWhatOthersWrote(t *testing.T) {
	t.Parallel()
	dir := testOffice(t, nil)
	file := filepath.Join(dir, "calendar.txt")
	theirs := agreedText + "2026-11-12T10:00+01:00[Europe/Paris] blog p5#blog#1 pin # p5\n"
	s := show(t, dir, words.English)
	s.at("p4", "blog").keys("m", "down", "enter")
	if err := os.WriteFile(file, []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	s.keys("a")
	s.sees("The files have changed since they were read")
	if err := os.WriteFile(file, []byte(theirs+"# and this\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.keys("enter")
	s.sees("somebody changed the agreed calendar")
	if now, _ := os.ReadFile(file); string(now) != theirs+"# and this\n" {
		t.Fatalf("their work is lost:\n%s", now)
	}
	if s.edits() != 1 {
		t.Fatal("my work is lost")
	}
	s.keys("a", "enter")
	now, _ := os.ReadFile(file)
	for _, part := range []string{"p5#blog#1 pin", "p4#blog#1 pin", "# and this"} {
		if !strings.Contains(string(now), part) {
			t.Errorf("%q is not in\n%s", part, now)
		}
	}
}

// TestQuit_asksWhereEditsWouldBeLost.
func TestQuit_asksWhereEditsWouldBeLost(t *testing.T) {
	t.Parallel()
	for _, lang := range words.Langs() {
		s := show(t, testOffice(t, nil), lang)
		s.at("p4", "blog").keys("p", "q")
		if s.quit {
			t.Fatal("left")
		}
		s.keys("enter")
		if s.quit {
			t.Fatal("Enter must not lose work")
		}
		s.keys("esc", "q", s.words.Say("tui.yes", nil))
		if !s.quit || s.result.Lost != 1 {
			t.Errorf("quit %v, lost %d", s.quit, s.result.Lost)
		}
	}
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog").keys("p", "ctrl+c")
	if s.quit {
		t.Fatal("left")
	}
	if s.keys("ctrl+c"); !s.quit || !s.result.Interrupted {
		t.Error("the second Ctrl-C does not leave")
	}
	s = show(t, testOffice(t, nil), words.English)
	if s.keys("ctrl+c"); !s.quit {
		t.Error("Ctrl-C does not leave where nothing is lost")
	}
}

// TestWalk_goesWhereItSays.
func TestWalk_goesWhereItSays(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	when := func() string {
		e, ok := s.entry()
		if !ok {
			return s.platform() + " empty"
		}
		return s.platform() + " " + e.local.String()
	}
	for _, tt := range []struct {
		keys []string
		want string
	}{
		{nil, "blog 2026-10-20T09:00"},
		{[]string{"down"}, "blog 2026-10-22T10:00"},
		{[]string{"j", "k", "k", "k"}, "blog 2026-10-20T09:00"},
		{[]string{"right"}, "idle empty"},
		{[]string{"down", "l"}, "letter 2026-10-23T08:00"},
		{[]string{"h", "h"}, "blog 2026-10-20T09:00"},
		{[]string{"pgdown"}, "blog 2026-10-27T09:00"},
		{[]string{"pgup", "pgup", "pgup", "pgup"}, "blog 2026-10-20T09:00"},
		{[]string{"end"}, "blog 2026-11-26T10:00"},
		{[]string{"t"}, "blog 2026-10-20T09:00"},
		{[]string{"g", "4", "6", "enter"}, "blog 2026-11-10T09:00"},
		{[]string{"g", "9", "9", "enter"}, "blog 2026-11-10T09:00"},
		{[]string{"g", "t", "h", "u", "enter"}, "blog 2026-10-22T10:00"},
		{[]string{"end", "/", "R", "O", " ", "1", "esc"}, "blog 2026-11-26T10:00"},
	} {
		s.keys(tt.keys...)
		if got := when(); got != tt.want {
			t.Fatalf("%v: at %s, want %s", tt.keys, got, tt.want)
		}
	}
	s.keys("t", "/").typing("NUMERO 4")
	s.keys("enter")
	if e, _ := s.entry(); e.placed == nil || e.placed.Key.Post != "p4" {
		t.Errorf("found %+v", e)
	}
	was := when()
	s.keys("n", "N")
	if when() != was {
		t.Errorf("n and N lead to %s", when())
	}
	s.keys("/").typing("zzz")
	s.keys("enter")
	s.sees("no post is called “zzz”")
}

// TestView_saysThatThereIsNoRoom: and comes back when there is.
func TestView_saysThatThereIsNoRoom(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.French)
	s.send(tea.WindowSizeMsg{Width: 59, Height: 15})
	s.sees("60×15", "59×15")
	s.send(tea.WindowSizeMsg{Width: 60, Height: 15})
	s.sees("[blog]", "? aide")
	s.send(tea.WindowSizeMsg{Width: 60, Height: 14})
	s.keys("q")
	if !s.quit {
		t.Error("q does not leave")
	}
}

// TestNote_takesTwoLines: what went wrong, and what to do about it, is read in
// full.
func TestNote_takesTwoLines(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	s.at("p4", "blog").keys("e").typing("some day of these")
	s.keys("enter")
	s.sees("\"some day of these\" is no day or time", "2026-11-06", "? help")
	fits(t, s)
	if n := strings.Count(s.text(), "\n") + 1; n != 24 {
		t.Errorf("%d lines", n)
	}
}

// TestView_ofAnEmptyOffice: nothing to walk through, and no key breaks it.
func TestView_ofAnEmptyOffice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte("[site]\ntitle = \"E\"\nlang = \"en\"\nzone = \"UTC\"\nurl = \"https://e.example/\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := show(t, dir, words.English)
	s.sees("Nothing to plan")
	for _, key := range allKeys() {
		s.keys(key)
		fits(t, s)
	}
}

// TestBoard_hasEverythingOnce: each placement and each free slot of the
// proposal stands in one row of one lane.
func TestBoard_hasEverythingOnce(t *testing.T) {
	t.Parallel()
	s := show(t, testOffice(t, nil), words.English)
	for _, shown := range [][2]int{{0, 1}, {0, 5}, {2, 4}} {
		b := newBoard(s.draft(), s.session.First())
		b.lay(s.draft(), shown[0], shown[1])
		placed, free, drawn := 0, 0, 0
		for l := range b.lanes {
			for i, e := range b.lanes[l].entries {
				if e.placed == nil {
					free++
				} else {
					placed++
				}
				if l < shown[0] || l >= shown[1] {
					continue
				}
				if got, ok := b.on(l, b.rows[b.row(e)]); !ok || got != i {
					t.Errorf("%v stands in row %d, which has %d", e.at, b.row(e), got)
				}
			}
			for _, r := range b.rows {
				if _, ok := b.on(l, r); ok && l >= shown[0] && l < shown[1] {
					drawn++
				}
			}
		}
		want := 0
		for l := shown[0]; l < shown[1]; l++ {
			want += len(b.lanes[l].entries)
		}
		if p := s.draft().Proposal; placed != len(p.Placements) || free != len(p.Gaps) || drawn != want {
			t.Errorf("%d placements of %d, %d free of %d, %d drawn of %d", placed, len(p.Placements), free, len(p.Gaps), drawn, want)
		}
	}
}

// TestPlain_isAsWideAsAllSay: text on the screen is as wide by characters as it
// is by signs, so that no terminal shifts what stands after it.
func TestPlain_isAsWideAsAllSay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"été", "修理 自転車", "👩‍🔧 🚲", "❤️ 1️⃣ 🇫🇷 👍🏽", "ремонт", "\u200b", "🏴\U000e0067\U000e0062\U000e007f"} {
		if p := plain(text); ansi.StringWidth(p) != ansi.StringWidthWc(p) {
			t.Errorf("%q: %d columns by signs, %d by characters", p, ansi.StringWidth(p), ansi.StringWidthWc(p))
		}
	}
}
