package capacity

import (
	"slices"

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
	return wished(in, inst, usual, calendar.Make)
}

func wished(in calendar.Input, inst calendar.Instance, usual Usual, plan func(calendar.Instance) calendar.Plan) Wish {
	w := Wish{Input: in, Inst: inst}
	inst.Capacity = nil
	w.Plan = plan(inst)
	w.Fills = Fills(in, &w.Inst, w.Plan, usual)
	w.value()
	return w
}

func (w *Wish) value() {
	w.Value = 0
	for _, p := range w.Plan.Placements {
		w.Value += w.Inst.Value(p.Item, p.Slot)
	}
	for _, f := range w.Fills {
		w.Value += f.Value
	}
}

// settled is the wish as if its own plan were agreed.
func (w Wish) settled() Wish {
	w.agree(w.places())
	w.value()
	return w
}

// again plans another Input as if the wish were agreed: so what it is worth
// less is the worth of the change, and what moves counts a little.
func (w *Wish) again(in calendar.Input, usual Usual) Wish {
	inst, _ := calendar.Expand(in)
	next := Wish{Inst: inst}
	next.agree(w.places())
	return wished(in, next.Inst, usual, func(inst calendar.Instance) calendar.Plan { return calendar.Again(inst, w.placed()) })
}

// placed is the plan of the wish, as [calendar.Again] takes it.
func (w *Wish) placed() []calendar.Placed {
	list := make([]calendar.Placed, 0, len(w.Plan.Placements))
	for _, p := range w.Plan.Placements {
		list = append(list, calendar.Placed{Key: w.Inst.Items[p.Item].Key, At: w.Inst.Time(w.Inst.Slots[p.Slot].At)})
	}
	return list
}

// places says at which minutes the free items of the wish stand.
func (w *Wish) places() map[calendar.Key]int {
	places := map[calendar.Key]int{}
	for _, p := range w.Plan.Placements {
		places[w.Inst.Items[p.Item].Key] = w.Inst.Slots[p.Slot].At
	}
	return places
}

// agree says that items are agreed to stand at those places, and no others.
func (w *Wish) agree(places map[calendar.Key]int) {
	w.Inst.Items = slices.Clone(w.Inst.Items)
	for i := range w.Inst.Items {
		it := &w.Inst.Items[i]
		it.Agreed = -1
		if at, ok := places[it.Key]; ok {
			slots := w.Inst.Slots[it.SlotLo:it.SlotHi]
			if s, ok := slices.BinarySearchFunc(slots, at, func(s calendar.Slot, at int) int { return s.At - at }); ok {
				it.Agreed = it.SlotLo + s
			}
		}
	}
}
