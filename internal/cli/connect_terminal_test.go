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
	d := newDesk(t, "[platforms.telegram]\nconnection = { account = \"@library\" }\n")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "editorial") // by which name this test is the program
	if err := os.Symlink(self, program); err != nil {
		need.Skip(t, err)
	}
	term := terminal.Start(t, filepath.Join(d.dir, "office"), 100, 20,
		[]string{"XDG_CONFIG_HOME=" + filepath.Join(d.dir, "home"), "EDITORIAL_SECRETS=file", "LANG=C.UTF-8", "HTTPS_PROXY=http://127.0.0.1:1"},
		program, "connect", "telegram")
	term.Await("Token that @BotFather gave")
	term.Keys("123456:pl4nted-t0ken", "Enter")
	screen := term.Await("ended 0")
	if strings.Contains(screen, "pl4nted") || !strings.Contains(screen, "is connected") {
		t.Errorf("the screen:\n%s", screen)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "office", ".editorial", "secrets.age")); err != nil {
		t.Error(err)
	}
	term.Keys("echo is back")
	term.Await("echo is back")
}
