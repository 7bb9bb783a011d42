package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"editorial/internal/need"
	"editorial/internal/need/hostile"
	"editorial/internal/need/terminal"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
)

// TestTUI drives the program itself in a real terminal.
func TestTUI(t *testing.T) {
	t.Parallel()
	need.Program(t, "tmux")
	editorial := filepath.Join(t.TempDir(), "editorial")
	if out, err := exec.Command("go", "build", "-o", editorial, "editorial/cmd/editorial").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program := func(more ...string) []string {
		return append([]string{editorial, "plan", "--tui", "--now", "2026-10-19T08:00"}, more...)
	}
	t.Run("sizes", func(t *testing.T) { t.Parallel(); tuiSizes(t, program()) })
	t.Run("docs", func(t *testing.T) { t.Parallel(); tuiDocs(t, program()) })
	t.Run("agree", func(t *testing.T) { t.Parallel(); tuiAgree(t, editorial, program()) })
	t.Run("leave", func(t *testing.T) { t.Parallel(); tuiLeave(t, program()) })
	t.Run("suspend", func(t *testing.T) { t.Parallel(); tuiSuspend(t, program()) })
	t.Run("killed", func(t *testing.T) { t.Parallel(); tuiKilled(t, program()) })
	t.Run("hostile", func(t *testing.T) { t.Parallel(); tuiHostile(t, program()) })
}

// sampleCopy is a copy of the sample office.
func sampleCopy(t *testing.T) string {
	t.Helper()
	dir, root := filepath.Join(t.TempDir(), "office"), filepath.Join("..", "..")
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"config.toml", "calendar.txt"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// english is the environment of a person who speaks English and sees colours.
func english(more ...string) []string {
	return append([]string{"EDITORIAL_LANG=en", "TERM=tmux-256color", "NO_COLOR="}, more...)
}

// tuiSizes: at every size, in both languages, the screen has its parts, each
// within its bounds; it follows when the size changes; without colours it says
// the same.
func tuiSizes(t *testing.T, program []string) {
	dir := sampleCopy(t)
	for _, tt := range []struct {
		width, height int
		env           []string
		sees          []string
	}{
		{60, 15, english(), []string{"Week 43 · 19–25 October 2026", "[blog]", "▸09:00", "Why it stands here", "? help"}},
		{80, 24, english(), []string{"Feasible: ", "[blog]", "today 19", "▸09:00", "Régler ses freins avant l’hiver", "Awa Traoré", "q quit"}},
		{120, 40, english("EDITORIAL_LANG=fr"), []string{"Tenable", "[blog]", "auj. 19", "Pourquoi ici", "fermé : Toussaint", "Travail dû, semaine 43", "? aide"}},
		{80, 24, english("NO_COLOR=1"), []string{"[blog]", "▸09:00", "? help"}},
	} {
		term := terminal.Start(t, dir, tt.width, tt.height, tt.env, program...)
		screen := term.Await(tt.sees...)
		if slices := strings.Split(strings.TrimRight(screen, "\n"), "\n"); len(slices) > tt.height {
			t.Errorf("%d lines on %d", len(slices), tt.height)
		}
		coloured := strings.Contains(term.Styled(), "\x1b[")
		if want := tt.env[len(tt.env)-1] != "NO_COLOR=1"; coloured != want {
			t.Errorf("%v: styles are written: %v", tt.env, coloured)
		}
		border := -1 // of the pane, in the same column in every line
		for _, line := range strings.Split(screen, "\n") {
			if before, _, found := strings.Cut(line, "│"); found {
				if w := ansi.StringWidthWc(before); border >= 0 && w != border {
					t.Errorf("the border of the pane is not straight:\n%s", screen)
				} else {
					border = w
				}
			}
		}
		term.Resize(50, 12)
		term.Await("60×15", "50×12")
		term.Resize(100, 30)
		term.Await("[blog]", "▸09:00")
		term.Keys("q")
		term.Await("ended 0")
	}
}

// tuiDocs: the screen in docs/tui.md is the one that is there.
func tuiDocs(t *testing.T, program []string) {
	name := filepath.Join("..", "..", "docs", "tui.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	term := terminal.Start(t, sampleCopy(t), 80, 24, english(), program...)
	term.Await("[blog]")
	term.Keys("Down", "Down", "Enter")
	term.Await("What it finds there")
	term.Keys("Down")
	screen := term.AwaitThat("the outcome", func(s string) bool {
		return strings.Contains(s, "▸10:00→") && strings.Contains(s, "With it") && !strings.Contains(s, "planning …")
	})
	before, rest, _ := strings.Cut(string(text), "```text\n")
	shown, after, _ := strings.Cut(rest, "```\n")
	want := strings.TrimRight(regexp.MustCompile(`(?m) +$`).ReplaceAllString(screen, ""), "\n") + "\n"
	if shown == want {
		return
	}
	if !*update {
		t.Errorf("docs/tui.md shows\n%s\nthe screen is\n%s", shown, want)
	} else if err := os.WriteFile(name, []byte(before+"```text\n"+want+"```\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tuiAgree: what is moved on the screen and agreed there is written and pinned;
// planning again has nothing against it. What is agreed without an edit is what
// the command writes.
func tuiAgree(t *testing.T, editorial string, program []string) {
	dir, same, other := sampleCopy(t), sampleCopy(t), sampleCopy(t)
	file := filepath.Join(dir, "calendar.txt")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	term := terminal.Start(t, dir, 80, 24, english(), program...)
	term.Await("[blog]")
	term.Keys("/")
	term.Keys("-l", "new in town")
	term.Await("/ new in town")
	term.Keys("Enter")
	term.Await("1 of 3")
	term.Keys("m")
	term.Await("What it finds there")
	term.Keys("Down")
	term.AwaitThat("the outcome", func(s string) bool { return strings.Contains(s, "→") && !strings.Contains(s, "planning …") })
	term.Keys("Enter")
	term.Await("1 edit", "Moved and pinned: New in town?")
	term.Keys("a")
	term.Await("Agree this calendar", "Enter writes")
	if now, _ := os.ReadFile(file); !bytes.Equal(now, before) {
		t.Fatal("written before it asked")
	}
	term.Keys("Enter")
	term.Await("Agreed: ")
	term.Keys("q")
	term.Await("ended 0", "written to calendar.txt")
	after, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`(?m)^(\S{16})\S* blog \S* pin # newcomers-guide$`).FindSubmatch(after)
	if pinned == nil {
		t.Fatalf("not pinned:\n%s", after)
	}
	if !wholeCalendar(t, after) {
		t.Errorf("not whole:\n%s", after)
	}
	write := func(dir string) []byte {
		out, err := exec.Command(editorial, "plan", "--write", "--now", "2026-10-19T08:00", "-C", dir).CombinedOutput()
		if err != nil || bytes.Contains(out, []byte("Clashes")) {
			t.Errorf("plan --write: %v\n%s", err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, "calendar.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if again := write(dir); !bytes.Contains(again, pinned[0]) {
		t.Errorf("planning again moves what is pinned:\n%s", again)
	}
	term = terminal.Start(t, same, 80, 24, english(), program...)
	term.Await("[blog]")
	term.Keys("a")
	term.Await("Enter writes")
	term.Keys("Enter")
	term.Await("Agreed: ")
	term.Keys("u")
	term.Await("calendar.txt is written")
	term.Keys("a")
	term.Await("nothing to agree")
	term.Keys("q")
	term.Await("ended 0")
	got, err := os.ReadFile(filepath.Join(same, "calendar.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if want := write(other); !bytes.Equal(got, want) {
		t.Errorf("wrote\n%s\nthe command writes\n%s", got, want)
	}
}

// tuiLeave: however it is left, the terminal is as it was: by q, by Ctrl-C, by
// a signal.
func tuiLeave(t *testing.T, program []string) {
	dir := sampleCopy(t)
	for _, tt := range []struct {
		name  string
		leave func(*terminal.Terminal)
		ends  []string
	}{
		{"q, with an edit", func(term *terminal.Terminal) {
			term.Keys("Down", "Down", "p")
			term.Await("1 edit")
			term.Keys("q")
			term.Await("1 edit is not agreed")
			term.Keys("y")
		}, []string{"ended 0", "1 edit was not agreed"}},
		{"Ctrl-C", func(term *terminal.Terminal) { term.Keys("C-c") }, []string{"ended 130", "Nothing was written"}},
		{"Ctrl-C twice, with an edit", func(term *terminal.Terminal) {
			term.Keys("Down", "Down", "p")
			term.Await("1 edit")
			term.Keys("C-c")
			term.Await("1 edit is not agreed")
			term.Keys("C-c")
		}, []string{"ended 130"}},
		{"SIGTERM", func(term *terminal.Terminal) { signalChild(t, term, syscall.SIGTERM) }, []string{"ended 130", "interrupted"}},
	} {
		term := terminal.Start(t, dir, 80, 24, english(), program...)
		term.Await("[blog]")
		if term.Says("#{alternate_on}") != "1" {
			t.Errorf("%s: not on the other screen", tt.name)
		}
		tt.leave(term)
		screen := term.Await(tt.ends...)
		if got := term.Says("#{alternate_on} #{cursor_flag}"); got != "0 1" {
			t.Errorf("%s: other screen and cursor: %s", tt.name, got)
		}
		if strings.Contains(screen, "[blog]") {
			t.Errorf("%s: left behind:\n%s", tt.name, screen)
		}
		term.Keys("-l", "typed and seen") // echo is on again
		term.Await("typed and seen")
	}
}

// signalChild sends a signal to the program in the terminal.
func signalChild(t *testing.T, term *terminal.Terminal, signal syscall.Signal) {
	t.Helper()
	out, err := exec.Command(need.Program(t, "ps"), "-o", "pid=", "--ppid", term.Says("#{pane_pid}")).Output()
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, signal); err != nil {
		t.Fatal(err)
	}
}

// tuiSuspend: Ctrl-Z leads to the shell, fg back to the same calendar.
func tuiSuspend(t *testing.T, program []string) {
	bash := need.Program(t, "bash")
	term := terminal.Start(t, sampleCopy(t), 80, 24, english("PS1=shell> "), bash, "--norc", "--noprofile", "-i")
	term.Await("shell>")
	term.Keys("-l", strings.Join(program, " "))
	term.Keys("Enter")
	term.Await("[blog]")
	term.Keys("Down", "Down", "p")
	term.Await("1 edit")
	term.Keys("C-z")
	term.Await("Stopped", "shell>")
	if got := term.Says("#{alternate_on} #{cursor_flag}"); got != "0 1" {
		t.Errorf("other screen and cursor: %s", got)
	}
	term.Keys("-l", "fg")
	term.Keys("Enter")
	term.Await("[blog]", "1 edit")
	term.Keys("u")
	term.Await("Undone")
	term.Keys("q")
	term.Await("Nothing was written")
}

// tuiKilled: a program that is killed while it writes leaves the calendar as it
// was, or as it was agreed, and every post whole.
func tuiKilled(t *testing.T, program []string) {
	for range 4 {
		dir := sampleCopy(t)
		posts, err := filepath.Glob(filepath.Join(dir, "content", "*.md"))
		if err != nil || len(posts) == 0 {
			t.Fatal(err)
		}
		before := map[string][]byte{}
		for _, name := range append(posts, filepath.Join(dir, "calendar.txt")) {
			before[name], _ = os.ReadFile(name)
		}
		term := terminal.Start(t, dir, 80, 24, english(), program...)
		term.Await("[blog]")
		term.Keys("Down", "Down", "p")
		term.Await("1 edit")
		term.Keys("a")
		term.Await("Enter writes")
		term.Keys("Enter")
		signalChild(t, term, syscall.SIGKILL)
		term.Await("ended 137")
		for name, was := range before {
			now, err := os.ReadFile(name)
			switch {
			case err != nil:
				t.Error(err)
			case filepath.Ext(name) == ".md" && !bytes.Equal(now, was):
				t.Errorf("%s changed: all posts have their ids", name)
			case !bytes.Equal(now, was) && !(bytes.Count(now, []byte(" pin # ")) > bytes.Count(was, []byte(" pin # ")) && wholeCalendar(t, now)):
				t.Errorf("neither as it was nor as agreed:\n%s", now)
			}
		}
	}
}

// wholeCalendar reports whether a calendar has all its lines, to the last.
func wholeCalendar(t *testing.T, text []byte) bool {
	t.Helper()
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	list, problems := agreed.Parse("calendar.txt", text, zone)
	return len(problems) == 0 && bytes.Equal(list.Format(), text)
}

// tuiHostile: titles that a terminal would obey are shown, and change nothing
// of it.
func tuiHostile(t *testing.T, program []string) {
	dir := sampleCopy(t)
	for i, text := range hostile.Terminal() {
		var q strings.Builder
		for _, r := range strings.ToValidUTF8(text, "�") {
			q.WriteString(`\U` + strings.ToUpper(strings.Repeat("0", 8-len(strconv.FormatInt(int64(r), 16)))+strconv.FormatInt(int64(r), 16)))
		}
		post := "+++\ntitle = \"" + q.String() + "\"\nid = \"h" + strconv.Itoa(i) + "\"\nstage = \"ready\"\npriority = 5\nplatforms = [\"blog\", \"mastodon\"]\n+++\n"
		if err := os.WriteFile(filepath.Join(dir, "content", "h"+strconv.Itoa(i)+".md"), []byte(post), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	term := terminal.Start(t, dir, 100, 30, english(), program...)
	term.Await("[blog]")
	title := term.Says("#{pane_title}")
	for range 10 {
		term.Keys("Down", "i")
		term.Await("Esc goes back")
		term.Keys("Escape", "m", "Down", "Escape") // as fast as they come
	}
	term.Await("q quit")
	term.Keys("o")
	term.Await("left out", "▸ ")
	term.Keys("Escape")
	term.Keys("q")
	term.Await("ended 0")
	if got := term.Says("#{pane_title}"); got != title {
		t.Errorf("a title named the window: %q", got)
	}
}
