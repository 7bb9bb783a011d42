package calendar

// LoadRow is the minutes due by the end of a week and those there are until
// then; Person -1 is the team.
type LoadRow struct{ Person, Week, Needed, Avail int }

// Load sums up the work of a plan, in the order of the Instance's rows.
func Load(inst *Instance, plan Plan) []LoadRow {
	s := stateOf(inst, plan)
	rows := make([]LoadRow, 0, len(inst.Capacity))
	for _, c := range inst.Capacity {
		rows = append(rows, LoadRow{c.Person, c.Week, s.taken(c.Person, c.Week), c.Avail})
	}
	return rows
}

// Closed is a slot and the rule that closes it to an item.
type Closed struct {
	Slot int
	Rule Rule
}

// Explain says of every slot of the item's platform what closes it to the
// item as the plan stands; Rule "" means that it is open. A placed item is
// looked at as if it had no place.
func Explain(inst *Instance, plan Plan, item int) []Closed {
	s := stateOf(inst, plan)
	if s.slot[item] >= 0 {
		s.take(item)
	}
	it := inst.Items[item]
	var all []Closed
	for t := it.SlotLo; t < it.SlotHi; t++ {
		rule := s.closes(item, t)
		slot := inst.Slots[t]
		if rule == "" && slot.Fixed == 0 && len(s.inn[t])+1 < slot.Min {
			rule = RuleEdition
		}
		all = append(all, Closed{t, rule})
	}
	return all
}

func stateOf(inst *Instance, plan Plan) *state {
	s := newState(inst)
	for _, p := range plan.Placements {
		s.put(p.Item, p.Slot)
	}
	return s
}
