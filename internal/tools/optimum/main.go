// Optimum holds the planner against plans that are proven to be the best, on
// random offices of many shapes:
//
//	go run ./internal/tools/optimum
//
// It needs cbc (Debian: coinor-cbc). What is proven once is kept in the folder
// -cache, so that the next run takes the planner's own time.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"editorial/internal/tools/optimum/exact"
	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/verify"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "optimum:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	from, n    uint64
	only, dump uint64
	shapes     string
	solver     exact.Solver
	known      bool
	fill       bool
	quiet      bool
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var o options
	flags := flag.NewFlagSet("optimum", flag.ContinueOnError)
	flags.Uint64Var(&o.from, "from", 0, "the first seed")
	flags.Uint64Var(&o.n, "n", 280, "how many seeds")
	flags.Uint64Var(&o.only, "only", 0, "only this seed")
	flags.Uint64Var(&o.dump, "dump", 0, "write the office of this seed, planned, as an exported calendar")
	flags.StringVar(&o.shapes, "shapes", "", "only these shapes, parted by commas: "+strings.Join(shape.Names(), ", "))
	flags.StringVar(&o.solver.Program, "cbc", "cbc", "the solver")
	flags.DurationVar(&o.solver.Limit, "limit", time.Minute, "of the solver, for one office")
	flags.StringVar(&o.solver.Cache, "cache", filepath.Join(".tools", "optimum"), "folder for what is proven")
	flags.BoolVar(&o.known, "known", false, "only what the cache has: the solver is not run")
	flags.BoolVar(&o.fill, "fill", false, "fill the cache, without the planner")
	flags.BoolVar(&o.quiet, "q", false, "only the summary")
	if err := flags.Parse(args); err != nil {
		return err
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if given["dump"] {
		return dump(o.dump, out)
	}
	if given["only"] {
		o.from, o.n = o.only, 1
	}
	if !o.known {
		if _, err := exec.LookPath(o.solver.Program); err != nil {
			return fmt.Errorf("%w: install coinor-cbc", err)
		}
	}
	return o.measure(ctx, out)
}

// dump writes the export of a seed.
func dump(seed uint64, out io.Writer) error {
	_, in, err := shape.Draw(seed)
	if err != nil {
		return err
	}
	inst, _ := calendar.Expand(in)
	enc := json.NewEncoder(out)
	enc.SetIndent("", " ")
	return enc.Encode(inst.Export(calendar.Make(inst)))
}

// result is what one office gave.
type result struct {
	seed                uint64
	shape               string
	items, slots, pairs int
	best, value         int
	took                time.Duration
	seconds             float64 // of the solver
}

func (r result) ratio() float64 {
	if r.best == 0 {
		return 1
	}
	return float64(r.value) / float64(r.best)
}

func (o options) measure(ctx context.Context, out io.Writer) error {
	var results []result
	unproven, wrong := 0, 0
	if !o.quiet {
		fmt.Fprintf(out, "%5s  %-14s %5s %5s %6s %9s %9s %8s %8s %8s\n", "seed", "shape", "items", "slots", "pairs", "optimum", "planner", "ratio", "ms", "cbc s")
	}
	for seed := o.from; seed < o.from+o.n; seed++ {
		name, in, err := shape.Draw(seed)
		if err != nil {
			return err
		}
		if o.shapes != "" && !slices.Contains(strings.Split(o.shapes, ","), name) {
			continue
		}
		inst, _ := calendar.Expand(in)
		problem, err := exact.Of(inst.Export(calendar.Plan{}))
		if err != nil {
			return err
		}
		best, ok, err := o.solver.Known(problem)
		if err != nil {
			return err
		}
		if !ok && !o.known {
			if best, err = o.solver.Solve(ctx, problem); err != nil {
				return fmt.Errorf("seed %d (%s): %w", seed, name, err)
			}
		}
		r := result{seed: seed, shape: name, items: len(inst.Items), slots: len(inst.Slots), pairs: len(problem.Pairs), best: best.Value, seconds: best.Seconds}
		if !best.Proven {
			unproven++
			if !o.quiet {
				fmt.Fprintf(out, "%5d  %-14s %5d %5d %6d  not proven: %d to %d in %.0f s\n", seed, name, r.items, r.slots, r.pairs, best.Value, best.Bound, best.Seconds)
			}
			continue
		}
		if o.fill {
			fmt.Fprintf(out, "%5d  %-14s %5d %5d %6d %9d  %.1f s\n", seed, name, r.items, r.slots, r.pairs, r.best, r.seconds)
			continue
		}
		begun := time.Now()
		plan := calendar.Make(inst)
		r.took, r.value = time.Since(begun), plan.Value
		results = append(results, r)
		if !o.quiet {
			fmt.Fprintln(out, r)
		}
		bad, err := disagree(&inst, problem, plan, best)
		if err != nil {
			return err
		}
		for _, b := range bad {
			wrong++
			fmt.Fprintf(out, "%5d  %-14s DISAGREE: %s\n", seed, name, b)
		}
	}
	if len(results) > 0 {
		summary(out, results)
	}
	if unproven > 0 {
		fmt.Fprintf(out, "%d not proven\n", unproven)
	}
	if wrong > 0 {
		return fmt.Errorf("model, planner and checker disagree %d times", wrong)
	}
	return nil
}

func (r result) String() string {
	return fmt.Sprintf("%5d  %-14s %5d %5d %6d %9d %9d %7.2f%% %8.1f %8.1f", r.seed, r.shape, r.items, r.slots, r.pairs, r.best, r.value, 100*r.ratio(), float64(r.took.Microseconds())/1000, r.seconds)
}

// disagree lists where model, planner and checker do not say the same.
func disagree(inst *calendar.Instance, problem *exact.Problem, plan calendar.Plan, best exact.Result) ([]string, error) {
	var all []string
	model := problem.Model()
	export := inst.Export(plan)
	ours, err := exact.Of(export)
	if err != nil {
		return nil, err
	}
	value, broken := model.Check(ours.Plan)
	for _, b := range broken {
		all = append(all, "the model refuses our plan: "+b)
	}
	if value != plan.Value {
		all = append(all, fmt.Sprintf("our plan is worth %d in the model, and says %d", value, plan.Value))
	}
	if plan.Value > best.Value {
		all = append(all, fmt.Sprintf("our plan is worth %d, and the best %d", plan.Value, best.Value))
	}
	rejected, err := check(export)
	if err != nil {
		return nil, err
	}
	for _, b := range rejected {
		all = append(all, "the checker rejects our plan: "+b)
	}
	export.Plan, export.Value = nil, best.Value
	for _, p := range best.Plan {
		export.Plan = append(export.Plan, calendar.ExportPlaced{Item: p.Item, Slot: p.Slot})
	}
	if rejected, err = check(export); err != nil {
		return nil, err
	}
	for _, b := range rejected {
		all = append(all, "the checker rejects the best plan: "+b)
	}
	return all, nil
}

// check asks the independent checker.
func check(export calendar.Export) ([]string, error) {
	text, err := json.Marshal(export)
	if err != nil {
		return nil, err
	}
	_, problems, err := verify.Check(bytes.NewReader(text))
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return all, err
}
