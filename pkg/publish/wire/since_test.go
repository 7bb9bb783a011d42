package wire_test

import (
	"testing"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

func TestSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	for name, c := range map[string]struct {
		since, due, answer time.Time
		want               time.Time
		blind              bool
	}{
		"never committed":       {due: at(-3), want: at(-13)},
		"before its instant":    {due: at(60), want: at(-10)},
		"committed since":       {since: at(-2), due: at(-3), want: at(-13)},
		"early":                 {since: at(-5), due: at(-3), want: at(-15)},
		"a clock behind ours":   {due: at(-3), answer: at(-20), want: at(-33)},
		"a clock before ours":   {due: at(-3), answer: at(20), want: at(-13)},
		"an answer that took":   {due: at(-3), answer: now.Add(-40 * time.Second), want: at(-13)},
		"our clock went back":   {since: at(20), due: at(-3), want: at(-13), blind: true},
		"nothing but a present": {want: at(-10)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			job := platform.Job{Due: c.due, Now: now, Since: c.since}
			if got := wire.Since(job, c.answer); !got.Equal(c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if wire.Blind(job) != c.blind {
				t.Error("blind")
			}
		})
	}
}
