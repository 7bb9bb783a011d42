package delivery_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/pkg/publish/platform"
)

// meter is a platform that says how often a post was liked: as often as it was
// asked.
type meter struct {
	*remote
	asked []string
	err   error
}

func (m *meter) Metrics(_ context.Context, r platform.Receipt) (map[string]int64, error) {
	m.asked = append(m.asked, r.ID)
	if m.err != nil {
		return nil, m.err
	}
	return map[string]int64{"likes": int64(len(m.asked))}, nil
}

// measured is a bench whose posts are out and counted, and what is kept of that.
func measured(t *testing.T, n int) (b *bench, m *meter, kept func() string) {
	b = newBench(t, n)
	m = &meter{remote: b.remote}
	b.account(func(a *delivery.Account) { a.Publisher = m })
	for i := range n {
		b.at(time.Duration(i) * time.Minute)
		b.want(i, "published")
	}
	return b, m, func() string {
		all, err := b.store.Measures(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, k := range all {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s after %d: %v %s", k.Key, k.Mark/delivery.AfterDay, k.Figures, k.Detail)))
		}
		return strings.Join(lines, "\n")
	}
}

// TestMeasure_asksAfterADayAWeekAndAMonth, once each, and never of what it missed;
// no delivery changes by it.
func TestMeasure_asksAfterADayAWeekAndAMonth(t *testing.T) {
	t.Parallel()
	b, m, kept := measured(t, 1)
	before, _, err := b.store.Get(t.Context(), key(0))
	if err != nil {
		t.Fatal(err)
	}
	const day = delivery.AfterDay
	for _, step := range []struct {
		at    time.Duration
		asked int
	}{{day - time.Minute, 0}, {day + time.Minute, 1}, {day + time.Hour, 1}, {6 * day, 1}, {8 * day, 2}, {9 * day, 2}, {31 * day, 3}, {59 * day, 3}, {90 * day, 3}} {
		b.clock = start().Add(step.at)
		if err := b.engine.Measure(t.Context()); err != nil || len(m.asked) != step.asked {
			t.Errorf("after %s: asked %d times, want %d; %v", step.at, len(m.asked), step.asked, err)
		}
	}
	if got := kept(); got != "0#p#1 after 1: map[likes:1]\n0#p#1 after 7: map[likes:2]\n0#p#1 after 30: map[likes:3]" {
		t.Errorf("kept\n%s", got)
	}
	after, _, err := b.store.Get(t.Context(), key(0))
	if err != nil || after.Step != before.Step || b.remote.commits != 1 {
		t.Errorf("the delivery changed: %+v, %v, %d commits", after, err, b.remote.commits)
	}
}

// TestMeasure_failures: of what a platform does not say the next time asks again; a
// platform that cannot be asked is left alone until the next call.
func TestMeasure_failures(t *testing.T) {
	t.Parallel()
	const day = delivery.AfterDay
	for class, want := range map[platform.Class]struct {
		asked int
		kept  string
	}{
		platform.Permission: {2, "0#p#1 after 1: map[] permission x\n1#p#1 after 1: map[] permission x"},
		platform.Temporary:  {1, ""}, platform.Uncertain: {1, ""}, platform.Rate: {1, ""}, platform.Auth: {1, ""},
	} {
		b, m, kept := measured(t, 2)
		m.err = fails(class)
		b.clock = start().Add(2 * day)
		if err := b.engine.Measure(t.Context()); err != nil || len(m.asked) != want.asked || kept() != want.kept {
			t.Errorf("%s: asked %d times, %v, kept\n%s", class, len(m.asked), err, kept())
		}
		m.err, m.asked = nil, nil
		b.clock = start().Add(8 * day)
		if err := b.engine.Measure(t.Context()); err != nil || len(m.asked) != 2 || !strings.Contains(kept(), "1#p#1 after 7: map[likes:2]") {
			t.Errorf("%s, the next time: asked %d times, %v, kept\n%s", class, len(m.asked), err, kept())
		}
	}
}

// TestMeasure_aFewAtATime: after a long pause not all are asked about in a row.
func TestMeasure_aFewAtATime(t *testing.T) {
	t.Parallel()
	b, m, _ := measured(t, 52)
	b.clock = start().Add(2 * delivery.AfterDay)
	for _, want := range []int{50, 52, 52} {
		if err := b.engine.Measure(t.Context()); err != nil || len(m.asked) != want {
			t.Errorf("asked %d times, want %d; %v", len(m.asked), want, err)
		}
	}
}
