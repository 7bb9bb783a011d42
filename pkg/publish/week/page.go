package week

import (
	"slices"
	"strconv"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// page is one page, worded.
type page struct {
	Lang            words.Lang
	Office, Heading string
	Verdict         string
	Tone            Tone
	Prev, Next      *link
	Strip           []link
	Days            []day
	Rows            []row
	Legend          []state
	Load            []load
	Made            string
	// Front is set on the front page alone.
	Front *front

	say func(key string) string
}

// Say is for templates.
func (p page) Say(key string) string { return p.say(key) }

type link struct {
	Href, Text, Label string
	Current           bool
}

// day is a column of the grid, and an item of the list that stands for the
// grid on a small screen.
type day struct {
	Short, Number, Full, ISO string
	Today, Past              bool
	Entries                  []entry
}

type row struct {
	Platform Platform
	Cells    []cell
}

type cell struct {
	Today   bool
	Entries []entry
}

type state struct {
	Kind       State
	Sign, Word string
}

// entry is a placement or a free slot.
type entry struct {
	Time, Where string
	Free        bool
	State       state
	Title, Lang string
	Href, Notes string
}

type load struct {
	Who, Text, Over string
	// Width of the bar out of 100, and where what there is ends.
	Width int
}

type front struct {
	Left     []Left
	LeftHead string
	LeftMore string
	Changes  string
	Command  string
	Weeks    []weekRow
}

type weekRow struct {
	link
	Days      string
	Out, Free int
	Load      load
}

func fileOf(w civil.Week) string { return w.String() + ".html" }

// builder makes pages of one calendar.
type builder struct {
	Calendar
	words *words.Words
}

func (b *builder) say(key string) string { return b.word(key, nil) }

func (b *builder) word(key string, params problem.Params) string {
	return b.sentence(b.words.Say(key, params))
}

// sentence is one of ours, with the spaces that must not break.
func (b *builder) sentence(s string) string {
	return text(string(b.words.Lang()), s)
}

func (b *builder) count(key string, n int) string {
	return b.word(key, problem.Params{"n": strconv.Itoa(n)})
}

// text is one line of a post as a page in the language lang shows it.
func text(lang, s string) string { return publish.Spaces(lang, publish.Clean(words.Inert(s))) }

// page makes the page of the i-th week.
func (b *builder) page(i int) page {
	week := b.First.Add(i)
	p := page{
		Lang: b.words.Lang(), Office: text("", b.Office), Heading: b.heading(week), Verdict: b.sentence(b.Verdict), Tone: b.Tone,
		Load: b.load(week), say: b.say,
		Made: b.word("week.made", problem.Params{"date": b.words.LongDate(b.Today), "zone": b.Zone}),
	}
	if i > 0 {
		p.Prev = b.link(week.Add(-1))
	}
	if i+1 < b.Weeks {
		p.Next = b.link(week.Add(1))
	}
	for n := range max(b.Weeks, 1) {
		l := b.link(b.First.Add(n))
		l.Current = n == i
		p.Strip = append(p.Strip, *l)
	}
	b.fill(&p, week)
	return p
}

// heading names a week: "Week 43 · 19–25 October 2026".
func (b *builder) heading(week civil.Week) string {
	monday := week.Monday()
	return b.word("plan.week", problem.Params{"week": strconv.Itoa(week.Number), "days": b.words.Days(monday, monday.AddDays(6))})
}

func (b *builder) link(week civil.Week) *link {
	return &link{Href: fileOf(week), Text: strconv.Itoa(week.Number), Label: b.heading(week)}
}

// fill puts what a week holds into the grid and into the list of days.
func (b *builder) fill(p *page, week civil.Week) {
	monday := week.Monday()
	p.Days = make([]day, 7)
	for d := range p.Days {
		date := monday.AddDays(d)
		p.Days[d] = day{
			Short: b.words.ShortWeekday(date.Weekday()), Number: strconv.Itoa(date.Day), Full: b.words.LongDate(date), ISO: date.String(),
			Today: date == b.Today, Past: date.Before(b.Today),
		}
	}
	index := map[string]int{}
	for _, platform := range b.Platforms {
		index[platform.Name] = len(p.Rows)
		r := row{Platform: Platform{text(string(p.Lang), platform.Name), text(string(p.Lang), platform.Role)}, Cells: make([]cell, 7)}
		for d := range r.Cells {
			r.Cells[d].Today = p.Days[d].Today
		}
		p.Rows = append(p.Rows, r)
	}
	seen := map[State]bool{}
	type timed struct {
		entry
		at       civil.DateTime
		platform string
	}
	var all []timed
	for _, e := range b.Entries {
		if _, ok := index[e.Platform]; ok && civil.WeekOf(e.At.Date) == week {
			seen[e.State.known()] = true
			all = append(all, timed{b.entry(e), e.At, e.Platform})
		}
	}
	for _, s := range b.Free {
		if _, ok := index[s.Platform]; ok && civil.WeekOf(s.At.Date) == week {
			all = append(all, timed{b.free(s), s.At, s.Platform})
		}
	}
	slices.SortStableFunc(all, func(x, y timed) int { return x.at.Compare(y.at) })
	for _, e := range all {
		d := e.at.Date.DaysSince(monday)
		p.Days[d].Entries = append(p.Days[d].Entries, e.entry)
		c := &p.Rows[index[e.platform]].Cells[d]
		c.Entries = append(c.Entries, e.entry)
	}
	for _, s := range states() {
		if seen[s] {
			p.Legend = append(p.Legend, b.state(s))
		}
	}
}

func (b *builder) state(s State) state {
	s = s.known()
	return state{s, s.sign(), b.say("plan.state-" + string(s))}
}

func (b *builder) free(s Slot) entry {
	return entry{Time: s.At.Clock.String(), Where: text("", s.Platform), Free: true, State: state{Word: b.say("plan.free")}}
}

func (b *builder) entry(e Entry) entry {
	out := entry{
		Time: e.At.Clock.String(), Where: text("", e.Platform), State: b.state(e.State),
		Title: text(e.Lang, e.Title), Href: e.Href,
	}
	if e.Lang != string(b.words.Lang()) {
		out.Lang = text("", e.Lang)
	}
	add := func(note string) {
		if note != "" && out.Notes != "" {
			out.Notes += " · "
		}
		out.Notes += note
	}
	add(text("", e.Who))
	if e.Stage != "" && e.State != StatePublished {
		add(b.say("stage." + e.Stage))
	}
	if e.Pinned {
		add(b.say("week.pinned"))
	}
	if e.Locked {
		add(b.say("week.locked"))
	}
	return out
}

// load lists the work of the people in a week.
func (b *builder) load(week civil.Week) []load {
	var all []load
	for _, l := range b.Load {
		if l.Week == week && l.Who != "" && (l.Needed > 0 || l.Had > 0) {
			all = append(all, b.bar(l))
		}
	}
	return all
}

func (b *builder) bar(l Load) load {
	out := load{
		Who:  text("", l.Who),
		Text: b.word("plan.load", problem.Params{"needed": b.words.Hours(l.Needed), "had": b.words.Hours(l.Had)}),
	}
	switch {
	case l.Needed > l.Had:
		out.Width, out.Over = 100, b.word("plan.load-over", problem.Params{"hours": b.words.Hours(l.Needed - l.Had)})
	case l.Had > 0:
		out.Width = (100*l.Needed + l.Had/2) / l.Had
	}
	return out
}

// front makes the front page: the present week and what concerns all weeks.
func (b *builder) front() page {
	p := b.page(0)
	f := &front{LeftHead: b.count("plan.left", len(b.Left)+b.LeftMore), Command: text("", b.Calendar.Next)}
	for _, l := range b.Left {
		f.Left = append(f.Left, Left{text("", l.Platform), text(l.Lang, l.Title), text("", l.Lang), b.sentence(l.Why)})
	}
	if b.LeftMore > 0 {
		f.LeftMore = b.count("plan.left-more", b.LeftMore)
	}
	if b.Changes != (Changes{}) {
		f.Changes = b.word("plan.changes", problem.Params{
			"new": strconv.Itoa(b.Changes.New), "moved": strconv.Itoa(b.Changes.Moved), "removed": strconv.Itoa(b.Changes.Removed),
		})
	}
	for i := range max(b.Weeks, 1) {
		f.Weeks = append(f.Weeks, b.weekRow(b.First.Add(i)))
	}
	p.Front = f
	return p
}

// weekRow sums up a week.
func (b *builder) weekRow(week civil.Week) weekRow {
	monday := week.Monday()
	r := weekRow{link: *b.link(week), Days: b.words.Days(monday, monday.AddDays(6))}
	for _, e := range b.Entries {
		if civil.WeekOf(e.At.Date) == week {
			r.Out++
		}
	}
	for _, s := range b.Free {
		if civil.WeekOf(s.At.Date) == week {
			r.Free++
		}
	}
	for _, l := range b.Calendar.Load {
		if l.Week == week && l.Who == "" {
			r.Load = b.bar(l)
		}
	}
	return r
}
