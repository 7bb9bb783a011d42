package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"editorial/pkg/calendar/forecast"
)

func fit(t *testing.T, tracks []forecast.Track, at time.Time) *forecast.Model {
	t.Helper()
	m, enough := forecast.Fit(tracks, at)
	if !enough {
		t.Fatalf("only %d finished", m.Finished)
	}
	return m
}

// TestTest_isCalibrated: of offices of which everything is known, forecasts of
// what was held back are better than the base rate knows afterwards, and mean
// what they say.
func TestTest_isCalibrated(t *testing.T) {
	t.Parallel()
	var said, came, cases [5]float64
	for seed, s := range scored() {
		if s.Cases < 1000 || s.Instants != 52 {
			t.Errorf("seed %d: %d cases at %d instants", seed, s.Cases, s.Instants)
		}
		if s.Skill() < 0.2 || s.Brier > 0.17 {
			t.Errorf("seed %d: Brier %.3f against %.3f", seed, s.Brier, s.Base)
		}
		for i, b := range s.Bins {
			said[i] += b.Said * float64(b.Cases)
			came[i] += float64(b.CameTrue)
			cases[i] += float64(b.Cases)
		}
	}
	for i := range said {
		if off := math.Abs(said[i]-came[i]) / cases[i]; off > 0.05 {
			t.Errorf("part %d: said %.3f, came %.3f", i, said[i]/cases[i], came[i]/cases[i])
		}
	}
}

// TestTest_seesWhatIsNotSo: forecasts that do not fit what happened score badly,
// so the score can tell.
func TestTest_seesWhatIsNotSo(t *testing.T) {
	t.Parallel()
	o := plain(1)
	tracks, now := o.tracks(), o.now()
	// From half-time on everything takes ten times as long.
	turn := start().Add(days(7 * 40))
	for i := range tracks {
		steps := tracks[i].Steps
		late := time.Duration(0)
		for j := range steps {
			if steps[j].At.After(turn) && j > 0 {
				late += 9 * steps[j].At.Sub(steps[j-1].At.Add(-late))
			}
			steps[j].At = steps[j].At.Add(late)
		}
	}
	if s := forecast.Test(tracks, now); s.Skill() > 0.05 {
		t.Errorf("Brier %.3f against %.3f", s.Brier, s.Base)
	}
}

// TestFit_knowsNothingOfLater: what is learned at an instant is the same
// whether or not anything happened later.
func TestFit_knowsNothingOfLater(t *testing.T) {
	t.Parallel()
	o := plain(3)
	tracks := o.tracks()
	at := start().Add(days(7 * 30))
	var then []forecast.Track
	for _, tr := range tracks {
		tr.Steps = slices.DeleteFunc(slices.Clone(tr.Steps), func(s forecast.Step) bool { return s.At.After(at) })
		if len(tr.Steps) > 0 {
			then = append(then, tr)
		}
	}
	a, b := fit(t, tracks, at), fit(t, then, at)
	for _, p := range someposts() {
		if d := cmp.Diff(a.Curve(p, 200), b.Curve(p, 200)); d != "" {
			t.Errorf("%+v: %s", p, d)
		}
	}
	if d := cmp.Diff(forecast.Took(tracks, at), forecast.Took(then, at)); d != "" {
		t.Error(d)
	}
}

func someposts() []forecast.Post {
	var all []forecast.Post
	for _, kind := range []string{"", "article", "video", "unheard of"} {
		for _, stage := range []forecast.Stage{forecast.Idea, forecast.Draft, forecast.Review, forecast.Ready, forecast.Gone} {
			for _, age := range []float64{0, 0.5, 3, 20, 400} {
				all = append(all, forecast.Post{ID: fmt.Sprint(kind, stage, age), Kind: kind, Stage: stage, Age: days(age)})
			}
		}
	}
	return all
}

// TestSimulate_agreesWithWhatIsComputed: two ways to the same chances.
func TestSimulate_agreesWithWhatIsComputed(t *testing.T) {
	t.Parallel()
	o := plain(2)
	m := fit(t, o.tracks(), o.now())
	posts := someposts()
	var slots []forecast.Slot
	for _, p := range posts {
		for _, ahead := range []float64{0, 2, 9.5, 28} {
			at := o.now().Add(days(ahead))
			slots = append(slots, forecast.Slot{Platform: "blog", At: at, Due: at, Placed: []string{p.ID}})
		}
	}
	chances := m.Simulate(o.now(), posts, slots)
	for i, c := range chances {
		p := posts[i/4]
		h := int(slots[i].Due.Sub(o.now()) / time.Hour)
		want, got := m.Curve(p, 28*24)[h], float64(c.Filled)/forecast.Runs
		if math.Abs(want-got) > 4*math.Sqrt(want*(1-want)/forecast.Runs)+1e-9 {
			t.Errorf("%+v within %d h: computed %.3f, drawn %.3f", p, h, want, got)
		}
		if c.Placed[0] != c.Filled {
			t.Errorf("%+v", c)
		}
	}
}

func TestCurve_isAChanceThatGrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := plain(rapid.Uint64Range(0, 1000).Draw(t, "seed"))
		o.weeks = rapid.IntRange(12, 40).Draw(t, "weeks")
		o.givenUp = rapid.Float64Range(0, 0.6).Draw(t, "given up")
		o.sentBack = rapid.Float64Range(0, 0.6).Draw(t, "sent back")
		m, enough := forecast.Fit(o.tracks(), o.now())
		if !enough {
			t.Skip("too little")
		}
		p := rapid.SampledFrom(someposts()).Draw(t, "post")
		before := 0.0
		for h, chance := range m.Curve(p, 150) {
			if chance < before-1e-12 || chance < 0 || chance > 1 || math.IsNaN(chance) {
				t.Fatalf("%+v after %d h: %v after %v", p, h, chance, before)
			}
			before = chance
		}
	})
}

// TestAll_orderDoesNotMatter: not that of tracks, nor of posts, nor of slots;
// and the same input gives the same answer.
func TestAll_orderDoesNotMatter(t *testing.T) {
	t.Parallel()
	o := plain(5)
	tracks, posts := o.tracks(), someposts()
	now := o.now()
	slots := someslots(now, posts)
	type answer struct {
		Chances map[string]forecast.Chance
		Score   forecast.Score
		Took    []forecast.Durations
		Half    time.Duration
	}
	ask := func() answer {
		m := fit(t, tracks, now)
		half, _ := m.Start("article").Before(0.5)
		a := answer{map[string]forecast.Chance{}, forecast.Test(tracks, now), forecast.Took(tracks, now), half}
		for i, c := range m.Simulate(now, posts, slots) {
			a.Chances[slots[i].Platform+slots[i].At.String()] = c
		}
		return a
	}
	want := ask()
	if d := cmp.Diff(want, ask()); d != "" {
		t.Errorf("asked again: %s", d)
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(tracks), func(i, j int) { tracks[i], tracks[j] = tracks[j], tracks[i] })
	r.Shuffle(len(posts), func(i, j int) { posts[i], posts[j] = posts[j], posts[i] })
	r.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	for i := range tracks {
		steps := slices.Clone(tracks[i].Steps)
		r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		tracks[i].Steps = steps
	}
	if d := cmp.Diff(want, ask()); d != "" {
		t.Error(d)
	}
}

func someslots(now time.Time, posts []forecast.Post) []forecast.Slot {
	var slots []forecast.Slot
	for i := range 12 {
		at := now.Add(days(float64(3 * (i + 1))))
		s := forecast.Slot{Platform: []string{"blog", "x"}[i%2], At: at, Due: at.Add(-days(1)), Least: 1 + i%3}
		for j := range 3 {
			s.Placed = append(s.Placed, posts[(7*i+j)%len(posts)].ID)
			s.Others = append(s.Others, posts[(11*i+5*j+1)%len(posts)].ID)
		}
		slots = append(slots, s)
	}
	return slots
}

// TestSimulate_laws: a slot that is due later is filled at least as often, a post
// more never harms, and a post more that is asked for never helps.
func TestSimulate_laws(t *testing.T) {
	t.Parallel()
	o := plain(4)
	m, posts, now := fit(t, o.tracks(), o.now()), someposts(), o.now()
	for _, s := range someslots(now, posts) {
		filled := func(s forecast.Slot) int { return m.Simulate(now, posts, []forecast.Slot{s})[0].Filled }
		base := filled(s)
		later, more, stricter := s, s, s
		later.Due = s.Due.Add(days(2))
		more.Others = append(slices.Clone(s.Others), posts[3].ID)
		stricter.Least++
		if n := filled(later); n < base {
			t.Errorf("later: %d < %d", n, base)
		}
		if n := filled(more); n < base {
			t.Errorf("one more: %d < %d", n, base)
		}
		if n := filled(stricter); n > base {
			t.Errorf("stricter: %d > %d", n, base)
		}
		if base < 0 || base > forecast.Runs {
			t.Errorf("%d of %d", base, forecast.Runs)
		}
	}
}

// TestSimulate_aPostFillsOneSlotOfAPlatform, the earlier, and may fill one of
// another platform.
func TestSimulate_aPostFillsOneSlotOfAPlatform(t *testing.T) {
	t.Parallel()
	o := plain(4)
	m, now := fit(t, o.tracks(), o.now()), o.now()
	slot := func(platform string, ahead float64) forecast.Slot {
		return forecast.Slot{Platform: platform, At: now.Add(days(ahead)), Due: now.Add(days(ahead)), Others: []string{"a", "nobody"}}
	}
	posts := []forecast.Post{{ID: "a", Stage: forecast.Ready}}
	var got []int
	for _, c := range m.Simulate(now, posts, []forecast.Slot{slot("blog", 5), slot("blog", 2), slot("x", 5)}) {
		got = append(got, c.Filled)
	}
	if d := cmp.Diff([]int{0, forecast.Runs, forecast.Runs}, got); d != "" {
		t.Error(d)
	}
}

// TestFit_honoursPostsThatAreNotReady: those that are still in a stage lower the
// chance, the more the longer they have been there.
func TestFit_honoursPostsThatAreNotReady(t *testing.T) {
	t.Parallel()
	tracks, now := example()
	p := forecast.Post{Stage: forecast.Draft}
	finished := slices.DeleteFunc(slices.Clone(tracks), func(tr forecast.Track) bool { return len(tr.Steps) == 1 })
	without, with := fit(t, finished, now).Curve(p, 500), fit(t, tracks, now).Curve(p, 500)
	later := fit(t, tracks, now.Add(days(30))).Curve(p, 500)
	for _, h := range []int{100, 300, 500} {
		if !(later[h] < with[h] && with[h] < without[h]) {
			t.Errorf("within %d h: %.3f without them, %.3f with, %.3f later", h, without[h], with[h], later[h])
		}
	}
}

// TestFit_aKindGrowsAwayFromTheRest as its posts are more.
func TestFit_aKindGrowsAwayFromTheRest(t *testing.T) {
	t.Parallel()
	now := start().Add(days(60))
	history := func(quick int) []forecast.Track {
		var tracks []forecast.Track
		add := func(kind string, n int, took float64) {
			for i := range n {
				tracks = append(tracks, forecast.Track{ID: fmt.Sprint(kind, i), Kind: kind, Seen: true, Steps: []forecast.Step{
					{At: start(), Stage: forecast.Draft}, {At: start().Add(days(took)), Stage: forecast.Ready},
				}})
			}
		}
		add("slow", 40, 20)
		add("quick", quick, 3)
		return tracks
	}
	before := -1.0
	for _, n := range []int{2, 3, 10, 100} {
		m := fit(t, history(n), now)
		quick := m.Curve(forecast.Post{Kind: "quick", Stage: forecast.Draft}, 24*4)[24*4]
		all := m.Curve(forecast.Post{Kind: "unheard of", Stage: forecast.Draft}, 24*4)[24*4]
		if n == 2 && quick != all || n > 2 && quick <= all {
			t.Errorf("%d quick ones: %.3f of them, %.3f of all", n, quick, all)
		}
		if quick <= before {
			t.Errorf("%d quick ones: %.3f after %.3f", n, quick, before)
		}
		before = quick
	}
	if before < 0.8 {
		t.Errorf("a hundred quick ones: %.3f", before)
	}
}

func TestFit_saysWhenItIsTooLittle(t *testing.T) {
	t.Parallel()
	tracks, now := example()
	m, enough := forecast.Fit(tracks[1:], now)
	if enough || m.Finished != forecast.Needed-1 {
		t.Errorf("%d finished, enough %v", m.Finished, enough)
	}
	// What was there when the history begins tells nothing of its stage then.
	tracks[0].Seen = false
	if m, enough := forecast.Fit(tracks, now); enough || m.Finished != forecast.Needed-1 {
		t.Errorf("unseen: %d finished, enough %v", m.Finished, enough)
	}
	// Nor does what was ready when it was first seen.
	tracks[0].Seen, tracks[0].Steps = true, tracks[0].Steps[1:]
	if m, enough := forecast.Fit(tracks, now); enough || m.Finished != forecast.Needed-1 {
		t.Errorf("born ready: %d finished, enough %v", m.Finished, enough)
	}
	if s := forecast.Test(nil, now); s.Cases != 0 || s.Skill() != 0 {
		t.Errorf("no history: %+v", s)
	}
	if m, enough := forecast.Fit(nil, now); enough || m.Finished != 0 {
		t.Error("nothing is enough")
	}
}

// TestTook_isKaplanMeier: the remission times of the 6-MP group of Freireich and
// others (1963), whose median is known to be 23.
func TestTook_isKaplanMeier(t *testing.T) {
	t.Parallel()
	now := start().Add(200 * time.Hour)
	var tracks []forecast.Track
	add := func(ended bool, hours ...int) {
		for _, h := range hours {
			tr := forecast.Track{ID: fmt.Sprint(len(tracks)), Seen: true, Steps: []forecast.Step{{At: start(), Stage: forecast.Draft}}}
			end := forecast.Step{At: start().Add(time.Duration(h) * time.Hour), Stage: forecast.Gone}
			if ended {
				end.Stage = forecast.Ready
			}
			tr.Steps = append(tr.Steps, end)
			tracks = append(tracks, tr)
		}
	}
	add(true, 6, 6, 6, 7, 10, 13, 16, 22, 23)
	add(false, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
	d := forecast.Took(tracks, now)[0]
	if d.Finished != 9 || d.Open != 12 || d.Half != 23*time.Hour || d.Most != 0 {
		t.Errorf("%+v", d)
	}
}

func TestStart_saysWhenToBegin(t *testing.T) {
	t.Parallel()
	o := plain(6)
	m := fit(t, o.tracks(), o.now())
	for _, kind := range []string{"article", "question", "video"} {
		s := m.Start(kind)
		before := time.Duration(0)
		for _, share := range []float64{0, 0.5, 0.8, 0.95} {
			d, ok := s.Before(share)
			if !ok || d < before {
				t.Errorf("%s %.2f: %v after %v", kind, share, d, before)
			}
			if w := s.Within(d); w < share {
				t.Errorf("%s: %.2f within %v, which was for %.2f", kind, w, d, share)
			}
			before = d
		}
		if _, ok := s.Before(1); !ok && s.Within(days(366)) == 1 {
			t.Errorf("%s: all in a year, and not", kind)
		}
	}
	quick, _ := m.Start("question").Before(0.8)
	slow, _ := m.Start("video").Before(0.8)
	if quick >= slow {
		t.Errorf("questions %v, videos %v", quick, slow)
	}
}

func TestReckon(t *testing.T) {
	t.Parallel()
	workers := []forecast.Worker{{Name: "awa", Minutes: []int{60, 0, 60, 60}}, {Name: "leo", Minutes: []int{0, 30, 30, 30}}}
	tasks := []forecast.Task{
		{ID: "a", Due: 3, Need: map[string]int{"awa": 60}},
		{ID: "b", Due: 1, Need: map[string]int{"awa": 30, "leo": 40}},
		{ID: "c", Due: 2, Need: map[string]int{"": 70}},
		{ID: "d", Due: 0, Need: nil},
		{ID: "e", Due: 0, Need: map[string]int{"nobody": 5}},
		{ID: "f", Due: 9, Need: map[string]int{"leo": 500}},
	}
	// awa: b takes 30 of day 0, c the rest and 40 of day 2, a the rest of that
	// and 40 of day 3. leo: b takes day 1 and 10 of day 2; f takes what is left,
	// and is not done.
	want := map[string]int{"a": 3, "b": 2, "c": 2, "d": 0, "e": -1, "f": -1}
	if d := cmp.Diff(want, forecast.Reckon(workers, tasks)); d != "" {
		t.Error(d)
	}
	slices.Reverse(tasks)
	slices.Reverse(workers)
	if d := cmp.Diff(want, forecast.Reckon(workers, tasks)); d != "" {
		t.Errorf("in another order: %s", d)
	}
	for _, tt := range []struct {
		need map[string]int
		due  int
		day  int
		ok   bool
	}{
		{map[string]int{"awa": 60}, 3, 3, true}, {map[string]int{"awa": 61}, 3, 2, true}, {map[string]int{"awa": 180}, 3, 0, true},
		{map[string]int{"awa": 181}, 3, 0, false}, {map[string]int{"awa": 60}, 1, 0, true}, {map[string]int{"": 90}, 3, 3, true},
		{map[string]int{"": 91}, 3, 2, true}, {map[string]int{"nobody": 1}, 3, 0, false}, {nil, 3, 3, true},
		{map[string]int{"awa": 60, "leo": 90}, 3, 1, true},
	} {
		if day, ok := forecast.Latest(workers, forecast.Task{Due: tt.due, Need: tt.need}); day != tt.day || ok != tt.ok {
			t.Errorf("%v by %d: %d, %v", tt.need, tt.due, day, ok)
		}
	}
}
