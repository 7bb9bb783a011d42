package office

import (
	"bytes"
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"editorial/internal/need"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

const importConfig = `[site]
title = "T"
url = "https://new.example/"
lang = "en"
zone = "Europe/Paris"
platforms = ["blog"]
[feeds.window]
count = 100
[platforms.blog]
rhythm.times = ["Tue 09:00"]
`

func importNow() time.Time { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC) }

// importTree are the files below a folder, by their paths, with their bytes.
func importTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if e.Type()&os.ModeSymlink != 0 {
			to, err := os.Readlink(name)
			all[name] = "→ " + to
			return err
		}
		data, err := os.ReadFile(name)
		all[strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(name, dir)), "/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func oldFeed(items ...string) string {
	return `<rss version="2.0"><channel><title>x</title><link>https://old.example/</link><description>x</description>` + strings.Join(items, "") + `</channel></rss>`
}

func oldItem(guid, name string) string {
	var esc bytes.Buffer
	_ = xml.EscapeText(&esc, []byte(guid))
	return `<item><title>` + name + `</title><link>https://old.example/` + name + `/</link><guid isPermaLink="false">` + esc.String() +
		`</guid><pubDate>Fri, 01 Mar 2024 09:30:00 -0500</pubDate><description>` + name + `</description></item>`
}

// A reader that has seen the old feed finds nothing new in ours: gofeed reads
// the same ids and the same instants out of both.
func TestImport_readersKnowEveryItem(t *testing.T) {
	t.Parallel()
	src := oldFeed(
		oldItem("https://old.example/?p=1&x=2", "a"), oldItem("4711", "b"), oldItem("tag:old.example,2024:c", "c"),
		oldItem("urn:uuid:0192a1b0-0000-7000-8000-000000000001", "d"), oldItem("URN:UUID:0192A1B0-0000-7000-8000-000000000002", "e"),
		oldItem("0192a1b0-0000-7000-8000-000000000003", "f"), oldItem("https://old.example/été?à=ô", "g"), oldItem("", "h"), oldItem("<&\"'>", "i"),
	)
	dir := writeOffice(t, map[string]string{"config.toml": importConfig, "old.xml": src})
	o := loadAt(t, dir, importNow())
	done, err := o.Import(t.Context(), ImportWish{Path: filepath.Join(dir, "old.xml")})
	if err != nil || len(done.Posts) != 9 || problem.Errors(done.Problems) > 0 {
		t.Fatalf("%v %v", err, done)
	}
	o = loadAt(t, dir, importNow())
	found, err := o.Check(t.Context())
	if err != nil || problem.Errors(found) > 0 {
		t.Fatalf("check: %v %v", err, found)
	}
	if _, err := o.Build(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	read := func(src []byte) map[string]time.Time {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]time.Time{}
		for _, i := range feed.Items {
			id := i.GUID
			if id == "" {
				id = i.Link // as readers do
			}
			all[id] = i.PublishedParsed.UTC()
		}
		return all
	}
	for _, name := range []string{"feed.xml", "feed.json"} {
		built, err := os.ReadFile(filepath.Join(dir, "public", name))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(read([]byte(src)), read(built)); d != "" {
			t.Errorf("%s: -old +new\n%s", name, d)
		}
	}
}

// Whatever stops an import at whichever post, what is there is whole, and the
// next one completes it: the folder is then as if nothing had happened.
func TestImport_goesOnWhereItWasStopped(t *testing.T) {
	t.Parallel()
	site := map[string]string{"hugo.toml": "baseURL = 'https://old.example/'\n"}
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		site["content/posts/"+n+"/index.md"] = "---\ntitle: " + n + "\ndate: 2024-01-01\n---\n![p](p.png)\n"
		site["content/posts/"+n+"/p.png"] = "picture " + n
	}
	from := writeOffice(t, site)
	whole := writeOffice(t, map[string]string{"config.toml": importConfig})
	if _, err := loadAt(t, whole, importNow()).Import(t.Context(), ImportWish{Path: from}); err != nil {
		t.Fatal(err)
	}
	want := importTree(t, filepath.Join(whole, ContentDir))
	if len(want) != 10 {
		t.Fatalf("%d files", len(want))
	}
	for stop := range 25 {
		dir := writeOffice(t, map[string]string{"config.toml": importConfig})
		ctx := &countdown{Context: t.Context(), left: stop}
		_, err := loadAt(t, dir, importNow()).Import(ctx, ImportWish{Path: from})
		if _, statErr := os.Stat(filepath.Join(dir, ContentDir)); statErr == nil {
			for name, data := range importTree(t, filepath.Join(dir, ContentDir)) {
				if want[name] != data {
					t.Errorf("stopped at %d: %s is %q", stop, name, data)
				}
				if post, ok := strings.CutSuffix(name, "index.md"); ok {
					if _, err := os.Stat(filepath.Join(dir, ContentDir, post, "p.png")); err != nil {
						t.Errorf("stopped at %d: %s without its picture", stop, name)
					}
				}
			}
		}
		// What a killed run was writing.
		if err == nil {
			break
		}
		if err := os.MkdirAll(filepath.Join(dir, ContentDir, "posts", "c"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, ContentDir, "posts", "c", Temporary("index.md")), []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := loadAt(t, dir, importNow()).Import(t.Context(), ImportWish{Path: from}); err != nil {
			t.Fatal(err)
		}
		got := importTree(t, filepath.Join(dir, ContentDir))
		delete(got, "posts/c/"+Temporary("index.md")) // where the post was whole already, the next build of it removes this
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("stopped at %d: -want +got\n%s", stop, d)
		}
	}
}

// countdown is a context that ends when it has been asked so often.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return c.Context.Err()
}

// Nothing that is there is changed, whatever bears the name of what would be
// written, and nothing is written outside the office.
func TestImport_overwritesNothing(t *testing.T) {
	t.Parallel()
	from := writeOffice(t, map[string]string{
		"hugo.toml":                "baseURL = 'https://old.example/'\n",
		"content/posts/a.md":       "---\ntitle: a\ndate: 2024-01-01\n---\n![p](/img/p.png)\n",
		"content/posts/b.md":       "---\ntitle: b\ndate: 2024-01-01\n---\n![q](/img/q.png)\n",
		"content/posts/c/index.md": "---\ntitle: c\ndate: 2024-01-01\n---\n",
		"content/posts/d.md":       "---\ntitle: d\ndate: 2024-01-01\n---\n",
		"content/out/e.md":         "---\ntitle: e\ndate: 2024-01-01\n---\n",
		"static/img/p.png":         "new picture",
		"static/img/q.png":         "the same picture",
	})
	outside := t.TempDir()
	dir := writeOffice(t, map[string]string{
		"config.toml": importConfig, "content/img/p.png": "another picture", "content/img/q.png": "the same picture",
		"content/posts/c/index.md": "+++\ntitle = 'mine'\n+++\n", "content/posts/D.md": "+++\ntitle = 'D'\nslug = 'other'\n+++\n",
	})
	if err := os.Symlink(outside, filepath.Join(dir, "content", "out")); err != nil {
		need.Skip(t, err)
	}
	if err := os.Symlink("nowhere.md", filepath.Join(dir, "content", "posts", "b.md")); err != nil {
		need.Skip(t, err)
	}
	before := importTree(t, dir)
	o := loadAt(t, dir, importNow())
	done, err := o.Import(t.Context(), ImportWish{Path: from})
	after := importTree(t, dir)
	for name, data := range before {
		if after[name] != data {
			t.Errorf("%s was changed", name)
		}
	}
	if entries, _ := os.ReadDir(outside); len(entries) > 0 {
		t.Errorf("written outside: %v", entries)
	}
	// The folder that leads out is an error of the system; the posts before it
	// were told one by one.
	var told []string
	for _, p := range done.Problems {
		if p.Severity == problem.Error {
			told = append(told, p.Params["path"])
		}
	}
	slices.Sort(told)
	if err == nil && !slices.Contains(told, "content/posts/c/index.md") {
		t.Errorf("told %v", told)
	}
	if err == nil || !strings.Contains(err.Error(), "content/out/e.md") {
		t.Errorf("got %v", err)
	}
}

// A post that would have errors here is told and stays behind; the others come.
func TestImport_leavesOthersBehind(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":    importConfig,
		"site/hugo.toml": "", "site/content/posts/a.md": "---\ntitle: a\ndate: 2024-01-01\nplatforms: [nowhere]\n---\n",
		"site/content/posts/b.md": "---\ntitle: b\ndate: 2024-01-01\n---\n",
		"site/content/posts/c.md": "---\ntitle: c\ndraft: yes\n---\n",
		"site/content/posts/d.md": "---\ntitle: d\ndate: 2024-01-01\n---\n" + strings.Repeat("> ", 5000) + "x\n",
	})
	o := loadAt(t, dir, importNow())
	done, err := o.Import(t.Context(), ImportWish{Path: filepath.Join(dir, "site")})
	if err != nil || len(done.Posts) != 1 || done.Posts[0].Path != "content/posts/b.md" {
		t.Fatalf("%v %+v", err, done.Posts)
	}
	codes := map[string]problem.Code{}
	for _, p := range done.Problems {
		if p.Severity == problem.Error {
			codes[filepath.Base(p.File)] = p.Code
		}
	}
	if codes["a.md"] != CodePostPlatform || codes["c.md"] != content.CodeNotBoolean || codes["d.md"] == "" || len(codes) != 3 {
		t.Errorf("got %v", codes)
	}
}
