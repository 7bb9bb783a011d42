package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"editorial/internal/cli"
	"editorial/internal/need"
)

// failing takes so many bytes and then nothing more.
type failing struct {
	left int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n := f.left
		f.left = 0
		return n, f.err
	}
	f.left -= len(p)
	return len(p), nil
}

// office is a small office on disk.
func officeOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{
		"config.toml":  "[site]\ntitle = \"T\"\ndescription = \"D\"\n[platforms.blog]\nrhythm.times = [\"Tue 09:00\"]\n",
		"content/a.md": "+++\ntitle = \"A\"\nstage = \"ready\"\nplatforms = [\"blog\"]\n+++\nBody.\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var reading = []string{
	"", "list", "list --json", "plan", "plan --json", "plan --export -", "why a", "why a --json", "preview a", "preview a --json",
	"preview a --html -", "check", "version", "version --json", "config show", "config keys", "doctor", "completion bash", "--help", "plan --help",
}

// Nothing that is lost on stdout is lost in silence: not at the first byte,
// nor later.
func TestMain_saysThatStdoutWasNotWritten(t *testing.T) {
	t.Parallel()
	dir := officeOf(t)
	for _, line := range reading {
		for _, left := range []int{0, 10} {
			t.Run(fmt.Sprintf("%s/%d", line, left), func(t *testing.T) {
				t.Parallel()
				code, stderr := run(dir, line, &failing{left, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}})
				if code != cli.ExitFound || !strings.Contains(stderr, "editorial: the output could not be written: /dev/stdout: no space left on the disk\nhint: make room") {
					t.Errorf("exit code %d, stderr %q", code, stderr)
				}
				if strings.Count(stderr, "/dev/stdout") != 1 {
					t.Errorf("said more than once: %q", stderr)
				}
			})
		}
	}
}

// A reader that has read enough, as head does, is no failure.
func TestMain_closedPipeIsQuiet(t *testing.T) {
	t.Parallel()
	dir := officeOf(t)
	for _, line := range reading {
		code, stderr := run(dir, line, &failing{10, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}})
		if code != cli.ExitOK && line != "doctor" || strings.Contains(stderr, "stdout") {
			t.Errorf("%s: exit code %d, stderr %q", line, code, stderr)
		}
	}
}

func TestMain_fullDevice(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if errors.Is(err, os.ErrNotExist) {
		need.Skip(t, "no /dev/full here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	var stderr bytes.Buffer
	code := cli.Main(context.Background(), cli.Env{Args: []string{"version"}, Out: full, Err: &stderr, Environ: []string{"LANG=fr"}, Now: time.Now})
	if code != cli.ExitFound || !strings.Contains(stderr.String(), "plus de place sur le disque") {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
}

// run runs a command line in an office.
func run(dir, line string, out *failing) (code int, stderr string) {
	var b bytes.Buffer
	code = cli.Main(context.Background(), cli.Env{
		Args: append(strings.Fields(line), "-C", dir, "--now", "2026-10-19T08:00"), In: strings.NewReader(""), Out: out, Err: &b,
		Now: func() time.Time { return time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC) },
	})
	return code, b.String()
}
