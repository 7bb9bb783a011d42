package week

import (
	"slices"
	"strconv"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// personSheet is the work of a person, by week.
type personSheet struct {
	ID, Name, Sum string
	Groups        []dutyGroup
	Left          []unplacedRow
}

type unplacedRow struct{ Title, Lang, Platform string }

type dutyGroup struct {
	Heading, Load, Over string
	Rows                []dutyRow
}

type dutyRow struct {
	Due, DueISO   string
	Hours, Stage  string
	Out, OutISO   string
	Title, Lang   string
	Badge         badge
	Platform      string
	Overdue, Done bool
}

// people makes a sheet for everybody who owes work in its days, in the order of
// the duties' people.
func (b *sheetBuilder) people() []personSheet {
	var names []string
	for _, d := range b.Duties {
		if b.owes(d) && !slices.Contains(names, d.Who) {
			names = append(names, d.Who)
		}
	}
	slices.Sort(names)
	var all []personSheet
	for i, name := range names {
		p := personSheet{ID: "p" + strconv.Itoa(i+1), Name: text("", name)}
		minutes, last := 0, ""
		for _, d := range b.Duties {
			if !b.owes(d) || d.Who != name {
				continue
			}
			minutes += d.Minutes
			if key := b.groupOf(d); key != last {
				last = key
				p.Groups = append(p.Groups, b.group(d))
			}
			g := &p.Groups[len(p.Groups)-1]
			g.Rows = append(g.Rows, b.dutyRow(d))
		}
		if minutes > 0 {
			p.Sum = b.word("sheet.sum", problem.Params{"hours": b.words.Hours(minutes)})
		}
		for _, u := range b.Unplaced {
			if b.lacks(u) && u.Who == name {
				p.Left = append(p.Left, unplacedRow{text(u.Lang, u.Title), b.foreign(u.Lang), text("", u.Platform)})
			}
		}
		all = append(all, p)
	}
	return all
}

// lacks reports whether a post without a place stands on a sheet.
func (b *sheetBuilder) lacks(u Unplaced) bool {
	_, known := b.badges[u.Platform]
	return known && u.Who != ""
}

// foreign is the language of a title, "" where it is that of the page.
func (b *sheetBuilder) foreign(lang string) string {
	if lang == string(b.words.Lang()) {
		return ""
	}
	return text("", lang)
}

// owes reports whether a duty stands on the sheet: what is overdue does.
func (b *sheetBuilder) owes(d Duty) bool {
	_, known := b.badges[d.Platform]
	return known && d.Who != "" && !b.To.Before(d.Due.Date) && (b.holds(d.Due.Date) || b.overdue(d) && b.holds(b.Today))
}

func (b *sheetBuilder) overdue(d Duty) bool { return d.Due.Date.Before(b.Today) && !d.Done }

// groupOf names what a duty stands under: its week, or that it is overdue.
func (b *sheetBuilder) groupOf(d Duty) string {
	if b.overdue(d) {
		return "overdue"
	}
	return civil.WeekOf(d.Due.Date).String()
}

func (b *sheetBuilder) group(d Duty) dutyGroup {
	if b.overdue(d) {
		return dutyGroup{Heading: b.say("sheet.overdue")}
	}
	week := civil.WeekOf(d.Due.Date)
	l := b.weekLoad(d.Who, week)
	return dutyGroup{Heading: b.heading(week), Load: l.Text, Over: l.Over}
}

func (b *sheetBuilder) dutyRow(d Duty) dutyRow {
	r := dutyRow{
		Due: b.words.ShortDate(d.Due.Date), DueISO: d.Due.Date.String(), Out: b.words.ShortDate(d.At.Date) + ", " + d.At.Clock.String(), OutISO: d.At.Date.String(),
		Title: text(d.Lang, d.Title), Badge: b.badges[d.Platform], Platform: text("", d.Platform), Overdue: b.overdue(d), Done: d.Done,
	}
	r.Lang = b.foreign(d.Lang)
	if d.Minutes > 0 {
		r.Hours = b.words.Hours(d.Minutes)
	}
	if d.Stage != "" {
		r.Stage = b.say("stage." + d.Stage)
	}
	return r
}
