package ical

import (
	"slices"
	"time"

	"editorial/pkg/civil"
)

// years returns the years that the calendar speaks of, sorted: those in which
// an event or a to-do stands.
func years(c Calendar) []int {
	seen := map[int]bool{}
	add := func(t time.Time) { seen[c.Zone.Date(t).Year] = true }
	for _, e := range c.Events {
		add(e.Start)
		if e.End.After(e.Start) {
			add(e.End)
		}
	}
	for _, t := range c.Todos {
		if t.Due.HasClock {
			add(t.Due.Instant)
		}
	}
	var list []int
	for y := range seen {
		list = append(list, y)
	}
	slices.Sort(list)
	return list
}

// timezone writes the VTIMEZONE of the calendar's zone. UTC has one only where
// a calendar would otherwise be empty, which RFC 5545, section 3.4, forbids;
// that of any other zone then tells the one offset of 1970.
func (w *writer) timezone(years []int) {
	if w.zone.Name() == "UTC" && len(years) > 0 {
		return
	}
	if len(years) == 0 {
		years = []int{1970}
	}
	periods := periods(w.zone, years)
	w.raw("BEGIN", "VTIMEZONE")
	w.raw("TZID", w.zone.Name())
	// Some readers need a STANDARD to measure a DAYLIGHT by.
	standard := slices.ContainsFunc(periods, func(p civil.Period) bool { return !p.DST })
	for _, p := range periods {
		w.observance(p, standard)
	}
	w.raw("END", "VTIMEZONE")
}

// periods returns the periods of the zone that have a part in these years.
func periods(z civil.Zone, years []int) (all []civil.Period) {
	for _, y := range years {
		// A day more on both sides, since years begin on the wall.
		from := time.Date(y, time.January, 0, 0, 0, 0, 0, time.UTC)
		to := time.Date(y+1, time.January, 2, 0, 0, 0, 0, time.UTC)
		for _, p := range z.Periods(from, to) {
			if len(all) == 0 || p.Start.After(all[len(all)-1].Start) {
				all = append(all, p)
			}
		}
	}
	return all
}

// observance writes one period as STANDARD or DAYLIGHT. It begins when the
// wall, still under the offset before it, showed DTSTART (section 3.6.5). What
// began before 1970 or never is said to have begun then, as it was.
func (w *writer) observance(p civil.Period, standard bool) {
	kind := "STANDARD"
	if p.DST && standard {
		kind = "DAYLIGHT"
	}
	onset, before := "19700101T000000", p.Offset
	if p.Start.Unix() >= 0 {
		before = w.zone.Periods(p.Start.Add(-time.Second), p.Start)[0].Offset
		onset = wall(civil.UTC().DateTime(p.Start.Add(time.Duration(before) * time.Second)))
	}
	w.raw("BEGIN", kind)
	w.raw("DTSTART", onset)
	w.raw("TZOFFSETFROM", offset(before))
	w.raw("TZOFFSETTO", offset(p.Offset))
	w.text("TZNAME", p.Abbreviation)
	w.raw("END", kind)
}

// offset returns the form +0100, or +001730 where there are seconds.
func offset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	t := time.Unix(int64(seconds), 0).UTC()
	if seconds%60 != 0 {
		return sign + t.Format("150405")
	}
	return sign + t.Format("1504")
}
