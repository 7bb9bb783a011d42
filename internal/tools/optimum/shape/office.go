package shape

import (
	"fmt"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

func pillars() []string { return []string{"", "craft", "people", "town", "money"} }
func intents() []string { return []string{"", "inform", "converse", "promote"} }

func platformName(i int) string {
	return []string{"blog", "x", "letter", "video", "photo", "forum", "audio"}[i]
}

func (o *office) platform(i int) {
	p := calendar.Platform{Name: platformName(i), Lead: pick(o, o.lead), Effort: pick(o, o.effort)}
	days := shuffled(o, []time.Weekday{0, 1, 2, 3, 4, 5, 6})
	n := o.between(o.slots)
	for k := range n {
		t := rhythm.Times{Days: []time.Weekday{days[k%7]}, At: []civil.Clock{{Hour: 7 + (o.rand.IntN(5)+5*(k/7))%15, Minute: 30 * o.rand.IntN(2)}}, Weight: pick(o, o.weights)}
		p.Rhythm.Times = append(p.Rhythm.Times, t)
	}
	if o.chance(o.edition) {
		least := 1 + o.rand.IntN(4)
		p.Edition = &calendar.Edition{Min: least, Max: least + o.rand.IntN(4)}
	}
	if o.chance(o.capDay) {
		p.CapDay = 1 + o.rand.IntN(2)
	}
	if o.chance(o.capWeek) {
		p.CapWeek = max(1, n-1-o.rand.IntN(2))
	}
	p.Gap, p.Spread = pick(o, o.gaps), pick(o, o.spreads)
	if i > 0 && o.chance(o.derives) {
		p.DerivesFrom, p.Lag = platformName(o.rand.IntN(i)), pick(o, o.lags)
	}
	if o.chance(o.mixes) {
		p.Mix = o.mix()
	}
	if o.bilingual && i > 0 {
		p.Languages = pick(o, [][]string{{"fr"}, {"en"}, {"fr", "en"}, nil})
	}
	if o.chance(o.closed) {
		from := o.day()
		for k := range 1 + o.rand.IntN(8) {
			p.Closed.Days = append(p.Closed.Days, rhythm.Day{Date: from.AddDays(k), Name: "closed"})
		}
	}
	o.in.Platforms = append(o.in.Platforms, p)
}

// mix asks for shares that posts drawn evenly do not have by themselves.
func (o *office) mix() []calendar.Mix {
	var all []calendar.Mix
	for _, intent := range intents()[1:] {
		switch o.rand.IntN(4) {
		case 0:
			all = append(all, calendar.Mix{Intent: intent, Min: 100 * (2 + o.rand.IntN(4)), Max: 1000})
		case 1:
			all = append(all, calendar.Mix{Intent: intent, Max: 100 * (1 + o.rand.IntN(4))})
		}
	}
	if o.chance(40) {
		all = append(all, calendar.Mix{Pillar: "craft", Min: pick(o, []int{0, 200}), Max: pick(o, []int{300, 500})})
	}
	return all
}

func (o *office) person(i int) {
	p := calendar.Person{Name: fmt.Sprintf("q%d", i), Minutes: pick(o, o.minutes)}
	if o.chance(30) {
		p.Days = []time.Weekday{time.Tuesday, time.Thursday}
	}
	if o.chance(o.absent) {
		from := o.day()
		p.Absences = append(p.Absences, calendar.Absence{From: from, To: from.AddDays(o.rand.IntN(14))})
	}
	o.in.People = append(o.in.People, p)
}

// anybody is one of the people, now and then nobody's name.
func (o *office) anybody() string {
	if len(o.in.People) == 0 || o.chance(5) {
		return ""
	}
	return pick(o, o.in.People).Name
}

// owed is the work of one or two people.
func (o *office) owed() map[string]int {
	owed := map[string]int{}
	for range 1 + o.rand.IntN(2) {
		owed[o.anybody()] = pick(o, o.need)
	}
	return owed
}

func (o *office) post(i int) {
	p := calendar.Post{
		ID: fmt.Sprintf("p%03d", i), Title: fmt.Sprintf("Post %d", i), Lang: "fr", Ready: !o.chance(o.owing),
		Priority: 1 + o.rand.IntN(5), Pillar: pick(o, pillars()), Intent: pick(o, intents()), Assignee: o.anybody(),
		Pins: map[string]civil.Moment{}, Versions: map[string]map[string]int{},
	}
	if o.bilingual && o.chance(50) {
		p.Lang = pick(o, []string{"en", "en-GB", "fr-CA"})
	}
	first := o.rand.IntN(len(o.in.Platforms))
	for k, platform := range o.in.Platforms {
		if k == first || o.chance(o.on) {
			p.Platforms = append(p.Platforms, platform.Name)
		}
	}
	if !p.Ready {
		p.Need = o.owed()
		for _, name := range p.Platforms {
			if o.chance(15) {
				p.Versions[name] = o.owed()
			}
		}
	}
	if o.chance(o.series) {
		p.Series, p.Part = o.familyOf(i), 1+i%max(1, o.family)
	}
	if o.chance(o.repeats) {
		p.Repeat = calendar.Repeat{Times: 2 + o.rand.IntN(2), Every: pick(o, o.every)}
	}
	o.dates(&p)
	o.in.Posts = append(o.in.Posts, p)
}

func (o *office) dates(p *calendar.Post) {
	if o.chance(o.early) {
		if o.chance(50) {
			p.Embargo = o.moment()
		} else {
			p.NotBefore = o.moment()
		}
	}
	if o.chance(o.late) {
		if o.chance(50) {
			p.Deadline = o.moment()
		} else {
			p.Expires = o.moment()
		}
	}
	for _, name := range p.Platforms {
		switch {
		case o.chance(o.pins):
			p.Pins[name] = o.pin(name)
		case o.chance(o.dayPins):
			p.Pins[name] = o.in.Zone.Day(o.in.Zone.Date(o.pin(name).Instant))
		}
	}
}

// pin is an instant of a slot, or one that makes a slot of its own.
func (o *office) pin(platform string) civil.Moment {
	if open := o.open[platform]; len(open) > 0 && o.chance(80) {
		at := pick(o, open)
		return civil.Moment{Local: o.in.Zone.DateTime(at), HasClock: true, Instant: at}
	}
	return o.in.Zone.Moment(o.day().At(civil.Clock{Hour: 8 + o.rand.IntN(12)}))
}

// history is what went out in the weeks before, and what was agreed.
func (o *office) history() {
	for i := range o.in.Posts {
		p := &o.in.Posts[i]
		for _, name := range p.Platforms {
			key := calendar.Key{Post: p.ID, Platform: name, Occurrence: 1}
			open := o.open[name]
			switch {
			case o.chance(o.published):
				at := o.in.Now.Add(-time.Duration(1+o.rand.IntN(28*24)) * time.Hour)
				p.Published = append(p.Published, calendar.Published{Platform: name, At: at})
			case o.chance(o.agreed) && len(open) > 0:
				// What was agreed stands rather early, one post a slot.
				at := o.rand.IntN(max(1, len(open)*2/3))
				o.in.Agreed = append(o.in.Agreed, calendar.Agreed{Key: key, At: open[at], Pin: o.chance(5)})
				if o.in.Platforms[slices.IndexFunc(o.in.Platforms, func(q calendar.Platform) bool { return q.Name == name })].Edition == nil {
					o.open[name] = slices.Delete(slices.Clone(open), at, at+1)
				}
			}
		}
	}
}
