package advice

import (
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
)

// mix: the share of an intent or a pillar may be greater, or smaller.
func (g *gathering) mix(b calendar.Block) {
	row := &g.Inst.Mixes[b.Row]
	n, c := g.shared(row)
	n++
	if matches(row, g.it) {
		c++
	}
	x := candidate{
		change: change.Change{Platform: g.Inst.Platforms[row.Platform].Name, Intent: row.Intent, Pillar: row.Pillar},
		rank:   rankMix,
	}
	if b.Below {
		x.change.Kind, x.was = change.MixMin, row.Min
		x.change.N = max(0, (1000*c+999)/n/percent*percent)
		x.amount = x.was - x.change.N
	} else {
		x.change.Kind, x.was = change.MixMax, row.Max
		x.change.N = min(1000, ((1000*c-999+n-1)/n+percent-1)/percent*percent)
		x.amount = x.change.N - x.was
	}
	if x.amount > 0 {
		g.add(x)
	}
	g.short(Need{
		Platform: x.change.Platform, Intent: row.Intent, Pillar: row.Pillar, Other: !b.Below,
		N: lacking(row, n, c, b.Below),
	})
}

// shared counts the placements of a row's block, and those that match.
func (s *search) shared(row *calendar.MixRow) (n, c int) {
	n, c = row.N, row.C
	for item, slot := range s.slot {
		if slot < 0 || s.Inst.Slots[slot].Platform != row.Platform || s.Inst.Slots[slot].Block != row.Block {
			continue
		}
		n++
		if matches(row, &s.Inst.Items[item]) {
			c++
		}
	}
	return n, c
}

func matches(row *calendar.MixRow, it *calendar.Item) bool {
	if row.Intent != "" {
		return row.Intent == it.Intent
	}
	return row.Pillar == it.Pillar
}

// Lacking is how many more posts an item needs first where a row of Mixes keeps
// it out: of the row's intent or pillar where its share would be too small
// (below), of others where it would be too great. 0: too many to ask for.
func Lacking(inst *calendar.Instance, plan calendar.Plan, item, row int, below bool) int {
	m := &inst.Mixes[row]
	n, c := m.N+1, m.C
	for _, p := range plan.Placements {
		if s := &inst.Slots[p.Slot]; p.Item != item && s.Platform == m.Platform && s.Block == m.Block {
			n++
			if matches(m, &inst.Items[p.Item]) {
				c++
			}
		}
	}
	if matches(m, &inst.Items[item]) {
		c++
	}
	if more := lacking(m, n, c, below); more <= mostNeeded {
		return more
	}
	return 0
}

// lacking is how many more posts, that match or do not, put c of n right: the
// slack of docs/planning.md, rule 6. Never: no number does.
func lacking(row *calendar.MixRow, n, c int, below bool) int {
	for more := 1; more <= 1000; more++ {
		if below && 1000*(c+more) >= row.Min*(n+more)-max(999, row.Min*row.N-1000*row.C) ||
			!below && 1000*c <= row.Max*(n+more)+max(999, 1000*row.C-row.Max*row.N) {
			return more
		}
	}
	return calendar.Never
}

// Need is what a platform needs first: N more posts, of an intent or a pillar
// or, with Other, of another one; of an edition just N more posts.
type Need struct {
	Platform, Intent, Pillar string
	Other                    bool
	N                        int
	// At is where the item then goes out.
	At time.Time
}

// mostNeeded is how many posts more are worth asking for.
const mostNeeded = 9

// short notes what a slot of the item that is asked about needs first.
func (g *gathering) short(n Need) {
	if g.item == g.search.item && n.N > 0 && n.N <= mostNeeded && !slices.Contains(g.lacks, n) {
		g.lacks = append(g.lacks, n)
	}
}

// needs plans with what is needed, the fewest posts first, and with one or two
// more, which others may take. It returns the first that gives the item a place.
func (s *search) needs() *Need {
	slices.SortStableFunc(s.lacks, func(a, b Need) int { return a.N - b.N })
	for more := range min(mostWays, s.trials/fewTrials) {
		for _, n := range s.lacks[:min(len(s.lacks), mostWays, s.trials/fewTrials)] {
			n.N += more
			o, ok := s.plan(s.with(n), calendar.Key{})
			if !ok {
				continue
			}
			if _, ok := s.anew(s.with(n), calendar.Key{}); ok {
				n.At = o.inst.Time(o.at)
				return &n
			}
		}
	}
	return nil
}

// with returns the Input with posts that are ready, as needed.
func (s *search) with(n Need) calendar.Input {
	in := s.In
	p := calendar.Post{Ready: true, Platforms: []string{n.Platform}}
	for _, platform := range in.Platforms {
		if platform.Name == n.Platform && len(platform.Languages) > 0 {
			p.Lang = platform.Languages[0]
		}
	}
	if !n.Other {
		p.Intent, p.Pillar = n.Intent, n.Pillar
	}
	in.Posts = slices.Clone(in.Posts)
	for i := range n.N {
		p.ID = s.key.Post + "\x00" + number(i) // no post is called so
		in.Posts = append(in.Posts, p)
	}
	return in
}
