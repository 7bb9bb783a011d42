package cli

import (
	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// forecastWeeks is how many weeks are shown to a person who does not say.
const forecastWeeks = 4

type forecastOptions struct {
	weeks    int
	platform string
}

func (a *app) newForecast() *cobra.Command {
	var opts forecastOptions
	cmd := &cobra.Command{
		Use:     "forecast",
		Short:   a.say("forecast.short"),
		Long:    a.say("forecast.long"),
		Example: "  editorial forecast\n  editorial forecast --weeks 8 --platform blog\n  editorial forecast --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runForecast(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&opts.weeks, "weeks", forecastWeeks, a.say("forecast.flag-weeks"))
	flags.StringVar(&opts.platform, "platform", "", a.say("cli.flag-platform"))
	a.jsonFlag(cmd)
	a.complete(cmd, "platform", platformNames)
	return cmd
}

func (a *app) runForecast(cmd *cobra.Command, opts forecastOptions) error {
	if opts.weeks < 1 || opts.weeks > 520 {
		return a.usage("cli.bad-weeks", nil)
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	if _, ok := o.Config.Platforms[opts.platform]; !ok && opts.platform != "" {
		names := o.PlatformNames()
		return a.usage("cli.unknown-platform", problem.Params{"name": opts.platform, "near": problem.Nearest(opts.platform, names), "known": list(names)})
	}
	f, err := o.Forecast(cmd.Context(), a.Environ)
	if err != nil {
		return err
	}
	v := &forecastView{office: o, forecast: f, platform: opts.platform, first: f.Proposal.First}
	v.last = v.first.Add(opts.weeks - 1)
	if a.json {
		return a.printJSON(forecastJSON(v))
	}
	a.printForecast(v)
	return nil
}

// forecastView is a forecast and the part of it to show.
type forecastView struct {
	office   *office.Office
	forecast *office.Forecast
	platform string
	// first and last are the weeks shown.
	first, last civil.Week
}

// slots returns the slots shown.
func (v *forecastView) slots() []office.ForecastSlot {
	var all []office.ForecastSlot
	for _, s := range v.forecast.Slots {
		week := civil.WeekOf(v.office.Zone.Date(s.At))
		if (v.platform == "" || v.platform == s.Platform) && week.Monday().Compare(v.last.Monday()) <= 0 {
			all = append(all, s)
		}
	}
	return all
}

// starts returns the ideas shown: those of the platform, whenever they are due.
func (v *forecastView) starts() []office.ForecastStart {
	var all []office.ForecastStart
	for _, s := range v.forecast.Starts {
		if v.platform == "" || v.platform == s.Key.Platform {
			all = append(all, s)
		}
	}
	return all
}

// Chances from which a slot is likely to be filled, and below which unlikely.
const (
	likely   = 0.8
	unlikely = 0.5
)

// forecastCounts says how many slots are how likely.
type forecastCounts struct {
	Likely   int `json:"likely"`
	Doubtful int `json:"doubtful"`
	Unlikely int `json:"unlikely"`
	Empty    int `json:"empty"`
}

func countSlots(slots []office.ForecastSlot) forecastCounts {
	var n forecastCounts
	for _, s := range slots {
		switch {
		case s.Outlook == office.OutlookEmpty:
			n.Empty++
		case s.Chance >= likely:
			n.Likely++
		case s.Chance < unlikely:
			n.Unlikely++
		default:
			n.Doubtful++
		}
	}
	return n
}

// forecastVerdict is the code of the first line of the answer.
func forecastVerdict(f *office.Forecast) string {
	switch {
	case f.Past.Missing != "":
		return string(f.Past.Missing)
	case !f.Enough:
		return "too-little"
	}
	return "chances"
}
