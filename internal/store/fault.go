package store

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"editorial/pkg/problem"
)

// What can be the matter with a database.
const (
	CodeAddress     problem.Code = "database-address"     // it cannot be read
	CodeUnreachable problem.Code = "database-unreachable" // {detail}
	CodeNewer       problem.Code = "database-newer"       // {version}, {known}
	CodeForeign     problem.Code = "database-foreign"     // of another program
	CodeNone        problem.Code = "database-none"        // the file is no database
	CodeDamaged     problem.Code = "database-damaged"     // {detail}
	CodeLocked      problem.Code = "database-locked"      // by another program, for long
	CodeFull        problem.Code = "database-full"        // the disk is
	CodeReadOnly    problem.Code = "database-read-only"
	CodeDisk        problem.Code = "database-disk" // {detail}
)

// fault is an error that can be worded for people.
type fault struct {
	problem.Problem
	err error
}

func (f *fault) Error() string   { return f.err.Error() }
func (f *fault) Unwrap() []error { return []error{f.err, f.Problem} }

// refuse is a fault that nothing lies below.
func refuse(code problem.Code, params problem.Params) error {
	return problem.Problem{Code: code, Params: params}
}

// Explain adds to an error of a database, where it is one that people can do
// something about, the [problem.Problem] that says so. Other errors stay as they
// are.
func Explain(err error) error {
	var p problem.Problem
	if err == nil || errors.As(err, &p) {
		return err
	}
	code := problem.Code("")
	var lite *sqlite.Error
	var answer *pgconn.PgError
	var connect *pgconn.ConnectError
	detail := err.Error()
	switch {
	case errors.As(err, &lite):
		code, detail = ofSQLite(lite.Code()), lite.Error()
	case errors.As(err, &connect):
		code = CodeUnreachable
	case errors.As(err, &answer):
		code, detail = ofPostgreSQL(answer.Code), answer.Message
	}
	if code == "" {
		return err
	}
	return &fault{problem.Problem{Code: code, Params: problem.Params{"detail": detail}}, err}
}

// ofSQLite words a result code: https://sqlite.org/rescode.html
func ofSQLite(code int) problem.Code {
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return CodeLocked
	case sqlite3.SQLITE_FULL:
		return CodeFull
	case sqlite3.SQLITE_READONLY:
		return CodeReadOnly
	case sqlite3.SQLITE_NOTADB:
		return CodeNone
	case sqlite3.SQLITE_CORRUPT:
		return CodeDamaged
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		return CodeDisk
	}
	return ""
}

// ofPostgreSQL words an SQLSTATE: appendix A of PostgreSQL's documentation.
func ofPostgreSQL(state string) problem.Code {
	switch state {
	case "53100":
		return CodeFull
	case "25006":
		return CodeReadOnly
	case "55P03":
		return CodeLocked
	case "XX001", "XX002":
		return CodeDamaged
	case "57P01", "57P02", "57P03", "53300":
		return CodeUnreachable
	}
	return ""
}

// busy reports whether another program holds the lock of an SQLite file.
func busy(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_BUSY
}
