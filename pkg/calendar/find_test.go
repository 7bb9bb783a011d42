package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
)

func TestFinder_saysWhatTheRulesSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		if differs := calendar.FinderDiffers(inst, rapid.Uint64().Draw(t, "seed")); differs != "" {
			t.Fatal(differs)
		}
	})
}
