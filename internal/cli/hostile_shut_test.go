//go:build linux

package cli_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"editorial/internal/cli"
)

// nobody returns a function that runs a command as somebody to whom files can
// be shut: as root nothing is.
func nobody(t *testing.T) func(dir string, args ...string) did {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home, attr := t.TempDir(), &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		attr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
		if err := os.Chmod(filepath.Dir(home), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	// TestMain runs the program under its own name.
	program := filepath.Join(home, "editorial")
	if err := os.WriteFile(program, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	return func(dir string, args ...string) did {
		var out, errOut bytes.Buffer
		cmd := exec.Command(program, append([]string{"-C", dir, "--now", hostileNow}, args...)...)
		cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = &out, &errOut, attr
		var exit *exec.ExitError
		if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return did{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
	}
}

// TestHostile_whatIsShutIsNamed: a file or folder that may not be read hides
// no other, and is said by name.
func TestHostile_whatIsShutIsNamed(t *testing.T) {
	t.Parallel()
	as := nobody(t)
	for _, tt := range []struct {
		name, args string
		code       int
		says       string
	}{
		{"content/shut.md", "check", cli.ExitFound, "content/shut.md: unreadable: "},
		{"content/shut.md", "build", cli.ExitOK, "content/shut.md: unreadable: "},
		{"content/dir", "check", cli.ExitFound, "content/dir: unreadable: "},
		{"content/dir", "build", cli.ExitOK, "content/dir: unreadable: "},
		{"content/shut.png", "build", cli.ExitOK, "content/shut.png: unreadable: "},
		{"content/shut.png", "check", cli.ExitOK, "content/shut.png: warning: unreadable: "},
		{"content", "check", cli.ExitFound, "content: permission denied"},
		{"config.toml", "check", cli.ExitFound, "config.toml: permission denied"},
		{"calendar.txt", "plan", cli.ExitFound, "calendar.txt: permission denied"},
		{"public", "build", cli.ExitFound, "public: permission denied"},
		{"public/index.html", "build", cli.ExitOK, ""},
		{".editorial", "build", cli.ExitFound, ".editorial: permission denied"},
		{".editorial/good.txt", "build", cli.ExitFound, ".editorial/good.txt: permission denied"},
	} {
		t.Run(strings.ReplaceAll(tt.name+" "+tt.args, "/", "·"), func(t *testing.T) {
			t.Parallel()
			dir := hostileOffice(t, map[string]string{
				"content/post.md": outPost("", "x\n\n![x](shut.png)\n"), "content/shut.md": outPost("", "x\n"), "content/dir/in.md": outPost("", "x\n"),
				"content/shut.png": "x", "calendar.txt": "", "public/index.html": "x", ".editorial/good.txt": "",
			})
			err := filepath.WalkDir(filepath.Dir(dir), func(name string, e fs.DirEntry, err error) error {
				if os.Geteuid() == 0 {
					err = errors.Join(err, os.Lchown(name, 65534, 65534))
				}
				return err
			})
			if err = errors.Join(err, os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(filepath.Join(dir, tt.name), 0)); err != nil {
				t.Fatal(err)
			}
			d := as(dir, tt.args)
			if d.code != tt.code || !strings.Contains(d.out+d.errOut, tt.says) {
				t.Errorf("%d, want %d and %q\n%s%s", d.code, tt.code, tt.says, d.out, d.errOut)
			}
			if err := os.Chmod(filepath.Join(dir, tt.name), 0o700); err != nil {
				t.Fatal(err) // it could not be removed
			}
		})
	}
}
