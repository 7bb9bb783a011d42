package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/revision"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// loadCompared loads the office whose plan is compared, and that of a revision
// which it is compared with, for the same instant. "main..next" compares two
// revisions.
func (a *app) loadCompared(ctx context.Context, d *planDiff, value string) (o *office.Office, err error) {
	from, to, two := strings.Cut(value, "..")
	if two = two && from != "" && to != "" && !strings.Contains(value, "..."); two {
		value = from
		if d.after, o, err = a.loadRevision(ctx, to, a.clock); err != nil {
			return nil, err
		}
	} else if o, err = a.load(ctx); err != nil {
		return nil, err
	}
	if value != diffAgreed {
		d.before, d.then, err = a.loadRevision(ctx, value, func(civil.Zone) (time.Time, error) { return o.Now, nil })
	}
	return o, err
}

// loadRevision reads the office of a revision.
func (a *app) loadRevision(ctx context.Context, name string, clock func(civil.Zone) (time.Time, error)) (*revision.Revision, *office.Office, error) {
	r, err := revision.Read(ctx, revision.Request{
		Dir: a.dir, Name: name, Paths: office.PlanFiles(), Text: office.ForPlan, Environ: a.Environ,
	})
	if p := (problem.Problem{}); errors.As(err, &p) {
		text, hint := a.words.Problem(p)
		return nil, nil, &usageError{text, hint}
	}
	if err != nil {
		return nil, nil, err
	}
	opts := a.office()
	opts.Clock = clock
	o, err := office.LoadFiles(ctx, r.Files, opts)
	if errors.Is(err, office.ErrConfig) {
		return nil, nil, a.badRevision(r, o.Problems)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(r.Skipped) > 0 && !a.json {
		a.warn(a.words.Say("plandiff.skipped", problem.Params{"n": strconv.Itoa(len(r.Skipped)), "name": name, "file": r.Skipped[0]}))
	}
	if n := problem.Errors(o.Problems); n > 0 && !a.json {
		a.warn(a.words.Say("plandiff.errors", problem.Params{"n": strconv.Itoa(n), "name": name}))
	}
	return r, o, nil
}

// badRevision says what is wrong with the configuration of a revision.
func (a *app) badRevision(r *revision.Revision, found []problem.Problem) error {
	first, n := "", problem.Errors(found)
	for _, p := range found {
		if p.Severity == problem.Error {
			first, _ = a.words.Problem(p)
			break
		}
	}
	return a.usage("plandiff.config", problem.Params{"n": strconv.Itoa(n), "name": r.Name, "first": first})
}

// warn prints a remark on stderr.
func (a *app) warn(text string) {
	for _, line := range flow(a.errScreen, "", a.say("cli.warning")+": "+text) {
		_, _ = a.Err.Write([]byte(line + "\n"))
	}
}
