package calendar

import "sync"

// LoadRow is the minutes due by the end of a week and those there are until
// then; Person -1 is the team.
type LoadRow struct{ Person, Week, Needed, Avail int }

// Load sums up the work of a plan, in the order of the Instance's rows.
func Load(inst *Instance, plan Plan) []LoadRow {
	s := stateOf(inst, plan)
	rows := make([]LoadRow, 0, len(inst.Capacity))
	for _, c := range inst.Capacity {
		slack := s.hours.slack[(c.Person+1)*inst.Weeks+c.Week]
		rows = append(rows, LoadRow{c.Person, c.Week, max(c.Avail, c.Taken) - slack, c.Avail})
	}
	return rows
}

// Reason says of one slot what an item would find there.
type Reason struct {
	Slot int
	// Value is what the item would be worth there; 0 where the slot is not
	// admissible.
	Value int
	// Block is what keeps it out; Rule "" means that the slot is open.
	Block Block
}

// Explainer says why a plan is as it is. Several goroutines may ask it.
type Explainer struct {
	mu sync.Mutex
	s  *state
}

// NewExplainer returns the Explainer of a plan that keeps the rules.
func NewExplainer(inst *Instance, plan Plan) *Explainer { return &Explainer{s: stateOf(inst, plan)} }

// Explain says of every slot of the item's platform, in order of time, what it
// would find there as the plan stands. A placed item is looked at as if it had
// no place, and all others kept theirs.
func (x *Explainer) Explain(item int) []Reason {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.s
	mark := len(s.log)
	if s.slot[item] >= 0 {
		s.take(item)
	}
	p := s.inst.Platforms[s.inst.Items[item].Platform]
	var all []Reason
	for t := p.SlotLo; t < p.SlotHi; t++ {
		r := Reason{Slot: t, Block: s.fits(item, t)}
		s.blame(&r.Block, item, t)
		if r.Block.Rule == "" {
			if n := s.tooSmall(t); n > 0 {
				r.Block.Rule, r.Block.Short = RuleEdition, n
			}
		}
		if r.Block.Rule != RuleClosed {
			r.Value = s.inst.Value(item, t)
		}
		all = append(all, r)
	}
	s.back(mark)
	return all
}
