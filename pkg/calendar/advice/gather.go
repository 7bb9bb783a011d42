package advice

import (
	"cmp"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
)

const (
	// mostPlaces is how many places of one item are tried.
	mostPlaces = 6
	// mostBounds is how many values of one bound are tried.
	mostBounds = 4
	// mostWays is how many of those in the way of one item are dropped.
	mostWays = 3
	// mostLeaders is how far back what an item follows is looked at.
	mostLeaders = 4
	// quarter is what hours are rounded up to, in minutes.
	quarter = 15
	// percent is what shares are rounded to, per mille.
	percent = 10
)

// gather reads off the rules what may let an item into those of its slots that
// are wanted (nil: all). The item is the one that is asked about, or one that
// it follows.
func (s *search) gather(item int, wanted func(slot int) bool, depth int) {
	if s.visited[item] || depth > mostLeaders {
		return
	}
	s.visited[item] = true
	g := &gathering{search: s, item: item, it: &s.Inst.Items[item], bounds: map[calendar.LimitCode][]int{}, ways: map[int]int{}}
	for _, r := range s.say.Explain(item) {
		if wanted == nil || wanted(r.Slot) {
			g.reason(r)
		}
	}
	g.finish()
	for _, row := range g.late {
		a := &s.Inst.After[row]
		latest := g.latest[row]
		s.gather(a.Leader, func(slot int) bool { return s.release(a, slot) <= latest }, depth+1)
	}
}

// gathering is what the slots of one item ask for.
type gathering struct {
	*search
	item int
	it   *calendar.Item
	// bounds are the slots that each of its own limits closes.
	bounds map[calendar.LimitCode][]int
	// spots are slots that it could be pinned to, and what that may cost.
	spots []spot
	// ways are the free items in the way, and what they are worth.
	ways map[int]int
	// late are rows of After whose free leader stands too late, or nowhere;
	// latest is the last minute that would do.
	late   []int
	latest map[int]int
}

type spot struct{ slot, guess int }

// reason looks at what closes one slot.
func (g *gathering) reason(r calendar.Reason) {
	b := r.Block
	guess := 0
	if b.Item >= 0 && g.slot[b.Item] >= 0 {
		guess = g.Inst.Value(b.Item, g.slot[b.Item])
	}
	pin := true
	switch b.Rule {
	case calendar.RuleClosed:
		g.bounds[b.Limit.Code] = append(g.bounds[b.Limit.Code], r.Slot)
		return
	case calendar.RuleLeader:
		guess = g.Inst.Value(g.item, r.Slot)
		pin = g.leader(b, r.Slot)
	case calendar.RuleCap:
		g.cap(b)
	case calendar.RuleMix:
		g.mix(b)
	case calendar.RuleCapacity:
		g.hours(b, r.Slot)
		g.halve(b)
	case calendar.RuleEdition:
		pin = false
		g.join(r.Slot)
		g.short(Need{Platform: g.it.Key.Platform, N: b.Short})
	}
	if b.Fixed >= 0 && b.Rule != calendar.RuleLeader {
		g.fixed(b.Fixed)
		pin = false
	}
	if b.Rule != calendar.RuleLeader && b.Item >= 0 && g.slot[b.Item] >= 0 {
		g.ways[b.Item] = guess
	}
	if pin {
		g.spots = append(g.spots, spot{r.Slot, guess})
	}
}

// finish adds what takes all slots together.
func (g *gathering) finish() {
	g.windows()
	g.pins()
	slices.SortStableFunc(g.spots, func(a, b spot) int { return cmp.Or(a.guess-b.guess, a.slot-b.slot) })
	for _, x := range g.spots[:min(len(g.spots), mostPlaces)] {
		g.place(g.it.Key, g.time(x.slot), x.guess)
	}
	var ways []spot
	for item, guess := range g.ways {
		ways = append(ways, spot{item, guess})
	}
	slices.SortFunc(ways, func(a, b spot) int { return cmp.Or(a.guess-b.guess, a.slot-b.slot) })
	for _, x := range ways[:min(len(ways), mostWays)] {
		g.drop(g.Inst.Items[x.slot].Key)
	}
}

func (s *search) time(slot int) time.Time { return s.Inst.Time(s.Inst.Slots[slot].At) }

// own reports whether a post is the one that is asked about.
func (s *search) own(post string) bool { return post == s.key.Post }

// place adds that an item is moved to an instant.
func (s *search) place(key calendar.Key, to time.Time, guess int) {
	c := candidate{change: change.MoveItem(key, to), guess: guess, rank: rankOtherPlace}
	if key == s.key {
		c.rank = rankPlace
	}
	c.amount = int(to.Sub(s.Inst.Start) / time.Minute)
	if was, ok := s.before[key]; ok {
		c.wasAt = s.Inst.Time(was.at)
		c.guess += max(0, s.standing[key].worth(s.Inst, was)-s.standing[key].worth(s.Inst, place{minute(s.Inst, to), was.weight}))
		c.amount = abs(c.amount - was.at)
	}
	s.add(c)
}

// drop adds that an item is given up.
func (s *search) drop(key calendar.Key) {
	c := candidate{change: change.DropItem(key), rank: rankDrop}
	if was, ok := s.before[key]; ok {
		c.guess = s.standing[key].worth(s.Inst, was)
		c.wasAt = s.Inst.Time(was.at)
	}
	c.amount = c.guess
	s.add(c)
}

// fixed: what people fixed is in the way. It goes elsewhere, or is given up.
func (s *search) fixed(i int) {
	f := &s.Inst.Fixed[i]
	if !movable(s.Inst, f) {
		return
	}
	for _, slot := range s.empty(f.Platform, f.At) {
		s.place(f.Key, s.time(slot), 0)
	}
	s.drop(f.Key)
}

// empty lists slots of a platform in which nothing stands but what is looked
// at, the nearest to a minute first.
func (s *search) empty(platform, at int) []int {
	var all []int
	p := s.Inst.Platforms[platform]
	for t := p.SlotLo; t < p.SlotHi; t++ {
		if s.Inst.Slots[t].Fixed == 0 && !slices.ContainsFunc(s.inside[t], s.other) && s.Inst.Slots[t].At != at {
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return abs(s.Inst.Slots[a].At-at) - abs(s.Inst.Slots[b].At-at) })
	return all[:min(len(all), mostPlaces)]
}

// other reports whether an item is none of those looked at.
func (s *search) other(item int) bool { return !s.visited[item] }

// leader: what the item follows stands too late, or nowhere. It reports whether
// the item could be pinned there, so that its leader makes way.
func (g *gathering) leader(b calendar.Block, slot int) bool {
	if b.Fixed >= 0 {
		g.fixed(b.Fixed)
		return false
	}
	g.drop(g.Inst.Items[b.Item].Key)
	for row := range g.Inst.After {
		a := &g.Inst.After[row]
		if a.Item != g.item || a.Leader != b.Item {
			continue
		}
		if g.latest == nil {
			g.latest = map[int]int{}
		}
		if _, ok := g.latest[row]; !ok {
			g.late = append(g.late, row)
		}
		g.latest[row] = max(g.latest[row], g.Inst.Slots[slot].At)
	}
	return g.slot[b.Item] >= 0
}

// release is the first minute for a follower of a leader in a slot.
func (s *search) release(a *calendar.After, slot int) int {
	lag := &s.Inst.Lags[a.Lag]
	return lag.Release[slot-s.Inst.Platforms[lag.Platform].SlotLo]
}

// cap: one more in a day or a week.
func (g *gathering) cap(b calendar.Block) {
	row := &g.Inst.Caps[b.Row]
	kind := change.CapDay
	if row.Week >= 0 {
		kind = change.CapWeek
	}
	n := max(row.Limit, row.Used) + 1
	g.add(candidate{
		change: change.Change{Kind: kind, Platform: g.Inst.Platforms[row.Platform].Name, N: n},
		was:    row.Limit, rank: rankCap, amount: n - row.Limit, exact: n,
	})
}

// hours: as many as are missing, in the week in which the work is due.
func (g *gathering) hours(b calendar.Block, slot int) {
	row := &g.Inst.Capacity[b.Row]
	people := g.Inst.People
	if row.Person >= 0 {
		people = people[row.Person : row.Person+1]
	}
	n := rounded(b.Short)
	for _, name := range people[:min(len(people), mostBounds)] {
		g.add(candidate{
			change: change.Change{Kind: change.Hours, Person: name, N: n, Week: week(g.Inst, g.Inst.Slots[slot].DueWeek)},
			rank:   rankHours, amount: n, exact: b.Short,
		})
	}
}

// rounded rounds minutes up to quarters of an hour.
func rounded(minutes int) int { return (minutes + quarter - 1) / quarter * quarter }

// halve: platforms that take the hours that are missing.
func (g *gathering) halve(b calendar.Block) {
	row := &g.Inst.Capacity[b.Row]
	loss := map[int]int{}
	for item, slot := range g.slot {
		if slot >= 0 && g.Inst.Slots[slot].DueWeek <= row.Week && g.owes(item, row.Person) {
			loss[g.Inst.Items[item].Platform] += g.Inst.Value(item, slot)
		}
	}
	for platform, value := range loss {
		if platform == g.it.Platform {
			continue
		}
		for _, odd := range []bool{false, true} {
			g.add(candidate{
				change: change.Change{Kind: change.Halve, Platform: g.Inst.Platforms[platform].Name, Odd: odd},
				rank:   rankHalve, guess: value / 2,
			})
		}
	}
}

// owes reports whether an item takes time of a person; -1 is the team.
func (s *search) owes(item, person int) bool {
	it := &s.Inst.Items[item]
	for _, need := range [][]calendar.Minutes{it.Need, s.Inst.Posts[it.Post].Need} {
		for _, m := range need {
			if person < 0 || m.Person == person {
				return true
			}
		}
	}
	return false
}

// join: another post of the platform goes into an edition that is too small.
func (g *gathering) join(slot int) {
	var all []spot
	for i := range g.Inst.Items {
		if i == g.item || g.slot[i] == slot || g.Inst.Items[i].Platform != g.it.Platform || !g.Inst.Admissible(i, slot) {
			continue
		}
		loss := 0
		if g.slot[i] >= 0 {
			loss = max(0, g.Inst.Value(i, g.slot[i])-g.Inst.Value(i, slot))
		}
		all = append(all, spot{i, loss})
	}
	slices.SortStableFunc(all, func(a, b spot) int { return cmp.Or(a.guess-b.guess, a.slot-b.slot) })
	for _, x := range all[:min(len(all), mostWays)] {
		g.place(g.Inst.Items[x.slot].Key, g.time(slot), 0)
	}
}

func abs(n int) int { return max(n, -n) }
