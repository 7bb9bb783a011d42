package office

import (
	"maps"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// planInput states the planning problem of the office at now, without the
// posts whose history is over.
func (o *Office) planInput(over map[string]bool) calendar.Input {
	c := o.Config
	in := calendar.Input{
		Now: o.Now, Zone: o.Zone, Weeks: c.Plan.Weeks, Lock: c.Plan.Lock, Reserve: int(c.Plan.Reserve),
		Closed: o.closed(),
	}
	for _, name := range slices.Sorted(maps.Keys(c.Platforms)) {
		in.Platforms = append(in.Platforms, o.planPlatform(name, c.Platforms[name]))
	}
	for _, p := range c.People {
		person := calendar.Person{Name: p.ID, Minutes: int(p.Hours), Days: weekdays(p.Days)}
		for _, a := range p.Absences {
			person.Absences = append(person.Absences, calendar.Absence{From: a.From, To: a.To})
		}
		for _, e := range p.Extra {
			person.Extra = append(person.Extra, calendar.Extra{Week: civil.WeekOf(e.Week), Minutes: int(e.Hours)})
		}
		in.People = append(in.People, person)
	}
	in.Posts = make([]calendar.Post, 0, len(o.Corpus.Posts)-len(over))
	for _, p := range o.Corpus.Posts {
		if p.Edition.IsZero() && !over[p.ID] {
			post := o.planPost(o.asItStands(p))
			post.Archived = post.Archived || p.HasErrors()
			in.Posts = append(in.Posts, post)
		}
	}
	for _, e := range o.Agreed.Entries {
		if over[e.Key.Post] {
			continue
		}
		key := planKey(e.Key)
		in.Agreed = append(in.Agreed, calendar.Agreed{
			Key: key, At: e.At.Instant, Pin: e.Pin, Source: problem.Position{File: AgreedFile, Line: e.Line},
		})
		if out := o.outcome(e); out != "" {
			in.Outcomes = append(in.Outcomes, calendar.Outcome{Key: key, State: out, At: e.At.Instant})
		}
	}
	return in
}

// closed are the days and hours without slots on any platform.
func (o *Office) closed() rhythm.Closed { return o.closedFor(o.Config.Plan.Weeks) }

// closedFor is closed with the holidays of so many weeks.
func (o *Office) closedFor(weeks int) rhythm.Closed {
	closed := o.closedBy(o.Config.Plan.Blackout, o.Config.Plan.Quiet)
	first := o.Zone.Date(o.Now)
	last := first.AddDays(7 * weeks)
	for _, country := range o.Config.Plan.Holidays {
		for year := first.Year; year <= last.Year; year++ {
			days, _ := rhythm.Holidays(country, year) // a country that has none adds none
			closed.Days = append(closed.Days, days...)
		}
	}
	return closed
}

// closedYears is how many years around now closed days count.
const closedYears = 10

// closedBy lists closed days one by one, however long and many the ranges: of
// a day that stands in several the first counts.
func (o *Office) closedBy(blackout []config.Range, quiet []config.Quiet) rhythm.Closed {
	var closed rhythm.Closed
	today, seen := o.Zone.Date(o.Now), map[civil.Date]bool{}
	first, last := today.AddDays(-366*closedYears), today.AddDays(366*closedYears)
	for _, r := range blackout {
		from, to := r.From, r.To
		if from.Before(first) {
			from = first
		}
		if last.Before(to) {
			to = last
		}
		for day := from; day.Compare(to) <= 0; day = day.AddDays(1) {
			if !seen[day] {
				seen[day] = true
				closed.Days = append(closed.Days, rhythm.Day{Date: day, Name: r.Why})
			}
		}
	}
	for _, q := range quiet {
		closed.Quiet = append(closed.Quiet, rhythm.Quiet{From: q.From, To: q.To, Days: weekdays(q.On)})
	}
	return closed
}

func (o *Office) planPlatform(name string, p config.Platform) calendar.Platform {
	out := calendar.Platform{
		Name: name, Rhythm: planRhythm(p.Rhythm), Closed: o.closedBy(p.Blackout, p.Quiet),
		CapDay: p.Caps.Day, CapWeek: p.Caps.Week,
		Gap: elapsed(p.Gap), Spread: elapsed(p.Spread), Lead: p.Lead.Days,
		DerivesFrom: p.DerivesFrom, Lag: p.Lag, Languages: p.Languages,
		Effort: int(p.Effort),
	}
	if out.Effort == 0 && p.Format != "" {
		out.Effort = int(o.Config.Formats[p.Format].Effort)
	}
	if p.Edition.Max > 0 {
		out.Edition = &calendar.Edition{Min: p.Edition.Min, Max: p.Edition.Max}
	}
	for intent, share := range p.Mix {
		out.Mix = append(out.Mix, calendar.Mix{Intent: string(intent), Min: int(share.Min), Max: int(share.Max)})
	}
	for pillar, share := range p.PillarMix {
		out.Mix = append(out.Mix, calendar.Mix{Pillar: pillar, Min: int(share.Min), Max: int(share.Max)})
	}
	slices.SortFunc(out.Mix, func(a, b calendar.Mix) int {
		if a.Intent != b.Intent {
			return strings.Compare(a.Intent, b.Intent)
		}
		return strings.Compare(a.Pillar, b.Pillar)
	})
	return out
}

func planRhythm(r config.Rhythm) rhythm.Rhythm {
	var out rhythm.Rhythm
	for _, t := range r.Times {
		weight := int(t.Weight)
		if weight == 0 {
			weight = int(r.Weight)
		}
		out.Times = append(out.Times, rhythm.Times{
			Days: []time.Weekday{time.Weekday(t.At.Day)}, At: []civil.Clock{t.At.Clock},
			Every: r.Every, Anchor: r.Anchor, Weight: weight,
		})
	}
	if r.PerWeek.N > 0 {
		out.Spaced = append(out.Spaced, rhythm.Spaced{
			N: r.PerWeek.N, From: r.PerWeek.Between, To: r.PerWeek.And, Days: weekdays(r.PerWeek.On), Weight: int(r.Weight),
		})
	}
	if r.RRule != "" {
		start := r.Anchor
		if start.IsZero() {
			start = civil.Date{Year: 1970, Month: time.January, Day: 5}
		}
		out.Rules = append(out.Rules, rhythm.Rule{Text: r.RRule, Start: start.At(r.At), Weight: int(r.Weight)})
	}
	return out
}

// planPost says of a post what the calendar needs. A post with errors is held
// back: what it published counts, and nothing more is planned of it.
func (o *Office) planPost(p *content.Post) calendar.Post {
	out := calendar.Post{
		ID: p.ID, Title: p.Title, Slug: p.Slug, Lang: p.Lang,
		Ready: p.Stage == content.Ready || p.Stage == content.Published, Archived: p.Stage == content.Archived || p.HasErrors(),
		Platforms: o.platformsOf(p), Priority: p.Priority, Pillar: p.Pillar, Intent: p.Intent,
		Series: p.Series, Part: p.Part, Repeat: calendar.Repeat{Times: p.Repeat.Times, Every: p.Repeat.Every},
		Embargo: p.Embargo, NotBefore: p.NotBefore, Deadline: p.Deadline, Expires: p.Expires, Pin: p.Date,
		Assignee: p.Assignee, Need: owed(o.effort(p), p.Logged, p.Assignee),
	}
	out.Source.File = ContentDir + "/" + p.Path
	out.PinSource = p.At("date")
	out.PinSource.File = out.Source.File
	if o.waitsForEmbargo(p) {
		out.Pin, out.PinSource = p.Embargo, p.At("embargo")
		out.PinSource.File = out.Source.File
	}
	if len(p.Variants) > 0 {
		out.Pins, out.PinSources, out.Versions = map[string]civil.Moment{}, map[string]problem.Position{}, map[string]map[string]int{}
	}
	for name, v := range p.Variants {
		if !v.Date.IsZero() {
			out.Pins[name] = v.Date
			at := p.At("variants", name, "date")
			at.File = out.Source.File
			out.PinSources[name] = at
		}
		if v.Effort != nil {
			out.Versions[name] = owed(v.Effort, v.Logged, p.Assignee)
		}
	}
	for _, name := range out.Platforms {
		if at, ok := o.publishedOn(p, name); ok {
			out.Published = append(out.Published, calendar.Published{Platform: name, Occurrence: 1, At: at})
		}
	}
	return out
}

// waitsForEmbargo reports whether a post will go out by itself when its embargo
// ends: it is ready, its date comes before that, and nothing else was agreed.
func (o *Office) waitsForEmbargo(p *content.Post) bool {
	if p.Stage != content.Ready || p.Date.IsZero() || !p.Embargo.Instant.After(o.Now) || !p.Date.Instant.Before(p.Embargo.Instant) {
		return false
	}
	for _, name := range o.platformsOf(p) {
		if o.Config.Platforms[name].Kind == config.KindBlog {
			e, agreed := o.agreedOn(p.ID, name)
			return !agreed || sameMinute(e.At.Instant, p.Embargo.Instant)
		}
	}
	return false
}

// platformsOf returns where a post goes.
func (o *Office) platformsOf(p *content.Post) []string {
	switch {
	case p.Platforms != nil:
		return p.Platforms
	case o.Config.Site.Platforms != nil:
		return o.Config.Site.Platforms
	}
	return slices.Sorted(maps.Keys(o.Config.Platforms))
}

// effort returns the minutes that the post takes by person: its own, or its
// format's.
func (o *Office) effort(p *content.Post) map[string]int {
	if p.Effort != nil {
		return p.Effort
	}
	if f, ok := o.Config.Formats[p.Format]; ok {
		return map[string]int{p.Assignee: int(f.Effort)}
	}
	return nil
}

// owed is effort less what is logged, by person. What nobody is named for is
// the assignee's.
func owed(effort, logged map[string]int, assignee string) map[string]int {
	if len(effort) == 0 {
		return nil
	}
	need := map[string]int{}
	for who, minutes := range effort {
		if who == "" {
			who = assignee
		}
		need[who] += minutes
	}
	for who, minutes := range logged {
		if who == "" {
			who = assignee
		}
		need[who] -= minutes
	}
	maps.DeleteFunc(need, func(_ string, minutes int) bool { return minutes <= 0 })
	return need
}

// outcome is what became of an agreed placement; "" while it is to come. Until
// deliveries are recorded it is derived: what this program makes itself (the
// blog, the newsletter's archive) is out when its time has come and the post
// is ready; elsewhere a person posts it, and it stands where it was agreed.
//
// A placement to come whose post has errors is held where it stands: an error
// takes nothing away, and what its author meant is not known.
func (o *Office) outcome(e agreed.Entry) calendar.State {
	p := o.post(e.Key.Post)
	if state, ok := o.recorded(e); ok {
		return state
	}
	if e.At.Instant.After(o.Now) {
		if o.brokenIDs[e.Key.Post] || p == nil && o.unread {
			return calendar.StateHeld
		}
		return ""
	}
	switch {
	case p == nil || p.HasErrors() || p.Stage != content.Ready && p.Stage != content.Published || p.Embargo.Instant.After(o.Now):
		return calendar.StateHeld
	case o.makes(e.Platform):
		return calendar.StatePublished
	case p.Stage == content.Published:
		return calendar.StatePublished
	}
	return calendar.StateInFlight
}

// makes reports whether the program itself publishes what goes to a platform.
func (o *Office) makes(platform string) bool {
	switch p := o.Config.Platforms[platform]; p.Kind {
	case config.KindBlog:
		return p.Connection.IsZero()
	case config.KindRSS, config.KindNewsletter:
		return true
	}
	return false
}

func planKey(k agreed.Key) calendar.Key {
	return calendar.Key{Post: k.Post, Platform: k.Connection, Occurrence: k.Occurrence}
}

func weekdays(days []config.Weekday) []time.Weekday {
	out := make([]time.Weekday, len(days))
	for i, d := range days {
		out[i] = time.Weekday(d)
	}
	return out
}

// elapsed returns a span in minutes, days as 24 hours.
func elapsed(s civil.Span) int { return s.Days*24*60 + s.Minutes }
