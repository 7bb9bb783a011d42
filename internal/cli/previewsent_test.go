package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/cli"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// TestPreview_showsTheJournalsBytes of what was begun, and what the post says of
// what only waits.
func TestPreview_showsTheJournalsBytes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(*store.Delivery)
		sent bool
	}{
		{"published", func(d *store.Delivery) { d.State, d.Published = journal.Published, d.Due }, true},
		{"uncertain", func(d *store.Delivery) { d.State, d.Reason, d.Started = journal.Uncertain, journal.AnswerLost, d.Due }, true},
		{"prepared", func(d *store.Delivery) { d.State = journal.Prepared }, false},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{
			"config.toml":  "[site]\ntitle = \"T\"\nlang = \"en\"\nurl = \"https://roues.example/\"\n[platforms.x]\n",
			"calendar.txt": "2026-10-19T07:30 x a#x#1 # a\n",
			"content/a.md": "+++\ntitle = \"A\"\nid = \"a\"\nstage = \"ready\"\n+++\nNew words.\n",
		} {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		message, sum, err := platform.Message{Kind: "x", Parts: []platform.Part{{Text: "Old words."}}}.Freeze()
		if err != nil {
			t.Fatal(err)
		}
		due := time.Date(2026, 10, 19, 7, 30, 0, 0, time.UTC)
		d := store.Delivery{Key: "a#x#1", Platform: "x", Kind: "x", Post: "a", Due: due, Message: message, Sum: sum}
		tt.edit(&d)
		if err := os.MkdirAll(filepath.Join(dir, ".editorial"), 0o700); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), filepath.Join(dir, ".editorial", "deliveries.db"))
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Put(t.Context(), d, due)
			return err
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		done := does(t, dir, "preview", "a", "--json")
		var got struct {
			Platforms []struct {
				Sent, Changed, Held bool
				Sum                 string
				Message             struct{ Parts []struct{ Text string } }
			}
		}
		if err := json.Unmarshal([]byte(done.out), &got); err != nil || done.code != cli.ExitOK || len(got.Platforms) != 1 {
			t.Fatalf("%s: %+v, %v", tt.name, done, err)
		}
		if p := got.Platforms[0]; p.Sent != tt.sent || p.Changed != tt.sent || (p.Sum == sum) != tt.sent || (p.Message.Parts[0].Text == "Old words.") != tt.sent {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
}
