package office

import (
	"cmp"
	"fmt"
	"slices"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

// leftNamed is how many left-out posts the pages name: saying why costs a look
// at every slot.
const leftNamed = 30

// weekPages makes the calendar as pages for the team; what is out is linked to
// where it is.
func (o *Office) weekPages(p *Proposal) ([]publish.File, error) {
	return o.PlanPages(p, func(x Placement) string {
		if at, ok := o.out(x.Post); ok && o.makes(x.Platform) {
			return o.entry(x.Post, at).URL
		}
		return ""
	})
}

// PlanPages makes the calendar as pages for the team, each placement of a post
// that is there linked to href, where that is not "".
func (o *Office) PlanPages(p *Proposal, href func(Placement) string) ([]publish.File, error) {
	pages, err := week.New()
	if err != nil {
		return nil, err
	}
	lang, _ := words.Parse(o.Config.Site.Lang)
	files, err := pages.Files(o.weekCalendar(words.New(lang), p, href))
	if err != nil {
		return nil, fmt.Errorf("plan pages: %w", err)
	}
	return files, nil
}

// pastDays is how many days before the first week the pages know of: a month
// begins up to that many days before.
const pastDays = 31

// weekCalendar is the proposal as the pages show it.
func (o *Office) weekCalendar(w *words.Words, p *Proposal, href func(Placement) string) week.Calendar {
	verdict, changes := o.Verdict(p), p.Changes()
	c := week.Calendar{
		Lang: w.Lang(), Office: o.Config.Site.Title, Zone: o.Zone.Name(), Today: o.Zone.Date(o.Now),
		First: p.First, Weeks: p.Instance.Weeks,
		Verdict: verdict.Word(w), Tone: tone(verdict.Code),
		Changes: week.Changes(changes), Next: o.Next(p),
	}
	for _, name := range o.PlatformsByDepth() {
		c.Platforms = append(c.Platforms, week.Platform{Name: name, Role: o.Config.Platforms[name].Role})
	}
	for _, x := range o.since(p, pastDays) {
		c.Entries = append(c.Entries, o.weekEntry(x, href))
	}
	for _, g := range p.Gaps {
		c.Free = append(c.Free, week.Slot{At: o.Zone.DateTime(g.At), Platform: g.Platform})
	}
	for _, l := range p.Load {
		c.Load = append(c.Load, week.Load{Who: o.PersonName(l.Person), Week: l.Week, Needed: l.Needed, Had: l.Had})
	}
	for _, d := range o.Duties(p) {
		c.Duties = append(c.Duties, o.weekDuty(d))
	}
	for _, d := range p.closed {
		c.Closed = append(c.Closed, week.Closed{Date: d.Date, Name: d.Name})
	}
	for _, l := range p.Left {
		if l.Post != nil && l.Post.Assignee != "" {
			title, lang := headline(l.Post, l.Key.String())
			c.Unplaced = append(c.Unplaced, week.Unplaced{Who: o.PersonName(l.Post.Assignee), Platform: l.Key.Platform, Title: title, Lang: lang})
		}
	}
	for i, l := range p.Left {
		if i == leftNamed {
			c.LeftMore = len(p.Left) - leftNamed
			break
		}
		title, lang := headline(l.Post, l.Key.String())
		c.Left = append(c.Left, week.Left{Platform: l.Key.Platform, Title: title, Lang: lang, Why: o.WhyLeft(w, p, l)})
	}
	return c
}

func (o *Office) weekEntry(x Placement, href func(Placement) string) week.Entry {
	e := week.Entry{At: o.Zone.DateTime(x.At), Platform: x.Platform, State: week.State(x.State), Pinned: x.Pinned, Locked: x.Locked}
	e.Title, e.Lang = headline(x.Post, x.Key.String())
	if x.Post == nil {
		return e
	}
	e.Stage, e.Who, e.Href = string(x.Post.Stage), o.PersonName(x.Post.Assignee), href(x)
	return e
}

func (o *Office) weekDuty(d Duty) week.Duty {
	out := week.Duty{
		Who: o.PersonName(d.Person), Due: o.Zone.DateTime(d.Due), At: o.Zone.DateTime(d.At), Platform: d.Key.Platform, Minutes: d.Minutes, Done: d.Done,
	}
	out.Title, out.Lang = headline(d.Post, d.Key.String())
	if d.Post != nil {
		out.Stage = string(d.Post.Stage)
	}
	return out
}

// SheetFilter says what a calendar to print holds. Zero days mean all.
type SheetFilter struct {
	From, To civil.Date
	// Platform and Person, unless "", are the only ones.
	Platform, Person string
	// Months and People say which sheets there are.
	Months, People bool
}

// Sheet is a proposal as one page to print.
func (o *Office) Sheet(w *words.Words, p *Proposal, only SheetFilter) ([]byte, error) {
	pages, err := week.New()
	if err != nil {
		return nil, err
	}
	c := o.weekCalendar(w, p, func(Placement) string { return "" })
	if only.Platform != "" {
		c.Platforms = slices.DeleteFunc(c.Platforms, func(x week.Platform) bool { return x.Name != only.Platform })
	}
	if only.Person != "" {
		c.Duties = slices.DeleteFunc(c.Duties, func(d week.Duty) bool { return d.Who != o.PersonName(only.Person) })
		c.Unplaced = slices.DeleteFunc(c.Unplaced, func(u week.Unplaced) bool { return u.Who != o.PersonName(only.Person) })
	}
	s := c.Whole()
	s.Months, s.People = only.Months, only.People
	if !only.From.IsZero() {
		s.From, s.To = only.From, only.To
	}
	data, err := pages.Sheet(c, s)
	if err != nil {
		return nil, fmt.Errorf("calendar to print: %w", err)
	}
	return data, nil
}

// headline is what a calendar calls a post, and its language; gone stands for
// one that is no longer there.
func headline(p *content.Post, gone string) (title, lang string) {
	if p == nil {
		return gone, ""
	}
	return cmp.Or(p.Title, p.Slug), p.Lang
}

func tone(code string) week.Tone {
	switch code {
	case VerdictFeasible:
		return week.Good
	case VerdictOver:
		return week.Bad
	}
	return week.Caution
}

// PlatformsByDepth returns the names of the platforms, those from which others
// derive before them.
func (o *Office) PlatformsByDepth() []string {
	depth := func(name string) int {
		d := 0
		for p := o.Config.Platforms[name]; p.DerivesFrom != "" && d < 10; p = o.Config.Platforms[p.DerivesFrom] {
			d++
		}
		return d
	}
	names := o.PlatformNames()
	slices.SortStableFunc(names, func(x, y string) int { return cmp.Compare(depth(x), depth(y)) })
	return names
}
