package delivery

import (
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// wakeAt is when somebody must look at a delivery that was changed if this program
// does not live to do it; zero: somebody is woken already, or need not be. Writing a
// wake-up takes longer than all else that is written, so that one is for the whole
// way of what goes out in time.
func wakeAt(before, d store.Delivery, now time.Time) time.Time {
	woken := time.Time{} // surely, or later
	if before.State == journal.Leased || before.State == journal.Prepared {
		woken = afterCall(before, before.Due)
	}
	switch d.State {
	case journal.Leased, journal.Prepared:
		if at := afterCall(d, now); !at.Equal(woken) {
			return at
		}
	case journal.Committing:
		if at := d.Lease.Add(time.Second); woken.Before(at) {
			return at
		}
	case journal.Planned, journal.Uncertain, journal.Held:
		if d.Next.After(now) {
			return d.Next
		}
	}
	return time.Time{}
}

// afterCall is when the lease of a call is over that begins when its turn comes, or
// a little later.
func afterCall(d store.Delivery, now time.Time) time.Time {
	const little = time.Minute
	return later(now, later(d.Next, d.Due)).Add(callFor + little + time.Second)
}
