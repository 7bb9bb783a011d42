package capacity

import (
	"slices"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
)

// plansOfPlatform are those of the last resort for each platform: to leave it
// out, to see whether it can stay, and to report it.
const plansOfPlatform = 4

// everything leaves out all platforms, and returns how much is missing then:
// the work of what is fixed, which no change of this kind takes away.
func (m *mender) everything() int {
	var all []change.Change
	for _, p := range m.from.Input.Platforms {
		all = append(all, leaveOut(p.Name))
	}
	return m.try(all).short
}

func leaveOut(platform string) change.Change {
	return change.Change{Kind: change.Without, Platform: platform}
}

// resort leaves out platforms, one group after the other, until no more is
// missing than with none of them. A platform goes together with those that
// derive from it, as their posts would begin there else, and with those of which
// the planning said that they save nothing alone.
func (m *mender) resort() []Fix {
	m.fixes, m.forbidden = nil, nil
	m.budget = m.plans + plansOfPlatform*len(m.from.Input.Platforms)
	at := m.stand(m.from)
	var group []change.Change
	for at.short > m.floor {
		next := m.wider(at, group)
		if len(next) == len(group) {
			break // all are out
		}
		group = next
		got := m.try(slices.Concat(Remedy{Fixes: m.fixes}.All(), group))
		if got.short < at.short {
			m.fixes = append(m.fixes, Fix{Changes: group, Saves: at.short - got.short, Left: got.short, Loss: max(0, at.Value-got.Value)})
			at, group = got, nil
		}
	}
	m.thin()
	if at := m.order(); at.short > m.floor {
		// What was planned from the wish is not so from nothing: all go.
		var rest []change.Change
		for next := m.wider(at, nil); len(next) > len(rest); next = m.wider(at, rest) {
			rest = next
		}
		if len(rest) > 0 {
			m.fixes = append(m.fixes, Fix{Changes: rest})
			m.order()
		}
	}
	return m.fixes
}

// wider adds to a group the platform that seems to lose least for what it
// saves, those that derive from it first; nothing if all are out.
func (m *mender) wider(at standing, group []change.Change) []change.Change {
	gone := map[string]bool{}
	for _, c := range slices.Concat(Remedy{Fixes: m.fixes}.All(), group) {
		gone[c.Platform] = true
	}
	var best idea
	for _, p := range at.Input.Platforms {
		if gone[p.Name] {
			continue
		}
		x := idea{changes: slices.Clone(group)}
		out := map[int]bool{}
		for _, name := range append(derived(at.Input.Platforms, p.Name), p.Name) {
			if !gone[name] {
				x.changes = append(x.changes, leaveOut(name))
			}
		}
		for i := range at.Inst.Platforms {
			out[i] = slices.Contains(x.changes, leaveOut(at.Inst.Platforms[i].Name))
		}
		x.saves, x.loss = m.estimate(at, func(slot, _ int) bool { return out[at.Inst.Slots[slot].Platform] })
		if best.changes == nil || m.compare(x, best) < 0 || x.saves <= 0 && best.saves <= 0 && x.loss < best.loss {
			best = x
		}
	}
	if best.changes == nil {
		return group
	}
	return best.changes
}

// derived lists the platforms that derive from one, the furthest first.
func derived(all []calendar.Platform, name string) []string {
	list := []string{name}
	for i := 0; i < len(list); i++ {
		for _, p := range all {
			if p.DerivesFrom == list[i] && !slices.Contains(list, p.Name) {
				list = append(list, p.Name)
			}
		}
	}
	list = list[1:]
	slices.Reverse(list)
	return list
}

// thin lets each platform stay without which the others do as well.
func (m *mender) thin() {
	for _, c := range (Remedy{Fixes: m.fixes}).All() {
		rest := without(m.fixes, c)
		if len(rest) == 0 || !m.room(0) {
			return
		}
		if m.try(Remedy{Fixes: rest}.All()).short <= m.floor {
			m.fixes = rest
		}
	}
}

// without returns fixes without a change, and without those that are empty then.
func without(fixes []Fix, c change.Change) []Fix {
	var rest []Fix
	for _, f := range fixes {
		f.Changes = slices.DeleteFunc(slices.Clone(f.Changes), func(x change.Change) bool { return x == c })
		if len(f.Changes) > 0 {
			rest = append(rest, f)
		}
	}
	return rest
}
