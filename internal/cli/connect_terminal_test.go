package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
	"editorial/internal/need/terminal"
)

// TestConnect_typesNothingOnTheScreen: an app password that is typed at a real
// terminal is not shown, and the terminal shows what is typed afterwards.
func TestConnect_typesNothingOnTheScreen(t *testing.T) {
	t.Parallel()
	term, dir := connecting(t)
	term.Keys("123456:pl4nted-t0ken", "Enter")
	screen := term.Await("ended 0")
	if strings.Contains(screen, "pl4nted") || !strings.Contains(screen, "is connected") {
		t.Errorf("the screen:\n%s", screen)
	}
	if _, err := os.Stat(filepath.Join(dir, ".editorial", "secrets.age")); err != nil {
		t.Error(err)
	}
	term.Keys("echo is back")
	term.Await("echo is back")
}

// TestConnect_refusesALineThatATerminalCuts: what is longer than a terminal's line
// comes without its end.
func TestConnect_refusesALineThatATerminalCuts(t *testing.T) {
	t.Parallel()
	term, dir := connecting(t)
	term.Keys(strings.Repeat("k", 6000), "Enter")
	screen := term.Await("ended 2", "--token-file")
	if strings.Contains(screen, "is connected") {
		t.Errorf("the screen:\n%s", screen)
	}
	if _, err := os.Stat(filepath.Join(dir, ".editorial", "secrets.age")); err == nil {
		t.Error("it was kept")
	}
}

// connecting is a real terminal at which telegram is being connected, and the
// folder of its office.
func connecting(t *testing.T) (*terminal.Terminal, string) {
	t.Helper()
	d := newDesk(t, "[platforms.telegram]\nconnection = { account = \"@library\" }\n")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "editorial") // by which name this test is the program
	if err := os.Symlink(self, program); err != nil {
		need.Skip(t, err)
	}
	office := filepath.Join(d.dir, "office")
	term := terminal.Start(t, office, 100, 20,
		[]string{"XDG_CONFIG_HOME=" + filepath.Join(d.dir, "home"), "EDITORIAL_SECRETS=file", "LANG=C.UTF-8", "HTTPS_PROXY=http://127.0.0.1:1"},
		program, "connect", "telegram")
	term.Await("Token that @BotFather gave")
	return term, office
}
