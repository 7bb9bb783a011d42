package journal

import (
	"time"

	"editorial/pkg/publish/platform"
)

// Step is what a failure leads to.
type Step struct {
	To     State
	Reason Reason
	// Again is when to try again; zero: when somebody asks.
	Again time.Time
}

// Failure is an attempt that failed.
type Failure struct {
	// From is Leased where preparing failed, Committing where the commit did.
	From State
	// Attempt counts, from 1, those in a row that failed alike.
	Attempt int
	Class   platform.Class
	Until   time.Time // the platform's wish, or zero
	Now     time.Time
	// Last is when the late policy ends waiting; zero: never.
	Last time.Time
}

// MaxAttempts is how often in a row something that surely was not done is tried,
// where no late policy ends it.
const MaxAttempts = 12

// After returns what a failure leads to. Only what surely was not done is tried
// again by itself.
func After(f Failure) Step {
	class := f.Class
	if f.From != Committing && class == platform.Uncertain {
		class = platform.Temporary // preparing can be repeated
	}
	switch class {
	case platform.Invalid:
		return Step{To: Failed, Reason: Refused}
	case platform.Auth:
		return Step{To: Held, Reason: NeedsAccount}
	case platform.Permission:
		return Step{To: Failed, Reason: NoPermission}
	case platform.Quota:
		return Step{To: Held, Reason: OutOfQuota, Again: later(f.Until, f.Now.Add(time.Hour))}
	case platform.Rate, platform.Temporary, platform.Pending:
		to := Planned
		if f.From == Committing {
			to = Prepared
		}
		wait := f.Now.Add(Backoff(f.Attempt))
		if class == platform.Rate || class == platform.Pending {
			wait = later(f.Until, f.Now.Add(time.Minute))
		}
		switch {
		case !f.Last.IsZero() && wait.After(f.Last):
			return Step{To: Held, Reason: TooLate}
		case class == platform.Temporary && f.Last.IsZero() && f.Attempt >= MaxAttempts:
			return Step{To: Failed, Reason: TooManyTries}
		}
		return Step{To: to, Again: wait}
	}
	// Uncertain, Duplicate, and whatever a publisher made up.
	return Step{To: Uncertain, Reason: AnswerLost, Again: f.Now}
}

// later is the wish of the platform, or ours where it has none.
func later(wish, ours time.Time) time.Time {
	if wish.IsZero() {
		return ours
	}
	return wish
}

// Backoff is how long to wait after so many failures in a row: 5 s, 10 s, 20 s …
// at most half an hour.
func Backoff(attempt int) time.Duration {
	const first, most = 5 * time.Second, 30 * time.Minute
	d := first
	for i := 1; i < attempt && d < most; i++ {
		d *= 2
	}
	return min(d, most)
}

// Looked returns what a look-up leads to, for a delivery that is Uncertain.
// First is when it became so, settle how long the platform needs to show what
// arrived.
func Looked(w platform.Whether, first, now time.Time, settle time.Duration) Step {
	switch w {
	case platform.Found:
		return Step{To: Published}
	case platform.NotFound:
		if sure := first.Add(settle); now.Before(sure) {
			return Step{To: Uncertain, Reason: NotSettled, Again: sure}
		}
		return Step{To: Prepared, Again: now}
	}
	return Step{To: Uncertain, Reason: CannotLook}
}
