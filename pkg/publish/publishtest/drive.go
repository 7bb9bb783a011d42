package publishtest

import (
	"context"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Ended is how a driven delivery ended.
type Ended struct {
	State   journal.State
	Reason  journal.Reason
	Receipt platform.Receipt
	// Last is the last failure, Commits and Lookups count the calls.
	Last             error
	Commits, Lookups int
}

// patience is how many steps a delivery may take.
const patience = 60

// Drive takes a job to its end as the worker does, with a clock that jumps to
// where something is to be done. kill, unless nil, is asked before each step
// whether the program is killed there: then restart gives the publisher of the
// next one, and what was not kept is forgotten.
func Drive(ctx context.Context, p platform.Publisher, job platform.Job, restart func() platform.Publisher) Ended {
	var (
		end    Ended
		state  = journal.Leased
		tries  int
		first  time.Time
		kept   = job.Handle
		failed = func(from journal.State, err error) journal.Step {
			end.Last = err
			tries++
			e := platform.As(err)
			return journal.After(journal.Failure{From: from, Attempt: tries, Class: e.Class, Until: e.Until, Now: job.Now})
		}
	)
	job.Save = func(_ context.Context, h platform.Handle) error {
		kept = append(platform.Handle(nil), h...)
		return nil
	}
	goOn := func(s journal.Step) {
		state, end.Reason = s.To, s.Reason
		if s.Again.After(job.Now) {
			job.Now = s.Again
		}
		if restart != nil {
			p = restart()
		}
		job.Handle = kept
	}
	for range patience {
		switch state {
		case journal.Leased, journal.Planned:
			h, err := p.Prepare(ctx, job)
			if err != nil {
				goOn(failed(journal.Leased, err))
				continue
			}
			kept, job.Handle, state, tries = h, h, journal.Prepared, 0
		case journal.Prepared:
			if job.Since.IsZero() {
				job.Since = job.Now
			}
			end.Commits++
			r, err := p.Commit(ctx, job)
			if err != nil {
				first = job.Now
				goOn(failed(journal.Committing, err))
				continue
			}
			end.State, end.Receipt = journal.Published, r
			return end
		case journal.Uncertain:
			if end.Reason == journal.CannotLook {
				end.State = state
				return end
			}
			end.Lookups++
			f, err := p.Lookup(ctx, job)
			if err != nil {
				end.Last = err
				job.Now = job.Now.Add(time.Minute)
				continue
			}
			if f.Handle != nil {
				kept = f.Handle
			}
			s := journal.Looked(f.Whether, first, job.Now, p.Caps().Settle)
			if s.To == journal.Published {
				end.State, end.Receipt = s.To, f.Receipt
				return end
			}
			goOn(s)
		default:
			end.State = state
			return end
		}
	}
	end.State = state
	return end
}
