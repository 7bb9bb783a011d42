package office

import (
	"math"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/advice"
	"editorial/pkg/calendar/change"
)

// Answer says what would let a left-out item in.
type Answer struct {
	// Found are changes that were made to a copy of the office and planned
	// with, and gave the item a place: the cheapest first.
	Found []Advice
	// Needs are posts that the platform needs first; nil: it needs none.
	Needs *Need
	// Tried is how many changes were planned with, Untried how many more there
	// would have been to try.
	Tried, Untried int
}

// Advice is a change, and what it does.
type Advice struct {
	Change change.Change
	// Was is what Change.N was before, WasAt what Change.At was; zero: nothing.
	Was   int
	WasAt time.Time
	// Item is what the change moves or drops, as it stands; nil: nothing. Its
	// At is zero where it has no place.
	Item *Placement
	// At is where the item then goes out.
	At time.Time
	// Loss is the value that all others lose, Share what part of theirs that is
	// (0 to 1).
	Loss  int
	Share float64
	// Lost lose their place (At is where they stood), Gained get one, Moved go from From to At. What the
	// change itself moves or drops is in none of them.
	Lost, Gained, Moved []Placement

	// Unagreed says that nothing is agreed yet: so whatever is planned moves
	// freely.
	Unagreed bool

	// own says that the change is about the post itself.
	own bool
	key calendar.Key
}

// Need is so many posts more that a platform needs first: of an intent or a
// pillar (Share) or, with Other, of another one.
type Need struct {
	Platform, Share string
	Other           bool
	Posts           int
	// At is where the item then goes out.
	At time.Time
}

// Advise looks for the cheapest single change that lets a left-out item in.
func (o *Office) Advise(p *Proposal, item int) Answer {
	found := advice.For(advice.Office{In: p.input, Inst: &p.Instance, Plan: p.Plan}, item)
	key := p.Instance.Items[item].Key
	all := Answer{Tried: found.Tried, Untried: found.Untried}
	for _, x := range found.Found {
		all.Found = append(all.Found, o.advice(p, key, x, found.Value))
	}
	if n := found.Needs; n != nil {
		all.Needs = &Need{n.Platform, n.Intent + n.Pillar, n.Other, n.N, o.local(n.At)}
	}
	return all
}

// advice turns keys into posts.
func (o *Office) advice(p *Proposal, key calendar.Key, x advice.Advice, value int) Advice {
	out := Advice{Change: x.Change, Was: x.Was, At: o.local(x.At), Loss: x.Loss, Share: share(x.Loss, value), Unagreed: len(p.input.Agreed) == 0, own: x.Change.Post == key.Post, key: key}
	if !x.WasAt.IsZero() {
		out.WasAt = o.local(x.WasAt)
	}
	if !x.Change.At.IsZero() {
		out.Change.At = o.local(x.Change.At)
	}
	stand := func(k calendar.Key) Placement {
		for _, s := range p.Placements {
			if s.Key == k {
				return s
			}
		}
		return Placement{Key: k, Platform: k.Platform, Post: o.post(k.Post)}
	}
	if x.Change.Post != "" {
		item := stand(x.Change.Key())
		out.Item = &item
	}
	for _, k := range x.Lost {
		out.Lost = append(out.Lost, stand(k))
	}
	for _, m := range x.Gained {
		s := stand(m.Key)
		s.At = o.local(m.To)
		out.Gained = append(out.Gained, s)
	}
	for _, m := range x.Moved {
		s := stand(m.Key)
		s.From, s.At = o.local(m.From), o.local(m.To)
		out.Moved = append(out.Moved, s)
	}
	return out
}

// share rounds to a tenth of a per cent.
func share(loss, value int) float64 {
	if value == 0 {
		return 0
	}
	return math.Round(1000*float64(loss)/float64(value)) / 1000
}

// Others are, beside the cheapest, the cheapest of each other kind. To drop what
// loses its place anyway is no other.
func (a Answer) Others() []Advice {
	var all []Advice
	seen := map[change.Kind]bool{}
	gone := map[calendar.Key]bool{}
	for i, x := range a.Found {
		if x.Change.Kind == change.Drop && gone[x.Change.Key()] {
			continue
		}
		if i > 0 && !seen[x.Change.Kind] {
			all = append(all, x)
		}
		seen[x.Change.Kind] = true
		if len(x.Lost) == 1 {
			gone[x.Lost[0].Key] = true
		}
	}
	return all
}
