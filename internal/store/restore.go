package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
)

const (
	CodeNoBackup problem.Code = "backup-none"       // {file} is a database, and no backup
	CodeNotEmpty problem.Code = "restore-not-empty" // {n} deliveries are there
	CodeRunning  problem.Code = "restore-running"   // {name} delivers
)

// stillRuns is how short a while ago a program said that it lives which is taken
// to run still.
const stillRuns = 2 * time.Minute

// The settings of a database that was restored: from when the backup is, which
// package delivery clears once it has taken note, and for good the span of which
// nothing is known.
const (
	settingRestored = "restored"
	settingGapFrom  = "gap-from"
	settingGapTo    = "gap-to"
)

// Restore is what to restore.
type Restore struct {
	// File is a backup. It is left as it is.
	File string
	// At is the present.
	At time.Time
	// Over: what the database holds may be lost. Keep is a new file into which it
	// is backed up before, once it is known that File can be restored; "" is none.
	Over bool
	Keep string
}

// Restored is what was restored.
type Restored struct {
	// From is the instant of the backup.
	From time.Time
	// Deliveries are all of them, Doubted those that may have gone out since.
	Deliveries, Doubted int
}

// Restore puts a backup, of whichever engine, in the place of what the database
// holds, whole or not at all. It refuses to where there are deliveries already,
// unless told, and where a program delivers.
//
// What happened since the backup is not known any more: every delivery that may
// have gone out meanwhile is in doubt afterwards, with a line of its journal, and
// [Store.Gap] tells the span, for placements that the backup does not have.
func (s *Store) Restore(ctx context.Context, r Restore) (done Restored, err error) {
	dir, err := os.MkdirTemp("", "editorial-restore-")
	if err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	defer os.RemoveAll(dir)
	copied := filepath.Join(dir, "backup.db")
	if err := copyFile(r.File, copied); err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	tables, err := known(ctx, filepath.Join(dir, "known.db"))
	if err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	from, err := Open(ctx, copied) // which brings an older one up to date
	if err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err := from.Check(ctx); err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	when, err := from.Setting(ctx, settingBackup)
	if err != nil {
		return done, fmt.Errorf("restore: %w", err)
	}
	if done.From, err = time.Parse(time.RFC3339Nano, when); err != nil {
		return done, refuse(CodeNoBackup, problem.Params{"file": r.File})
	}
	if err := idle(ctx, s.read, r.At); err != nil { // it is asked again in the transaction
		return done, err
	}
	if r.Keep != "" {
		if _, err := s.Backup(ctx, r.Keep, r.At); err != nil {
			return done, err
		}
	}
	err = s.Alone(ctx, func(ctx context.Context) error {
		return s.Write(ctx, func(tx *Tx) error { return tx.restore(ctx, from, tables, r, &done) })
	})
	return done, err
}

func (t *Tx) restore(ctx context.Context, from *Store, tables []table, r Restore, done *Restored) (err error) {
	if err := t.mayBeReplaced(ctx, r); err != nil {
		return err
	}
	for _, table := range tables {
		if _, err := t.ask.ExecContext(ctx, "delete from "+table.name); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		n, err := copyTable(ctx, from.read, t.ask, table)
		if err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		if table.name == "deliveries" {
			done.Deliveries = n
		}
	}
	if _, err := t.ask.ExecContext(ctx, "delete from settings where name = $1", settingBackup); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := t.Lost(ctx, done.From, r.At); err != nil {
		return err
	}
	done.Doubted, err = t.doubt(ctx, r.At)
	return err
}

// mayBeReplaced keeps what the database holds from others until the end, and
// says whether it may go.
func (t *Tx) mayBeReplaced(ctx context.Context, r Restore) error {
	if t.PGX != nil {
		if _, err := t.ask.ExecContext(ctx, "lock table deliveries, journal, accounts, nodes, freezes, settings, notices, measures in access exclusive mode"); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	if err := idle(ctx, t.ask, r.At); err != nil {
		return err
	}
	var n int
	if err := t.ask.QueryRowContext(ctx, "select count(*) from deliveries").Scan(&n); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if n > 0 && !r.Over {
		return refuse(CodeNotEmpty, problem.Params{"n": strconv.Itoa(n)})
	}
	return nil
}

// idle is an error where a program delivers.
func idle(ctx context.Context, ask asker, at time.Time) error {
	nodes, err := nodes(ctx, ask)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if !n.Stopped && n.Beat.After(at.Add(-stillRuns)) {
			return refuse(CodeRunning, problem.Params{"name": n.Name})
		}
	}
	return nil
}

// doubt marks what may have gone out since the backup: all that was due and is not
// known to be out. What was being prepared is to be begun anew, so that nothing
// goes on where it stopped without looking first.
func (t *Tx) doubt(ctx context.Context, at time.Time) (n int, err error) {
	all, err := selectAll(ctx, t.ask, "where state <> 'published' and due <= $1 order by due, key", milli(at))
	if err != nil {
		return 0, err
	}
	for _, d := range all {
		begun := d.State == journal.Leased || d.State == journal.Prepared
		if d.Doubt && !begun {
			continue
		}
		if d.Doubt = true; begun {
			d.State, d.Next, d.Owner, d.Lease = journal.Planned, time.Time{}, "", time.Time{}
		}
		if err := t.Change(ctx, &d, at); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Lost notes that the database knows nothing of a span, as after a backup that was
// restored: somebody put an older one in its place.
func (t *Tx) Lost(ctx context.Context, from, to time.Time) error {
	since, until := from.UTC().Format(time.RFC3339Nano), to.UTC().Format(time.RFC3339Nano)
	return errors.Join(t.Set(ctx, settingRestored, since), t.Set(ctx, settingGapFrom, since), t.Set(ctx, settingGapTo, until))
}

// Gap returns the span of which the database knows nothing, because a backup was
// restored: from the instant of the backup to when it was restored. Both are zero
// where none ever was. What is due in it, or was moved out of it, may have gone
// out. After several, it is the last one; earlier ones are over, since what was due
// in them is in the backup, in doubt.
func (s *Store) Gap(ctx context.Context) (from, to time.Time, err error) {
	for name, t := range map[string]*time.Time{settingGapFrom: &from, settingGapTo: &to} {
		text, err := s.Setting(ctx, name)
		if err != nil || text == "" {
			return time.Time{}, time.Time{}, err
		}
		if *t, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return time.Time{}, time.Time{}, fmt.Errorf("read setting %s: %w", name, err)
		}
	}
	return from, to, nil
}

// SetGap notes that between two instants nothing was recorded.
func (t *Tx) SetGap(ctx context.Context, from, to time.Time) error {
	return errors.Join(t.Set(ctx, settingGapFrom, from.UTC().Format(time.RFC3339Nano)), t.Set(ctx, settingGapTo, to.UTC().Format(time.RFC3339Nano)))
}

// known returns our tables as this program makes them: a file that somebody gives
// us does not say what is written.
func known(ctx context.Context, path string) (tables []table, err error) {
	s, err := Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return shape(ctx, s.read)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
