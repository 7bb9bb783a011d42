package ical_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
)

// TestTodoman_listsToDosAsTheyAre puts the to-dos into the folder of todoman, as
// a person's program of synchronisation does, and asks it for its list.
func TestTodoman_listsToDosAsTheyAre(t *testing.T) {
	t.Parallel()
	todoman := need.Program(t, "todoman", "todo")
	c := sample(t)
	dir := t.TempDir()
	lists := filepath.Join(dir, "lists", "office")
	if err := os.MkdirAll(lists, 0o700); err != nil {
		t.Fatal(err)
	}
	for i, todo := range c.Todos { // it wants each in a file of its own
		one := c
		one.Events, one.Todos = nil, c.Todos[i:i+1]
		if err := os.WriteFile(filepath.Join(lists, fmt.Sprintf("%s.ics", todo.UID)), foreign(one.Encode(), "Europe/Paris", "X-OURS"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	conf := filepath.Join(dir, "config.py")
	text := fmt.Sprintf("path = %q\ndate_format = %q\ntime_format = %q\ncache_path = %q\n", filepath.Join(dir, "lists", "*"), "%Y-%m-%d", "%H:%M", filepath.Join(dir, "cache"))
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(todoman, "--porcelain", "-c", conf, "list", "--status", "ANY")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+dir, "LC_ALL=C.UTF-8", "TZ=UTC")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	type row struct {
		Summary  string `json:"summary"`
		Due      int64  `json:"due"`
		Priority int    `json:"priority"`
		Percent  int    `json:"percent"`
		Done     bool   `json:"completed"`
	}
	var got []row
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want []row
	for _, d := range c.Todos {
		r := row{Summary: d.Summary, Priority: d.Priority, Percent: d.Percent, Done: d.Done}
		if d.Done {
			r.Percent = 100
		}
		switch {
		case d.Due.HasClock:
			r.Due = d.Due.Instant.Unix()
		case !d.Due.IsZero(): // it takes a day for its first minute
			day := d.Due.Local.Date
			r.Due = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Unix()
		}
		want = append(want, r)
	}
	by := func(a, b row) int { return strings.Compare(a.Summary, b.Summary) }
	slices.SortFunc(got, by)
	slices.SortFunc(want, by)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ours -, todoman +:\n%s\n%s", diff, out)
	}
}
