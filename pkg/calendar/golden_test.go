package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// Each rule of docs/planning.md has a case whose plan was found by hand (here
// and in plan_test.go, TestPlan_…; docs/planning-by-hand.md is one with every
// number) and a law that holds for any office:
//
//	rule            by hand                                   law
//	slots           skipsBlackoutDays…, keepsTheHour…         rhythm: TestExpand_agreesWithPythonInEveryZone
//	items           asksOnlyPlatformsOf…, ordersTheSeries…    TestExpand_itemsAreThoseOfTheInput
//	dates, due      obeysEmbargo…, doesNotBegin…              TestExpand_admissiblePairsAreThoseOfTheInput
//	out, failed     countsWhatIsOut…, keepsWhatIsGone…        TestExpand_itemsAreThoseOfTheInput
//	pins            takesADate…, takesTheMarkFirst…           TestExpand_pinsAndLocksStandWhereTheyWere
//	lock            leavesTheLockWindow…, locksToTheMinute    TestExpand_pinsAndLocksStandWhereTheyWere
//	limits of fixed givesWhatIsFixedItsOwnLimits              TestMake_breaksNoRule… (with nothing placed)
//	value           TestValue_byHand, prefersWeight           verify recomputes every pair
//	K               keepsWhatIsAgreed…                        TestMake_agreeingAndPlanningAgainComesToRest
//	1 editions      fillsEditions…                            \
//	2 caps          keepsCaps…, countsAnEditionOnce            |
//	3 gap           keepsGapAndSpread, measuresGaps…           | TestMake_breaksNoRuleThatTheCheckerKnows,
//	4 spread        keepsGapAndSpread, spreadsNothing…         | TestExplain_agreesWithTheChecker,
//	5 after         follows…, ordersTheSeries…, bindsTheLeader…| TestExport_theSolverIsHeldToWhatTheCheckerHolds,
//	                waitsFromWhenItsLeaderWentOut, …           | and what TestCheck_findsEachBrokenRule breaks by hand
//	6 mix           keepsTheMix…, countsWhatIsOutInAMix        |
//	7 capacity      givesNobodyMoreWork…, owesNothing…        /
//	ties            placesWhatIsWorthMostFirst                TestMake_dependsOnNothingButItsInput

func TestValue_byHand(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00").Rhythm.Times[0].Weight = 1500
	o.post("a", "blog").Priority = 4
	late := o.post("b", "blog")
	late.Priority, late.NotBefore = 4, o.moment("2026-10-19 12:00")
	o.agree("a", "blog", "2026-10-22 10:00", false)
	inst, _ := calendar.Expand(o.Input)
	// The night of the 25th has an hour more: H is 20,220 minutes.
	for _, tt := range []struct{ item, slot, want int }{
		{0, 0, 11424}, // 1,980 minutes: 48 off, 8 · 952 · 1.5
		{0, 1, 8632},  // 4,920 minutes: 121 off, 8 · 879, and 200 · 8 because it is agreed
		{1, 0, 11628}, // 1,260 minutes from noon: 31 off, 8 · 969 · 1.5
	} {
		if got := inst.Value(tt.item, tt.slot); got != tt.want || inst.Horizon != 20220 {
			t.Errorf("item %d in slot %d is worth %d, want %d; H %d", tt.item, tt.slot, got, tt.want, inst.Horizon)
		}
	}
}

func TestPlan_prefersWeight(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00").Rhythm.Times[1].Weight = 1500
	o.post("a", "blog") // 3,808 on Tuesday, 5,274 on Thursday
	o.expect("Thu 22 10:00 blog a")
}

func TestPlan_keepsWhatIsGoneAndFreesWhatWasCancelled(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00").CapWeek = 1
	o.post("a", "blog")
	o.outcome("a", "blog", "2026-10-15 09:00", calendar.StateCancelled)
	// Nobody has the post any more; it went out this week all the same.
	o.outcome("gone", "blog", "2026-10-19 07:00", calendar.StatePublished)
	o.expect("Mon 19 07:00 blog gone published", "Tue 27 09:00 blog a")
}

func TestPlan_takesTheMarkFirstThenTheVariantThenThePost(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	p := o.post("a", "blog")
	p.Pin, p.Pins["blog"] = o.moment("2026-10-29 10:00"), o.moment("2026-10-27 09:00")
	o.agree("a", "blog", "2026-10-22 10:00", true)
	o.expect("Thu 22 10:00 blog a pinned")
	o.Agreed = nil
	o.expect("Tue 27 09:00 blog a pinned")
	o.Posts[0].Pins = nil
	o.expect("Thu 29 10:00 blog a pinned")
}

func TestPlan_locksToTheMinute(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "wed 08:00", "thu 10:00")
	o.post("a", "blog").Priority = 1
	o.post("b", "blog").Priority = 5
	o.agree("a", "blog", "2026-10-21 08:00", false)
	for _, lock := range []civil.Span{{Minutes: 48 * 60}, {Days: 2}} {
		o.Lock = lock
		o.expect("Wed 21 08:00 blog a locked", "Thu 22 10:00 blog b")
	}
	// Free, a gives way: it loses 238, and b gains 608.
	o.Lock = civil.Span{Minutes: 48*60 - 1}
	o.expect("Wed 21 08:00 blog b", "Thu 22 10:00 blog a")
}

func TestPlan_givesWhatIsFixedItsOwnLimits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 12:00", "wed 09:00").CapDay = 1
	o.post("a", "blog").Pin = o.moment("2026-10-20 09:00")
	o.post("b", "blog").Pin = o.moment("2026-10-20 18:00")
	o.post("c", "blog")
	// Two stand there against the cap of one; a third does not.
	if plan := o.finds("b.md clash-cap-day A, B"); plan[2] != "Wed 21 09:00 blog c" {
		t.Errorf("got %q", plan)
	}

	o = newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.People = []calendar.Person{{Name: "q", Minutes: 100}}
	for id, minutes := range map[string]int{"a": 150, "b": 0, "c": 10} {
		p := o.post(id, "blog")
		p.Ready, p.Need = false, map[string]int{"q": minutes}
		if id == "a" {
			p.Pin = o.moment("2026-10-20 09:00")
		}
	}
	// Of 200 minutes until the end of the second week 50 are left: c waits for
	// them, and b asks for none.
	plan := o.finds("a.md clash-capacity A 50m", "a.md clash-capacity-team A 50m")
	if plan[1] != "Thu 22 10:00 blog b" || plan[2] != "Tue 27 09:00 blog c" {
		t.Errorf("got %q", plan)
	}
}

func TestPlan_countsAnEditionOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.platform("letter", "fri 08:00", "sat 08:00")
	p.Edition, p.CapWeek = &calendar.Edition{Min: 1, Max: 3}, 1
	for _, id := range []string{"a", "b", "c", "d"} {
		o.post(id, "letter")
	}
	o.expect("Fri 23 08:00 letter a", "Fri 23 08:00 letter b", "Fri 23 08:00 letter c", "Fri 30 08:00 letter d")
}

func TestPlan_spreadsNothingInsideASlotNorWithoutAPillar(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.platform("letter", "tue 09:00", "wed 09:00")
	p.Edition, p.Spread = &calendar.Edition{Min: 1, Max: 2}, 3*24*60
	for _, id := range []string{"a", "b", "c", "d"} {
		o.post(id, "letter")
	}
	// Together they are one use of the pillar; parted, one would wait a week.
	o.Posts[1].Pillar, o.Posts[3].Pillar = "craft", "craft"
	o.Posts[1].Priority, o.Posts[3].Priority = 5, 5
	o.expect("Tue 20 09:00 letter b", "Tue 20 09:00 letter d", "Wed 21 09:00 letter a", "Wed 21 09:00 letter c")
}

func TestPlan_waitsFromWhenItsLeaderWentOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-25 08:00")
	o.platform("blog", "sat 18:00")
	x := o.platform("x", "sun 17:00", "sun 18:00")
	x.DerivesFrom, x.Lag = "blog", civil.Span{Minutes: 24 * 60}
	o.post("a", "blog x")
	o.outcome("a", "blog", "2026-10-24 18:00", calendar.StatePublished)
	// The clocks went back in the night: 24 hours are over at five, a day at six.
	o.expect("Sat 24 18:00 blog a published", "Sun 25 17:00 x a")
	o.Platforms[1].Lag = civil.Span{Days: 1}
	o.expect("Sat 24 18:00 blog a published", "Sun 25 18:00 x a")
	o.Platforms[1].Lag = civil.Span{Minutes: 24 * 60}
	o.Outcomes[0].At = o.Outcomes[0].At.Add(5 * time.Minute)
	o.expect("Sat 24 18:05 blog a published", "Sun 25 18:00 x a")
}

func TestPlan_ordersASeriesInEachLanguage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	for _, p := range []struct {
		id, lang       string
		part, priority int
	}{{"english", "en", 2, 5}, {"four", "fr", 4, 5}, {"one", "fr", 1, 1}} {
		post := o.post(p.id, "blog")
		post.Lang, post.Series, post.Part, post.Priority = p.lang, "s", p.part, p.priority
	}
	// There are no parts two and three in French; English has none before.
	o.expect("Tue 20 09:00 blog english", "Thu 22 10:00 blog one", "Tue 27 09:00 blog four")
}

func TestPlan_repeatsInAnotherSlot(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("letter", "fri 08:00").Edition = &calendar.Edition{Min: 1, Max: 2}
	o.post("a", "letter").Repeat = calendar.Repeat{Times: 2}
	o.expect("Fri 23 08:00 letter a", "Fri 30 08:00 letter a#2")
}

func TestPlan_countsWhatIsOutInAMix(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Weeks = 1 // the last of four that began on 28 September
	o.platform("x", "tue 09:00", "wed 09:00").Mix = []calendar.Mix{{Pillar: "craft", Max: 500}}
	for id, when := range map[string]string{"out1": "2026-10-06 09:00", "out2": "2026-10-13 09:00", "older": "2026-09-27 09:00"} {
		o.post(id, "x").Pillar = "craft"
		o.outcome(id, "x", when, calendar.StatePublished)
	}
	p := o.post("new", "x")
	p.Pillar, p.Priority = "craft", 5
	// Two of two are out, one more than half: three of three would be more.
	older, out1, out2 := "Sun 27 09:00 x older published", "Tue 6 09:00 x out1 published", "Tue 13 09:00 x out2 published"
	o.expect(older, out1, out2, "left x new")
	o.post("other", "x").Pillar = "town"
	// Three of four are one more than half, too.
	o.expect(older, out1, out2, "Tue 20 09:00 x new", "Wed 21 09:00 x other")
}

func TestPlan_owesNothingOnWhatIsOutSomewhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00")
	o.platform("x", "mon 09:00")
	o.People = []calendar.Person{{Name: "q", Minutes: 60}}
	p := o.post("a", "blog x")
	p.Ready, p.Need = false, map[string]int{"q": 500}
	o.expect("left blog a", "left x a")
	o.outcome("a", "x", "2026-10-18 09:00", calendar.StatePublished)
	o.expect("Sun 18 09:00 x a published", "Tue 20 09:00 blog a")
}

// What a person marked, and what is agreed in the lock window, stands where it
// is agreed, to the minute, unless the dates of its post or the want of an
// edition forbid it; what is fixed otherwise is out, in flight, or has a date.
func TestExpand_pinsAndLocksStandWhereTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		fixed := map[calendar.Key]calendar.Fixed{}
		for _, f := range inst.Fixed {
			fixed[f.Key] = f
		}
		posts := map[string]calendar.Post{}
		for _, p := range in.Posts {
			posts[p.ID] = p
		}
		agreed := map[calendar.Key][]calendar.Agreed{}
		for _, a := range in.Agreed {
			agreed[a.Key] = append(agreed[a.Key], a)
		}
		for _, it := range inst.Items {
			for _, a := range agreed[it.Key] {
				p := posts[it.Key.Post]
				dated := !p.Pin.IsZero() || !p.Pins[it.Key.Platform].IsZero()
				locked := !a.At.After(in.Zone.Add(in.Now, in.Lock)) && !dated
				if len(agreed[it.Key]) > 1 || a.At.Before(in.Now) || !a.Pin && !locked {
					continue
				}
				barred := !p.Embargo.IsZero() && a.At.Before(p.Embargo.Instant) || !p.Expires.IsZero() && !a.At.Before(p.Expires.Instant) ||
					!beforeEnd(in.Zone, a.At, p.Deadline) || !p.NotBefore.IsZero() && a.At.Before(p.NotBefore.Instant)
				if !barred && !edition(in, it.Key.Platform) {
					t.Fatalf("%s is free, and was agreed for %v (pinned: %v)", it.Key, a.At, a.Pin)
				}
			}
		}
		for key, f := range fixed {
			if f.Why != calendar.WhyPinned && f.Why != calendar.WhyLocked {
				continue
			}
			p, there := posts[key.Post], false
			for _, a := range agreed[key] {
				there = there || minuteOf(a.At).Equal(inst.Time(f.At))
			}
			for _, m := range []civil.Moment{p.Pin, p.Pins[key.Platform]} {
				there = there || f.Why == calendar.WhyPinned && m.HasClock && minuteOf(m.Instant).Equal(inst.Time(f.At))
			}
			if f.Why == calendar.WhyLocked && inst.Time(f.At).After(in.Zone.Add(in.Now, in.Lock)) {
				t.Fatalf("%s at %v is beyond the lock window", key, inst.Time(f.At))
			}
			if !there {
				t.Fatalf("%s is fixed at %v by nothing: %s", key, inst.Time(f.At), f.Why)
			}
		}
	})
}

func minuteOf(t time.Time) time.Time { return t.Truncate(time.Minute) }

func edition(in calendar.Input, platform string) bool {
	for _, p := range in.Platforms {
		if p.Name == platform {
			return p.Edition != nil
		}
	}
	return false
}
