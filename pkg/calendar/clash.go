package calendar

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of what fixed placements break. Each names both sides: the placement,
// and what it meets.
const (
	CodeClashBlackout problem.Code = "clash-blackout" // title, platform, date, why
	CodeClashQuiet    problem.Code = "clash-quiet"    // title, platform, date, from, to
	CodeClashSlot     problem.Code = "clash-slot"     // title, other, titles, platform, date, limit
	CodeClashGap      problem.Code = "clash-gap"      // title, date, other, otherdate, platform, limit
	CodeClashSpread   problem.Code = "clash-spread"   // the same, pillar
	CodeClashCapDay   problem.Code = "clash-cap-day"  // platform, date, titles, count, limit
	CodeClashCapWeek  problem.Code = "clash-cap-week" // platform, week, titles, count, limit
	CodeClashEdition  problem.Code = "clash-edition"  // platform, date, titles, count, limit
	CodeClashOrder    problem.Code = "clash-order"    // title, date, other, otherdate, platform
	CodeClashHeld     problem.Code = "clash-held"     // title, date, other, otherdate, platform
	CodeClashAbove    problem.Code = "clash-mix-max"  // platform, date, name, titles, count, of, limit
	CodeClashBelow    problem.Code = "clash-mix-min"  // the same
	CodeClashCapacity problem.Code = "clash-capacity" // person, week, titles, hours
	CodeClashTeam     problem.Code = "clash-capacity-team"
)

// Clashes returns the breaks of rules inside the fixed part, as warnings: a
// person wanted them, and the plan stands all the same. What nobody can change
// any more is left out, and so is a share or an edition's minimum that the
// plan's own placements put right.
func Clashes(inst *Instance, plan Plan) []problem.Problem {
	c := &clashes{inst: inst, survey: newSurvey(inst), state: stateOf(inst, plan)}
	for i := range inst.Fixed {
		c.shut(i)
	}
	c.slots()
	for p := range inst.Platforms {
		c.apart(p)
	}
	c.caps()
	c.orders()
	c.mixes()
	c.capacity()
	problem.Sort(c.found)
	return c.found
}

type clashes struct {
	inst   *Instance
	survey *survey
	state  *state
	found  []problem.Problem
}

// add reports a clash of the fixed placement i.
func (c *clashes) add(i int, code problem.Code, params problem.Params) {
	f := &c.inst.Fixed[i]
	params["title"], params["date"] = f.Title, c.date(f.At)
	if params["platform"] == "" {
		params["platform"] = c.inst.Platforms[f.Platform].Name
	}
	c.found = append(c.found, problem.Problem{Position: f.Source, Code: code, Severity: problem.Warning, Params: params})
}

func (c *clashes) week(week int) string {
	return civil.WeekOf(c.inst.Zone.Date(c.inst.Start)).Add(week).String()
}

func (c *clashes) date(minute int) string { return c.inst.Zone.DateTime(c.inst.Time(minute)).String() }

// shut: it stands on a closed day or in quiet hours.
func (c *clashes) shut(i int) {
	f := &c.inst.Fixed[i]
	switch {
	case f.Shut == nil || !c.inst.toCome(i):
	case f.Shut.Kind == rhythm.ShutQuiet:
		c.add(i, CodeClashQuiet, problem.Params{"from": f.Shut.Quiet.From.String(), "to": f.Shut.Quiet.To.String()})
	default:
		c.add(i, CodeClashBlackout, problem.Params{"why": cmp.Or(f.Shut.Day.Name, f.Shut.Day.Date.String())})
	}
}

// slots: more stand in a slot than it takes, or an edition is below its
// minimum.
func (c *clashes) slots() {
	for t := range c.inst.Slots {
		slot := &c.inst.Slots[t]
		if slot.Fixed == 0 {
			continue
		}
		in := c.where(c.survey.fixed[slot.Platform], func(f *Fixed) bool { return f.Slot == t })
		if slot.Fixed > slot.Max {
			params := c.counted(in, len(in), slot.Max)
			params["other"] = c.inst.Fixed[in[0]].Title
			c.add(in[len(in)-1], CodeClashSlot, params)
		}
		if n := slot.Fixed + len(c.state.inn[t]); n < slot.Min {
			c.add(in[len(in)-1], CodeClashEdition, c.counted(in, n, slot.Min))
		}
	}
}

// where lists the fixed placements of a list for which something is true.
func (c *clashes) where(list []int, is func(*Fixed) bool) []int {
	var all []int
	for _, i := range list {
		if is(&c.inst.Fixed[i]) {
			all = append(all, i)
		}
	}
	return all
}

// counted are the parameters of a count, with the titles of what is counted: of
// many the first and the last, at whose line the clash is told.
func (c *clashes) counted(list []int, n, limit int) problem.Params {
	var titles []string
	for _, i := range list {
		if t := c.inst.Fixed[i].Title; !slices.Contains(titles, t) {
			titles = append(titles, t) // one post may stand on several platforms
		}
	}
	const most = 4
	if len(titles) > most {
		titles = append(titles[:most-1], "…", titles[len(titles)-1])
	}
	return problem.Params{"titles": strings.Join(titles, ", "), "count": strconv.Itoa(n), "limit": strconv.Itoa(limit)}
}

// apart: two of a platform are nearer than its gap, or two of a pillar nearer
// than its spread. The later one is told, and against the nearest before it.
func (c *clashes) apart(platform int) {
	rules, list := c.inst.Platforms[platform], c.survey.fixed[platform]
	for n, i := range list {
		f := &c.inst.Fixed[i]
		gap, spread := false, false
		for _, j := range slices.Backward(list[:n]) {
			g := &c.inst.Fixed[j]
			apart := f.At - g.At
			if apart >= max(rules.Gap, rules.Spread) || !c.inst.toCome(i) {
				break
			}
			params := func(limit int) problem.Params {
				return problem.Params{"other": g.Title, "otherdate": c.date(g.At), "limit": civil.FormatWork(limit)}
			}
			if apart > 0 && apart < rules.Gap && !gap {
				gap = true
				c.add(i, CodeClashGap, params(rules.Gap))
			}
			if apart > 0 && apart < rules.Spread && f.Pillar != "" && f.Pillar == g.Pillar && !spread {
				spread = true
				p := params(rules.Spread)
				p["pillar"] = f.Pillar
				c.add(i, CodeClashSpread, p)
			}
		}
	}
}

func (c *clashes) caps() {
	for _, row := range c.inst.Caps {
		if row.Used <= row.Limit {
			continue
		}
		in := c.where(c.survey.fixed[row.Platform], func(f *Fixed) bool {
			day := c.inst.day(f.At)
			return day >= 0 && (day == row.Day || day/7 == row.Week)
		})
		last, ok := c.last(in)
		if !ok {
			continue
		}
		code, params := CodeClashCapDay, c.counted(in, row.Used, row.Limit)
		if row.Week >= 0 {
			code, params["week"] = CodeClashCapWeek, c.week(row.Week)
		}
		c.add(last, code, params)
	}
}

// last returns the last of a list that is still to come.
func (c *clashes) last(list []int) (int, bool) {
	for _, i := range slices.Backward(list) {
		if c.inst.toCome(i) {
			return i, true
		}
	}
	return 0, false
}

// orders: a fixed follower stands too early after a fixed leader, or after one
// that is held.
func (c *clashes) orders() {
	for _, a := range c.inst.After {
		if a.FixedItem < 0 || a.FixedLeader < 0 || a.First <= c.inst.Fixed[a.FixedItem].At {
			continue
		}
		lead := &c.inst.Fixed[a.FixedLeader]
		code := CodeClashOrder
		if lead.Held {
			code = CodeClashHeld
		}
		c.add(a.FixedItem, code, problem.Params{
			"other": lead.Title, "otherdate": c.date(lead.At), "otherplatform": c.inst.Platforms[lead.Platform].Name,
		})
	}
}

// mixes: a share is wrong with all that the plan has in the block.
func (c *clashes) mixes() {
	for row, m := range c.inst.Mixes {
		n, hits := c.state.n[row], c.state.c[row]
		above, below := 1000*hits > m.Max*n+999, 1000*hits < m.Min*n-999
		if !above && !below {
			continue
		}
		// Those that are too many: that match, or that do not.
		in := c.where(c.survey.fixed[m.Platform], func(f *Fixed) bool {
			return c.inst.block(c.inst.day(f.At)) == m.Block && m.matches(f.Intent, f.Pillar) == above
		})
		last, ok := c.last(in)
		if !ok {
			continue
		}
		code, limit := CodeClashAbove, m.Max
		if below {
			code, limit = CodeClashBelow, m.Min
		}
		params := c.counted(in, hits, limit/10)
		params["of"], params["name"] = strconv.Itoa(n), cmp.Or(m.Intent, m.Pillar)
		c.add(last, code, params)
	}
}

// capacity: what is fixed takes more time than there is. Of the weeks of a
// person the first is told: what is owed then is owed later, too.
func (c *clashes) capacity() {
	told := map[int]bool{}
	for _, row := range c.inst.Capacity {
		if row.Taken <= row.Avail || told[row.Person] {
			continue
		}
		owes := func(need []Minutes) bool {
			return slices.ContainsFunc(need, func(m Minutes) bool { return row.Person < 0 || m.Person == row.Person })
		}
		var in []int
		for i := range c.inst.Fixed {
			f := &c.inst.Fixed[i]
			if !f.Done && f.DueWeek <= row.Week && (owes(f.Owes) || f.Post >= 0 && owes(c.inst.Posts[f.Post].Need)) {
				in = append(in, i)
			}
		}
		if len(in) == 0 {
			continue
		}
		told[row.Person] = true
		params := c.counted(in, len(in), 0)
		params["hours"], params["week"] = civil.FormatWork(row.Taken-row.Avail), c.week(row.Week)
		code := CodeClashTeam
		if row.Person >= 0 {
			code, params["person"] = CodeClashCapacity, c.inst.People[row.Person]
		}
		c.add(in[len(in)-1], code, params)
	}
}
