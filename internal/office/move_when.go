package office

import (
	"errors"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// when reads the wish and holds it against the post's own dates and the
// platform's editions.
func (m *mover) when(text string) (time.Time, error) {
	today := m.Zone.Date(m.Now)
	wish, err := m.Zone.ParseWhen(text, today)
	var parse *civil.ParseError
	if errors.As(err, &parse) {
		return time.Time{}, m.fail(CodeMoveWhen, problem.Params{"value": text})
	}
	if err != nil {
		return time.Time{}, err
	}
	at, ok := m.on(wish)
	if first, _, _ := strings.Cut(strings.TrimSpace(text), " "); m.late(at, ok, wish) && isWeekday(first) {
		// "friday 09:00", said on a Friday at ten, is the next one.
		if next, err := m.Zone.ParseWhen(text, today.AddDays(1)); err == nil {
			wish = next
			at, ok = m.on(wish)
		}
	}
	switch {
	case !ok && m.Zone.Date(wish.Instant).Before(today):
		return at, m.fail(CodeMovePast, problem.Params{"date": wish.Local.Date.String()})
	case !ok:
		return at, m.fail(CodeMoveNoSlot, problem.Params{"date": wish.Local.Date.String()})
	case at.Before(m.Now):
		return at, m.fail(CodeMovePast, problem.Params{"date": m.wall(at)})
	}
	return at, m.allowed(at)
}

// late reports whether a wish leads nowhere today.
func (m *mover) late(at time.Time, ok bool, wish civil.Moment) bool {
	return wish.Local.Date == m.Zone.Date(m.Now) && (!ok || at.Before(m.Now))
}

func isWeekday(word string) bool {
	_, err := civil.ParseWeekday(strings.TrimRight(word, ","))
	return err == nil
}

// on returns the instant of a wish: its own time; or, of a day, that at which
// the item stands on it, or a slot of the platform, rather a free one.
func (m *mover) on(wish civil.Moment) (time.Time, bool) {
	if wish.HasClock {
		return wish.Instant.Truncate(time.Minute), true
	}
	day := wish.Local.Date
	if m.now != nil && m.Zone.Date(m.now.At) == day {
		return m.now.At, true
	}
	inst := &m.before.Instance
	taken := map[int]bool{}
	for _, x := range m.before.Plan.Placements {
		taken[x.Slot] = !inst.Platforms[inst.Slots[x.Slot].Platform].Edition
	}
	best := -1
	for i, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name != m.key.Platform || m.Zone.Date(inst.Time(s.At)) != day || s.Own {
			continue
		}
		taken[i] = taken[i] || s.Fixed >= s.Max
		if best < 0 || taken[best] && !taken[i] {
			best = i
		}
	}
	if best < 0 {
		return time.Time{}, false
	}
	return m.local(inst.Time(inst.Slots[best].At)), true
}

// allowed holds an instant against the embargo and its kin, and an edition's
// rhythm.
func (m *mover) allowed(at time.Time) error {
	limit := func(x civil.Moment) string {
		if x.HasClock {
			return x.Local.String()
		}
		return x.Local.Date.String()
	}
	p := m.post
	for _, from := range []civil.Moment{p.Embargo, p.NotBefore} {
		if at.Before(from.Instant) {
			return m.fail(CodeMoveEarly, problem.Params{"limit": limit(from)})
		}
	}
	if d := p.Deadline; !d.IsZero() && (d.HasClock && at.After(d.Instant) || !d.HasClock && d.Local.Date.Before(m.Zone.Date(at))) {
		return m.fail(CodeMoveLate, problem.Params{"limit": limit(d)})
	}
	if !p.Expires.IsZero() && !at.Before(p.Expires.Instant) {
		return m.fail(CodeMoveLate, problem.Params{"limit": limit(p.Expires)})
	}
	if m.Config.Platforms[m.key.Platform].Edition.Max == 0 {
		return nil
	}
	var editions []string
	inst := &m.before.Instance
	for _, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name == m.key.Platform {
			if inst.Time(s.At).Equal(at) {
				return nil
			}
			editions = append(editions, m.wall(inst.Time(s.At)))
		}
	}
	const most = 3
	return m.fail(CodeMoveNoEdition, problem.Params{"date": m.wall(at), "known": strings.Join(editions[:min(len(editions), most)], ", ")})
}
