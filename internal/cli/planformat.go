package cli

import (
	"slices"
	"strings"

	"editorial/internal/office"
	"editorial/pkg/problem"
)

// The formats in which a plan is printed.
const formatText = "text"

// planFormats are the values of --format.
func planFormats() []string { return []string{formatText, formatHTML, formatICS} }

// checkFormat refuses a format that there is not.
func (a *app) checkFormat(format string) error {
	if known := planFormats(); !slices.Contains(known, format) {
		return a.usage("views.unknown-format", problem.Params{"name": format, "known": strings.Join(known, ", ")})
	}
	return nil
}

// printPlanAs prints what a view shows in a format.
func (a *app) printPlanAs(o *office.Office, v *planView, format string) error {
	switch format {
	default:
		a.printPlan(o, v)
	}
	return nil
}
