package store

import "context"

// Rank says who waits for a transaction: of those that are to be done at the same
// time, the lower ones go first.
type Rank int

const (
	// Call: the call of a platform waits for it.
	Call Rank = iota
	// Record: it keeps what came of a call.
	Record
	// Chore: nobody waits for it.
	Chore
	ranks
)

// WriteAs is [Store.Write] for small things that many have to write at the same
// time. On SQLite those of one rank that wait are written in one transaction, with
// one wait for the disk: each is done whole or not at all all the same, and whoever
// gets no error has it on the disk. If the disk fails, all of them get the error.
//
// do asks tx alone, by the context that it is given, which does not end; it may run
// in another goroutine. The wait ends with ctx, what has begun does not.
func (s *Store) WriteAs(ctx context.Context, rank Rank, do func(context.Context, *Tx) error) error {
	if s.desk != nil {
		return Explain(s.desk.write(ctx, rank, do))
	}
	if room := s.room[rank]; room != nil { // connections are left for calls
		select {
		case room <- struct{}{}:
			defer func() { <-room }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return Explain(s.writePGX(ctx, context.WithoutCancel(ctx), do))
}
