package cli

import (
	"math"
	"strconv"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
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
