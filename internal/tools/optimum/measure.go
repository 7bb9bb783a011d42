package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"editorial/internal/tools/optimum/exact"
	"editorial/internal/tools/optimum/rival"
	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/verify"
)

// errDisagree is returned where model, planner and checker do not say the same.
var errDisagree = errors.New("model, planner and checker disagree")

// result is what one office gave.
type result struct {
	seed                uint64
	shape               string
	items, slots, pairs int
	best                exact.Result
	planned             bool
	value               int
	took                time.Duration
	rivals              []int // the values of their plans
}

// ratio is the part of the best value that a plan reaches. Where there is
// nothing to win every plan is the best.
func (r result) ratio(value int) float64 {
	if r.best.Value == 0 {
		return 1
	}
	return float64(value) / float64(r.best.Value)
}

func (r result) String() string {
	head := fmt.Sprintf("%5d  %-14s %5d %5d %6d", r.seed, r.shape, r.items, r.slots, r.pairs)
	if !r.best.Proven {
		return fmt.Sprintf("%s  not proven in %.0f s: %d to %d", head, r.best.Seconds, r.best.Value, r.best.Bound)
	}
	if !r.planned {
		return fmt.Sprintf("%s %9d  proven in %.1f s", head, r.best.Value, r.best.Seconds)
	}
	line := fmt.Sprintf("%s %9d %9d %7.2f%% %8.1f %8.1f", head, r.best.Value, r.value, 100*r.ratio(r.value), float64(r.took.Microseconds())/1000, r.best.Seconds)
	for _, v := range r.rivals {
		line += fmt.Sprintf(" %7.2f%%", 100*r.ratio(v))
	}
	return line
}

// measure plans the offices of the seeds whose best plan can be proven, and
// says what each gave.
func (o options) measure(ctx context.Context, out io.Writer) ([]result, error) {
	var results []result
	unproven, wrong := 0, 0
	if !o.quiet {
		fmt.Fprintf(out, "%5s  %-14s %5s %5s %6s %9s %9s %8s %8s %8s\n", "seed", "shape", "items", "slots", "pairs", "optimum", "planner", "ratio", "ms", "cbc s")
	}
	seeds := o.seeds()
	for _, seed := range seeds {
		r, bad, err := o.office(ctx, seed)
		if err != nil {
			return nil, fmt.Errorf("seed %d: %w", seed, err)
		}
		if !o.quiet && (r.best.Proven || !o.known) {
			fmt.Fprintln(out, r)
		}
		for _, b := range bad {
			wrong++
			fmt.Fprintf(out, "%5d  %-14s DISAGREE: %s\n", seed, r.shape, b)
		}
		if !r.best.Proven {
			unproven++
		} else if !o.fill {
			results = append(results, r)
		}
	}
	fmt.Fprintf(out, "%d of %d not proven\n", unproven, len(seeds))
	if wrong > 0 {
		return results, fmt.Errorf("%w %d times", errDisagree, wrong)
	}
	return results, nil
}

// office measures one. What is wrong comes in sentences.
func (o options) office(ctx context.Context, seed uint64) (r result, wrong []string, err error) {
	name, in, err := shape.Draw(seed)
	if err != nil {
		return result{}, nil, err
	}
	inst, _ := calendar.Expand(in)
	problem, err := exact.Of(inst.Export(calendar.Plan{}))
	if err != nil {
		return result{}, nil, err
	}
	r = result{seed: seed, shape: name, items: len(inst.Items), slots: len(inst.Slots), pairs: len(problem.Pairs)}
	if o.known {
		r.best, _, err = o.solver.Known(problem)
	} else {
		r.best, err = o.solver.Solve(ctx, problem)
	}
	if err != nil || !r.best.Proven || o.fill {
		return r, nil, err
	}
	begun := cpu()
	plan := calendar.Make(inst)
	r.took, r.value, r.planned = cpu()-begun, plan.Value, true
	if wrong, err = disagree(&inst, problem, plan, r.best); err != nil || !o.rivals {
		return r, wrong, err
	}
	for _, other := range rival.All() {
		placed, value := other.Plan(problem)
		r.rivals = append(r.rivals, value)
		rejected, err := check(&inst, placed, value)
		if err != nil {
			return r, nil, err
		}
		for _, b := range rejected {
			wrong = append(wrong, fmt.Sprintf("the checker rejects %q: %s", other.Name, b))
		}
	}
	return r, wrong, nil
}

// disagree lists where model, planner and checker do not say the same.
func disagree(inst *calendar.Instance, problem *exact.Problem, plan calendar.Plan, best exact.Result) ([]string, error) {
	var all []string
	ours, err := exact.Of(inst.Export(plan))
	if err != nil {
		return nil, err
	}
	value, broken := problem.Model().Check(ours.Plan)
	for _, b := range broken {
		all = append(all, "the model refuses our plan: "+b)
	}
	if value != plan.Value {
		all = append(all, fmt.Sprintf("our plan is worth %d in the model, and says %d", value, plan.Value))
	}
	if plan.Value > best.Value {
		all = append(all, fmt.Sprintf("our plan is worth %d, and the best %d", plan.Value, best.Value))
	}
	for _, p := range []struct {
		whose string
		plan  []exact.Placed
		value int
	}{{"our", ours.Plan, plan.Value}, {"the best", best.Plan, best.Value}} {
		rejected, err := check(inst, p.plan, p.value)
		if err != nil {
			return nil, err
		}
		for _, b := range rejected {
			all = append(all, "the checker rejects "+p.whose+" plan: "+b)
		}
	}
	return all, nil
}

// check asks the independent checker about a plan.
func check(inst *calendar.Instance, plan []exact.Placed, value int) ([]string, error) {
	export := inst.Export(calendar.Plan{})
	export.Value = value
	for _, p := range plan {
		export.Plan = append(export.Plan, calendar.ExportPlaced{Item: p.Item, Slot: p.Slot})
	}
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
