package cli

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// lastFigures are the last ones that a platform said of each delivery.
func lastFigures(ctx context.Context, s *store.Store) (map[platform.Key]store.Measure, error) {
	all, err := s.Measures(ctx) // in the order of their marks
	last := map[platform.Key]store.Measure{}
	for _, m := range all {
		if m.Figures != nil {
			last[m.Key] = m
		}
	}
	return last, err
}

// jsonCounted is a delivery of "deliveries --json".
type jsonCounted struct {
	jsonDelivery
	Figures *jsonFigures `json:"figures"`
}

// jsonFigures are the last figures of a delivery.
type jsonFigures struct {
	At     time.Time        `json:"at"`
	Days   int              `json:"days"`
	Counts map[string]int64 `json:"counts"`
}

func figuresJSON(o *office.Office, m store.Measure) *jsonFigures {
	if m.Figures == nil {
		return nil
	}
	return &jsonFigures{m.At.In(o.Zone.Location()), days(m), m.Figures}
}

// days are after how many days the figures were to be asked for.
func days(m store.Measure) int { return int(m.Mark / (24 * time.Hour)) }

// sayFigures words the figures of a delivery, the largest first; "" where there are
// none.
func (a *app) sayFigures(m store.Measure) string {
	if len(m.Figures) == 0 {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(m.Figures), func(x, y string) int {
		return cmp.Or(cmp.Compare(m.Figures[y], m.Figures[x]), strings.Compare(x, y))
	})
	parts := make([]string, len(names))
	for i, name := range names {
		key := "delivery.figure-" + name
		if !a.words.Has(key) {
			key = "delivery.figure"
		}
		parts[i] = a.words.Say(key, problem.Params{"name": name, "n": strconv.FormatInt(m.Figures[name], 10)})
	}
	return a.words.Say("delivery.figures", problem.Params{"n": strconv.Itoa(days(m)), "figures": strings.Join(parts, ", ")})
}
