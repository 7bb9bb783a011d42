package cli_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"editorial/internal/cli"
)

// TestBuild_watches: it builds, builds again after a change, says what is
// wrong and goes on, and ends when it is told to.
func TestBuild_watches(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name+".new", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+".new", name); err != nil {
			t.Fatal(err)
		}
	}
	post := func(title string) string {
		return "+++\ntitle = \"" + title + "\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\nVenez.\n"
	}
	config := "[site]\ntitle = \"Roues\"\nlang = \"fr\"\nzone = \"Europe/Paris\"\nurl = \"https://roues.example/\"\n"
	write("config.toml", config)
	write("content/a.md", post("Été"))
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- cli.Main(ctx, cli.Env{
			Args: []string{"build", "--watch", "-C", dir, "--now", "2026-10-19T08:00"}, In: strings.NewReader(""), Out: in, Err: in, Now: time.Now,
		})
		in.Close()
	}()
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	await := func(part string) {
		t.Helper()
		is := regexp.MustCompile(part)
		for line := range lines {
			if is.MatchString(line) {
				return
			}
		}
		t.Fatalf("ended without %q", part)
	}
	page := filepath.Join(dir, "public", "a", "index.html")
	await("Built:")
	write("content/a.md", post("Automne"))
	await(`^[0-2][0-9]:[0-5][0-9]:[0-5][0-9] content/a\.md$`) // and nothing of a.md.new
	await("Built:")
	if data, err := os.ReadFile(page); err != nil || !strings.Contains(string(data), "<h1>Automne</h1>") {
		t.Errorf("%v: %s", err, data)
	}
	write("config.toml", "[site]\ntitel = 1\n")
	await("titel")
	write("config.toml", strings.Replace(config, "Roues", "Rayons", 1))
	await("Built:")
	if data, err := os.ReadFile(page); err != nil || !strings.Contains(string(data), "Rayons") {
		t.Errorf("%v: %s", err, data)
	}
	go func() { // nobody reads the rest
		for range lines {
		}
	}()
	stop()
	if got := <-code; got != 0 && got != cli.ExitInterrupted {
		t.Errorf("exit code %d", got)
	}
}
