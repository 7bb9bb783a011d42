package journal

import "slices"

// State is where a delivery is.
type State string

const (
	// Planned: its instant is to come, or nobody has taken it up.
	Planned State = "planned"
	// Leased: a worker has it, and prepares it.
	Leased State = "leased"
	// Prepared: all is ready but the one call that readers see.
	Prepared State = "prepared"
	// Committing: that call may be under way.
	Committing State = "committing"
	// Published: it is out, with evidence.
	Published State = "published"
	// Uncertain: it may be out. Where the platform can say, it is asked; where
	// it cannot, a person is.
	Uncertain State = "uncertain"
	// Failed: it is not out, and will not be unless somebody asks again.
	Failed State = "failed"
	// Held: it is not out, for a reason that may pass.
	Held State = "held"
	// Missed: its time is over.
	Missed State = "missed"
	// Cancelled: nobody wants it any more.
	Cancelled State = "cancelled"
)

// States returns all states, in the order of a delivery's life.
func States() []State {
	return []State{Planned, Leased, Prepared, Committing, Published, Uncertain, Failed, Held, Missed, Cancelled}
}

// Ended reports whether a delivery that is due may rest in the state: every one
// ends in one of these six.
func (s State) Ended() bool {
	switch s {
	case Published, Uncertain, Failed, Held, Missed, Cancelled:
		return true
	}
	return false
}

// Final reports whether nothing leads out of the state.
func (s State) Final() bool { return len(next(s)) == 0 }

// May reports whether a delivery can go from one state to another.
func May(from, to State) bool { return slices.Contains(next(from), to) }

// Next returns the states that a state leads to, in the order of a delivery's
// life.
func Next(s State) []State { return next(s) }

func next(s State) []State {
	switch s {
	case Planned:
		return []State{Leased, Published, Uncertain, Failed, Held, Missed, Cancelled}
	case Leased:
		return []State{Planned, Prepared, Uncertain, Failed, Held, Missed, Cancelled}
	case Prepared:
		return []State{Planned, Leased, Committing, Uncertain, Failed, Held, Missed, Cancelled}
	case Committing:
		return []State{Prepared, Published, Uncertain, Failed, Held, Missed}
	case Uncertain:
		return []State{Planned, Prepared, Published, Failed, Held, Missed, Cancelled}
	case Failed, Held, Missed:
		all := []State{Planned, Published, Failed, Held, Missed, Cancelled}
		return slices.DeleteFunc(all, func(to State) bool { return to == s })
	case Cancelled:
		return []State{Planned}
	}
	return nil // Published
}
