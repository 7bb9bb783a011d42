package advice

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
)

// MaxTrials is how many changes are planned with for one item at most; in
// offices of many items they are fewer.
const MaxTrials = 24

const (
	// fewTrials is how many it is in the greatest offices, smallOffice how many
	// items there may be times trials.
	fewTrials   = 3
	smallOffice = 20_000
	// mostFound is how many changes are told at most.
	mostFound = 8
)

// trials is how many changes may be planned with in an office of so many items.
func trials(items int) int {
	return max(fewTrials, min(MaxTrials, smallOffice/max(1, items)))
}

// Office is an office that was planned: Inst is what [calendar.Expand] makes
// of In, and Plan what [calendar.Make] makes of Inst.
type Office struct {
	In   calendar.Input
	Inst *calendar.Instance
	Plan calendar.Plan
}

// Answer is what was found for one item.
type Answer struct {
	// Found are the changes that give the item a place, the cheapest first.
	Found []Advice
	// Value is what all others are worth where they stand: what a Loss is a
	// part of.
	Value int
	// Needs is set where a share or an edition is too small for the item: so
	// many posts more, and it has a place. It was planned, too.
	Needs *Need
	// Tried is how many changes were planned with, those of Needs not counted,
	// and Untried how many more there would have been to try.
	Tried, Untried int
}

// Advice is a change that was made and planned with, and what it does.
type Advice struct {
	Change change.Change
	// Was is what Change.N was before, WasAt what Change.At was: a bound, or
	// the place of what is moved. Zero: there was none.
	Was   int
	WasAt time.Time
	// At is where the item then goes out.
	At time.Time
	// Loss is the value that all others lose together, the one that is moved
	// or dropped included; 0 where they lose nothing, or gain.
	Loss int
	// Lost are others that lose their place, Gained others that get one (from
	// no time), Moved those that go out at another time. What Change itself
	// moves or drops is in none of them.
	Lost          []calendar.Key
	Gained, Moved []Moved

	rank, amount int
}

// Moved is an item that goes out at another time.
type Moved struct {
	Key      calendar.Key
	From, To time.Time
}

// The ranks of changes that cost the same, in order of how much they touch: the
// post's own dates and place, a rule of the platform, somebody's time, another
// post, all posts of a platform.
const (
	rankWindow = iota
	rankPlace
	rankMix
	rankCap
	rankHours
	rankOtherWindow
	rankOtherPlace
	rankHalve
	rankDrop
)

// compare orders advice by what it costs: the loss of value, then how many
// others lose their place, then the rank of the change and its amount (minutes,
// days, slots, per mille), then how many others move, then by its text.
func compare(a, b Advice) int {
	return cmp.Or(
		a.Loss-b.Loss, a.losers()-b.losers(), a.rank-b.rank, a.amount-b.amount, len(a.Moved)-len(b.Moved),
		strings.Compare(text(a.Change), text(b.Change)),
	)
}

func (a Advice) losers() int {
	if a.Change.Kind == change.Drop {
		return len(a.Lost) + 1
	}
	return len(a.Lost)
}

// For finds what would let an item have a place that the plan leaves out: an
// index into the Items of the Instance.
func For(o Office, item int) Answer {
	s := newSearch(o, item)
	s.gather(item, nil, 0)
	a := s.run()
	slices.SortFunc(a.Found, compare)
	a.Found = s.confirmed(a.Found)
	slices.SortStableFunc(a.Found, compare)
	a.Needs = s.needs()
	for key, p := range s.before {
		a.Value += s.standing[key].worth(s.Inst, p)
	}
	return a
}

// confirmed returns what gives the item a place also when everything is planned
// anew, as a program that starts from the files does: the first few, with what
// that plan does to the others.
func (s *search) confirmed(found []Advice) []Advice {
	var all []Advice
	for _, a := range found {
		if len(all) == min(mostFound, s.trials) {
			break
		}
		if o, ok := s.anew(change.Apply(s.In, a.Change), mover(a.Change)); ok {
			told := Advice{Change: a.Change, Was: a.Was, WasAt: a.WasAt, At: o.inst.Time(o.at), rank: a.rank, amount: a.amount}
			s.effects(&told, &o)
			all = append(all, told)
		}
	}
	return all
}

// run tries what was gathered, what is likely to cost least first. Once there
// is a change of a kind that costs nobody anything, others of that kind are not
// tried that ask for more.
func (s *search) run() Answer {
	var a Answer
	slices.SortStableFunc(s.all, func(x, y candidate) int {
		return cmp.Or(x.guess-y.guess, x.rank-y.rank, x.amount-y.amount, strings.Compare(text(x.change), text(y.change)))
	})
	free := map[change.Kind]int{}
	for i := 0; i < len(s.all); i++ {
		c := s.all[i]
		if most, ok := free[c.change.Kind]; ok && c.amount > most {
			continue
		}
		if a.Tried == s.trials {
			a.Untried++
			continue
		}
		a.Tried++
		found, next := s.try(c)
		if found != nil {
			a.Found = append(a.Found, *found)
			if found.Loss == 0 && found.losers() == 0 {
				free[c.change.Kind] = c.amount
			}
		}
		if next != nil && s.add(*next) {
			last := s.all[len(s.all)-1]
			copy(s.all[i+2:], s.all[i+1:len(s.all)-1])
			s.all[i+1] = last
		}
	}
	return a
}

// text tells changes apart.
func text(c change.Change) string {
	return strings.Join([]string{
		string(c.Kind), c.Post, c.Platform, c.Person, c.Intent, c.Pillar, c.Week.String(), c.At.UTC().Format(time.RFC3339),
		number(c.Occurrence), number(c.N), number(c.Every), flag(c.Monthly), flag(c.Odd),
	}, "\x00")
}
