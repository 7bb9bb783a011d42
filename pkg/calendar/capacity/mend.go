package capacity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"editorial/pkg/calendar/change"
)

// Fix is one decision that lessens what is missing, tried by planning again.
type Fix struct {
	// Changes are one, or one for each platform of a post that is dropped, or
	// for each of the platforms that are left out together.
	Changes []change.Change
	// Saves is the minutes that are no longer missing, Left those that still
	// are, once this and all fixes before it are made.
	Saves, Left int
	// Loss is what the wish is worth less, with all fixes before it made.
	Loss int
}

// Remedy is what closes the gap.
type Remedy struct {
	// Fixes are to be made one after the other. They mend it if the last leaves
	// nothing missing; there may be none that does.
	Fixes []Fix
	// Worth is what the wish is worth, as the losses of the fixes are counted.
	Worth int
	// Stuck is what would be missing if all platforms were left out, in minutes:
	// the work of what is fixed already, or under way.
	Stuck int
	// Plans is how often it was planned: the work that it took.
	Plans int
}

// Mends reports whether nothing is missing once all fixes are made.
func (r Remedy) Mends() bool { return len(r.Fixes) > 0 && r.Fixes[len(r.Fixes)-1].Left == 0 }

// All lists the changes of all fixes.
func (r Remedy) All() []change.Change {
	var all []change.Change
	for _, f := range r.Fixes {
		all = append(all, f.Changes...)
	}
	return all
}

// Bounds of the search. They are counted in plans, and the work of one in its
// items and slots, so that the answer does not depend on the machine.
const (
	maxFixes = 12
	maxWays  = 4 // beside the first: what was planned once is known
	maxTries = 8 // that are planned for one fix; in large offices fewer
	// leastTries are those of the greatest offices.
	leastTries = 2
	maxWork    = 24_000
	minPlans   = 8
	maxPlans   = 60
)

// bothers is how many decisions cost as much as the whole calendar is worth,
// beside what each loses: so one decision comes before many small ones.
const bothers = 50

// Mend looks for the fixes that close what a wish lacks at the least loss.
// Every fix is tried by planning again: of each step the one is taken that
// loses least for the hours that it saves, and what later ones make needless is
// taken out at the end. Then it looks for another way without the dearest of
// them, and so on, as long as there is one and the work is not too much. Where
// none of these ways gets there, platforms are left out until it does. Nothing
// mends what is missing for what is fixed: that is Stuck.
//
// It plans maxPlans times at most, and plansOfPlatform times more for each
// platform where these have to be left out.
func Mend(w Wish, usual Usual, scope Scope) Remedy {
	if w.Balance(scope).Short == 0 {
		return Remedy{Worth: w.Value}
	}
	m := &mender{usual: usual, scope: scope, wish: w, from: w.settled(), tried: map[string]standing{}}
	m.bother = w.Value / bothers
	m.budget = min(max(minPlans, maxWork/(1+len(w.Inst.Items)+len(w.Inst.Slots))), maxPlans)
	m.floor = m.everything()
	best := m.way()
	last := best
	for range maxWays {
		if len(last) == 0 {
			break
		}
		m.forbid(last)
		if last = m.way(); m.better(last, best) {
			best = last
		}
	}
	if len(best) == 0 || best[len(best)-1].Left > m.floor {
		if last := m.resort(); m.better(last, best) {
			best = last
		}
	}
	return Remedy{Fixes: useful(best), Worth: w.Value, Stuck: m.floor, Plans: m.plans}
}

// useful cuts off what leaves no less missing than the fixes before.
func useful(fixes []Fix) []Fix {
	n := 0
	for i := range fixes {
		if n == 0 && fixes[i].Saves > 0 || n > 0 && fixes[i].Left < fixes[n-1].Left {
			n = i + 1
		}
	}
	return fixes[:n]
}

// way goes one way from the wish, as far as it gets. The search plans from the
// wish as if that were agreed, which is quick and moves little; what is
// reported is then planned from the Input alone, as anybody would who makes the
// changes. Where that gives less it goes on from there.
func (m *mender) way() []Fix {
	m.fixes = nil
	pruned := false // once only: what was taken out might be added again for ever
	for at := m.stand(m.from); ; {
		before := len(m.fixes)
		for len(m.fixes) < maxFixes && at.short > m.floor && m.room(1) {
			best, next, ok := m.step(at)
			if !ok {
				break
			}
			m.fixes = append(m.fixes, best)
			at = next
		}
		if len(m.fixes) == before {
			return m.fixes
		}
		if at.short <= m.floor && !pruned {
			pruned = true
			m.prune()
		}
		if at = m.order(); at.short <= m.floor {
			return m.fixes
		}
	}
}

// better reports whether fixes mend more than others, or as much for less.
func (m *mender) better(a, b []Fix) bool {
	left := func(fixes []Fix) int {
		if len(fixes) == 0 {
			return math.MaxInt
		}
		return fixes[len(fixes)-1].Left
	}
	cost := func(fixes []Fix) int {
		sum := 0
		for _, f := range fixes {
			sum += f.Loss + m.bother
		}
		return sum
	}
	return cmp.Or(cmp.Compare(left(a), left(b)), cmp.Compare(cost(a), cost(b))) < 0
}

// forbid keeps the dearest fix out of every other way.
func (m *mender) forbid(fixes []Fix) {
	dearest := slices.MaxFunc(fixes, func(a, b Fix) int { return a.Loss - b.Loss })
	m.forbidden = append(m.forbidden, dearest.Changes)
}

// room reports whether it may be planned once more: each of the fixes, and of
// more that are to come, is planned at the end to be reported.
func (m *mender) room(more int) bool { return m.budget-m.plans > len(m.fixes)+more }

type mender struct {
	usual Usual
	scope Scope
	// wish is how it stands, from the same as if its own plan were agreed.
	wish, from Wish
	fixes      []Fix
	tried      map[string]standing
	// plans is how often it was planned, budget how often it may be.
	plans, budget int
	// floor is what is missing with all platforms left out.
	floor int
	// bother is what one more decision costs beside what it loses.
	bother int
	// forbidden are the changes of fixes that are not to be made again.
	forbidden [][]change.Change
}

// standing is a wish, its needs, and what it lacks.
type standing struct {
	Wish
	short int
}

func (m *mender) stand(w Wish) standing { return standing{w, w.Balance(m.scope).Short} }

// try plans with changes made, as if the wish were agreed.
func (m *mender) try(changes []change.Change) standing {
	return m.known("again", changes, func() Wish { return m.from.again(change.Apply(m.from.Input, changes...), m.usual) })
}

// known plans what was not planned yet: other ways begin alike. The order of
// changes matters only where a rhythm is halved twice.
func (m *mender) known(how string, changes []change.Change, plan func() Wish) standing {
	var names []string
	halved := 0
	for _, c := range changes {
		names = append(names, fmt.Sprint(c))
		if c.Kind == change.Halve {
			halved++
		}
	}
	if halved < 2 {
		slices.Sort(names)
	}
	name := how + strings.Join(names, "\n")
	if got, ok := m.tried[name]; ok {
		return got
	}
	m.plans++
	got := m.stand(plan())
	m.tried[name] = got
	return got
}

// worse compares what is lost for each minute that is saved, the bother of a
// decision included; what saves none is worst.
func (m *mender) worse(lossA, savesA, lossB, savesB int) int {
	return dearer(lossA+m.bother, savesA, lossB+m.bother, savesB)
}

// dearer compares what is lost for each minute that is saved; what saves none
// is dearest.
func dearer(lossA, savesA, lossB, savesB int) int {
	if savesA <= 0 || savesB <= 0 {
		return savesB - savesA
	}
	return cmp.Compare(lossA*savesB, lossB*savesA)
}

// step finds the best next fix: it plans with the ideas that look best, until
// none of those that are left can be better than the best found.
func (m *mender) step(at standing) (best Fix, next standing, ok bool) {
	ideas := m.ideas(at)
	tries, most := 0, max(leastTries, min(maxTries, m.budget/maxTries))
	for _, idea := range ideas {
		if tries >= most && ok || !m.room(1) {
			break
		}
		if ok && m.worse(idea.loss, idea.saves, best.Loss, best.Saves) >= 0 {
			break
		}
		tries++
		got := m.try(slices.Concat(Remedy{Fixes: m.fixes}.All(), idea.changes))
		fix := Fix{Changes: idea.changes, Saves: at.short - got.short, Left: got.short, Loss: max(0, at.Value-got.Value)}
		if fix.Saves > 0 && (!ok || m.worse(fix.Loss, fix.Saves, best.Loss, best.Saves) < 0) {
			best, next, ok = fix, got, true
		}
	}
	return best, next, ok
}

// prune takes out fixes without which the others mend it, the dearest first.
func (m *mender) prune() {
	order := slices.Clone(m.fixes)
	slices.SortStableFunc(order, func(a, b Fix) int { return b.Loss - a.Loss })
	for _, f := range order {
		if len(m.fixes) < 2 || !m.room(0) {
			return
		}
		rest := slices.DeleteFunc(slices.Clone(m.fixes), func(x Fix) bool { return slices.Equal(x.Changes, f.Changes) })
		if m.try(Remedy{Fixes: rest}.All()).short <= m.floor {
			m.fixes = rest
		}
	}
}

// orderable is how many fixes are tried in every order that might be best.
const orderable = 4

// order says of each fix what it gives once those before it are made, and puts
// first what loses least for each hour that it saves there: of few fixes each
// is tried at each place, as far as it may be planned. It returns where that
// leads.
func (m *mender) order() standing {
	at := m.stand(m.wish)
	var made []change.Change
	for i := range m.fixes {
		last := i + 1
		if len(m.fixes) <= orderable {
			last = len(m.fixes)
		}
		best, next := i, standing{}
		for k := i; k < last; k++ {
			if k > i && m.budget-m.plans < len(m.fixes)-i {
				break // the others are still to be planned, each once
			}
			f := &m.fixes[k]
			got := m.fresh(slices.Concat(made, f.Changes))
			f.Saves, f.Left, f.Loss = at.short-got.short, got.short, max(0, at.Value-got.Value)
			if b := &m.fixes[best]; k == i || dearer(f.Loss, f.Saves, b.Loss, b.Saves) < 0 {
				best, next = k, got
			}
		}
		m.fixes[i], m.fixes[best] = m.fixes[best], m.fixes[i]
		made = append(made, m.fixes[i].Changes...)
		at = next
	}
	return at
}

// fresh plans with changes made, from nothing but the Input.
func (m *mender) fresh(changes []change.Change) standing {
	return m.known("fresh", changes, func() Wish { return Wished(change.Apply(m.wish.Input, changes...), m.usual) })
}

// Hours is what somebody would have to find beside the usual hours; Person is
// [Team] where anybody may.
type Hours struct{ Person, Week, Minutes int }

// Missing lists the hours with which everything could be made: what each
// person lacks in each week, then what the team lacks beyond that.
func (b Balance) Missing() []Hours {
	var all []Hours
	byWeek := make([]int, b.Weeks)
	for _, r := range b.Rows {
		short := r.Short
		if r.Person == Team {
			short -= byWeek[r.Week]
		} else {
			byWeek[r.Week] += r.Short
		}
		if short > 0 {
			all = append(all, Hours{r.Person, r.Week, short})
		}
	}
	return all
}
