package week

import (
	"slices"
	"strconv"
	"unicode"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// month is a sheet of paper: a row a week, a column a day.
type month struct {
	ID, Name string
	// Short is the name in short, which stands on each sheet of paper where a
	// month takes more than one.
	Short string
	// Density is the size of the type and how many lines titles have, as
	// classes of the style sheet: "large lines4".
	Density string
	Heads   []string
	Weeks   []sheetWeek
	// Platforms and States explain the badges and the signs; Free counts the
	// free slots.
	Platforms []platformKey
	States    []state
	Free      string
	Grey      string
}

type sheetWeek struct {
	Number, Label string
	Load          load
	Days          []sheetDay
}

type sheetDay struct {
	Number, Full, ISO string
	// Out says that the day is of another month, Unknown that the plan says
	// nothing of it.
	Out, Unknown, Today bool
	Closed              string
	Entries             []sheetEntry
}

type sheetEntry struct {
	entry
	Badge badge
}

type platformKey struct {
	Badge      badge
	Name, Role string
	Count      string
}

// month makes the sheet of the month that begins on a day.
func (b *sheetBuilder) month(first civil.Date) month {
	last := nextMonth(first).AddDays(-1)
	m := month{ID: "m" + first.String()[:7], Name: b.monthName(first), Short: b.words.ShortMonth(first.Month)}
	monday := civil.WeekOf(first).Monday()
	for i := range 7 {
		m.Heads = append(m.Heads, b.words.Weekday(monday.AddDays(i).Weekday()))
	}
	byDay, counts, seen, free := b.entriesOf(first, last)
	unknown := false
	for ; !last.Before(monday); monday = monday.AddDays(7) {
		week := civil.WeekOf(monday)
		w := sheetWeek{Number: strconv.Itoa(week.Number), Label: b.heading(week), Load: b.weekLoad("", week)}
		for i := range 7 {
			date := monday.AddDays(i)
			day := sheetDay{
				Number: strconv.Itoa(date.Day), Full: b.words.LongDate(date), ISO: date.String(), Today: date == b.Today,
				Out: date.Before(first) || last.Before(date),
			}
			if !day.Out {
				day.Unknown = !b.holds(date) || b.Sheet.Last.Before(date)
				day.Closed, day.Entries = b.closed(date), byDay[date]
				unknown = unknown || day.Unknown
			}
			w.Days = append(w.Days, day)
		}
		m.Weeks = append(m.Weeks, w)
	}
	m.Density = density(m.Weeks)
	for _, p := range b.Platforms {
		if n, there := counts[p.Name]; there {
			m.Platforms = append(m.Platforms, platformKey{b.badges[p.Name], text("", p.Name), text("", p.Role), strconv.Itoa(n)})
		}
	}
	for _, s := range states() {
		if seen[s] {
			m.States = append(m.States, b.state(s))
		}
	}
	if free > 0 {
		m.Free = b.count("sheet.free", free)
	}
	if unknown {
		m.Grey = b.say("sheet.grey")
	}
	return m
}

func (b *sheetBuilder) monthName(first civil.Date) string {
	name := []rune(b.word("sheet.month", problem.Params{"month": b.words.Month(first.Month), "year": strconv.Itoa(first.Year)}))
	return string(append([]rune{unicode.ToUpper(name[0])}, name[1:]...))
}

// entriesOf collects what the days of a month hold, in order of time, how much
// goes out on each platform that has a slot there, which states there are, and how many slots are
// free.
func (b *sheetBuilder) entriesOf(first, last civil.Date) (byDay map[civil.Date][]sheetEntry, counts map[string]int, seen map[State]bool, free int) {
	type timed struct {
		sheetEntry
		at civil.DateTime
	}
	all := map[civil.Date][]timed{}
	counts, seen = map[string]int{}, map[State]bool{}
	within := func(d civil.Date, platform string) bool {
		_, known := b.badges[platform]
		return known && !d.Before(first) && !last.Before(d) && b.holds(d)
	}
	for _, e := range b.Entries {
		if within(e.At.Date, e.Platform) {
			seen[e.State.known()] = true
			counts[e.Platform]++
			all[e.At.Date] = append(all[e.At.Date], timed{sheetEntry{b.entry(e), b.badges[e.Platform]}, e.At})
		}
	}
	for _, s := range b.Calendar.Free {
		if within(s.At.Date, s.Platform) {
			free++
			counts[s.Platform] += 0 // its badge stands there, too
			all[s.At.Date] = append(all[s.At.Date], timed{sheetEntry{b.free(s), b.badges[s.Platform]}, s.At})
		}
	}
	byDay = map[civil.Date][]sheetEntry{}
	for day, entries := range all {
		slices.SortStableFunc(entries, func(x, y timed) int { return x.at.Compare(y.at) })
		for _, e := range entries {
			byDay[day] = append(byDay[day], e.sheetEntry)
		}
	}
	return byDay, counts, seen, free
}

// closed is what a closed day is called, "" where it is open.
func (b *sheetBuilder) closed(d civil.Date) string {
	for _, c := range b.Closed {
		if c.Date == d {
			if c.Name == "" {
				return b.say("plan.closed-day")
			}
			return text("", c.Name)
		}
	}
	return ""
}
