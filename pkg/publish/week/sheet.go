package week

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"

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
