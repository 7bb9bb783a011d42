package capacity

import (
	"editorial/pkg/calendar"
)

// Usual is, by platform, the minutes that a post takes that begins there:
// without the platform's version, which [calendar.Platform].Effort says.
type Usual map[string]int

// Wish is the calendar as it is wished: everything that has a slot, as if
// hours were no matter, and what would have to fill the others.
type Wish struct {
	Input calendar.Input
	Inst  calendar.Instance
	// Plan breaks no rule but capacity.
	Plan  calendar.Plan
	Fills []Fill
	// Value is that of the plan and of the fills.
	Value int
}

// Wished plans without regard to hours, and fills the slots that stay empty.
func Wished(in calendar.Input, usual Usual) Wish {
	inst, _ := calendar.Expand(in)
	w := Wish{Input: in, Inst: inst}
	inst.Capacity = nil
	w.Plan = calendar.Make(inst)
	w.Fills = Fills(in, &w.Inst, w.Plan, usual)
	w.Value = w.Plan.Value
	for _, f := range w.Fills {
		w.Value += f.Value
	}
	return w
}
