package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
)

// runExport writes the planning problem and its plan; "-" is stdout.
func (a *app) runExport(o *office.Office, p *office.Proposal, name string) error {
	data, err := o.Export(p)
	if err != nil {
		return err
	}
	if name == "-" {
		if _, err := a.Out.Write(data); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
		return nil
	}
	switch err := office.WritePrivate(name, data); {
	case errors.Is(err, fs.ErrNotExist):
		return a.usage("plan.export-folder", problem.Params{"dir": filepath.ToSlash(filepath.Dir(name))})
	case err != nil:
		return err
	}
	if a.json {
		return a.printJSON(jsonExported{1, name, len(p.Instance.Items), len(p.Instance.Slots), len(p.Plan.Placements), p.Plan.Value, p.Bound})
	}
	a.printf("%s\n", a.words.Say("plan.exported", problem.Params{
		"items": strconv.Itoa(len(p.Instance.Items)), "slots": strconv.Itoa(len(p.Instance.Slots)),
		"n": strconv.Itoa(len(p.Plan.Placements)), "file": name,
	}))
	a.printBound(p)
	return nil
}

// jsonExported is "plan --export FILE --json".
type jsonExported struct {
	Version    int    `json:"version"`
	File       string `json:"file"`
	Items      int    `json:"items"`
	Slots      int    `json:"slots"`
	Placements int    `json:"placements"`
	Value      int    `json:"value"`
	Bound      *int   `json:"bound,omitempty"`
}

// jsonVerified is "plan --verify --json".
type jsonVerified struct {
	Version    int           `json:"version"`
	Slots      int           `json:"slots"`
	Items      int           `json:"items"`
	Fixed      int           `json:"fixed"`
	Placements int           `json:"placements"`
	Value      int           `json:"value"`
	Bound      int           `json:"bound"`
	Problems   []jsonProblem `json:"problems"`
}

// runVerify checks an exported calendar; it needs no office. "-" is stdin.
func (a *app) runVerify(name string) error {
	var in io.Reader = a.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	v, err := office.Verify(in)
	if err != nil {
		detail := err.Error()
		var path *os.PathError
		if errors.As(err, &path) {
			return err
		}
		return a.usage("plan.bad-export", problem.Params{"file": name, "detail": detail})
	}
	if a.json {
		err := a.printJSON(jsonVerified{1, v.Slots, v.Items, v.Fixed, v.Placements, v.Value, v.Bound, a.jsonProblems(v.Problems)})
		if err != nil {
			return err
		}
	} else {
		a.printVerified(v)
	}
	if len(v.Problems) > 0 {
		return silent(ExitFound)
	}
	return nil
}

func (a *app) printVerified(v office.Verified) {
	key, style := "plan.verified", term.Good
	if len(v.Problems) > 0 {
		key, style = "plan.refuted", term.Bad
	}
	a.printf("%s\n", a.screen.Paint(style, a.words.Say(key, problem.Params{
		"n": strconv.Itoa(v.Placements), "items": strconv.Itoa(v.Items), "slots": strconv.Itoa(v.Slots),
		"value": strconv.Itoa(v.Value), "bound": strconv.Itoa(v.Bound), "found": strconv.Itoa(len(v.Problems)),
	})))
	for _, p := range v.Problems {
		a.printf("%s\n", strings.Join(a.problemLines(a.screen, "", p), "\n"))
	}
}
