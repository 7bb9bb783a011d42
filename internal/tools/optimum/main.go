// Optimum holds the planner against plans that are proven to be the best, on
// random offices of many shapes:
//
//	go run ./internal/tools/optimum
//
// It needs cbc (Debian: coinor-cbc). What is proven once is kept in the folder
// -cache, so that the next run takes the planner's own time. All times are of
// the processor, so that they hardly depend on what else the machine does.
package main

import (
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
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"editorial/internal/tools/optimum/exact"
	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "optimum:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	from, n       uint64
	large         uint64
	only, dump    uint64
	shapes        string
	solver        exact.Solver
	known, fill   bool
	quiet, rivals bool
	curve         bool
	grown, runs   int
	into          string
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var o options
	flags := flag.NewFlagSet("optimum", flag.ContinueOnError)
	flags.Uint64Var(&o.from, "from", 0, "the first seed")
	flags.Uint64Var(&o.n, "n", 210, "how many seeds")
	flags.Uint64Var(&o.large, "large", 70, fmt.Sprintf("how many seeds more from %d on: their offices are twice as large", shape.Large))
	flags.Uint64Var(&o.only, "only", 0, "only this seed")
	flags.Uint64Var(&o.dump, "dump", 0, "write the office of this seed, planned, as an exported calendar")
	flags.StringVar(&o.shapes, "shapes", "", "only these shapes, parted by commas: "+strings.Join(shape.Names(), ", "))
	flags.StringVar(&o.solver.Program, "cbc", "cbc", "the solver")
	flags.DurationVar(&o.solver.Limit, "limit", time.Minute, "of the solver, for one office")
	flags.StringVar(&o.solver.Cache, "cache", filepath.Join(".tools", "optimum"), "folder for what is proven")
	flags.BoolVar(&o.known, "known", false, "only what the cache has: the solver is not run")
	flags.BoolVar(&o.fill, "fill", false, "fill the cache, without the planner")
	flags.BoolVar(&o.quiet, "q", false, "only the summary")
	flags.BoolVar(&o.rivals, "rivals", false, "plan as others do, too")
	flags.BoolVar(&o.curve, "growth", false, "only the growth curve, in Markdown")
	flags.IntVar(&o.grown, "grown", 0, "only this office of the growth curve, as bare figures")
	flags.IntVar(&o.runs, "runs", 3, "how often the growth curve plans each office; the median counts")
	flags.StringVar(&o.into, "into", "", "file in which the tables of all this, in Markdown, replace those that are there")
	if err := flags.Parse(args); err != nil {
		return err
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case given["dump"]:
		return dump(o.dump, out)
	case given["only"]:
		o.from, o.n, o.large = o.only, 1, 0
	}
	// The figures are those of one processor.
	runtime.GOMAXPROCS(1)
	switch {
	case given["grown"]:
		return o.grow(o.grown, out)
	case o.curve:
		table, err := o.growth(ctx)
		fmt.Fprint(out, table)
		return err
	}
	if !o.known {
		if _, err := exec.LookPath(o.solver.Program); err != nil {
			return fmt.Errorf("%w: install coinor-cbc", err)
		}
	}
	if o.into != "" {
		return o.document(ctx, out)
	}
	results, err := o.measure(ctx, out)
	if err == nil && len(results) > 0 {
		summary(out, results)
	}
	return err
}

// seeds are those that are measured.
func (o options) seeds() []uint64 {
	var all []uint64
	names, wanted := shape.Names(), strings.Split(o.shapes, ",")
	add := func(from, n uint64) {
		for seed := from; seed < from+n; seed++ {
			if o.shapes == "" || slices.Contains(wanted, names[seed%uint64(len(names))]) {
				all = append(all, seed)
			}
		}
	}
	add(o.from, o.n)
	add(shape.Large, o.large)
	return all
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
