// Package store is where deliveries are kept: the only package that knows SQL.
// The same statements run on SQLite (a file in the office) and on PostgreSQL (by
// address, for several machines).
package store
