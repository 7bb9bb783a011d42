package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of what can be wrong. Items, slots and rows are named as in the file.
const (
	CodeData     problem.Code = "verify-data"     // where, says, is: a number does not follow from the others
	CodeUnknown  problem.Code = "verify-unknown"  // where, value: a name that leads nowhere, or that stands twice
	CodeRange    problem.Code = "verify-range"    // where, value: a number that nothing can have
	CodePair     problem.Code = "verify-pair"     // item, slot: not admissible
	CodeTwice    problem.Code = "verify-twice"    // item, slot, other: two places
	CodeFull     problem.Code = "verify-full"     // slot, count, limit, items
	CodeSmall    problem.Code = "verify-small"    // slot, count, limit, items
	CodeCap      problem.Code = "verify-cap"      // row, count, limit, items
	CodeGap      problem.Code = "verify-gap"      // item, other, minutes, limit
	CodeSpread   problem.Code = "verify-spread"   // item, other, pillar, minutes, limit
	CodeAfter    problem.Code = "verify-after"    // item, leader, at, first
	CodeNoLeader problem.Code = "verify-noleader" // item, leader
	CodeAbove    problem.Code = "verify-mix-max"  // row, name, count, of, limit
	CodeBelow    problem.Code = "verify-mix-min"  // row, name, count, of, limit
	CodeCapacity problem.Code = "verify-capacity" // person, week, minutes, limit, items
	CodeValue    problem.Code = "verify-value"    // says, is
	CodeBound    problem.Code = "verify-bound"    // value, bound
)

// MaxSize is the size in bytes beyond which a file is not read.
const MaxSize = 1 << 30

// ErrVersion is returned, wrapped, for a file of another version.
var ErrVersion = errors.New("not version 1")

// ErrTooLarge is returned for a file beyond [MaxSize].
var ErrTooLarge = errors.New("file too large")

// Report says how much was checked.
type Report struct {
	Slots, Items, Fixed, Placements int
	Value, Bound                    int
}

// Check reads an exported calendar and returns everything that is wrong with
// it: rules that its plan breaks, and numbers that do not follow from the
// others. The error says why a file could not be checked at all.
func Check(r io.Reader) (Report, []problem.Problem, error) {
	limited := &io.LimitedReader{R: r, N: MaxSize + 1}
	dec := json.NewDecoder(limited)
	var f file
	err := dec.Decode(&f)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("something follows the calendar")
		}
	}
	switch {
	case limited.N <= 0:
		return Report{}, nil, ErrTooLarge
	case err != nil:
		return Report{}, nil, fmt.Errorf("read calendar: %w", err)
	case f.Version != 1:
		return Report{}, nil, fmt.Errorf("version %d: %w", f.Version, ErrVersion)
	}
	c := &checker{file: f}
	if err := c.frame(); err != nil {
		return Report{}, nil, err
	}
	if c.index() {
		c.data()
		c.plan()
		c.rules()
	}
	return Report{len(f.Slots), len(f.Items), len(f.Fixed), len(f.Plan), f.Value, f.Bound}, c.problems, nil
}

// checker is a file and what is looked up in it.
type checker struct {
	file
	zone     civil.Zone
	start    time.Time
	monday   civil.Date
	weeks    int
	problems []problem.Problem

	items map[string]item
	posts map[string]post
	fixed map[string]held
	pairs map[at]pair
	// where is the slot of each placed item, placed the items of each slot in
	// the order of the plan.
	where  map[string]int
	placed map[int][]string
	in     map[int][]held // fixed ones of each slot
}

func (c *checker) find(code problem.Code, params problem.Params) {
	c.problems = append(c.problems, problem.Problem{Code: code, Params: params})
}

// differs reports a number that is not what it should be.
func (c *checker) differs(says, is int, format string, args ...any) {
	if says != is {
		c.find(CodeData, problem.Params{"where": fmt.Sprintf(format, args...), "says": strconv.Itoa(says), "is": strconv.Itoa(is)})
	}
}

// frame reads the horizon.
func (c *checker) frame() error {
	var err error
	if c.zone, err = civil.LoadZone(c.Zone); err != nil {
		return fmt.Errorf("zone: %w", err)
	}
	if c.start, err = time.Parse(time.RFC3339, c.Start); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	end, err := time.Parse(time.RFC3339, c.End)
	if err != nil {
		return fmt.Errorf("end: %w", err)
	}
	c.monday = c.zone.Date(c.start)
	days := c.zone.Date(end).DaysSince(c.monday)
	c.weeks = days / 7
	if c.monday.Weekday() != time.Monday || days%7 != 0 || days <= 0 ||
		!c.zone.Instant(c.monday.At(civil.Clock{})).Equal(c.start) || !c.zone.Instant(c.zone.Date(end).At(civil.Clock{})).Equal(end) {
		return fmt.Errorf("start %s, end %s: not whole weeks from Monday", c.Start, c.End)
	}
	minutes := int(end.Sub(c.start) / time.Minute)
	c.differs(c.Horizon, minutes, "horizon")
	c.Horizon = minutes
	return nil
}

func (c *checker) day(minute int) int {
	return c.zone.Date(c.start.Add(time.Duration(minute) * time.Minute)).DaysSince(c.monday)
}

// block counts blocks of four weeks from Monday 5 January 1970.
func (c *checker) block(day int) int {
	since := c.monday.DaysSince(civil.Date{Year: 1970, Month: 1, Day: 5})
	return (since+day)/28 - since/28
}

// index looks everything up by name. It reports whether all names are good:
// if not, there is nothing to check.
func (c *checker) index() bool {
	c.items, c.posts, c.fixed, c.pairs = map[string]item{}, map[string]post{}, map[string]held{}, map[at]pair{}
	c.where, c.placed, c.in = map[string]int{}, map[int][]string{}, map[int][]held{}
	bad := func(value, format string, args ...any) {
		c.find(CodeUnknown, problem.Params{"where": fmt.Sprintf(format, args...), "value": value})
	}
	known := func(s int) bool { return s >= 0 && s < len(c.Slots) }
	inside := func(n, least, most int, format string, args ...any) {
		if n < least || n > most {
			c.find(CodeRange, problem.Params{"where": fmt.Sprintf(format, args...), "value": strconv.Itoa(n)})
		}
	}
	owed := func(need map[string]int, list string, i int) {
		for _, who := range slices.Sorted(maps.Keys(need)) {
			inside(need[who], 0, math.MaxInt, "%s[%d].need", list, i)
		}
	}
	for i, s := range c.Slots {
		if s.ID != i {
			bad(strconv.Itoa(s.ID), "slots[%d]", i)
		}
		inside(s.Weight, 1, math.MaxInt, "slots[%d].weight", i)
		inside(s.Min, 1, math.MaxInt, "slots[%d].min", i)
		inside(s.Max, s.Min, math.MaxInt, "slots[%d].max", i)
	}
	for i, x := range c.Items {
		if _, twice := c.items[x.ID]; twice {
			bad(x.ID, "items[%d]", i)
		}
		inside(x.Priority, 1, 5, "items[%d].priority", i)
		owed(x.Need, "items", i)
		c.items[x.ID] = x
	}
	for i, x := range c.Fixed {
		owed(x.Need, "fixed", i)
	}
	for i, p := range c.Posts {
		owed(p.Need, "posts", i)
		if _, twice := c.posts[p.ID]; twice {
			bad(p.ID, "posts[%d]", i)
		}
		c.posts[p.ID] = p
	}
	for i := range c.Fixed {
		c.Fixed[i].day = c.day(c.Fixed[i].At)
		x := c.Fixed[i]
		_, twice := c.fixed[x.Item]
		_, free := c.items[x.Item]
		if twice || free || x.Slot != nil && !known(*x.Slot) || !slices.Contains([]string{"published", "inflight", "locked", "pinned"}, x.Why) {
			bad(x.Item, "fixed[%d]", i)
		}
		c.fixed[x.Item] = x
		if x.Slot != nil {
			c.in[*x.Slot] = append(c.in[*x.Slot], x)
		}
	}
	for i, p := range c.Pairs {
		key := at{p.Item, p.Slot}
		_, item := c.items[p.Item]
		if _, twice := c.pairs[key]; twice || !item || !known(p.Slot) {
			bad(p.Item, "pairs[%d]", i)
		}
		c.pairs[key] = p
	}
	for name, list := range map[string][]at{"agreed": c.Agreed, "plan": c.Plan} {
		for i, x := range list {
			if _, item := c.items[x.Item]; !item || !known(x.Slot) {
				bad(x.Item, "%s[%d]", name, i)
			}
		}
	}
	for i, a := range c.After {
		_, item := c.items[a.Item]
		_, fixed := c.fixed[a.Item]
		_, leader := c.items[a.Leader]
		_, fixedLeader := c.fixed[a.Leader]
		if !item && (!fixed || !leader) || !leader && !fixedLeader {
			bad(a.Item, "after[%d]", i)
		}
	}
	for i, r := range c.Capacity {
		if r.Week < 0 || r.Week >= c.weeks {
			bad(r.Person, "capacity[%d]", i)
		}
	}
	problem.Sort(c.problems)
	return !slices.ContainsFunc(c.problems, func(p problem.Problem) bool { return p.Code == CodeUnknown || p.Code == CodeRange })
}

// plan looks at the placements one by one.
func (c *checker) plan() {
	value := 0
	for _, x := range c.Plan {
		if other, twice := c.where[x.Item]; twice {
			c.find(CodeTwice, problem.Params{"item": x.Item, "slot": c.slotName(x.Slot), "other": c.slotName(other)})
			continue
		}
		c.where[x.Item] = x.Slot
		c.placed[x.Slot] = append(c.placed[x.Slot], x.Item)
		p, ok := c.pairs[x]
		if !ok {
			c.find(CodePair, problem.Params{"item": x.Item, "slot": c.slotName(x.Slot)})
		}
		value += p.Value
	}
	if value != c.Value {
		c.find(CodeValue, problem.Params{"says": strconv.Itoa(c.Value), "is": strconv.Itoa(value)})
	}
	if c.Value > c.Bound {
		c.find(CodeBound, problem.Params{"value": strconv.Itoa(c.Value), "bound": strconv.Itoa(c.Bound)})
	}
}

// slotName names a slot for people: its number, platform and instant.
func (c *checker) slotName(s int) string {
	return strconv.Itoa(s) + " (" + c.Slots[s].Platform + " " + c.instant(c.Slots[s].At) + ")"
}

func (c *checker) instant(minute int) string {
	return c.zone.DateTime(c.start.Add(time.Duration(minute) * time.Minute)).String()
}

// names lists what stands in slots, fixed ones first.
func (c *checker) names(slots ...int) string {
	var all []string
	for _, s := range slots {
		for _, f := range c.in[s] {
			all = append(all, f.Item)
		}
		all = append(all, c.placed[s]...)
	}
	return strings.Join(all, ", ")
}
