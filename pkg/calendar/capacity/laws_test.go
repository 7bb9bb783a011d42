package capacity_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/capacity"
	"editorial/pkg/calendar/change"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// draw makes an office of some platforms, people and posts, by hand tight.
func draw(t *rapid.T, z civil.Zone, now time.Time) (calendar.Input, capacity.Usual) {
	n := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	in := calendar.Input{Now: now, Zone: z, Weeks: n("weeks", 1, 6), Reserve: 100 * n("reserve", 0, 3)}
	usual := capacity.Usual{}
	var names, people []string
	for i := range n("platforms", 1, 3) {
		p := calendar.Platform{Name: fmt.Sprintf("p%d", i), Effort: 15 * n("effort", 0, 3), Lead: n("lead", 0, 2), CapWeek: n("cap", 0, 3)}
		for range n("slots", 1, 3) {
			p.Rhythm.Times = append(p.Rhythm.Times, weekly(time.Weekday(n("day", 0, 6)), n("hour", 7, 20)))
		}
		if i > 0 && n("derives", 0, 1) == 1 {
			p.DerivesFrom = names[0]
		}
		usual[p.Name] = 60 * n("usual", 0, 8)
		names = append(names, p.Name)
		in.Platforms = append(in.Platforms, p)
	}
	for i := range n("people", 1, 3) {
		people = append(people, fmt.Sprintf("q%d", i))
		in.People = append(in.People, calendar.Person{Name: people[i], Minutes: 60 * n("hours", 0, 10)})
	}
	for i := range n("posts", 0, 8) {
		who := people[n("who", 0, len(people)-1)]
		p := calendar.Post{ID: fmt.Sprintf("post%d", i), Assignee: who, Need: map[string]int{who: 30 * n("need", 0, 12)}, Priority: n("priority", 1, 5)}
		for _, name := range names {
			if n("goes", 0, 2) > 0 {
				p.Platforms = append(p.Platforms, name)
			}
		}
		in.Posts = append(in.Posts, p)
	}
	return in, usual
}

// missing is the least that is left undone, looked up week by week from the
// sums alone: an independent account of [capacity.Balance].
func missing(rows []calendar.LoadRow, extra []int, people int) int {
	weeks := len(extra)
	needed, avail := map[[2]int]int{}, map[[2]int]int{}
	for _, r := range rows {
		needed[[2]int{r.Person, r.Week}], avail[[2]int{r.Person, r.Week}] = r.Needed, r.Avail
	}
	sum, undone := 0, make([]int, people+1)
	for w := range weeks {
		sum += extra[w]
		for p := range people {
			if d := needed[[2]int{p, w}] - avail[[2]int{p, w}] - undone[p]; d > 0 {
				undone[p] += d
				undone[people] += d
			}
		}
		if d := needed[[2]int{-1, w}] + sum - avail[[2]int{-1, w}] - undone[people]; d > 0 {
			undone[people] += d
		}
	}
	return undone[people]
}

func TestLaws(t *testing.T) {
	t.Parallel()
	z, now := paris(t), moment(t, "2026-10-20 08:00").Instant
	tries := 0
	rapid.Check(t, func(t *rapid.T) {
		if tries++; tries > 25 {
			return // enough: each plans some times
		}
		in, usual := draw(t, z, now)
		w := capacity.Wished(in, usual)
		b := w.Balance(capacity.Scope{})
		rows := calendar.Load(&w.Inst, w.Plan)
		extra := make([]int, w.Inst.Weeks)
		for _, f := range w.Fills {
			if due := w.Inst.Slots[f.Slot].DueWeek; due < len(extra) {
				extra[due] += f.Minutes()
			}
		}
		sums(t, b, rows, extra)
		if want := missing(rows, extra, len(in.People)); b.Short != want {
			t.Fatalf("%d minutes are missing, want %d", b.Short, want)
		}

		// The hours that are missing, and no fewer, are enough.
		var found []change.Change
		for _, h := range b.Missing() {
			who := max(h.Person, 0)
			found = append(found, change.Change{Kind: change.Hours, Person: w.Inst.People[who], N: h.Minutes, Week: civil.WeekOf(z.Date(w.Inst.Start)).Add(h.Week)})
		}
		if len(found) > 0 {
			short := func(changes []change.Change) int {
				w := capacity.Wished(change.Apply(in, changes...), usual)
				return w.Balance(capacity.Scope{}).Short
			}
			if left := short(found); left != 0 {
				t.Fatalf("with %+v, %d minutes are still missing", found, left)
			}
			found[len(found)-1].N--
			if left := short(found); left != 1 {
				t.Fatalf("with a minute less, %d are missing", left)
			}
		}

		// More hours never leave more undone.
		more := change.Change{Kind: change.Hours, Person: "q0", N: rapid.IntRange(1, 600).Draw(t, "more")}
		richer := capacity.Wished(change.Apply(in, more), usual)
		if got := richer.Balance(capacity.Scope{}).Short; got > b.Short {
			t.Fatalf("%d minutes more leave %d undone instead of %d", more.N, got, b.Short)
		}

		// Of one person it says the same as in the whole.
		for who, name := range w.Inst.People {
			alone := w.Balance(capacity.Scope{Person: name})
			for week, r := range alone.Rows {
				if r != b.Rows[who*b.Weeks+week] {
					t.Fatalf("%s alone has %+v, of all %+v", name, r, b.Rows[who*b.Weeks+week])
				}
			}
		}
	})
}

// sums holds the rows against the planner's own.
func sums(t *rapid.T, b capacity.Balance, rows []calendar.LoadRow, extra []int) {
	needed, had, fill := 0, 0, 0
	for i, r := range b.Rows {
		if r.Week == 0 {
			needed, had, fill = 0, 0, 0
		}
		needed, had = needed+r.Needed, had+r.Had
		if r.Person == capacity.Team {
			fill += extra[r.Week]
		}
		if rows[i].Person != r.Person || rows[i].Week != r.Week || rows[i].Needed+fill != needed || rows[i].Avail != had {
			t.Fatalf("row %+v sums up to %d of %d, the plan says %+v, the fills %d", r, needed, had, rows[i], fill)
		}
	}
}

// TestLaws_mend: what is said of each fix is so, and what mends it mends it.
func TestLaws_mend(t *testing.T) {
	t.Parallel()
	z, now := paris(t), moment(t, "2026-10-20 08:00").Instant
	mended, tries := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		if tries++; tries > 6 {
			return // enough: each plans dozens of times
		}
		in, usual := draw(t, z, now)
		w := capacity.Wished(in, usual)
		r := capacity.Mend(w, usual, capacity.Scope{})
		left, made := w.Balance(capacity.Scope{}).Short, in
		if left > 0 && !r.Mends() {
			t.Fatalf("%d minutes are missing, and not even leaving everything out mends that: %+v", left, r)
		}
		if most := 60 + 4*len(in.Platforms); r.Plans > most {
			t.Fatalf("%d plans, at most %d", r.Plans, most)
		}
		for _, f := range r.Fixes {
			made = change.Apply(made, f.Changes...)
			w := capacity.Wished(made, usual)
			got := w.Balance(capacity.Scope{}).Short
			if got != f.Left || left-got != f.Saves {
				t.Fatalf("%+v leaves %d of %d", f, got, left)
			}
			left = got
		}
		if r.Mends() != (left == 0 && len(r.Fixes) > 0) {
			t.Fatalf("Mends is %v with %d missing", r.Mends(), left)
		}
		if r.Mends() {
			mended++
		}
	})
	if mended == 0 {
		t.Error("nothing was mended")
	}
}

func BenchmarkMend(b *testing.B) {
	for _, size := range []int{50, 400} {
		b.Run(fmt.Sprintf("%d", size), func(b *testing.B) {
			in, usual := quarter(b, size)
			w := capacity.Wished(in, usual)
			if w.Balance(capacity.Scope{}).Short == 0 {
				b.Fatal("nothing is missing")
			}
			plans := 0
			for b.Loop() {
				r := capacity.Mend(w, usual, capacity.Scope{})
				plans = r.Plans
			}
			b.ReportMetric(float64(plans), "plans")
		})
	}
}

// quarter is thirteen weeks of seven platforms with so many items wished.
func quarter(t testing.TB, items int) (calendar.Input, capacity.Usual) {
	in := calendar.Input{Now: moment(t, "2026-10-19 08:00").Instant, Zone: paris(t), Weeks: 13, Reserve: 200}
	usual := capacity.Usual{}
	for i := range 7 {
		p := calendar.Platform{Name: fmt.Sprintf("p%d", i), Effort: 15}
		for d := range 4 {
			p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{time.Weekday((i + 2*d) % 7)}, At: []civil.Clock{{Hour: 8 + i}}})
		}
		if i > 0 {
			p.DerivesFrom = "p0"
		}
		usual[p.Name] = 60
		in.Platforms = append(in.Platforms, p)
	}
	for i := range 5 {
		in.People = append(in.People, calendar.Person{Name: fmt.Sprintf("q%d", i), Minutes: 300})
	}
	for i := range items / 4 {
		who := fmt.Sprintf("q%d", i%5)
		in.Posts = append(in.Posts, calendar.Post{
			ID: fmt.Sprintf("post%03d", i), Assignee: who, Need: map[string]int{who: 120}, Priority: 1 + i%5,
			Platforms: []string{"p0", fmt.Sprintf("p%d", 1+i%6), fmt.Sprintf("p%d", 1+(i+2)%6), fmt.Sprintf("p%d", 1+(i+3)%6)},
		})
	}
	return in, usual
}
