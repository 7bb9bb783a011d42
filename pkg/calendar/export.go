package calendar

import (
	"slices"
	"time"
)

// ExportVersion is the version of [Export].
const ExportVersion = 1

// Export is a planning problem and a plan in numbers, complete enough that a
// stranger can rebuild the model and check or better the plan without this
// program. docs/planning.md says what the fields mean. Minutes, days, weeks
// and blocks count from Start.
type Export struct {
	Version  int              `json:"version"`
	Now      int              `json:"now"`
	Start    string           `json:"start"`
	End      string           `json:"end"`
	Zone     string           `json:"zone"`
	Horizon  int              `json:"horizon"`
	Slots    []ExportSlot     `json:"slots"`
	Items    []ExportItem     `json:"items"`
	Posts    []ExportPost     `json:"posts"`
	Fixed    []ExportFixed    `json:"fixed"`
	Agreed   []ExportPlaced   `json:"agreed"`
	Pairs    []ExportPair     `json:"pairs"`
	After    []ExportAfter    `json:"after"`
	Caps     []ExportCap      `json:"caps"`
	Gaps     []ExportDistance `json:"gaps"`
	Spreads  []ExportDistance `json:"spreads"`
	Mix      []ExportMix      `json:"mix"`
	Capacity []ExportCapacity `json:"capacity"`
	Plan     []ExportPlaced   `json:"plan"`
	Value    int              `json:"value"`
	// Bound is a value that no plan exceeds.
	Bound int `json:"bound"`
}

// ExportSlot is a slot.
type ExportSlot struct {
	ID       int    `json:"id"`
	Platform string `json:"platform"`
	At       int    `json:"at"`
	Day      int    `json:"day"`
	Week     int    `json:"week"`
	Block    int    `json:"block"`
	Weight   int    `json:"weight"`
	Min      int    `json:"min"`
	Max      int    `json:"max"`
	Fixed    int    `json:"fixed"`
	Due      int    `json:"due"`
	DueWeek  int    `json:"due_week"`
}

// ExportItem is a free item.
type ExportItem struct {
	ID       string         `json:"id"`
	Post     string         `json:"post"`
	Platform string         `json:"platform"`
	Priority int            `json:"priority"`
	From     int            `json:"from"`
	First    int            `json:"first"`
	Until    int            `json:"until"`
	Pillar   string         `json:"pillar"`
	Intent   string         `json:"intent"`
	Need     map[string]int `json:"need"`
}

// ExportPost is what a post itself still owes.
type ExportPost struct {
	ID   string         `json:"id"`
	Need map[string]int `json:"need"`
}

// ExportFixed is a fixed placement.
type ExportFixed struct {
	Item     string         `json:"item"`
	Post     string         `json:"post"`
	Platform string         `json:"platform"`
	At       int            `json:"at"`
	Slot     *int           `json:"slot"`
	Pillar   string         `json:"pillar"`
	Intent   string         `json:"intent"`
	Need     map[string]int `json:"need"`
	DueWeek  int            `json:"due_week"`
	Why      Why            `json:"why"`
}

// ExportPlaced is an item in a slot.
type ExportPlaced struct {
	Item string `json:"item"`
	Slot int    `json:"slot"`
}

// ExportPair is an admissible pair.
type ExportPair struct {
	Item    string `json:"item"`
	Slot    int    `json:"slot"`
	Value   int    `json:"value"`
	Due     int    `json:"due"`
	DueWeek int    `json:"due_week"`
}

// ExportAfter is a chain.
type ExportAfter struct {
	Item    string      `json:"item"`
	Leader  string      `json:"leader"`
	Fixed   *int        `json:"fixed"`
	Release map[int]int `json:"release"`
}

// ExportCap is a cap of used slots in a day or a week.
type ExportCap struct {
	Platform string `json:"platform"`
	Day      *int   `json:"day"`
	Week     *int   `json:"week"`
	Limit    int    `json:"limit"`
	Used     int    `json:"used"`
}

// ExportDistance is a gap or a spread.
type ExportDistance struct {
	Platform string `json:"platform"`
	Minutes  int    `json:"minutes"`
}

// ExportMix is the share of an intent or a pillar in a block.
type ExportMix struct {
	Platform string  `json:"platform"`
	Block    int     `json:"block"`
	Intent   *string `json:"intent"`
	Pillar   *string `json:"pillar"`
	Min      int     `json:"min"`
	Max      int     `json:"max"`
	N        int     `json:"n"`
	C        int     `json:"c"`
}

// ExportCapacity is the time of a person, or of the team ("*"), until the end
// of a week.
type ExportCapacity struct {
	Person string `json:"person"`
	Week   int    `json:"week"`
	Avail  int    `json:"avail"`
	Taken  int    `json:"taken"`
}

// Team is the person of the capacity rows that bind everybody together.
const Team = "*"

// Export returns the problem and a plan of it. Its JSON is the same, byte for
// byte, for the same input.
func (inst *Instance) Export(plan Plan) Export {
	e := Export{
		Version: ExportVersion, Now: inst.Now, Horizon: inst.Horizon, Zone: inst.Zone.Name(),
		Start: inst.Start.Format(time.RFC3339), End: inst.End.Format(time.RFC3339),
		Slots: []ExportSlot{}, Items: []ExportItem{}, Posts: []ExportPost{}, Fixed: []ExportFixed{}, Agreed: []ExportPlaced{},
		Pairs: []ExportPair{}, After: []ExportAfter{}, Caps: []ExportCap{}, Gaps: []ExportDistance{}, Spreads: []ExportDistance{},
		Mix: []ExportMix{}, Capacity: []ExportCapacity{}, Plan: []ExportPlaced{}, Value: plan.Value,
	}
	inst.exportSlots(&e)
	inst.exportItems(&e)
	inst.exportFixed(&e)
	inst.exportAfter(&e)
	inst.exportRows(&e)
	for _, p := range plan.Placements {
		e.Plan = append(e.Plan, ExportPlaced{inst.Items[p.Item].Key.String(), p.Slot})
	}
	return e
}

func (inst *Instance) exportSlots(e *Export) {
	for i, s := range inst.Slots {
		e.Slots = append(e.Slots, ExportSlot{
			ID: i, Platform: inst.Platforms[s.Platform].Name, At: s.At, Day: s.Day, Week: s.Week, Block: s.Block,
			Weight: s.Weight, Min: s.Min, Max: s.Max, Fixed: s.Fixed, Due: s.Due, DueWeek: s.DueWeek,
		})
	}
	for _, p := range inst.Platforms {
		if p.Gap > 0 {
			e.Gaps = append(e.Gaps, ExportDistance{p.Name, p.Gap})
		}
		if p.Spread > 0 {
			e.Spreads = append(e.Spreads, ExportDistance{p.Name, p.Spread})
		}
	}
}

func (inst *Instance) exportItems(e *Export) {
	for _, p := range inst.Posts {
		if len(p.Need) > 0 {
			e.Posts = append(e.Posts, ExportPost{p.ID, inst.exportNeed(p.Need)})
		}
	}
	for i, it := range inst.Items {
		id := it.Key.String()
		e.Items = append(e.Items, ExportItem{
			ID: id, Post: it.Key.Post, Platform: it.Key.Platform, Priority: it.Priority,
			From: it.From, First: min(it.First, inst.Horizon), Until: min(it.Until, inst.Horizon-1),
			Pillar: it.Pillar, Intent: it.Intent, Need: inst.exportNeed(it.Need),
		})
		if it.Agreed >= 0 {
			e.Agreed = append(e.Agreed, ExportPlaced{id, it.Agreed})
		}
		best := 0
		for s := it.SlotLo; s < it.SlotHi; s++ {
			if inst.Admissible(i, s) {
				v := inst.Value(i, s)
				best = max(best, v)
				e.Pairs = append(e.Pairs, ExportPair{id, s, v, inst.Slots[s].Due, inst.Slots[s].DueWeek})
			}
		}
		e.Bound += best
	}
}

// exportNeed sums up by name; "" are those who are nobody of ours.
func (inst *Instance) exportNeed(need []Minutes) map[string]int {
	out := map[string]int{}
	for _, m := range need {
		name := ""
		if m.Person >= 0 {
			name = inst.People[m.Person]
		}
		out[name] += m.Minutes
	}
	return out
}

func (inst *Instance) exportFixed(e *Export) {
	for _, f := range inst.Fixed {
		x := ExportFixed{
			Item: f.Key.String(), Post: f.Key.Post, Platform: f.Key.Platform, At: f.At,
			Pillar: f.Pillar, Intent: f.Intent, Need: inst.exportNeed(f.Owes), DueWeek: f.DueWeek, Why: f.Why,
		}
		if f.Slot >= 0 {
			slot := f.Slot
			x.Slot = &slot
		}
		e.Fixed = append(e.Fixed, x)
	}
}

// exportAfter writes the chains that bind: those with a free item on one side.
func (inst *Instance) exportAfter(e *Export) {
	for i := range inst.After {
		a := &inst.After[i]
		if a.Item < 0 && a.Leader < 0 {
			continue
		}
		x := ExportAfter{Release: map[int]int{}}
		if a.Item >= 0 {
			x.Item = inst.Items[a.Item].Key.String()
		} else {
			x.Item = inst.Fixed[a.FixedItem].Key.String()
		}
		if a.Leader >= 0 {
			x.Leader = inst.Items[a.Leader].Key.String()
			p := inst.Platforms[inst.Items[a.Leader].Platform]
			for s := p.SlotLo; s < p.SlotHi; s++ {
				x.Release[s] = inst.release(a, s)
			}
		} else {
			x.Leader = inst.Fixed[a.FixedLeader].Key.String()
			if a.First != Never {
				x.Fixed = &a.First
			}
		}
		e.After = append(e.After, x)
	}
}

func (inst *Instance) exportRows(e *Export) {
	orNull := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	named := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	for _, c := range inst.Caps {
		e.Caps = append(e.Caps, ExportCap{inst.Platforms[c.Platform].Name, orNull(c.Day), orNull(c.Week), c.Limit, c.Used})
	}
	for _, m := range inst.Mixes {
		e.Mix = append(e.Mix, ExportMix{inst.Platforms[m.Platform].Name, m.Block, named(m.Intent), named(m.Pillar), m.Min, m.Max, m.N, m.C})
	}
	names := append(slices.Clone(inst.People), Team)
	for _, c := range inst.Capacity {
		person := c.Person
		if person < 0 {
			person = len(inst.People)
		}
		e.Capacity = append(e.Capacity, ExportCapacity{names[person], c.Week, c.Avail, c.Taken})
	}
}
