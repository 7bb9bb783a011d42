package week

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

//go:embed sheet.css
var sheetStyle string

// SheetPath is the path of the calendar to print.
const SheetPath = Dir + "print.html"

// Sheet says what a calendar to print holds.
type Sheet struct {
	// From and To are its first and last day; what stands before or after is
	// left out. There is a page for each month that has one of them.
	From, To civil.Date
	// Last is the last day of the plan: of later ones it says nothing.
	Last civil.Date
	// Months and People say which pages there are.
	Months, People bool
}

// Duty is work that a person owes.
type Duty struct {
	// Who is the name of the person.
	Who string
	// Due is when it must be ready, At when it goes out.
	Due, At civil.DateTime
	// Platform, Title, Lang and Stage are as of an [Entry].
	Platform, Title, Lang, Stage string
	// Minutes are left; 0: nobody said how many, or it is done.
	Minutes int
	Done    bool
}

// Closed is a day on which nothing goes out, and what it is called, or "".
type Closed struct {
	Date civil.Date
	Name string
}

// Whole is a sheet of all months and people of a calendar, from the first day
// of the present month on.
func (c Calendar) Whole() Sheet {
	last := c.First.Add(max(c.Weeks, 1) - 1).Monday().AddDays(6)
	return Sheet{From: firstOf(c.First.Monday()), To: last, Last: last, Months: true, People: true}
}

// Sheet makes one page that needs nothing else: a sheet of paper for each month
// and one for each person who owes work. The same calendar gives the same
// bytes.
func (p *Pages) Sheet(c Calendar, s Sheet) ([]byte, error) {
	w := p.words[c.Lang]
	if w == nil {
		w = p.words[words.English]
	}
	b := &sheetBuilder{builder: builder{Calendar: c, words: w}, Sheet: s, badges: badges(c.Platforms)}
	var buf bytes.Buffer
	if err := p.template.ExecuteTemplate(&buf, "sheet", b.doc()); err != nil {
		return nil, fmt.Errorf("render sheet: %w", err)
	}
	return buf.Bytes(), nil
}

// sheetDoc is the page, worded.
type sheetDoc struct {
	Lang                   words.Lang
	Office, Title, Verdict string
	Tone                   Tone
	Style                  template.CSS
	Policy                 string
	Months                 []month
	People                 []personSheet
	Made                   string

	say func(key string) string
}

// Say is for templates.
func (d sheetDoc) Say(key string) string { return d.say(key) }

// month is a sheet of paper: a row a week, a column a day.
type month struct {
	ID, Name string
	// Short is the name in short, which stands on each sheet of paper where a
	// month takes more than one.
	Short string
	// Density is the size of the type and how many lines titles have, as
	// classes of the style sheet: "large lines4".
	Density string
	Heads   []string
	Weeks   []sheetWeek
	// Platforms and States explain the badges and the signs; Free counts the
	// free slots.
	Platforms []platformKey
	States    []state
	Free      string
	Grey      string
}

type sheetWeek struct {
	Number, Label string
	Load          load
	Days          []sheetDay
}

type sheetDay struct {
	Number, Full, ISO string
	// Out says that the day is of another month, Unknown that the plan says
	// nothing of it.
	Out, Unknown, Today bool
	Closed              string
	Entries             []sheetEntry
}

type sheetEntry struct {
	entry
	Badge badge
}

// badge stands for a platform: short letters, and one of eight looks.
type badge struct {
	Text string
	Look int
}

type platformKey struct {
	Badge      badge
	Name, Role string
	Count      string
}

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

// sheetBuilder makes a sheet of one calendar.
type sheetBuilder struct {
	builder
	Sheet
	badges map[string]badge
}

func (b *sheetBuilder) doc() sheetDoc {
	sum := sha256.Sum256([]byte(sheetStyle))
	d := sheetDoc{
		Lang: b.words.Lang(), Office: text("", b.Office), Title: b.say("sheet.title"), Verdict: b.sentence(b.Verdict), Tone: b.Tone,
		Style:  template.CSS(sheetStyle),
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		Made:   b.word("week.made", problem.Params{"date": b.words.LongDate(b.Today), "zone": b.Zone}),
		say:    b.say,
	}
	if b.Months && !b.To.Before(b.From) {
		for first := firstOf(b.From); !b.To.Before(first); first = nextMonth(first) {
			d.Months = append(d.Months, b.month(first))
		}
	}
	if b.People {
		d.People = b.people()
	}
	return d
}

func firstOf(d civil.Date) civil.Date {
	d.Day = 1
	return d
}

// nextMonth is the first day of the month after that of a first day.
func nextMonth(first civil.Date) civil.Date { return firstOf(first.AddDays(31)) }

// holds reports whether the sheet shows a day.
func (b *sheetBuilder) holds(d civil.Date) bool { return !d.Before(b.From) && !b.To.Before(d) }

// month makes the sheet of the month that begins on a day.
func (b *sheetBuilder) month(first civil.Date) month {
	last := nextMonth(first).AddDays(-1)
	m := month{ID: "m" + first.String()[:7], Name: b.monthName(first), Short: b.words.ShortMonth(first.Month)}
	monday := civil.WeekOf(first).Monday()
	for i := range 7 {
		m.Heads = append(m.Heads, b.words.Weekday(monday.AddDays(i).Weekday()))
	}
	byDay, counts, seen, free := b.entriesOf(first, last)
	unknown := false
	for ; !last.Before(monday); monday = monday.AddDays(7) {
		week := civil.WeekOf(monday)
		w := sheetWeek{Number: strconv.Itoa(week.Number), Label: b.heading(week), Load: b.weekLoad("", week)}
		for i := range 7 {
			date := monday.AddDays(i)
			day := sheetDay{
				Number: strconv.Itoa(date.Day), Full: b.words.LongDate(date), ISO: date.String(), Today: date == b.Today,
				Out: date.Before(first) || last.Before(date),
			}
			if !day.Out {
				day.Unknown = !b.holds(date) || b.Sheet.Last.Before(date)
				day.Closed, day.Entries = b.closed(date), byDay[date]
				unknown = unknown || day.Unknown
			}
			w.Days = append(w.Days, day)
		}
		m.Weeks = append(m.Weeks, w)
	}
	m.Density = density(m.Weeks)
	for _, p := range b.Platforms {
		if n, there := counts[p.Name]; there {
			m.Platforms = append(m.Platforms, platformKey{b.badges[p.Name], text("", p.Name), text("", p.Role), strconv.Itoa(n)})
		}
	}
	for _, s := range states() {
		if seen[s] {
			m.States = append(m.States, b.state(s))
		}
	}
	if free > 0 {
		m.Free = b.count("sheet.free", free)
	}
	if unknown {
		m.Grey = b.say("sheet.grey")
	}
	return m
}

func (b *sheetBuilder) monthName(first civil.Date) string {
	name := []rune(b.word("sheet.month", problem.Params{"month": b.words.Month(first.Month), "year": strconv.Itoa(first.Year)}))
	return string(append([]rune{unicode.ToUpper(name[0])}, name[1:]...))
}

// layout is how the entries of a month stand on paper.
type layout struct {
	// size is the name of the size of type, line its height in tenths of a
	// millimetre, chars about how many characters a line of a day takes.
	size        string
	line, chars int
	// most is how many lines a title has at most.
	most int
}

// layouts are tried from the most comfortable on.
func layouts() []layout {
	return []layout{
		{"large", 34, 23, 5}, {"large", 34, 23, 4}, {"large", 34, 23, 3}, {"medium", 31, 25, 3}, {"large", 34, 23, 2}, {"medium", 31, 25, 2},
		{"small", 28, 27, 2}, {"medium", 31, 25, 1}, {"small", 28, 27, 1},
	}
}

// In tenths of a millimetre: the least height of the weeks of a month on A4
// and on Letter, that of the numbers of the days, and what is between entries.
const (
	gridHeight = 1440
	dayHeight  = 48
	betweenTwo = 6
)

// ahead is about how many characters stand before a title: time, badge, sign.
const ahead = 12

// density is the most comfortable layout with which all weeks stand on one
// sheet; of the last one even if they do not: the weeks that are left go on
// the next sheet.
func density(weeks []sheetWeek) string {
	var l layout
	for _, l = range layouts() {
		height := 0
		for _, w := range weeks {
			most := 0
			for _, d := range w.Days {
				day := 0
				for _, e := range d.Entries {
					lines := 1
					if !e.Free {
						lines = min(l.most, 1+(ahead+utf8.RuneCountInString(e.Title)-1)/l.chars)
					}
					day += lines*l.line + betweenTwo
				}
				most = max(most, day)
			}
			height += dayHeight + max(most, l.line)
		}
		if height <= gridHeight {
			break
		}
	}
	return l.size + " lines" + strconv.Itoa(l.most)
}

// entriesOf collects what the days of a month hold, in order of time, how much
// goes out on each platform that has a slot there, which states there are, and how many slots are
// free.
func (b *sheetBuilder) entriesOf(first, last civil.Date) (byDay map[civil.Date][]sheetEntry, counts map[string]int, seen map[State]bool, free int) {
	type timed struct {
		sheetEntry
		at civil.DateTime
	}
	all := map[civil.Date][]timed{}
	counts, seen = map[string]int{}, map[State]bool{}
	within := func(d civil.Date, platform string) bool {
		_, known := b.badges[platform]
		return known && !d.Before(first) && !last.Before(d) && b.holds(d)
	}
	for _, e := range b.Entries {
		if within(e.At.Date, e.Platform) {
			seen[e.State.known()] = true
			counts[e.Platform]++
			all[e.At.Date] = append(all[e.At.Date], timed{sheetEntry{b.entry(e), b.badges[e.Platform]}, e.At})
		}
	}
	for _, s := range b.Calendar.Free {
		if within(s.At.Date, s.Platform) {
			free++
			counts[s.Platform] += 0 // its badge stands there, too
			all[s.At.Date] = append(all[s.At.Date], timed{sheetEntry{b.free(s), b.badges[s.Platform]}, s.At})
		}
	}
	byDay = map[civil.Date][]sheetEntry{}
	for day, entries := range all {
		slices.SortStableFunc(entries, func(x, y timed) int { return x.at.Compare(y.at) })
		for _, e := range entries {
			byDay[day] = append(byDay[day], e.sheetEntry)
		}
	}
	return byDay, counts, seen, free
}

// closed is what a closed day is called, "" where it is open.
func (b *sheetBuilder) closed(d civil.Date) string {
	for _, c := range b.Closed {
		if c.Date == d {
			if c.Name == "" {
				return b.say("plan.closed-day")
			}
			return text("", c.Name)
		}
	}
	return ""
}

// weekLoad is the work of one week alone. What the calendar has are sums from
// its first week on.
func (b *sheetBuilder) weekLoad(who string, week civil.Week) load {
	before := week.Add(-1)
	due, had, over, ok := 0, 0, 0, false
	for _, l := range b.Calendar.Load {
		switch {
		case l.Who != who:
		case l.Week == week:
			due, had, over, ok = due+l.Needed, had+l.Had, max(0, l.Needed-l.Had), true
		case l.Week == before:
			due, had = due-l.Needed, had-l.Had
		}
	}
	if !ok {
		return load{}
	}
	out := load{Text: b.word("plan.load", problem.Params{"needed": b.hours(due), "had": b.hours(had)})}
	if over > 0 {
		out.Over = b.word("plan.load-over", problem.Params{"hours": b.hours(over)})
	}
	return out
}

// hours are minutes of work that no end of a line parts.
func (b *sheetBuilder) hours(minutes int) string {
	return strings.ReplaceAll(b.words.Hours(minutes), " ", "\u00a0")
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

// looks is how many looks of badges there are.
const looks = 8

// badges gives each platform the shortest beginning of its name that no other
// one has, and a number where four letters do not tell.
func badges(platforms []Platform) map[string]badge {
	all := make(map[string]badge, len(platforms))
	for i, p := range platforms {
		name := []rune(text("", p.Name))
		mark := strconv.Itoa(i + 1)
		for n := 1; n <= min(4, len(name)); n++ {
			begin := strings.ToLower(string(name[:n]))
			if !slices.ContainsFunc(platforms, func(q Platform) bool {
				return q.Name != p.Name && strings.HasPrefix(strings.ToLower(text("", q.Name)), begin)
			}) {
				short := []rune(begin)
				mark = string(unicode.ToUpper(short[0])) + string(short[1:])
				break
			}
		}
		all[p.Name] = badge{mark, i % looks}
	}
	return all
}
