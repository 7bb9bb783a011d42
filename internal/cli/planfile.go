package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/civil"
)

// The formats of a plan that are files for other programs.
const (
	formatHTML = "html"
	formatICS  = "ics"
)

// isFile reports whether a format is a file, of the whole plan where nobody
// says which part.
func isFile(format string) bool { return slices.Contains([]string{formatHTML, formatICS}, format) }

// formatHas reports whether a format has the view that somebody asks for. What
// is a file of the whole plan has no view of its own, but the page to print has
// its months and its people alone, and a calendar what one person has to do.
func formatHas(opts planOptions) bool {
	switch opts.format {
	case formatHTML:
		return slices.Contains([]string{"", viewMonth, viewPerson}, opts.view)
	case formatICS:
		return opts.view == "" || opts.view == viewPerson && opts.person != ""
	}
	return true
}

// runPlanFile prints a plan as a file.
func (a *app) runPlanFile(cmd *cobra.Command, o *office.Office, opts planOptions) error {
	named := weeksNamed(cmd, opts)
	v, err := a.planView(o, opts, cmd.Flags().Changed("weeks"))
	if err != nil {
		return err
	}
	a.problems(v.proposal.Problems)
	var data []byte
	switch opts.format {
	case formatHTML:
		data, err = o.Sheet(a.words, v.proposal, sheetFilter(v, opts, named))
	case formatICS:
		data = o.Calendar(a.words, v.proposal, office.CalendarFilter{Person: v.person, Shows: func(platform string, day civil.Date) bool {
			return (v.platform == "" || v.platform == platform) && (!named || v.holds(day))
		}})
	}
	if err != nil {
		return err
	}
	if _, err := a.Out.Write(data); err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	return nil
}

// sheetFilter: a person is a sheet of their own, and a view of months or of
// people has no other sheets.
func sheetFilter(v *planView, opts planOptions, named bool) office.SheetFilter {
	f := office.SheetFilter{Platform: v.platform, Person: v.person, Months: v.person == "" && opts.view != viewPerson, People: opts.view != viewMonth}
	switch {
	case opts.month != "":
		f.From, f.To = v.month, monthAfter(v.month).AddDays(-1)
	case named:
		f.From, f.To = v.first.Monday(), v.last.Monday().AddDays(6)
	}
	return f
}
