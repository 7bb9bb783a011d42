package change

import (
	"maps"
	"slices"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// Apply returns the Input with the changes made, one after the other. What is
// changed is copied, the rest is shared: the Input that is given stays as it is.
func Apply(in calendar.Input, changes ...Change) calendar.Input {
	for _, c := range changes {
		in = c.apply(in)
	}
	return in
}

func (c Change) apply(in calendar.Input) calendar.Input {
	switch c.Kind {
	case Drop:
		return c.drop(in)
	case Move:
		return c.move(in)
	case Hours, SetHours:
		return c.hours(in)
	case Embargo, NotBefore, Deadline, Expires:
		return c.window(in)
	case Without:
		return c.without(in)
	case CapDay, CapWeek, Gap, Spread, Halve, Rhythm, MixMin, MixMax, Skip:
		in.Platforms = slices.Clone(in.Platforms)
		for i := range in.Platforms {
			if in.Platforms[i].Name == c.Platform {
				c.rule(in, &in.Platforms[i])
			}
		}
	}
	return in
}

// rule changes one rule of a platform; p is a copy already.
func (c Change) rule(in calendar.Input, p *calendar.Platform) {
	switch c.Kind {
	case CapDay:
		p.CapDay = c.N
	case CapWeek:
		p.CapWeek = c.N
	case Gap:
		p.Gap = c.N
	case Spread:
		p.Spread = c.N
	case MixMin, MixMax:
		p.Mix = slices.Clone(p.Mix)
		for i := range p.Mix {
			m := &p.Mix[i]
			if m.Intent != c.Intent || m.Pillar != c.Pillar {
				continue
			}
			if c.Kind == MixMin {
				m.Min = c.N
			} else {
				m.Max = c.N
			}
		}
	case Skip:
		p.Closed.Days = slices.Clone(p.Closed.Days)
		for d := range 7 {
			if (c.Week != civil.Week{}) {
				p.Closed.Days = append(p.Closed.Days, rhythm.Day{Date: c.Week.Monday().AddDays(d)})
			}
		}
	case Halve:
		p.Rhythm = c.halve(in, p.Rhythm)
	case Rhythm:
		p.Rhythm = c.set(in, p.Rhythm)
	}
}

// post returns the Input with a copy of a post, changed by do.
func post(in calendar.Input, id string, do func(*calendar.Post)) calendar.Input {
	i := slices.IndexFunc(in.Posts, func(p calendar.Post) bool { return p.ID == id })
	if i < 0 {
		return in
	}
	in.Posts = slices.Clone(in.Posts)
	do(&in.Posts[i])
	return in
}

// drop lets the post's date mean what it meant: the platform stays named as
// long as any occurrence is wished there, else it goes from the list.
func (c Change) drop(in calendar.Input) calendar.Input {
	key := c.Key()
	in = post(in, c.Post, func(p *calendar.Post) { keep(p, key.Platform, key.Occurrence-1) })
	return unagree(in, func(k calendar.Key) bool {
		return k.Post == key.Post && k.Platform == key.Platform && k.Occurrence >= key.Occurrence
	})
}

// keep leaves the first occurrences of a post on a platform.
func keep(p *calendar.Post, platform string, most int) {
	if !slices.Contains(p.Platforms, platform) {
		return
	}
	if most == 0 {
		p.Platforms = slices.DeleteFunc(slices.Clone(p.Platforms), func(name string) bool { return name == platform })
		return
	}
	old, ok := p.Most[platform]
	if !ok {
		old = max(1, p.Repeat.Times)
	}
	p.Most = maps.Clone(p.Most)
	if p.Most == nil {
		p.Most = map[string]int{}
	}
	p.Most[platform] = min(old, most)
}

// unagree takes lines out of the agreed calendar.
func unagree(in calendar.Input, gone func(calendar.Key) bool) calendar.Input {
	in.Agreed = slices.DeleteFunc(slices.Clone(in.Agreed), func(a calendar.Agreed) bool { return gone(a.Key) })
	return in
}

// move writes the mark of a person's move into the agreed calendar.
func (c Change) move(in calendar.Input) calendar.Input {
	key := c.Key()
	line := calendar.Agreed{Key: key, At: c.At, Pin: true}
	for _, a := range in.Agreed {
		if a.Key == key {
			line.Source = a.Source
		}
	}
	in = unagree(in, func(k calendar.Key) bool { return k == key })
	in.Agreed = append(in.Agreed, line)
	return in
}

func (c Change) hours(in calendar.Input) calendar.Input {
	in.People = slices.Clone(in.People)
	for i := range in.People {
		p := &in.People[i]
		if p.Name != c.Person {
			continue
		}
		switch {
		case c.Kind == SetHours:
			p.Minutes = max(0, c.N)
		case c.Week == civil.Week{}:
			p.Minutes = max(0, p.Minutes+c.N)
		default:
			p.Extra = append(slices.Clone(p.Extra), calendar.Extra{Week: c.Week, Minutes: c.N})
		}
	}
	return in
}

func (c Change) window(in calendar.Input) calendar.Input {
	var to civil.Moment
	if !c.At.IsZero() {
		to = in.Zone.Moment(in.Zone.DateTime(c.At))
		to.Instant = c.At // of an hour that comes twice, the one that is meant
	}
	return post(in, c.Post, func(p *calendar.Post) {
		switch c.Kind {
		case Embargo:
			p.Embargo = to
		case NotBefore:
			p.NotBefore = to
		case Deadline:
			p.Deadline = to
		case Expires:
			p.Expires = to
		}
	})
}

// without empties a platform. It stays in the list: what was published there
// is still out, and what follows that still follows.
func (c Change) without(in calendar.Input) calendar.Input {
	if !slices.ContainsFunc(in.Platforms, func(p calendar.Platform) bool { return p.Name == c.Platform }) {
		return in
	}
	in.Platforms = slices.Clone(in.Platforms)
	for i := range in.Platforms {
		if in.Platforms[i].Name == c.Platform {
			in.Platforms[i].Rhythm = rhythm.Rhythm{}
		}
	}
	in.Posts = slices.Clone(in.Posts)
	for i := range in.Posts {
		keep(&in.Posts[i], c.Platform, 0)
	}
	return unagree(in, func(k calendar.Key) bool { return k.Platform == c.Platform })
}
