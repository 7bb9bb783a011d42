package cli

import (
	"fmt"
	"slices"

	"editorial/internal/office"
	"editorial/internal/table"
	"editorial/pkg/problem"
)

// The formats in which a plan is printed.
const (
	formatText     = "text"
	formatCSV      = "csv"
	formatMarkdown = "markdown"
)

// planFormats are the values of --format.
func planFormats() []string {
	return []string{formatText, formatCSV, formatMarkdown, formatHTML, formatICS}
}

// checkFormat refuses a format that there is not.
func (a *app) checkFormat(format string) error {
	if known := planFormats(); !slices.Contains(known, format) {
		return a.usage("views.unknown-format", problem.Params{"name": format, "known": list(known)})
	}
	return nil
}

// printPlanAs prints what a view shows in a format.
func (a *app) printPlanAs(o *office.Office, v *planView, format string) error {
	switch format {
	case formatCSV:
		return a.printCSV(a.dataOf(o, v))
	case formatMarkdown:
		a.printMarkdown(o, v)
	default:
		a.printPlan(o, v)
	}
	return nil
}

func (a *app) printCSV(t table.Table) error {
	data, err := t.CSV()
	if err == nil {
		_, err = a.Out.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}
