package queue_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestVersions: these were tried together. Whoever takes others runs this
// package's suite on both engines, under the race detector too, and writes them
// here: the newest driver for SQLite that can be had is older than the rest.
func TestVersions(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for module, version := range map[string]string{
		"github.com/riverqueue/river":                         "v0.51.1",
		"github.com/riverqueue/river/riverdriver":             "v0.51.1",
		"github.com/riverqueue/river/riverdriver/riverpgxv5":  "v0.51.1",
		"github.com/riverqueue/river/riverdriver/riversqlite": "v0.49.0",
		"github.com/riverqueue/river/rivershared":             "v0.51.1",
		"github.com/riverqueue/river/rivertype":               "v0.51.1",
		"github.com/go-co-op/gocron/v2":                       "v2.21.2",
		"github.com/pressly/goose/v3":                         "v3.29.0",
		"github.com/jackc/pgx/v5":                             "v5.12.0",
		"modernc.org/sqlite":                                  "v1.61.1",
	} {
		found := regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(module) + ` (\S+)`).FindSubmatch(text)
		if found == nil || string(found[1]) != version {
			t.Errorf("%s: %q, and %s was tried", module, found, version)
		}
	}
}
