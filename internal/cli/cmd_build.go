package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/internal/watch"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// filesShown is how many changed files are named.
const filesShown = 12

func (a *app) newBuild() *cobra.Command {
	var opts buildOptions
	cmd := &cobra.Command{
		Use:     "build",
		Short:   a.say("cli.build-short"),
		Long:    a.say("error.build-long"),
		Example: "  editorial build\n  editorial build --out ../built\n  editorial build --watch\n  editorial build --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runBuild(cmd.Context(), opts) },
	}
	a.jsonFlag(cmd)
	cmd.Flags().StringVar(&opts.out, "out", "", a.say("cli.flag-out"))
	cmd.Flags().BoolVarP(&opts.watch, "watch", "w", false, a.say("cli.flag-watch"))
	return cmd
}

type buildOptions struct {
	out   string
	watch bool
}

// jsonBuild is "build --json".
type jsonBuild struct {
	Version  int           `json:"version"`
	Files    []string      `json:"files"`
	Changed  []string      `json:"changed"`
	Removed  []string      `json:"removed"`
	Problems []jsonProblem `json:"problems"`
}

func (a *app) runBuild(ctx context.Context, opts buildOptions) error {
	load := a.office()
	load.Out, load.Build = opts.out, true
	if !opts.watch {
		_, err := a.build(ctx, load)
		return err
	}
	load.Memory = office.NewMemory()
	seen := watch.Look(a.dir) // before anything is read
	o, err := a.build(ctx, load)
	if o == nil { // nothing to begin with
		return err
	}
	a.buildFailed(err)
	due := o.NextChange()
	follow := watch.Options{Dir: a.dir, Seen: seen, Due: func() time.Time { return due }}
	if a.now == "" {
		follow.Now = a.Now
	}
	last := o // whose zone tells the time
	watch.Follow(ctx, follow, func(changed []string) {
		load.Memory.Forget(changed)
		a.printf("%s\n", a.screen.Paint(term.Quiet, a.timeOfDay(last)+" "+a.files(changed)))
		o, err := a.build(ctx, load)
		if ctx.Err() == nil {
			a.buildFailed(err)
		}
		if o != nil {
			last, due = o, o.NextChange()
		} else if a.now == "" {
			due = a.Now().Add(time.Minute)
		}
	})
	return nil
}

// buildFailed says why a build failed, where the next one may do better.
func (a *app) buildFailed(err error) {
	var code silent
	if err != nil && !errors.As(err, &code) {
		a.fail(a.wordError(err))
	}
}

// build builds once and says what it did. The office is nil where it could not
// be loaded.
func (a *app) build(ctx context.Context, load office.Options) (*office.Office, error) {
	var built office.Built
	o, err := a.steady(ctx, load, func(o *office.Office) (err error) {
		built, err = o.Build(ctx, cmp.Or(load.Out, o.Dir))
		return err
	})
	a.problemsUpTo(problem.Warning, built.Problems)
	if err != nil {
		return o, err
	}
	if a.json {
		return o, a.printJSON(jsonBuild{
			1, orEmpty(built.Files), orEmpty(built.Changed), orEmpty(built.Removed),
			a.jsonProblems(append(slices.Clone(o.Problems), built.Problems...)),
		})
	}
	a.printf("%s\n", a.words.Say("cli.build-verdict", problem.Params{
		"n": strconv.Itoa(len(built.Files)), "changed": strconv.Itoa(len(built.Changed)), "removed": strconv.Itoa(len(built.Removed)),
	}))
	for i, name := range built.Changed {
		if i == filesShown {
			a.printf("  %s\n", a.count("cli.build-more", len(built.Changed)-filesShown))
			break
		}
		a.printf("  %s\n", words.Inert(name))
	}
	return o, nil
}
