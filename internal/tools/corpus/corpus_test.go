package corpus_test

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/tools/corpus"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

func TestWrite_isTheSameForTheSameSeedAndSound(t *testing.T) {
	t.Parallel()
	a, b, c := sum(t, 40, 1), sum(t, 40, 1), sum(t, 40, 2)
	if a != b || a == c {
		t.Errorf("two of seed 1: %x %x, one of seed 2: %x", a, b, c)
	}
	dir := t.TempDir()
	if err := corpus.Write(dir, 200, 1); err != nil {
		t.Fatal(err)
	}
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := content.Load(t.Context(), os.DirFS(dir+"/content"), content.Defaults{Zone: zone, Lang: "fr"})
	if err != nil || len(loaded.Posts) != 200 || len(loaded.Problems()) != 0 {
		t.Fatalf("%d posts, %v, %v", len(loaded.Posts), loaded.Problems(), err)
	}
	for _, p := range loaded.Posts {
		src, err := os.ReadFile(filepath.Join(dir, "content", p.Path))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(strings.Fields(string(p.Body(src)))); n < 550 || n > 1250 || p.Stage != content.Published {
			t.Errorf("%s: %d words, %s", p.Path, n, p.Stage)
		}
	}
}

func sum(t *testing.T, n int, seed uint64) [32]byte {
	t.Helper()
	dir := t.TempDir()
	if err := corpus.Write(dir, n, seed); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(dir + "/" + name)
		h.Write([]byte(name))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return [32]byte(h.Sum(nil))
}
