package office

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/pkg/civil"
)

func noon(civil.Zone) (time.Time, error) { return time.Date(2026, 10, 20, 10, 0, 0, 0, time.UTC), nil }

func toBuild(dir string) Options {
	return Options{Dir: dir, Clock: noon, Config: config.Options{ReadFile: os.ReadFile}, Out: dir, Build: true}
}

func buildOnce(t *testing.T, opts Options) Built {
	t.Helper()
	o, err := Load(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	built, err := o.Build(t.Context(), opts.Out)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// TestCheck_looksAtFilesFromManySides: posts that link to the same files are
// checked at the same time.
func TestCheck_looksAtFilesFromManySides(t *testing.T) {
	t.Parallel()
	files := map[string]string{"config.toml": previewConfig}
	for i := range 60 {
		files[fmt.Sprintf("content/f%d.txt", i)] = "x"
		var links strings.Builder
		for j := range 60 {
			fmt.Fprintf(&links, "[a](f%d.txt) ", (i+j)%60)
		}
		files[fmt.Sprintf("content/p%d.md", i)] = fmt.Sprintf("+++\ntitle = \"P\"\nid = \"%d\"\n+++\n%s\n", i, &links)
	}
	o := loadAt(t, writeOffice(t, files), time.Date(2026, 10, 20, 7, 0, 0, 0, time.UTC))
	if _, err := o.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestLoad_waitsForTheBuildBefore: a build that has to wait reads the office
// when its turn has come, so that it never makes an older site than the other.
func TestLoad_waitsForTheBuildBefore(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	first, err := Load(t.Context(), toBuild(dir))
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan *Office)
	go func() {
		o, err := Load(context.WithoutCancel(t.Context()), toBuild(dir))
		if err != nil {
			t.Error(err)
		}
		second <- o
	}()
	if !Building(dir) {
		t.Fatal("an office that is loaded to be built lets others build")
	}
	name := filepath.Join(dir, "content", "neu.md")
	if err := os.WriteFile(name, []byte("+++\ntitle = \"Neu\"\nid = \"n\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\nDa.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Build(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	o := <-second
	if _, err := o.Build(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "public", "neu", "index.html")); err != nil {
		t.Error(err)
	}
}

// TestMark_trustsNoClockOfAnotherDisk: what is older by one clock may be newer
// by another.
func TestMark_trustsNoClockOfAnotherDisk(t *testing.T) {
	t.Parallel()
	m := mark{size: 1, mtime: 5, ctime: 5, ino: 1, dev: 7}
	for s, want := range map[stamp]bool{{6, 7}: true, {5, 7}: false, {4, 7}: false, {1 << 60, 8}: false, {}: false} {
		if got := m.older(s); got != want {
			t.Errorf("%+v older than %+v: %t", m, s, got)
		}
	}
}

// TestBuild_stoppedBetweenTextAndListLosesNothing: the text of a post is kept
// before the list that names it.
func TestBuild_stoppedBetweenTextAndListLosesNothing(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	opts := toBuild(dir)
	buildOnce(t, opts)
	list, err := os.ReadFile(filepath.Join(dir, StateDir, goodIndex))
	if err != nil {
		t.Fatal(err)
	}
	post := filepath.Join(dir, "content", "ouvert.md")
	src, err := os.ReadFile(post)
	if err != nil {
		t.Fatal(err)
	}
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(post, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save(strings.Replace(string(src), "Ouvert", "Grand ouvert", 1))
	buildOnce(t, opts)
	// As if the build had been stopped before it wrote the list.
	if err := os.WriteFile(filepath.Join(dir, StateDir, goodIndex), list, 0o600); err != nil {
		t.Fatal(err)
	}
	save("+++\ntitle = \n+++\n")
	buildOnce(t, opts)
	page, err := os.ReadFile(filepath.Join(dir, "public", "ouvert", "index.html"))
	if err != nil || !strings.Contains(string(page), "Grand ouvert") {
		t.Errorf("%v: %s", err, page)
	}
}

// TestBuild_remembersWhatCannotBeShown: a body that cannot be rendered makes
// its neighbours again once, and not with every build.
func TestBuild_remembersWhatCannotBeShown(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	deep := "+++\ntitle = \"Profond\"\nid = \"d\"\nstage = \"published\"\ndate = \"2026-10-02 09:00\"\n+++\n" + strings.Repeat("> ", 150) + "x\n"
	if err := os.WriteFile(filepath.Join(dir, "content", "profond.md"), []byte(deep), 0o644); err != nil {
		t.Fatal(err)
	}
	opts := toBuild(dir)
	if built := buildOnce(t, opts); len(built.Problems) != 1 {
		t.Fatal(built.Problems)
	}
	if built := buildOnce(t, opts); len(built.Problems) != 1 || len(built.Changed) > 0 {
		t.Errorf("%v, changed %v", built.Problems, built.Changed)
	}
}
