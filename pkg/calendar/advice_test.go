package calendar_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/advice"
	"editorial/pkg/calendar/change"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// advise asks about the first item of a post that is left out.
func (o *office) advise(id string) advice.Answer {
	o.t.Helper()
	x := planned(o.Input)
	for _, i := range x.Plan.Left {
		if x.Inst.Items[i].Key.Post == id {
			return advice.For(x.Office, i)
		}
	}
	o.t.Fatalf("%s is not left out", id)
	return advice.Answer{}
}

// say is an advice as a person reads it.
func (o *office) say(a advice.Advice) string {
	when := func(t time.Time) string { return t.In(o.Zone.Location()).Format("Mon 2 15:04") }
	c := a.Change
	text := string(c.Kind)
	for _, part := range []string{c.Platform, c.Person, c.Intent, c.Pillar} {
		if part != "" {
			text += " " + part
		}
	}
	if c.Post != "" {
		text += " " + c.Post
	}
	if c.N != 0 || a.Was != 0 {
		text += fmt.Sprintf(" %d→%d", a.Was, c.N)
	}
	if c.Week.Number != 0 {
		text += " " + c.Week.String()
	}
	if !c.At.IsZero() {
		text += " " + when(c.At)
	}
	text += ": " + when(a.At)
	for _, k := range a.Lost {
		text += " −" + k.Post
	}
	for _, m := range a.Moved {
		text += " " + m.Key.Post + "→" + when(m.To)
	}
	for _, m := range a.Gained {
		text += " +" + m.Key.Post
	}
	return text
}

// Each office is small enough to see what the cheapest change is.
func TestFor_findsTheCheapestChange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		build func(*office, *calendar.Platform)
		want  string
		needs string
	}{
		{"hours", func(o *office, p *calendar.Platform) {
			o.People = []calendar.Person{{Name: "awa", Minutes: 60}}
			x := o.post("x", "blog")
			x.Ready, x.Need = false, map[string]int{"awa": 200}
		}, "hours awa 0→90 2026-W44: Tue 27 09:00", ""},
		{"hours of the team", func(o *office, p *calendar.Platform) {
			o.People = []calendar.Person{{Name: "awa", Minutes: 60}, {Name: "leo", Minutes: 60}}
			x := o.post("x", "blog")
			x.Ready, x.Need = false, map[string]int{"": 250}
		}, "hours awa 0→15 2026-W44: Tue 27 09:00", ""},
		{"hours that another takes", func(o *office, p *calendar.Platform) {
			o.People = []calendar.Person{{Name: "awa", Minutes: 60}}
			for _, id := range []string{"x", "y", "z"} {
				post := o.post(id, "blog")
				post.Ready, post.Need = false, map[string]int{"awa": 100}
				post.Priority = map[string]int{"x": 1, "y": 3, "z": 5}[id]
			}
		}, "hours awa 0→180 2026-W43: Tue 27 09:00 z→Tue 20 09:00 +y", ""},
		{"deadline", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").Deadline = o.moment("2026-10-19")
		}, "deadline x Tue 20 23:59: Tue 20 09:00", ""},
		{"not before", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").NotBefore = o.moment("2026-11-20")
		}, "notbefore x Thu 29 00:00: Thu 29 10:00", ""},
		{"expiry", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").Expires = o.moment("2026-10-20")
		}, "expires x Wed 21 00:00: Tue 20 09:00", ""},
		{"an embargo is not ours", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").Embargo = o.moment("2026-11-20")
		}, "nothing", ""},
		{"work that is due already", func(o *office, p *calendar.Platform) {
			p.Lead = 15
			x := o.post("x", "blog")
			x.Ready, x.Need = false, map[string]int{"": 10}
		}, "nothing", ""},
		{"a day without a slot", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").Pin = o.moment("2026-10-21")
		}, "move blog x Tue 20 09:00: Tue 20 09:00", ""},
		{"a pin before its time", func(o *office, p *calendar.Platform) {
			x := o.post("x", "blog")
			x.Pin, x.NotBefore = o.moment("2026-10-20 09:00"), o.moment("2026-10-22")
		}, "notbefore x Tue 20 00:00: Tue 20 09:00", ""},
		{"a pin under embargo", func(o *office, p *calendar.Platform) {
			x := o.post("x", "blog")
			x.Pin, x.Embargo = o.moment("2026-10-20 09:00"), o.moment("2026-10-22")
		}, "move blog x Thu 22 10:00: Thu 22 10:00", ""},
		{"slots of others", func(o *office, p *calendar.Platform) {
			o.post("x", "blog").Priority = 1
			for _, id := range []string{"a", "b", "c", "d"} {
				o.post(id, "blog")
			}
		}, "move blog x Thu 29 10:00: Thu 29 10:00 −d", ""},
		{"the slot of a pin", func(o *office, p *calendar.Platform) {
			o.post("y", "blog").Pin = o.moment("2026-10-20 09:00")
			x := o.post("x", "blog")
			x.Deadline, x.Embargo = o.moment("2026-10-21"), o.moment("2026-10-20")
			x.Expires = o.moment("2026-10-22")
		}, "move blog y Thu 22 10:00: Tue 20 09:00", ""},
		{"cap of a week", func(o *office, p *calendar.Platform) {
			o.Weeks, p.CapWeek = 1, 1
			o.post("a", "blog").Priority = 5
			o.post("x", "blog")
		}, "capweek blog 1→2: Thu 22 10:00", ""},
		{"cap of a week, two before", func(o *office, p *calendar.Platform) {
			o.Weeks, p.CapWeek = 1, 1
			p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{5}, At: []civil.Clock{{Hour: 9}}})
			o.post("a", "blog").Priority = 5
			o.post("b", "blog").Priority = 5
			o.post("x", "blog")
		}, "capweek blog 1→3: Fri 23 09:00 +b", ""},
		{"cap of a day", func(o *office, p *calendar.Platform) {
			o.Weeks, p.CapDay = 1, 1
			p.Rhythm.Times = []rhythm.Times{{Days: []time.Weekday{2}, At: []civil.Clock{{Hour: 9}, {Hour: 18}}}}
			o.post("a", "blog").Priority = 5
			o.post("x", "blog")
		}, "capday blog 1→2: Tue 20 18:00", ""},
		{"gap", func(o *office, p *calendar.Platform) {
			o.Weeks, p.Gap = 1, 4*24*60
			p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{0}, At: []civil.Clock{{Hour: 18}}})
			o.post("a", "blog").Pin = o.moment("2026-10-22 10:00")
			o.post("x", "blog")
		}, "move blog a Tue 20 09:00: Sun 25 18:00", ""},
		{"spread", func(o *office, p *calendar.Platform) {
			o.Weeks, p.Spread = 1, 4*24*60
			p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{0}, At: []civil.Clock{{Hour: 18}}})
			o.post("a", "blog").Pin = o.moment("2026-10-22 10:00")
			o.post("x", "blog")
			o.Posts[0].Pillar, o.Posts[1].Pillar = "craft", "craft"
		}, "move blog a Tue 20 09:00: Sun 25 18:00", ""},
		{"a share too great", func(o *office, p *calendar.Platform) {
			o.Weeks = 1
			p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{5}, At: []civil.Clock{{Hour: 9}}})
			p.Mix = []calendar.Mix{{Intent: "promote", Max: 400}}
			for _, id := range []string{"a", "x"} {
				o.post(id, "blog").Intent = "promote"
			}
			o.Posts[0].Priority = 5
		}, "mixmax blog promote 400→510: Thu 22 10:00", "1 more not promote on blog"},
		{"a share too small", func(o *office, p *calendar.Platform) {
			o.Weeks = 1
			for _, day := range []time.Weekday{3, 5} {
				p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{day}, At: []civil.Clock{{Hour: 9}}})
			}
			p.Mix = []calendar.Mix{{Intent: "converse", Min: 400, Max: 1000}}
			for _, id := range []string{"a", "b", "x"} {
				o.post(id, "blog").Intent = "inform"
			}
		}, "mixmin blog converse 400→330: Thu 22 10:00", "1 more converse on blog"},
		{"a leader too late", func(o *office, p *calendar.Platform) {
			o.Weeks = 1
			news := o.platform("news", "wed 12:00")
			news.DerivesFrom, news.Lag = "blog", civil.Span{Days: 1}
			o.post("x", "blog news")
			o.post("y", "blog").Pin = o.moment("2026-10-20 09:00")
		}, "move blog y Thu 22 10:00: Wed 21 12:00 x→Tue 20 09:00", ""},
		{"a leader that needs hours", func(o *office, p *calendar.Platform) {
			o.Weeks = 1
			o.platform("news", "fri 12:00").DerivesFrom = "blog"
			o.People = []calendar.Person{{Name: "awa", Minutes: 60}}
			x := o.post("x", "blog news")
			x.Ready, x.Need = false, map[string]int{"awa": 100}
		}, "hours awa 0→45 2026-W43: Tue 20 09:00 +x", ""},
		{"a leader that is held", func(o *office, p *calendar.Platform) {
			o.platform("news", "wed 12:00").DerivesFrom = "blog"
			o.post("x", "blog news")
			o.outcome("x", "blog", "2026-10-18 09:00", calendar.StateHeld)
		}, "nothing", ""},
		{"a follower that is pinned", func(o *office, p *calendar.Platform) {
			news := o.platform("news", "mon 12:00", "wed 12:00")
			news.DerivesFrom, news.Lag = "blog", civil.Span{Days: 1}
			o.post("x", "blog news").Deadline = o.moment("2026-10-24")
			o.agree("x", "news", "2026-10-19 12:00", true)
		}, "move news x Wed 21 12:00: Tue 20 09:00", ""},
		{"an edition too small", func(o *office, p *calendar.Platform) {
			p.Rhythm.Times = []rhythm.Times{{Days: []time.Weekday{5}, At: []civil.Clock{{Hour: 8}}}}
			p.Edition = &calendar.Edition{Min: 2, Max: 2}
			o.post("a", "blog").Priority = 5
			o.post("b", "blog").Priority = 4
			o.post("x", "blog")
		}, "drop blog b: Fri 23 08:00", "1 more on blog"},
		{"an edition that another joins", func(o *office, p *calendar.Platform) {
			p.Rhythm.Times = []rhythm.Times{{Days: []time.Weekday{5}, At: []civil.Clock{{Hour: 8}}}}
			p.Edition = &calendar.Edition{Min: 2, Max: 3}
			for _, id := range []string{"a", "b", "c"} {
				o.post(id, "blog").Priority = 5
			}
			x := o.post("x", "blog")
			x.Embargo = o.moment("2026-10-25")
			x.Priority = 1
		}, "move blog a Fri 30 08:00: Fri 30 08:00", "1 more on blog"},
		{"nothing that a change could open", func(o *office, p *calendar.Platform) {
			p.Rhythm = rhythm.Rhythm{}
			o.post("x", "blog")
		}, "nothing", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.platform("blog", "tue 09:00", "thu 10:00")
			tt.build(o, &o.Platforms[0])
			a := o.advise("x")
			got := "nothing"
			if len(a.Found) > 0 {
				got = o.say(a.Found[0])
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			needs := ""
			if n := a.Needs; n != nil {
				not := ""
				if n.Other {
					not = "not "
				}
				needs = strings.ReplaceAll(fmt.Sprintf("%d more %s%s on %s", n.N, not, n.Intent+n.Pillar, n.Platform), "  ", " ")
			}
			if needs != tt.needs {
				t.Errorf("needs %q, want %q", needs, tt.needs)
			}
			for _, x := range a.Found {
				t.Logf("loss %5d: %s", x.Loss, o.say(x))
			}
			t.Logf("tried %d, untried %d", a.Tried, a.Untried)
		})
	}
}

// Every other way is told as well, the cheapest first: here hours cost nothing,
// half a rhythm costs a video, and a video dropped as much.
func TestFor_tellsEveryKindOfChange(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "thu 10:00")
	o.platform("tube", "tue 09:00")
	o.People = []calendar.Person{{Name: "awa", Minutes: 100}}
	for _, id := range []string{"v", "w", "x"} {
		p := o.post(id, "tube")
		p.Ready, p.Need = false, map[string]int{"awa": 100}
	}
	o.Posts[2].Platforms, o.Posts[2].Priority = []string{"blog"}, 1
	var got []string
	a := o.advise("x")
	for _, f := range a.Found {
		got = append(got, o.say(f))
	}
	want := []string{
		"hours awa 0→105 2026-W43: Thu 22 10:00",
		"hours awa 0→105 2026-W44: Thu 29 10:00",
		"move blog x Thu 29 10:00: Thu 29 10:00 −w",
		"halve tube: Thu 29 10:00 −w",
		"drop tube w: Thu 29 10:00",
		"drop tube v: Thu 29 10:00 w→Tue 20 09:00",
		"move blog x Thu 22 10:00: Thu 22 10:00 −w v→Tue 27 09:00",
		"halve tube: Thu 22 10:00 −w v→Tue 27 09:00", // the turns of the other weeks
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(wanted -, got +):\n%s", d)
	}
}

// Whatever is advised, made and planned again, gives the item a place, with the
// loss and the movements that are told; the cheapest is told first; and what
// people fixed is in no trouble that it was not in before.
func TestFor_isTrueWhenItIsDone(t *testing.T) {
	t.Parallel()
	asked, helped := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		if rapid.IntRange(1, 3).Draw(t, "asked") > 1 {
			return // a third of them is enough: each takes many plans
		}
		o := planned(in)
		if len(o.Plan.Left) == 0 {
			t.Skip("nothing is left out")
		}
		item := rapid.SampledFrom(o.Plan.Left).Draw(t, "item")
		key := o.Inst.Items[item].Key
		a := advice.For(o.Office, item)
		asked++
		if len(a.Found) > 0 {
			helped++
		}
		if a.Tried > advice.MaxTrials {
			t.Fatalf("%d plans", a.Tried)
		}
		before := o.standing()
		for i, x := range a.Found {
			next := planned(change.Apply(o.In, x.Change)) // as the next plan is
			if _, ok := o.again(next.In).standing()[key]; !ok {
				t.Fatalf("%s: %+v, planned from the plan that stands, gives it no place", key, x.Change)
			}
			if bad := check(t, next.Inst, next.Plan); len(bad) > 0 {
				t.Fatalf("%+v: the checker says %q", x.Change, bad)
			}
			after := next.standing()
			if at, ok := after[key]; !ok || !at.at.Equal(x.At) {
				t.Fatalf("%s: %+v puts it at %v, not at %v", key, x.Change, at.at, x.At)
			}
			if loss := o.loss(key, before, after); loss != x.Loss {
				t.Fatalf("%s: %+v costs %d, not %d", key, x.Change, loss, x.Loss)
			}
			if i > 0 && x.Loss < a.Found[i-1].Loss {
				t.Fatalf("%s: %d comes after %d", key, x.Loss, a.Found[i-1].Loss)
			}
			if got, want := movements(x), inTruth(key, x.Change, before, after); got != want {
				t.Fatalf("%s: %+v: told %s, in truth %s", key, x.Change, got, want)
			}
			if was, is := troubles(o), troubles(next); is > was {
				t.Fatalf("%s: %+v: %d clashes, before %d", key, x.Change, is, was)
			}
		}
		if again := advice.For(planned(shuffled(t, o.In)).Office, item); !reflect.DeepEqual(again, a) {
			t.Fatalf("the order of the input counts:\n%+v\n%+v", a, again)
		}
	})
	t.Logf("%d asked about, %d helped", asked, helped)
}

// seen is a planned office as the tests look at it.
type seen struct{ advice.Office }

// stand is where an item stands, and what it is worth there.
type stand struct {
	at     time.Time
	weight int
}

// planned is an Input that was planned.
func planned(in calendar.Input) seen {
	inst, _ := calendar.Expand(in)
	return seen{advice.Office{In: in, Inst: &inst, Plan: calendar.Make(inst)}}
}

// again plans another Input from the plan that stands.
func (o seen) again(in calendar.Input) seen {
	var was []calendar.Placed
	for _, p := range o.Plan.Placements {
		was = append(was, calendar.Placed{Key: o.Inst.Items[p.Item].Key, At: o.Inst.Time(o.Inst.Slots[p.Slot].At)})
	}
	inst, _ := calendar.Expand(in)
	return seen{advice.Office{In: in, Inst: &inst, Plan: calendar.Again(inst, was)}}
}

// standing lists what has a place that is not out, nor in flight.
func (o seen) standing() map[calendar.Key]stand {
	all := map[calendar.Key]stand{}
	for _, f := range o.Inst.Fixed {
		if f.Why != calendar.WhyPinned && f.Why != calendar.WhyLocked {
			continue
		}
		s := stand{o.Inst.Time(f.At), 1000}
		if f.Slot >= 0 {
			s.weight = o.Inst.Slots[f.Slot].Weight
		}
		all[f.Key] = s
	}
	for _, p := range o.Plan.Placements {
		all[o.Inst.Items[p.Item].Key] = stand{o.Inst.Time(o.Inst.Slots[p.Slot].At), o.Inst.Slots[p.Slot].Weight}
	}
	return all
}

// loss is what all but one are worth less, by the formula of docs/planning.md.
func (o seen) loss(but calendar.Key, before, after map[calendar.Key]stand) int {
	loss := 0
	for _, p := range o.In.Posts {
		prio := []int{4, 1, 2, 4, 8, 16}[p.Priority]
		from := o.Inst.Start
		for _, m := range []civil.Moment{p.Embargo, p.NotBefore} {
			if !m.IsZero() && m.Instant.After(from) {
				from = m.Instant
			}
		}
		worth := func(key calendar.Key, s stand) int {
			wait := max(0, int(s.at.Sub(from)/time.Minute))
			v := prio * max(0, 1000-500*wait/o.Inst.Horizon) * s.weight / 1000
			if o.agreed(key, before, s.at) {
				v += 200 * prio
			}
			return v
		}
		for key, s := range before {
			if key.Post == p.ID && key != but {
				loss += worth(key, s)
			}
		}
		for key, s := range after {
			if key.Post == p.ID && key != but {
				loss -= worth(key, s)
			}
		}
	}
	return max(0, loss)
}

// agreed reports whether the item is agreed, or fixed, at an instant.
func (o seen) agreed(key calendar.Key, before map[calendar.Key]stand, at time.Time) bool {
	for _, it := range o.Inst.Items {
		if it.Key == key {
			return it.Agreed >= 0 && o.Inst.Time(o.Inst.Slots[it.Agreed].At).Equal(at)
		}
	}
	s, ok := before[key]
	return ok && s.at.Equal(at)
}

func troubles(o seen) int { return len(calendar.Clashes(o.Inst, o.Plan)) }

// movements is what an advice tells of others, in order.
func movements(a advice.Advice) string {
	var all []string
	for _, k := range a.Lost {
		all = append(all, k.String()+" lost")
	}
	for _, m := range a.Gained {
		all = append(all, m.Key.String()+" gained")
	}
	for _, m := range a.Moved {
		all = append(all, fmt.Sprint(m.Key, " ", m.From.UTC(), m.To.UTC()))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// inTruth is the same, of two plans.
func inTruth(but calendar.Key, c change.Change, before, after map[calendar.Key]stand) string {
	var all []string
	own := c.Kind == change.Move || c.Kind == change.Drop
	for k, was := range before {
		is, ok := after[k]
		switch {
		case k == but || own && k == c.Key():
		case !ok:
			all = append(all, k.String()+" lost")
		case !is.at.Equal(was.at):
			all = append(all, fmt.Sprint(k, " ", was.at.UTC(), is.at.UTC()))
		}
	}
	for k := range after {
		if _, ok := before[k]; !ok && k != but && !(own && k == c.Key()) {
			all = append(all, k.String()+" gained")
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
