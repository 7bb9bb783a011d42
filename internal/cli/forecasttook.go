package cli

import (
	"math"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

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
