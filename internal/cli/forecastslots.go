package cli

import (
	"math"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// slotLine is a line of the list of slots.
type slotLine struct {
	day      civil.Date
	clock    string // "" below the first line of a slot
	platform string
	text     string
	style    term.Style
	outlook  string
	mark     term.Style
}

// printSlots lists the slots, week by week.
func (a *app) printSlots(v *forecastView, slots []office.ForecastSlot) {
	if len(slots) == 0 && !v.forecast.Enough { // else the verdict says so
		a.printf("\n")
		a.printWrapped("", a.say("forecast.none"))
	}
	var lines []slotLine
	for _, s := range slots {
		lines = append(lines, a.slotLines(v, s)...)
	}
	c := a.slotColumns(lines)
	for from := 0; from < len(lines); {
		week := civil.WeekOf(lines[from].day)
		end := from
		for end < len(lines) && civil.WeekOf(lines[end].day) == week {
			end++
		}
		monday := week.Monday()
		a.printf("\n")
		a.printWrapped(term.Title, a.words.Say("plan.week", problem.Params{
			"week": strconv.Itoa(week.Number), "days": a.words.Days(monday, monday.AddDays(6)),
		}))
		a.printSlotLines(c, lines[from:end])
		from = end
	}
}

// slotLines words a slot: one line, and one more for each post of an edition.
func (a *app) slotLines(v *forecastView, s office.ForecastSlot) []slotLine {
	local := v.office.Zone.DateTime(s.At)
	l := slotLine{day: local.Date, clock: local.Clock.String(), platform: s.Platform}
	l.outlook, l.mark = a.outlook(s.Outlook, s.Chance)
	if v.office.Config.Platforms[s.Platform].Edition.Max > 0 && len(s.Posts) > 0 {
		l.text = a.words.Say("forecast.edition", problem.Params{"n": strconv.Itoa(len(s.Posts)), "least": strconv.Itoa(s.Least)})
		lines := []slotLine{l}
		for _, p := range s.Posts {
			below := slotLine{day: l.day, text: "· " + a.forecastTitle(p)}
			below.outlook, below.mark = a.outlook(p.Outlook, p.Chance)
			lines = append(lines, below)
		}
		return lines
	}
	switch {
	case len(s.Posts) > 0:
		titles := make([]string, len(s.Posts))
		for i, p := range s.Posts {
			titles[i] = a.forecastTitle(p)
		}
		l.text = strings.Join(titles, " · ")
	case len(s.Others) == 1:
		l.text, l.style = a.words.Say("forecast.free-other", problem.Params{"title": office.TitleOf(office.Placement{Key: s.Others[0].Key, Post: s.Others[0].Post})}), term.Quiet
	case len(s.Others) > 1:
		l.text, l.style = a.count("forecast.free-others", len(s.Others)), term.Quiet
	default:
		l.text, l.style = a.say("forecast.free"), term.Quiet
	}
	return []slotLine{l}
}

func (a *app) forecastTitle(p office.ForecastPost) string {
	return titleOf(office.Placement{Key: p.Key, Post: p.Post})
}

// outlook words how likely something is: a chance as such, else a word.
func (a *app) outlook(o office.Outlook, chance float64) (string, term.Style) {
	if o == office.OutlookChance {
		switch {
		case chance >= likely:
			return a.percent(chance), term.Good
		case chance < unlikely:
			return a.percent(chance), term.Bad
		}
		return a.percent(chance), term.Caution
	}
	style := map[office.Outlook]term.Style{
		office.OutlookReady: term.Good, office.OutlookEnough: term.Good, office.OutlookLate: term.Bad, office.OutlookUnknown: term.Quiet,
		office.OutlookEmpty: term.Bad,
	}[o]
	return a.say("forecast.out-" + string(o)), style
}

// percent words a chance. Nothing that is drawn is certain.
func (a *app) percent(chance float64) string {
	return a.count("forecast.percent", max(1, min(99, int(math.Round(100*chance)))))
}

// slotColumns are the widths of the columns of slots.
type slotColumns struct {
	date, when, label, text, outlook int
	// small: the days stand above their slots.
	small bool
}

func (a *app) slotColumns(lines []slotLine) slotColumns {
	c := slotColumns{small: a.screen.Width < narrow, when: len("00:00")}
	for _, l := range lines {
		c.date = max(c.date, term.Width(a.words.ShortDate(l.day)))
		c.label = max(c.label, term.Width(words.Inert(l.platform)))
		c.outlook = max(c.outlook, term.Width(l.outlook))
	}
	if !c.small {
		c.when += c.date + 1
	}
	room := a.screen.Width - 2 - c.when - 1 - c.outlook - 2 // of platform and text
	c.label = min(c.label, 12, max(4, room-1-titleLeast))
	c.text = max(1, room-1-c.label)
	return c
}

// printSlotLines prints the lines of a week.
func (a *app) printSlotLines(c slotColumns, lines []slotLine) {
	var day civil.Date
	for _, l := range lines {
		when := l.clock
		switch {
		case c.small && l.day != day:
			a.printf("%s\n", a.screen.Paint(term.Quiet, "  "+term.Cut(a.words.ShortDate(l.day), a.screen.Width-2)))
		case !c.small && l.clock != "":
			when = term.Fit(a.words.ShortDate(l.day), c.date) + " " + l.clock
		}
		day = l.day
		a.printf("  %s %s %s  %s\n", a.screen.Paint(term.Quiet, term.Fit(when, c.when)), a.screen.Paint(term.Title, term.Fit(words.Inert(l.platform), c.label)),
			a.screen.Paint(l.style, term.Fit(words.Inert(l.text), c.text)), a.screen.Paint(l.mark, right(l.outlook, c.outlook)))
	}
}

// right puts text at the right of a column.
func right(text string, width int) string {
	return strings.Repeat(" ", max(0, width-term.Width(text))) + text
}
