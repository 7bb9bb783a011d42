//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/cli"
)

// A planted thing takes the place of a file or folder of the office.
func pipe(t *testing.T, file string) {
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Fatal(err)
	}
}

func linkTo(to string) func(*testing.T, string) {
	return func(t *testing.T, file string) {
		if err := os.Symlink(to, file); err != nil {
			t.Fatal(err)
		}
	}
}

func aFolder(t *testing.T, file string) {
	if err := os.MkdirAll(filepath.Join(file, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestHostile_strangeFilesAreNeitherAwaitedNorFollowed puts pipes, devices,
// folders and links where the program reads or writes. A pipe that is opened
// would wait for ever, as would a test.
func TestHostile_strangeFilesAreNeitherAwaitedNorFollowed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		plant func(*testing.T, string)
		args  string
		code  int
		says  string // on stdout or stderr
	}{
		{"config.toml", pipe, "check", cli.ExitCannotRun, "config.toml: not-regular-file: "},
		{"config.toml", linkTo("/dev/zero"), "check", cli.ExitFound, "config.toml leads out of"},
		{"config.toml", aFolder, "build", cli.ExitFound, "config.toml is a folder"},
		{"config.toml", pipe, "doctor", cli.ExitFound, "config.toml has 1 error"},
		{"calendar.txt", pipe, "plan", cli.ExitFound, "calendar.txt: not a regular file"},
		{"calendar.txt", aFolder, "check", cli.ExitFound, "calendar.txt is a folder"},
		{"calendar.txt", linkTo("calendar.txt"), "check", cli.ExitFound, "calendar.txt"},
		{"content", pipe, "check", cli.ExitFound, "content is not a folder"},
		{"content", linkTo("/etc"), "check", cli.ExitFound, "content leads out of"},
		{"content", linkTo("content"), "list", cli.ExitFound, "content"},
		{"content/a.md", pipe, "check", cli.ExitFound, "content/a.md: special-file: "},
		{"content/a.md", aFolder, "check", cli.ExitOK, "1 post\n"},
		{"content/a.md", linkTo("/dev/zero"), "check", cli.ExitFound, "content/a.md: symlink: "},
		{"content/a.md", linkTo("a.md"), "build", cli.ExitOK, "content/a.md: symlink: "},
		{"content/deep", linkTo(".."), "check", cli.ExitOK, "content/deep: warning: symlink: "},
		{"content/a.png", linkTo("/etc/passwd"), "build", cli.ExitOK, ""},
		{"content/a.png", pipe, "check", cli.ExitOK, "content/a.png: warning: special-file: "},
		{".editorial", pipe, "build", cli.ExitFound, ".editorial is not a folder"},
		{".editorial", linkTo("/tmp"), "build", cli.ExitFound, ".editorial leads out of"},
		{".editorial/lock", pipe, "build", cli.ExitFound, ".editorial/lock: not a regular file"},
		{".editorial/calendar.lock", pipe, "plan --write", cli.ExitFound, ".editorial/calendar.lock: not a regular file"},
		{".editorial/built.txt", pipe, "build", cli.ExitFound, ".editorial/built.txt: not a regular file"},
		{".editorial/good.txt", pipe, "build", cli.ExitFound, ".editorial/good.txt: not a regular file"},
		{".editorial/unfinished", pipe, "build", cli.ExitOK, ""},
		{"public", pipe, "build", cli.ExitFound, "public is not a folder"},
		{"public", linkTo("/tmp"), "build", cli.ExitFound, "public leads out of"},
		{"private", linkTo("/tmp"), "build", cli.ExitFound, "private leads out of"},
		{"public/index.html", pipe, "build", cli.ExitOK, ""},
		{"public/index.html", linkTo("/dev/full"), "build", cli.ExitOK, ""},
		{"public/feed.xml", aFolder, "build", cli.ExitFound, "public/feed.xml"},
		{"public/feed.xml", pipe, "doctor", cli.ExitFound, ""},
		{"public/post", linkTo("/tmp"), "build", cli.ExitFound, "post leads out of"},
		{"archetypes/default.md", pipe, "new Title", cli.ExitFound, "archetypes/default.md: not a regular file"},
		{"archetypes/default.md", linkTo("/dev/zero"), "new Title", cli.ExitFound, "archetypes/default.md leads out of"},
		{"new/.gitignore", pipe, "init $DIR/new", cli.ExitOK, ""},
		{"new/content", pipe, "init $DIR/new", cli.ExitFound, "content is not a folder"},
		{"new/content", linkTo("/tmp"), "init $DIR/new", cli.ExitFound, "leads out of"},
	} {
		t.Run(strings.ReplaceAll(tt.name+" "+tt.args, "/", "·"), func(t *testing.T) {
			t.Parallel()
			dir := hostileOffice(t, map[string]string{"content/post.md": outPost("", "x\n")})
			file := filepath.Join(dir, tt.name)
			if err := os.RemoveAll(file); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			tt.plant(t, file)
			d := does(t, dir, strings.Fields(strings.ReplaceAll(tt.args, "$DIR", dir))...)
			if d.code != tt.code || !strings.Contains(d.out+d.errOut, tt.says) {
				t.Errorf("%d, want %d and %q\n%s%s", d.code, tt.code, tt.says, d.out, d.errOut)
			}
			// Where a whole command is refused it says what to do.
			if tt.code == cli.ExitFound && tt.args == "build" && !strings.Contains(d.errOut, "hint: ") {
				t.Errorf("no hint: %s", d.errOut)
			}
		})
	}
}

// TestHostile_namesOfFiles: whatever a name, the others are built, and nothing
// lands where another lies.
func TestHostile_namesOfFiles(t *testing.T) {
	t.Parallel()
	names := []string{
		"CON.md", "aux.md", "lpt1.fr.md", "A.md", "a.md", "trailing. .md", "-rf.md", "$(id).md", "`id`.md", "it's \"q\".md", `a\b.md`, "..md", "x.md.md",
		"#.md", "?.md", "%2e%2e%2f.md", "<script>.md", "a&b;.md", "a:b.md", strings.Repeat("n", 252) + ".md", strings.Repeat("é", 125) + ".md",
		"e\u0301te.md", "\u00e9te.md", "zero\u200bwidth.md", "\u202egnp.md", "\ufeff.md", "💣.md", "2026-13-45-x.md", "x.zz-.md", "nul.md",
	}
	refused := []string{"new\nline.md", "esc\x1b[31m.md", "bel\a.png", "not-utf8\xff.md", "c1\u009b.md", "line\u2028.md", "tab\t/inside.md"}
	files := map[string]string{}
	for _, name := range append(names, refused...) {
		files["content/"+name] = outPost("", "x\n")
	}
	dir := hostileOffice(t, files)
	var bad []string
	for _, f := range checked(t, dir) {
		if name, code, _ := strings.Cut(f, `": `); code == "bad-file-name" {
			bad = append(bad, strings.TrimPrefix(name, `content/"`))
		}
	}
	want := []string{`bel\a.png`, `c1\u009b.md`, `esc\x1b[31m.md`, `line\u2028.md`, `new\nline.md`, `not-utf8\xff.md`, `tab\t`}
	if d := cmp.Diff(want, bad); d != "" {
		t.Errorf("refused (-want +got):\n%s", d)
	}
	for _, args := range [][]string{{}, {"list"}, {"list", "--json"}, {"check"}, {"plan"}, {"doctor"}, {"why", "x"}, {"build"}, {"build"}} {
		does(t, dir, args...)
	}
	seen := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(dir, "public"), func(name string, e os.DirEntry, err error) error {
		base := filepath.Base(name)
		if strings.ContainsAny(base, "\\:?\"<>|*\x00\n\x1b") || strings.HasSuffix(base, ".") || len(base) > 255 || seen[strings.ToLower(name)] {
			t.Errorf("made %q", name)
		}
		seen[strings.ToLower(name)] = true
		return err
	})
	if err != nil || !seen[strings.ToLower(filepath.Join(dir, "public", "post-"))] && len(seen) < 30 {
		t.Errorf("%d files, %v", len(seen), err)
	}
}
