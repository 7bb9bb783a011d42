package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"editorial/pkg/publish"
)

// TestDisk_abandonedFileLeavesWhatWasThere: outputs give up files when
// something goes wrong on the way.
func TestDisk_abandonedFileLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, StateDir), 0o755); err != nil {
		t.Fatal(err)
	}
	d, err := openDisk(context.Background(), out, nil, newCache())
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if err := d.Put(publish.File{Path: "there.xml", Data: []byte("before")}); err != nil {
		t.Fatal(err)
	}
	d.restart()
	for name, text := range map[string]string{"there.xml": "bef", "new.xml": "new", "dir/other.xml": "another"} {
		w, err := d.Open(name, false, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		w.Abandon()
	}
	if len(d.made) != 0 {
		t.Errorf("count as made: %v", d.made)
	}
	got, err := os.ReadFile(filepath.Join(out, PublicDir, "there.xml"))
	if err != nil || string(got) != "before" {
		t.Errorf("there.xml: %q, %v", got, err)
	}
	left, err := filepath.Glob(filepath.Join(out, PublicDir, "*"))
	if err != nil || len(left) != 2 { // and the empty folder
		t.Errorf("left: %q, %v", left, err)
	}
}

// TestDisk_stoppedBuildWritesNoMore: a feed of all posts is one long file.
func TestDisk_stoppedBuildWritesNoMore(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, StateDir), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	d, err := openDisk(ctx, out, nil, newCache())
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	w, err := d.Open("feed.xml", false, "")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abandon()
	stop()
	if _, err := w.Write([]byte("text")); !errors.Is(err, context.Canceled) {
		t.Errorf("wrote on: %v", err)
	}
}
