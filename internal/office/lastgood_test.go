package office

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// TestLastGood_givesBackWhatWasKept over several builds: what changed, what
// went, and nothing of what was damaged.
func TestLastGood_givesBackWhatWasKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	state := open(t, dir)
	state.file, state.dir = privateFile, privateDir
	d := content.Defaults{Zone: civil.UTC(), Lang: "en"}
	text := func(title string) []byte { return fmt.Appendf(nil, "+++\ntitle = %q\n+++\n3 x.md\nabc\n", title) }
	build := func(titles map[string]string) {
		t.Helper()
		g, err := openLastGood(state)
		if err != nil {
			t.Fatal(err)
		}
		for path, title := range titles {
			g.keep(content.Read(path, text(title), d))
		}
		if err := g.save(func(path string) []byte { return text(titles[path]) }); err != nil {
			t.Fatal(err)
		}
	}
	want := func(titles map[string]string) {
		t.Helper()
		g, err := openLastGood(state)
		if err != nil {
			t.Fatal(err)
		}
		for path, title := range titles {
			got := ""
			if p, _ := g.post(path, d); p != nil {
				got = p.Title
			}
			if got != title {
				t.Errorf("%s: %q, want %q", path, got, title)
			}
		}
	}
	all := map[string]string{}
	for i := range 600 {
		all[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("Title %d", i)
	}
	build(all)
	want(all)
	all["p7.md"] = "Another"
	delete(all, "p8.md")
	build(all)
	all["p8.md"] = ""
	want(all)
	if files, _ := filepath.Glob(filepath.Join(dir, goodDir, "*")); len(files) == 0 || len(files) > 256 {
		t.Errorf("%d files", len(files))
	}
	// A file that is cut off, or holds something else, is not trusted.
	for _, damage := range []string{"", "9999 p7.md\nx", "-1 p7.md\n", "1 p7.md\nx\n", "x"} {
		if err := os.WriteFile(filepath.Join(dir, sheaf("p7.md")), []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		want(map[string]string{"p7.md": ""})
	}
	build(map[string]string{})
	if files, _ := filepath.Glob(filepath.Join(dir, goodDir, "*")); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}
