package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/cli"
	"editorial/internal/need/postgres"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// backupOffice is a folder with a configuration and the commands in it, at a fixed
// time in Paris.
type backupOffice struct {
	dir     string
	environ []string
}

func newBackupOffice(t *testing.T, environ ...string) backupOffice {
	t.Helper()
	dir := t.TempDir()
	config := "[site]\ntitle = \"Vélo\"\nzone = \"Europe/Paris\"\n"
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return backupOffice{dir, environ}
}

// run runs a command, and returns what it says and its exit code.
func (o backupOffice) run(now string, args ...string) (out, errs string, code int) {
	var b, e bytes.Buffer
	code = cli.Main(context.Background(), cli.Env{
		Args: append([]string{"-C", o.dir, "--now", now}, args...), Out: &b, Err: &e, In: strings.NewReader(""), Environ: o.environ,
		Now: func() time.Time { return time.Time{} },
	})
	return strings.ReplaceAll(b.String(), o.dir, "OFFICE"), strings.ReplaceAll(e.String(), o.dir, "OFFICE"), code
}

// deliver puts deliveries into a database: one that is out, and one that is due
// at nine in Paris.
func deliver(t *testing.T, address string) {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	due := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	for key, state := range map[platform.Key]journal.State{"a#masto#1": journal.Published, "b#masto#1": journal.Planned} {
		if err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Put(t.Context(), store.Delivery{Key: key, State: state, Due: due}, due)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBackup_andBackAgain(t *testing.T) {
	t.Parallel()
	o := newBackupOffice(t)
	if out, errs, code := o.run("2026-11-02T08:30", "backup"); code != 1 || out != "" || errs != "editorial: nothing was ever delivered from here: there is nothing to back up\n" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if _, err := os.Stat(filepath.Join(o.dir, ".editorial", "deliveries.db")); err == nil {
		t.Error("a backup of nothing made a database")
	}
	deliver(t, filepath.Join(o.dir, ".editorial", "deliveries.db"))
	out, errs, code := o.run("2026-11-02T08:30", "backup")
	if code != 0 || errs != "" || out != "A backup of 2 deliveries: OFFICE/.editorial/backups/deliveries-2026-11-02-083000.db\n" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	file := filepath.Join(o.dir, ".editorial", "backups", "deliveries-2026-11-02-083000.db")
	if _, errs, code := o.run("2026-11-02T08:31", "backup", file); code != 1 || !strings.Contains(errs, "is there already") || !strings.Contains(errs, "\nhint: ") {
		t.Errorf("over a file: %d %q", code, errs)
	}
	if _, errs, code := o.run("2026-11-02T10:00", "restore", file); code != 1 || !strings.Contains(errs, "has deliveries already (2)") || !strings.Contains(errs, "--over") {
		t.Errorf("over deliveries: %d %q", code, errs)
	}
	out, errs, code = o.run("2026-11-02T10:00", "restore", "--over", file)
	want := "2 deliveries as they were on Monday 2 November 2026 at 08:30\n" +
		"  1 of them may have gone out since: it is looked for before it is sent\n" +
		"  what was there before: OFFICE/.editorial/backups/before-restore-2026-11-02-100000.db\n"
	if code != 0 || errs != "" || out != want {
		t.Errorf("%d %q %q", code, out, errs)
	}
	s, err := store.Open(t.Context(), filepath.Join(o.dir, ".editorial", "deliveries.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if d, _, err := s.Get(t.Context(), "b#masto#1"); err != nil || !d.Doubt {
		t.Errorf("%+v, %v", d, err)
	}
	if _, errs, code := o.run("2026-11-02T10:00", "restore", "--over", filepath.Join(o.dir, "config.toml")); code != 1 || !strings.Contains(errs, "is no backup") {
		t.Errorf("what is no backup: %d %q", code, errs)
	}
	if _, errs, code := o.run("2026-11-02T10:00", "restore", filepath.Join(o.dir, "none.db")); code != 2 || !strings.Contains(errs, "none.db") {
		t.Errorf("what is not there: %d %q", code, errs)
	}
	if _, _, code := o.run("2026-11-02T10:00", "restore"); code != 2 {
		t.Errorf("no file: %d", code)
	}
}

// TestBackup_intoPostgreSQL: an office that grew moves its deliveries, and its
// password is nowhere.
func TestBackup_intoPostgreSQL(t *testing.T) {
	t.Parallel()
	address := postgres.Start(t).Database(t) + "&password=hunter2"
	small := newBackupOffice(t, "EDITORIAL_LANG=fr")
	deliver(t, filepath.Join(small.dir, ".editorial", "deliveries.db"))
	file := filepath.Join(t.TempDir(), "b.db")
	if out, errs, code := small.run("2026-11-02T08:30", "backup", file); code != 0 || !strings.HasPrefix(out, "Une sauvegarde de 2 envois\u00a0: ") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	large := newBackupOffice(t, "EDITORIAL_DELIVERY_DATABASE="+address)
	out, errs, code := large.run("2026-11-02T08:40", "restore", file, "--json")
	want := "{\n  \"version\": 1,\n  \"from\": \"2026-11-02T08:30:00+01:00\",\n  \"deliveries\": 2,\n  \"doubted\": 0\n}\n"
	if code != 0 || out != want {
		t.Errorf("%d %q %q", code, out, errs)
	}
	again := filepath.Join(t.TempDir(), "c.db")
	if out, errs, code := large.run("2026-11-02T08:41", "backup", again, "--json"); code != 0 || !strings.Contains(out, `"deliveries": 2`) || !strings.Contains(out, `"at": "2026-11-02T08:41:00+01:00"`) {
		t.Errorf("%d %q %q", code, out, errs)
	}
	gone := newBackupOffice(t, "EDITORIAL_DELIVERY_DATABASE=postgres://velo:hunter2@127.0.0.1:1/velo?connect_timeout=2")
	if _, errs, code := gone.run("2026-11-02T08:40", "backup"); code != 1 || !strings.Contains(errs, "does not answer") || strings.Contains(errs, "hunter2") {
		t.Errorf("%d %q", code, errs)
	}
}
