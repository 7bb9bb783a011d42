package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// table is one of ours, as it stands in an SQLite file.
type table struct {
	name    string
	columns []column
}

type column struct{ name, kind string }

// shape returns the tables that hold what we know: all but those of migrations
// and of the queue, which is made again from ours.
func shape(ctx context.Context, ask asker) ([]table, error) {
	names, err := strs(ctx, ask, `select name from sqlite_master where type = 'table'
		and name not like 'sqlite\_%' escape '\' and name not like 'river\_%' escape '\' and name <> 'goose_db_version' order by name`)
	if err != nil {
		return nil, err
	}
	var all []table
	for _, name := range names {
		t := table{name: name}
		rows, err := ask.QueryContext(ctx, "select name, lower(type) from pragma_table_info($1) order by cid", name)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var c column
			if err := rows.Scan(&c.name, &c.kind); err != nil {
				return nil, err
			}
			t.columns = append(t.columns, c)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// strs returns the texts that a query finds.
func strs(ctx context.Context, ask asker, query string) ([]string, error) {
	rows, err := ask.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

// copyTable adds all rows of a table of one database to that of another, and
// returns how many.
func copyTable(ctx context.Context, from, to asker, t table) (n int, err error) {
	names, holes, cells := make([]string, len(t.columns)), make([]string, len(t.columns)), make([]any, len(t.columns))
	for i, c := range t.columns {
		names[i], holes[i] = c.name, fmt.Sprintf("$%d", i+1)
		switch c.kind {
		case "text":
			cells[i] = new(string)
		case "bigint":
			cells[i] = new(int64)
		case "boolean":
			cells[i] = new(bool)
		default:
			return 0, fmt.Errorf("table %s: no way to copy a %s", t.name, c.kind)
		}
	}
	list := strings.Join(names, ", ")
	rows, err := from.QueryContext(ctx, "select "+list+" from "+t.name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	insert := "insert into " + t.name + " (" + list + ") values (" + strings.Join(holes, ", ") + ")"
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return n, err
		}
		if _, err := to.ExecContext(ctx, insert, values(cells)...); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// values are what some cells point to.
func values(cells []any) []any {
	all := make([]any, len(cells))
	for i, cell := range cells {
		switch cell := cell.(type) {
		case *string:
			all[i] = *cell
		case *int64:
			all[i] = *cell
		case *bool:
			all[i] = *cell
		}
	}
	return all
}

// snapshot reads the database as it is at one instant, whatever is written
// meanwhile.
func (s *Store) snapshot(ctx context.Context, do func(asker) error) error {
	var how *sql.TxOptions // on SQLite a transaction that reads is one
	if s.engine == PostgreSQL {
		how = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	tx, err := s.read.BeginTx(ctx, how)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return do(tx)
}
