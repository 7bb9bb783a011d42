package doctor

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofrs/flock"

	"editorial/internal/office"
	"editorial/pkg/problem"
)

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"shelf.example": true, "example": true, "www.example.org": true, "EXAMPLE.com.": true, "localhost": true, "a.localhost": true,
		"127.0.0.1": true, "x.test": true, "x.invalid": true,
		"example.fr": false, "myexample.com": false, "shelf.lib.uk": false, "": false, "latest": false,
	} {
		if got := Placeholder(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

// What a running build has half written is no leftover; after a kill it is.
func TestLeftovers_areNotThoseOfARunningBuild(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"public/" + office.Temporary("index.html"), office.StateDir + "/lock"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := flock.New(filepath.Join(dir, office.StateDir, "lock"))
	if err := build.Lock(); err != nil {
		t.Fatal(err)
	}
	if f, _ := leftovers(Patient{Dir: dir}, os.DirFS(dir)); f.Status != Note || f.Code != "building" {
		t.Errorf("during a build: %v", f)
	}
	if err := build.Unlock(); err != nil {
		t.Fatal(err)
	}
	if f, _ := leftovers(Patient{Dir: dir}, os.DirFS(dir)); f.Status != Mend || f.Params["n"] != "1" {
		t.Errorf("after it: %v", f)
	}
}

func TestClock_outsideOfReasonIsToBeMended(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]Status{1970: Mend, 2024: Mend, 2026: Well, 2099: Well, 2206: Mend} {
		if f, _ := clock(Patient{Now: time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)}); f.Status != want {
			t.Errorf("%d: %s", year, f.Status)
		}
	}
}

func TestDisk_saysWhenItIsNearlyFull(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		free    uint64
		known   bool
		status  Status
		applies bool
		shown   string
	}{
		{0, false, "", false, ""},
		{100 << 20, true, Mend, true, "100 MB"},
		{enough, true, Well, true, "200 MB"},
		{20<<30 + 1, true, Well, true, "20 GB"},
	} {
		f, applies := disk(Patient{Free: func(string) (uint64, bool) { return tt.free, tt.known }}, nil)
		if applies != tt.applies || f.Status != tt.status || f.Params["free"] != tt.shown {
			t.Errorf("%d: %v %v", tt.free, f, applies)
		}
	}
}

func TestWritable_namesWhatIsNot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	// A file where a folder should be cannot be written into, whoever asks.
	if err := os.WriteFile(filepath.Join(dir, "public"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f, _ := writable(Patient{Dir: dir}, os.DirFS(dir))
	if f.Status != Mend || f.Params["dirs"] != "public" {
		t.Errorf("%v", f)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	if os.Geteuid() == 0 {
		return // nothing is closed to root
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if f, _ := writable(Patient{Dir: dir}, os.DirFS(dir)); f.Params["dirs"] != "., public" {
		t.Errorf("%v", f)
	}
}

func TestFeeds_areReadToTheirEnd(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		files  fstest.MapFS
		status Status
		params problem.Params
	}{
		{fstest.MapFS{}, Note, nil},
		{fstest.MapFS{"public/index.html": {Data: []byte("<p>")}}, Note, nil},
		{fstest.MapFS{"public/feed.xml": {Data: []byte("<rss><channel/></rss>")}, "public/feed.json": {Data: []byte(`{"items":[]}`)}}, Well, problem.Params{"n": "2"}},
		{fstest.MapFS{"public/feed.xml": {Data: []byte("<rss><channel></rss>")}}, Mend, problem.Params{"n": "1", "files": "public/feed.xml"}},
		{fstest.MapFS{"public/en/feed.json": {Data: []byte(`{} {}`)}}, Mend, problem.Params{"n": "1", "files": "public/en/feed.json"}},
		{fstest.MapFS{"public/feed.xml": {Data: nil}}, Mend, problem.Params{"n": "1", "files": "public/feed.xml"}},
	} {
		f, _ := feeds(Patient{}, tt.files)
		if f.Status != tt.status || f.Params["n"] != tt.params["n"] || f.Params["files"] != tt.params["files"] {
			t.Errorf("%v: %v", tt.files, f)
		}
	}
}

func TestExamine_aFolderThatIsNotThereIsNoPanic(t *testing.T) {
	t.Parallel()
	findings := Examine(context.Background(), Patient{
		Dir: filepath.Join(t.TempDir(), "nowhere"), Err: os.ErrNotExist, Now: time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC),
		Free: func(string) (uint64, bool) { return 0, false },
	})
	if Ill(findings) != 1 || findings[len(findings)-1].Code != "unreadable" {
		t.Errorf("%v", findings)
	}
}
