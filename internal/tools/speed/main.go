// Speed measures builds of editorial against the limit: a program that only
// reads the posts, splits them and renders with Goldmark what the output needs.
//
//	go run ./internal/tools/speed -editorial bin/editorial
//
// It generates offices of some sizes, runs every workload several times, the
// programs in turn, each as a process of its own, and prints a table in
// Markdown: medians, as ratios of the limit. docs/performance.md says how to
// read it.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	editorial, hugo string
	posts           []int
	runs            int
	seed            uint64
	dir             string
	idleFor         time.Duration
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 4 && args[0] == "limit" {
		newest, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return limit(args[1], args[2], newest)
	}
	var o options
	var posts string
	flags := flag.NewFlagSet("speed", flag.ContinueOnError)
	flags.StringVar(&o.editorial, "editorial", "bin/editorial", "the program to measure")
	flags.StringVar(&o.hugo, "hugo", "", "Hugo, to be measured as well")
	flags.StringVar(&posts, "posts", "1000,10000", "numbers of posts")
	flags.IntVar(&o.runs, "runs", 5, "runs of each workload")
	flags.Uint64Var(&o.seed, "seed", 1, "of the posts")
	flags.StringVar(&o.dir, "dir", "", "folder to work in; a temporary one if empty")
	flags.DurationVar(&o.idleFor, "idle", 0, "measure \"editorial run\" for so long while nothing is due, and no builds")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for n := range strings.SplitSeq(posts, ",") {
		count, err := strconv.Atoi(n)
		if err != nil || count < 1 {
			return fmt.Errorf("-posts: %q is no number of posts", n)
		}
		o.posts = append(o.posts, count)
	}
	o.runs = max(1, o.runs)
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "speed")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	if o.idleFor > 0 {
		for _, n := range o.posts {
			if err := o.idle(ctx, n, out); err != nil {
				return err
			}
		}
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Fprint(out, header())
	for _, n := range o.posts {
		if err := o.measure(ctx, n, self, out); err != nil {
			return fmt.Errorf("%d posts: %w", n, err)
		}
	}
	return nil
}

// row is one line of the table.
type row struct {
	posts    int
	workload string
	base     string // the program whose figures are 1
	results  []result
}

func header() string {
	return "| posts | workload | program | wall × | CPU × | memory × | wall | CPU | memory |\n" +
		"| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
}

// String is the row in Markdown: ratios to the limit, then figures.
func (r row) String() string {
	var b strings.Builder
	var base result
	for _, x := range r.results {
		if x.program == r.base {
			base = x
		}
	}
	for _, x := range r.results {
		fmt.Fprintf(&b, "| %d | %s | %s | %s | %s | %s | %.2f s | %.2f s | %d MB |\n", r.posts, r.workload, x.program,
			ratio(x.wall.Seconds(), base.wall.Seconds()), ratio(x.cpu.Seconds(), base.cpu.Seconds()), ratio(float64(x.memory), float64(base.memory)),
			x.wall.Seconds(), x.cpu.Seconds(), x.memory>>20)
	}
	return b.String()
}

func ratio(a, b float64) string {
	if b <= 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", a/b)
}

// median is the middle of some values.
func median[T cmp.Ordered](values []T) T {
	sorted := append([]T(nil), values...)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
