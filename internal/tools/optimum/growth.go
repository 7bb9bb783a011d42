package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
)

// grown is one office of the growth curve.
type grown struct {
	name string
	size shape.Size
}

func growths() []grown {
	return []grown{
		{"a month, three platforms", shape.Size{Items: 70, Weeks: 5, Platforms: 3}},
		{"a quarter, seven platforms", shape.Size{Items: 300, Weeks: 13, Platforms: 7}},
		{"the same, more posts", shape.Size{Items: 1000, Weeks: 13, Platforms: 7}},
		{"half a year", shape.Size{Items: 3000, Weeks: 26, Platforms: 7}},
		{"a year", shape.Size{Items: 10_000, Weeks: 52, Platforms: 7}},
	}
}

// growth plans the same kind of office at several sizes, each in a process of
// its own, and returns the table in Markdown.
func (o options) growth(ctx context.Context) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	var all []figures
	for i, g := range growths() {
		cmd := exec.CommandContext(ctx, self, "-grown", strconv.Itoa(i), "-runs", strconv.Itoa(o.runs))
		cmd.Stderr = os.Stderr
		said, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("%s: %w", g.name, err)
		}
		f := figures{name: g.name}
		if _, err := fmt.Sscan(string(said), &f.items, &f.slots, &f.pairs, &f.placed, &f.value, &f.micros, &f.bytes, &f.again, &f.median, &f.worst); err != nil {
			return "", fmt.Errorf("%s: %w", g.name, err)
		}
		all = append(all, f)
	}
	return curve(all), nil
}

// curve is the table. What an item takes is held against what it takes among
// a thousand.
func curve(all []figures) string {
	var b strings.Builder
	fmt.Fprint(&b, "| office | items | slots | pairs | placed | value | ms | an item, µs | × that of 1,000 | MB | one post changed, ms | others moved, median | worst |\n",
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	base := 1.0
	for _, f := range all {
		if f.items == 1000 {
			base = f.each()
		}
	}
	for _, f := range all {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %.1f | %.0f | %.1f | %d | %.1f | %d | %d |\n", f.name, f.items, f.slots, f.pairs, f.placed, f.value,
			float64(f.micros)/1000, f.each(), f.each()/base, f.bytes>>20,
			float64(f.again)/1000, f.median, f.worst)
	}
	return b.String()
}

// figures are what one process measures.
type figures struct {
	name                               string
	items, slots, pairs, placed, value int
	micros, bytes                      int64
	// again is the microseconds to plan again after one post has changed,
	// median and worst how many placements of other posts that moves.
	again         int64
	median, worst int
}

// each is the microseconds that an item takes.
func (f figures) each() float64 { return float64(f.micros) / float64(f.items) }

// grow plans one office of the curve some times. It says the median time, and
// the memory that the process took in all, the problem included.
func (o options) grow(i int, out io.Writer) error {
	if i < 0 || i >= len(growths()) {
		return fmt.Errorf("-grown: there is no office %d", i)
	}
	in, err := shape.Grown(growths()[i].size, 1)
	if err != nil {
		return err
	}
	inst, _ := calendar.Expand(in)
	pairs := 0
	for _, it := range inst.Items {
		pairs += it.SlotHi - it.SlotLo - len(it.Closed)
	}
	var plan calendar.Plan
	var all []time.Duration
	for range max(1, o.runs) {
		begun := cpu()
		plan = calendar.Make(inst)
		all = append(all, cpu()-begun)
	}
	slices.Sort(all)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	again, median, worst := replans(in, inst, plan)
	_, err = fmt.Fprintln(out, len(inst.Items), len(inst.Slots), pairs, len(plan.Placements), plan.Value, all[len(all)/2].Microseconds(), m.Sys,
		again.Microseconds(), median, worst)
	return err
}
