package secret

import (
	"context"
	"errors"
)

// Where is the name of a place in which records are kept.
type Where string

const (
	Configured Where = "configured" // by the configuration itself
	Keyring    Where = "keyring"
	AgeFile    Where = "file"
	// Machine: nothing is kept, the machine proves itself.
	Machine Where = "machine"
)

// errNone is that of a place that has no such record.
var errNone = errors.New("no such record")

// place keeps records by the names of platforms. What get returns was written
// as a whole; put returns only when what it wrote is there for good.
type place interface {
	where() Where
	get(ctx context.Context, name string) (Record, error) // errNone
	put(ctx context.Context, name string, r Record) error
	remove(ctx context.Context, name string) error // nil if there was none
}
