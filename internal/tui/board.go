package tui

import (
	"slices"
	"time"

	"editorial/internal/office"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// Weeks around the plan that the board shows: what went out lately, and what
// is pinned later.
const (
	weeksBefore = 4
	weeksAfter  = 52
)

// board is a proposal as rows and columns.
type board struct {
	lanes []lane
	rows  []row
	// rowOf is the first row of a day.
	rowOf map[civil.Date]int
	// shown are the lanes that the rows have room for, from and before; first
	// and last the weeks.
	shown       [2]int
	first, last civil.Week
}

// lane is what one platform has, by time.
type lane struct {
	platform string
	entries  []entry
}

// entry is a placement or a free slot.
type entry struct {
	at    time.Time
	local civil.DateTime
	// placed is nil for a free slot.
	placed *office.Placement
	// elsewhere says that it stands elsewhere than before the edits.
	elsewhere bool
	// nth is its line within its day.
	nth int
}

// row is a line of the board.
type row struct {
	week civil.Week
	// day is zero for the heading of a week.
	day civil.Date
	// nth counts the lines of the day.
	nth int
	// shut says that the day is closed, and why.
	shut bool
	why  string
}

// newBoard lays out a draft. What stands elsewhere than in first is marked.
func newBoard(d, first *office.Draft) board {
	o, p := d.Office, d.Proposal
	from, to := p.First.Add(-weeksBefore).Monday(), p.Last.Monday().AddDays(7*weeksAfter+6)
	moved := map[calendar.Key]bool{}
	if d != first {
		for _, s := range d.Since(first) {
			moved[s.Key] = true
		}
	}
	var b board
	index := map[string]int{}
	for _, name := range o.PlatformsByDepth() {
		index[name] = len(b.lanes)
		b.lanes = append(b.lanes, lane{platform: name})
	}
	add := func(platform string, e entry) {
		i, known := index[platform]
		e.local = o.Zone.DateTime(e.at)
		if known && !e.local.Date.Before(from) && !to.Before(e.local.Date) {
			b.lanes[i].entries = append(b.lanes[i].entries, e)
		}
	}
	for i, x := range p.Placements {
		add(x.Platform, entry{at: x.At, placed: &p.Placements[i], elsewhere: moved[x.Key]})
	}
	for _, g := range p.Gaps {
		add(g.Platform, entry{at: g.At})
	}
	b.first, b.last = p.First, p.Last
	for i := range b.lanes {
		entries := b.lanes[i].entries
		slices.SortStableFunc(entries, func(x, y entry) int { return x.at.Compare(y.at) })
		for j := range entries {
			day := entries[j].local.Date
			if j > 0 && entries[j-1].local.Date == day {
				entries[j].nth = entries[j-1].nth + 1
			}
			week := civil.WeekOf(day)
			if week.Monday().Before(b.first.Monday()) {
				b.first = week
			}
			if b.last.Monday().Before(week.Monday()) {
				b.last = week
			}
		}
	}
	return b
}

// heights are the lines of each day that holds something: as many as the lanes
// shown need.
func (b *board) heights() map[civil.Date]int {
	height := map[civil.Date]int{}
	for i := range b.lanes {
		for _, e := range b.lanes[i].entries {
			n := 1
			if i >= b.shown[0] && i < b.shown[1] {
				n = e.nth + 1
			}
			height[e.local.Date] = max(height[e.local.Date], n)
		}
	}
	return height
}

// lay lists the rows for the lanes shown: the weeks, and in them the days that
// hold something, are closed, or are today.
func (b *board) lay(d *office.Draft, from, to int) {
	if b.rowOf != nil && b.shown == [2]int{from, to} {
		return
	}
	b.shown, b.rows, b.rowOf = [2]int{from, to}, nil, map[civil.Date]int{}
	today, height := d.Office.Zone.Date(d.Office.Now), b.heights()
	for week := b.first; !b.last.Monday().Before(week.Monday()); week = week.Add(1) {
		heading := len(b.rows)
		planned := !week.Monday().Before(d.Proposal.First.Monday()) && !d.Proposal.Last.Monday().Before(week.Monday())
		b.rows = append(b.rows, row{week: week})
		for i := range 7 {
			day := week.Monday().AddDays(i)
			why, shut := d.Proposal.ClosedOn(day)
			n := height[day]
			shut = shut && planned
			if n == 0 && (shut || day == today) {
				n = 1
			}
			if n > 0 {
				b.rowOf[day] = len(b.rows)
			}
			for nth := range n {
				b.rows = append(b.rows, row{week, day, nth, shut && nth == 0, why})
			}
		}
		if !planned && len(b.rows) == heading+1 {
			b.rows = b.rows[:heading] // a week outside the plan that has nothing
		}
	}
}

// row returns the row of an entry.
func (b *board) row(e entry) int { return b.rowOf[e.local.Date] + e.nth }

// on returns the entry of a lane that stands in a row.
func (b *board) on(lane int, r row) (index int, ok bool) {
	if r.day.IsZero() {
		return 0, false
	}
	entries := b.lanes[lane].entries
	i, _ := slices.BinarySearchFunc(entries, r.day, func(e entry, day civil.Date) int { return e.local.Date.Compare(day) })
	i += r.nth
	return i, i < len(entries) && entries[i].local.Date == r.day
}

// near returns the entry of a lane that is nearest to an instant, one of the
// same day before all others; -1 where the lane is empty.
func (b *board) near(lane int, zone civil.Zone, at time.Time) int {
	best, day := -1, zone.Date(at)
	apart := func(i int) time.Duration {
		e := b.lanes[lane].entries[i]
		d := e.at.Sub(at).Abs()
		if e.local.Date != day {
			d += 24 * time.Hour
		}
		return d
	}
	for i := range b.lanes[lane].entries {
		if best < 0 || apart(i) < apart(best) {
			best = i
		}
	}
	return best
}

// find returns where a placement stands.
func (b *board) find(key calendar.Key) (lane, index int, ok bool) {
	for l := range b.lanes {
		for i, e := range b.lanes[l].entries {
			if e.placed != nil && e.placed.Key == key {
				return l, i, true
			}
		}
	}
	return 0, 0, false
}

// lane returns the lane of a platform.
func (b *board) lane(platform string) (int, bool) {
	i := slices.IndexFunc(b.lanes, func(l lane) bool { return l.platform == platform })
	return i, i >= 0
}
