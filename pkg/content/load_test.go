package content_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func paths(c *content.Corpus) []string {
	var all []string
	for _, p := range c.Posts {
		all = append(all, p.Path)
	}
	return all
}

// found is "file: code" of every problem, warnings with a question mark.
func found(ps []problem.Problem) []string {
	out := []string{}
	for _, p := range ps {
		mark := ""
		if p.Severity == problem.Warning {
			mark = "?"
		}
		out = append(out, p.File+": "+string(p.Code)+mark)
	}
	return out
}

func TestLoad_readsEveryPostAndListsEveryAsset(t *testing.T) {
	t.Parallel()
	c, err := content.Load(t.Context(), fstest.MapFS{
		"b.md":                  file("---\ntitle: b\nimage: img/x.png\n---\n"),
		"a/b.markdown":          file("+++\ntitle = 'a/b'\nimage = '/img/x.png'\n+++\n"),
		"a.md":                  file("{\"title\": \"a\", \"image\": \"gone.png\"}\n"),
		"a/_index.md":           file("a list of Hugo's"),
		"README.md":             file("# Hello"),
		"img/x.png":             file("PNG"),
		"a/notes.txt":           file("note"),
		".git/config":           file("x"),
		".hidden.md":            file("x"),
		"a/.cache/x.md":         file("x"),
		"evil\nname.md":         file("---\ntitle: x\n---\n"),
		"evil\x1b[31m/x.md":     file("---\ntitle: x\n---\n"),
		"a/link.md":             {Mode: fs.ModeSymlink},
		"a/pipe":                {Mode: fs.ModeNamedPipe},
		"a/socket.md":           {Mode: fs.ModeSocket},
		"huge.md":               {Data: make([]byte, content.MaxFile+1)},
		"2026-07-14-dated.md":   file("---\ntitle: d\n---\n"),
		"a/2026-07-14-other.md": file("---\ntitle: d\n---\n"),
	}, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"2026-07-14-dated.md", "README.md", "a.md", "a/2026-07-14-other.md", "a/b.markdown", "b.md", "huge.md"}, paths(c)); d != "" {
		t.Errorf("posts: want -, got +:\n%s", d)
	}
	if d := cmp.Diff([]content.Asset{{Path: "a/notes.txt", Size: 4}, {Path: "img/x.png", Size: 3}}, c.Assets, cmpopts.IgnoreFields(content.Asset{}, "Info")); d != "" {
		t.Errorf("assets: want -, got +:\n%s", d)
	}
	want := []string{
		`"evil\nname.md": bad-file-name`, `"evil\x1b[31m": bad-file-name`,
		"README.md: no-front-matter", "a.md: no-such-image?", "a/link.md: symlink", "a/pipe: special-file?",
		"a/socket.md: special-file", "huge.md: file-too-large",
	}
	if d := cmp.Diff(want, found(c.Problems())); d != "" {
		t.Errorf("problems: want -, got +:\n%s", d)
	}
}

// TestLoad_neverOpensWhatIsNoFile uses a real folder: opening a pipe would
// wait for ever, following the link would read a secret.
func TestLoad_neverOpensWhatIsNoFile(t *testing.T) {
	t.Parallel()
	dir, secret := t.TempDir(), filepath.Join(t.TempDir(), "secret.md")
	for name, text := range map[string]string{filepath.Join(dir, "a.md"): "---\ntitle: a\n---\n", secret: "---\ntitle: secret\n---\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.Symlink(secret, filepath.Join(dir, "link.md")),
		os.Symlink("a.md", filepath.Join(dir, "inside.md")),
		os.Symlink(filepath.Dir(secret), filepath.Join(dir, "folder")),
		os.Symlink(".", filepath.Join(dir, "circle")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o600),
		os.WriteFile(filepath.Join(dir, "bad\xff.md"), nil, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c, err := content.Load(t.Context(), root.FS(), paris(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`"bad\xff.md": bad-file-name`, "circle: symlink?", "folder: symlink?", "inside.md: symlink", "link.md: symlink", "pipe.md: special-file",
	}
	if d := cmp.Diff(want, found(c.Problems())); d != "" || len(c.Posts) != 1 {
		t.Errorf("%v; want -, got +:\n%s", paths(c), d)
	}
}

// faulty is a file system of which some files cannot be opened or read, and
// one has become a folder since it was listed.
type faulty struct{ fstest.MapFS }

func (f faulty) Open(name string) (fs.File, error) {
	switch name {
	case "denied.md":
		return nil, &fs.PathError{Op: "open", Path: "/home/someone/" + name, Err: fs.ErrPermission}
	case "became-a-folder.md":
		return f.MapFS.Open(".")
	}
	file, err := f.MapFS.Open(name)
	if name == "breaks.md" {
		return breaking{file}, err
	}
	return file, err
}

func (f faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "closed" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadDir(name)
}

type breaking struct{ fs.File }

func (breaking) Read(p []byte) (int, error) { return 1, io.ErrUnexpectedEOF }

func TestLoad_oneBadFileHidesNoOther(t *testing.T) {
	t.Parallel()
	good := "---\ntitle: a\n---\n"
	c, err := content.Load(t.Context(), faulty{fstest.MapFS{
		"a.md": file(good), "denied.md": file(good), "breaks.md": file(good), "became-a-folder.md": file(good), "closed/b.md": file(good), "z.md": file(good),
	}}, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"became-a-folder.md: special-file", "breaks.md: unreadable", "closed: unreadable", "denied.md: unreadable"}
	if d := cmp.Diff(want, found(c.Problems())); d != "" || len(c.Posts) != 5 {
		t.Errorf("%v; want -, got +:\n%s", paths(c), d)
	}
	for _, p := range c.Problems() {
		if strings.Contains(p.Params["detail"], "/home") {
			t.Errorf("the message tells where the office lies: %v", p.Params)
		}
	}
}

func TestLoad_returnsWhatStopsIt(t *testing.T) {
	t.Parallel()
	if _, err := content.Load(t.Context(), os.DirFS(filepath.Join(t.TempDir(), "gone")), paris(t)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a root that is not there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := content.Load(ctx, fstest.MapFS{"a.md": file("")}, paris(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if c, err := content.Load(t.Context(), fstest.MapFS{}, paris(t)); err != nil || len(c.Posts) != 0 {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestLoad_findsWhatClashesBetweenPosts(t *testing.T) {
	t.Parallel()
	post := func(keys string) *fstest.MapFile {
		return file("---\ntitle: x\n" + strings.ReplaceAll(keys, ", ", "\n") + "\n---\n")
	}
	c, err := content.Load(t.Context(), fstest.MapFS{
		"id1.md": post("id: A1"), "id2.md": post("id: a1"), "id3.md": post("id: a1"),
		"part1.md": post("series: s, part: 1"), "part2.md": post("series: s, part: 1"), "part3.md": post("series: s, part: 1, lang: en"), "part4.md": post("series: t, part: 1"),
		"tr1.md": post("translation: k"), "tr2.md": post("translation: k"), "tr3.md": post("translation: k, lang: en"),
		"ed1.md": post("edition: 2026-10-01"), "ed2.md": post("edition: 2026-10-01, slug: ed1"),
		"bad.md": post("id: a1, priority: 9"),
	}, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"bad.md: out-of-range", "ed1.md: same-edition", "ed2.md: same-edition",
		"id1.md: same-id", "id2.md: same-id", "id3.md: same-id", "part1.md: same-part", "part2.md: same-part",
		"tr1.md: same-translation", "tr2.md: same-translation",
	}
	if d := cmp.Diff(want, found(c.Problems())); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	for _, p := range c.Posts {
		for _, q := range p.Problems {
			if other := q.Params["other"]; q.Code != "out-of-range" && (other == "" || other == p.Path || q.Line < 3 && q.Code != content.CodeSameTranslation) {
				t.Errorf("%v does not name the other file and its own place", q)
			}
		}
	}
}

func TestLoad_isTheSameHoweverManyRead(t *testing.T) {
	t.Parallel()
	fsys := many(200, everyKeyYAML)
	first, err := content.Load(t.Context(), fsys, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := content.Load(t.Context(), fsys, paris(t))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(found(first.Problems()), found(again.Problems())); d != "" || !cmp.Equal(paths(first), paths(again)) {
			t.Fatalf("two loads differ:\n%s", d)
		}
	}
}

func many(n int, src string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := range n {
		name := fmt.Sprintf("%d/post-%d.md", i%17, i)
		fsys[name] = file(strings.NewReplacer("velo-1", fmt.Sprint("velo-", i)).Replace(src))
	}
	return fsys
}

func BenchmarkLoad(b *testing.B) {
	body := strings.Repeat("Un paragraphe de texte, comme on en écrit.\n\n", 100)
	for name, src := range map[string]string{"toml": everyKeyTOML, "yaml": everyKeyYAML, "json": everyKeyJSON} {
		b.Run(name+"/1k", func(b *testing.B) {
			fsys, d := many(1000, src+body), paris(b)
			b.ReportAllocs()
			for b.Loop() {
				if c, err := content.Load(b.Context(), fsys, d); err != nil || len(c.Posts) != 1000 {
					b.Fatal(err)
				}
			}
		})
	}
}
