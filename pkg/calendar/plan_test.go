package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// The offices below are small enough to plan by hand: it is Monday 19 October
// 2026, eight o'clock in Paris; two weeks, with the end of summer time between
// them on Sunday 25 October.

// office is an Input under construction.
type office struct {
	calendar.Input
	t *testing.T
}

func newOffice(t *testing.T) *office {
	t.Helper()
	z := zone(t, "Europe/Paris")
	return &office{calendar.Input{Zone: z, Now: at(t, z, "2026-10-19 08:00"), Weeks: 2}, t}
}

func at(t *testing.T, z civil.Zone, text string) time.Time {
	t.Helper()
	m, err := z.ParseMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	return m.Instant
}

func (o *office) moment(text string) civil.Moment {
	o.t.Helper()
	m, err := o.Zone.ParseMoment(text)
	if err != nil {
		o.t.Fatal(err)
	}
	return m
}

// platform adds one with slots such as "tue 09:00".
func (o *office) platform(name string, slots ...string) *calendar.Platform {
	o.t.Helper()
	p := calendar.Platform{Name: name}
	for _, slot := range slots {
		day, clock, _ := strings.Cut(slot, " ")
		d, err := civil.ParseWeekday(day)
		if err != nil {
			o.t.Fatal(err)
		}
		c, err := civil.ParseClock(clock)
		if err != nil {
			o.t.Fatal(err)
		}
		p.Rhythm.Times = append(p.Rhythm.Times, rhythm.Times{Days: []time.Weekday{d}, At: []civil.Clock{c}})
	}
	o.Platforms = append(o.Platforms, p)
	return &o.Platforms[len(o.Platforms)-1]
}

// post adds one for platforms parted by spaces, ready unless somebody says how
// much it owes.
func (o *office) post(id, platforms string) *calendar.Post {
	o.Posts = append(o.Posts, calendar.Post{
		ID: id, Title: strings.ToUpper(id), Lang: "fr", Ready: true, Platforms: strings.Fields(platforms), Pins: map[string]civil.Moment{},
		Source: problem.Position{File: id + ".md"},
	})
	return &o.Posts[len(o.Posts)-1]
}

func (o *office) agree(post, platform, when string, pin bool) {
	o.Agreed = append(o.Agreed, calendar.Agreed{
		Key: calendar.Key{Post: post, Platform: platform, Occurrence: 1}, At: at(o.t, o.Zone, when), Pin: pin,
		Source: problem.Position{File: "calendar.txt", Line: len(o.Agreed) + 1},
	})
}

func (o *office) outcome(post, platform, when string, state calendar.State) {
	o.Outcomes = append(o.Outcomes, calendar.Outcome{
		Key: calendar.Key{Post: post, Platform: platform, Occurrence: 1}, At: at(o.t, o.Zone, when), State: state,
	})
}

// result is a plan as people read it: "Tue 20 09:00 blog a", the fixed ones
// with why, then what is left out.
func (o *office) result() ([]string, []problem.Problem) {
	o.t.Helper()
	inst, problems := calendar.Expand(o.Input)
	plan := calendar.Make(inst)
	if bad := check(o.t, &inst, plan); len(bad) > 0 {
		o.t.Errorf("the checker says: %s", strings.Join(bad, "\n"))
	}
	type line struct {
		at   int
		text string
	}
	var lines []line
	add := func(at int, key calendar.Key, mark string) {
		text := inst.Time(at).In(o.Zone.Location()).Format("Mon 2 15:04 ") + key.Platform + " " + key.Post
		if key.Occurrence > 1 {
			text += "#" + string(rune('0'+key.Occurrence))
		}
		lines = append(lines, line{at, strings.TrimSpace(text + " " + mark)})
	}
	for _, f := range inst.Fixed {
		add(f.At, f.Key, string(f.Why))
	}
	for _, p := range plan.Placements {
		add(inst.Slots[p.Slot].At, inst.Items[p.Item].Key, "")
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if a.at != b.at {
			return a.at - b.at
		}
		return strings.Compare(a.text, b.text)
	})
	var all []string
	for _, l := range lines {
		all = append(all, l.text)
	}
	for _, i := range plan.Left {
		all = append(all, "left "+inst.Items[i].Key.Platform+" "+inst.Items[i].Key.Post)
	}
	problems = append(problems, calendar.Clashes(&inst, plan)...)
	return all, problems
}

// expect plans and compares; no problem is expected.
func (o *office) expect(want ...string) {
	o.t.Helper()
	got, problems := o.result()
	if d := cmp.Diff(want, got); d != "" {
		o.t.Errorf("plan (wanted -, got +):\n%s", d)
	}
	for _, p := range problems {
		o.t.Errorf("unexpected: %v", p)
	}
}

// finds plans and compares the problems: place, code and the other side.
func (o *office) finds(want ...string) []string {
	o.t.Helper()
	plan, problems := o.result()
	var got []string
	for _, p := range problems {
		text := p.Position.String() + " " + string(p.Code)
		for _, name := range []string{"other", "titles", "why", "hours"} {
			if v := p.Params[name]; v != "" {
				text += " " + v
			}
		}
		got = append(got, text)
	}
	if d := cmp.Diff(want, got); d != "" {
		o.t.Errorf("problems (wanted -, got +):\n%s", d)
	}
	return plan
}

func TestPlan_placesWhatIsWorthMostFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.post("a", "blog").Priority = 2
	o.post("b", "blog").Priority = 5
	o.post("c", "blog")
	o.post("old", "blog").Archived = true
	o.expect("Tue 20 09:00 blog b", "Thu 22 10:00 blog c", "Tue 27 09:00 blog a")
}

func TestPlan_skipsBlackoutDaysHolidaysAndQuietHours(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "wed 06:30", "thu 10:00", "fri 12:00")
	o.Closed.Days = []rhythm.Day{
		{Date: civil.Date{Year: 2026, Month: 10, Day: 20}, Name: "moving"}, {Date: civil.Date{Year: 2026, Month: 10, Day: 22}, Name: "feast", Holiday: true},
	}
	o.Closed.Quiet = []rhythm.Quiet{{From: civil.Clock{Hour: 21}, To: civil.Clock{Hour: 7}}}
	o.post("a", "blog")
	o.post("b", "blog")
	o.expect("Fri 23 12:00 blog a", "Tue 27 09:00 blog b")
}

func TestPlan_keepsTheHourWhenTheClocksGoBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-25T02:40+02:00")
	// Half past two comes twice on Sunday; the slot is the first of them.
	o.platform("blog", "sun 02:30", "sun 02:50", "mon 09:00")
	o.post("a", "blog")
	o.post("b", "blog")
	o.expect("Sun 25 02:50 blog a", "Mon 26 09:00 blog b")
	// Inside the second pass all of Sunday's slots are over.
	o.Now = at(t, o.Zone, "2026-10-25T02:40+01:00")
	o.expect("Mon 26 09:00 blog a", "Sun 1 02:30 blog b")
}

func TestPlan_obeysEmbargoDeadlineAndExpiry(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	for id, set := range map[string]func(*calendar.Post){
		"embargo":  func(p *calendar.Post) { p.Embargo = o.moment("2026-10-20 09:00:30") }, // half a minute too late
		"deadline": func(p *calendar.Post) { p.Deadline, p.Priority = o.moment("2026-10-20"), 5 },
		"expires":  func(p *calendar.Post) { p.Expires = o.moment("2026-10-20 09:00") },
		"later":    func(p *calendar.Post) { p.NotBefore = o.moment("2026-10-29") },
	} {
		set(o.post(id, "blog"))
	}
	o.expect("Tue 20 09:00 blog deadline", "Thu 22 10:00 blog embargo", "Thu 29 10:00 blog later", "left blog expires")
}

func TestPlan_takesADateForThePostsOwnPlatformOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.platform("x", "mon 18:00", "fri 18:00").DerivesFrom = "blog"
	o.post("a", "x blog").Pin = o.moment("2026-10-22") // the day: its slot that day
	o.post("b", "x blog").Pin = o.moment("2026-10-21 11:15")
	o.post("c", "x").Pins["x"] = o.moment("2026-10-23 18:00")
	o.expect("Wed 21 11:15 blog b pinned", "Thu 22 10:00 blog a", "Fri 23 18:00 x c pinned", "Mon 26 18:00 x a", "Fri 30 18:00 x b")
}

func TestPlan_pinsNothingByAPastDateAndWarns(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-20 09:30")
	o.platform("blog", "tue 09:00", "thu 10:00")
	p := o.post("a", "blog")
	p.Pin, p.PinSource = o.moment("2026-10-20 09:00"), problem.Position{File: "a.md", Line: 4, Col: 8} // a slot that was
	o.post("b", "blog").Pin = o.moment("2026-10-20")                                                   // today is not past
	if plan := o.finds("a.md:4:8 pin-past", "b.md pin-no-slot"); !slices.Contains(plan, "Thu 22 10:00 blog a") || !slices.Contains(plan, "left blog b") {
		t.Errorf("got %q", plan)
	}
}

func TestPlan_letsEmbargoDeadlineAndEditionsBeatAPin(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00")
	o.platform("letter", "fri 08:00").Edition = &calendar.Edition{Min: 1, Max: 3}
	a := o.post("a", "blog")
	a.Pin, a.Embargo = o.moment("2026-10-20 09:00"), o.moment("2026-10-21")
	b := o.post("b", "letter blog")
	b.Deadline = o.moment("2026-10-21")
	b.Pins["letter"] = o.moment("2026-10-23 08:00")
	o.post("c", "letter").Pin = o.moment("2026-10-22 08:00")
	o.post("d", "letter").Pin = o.moment("2026-11-06 08:00") // an edition after the horizon
	o.post("e", "letter").Pin = o.moment("2026-11-07 08:00") // none
	o.agree("f", "blog", "2026-10-27 09:00", true)
	o.post("f", "blog").Expires = o.moment("2026-10-27")
	got := o.finds("a.md pin-too-early", "b.md pin-too-late", "c.md pin-no-edition", "calendar.txt:1 pin-too-late", "e.md pin-no-edition")
	want := []string{"Tue 20 09:00 blog b", "Fri 6 08:00 letter d pinned", "left blog a", "left letter b", "left letter c", "left letter e", "left blog f"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestPlan_leavesTheLockWindowAndMarkedLinesAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Lock = civil.Span{Minutes: 48 * 60}
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.post("a", "blog").Priority = 1
	o.post("b", "blog").Priority = 5
	o.post("c", "blog")
	o.post("d", "blog")
	o.agree("a", "blog", "2026-10-20 09:00", false)
	o.agree("c", "blog", "2026-10-29 10:00", true)
	o.agree("d", "blog", "2026-10-19 07:00", true) // past and without an end: free
	o.expect("Tue 20 09:00 blog a locked", "Thu 22 10:00 blog b", "Tue 27 09:00 blog d", "Thu 29 10:00 blog c pinned")
	// A date in the post is newer than a lock, and an embargo frees what is locked.
	o.Posts[0].Pin = o.moment("2026-10-27")
	o.Agreed = o.Agreed[:1]
	o.expect("Tue 20 09:00 blog b", "Thu 22 10:00 blog c", "Tue 27 09:00 blog a", "Thu 29 10:00 blog d")
	o.Posts[0].Pin, o.Posts[0].Embargo = civil.Moment{}, o.moment("2026-10-21")
	o.expect("Tue 20 09:00 blog b", "Thu 22 10:00 blog c", "Tue 27 09:00 blog d", "Thu 29 10:00 blog a")
}

func TestPlan_keepsWhatIsAgreedUnlessItIsMuchBetterElsewhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.post("a", "blog")
	o.agree("a", "blog", "2026-10-22 10:00", false)
	o.expect("Thu 22 10:00 blog a")
	o.agree("b", "blog", "2026-10-29 10:00", false)
	o.post("b", "blog")
	o.expect("Tue 20 09:00 blog b", "Thu 22 10:00 blog a")
}

func TestPlan_countsWhatIsOutAndFreesWhatFailed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-22 12:00")
	o.platform("blog", "tue 09:00", "thu 18:00", "fri 09:00").CapWeek = 2
	for _, id := range []string{"out", "failed", "missed", "uncertain", "new"} {
		o.post(id, "blog")
	}
	o.outcome("out", "blog", "2026-10-20 09:00:20", calendar.StatePublished)
	o.outcome("failed", "blog", "2026-10-15 09:00", calendar.StateFailed)
	o.outcome("missed", "blog", "2026-10-15 18:00", calendar.StateMissed)
	o.outcome("uncertain", "blog", "2026-10-13 09:00", calendar.StateUncertain)
	// One of the week's two is used by what is out, though its slot is past.
	o.expect("Tue 13 09:00 blog uncertain inflight", "Tue 20 09:00 blog out published", "Thu 22 18:00 blog failed", "Tue 27 09:00 blog missed", "Thu 29 18:00 blog new")
}

func TestPlan_keepsCapsOfDaysAndWeeks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.platform("blog", "tue 09:00", "tue 18:00", "wed 09:00", "thu 09:00")
	p.CapDay, p.CapWeek = 1, 2
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		o.post(id, "blog")
	}
	o.expect("Tue 20 09:00 blog a", "Wed 21 09:00 blog b", "Tue 27 09:00 blog c", "Wed 28 09:00 blog d", "left blog e")
}

func TestPlan_keepsGapAndSpread(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.platform("blog", "tue 09:00", "tue 18:00", "wed 09:00", "fri 09:00")
	p.Gap, p.Spread = 10*60, 3*24*60
	o.post("a", "blog").Pillar = "craft"
	o.post("b", "blog").Pillar = "craft" // three days after a
	o.post("c", "blog").Pillar = "town"
	// Tuesday 18:00 is nine hours from Tuesday 09:00.
	o.expect("Tue 20 09:00 blog a", "Wed 21 09:00 blog c", "Fri 23 09:00 blog b")
}

func TestPlan_measuresGapsInElapsedTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	// From Saturday 18:00 to Sunday 18:00 are 25 hours that night.
	o.platform("blog", "sat 18:00", "sun 18:00").Gap = 25 * 60
	o.post("a", "blog")
	o.post("b", "blog")
	o.post("c", "blog")
	// A week later it is 24, and the gap holds.
	o.expect("Sat 24 18:00 blog a", "Sun 25 18:00 blog b", "Sat 31 18:00 blog c")
	o.post("d", "blog")
	o.expect("Sat 24 18:00 blog a", "Sun 25 18:00 blog b", "Sat 31 18:00 blog c", "left blog d")
}

func TestPlan_fillsEditionsFromTheirMinimumToTheirMaximum(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("letter", "fri 08:00").Edition = &calendar.Edition{Min: 2, Max: 3}
	for _, id := range []string{"a", "b", "c", "d"} {
		o.post(id, "letter")
	}
	// Three would fit into the first; then the fourth would be alone.
	got, _ := o.result()
	if n := strings.Count(strings.Join(got, "\n"), "Fri 23"); n != 2 || strings.Contains(got[3], "left") {
		t.Errorf("got %q", got)
	}
	o.Posts = o.Posts[:1]
	o.expect("left letter a")
	// One that somebody pinned makes the edition, whatever its size.
	o.Posts[0].Pin = o.moment("2026-10-23 08:00")
	o.finds("a.md clash-edition A")
	o.post("b", "letter")
	o.expect("Fri 23 08:00 letter a pinned", "Fri 23 08:00 letter b")
}

func TestPlan_followsThePlatformThatItDerivesFrom(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "thu 10:00")
	x := o.platform("x", "thu 11:00", "fri 09:00", "sun 10:00")
	x.DerivesFrom, x.Lag = "blog", civil.Span{Days: 3}
	o.post("a", "blog x")
	o.post("alone", "x")
	// Three days on the wall clock: Sunday ten o'clock, 73 hours later.
	o.expect("Thu 22 10:00 blog a", "Thu 22 11:00 x alone", "Sun 25 10:00 x a")
	o.Posts[0].Deadline = o.moment("2026-10-21")
	o.expect("Thu 22 11:00 x alone", "left blog a", "left x a")
}

func TestPlan_ordersTheSeriesAndTheOccurrences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	for part, id := range []string{"three", "one", "two"} {
		p := o.post(id, "blog")
		p.Series, p.Part = "s", []int{3, 1, 2}[part]
		p.Priority = 5 - p.Part%3
	}
	o.expect("Tue 20 09:00 blog one", "Thu 22 10:00 blog two", "Tue 27 09:00 blog three")

	o = newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.post("again", "blog").Repeat = calendar.Repeat{Times: 3, Every: civil.Span{Days: 7}}
	o.expect("Tue 20 09:00 blog again", "Tue 27 09:00 blog again#2", "left blog again")
}

func TestPlan_placesNothingAfterALeaderThatIsHeld(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-20 12:00")
	o.platform("blog", "tue 09:00", "thu 10:00")
	o.platform("x", "wed 09:00").DerivesFrom = "blog"
	o.post("a", "blog x")
	o.outcome("a", "blog", "2026-10-20 09:00", calendar.StateHeld)
	o.expect("Tue 20 09:00 blog a inflight", "left x a")
	o.Outcomes[0].State = calendar.StatePublished
	o.expect("Tue 20 09:00 blog a published", "Wed 21 09:00 x a")
	// A failed one is placed once more, and then followed.
	o.Outcomes[0].State = calendar.StateFailed
	o.expect("Thu 22 10:00 blog a", "Wed 28 09:00 x a")
}

func TestPlan_bindsTheLeaderOfAFixedFollower(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00")
	x := o.platform("x", "wed 09:00", "fri 09:00")
	x.DerivesFrom, x.Lag = "blog", civil.Span{Days: 1}
	o.post("first", "blog").Priority = 5
	o.post("a", "blog x").Pins["x"] = o.moment("2026-10-23 10:00")
	o.expect("Tue 20 09:00 blog first", "Thu 22 10:00 blog a", "Fri 23 10:00 x a pinned")
	// With the day before on the wall at nine there is no slot early enough but
	// the first.
	o.Posts[1].Pins["x"] = o.moment("2026-10-23 09:00")
	o.Posts[0].Deadline = o.moment("2026-10-20")
	o.expect("Tue 20 09:00 blog first", "Fri 23 09:00 x a pinned", "left blog a")
	// What is out binds nothing: nothing can be brought before it.
	o.Posts[1].Pins = nil
	o.outcome("a", "x", "2026-10-18 09:00", calendar.StatePublished)
	o.expect("Sun 18 09:00 x a published", "Tue 20 09:00 blog first", "Thu 22 10:00 blog a")
}

func TestPlan_leavesOutACircleOfPlatforms(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("a", "tue 09:00").DerivesFrom = "b"
	o.platform("b", "tue 09:00").DerivesFrom = "a"
	o.platform("c", "tue 09:00").DerivesFrom = "c"
	o.post("p", "a b c")
	o.expect("left a p", "left b p", "left c p")
}

func TestPlan_keepsTheMixOfFourWeeks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Weeks = 1 // the last week of its four
	o.platform("x", "tue 09:00", "wed 09:00", "thu 09:00", "fri 09:00").Mix = []calendar.Mix{{Intent: "converse", Min: 400, Max: 1000}}
	for _, id := range []string{"p1", "p2", "p3", "p4"} {
		p := o.post(id, "x")
		p.Intent, p.Priority = "promote", 5
	}
	// Two alone are 0 of 2, less than one short of 40 %; a third waits for a
	// conversation.
	o.expect("Tue 20 09:00 x p1", "Wed 21 09:00 x p2", "left x p3", "left x p4")
	o.post("talk", "x").Intent = "converse"
	o.expect("Tue 20 09:00 x p1", "Wed 21 09:00 x p2", "Thu 22 09:00 x p3", "Fri 23 09:00 x talk", "left x p4")
	o.Platforms[0].Mix = []calendar.Mix{{Intent: "promote", Min: 0, Max: 300}}
	o.Posts = o.Posts[:4]
	// One of one is allowed (less than one too many), two of two are not.
	o.expect("Tue 20 09:00 x p1", "left x p2", "left x p3", "left x p4")
	// The next week is another four.
	o.Weeks = 2
	o.expect("Tue 20 09:00 x p1", "Tue 27 09:00 x p2", "left x p3", "left x p4")
}

func TestPlan_givesNobodyMoreWorkThanThereIsTimeFor(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.platform("blog", "tue 09:00", "thu 10:00")
	p.Lead = 1
	o.platform("x", "fri 09:00").Effort = 60
	o.Reserve = 100
	o.People = []calendar.Person{{Name: "q", Minutes: 400, Days: []time.Weekday{time.Monday, time.Thursday}}}
	owes := func(id, platforms string, minutes int) {
		p := o.post(id, platforms)
		p.Ready, p.Need, p.Assignee = false, map[string]int{"q": minutes}, "q"
	}
	// 400 minutes a week, of which 360 are planned; 720 for both weeks.
	owes("a", "blog x", 300) // and 60 for x: the work on the post counts once
	o.Posts[0].Priority = 4
	owes("b", "blog", 340)
	owes("c", "blog", 30)
	o.expect("Tue 20 09:00 blog a", "Fri 23 09:00 x a", "Tue 27 09:00 blog b", "left blog c")
	// An absence takes its day; hours that nobody has are the team's.
	o.People[0].Absences = []calendar.Absence{{From: civil.Date{Year: 2026, Month: 10, Day: 22}, To: civil.Date{Year: 2026, Month: 10, Day: 30}}}
	o.Posts = o.Posts[:0]
	owes("a", "blog", 80)
	owes("b", "blog", 0)
	o.Posts[1].Need = map[string]int{"": 100}
	o.expect("Tue 20 09:00 blog a", "Thu 22 10:00 blog b")
	o.Posts[1].Need = map[string]int{"": 101} // 181 of 180 minutes
	o.expect("Tue 20 09:00 blog a", "left blog b")
}

func TestPlan_doesNotBeginWhatCannotBeReadyInTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Now = at(t, o.Zone, "2026-10-19 09:30")
	o.platform("blog", "tue 09:00", "thu 10:00").Lead = 1
	p := o.post("work", "blog")
	p.Ready, p.Need = false, map[string]int{"": 10}
	o.post("ready", "blog").Priority = 1
	// For Tuesday it would have been due half an hour ago.
	o.expect("Tue 20 09:00 blog ready", "Thu 22 10:00 blog work")
}

func TestPlan_asksOnlyPlatformsOfThePostsLanguage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.platform("blog", "tue 09:00", "thu 10:00").Languages = []string{"fr"}
	o.post("a", "blog").Lang = "en"
	o.post("b", "blog").Lang = "fr-CA"
	o.post("c", "blog").Lang = "frr"
	o.expect("Tue 20 09:00 blog b")
}
