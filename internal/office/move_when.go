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
	at, why := m.on(wish)
	if first, _, _ := strings.Cut(strings.TrimSpace(text), " "); m.late(at, why, wish) && isWeekday(first) {
		// "friday 09:00", said on a Friday at ten, is the next one.
		if next, err := m.Zone.ParseWhen(text, today.AddDays(1)); err == nil {
			wish = next
			at, why = m.on(wish)
		}
	}
	switch {
	case why != "" && m.Zone.Date(wish.Instant).Before(today):
		return at, m.fail(CodeMovePast, problem.Params{"date": wish.Local.Date.String()})
	case why == CodeMoveNoEdition:
		return at, m.noEdition(wish.Local.Date.String())
	case why == CodeMoveTaken:
		return at, m.fail(why, problem.Params{"date": m.wall(at), "other": m.fixedAt(at)})
	case why != "":
		return at, m.fail(why, problem.Params{"date": wish.Local.Date.String()})
	case at.Before(m.Now):
		return at, m.fail(CodeMovePast, problem.Params{"date": m.wall(at)})
	}
	return at, m.allowed(at)
}

// late reports whether a wish leads nowhere today.
func (m *mover) late(at time.Time, why problem.Code, wish civil.Moment) bool {
	return wish.Local.Date == m.Zone.Date(m.Now) && (why != "" || at.Before(m.Now))
}

func isWeekday(word string) bool {
	_, err := civil.ParseWeekday(strings.TrimRight(word, ","))
	return err == nil
}

// on returns the instant of a wish: its own time; or, of a day, that at which
// the item stands on it, or a slot of the platform, rather a free one. Why not
// is a code: only who says the time may stand in a slot that is full of what is
// fixed.
func (m *mover) on(wish civil.Moment) (at time.Time, why problem.Code) {
	if wish.HasClock {
		return wish.Instant.Truncate(time.Minute), ""
	}
	day := wish.Local.Date
	if m.now != nil && m.Zone.Date(m.now.At) == day {
		return m.now.At, ""
	}
	inst := &m.before.Instance
	const free, planned, fixed = 0, 1, 2
	taken := map[int]int{}
	for _, x := range m.before.Plan.Placements {
		if !inst.Platforms[inst.Slots[x.Slot].Platform].Edition {
			taken[x.Slot] = planned
		}
	}
	best := -1
	for i, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name != m.key.Platform || m.Zone.Date(inst.Time(s.At)) != day || s.Own {
			continue
		}
		if s.Fixed >= s.Max {
			taken[i] = fixed
		}
		if best < 0 || taken[i] < taken[best] {
			best = i
		}
	}
	switch {
	case best >= 0 && taken[best] == fixed:
		return m.local(inst.Time(inst.Slots[best].At)), CodeMoveTaken
	case best >= 0:
		return m.local(inst.Time(inst.Slots[best].At)), ""
	case m.edition():
		return at, CodeMoveNoEdition
	}
	return at, CodeMoveNoSlot
}

// fixedAt is the title of what is fixed on the platform at an instant.
func (m *mover) fixedAt(at time.Time) string {
	for _, x := range m.before.Placements {
		if x.Platform == m.key.Platform && sameMinute(x.At, at) {
			return TitleOf(x)
		}
	}
	return m.key.Platform
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
	if !m.edition() {
		return nil
	}
	inst := &m.before.Instance
	for _, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name == m.key.Platform && inst.Time(s.At).Equal(at) {
			return nil
		}
	}
	return m.noEdition(m.wall(at))
}

// edition reports whether posts go out on the platform in editions.
func (m *mover) edition() bool { return m.Config.Platforms[m.key.Platform].Edition.Max != 0 }

// noEdition says that there is none then, and names the next ones.
func (m *mover) noEdition(date string) error {
	const most = 3
	var editions []string
	inst := &m.before.Instance
	for _, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name == m.key.Platform && len(editions) < most {
			editions = append(editions, m.wall(inst.Time(s.At)))
		}
	}
	return m.fail(CodeMoveNoEdition, problem.Params{"date": date, "known": strings.Join(editions, ", ")})
}
