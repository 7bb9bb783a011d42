package verify

// data holds the numbers of the file against each other.
func (c *checker) data() {
	c.slotData()
	c.pairData()
	c.fixedData()
	c.rowData()
}

func (c *checker) slotData() {
	seen := map[[2]any]int{}
	for i, s := range c.Slots {
		day := c.day(s.At)
		c.differs(s.Day, day, "slots[%d].day", i)
		c.differs(s.Week, day/7, "slots[%d].week", i)
		c.differs(s.Block, c.block(day), "slots[%d].block", i)
		c.differs(s.Fixed, len(c.in[i]), "slots[%d].fixed", i)
		c.differs(s.DueWeek, c.weekOf(s.Due), "slots[%d].due_week", i)
		if s.At < c.Now || s.At >= c.Horizon {
			c.differs(s.At, c.Now, "slots[%d].at", i) // outside of now and the horizon
		}
		if j, twice := seen[[2]any{s.Platform, s.At}]; twice {
			c.differs(i, j, "slots[%d]: the instant of another slot", i)
		}
		seen[[2]any{s.Platform, s.At}] = i
	}
}

// weekOf is the week of a minute, kept between the first and the one after
// the last.
func (c *checker) weekOf(minute int) int {
	return min(max(c.day(minute), 0)/7, c.weeks)
}

// pairData recomputes which pairs are admissible, and what they are worth.
func (c *checker) pairData() {
	agreed := map[at]bool{}
	for _, a := range c.Agreed {
		agreed[a] = true
	}
	bySlot := map[string][]slot{}
	for _, s := range c.Slots {
		bySlot[s.Platform] = append(bySlot[s.Platform], s)
	}
	admissible := 0
	for _, x := range c.Items {
		owes := len(x.Need) > 0 || len(c.posts[x.Post].Need) > 0
		for _, s := range bySlot[x.Platform] {
			if s.At < max(x.From, x.First, c.Now) || s.At > x.Until || owes && s.Due < c.Now {
				continue
			}
			admissible++
			key := at{x.ID, s.ID}
			p, ok := c.pairs[key]
			if !ok {
				c.differs(0, 1, "pairs: %s in slot %d", x.ID, s.ID)
				continue
			}
			c.differs(p.Value, c.worth(x, s, agreed[key]), "value of %s in slot %d", x.ID, s.ID)
			c.differs(p.Due, s.Due, "due of %s in slot %d", x.ID, s.ID)
			c.differs(p.DueWeek, s.DueWeek, "due_week of %s in slot %d", x.ID, s.ID)
		}
	}
	c.differs(len(c.Pairs), admissible, "number of pairs")
}

// worth is the value of an item in a slot.
func (c *checker) worth(x item, s slot, agreed bool) int {
	weight := []int{1, 2, 4, 8, 16}[x.Priority-1]
	v := weight * (1000 - 500*(s.At-x.From)/c.Horizon) * s.Weight / 1000
	if agreed {
		v += 200 * weight
	}
	return v
}

func (c *checker) fixedData() {
	at := map[[2]any]int{}
	for i, s := range c.Slots {
		at[[2]any{s.Platform, s.At}] = i
	}
	for i, f := range c.Fixed {
		s, ok := at[[2]any{f.Platform, f.At}]
		switch {
		case ok && f.Slot == nil:
			c.differs(-1, s, "fixed[%d].slot", i)
		case f.Slot != nil && (!ok || *f.Slot != s):
			c.differs(*f.Slot, s, "fixed[%d].slot", i)
		case f.DueWeek < 0 || f.DueWeek > c.weeks || f.DueWeek > c.weekOf(f.At):
			c.differs(f.DueWeek, c.weekOf(f.At), "fixed[%d].due_week", i)
		}
	}
}

// rowData recounts what fixed placements use of every row.
func (c *checker) rowData() {
	for i, r := range c.Caps {
		c.differs(r.Used, len(c.instants(r)), "caps[%d].used", i)
	}
	for i, m := range c.Mix {
		n, hits := 0, 0
		for _, f := range c.Fixed {
			if f.Platform == m.Platform && c.block(f.day) == m.Block {
				n++
				if m.matches(f.Intent, f.Pillar) {
					hits++
				}
			}
		}
		c.differs(m.N, n, "mix[%d].n", i)
		c.differs(m.C, hits, "mix[%d].c", i)
	}
	none := func(string) bool { return false }
	for i, r := range c.Capacity {
		minutes, _ := c.owed(r, none)
		c.differs(r.Taken, minutes, "capacity[%d].taken", i)
	}
}

// instants are those of a cap's day or week at which fixed placements stand.
func (c *checker) instants(r most) map[int]bool {
	all := map[int]bool{}
	for _, f := range c.Fixed {
		if f.Platform == r.Platform && f.day >= 0 && (r.Day != nil && *r.Day == f.day || r.Week != nil && *r.Week == f.day/7) {
			all[f.At] = true
		}
	}
	return all
}
