package tui

import (
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// goTo goes to a week or a day, as a person types it: 45, S45, 2026-W45,
// friday, 3 nov, 3/11, ven 23 oct.
func (m *model) goTo(text string) {
	zone := m.office().Zone
	today := zone.Date(m.office().Now)
	shown := m.board.first.Monday()
	first, days := civil.Date{}, 1
	if week, ok := weekOf(strings.TrimSpace(text), today, shown); ok {
		first, days = week.Monday(), 7
	} else if first, ok = m.dayOf(text, today, shown); !ok {
		m.complain(problem.Problem{Code: office.CodeMoveWhen, Params: problem.Params{"value": text}})
		return
	}
	m.goal = zone.Instant(first.At(civil.Clock{}))
	if m.entries() == 0 {
		m.top = m.firstRow(first)
		return
	}
	i, apart := m.nearest(first, days)
	m.jump(i)
	if e, _ := m.entry(); apart > 0 {
		m.say("tui.went-near", problem.Params{"date": m.when(e.at)})
	}
}

// nearest is the first of the entries of the lane that stand fewest days away
// from so many days, and how many that are; of a day before and a day after it
// is the one after.
func (m *model) nearest(first civil.Date, days int) (index, apart int) {
	last := first.AddDays(days - 1)
	index = -1
	for i, e := range m.board.lanes[m.lane].entries {
		d := 0
		switch day := e.local.Date; {
		case day.Before(first):
			d = first.DaysSince(day)
		case last.Before(day):
			d = day.DaysSince(last)
		}
		if index < 0 || d < apart || d == apart && d > 0 && m.board.lanes[m.lane].entries[index].local.Date.Before(first) && !e.local.Date.Before(first) {
			index, apart = i, d
		}
	}
	return index, apart
}

// dayOf is the day that a person means. One without a year is the first such
// day that is not before those shown.
func (m *model) dayOf(text string, today, shown civil.Date) (civil.Date, bool) {
	zone := m.office().Zone
	if moment, err := zone.ParseWhen(text, today); err == nil {
		return moment.Local.Date, true
	}
	for year := shown.Year; year <= shown.Year+1; year++ {
		day, ok := slashed(text, year)
		if !ok {
			moment, err := zone.ParseMoment(text + " " + strconv.Itoa(year))
			if err != nil {
				continue // a day of the week that does not fit, or no such day
			}
			day = moment.Local.Date
		}
		if !day.Before(shown) {
			return day, true
		}
	}
	return civil.Date{}, false
}

// slashed reads 3/11: the third of November, in every language.
func slashed(text string, year int) (civil.Date, bool) {
	day, month, ok := strings.Cut(strings.TrimSpace(text), "/")
	d, err := strconv.Atoi(day)
	n, err2 := strconv.Atoi(month)
	if !ok || err != nil || err2 != nil {
		return civil.Date{}, false
	}
	date := civil.Date{Year: year, Month: time.Month(n), Day: d}
	return date, date.Valid()
}

// weekOf is the week that a person names; by its number alone, the first such
// week that is not before those shown.
func weekOf(text string, today, shown civil.Date) (civil.Week, bool) {
	if week, err := civil.ParseWeek(text); err == nil {
		return week, true
	}
	digits := strings.ToLower(text)
	for _, word := range []string{"week", "semaine", "sem.", "sem", "w", "s"} {
		if rest, ok := strings.CutPrefix(digits, word); ok {
			digits = strings.TrimSpace(rest)
			break
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 2 {
		return civil.Week{}, false
	}
	for year := civil.WeekOf(shown).Year; year <= civil.WeekOf(today).Year+1; year++ {
		if week := (civil.Week{Year: year, Number: n}); week.Valid() && !week.Monday().Before(civil.WeekOf(shown).Monday()) {
			return week, true
		}
	}
	return civil.Week{}, false
}
