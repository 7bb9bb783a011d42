package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"editorial/pkg/problem"
)

const (
	// CodeBackupThere: there is a file of that name already.
	CodeBackupThere problem.Code = "backup-there" // {file}
	// settingBackup is, in a backup alone, when it was begun.
	settingBackup = "backup"
)

// Backup writes all that is known to a new file, as it was at one instant, and
// says how many deliveries that are. The file is an SQLite database of our tables
// without the queue's, whatever the engine, so that the backup of one can be
// restored into the other. It appears under its name once it is whole. At is the
// present.
func (s *Store) Backup(ctx context.Context, path string, at time.Time) (deliveries int, err error) {
	if _, err := os.Lstat(path); err == nil {
		return 0, refuse(CodeBackupThere, problem.Params{"file": path})
	} else if !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("backup: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".backup-")
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "part.db")
	if deliveries, err = s.backupTo(ctx, part, at); err != nil {
		return 0, fmt.Errorf("backup: %w", Explain(err))
	}
	if err := settle(part, path); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	return deliveries, nil
}

func (s *Store) backupTo(ctx context.Context, path string, at time.Time) (deliveries int, err error) {
	to, err := Open(ctx, path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	tables, err := shape(ctx, to.read)
	if err != nil {
		return 0, err
	}
	err = s.snapshot(ctx, func(from asker) error {
		return to.Write(ctx, func(tx *Tx) error {
			for _, t := range tables {
				n, err := copyTable(ctx, from, tx.ask, t)
				if err != nil {
					return err
				}
				if t.name == "deliveries" {
					deliveries = n
				}
			}
			return tx.Set(ctx, settingBackup, at.UTC().Format(time.RFC3339Nano))
		})
	})
	if err != nil {
		return 0, err
	}
	if err := to.Check(ctx); err != nil {
		return 0, err
	}
	return deliveries, to.single(ctx)
}

// single makes of an SQLite database one file, without those beside it.
func (s *Store) single(ctx context.Context) error {
	if err := s.read.Close(); err != nil {
		return err
	}
	var mode string
	if err := s.db.QueryRowContext(ctx, "pragma journal_mode = delete").Scan(&mode); err != nil {
		return err
	}
	if mode != "delete" {
		return fmt.Errorf("the journal stays %s", mode)
	}
	return nil
}

// settle gives a file that is whole, and on the disk, its name.
func settle(part, path string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(part, path); err != nil { // a link takes no other file's place
		if errors.Is(err, fs.ErrExist) {
			return refuse(CodeBackupThere, problem.Params{"file": path})
		}
		if err := os.Rename(part, path); err != nil { // where there are no links
			return err
		}
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // some systems cannot
	return dir.Close()
}

// Check looks for damage in the file of an SQLite database.
func (s *Store) Check(ctx context.Context) error {
	if s.engine != SQLite {
		return Explain(s.db.PingContext(ctx))
	}
	said, err := strs(ctx, s.read, "pragma quick_check(1)")
	if err != nil {
		return Explain(fmt.Errorf("check database: %w", err))
	}
	if len(said) != 1 || said[0] != "ok" {
		return refuse(CodeDamaged, problem.Params{"detail": fmt.Sprint(said)})
	}
	return nil
}
