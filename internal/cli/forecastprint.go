package cli

import (
	"math"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// startsShown is how many ideas are named, tookShown how many kinds of posts.
const (
	startsShown = 12
	tookShown   = 8
)

func (a *app) printForecast(v *forecastView) {
	f, slots := v.forecast, v.slots()
	a.printForecastVerdict(f, slots)
	a.printBasis(v)
	a.printOutside(&planView{proposal: f.Proposal, first: v.first, last: v.last})
	a.printSlots(v, slots)
	a.printStarts(v)
	a.printTook(f)
	a.printScore(f)
}

// printForecastVerdict prints the first line of the answer.
func (a *app) printForecastVerdict(f *office.Forecast, slots []office.ForecastSlot) {
	if code := forecastVerdict(f); code != "chances" {
		a.printWrapped(term.Caution, a.words.Say("forecast."+code, problem.Params{
			"n": strconv.Itoa(f.Finished), "needed": strconv.Itoa(f.Needed), "detail": f.Past.Detail,
		}))
		if hint := "forecast." + code + "-hint"; a.words.Has(hint) {
			a.printWrapped("", a.say("cli.hint")+" "+a.say(hint))
		}
		return
	}
	if len(slots) == 0 {
		a.printWrapped(term.Caution, a.say("forecast.none"))
		return
	}
	n := countSlots(slots)
	style := term.Caution
	if n.Likely == len(slots) {
		style = term.Good
	} else if n.Likely*2 < len(slots) {
		style = term.Bad
	}
	verdict := a.words.Say("forecast.verdict", problem.Params{
		"n": strconv.Itoa(len(slots)), "likely": strconv.Itoa(n.Likely), "doubtful": strconv.Itoa(n.Doubtful), "unlikely": strconv.Itoa(n.Unlikely),
	})
	if n.Empty > 0 {
		verdict = a.words.Say("forecast.verdict-empty", problem.Params{"verdict": verdict, "n": strconv.Itoa(n.Empty)})
	}
	a.printWrapped(style, verdict)
}

// printBasis says what the answer rests on.
func (a *app) printBasis(v *forecastView) {
	f := v.forecast
	if f.Past.Missing == "" {
		text := a.words.Say("forecast.basis-nothing", problem.Params{"until": a.words.Date(v.office.Zone.Date(v.office.Now))})
		if f.Past.Changes > 0 {
			text = a.words.Say("forecast.basis", problem.Params{
				"n": strconv.Itoa(f.Past.Changes), "since": a.words.Date(v.office.Zone.Date(f.Past.Since)),
			})
		}
		a.printWrapped(term.Quiet, text)
		if f.Past.Shallow {
			a.printWrapped(term.Caution, a.say("forecast.shallow"))
		}
		if f.Past.Cut {
			a.printWrapped(term.Caution, a.say("forecast.cut"))
		}
	}
	if !f.Enough {
		a.printf("\n")
		a.printWrapped("", a.say("forecast.reckoned"))
		if !f.People {
			a.printWrapped("", a.say("forecast.reckoned-no-people"))
		}
	}
}

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

// printStarts lists the ideas and the days by which to begin them.
func (a *app) printStarts(v *forecastView) {
	starts := v.starts()
	if len(starts) == 0 {
		return
	}
	a.printf("\n")
	title := a.words.Say("forecast.starts", problem.Params{"share": strconv.Itoa(int(math.Round(100 * office.StartShare)))})
	if !v.forecast.Enough {
		title = a.say("forecast.starts-reckoned")
	}
	a.printWrapped(term.Title, title)
	shown := starts[:min(len(starts), startsShown)]
	by, last := 0, 0
	for _, s := range shown {
		text, _ := a.startBy(s)
		by = max(by, term.Width(text))
		if s.Outlook == office.OutlookChance {
			last = max(last, term.Width(a.percent(s.Chance)))
		}
	}
	for _, s := range shown {
		a.printStart(v, s, by, last)
	}
	if n := len(starts) - len(shown); n > 0 {
		a.printHanging("  ", a.count("forecast.starts-more", n))
	}
}

// startBy words the day by which to begin an idea.
func (a *app) startBy(s office.ForecastStart) (string, term.Style) {
	switch {
	case s.Outlook == office.OutlookUnknown:
		return a.say("forecast.out-unknown"), term.Quiet
	case s.Late:
		return a.say("forecast.start-late"), term.Bad
	}
	return a.words.ShortDate(s.By), ""
}

// printStart prints an idea: the day, the title, where it goes, the chance; on a
// narrow screen the title stands below.
func (a *app) printStart(v *forecastView, s office.ForecastStart, by, last int) {
	text, style := a.startBy(s)
	goes := a.words.Say("forecast.start-for", problem.Params{"platform": s.Key.Platform, "date": a.words.ShortDate(v.office.Zone.Date(s.At))})
	chance, mark := "", term.Style("")
	if s.Outlook == office.OutlookChance {
		chance, mark = a.outlook(s.Outlook, s.Chance)
	}
	title := a.forecastTitle(s.ForecastPost)
	head := "  " + a.screen.Paint(style, term.Fit(text, by)) + "  "
	room := a.screen.Width - by - 4
	if last > 0 {
		room -= last + 2
		chance = "  " + a.screen.Paint(mark, right(chance, last))
	}
	if a.screen.Width < narrow {
		a.printf("%s%s%s\n", head, term.Fit(goes, max(1, room)), chance)
		a.printf("    %s\n", term.Cut(title, max(1, a.screen.Width-4)))
		return
	}
	room = max(1, room-term.Width(goes)-2)
	a.printf("%s%s  %s%s\n", head, term.Fit(title, room), a.screen.Paint(term.Quiet, goes), chance)
}

// printTook says how long posts took.
func (a *app) printTook(f *office.Forecast) {
	if f.Finished == 0 {
		return
	}
	a.printf("\n")
	a.printWrapped(term.Title, a.say("forecast.took"))
	label := 0
	for _, t := range f.Took[:min(len(f.Took), tookShown)] {
		label = max(label, term.Width(a.kindName(t)))
	}
	label = min(label, 14)
	for i, t := range f.Took {
		if i == tookShown {
			a.printHanging("  ", a.count("forecast.took-more", len(f.Took)-tookShown))
			break
		}
		mark := "  " + term.Fit(a.kindName(t), label) + "  "
		if a.screen.Width < narrow {
			a.printf("  %s\n", term.Cut(a.kindName(t), a.screen.Width-2))
			mark = "    "
		}
		a.printHanging(mark, a.tookLine(t))
		blank := term.Fit("", term.Width(mark))
		if text := a.stagesLine(t); text != "" && i == 0 {
			a.printHanging(blank, text)
		}
		if t.Logged > 0 {
			key := "forecast.took-logged"
			if t.PlannedHalf == 0 {
				key = "forecast.took-logged-alone"
			}
			a.printHanging(blank, a.words.Say(key, problem.Params{
				"logged": a.words.Hours(t.LoggedHalf), "planned": a.words.Hours(t.PlannedHalf), "n": strconv.Itoa(t.Logged),
			}))
		}
	}
}

// kindName is what a kind of posts is called.
func (a *app) kindName(t office.ForecastTook) string {
	if kind := t.Format + t.Pillar; kind != "" {
		return words.Inert(kind)
	}
	return a.say("forecast.took-all")
}

func (a *app) tookLine(t office.ForecastTook) string {
	key := "forecast.took-line"
	switch {
	case t.Half == 0:
		key = "forecast.took-none"
	case t.Most == 0:
		key = "forecast.took-half"
	}
	return a.words.Say(key, problem.Params{
		"half": a.elapsed(t.Half), "most": a.elapsed(t.Most), "ready": strconv.Itoa(t.Finished), "open": strconv.Itoa(t.Open),
	})
}

// stagesLine says how long posts stay in each stage.
func (a *app) stagesLine(t office.ForecastTook) string {
	var parts []string
	for _, s := range t.Stages {
		if s.Half > 0 {
			parts = append(parts, a.words.Say("forecast.took-stage", problem.Params{
				"stage": a.say("stage." + string(content.Stage(s.Stage))), "span": a.elapsed(s.Half),
			}))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return a.words.Say("forecast.took-stages", problem.Params{"stages": strings.Join(parts, ", ")})
}

// elapsed words a time in hours, or in days where it is two or more.
func (a *app) elapsed(d time.Duration) string {
	if d < 48*time.Hour {
		return a.count("forecast.hours", int(d/time.Hour))
	}
	return a.count("forecast.days", int((d+24*time.Hour-1)/(24*time.Hour)))
}

// printScore says how well such forecasts did.
func (a *app) printScore(f *office.Forecast) {
	if !f.Enough {
		return
	}
	s := f.Score
	a.printf("\n")
	a.printWrapped(term.Title, a.say("forecast.score"))
	if s.Cases < forecast.Cases {
		a.printHanging("  ", a.words.Say("forecast.score-little", problem.Params{"n": strconv.Itoa(s.Cases), "needed": strconv.Itoa(forecast.Cases)}))
		return
	}
	a.printHanging("  ", a.words.Say("forecast.score-line", problem.Params{
		"n": strconv.Itoa(s.Cases), "posts": strconv.Itoa(s.Posts), "brier": a.fraction(s.Brier), "base": a.fraction(s.Base),
	}))
	percent := int(math.Round(100 * s.Skill()))
	switch {
	case s.Base == 0: // then a base rate known afterwards is never wrong
		a.printHanging("  ", a.say("forecast.score-alike"))
	case percent > 0:
		a.printHanging("  ", a.words.Say("forecast.score-better", problem.Params{"percent": strconv.Itoa(percent)}))
	default:
		a.printHanging("  ", a.screen.Paint(term.Caution, a.say("forecast.score-worse")))
	}
	whole := func(x float64) string { return strconv.Itoa(int(math.Round(100 * x))) }
	for _, b := range s.Bins {
		if b.Cases > 0 {
			a.printHanging("    ", a.words.Say("forecast.score-bin", problem.Params{
				"from": whole(b.From), "to": whole(b.To), "said": whole(b.Said), "came": whole(b.Share()), "n": strconv.Itoa(b.Cases),
			}))
		}
	}
}

// fraction words a number between 0 and 1: "0.13", "0,13".
func (a *app) fraction(x float64) string {
	text := strconv.FormatFloat(x, 'f', 3, 64)
	if a.words.Lang() == words.French {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
