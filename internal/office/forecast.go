package office

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// StartShare is the share of futures in which an idea that is begun in time is
// ready in time.
const StartShare = 0.8

// othersMost is how many posts without a place are looked at for the free
// slots of a platform.
const othersMost = 200

// Forecast says how likely coming slots are to be filled.
type Forecast struct {
	Past *Past
	// Posts is how many posts ever were, Finished how many of them were seen
	// from their beginning to ready, Needed how many must have been.
	Posts, Finished, Needed int
	// Enough says that there are chances; else what is said of slots is
	// reckoned from effort and hours.
	Enough bool
	// People says that there are hours to reckon with, where there are no chances.
	People   bool
	Proposal *Proposal
	// Slots are those to come, of all weeks of the plan, by instant and platform.
	Slots []ForecastSlot
	// Starts are the ideas with a place, by when they are to be begun.
	Starts []ForecastStart
	Took   []ForecastTook
	Score  forecast.Score
}

// Outlook is what is said of a slot or a post in it.
type Outlook string

const (
	OutlookReady   Outlook = "ready"   // it is ready
	OutlookChance  Outlook = "chance"  // Chance says how likely
	OutlookEnough  Outlook = "enough"  // people's hours allow it
	OutlookLate    Outlook = "late"    // people's hours do not allow it in time
	OutlookUnknown Outlook = "unknown" // nothing is known to reckon with
	OutlookEmpty   Outlook = "empty"   // nothing is there to fill it
)

// ForecastSlot is a coming slot.
type ForecastSlot struct {
	Platform string
	At, Due  time.Time
	// Least is how many posts it needs: more than 1 for an edition.
	Least   int
	Outlook Outlook
	// Chance is that it is filled, from 0 to 1, of OutlookChance.
	Chance float64
	Posts  []ForecastPost
	// Others are posts without a place of which one could fill it, the most
	// likely first.
	Others []ForecastPost
}

// ForecastPost is a post at a slot.
type ForecastPost struct {
	Key     calendar.Key
	Post    *content.Post // nil: it is gone
	Outlook Outlook
	// Chance is that it is ready in time, or, of an other, that it fills the
	// slot.
	Chance float64
	// Done is the day on which it is done by reckoning; zero: not within the
	// plan.
	Done civil.Date
}

// ForecastStart is an idea that has a place.
type ForecastStart struct {
	ForecastPost
	At, Due time.Time
	// By is the last day to begin it; zero where no day is early enough.
	By civil.Date
	// Late says that even today is too late. Chance is that it is ready in time
	// if it is begun now.
	Late bool
}

// ForecastTook is how long posts of a kind took.
type ForecastTook struct {
	forecast.Durations
	// Format or Pillar is the kind; both "": all posts.
	Format, Pillar string
	// Logged is how many of them that are ready have hours logged; LoggedHalf is
	// the minutes that half of these took at most, PlannedHalf those that were
	// planned.
	Logged, LoggedHalf, PlannedHalf int
}

// Forecast forecasts the slots of the plan. Only the context's error is
// returned. Environ is the environment of the program.
func (o *Office) Forecast(ctx context.Context, environ []string) (*Forecast, error) {
	past, err := o.past(ctx, environ)
	if err != nil {
		return nil, err
	}
	f := &Forecast{Past: past, Needed: forecast.Needed, Proposal: o.Propose()}
	tracks, lives := past.meet(o)
	model, enough := forecast.Fit(tracks, o.Now)
	f.Posts, f.Finished, f.Enough = len(tracks), model.Finished, enough
	f.Took = o.took(past, tracks)
	v := &viewer{o: o, f: f, lives: lives, model: model}
	v.slots()
	if enough {
		v.chances()
		f.Score = forecast.Test(tracks, o.Now)
	} else {
		v.reckon()
		v.reckoned()
	}
	v.starts()
	return f, nil
}

// viewer makes a Forecast.
type viewer struct {
	o     *Office
	f     *Forecast
	lives map[string]*life
	model *forecast.Model

	workers []forecast.Worker
	tasks   map[string]forecast.Task
	done    map[string]int
}

// due is when what goes out at an instant must be ready: the platform's lead
// before, or, where that is past, then.
func (v *viewer) due(platform string, at time.Time) time.Time {
	lead := v.o.Config.Platforms[platform].Lead.Days
	due := v.o.Zone.Instant(v.o.Zone.DateTime(at).AddDays(-lead))
	if due.Before(v.o.Now) {
		return at
	}
	return due
}

// slots gathers what is to come: places that are taken, and free ones.
func (v *viewer) slots() {
	p := v.f.Proposal
	index := map[string]int{}
	slot := func(platform string, at time.Time) *ForecastSlot {
		key := platform + "\x00" + at.UTC().Format(time.RFC3339)
		i, ok := index[key]
		if !ok {
			i = len(v.f.Slots)
			index[key] = i
			v.f.Slots = append(v.f.Slots, ForecastSlot{Platform: platform, At: at, Due: v.due(platform, at), Least: 1})
		}
		return &v.f.Slots[i]
	}
	for _, x := range p.Placements {
		if x.State == StatePublished || x.State == StateRemoved || !x.At.After(v.o.Now) {
			continue
		}
		s := slot(x.Platform, x.At)
		s.Posts = append(s.Posts, ForecastPost{Key: x.Key, Post: x.Post})
	}
	for _, g := range p.Gaps {
		if g.At.After(v.o.Now) {
			slot(g.Platform, g.At)
		}
	}
	for i := range v.f.Slots {
		if s := &v.f.Slots[i]; len(s.Posts) > 0 {
			s.Least = max(1, min(v.o.Config.Platforms[s.Platform].Edition.Min, len(s.Posts)))
		} else {
			s.Least = max(1, v.o.Config.Platforms[s.Platform].Edition.Min)
		}
	}
	v.others()
	slices.SortStableFunc(v.f.Slots, func(a, b ForecastSlot) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Platform, b.Platform))
	})
}

// others finds the posts without a place that a free slot would take by every
// rule but people's hours: how long work really takes is what the forecast
// knows.
func (v *viewer) others() {
	p := v.f.Proposal
	inst := &p.Instance
	free := map[string]*ForecastSlot{}
	key := func(platform string, at time.Time) string { return platform + "\x00" + at.UTC().Format(time.RFC3339) }
	for i := range v.f.Slots {
		if s := &v.f.Slots[i]; len(s.Posts) == 0 {
			free[key(s.Platform, s.At)] = s
		}
	}
	left := slices.Clone(p.Left)
	slices.SortStableFunc(left, func(a, b Left) int { return inst.Items[b.Item].Priority - inst.Items[a.Item].Priority })
	looked := map[string]int{}
	for _, l := range left {
		if looked[l.Key.Platform]++; looked[l.Key.Platform] > othersMost || len(free) == 0 || l.Post == nil {
			continue
		}
		for _, r := range p.explainer.Explain(l.Item) {
			if r.Block.Rule != "" && r.Block.Rule != calendar.RuleCapacity && r.Block.Rule != calendar.RuleEdition {
				continue
			}
			if s := free[key(l.Key.Platform, inst.Time(inst.Slots[r.Slot].At))]; s != nil {
				s.Others = append(s.Others, ForecastPost{Key: l.Key, Post: l.Post})
			}
		}
	}
}

// stage is where a post of a placement stands. One with errors, which are
// mended before it goes out, is as it was last told, and never ready.
func (v *viewer) stage(p ForecastPost) forecast.Stage {
	if p.Post == nil {
		return forecast.Gone
	}
	stage := stageOf(p.Post)
	if !p.Post.HasErrors() {
		return stage
	}
	if l := v.lives[p.Post.ID]; l != nil && len(l.steps) > 0 {
		stage = l.steps[len(l.steps)-1].Stage
	}
	if stage == forecast.Ready {
		return forecast.Review
	}
	return stage
}

// post is a post as the model knows it.
func (v *viewer) post(p ForecastPost) forecast.Post {
	out := forecast.Post{ID: p.Post.ID, Kind: kindOf(p.Post), Stage: v.stage(p)}
	if l := v.lives[p.Post.ID]; l != nil && len(l.steps) > 0 {
		out.Age = v.o.Now.Sub(l.steps[len(l.steps)-1].At)
	}
	return out
}

// chances draws the futures of all posts that have or could take a place.
func (v *viewer) chances() {
	var posts []forecast.Post
	known := map[string]bool{}
	ids := func(all []ForecastPost) []string {
		var out []string
		for _, p := range all {
			out = append(out, p.Key.Post)
			if p.Post != nil && !known[p.Key.Post] {
				known[p.Key.Post] = true
				posts = append(posts, v.post(p))
			}
		}
		return out
	}
	var slots []forecast.Slot
	for _, s := range v.f.Slots {
		slots = append(slots, forecast.Slot{
			Platform: s.Platform, At: s.At, Due: s.Due, Least: s.Least, Placed: ids(s.Posts), Others: ids(s.Others),
		})
	}
	share := func(n int) float64 { return float64(n) / forecast.Runs }
	for i, c := range v.model.Simulate(v.o.Now, posts, slots) {
		s := &v.f.Slots[i]
		for j := range s.Posts {
			s.Posts[j].Outlook, s.Posts[j].Chance = OutlookChance, share(c.Placed[j])
			if v.stage(s.Posts[j]) == forecast.Ready {
				s.Posts[j].Outlook = OutlookReady
			}
		}
		for j := range s.Others {
			s.Others[j].Outlook, s.Others[j].Chance = OutlookChance, share(c.Others[j])
		}
		slices.SortStableFunc(s.Others, func(a, b ForecastPost) int { return cmp.Compare(b.Chance, a.Chance) })
		s.Outlook, s.Chance = OutlookChance, share(c.Filled)
		switch {
		case len(s.Posts)+len(s.Others) < s.Least:
			s.Outlook = OutlookEmpty
		case s.readyPosts() >= s.Least:
			s.Outlook = OutlookReady
		}
	}
}

// readyPosts counts the posts in a slot that are ready.
func (s ForecastSlot) readyPosts() int {
	n := 0
	for _, p := range s.Posts {
		if p.Outlook == OutlookReady {
			n++
		}
	}
	return n
}

// starts finds when the ideas that have a place are to be begun.
func (v *viewer) starts() {
	seen := map[string]bool{}
	known := map[string]forecast.Start{}
	for _, s := range v.f.Slots {
		for _, p := range s.Posts {
			if v.stage(p) != forecast.Idea || seen[p.Key.Post] {
				continue
			}
			seen[p.Key.Post] = true
			st := ForecastStart{ForecastPost: p, At: s.At, Due: s.Due}
			st.Outlook, st.Chance = OutlookUnknown, 0
			if v.f.Enough {
				kind := kindOf(p.Post)
				if _, ok := known[kind]; !ok {
					known[kind] = v.model.Start(kind)
				}
				v.start(&st, known[kind])
			} else {
				v.startReckoned(&st)
			}
			v.f.Starts = append(v.f.Starts, st)
		}
	}
	// What nothing can be said of comes last.
	slices.SortStableFunc(v.f.Starts, func(a, b ForecastStart) int {
		if (a.Outlook == OutlookUnknown) != (b.Outlook == OutlookUnknown) {
			if a.Outlook == OutlookUnknown {
				return 1
			}
			return -1
		}
		if a.Late != b.Late {
			if a.Late {
				return -1
			}
			return 1
		}
		return a.By.Compare(b.By)
	})
}

// start finds the day by the model: work that begins by noon counts as begun
// that day. Today is early enough if what begins now is.
func (v *viewer) start(st *ForecastStart, s forecast.Start) {
	st.Outlook = OutlookChance
	st.Chance = s.Within(st.Due.Sub(v.o.Now))
	if took, ok := s.Before(StartShare); ok {
		st.By = v.o.Zone.Date(st.Due.Add(-took - 12*time.Hour))
	}
	today := v.o.Zone.Date(v.o.Now)
	// Compared as it is shown, in whole percent.
	if st.Late = math.Round(100*st.Chance) < 100*StartShare; !st.Late && st.By.Before(today) {
		st.By = today
	}
}
