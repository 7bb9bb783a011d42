package bound_test

import (
	"fmt"
	"testing"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// quarter is a busy small association for thirteen weeks: seven platforms, each
// with its role, five people whose hours do not suffice, articles that go from
// the blog to everywhere else, videos, questions, notes, photographs, series,
// evergreens, dates that somebody wants, and a past.
func quarter(tb testing.TB) calendar.Input {
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		tb.Fatal(err)
	}
	q := &quarterOffice{in: calendar.Input{
		Now: z.Instant(civil.Date{Year: 2026, Month: time.October, Day: 19}.At(civil.Clock{Hour: 8})), Zone: z, Weeks: 13,
		Lock: calendar.DefaultLock(), Reserve: 150, Platforms: sevenPlatforms(),
		Closed: rhythm.Closed{
			Days:  []rhythm.Day{{Date: civil.Date{Year: 2026, Month: time.November, Day: 11}, Holiday: true}, {Date: civil.Date{Year: 2026, Month: time.December, Day: 25}, Holiday: true}},
			Quiet: []rhythm.Quiet{{From: civil.Clock{Hour: 21}, To: civil.Clock{Hour: 7}}},
		},
	}}
	for i, hours := range []int{20, 14, 10, 8, 6} {
		p := calendar.Person{Name: fmt.Sprintf("q%d", i), Minutes: 60 * hours}
		if i == 1 {
			p.Absences = append(p.Absences, calendar.Absence{From: q.day(14), To: q.day(20)})
		}
		if i == 4 {
			p.Days = []time.Weekday{time.Tuesday, time.Saturday}
		}
		q.in.People = append(q.in.People, p)
	}
	q.articles(44)
	q.videos(14)
	q.questions(80)
	q.notes(70)
	q.photographs(30)
	q.past(60)
	return q.in
}

type quarterOffice struct {
	in   calendar.Input
	seed uint32
}

// n returns the next number below the limit of a fixed sequence.
func (q *quarterOffice) n(limit int) int {
	q.seed = q.seed*1664525 + 1013904223
	return int(q.seed>>8) % limit
}

func (q *quarterOffice) day(n int) civil.Date { return q.in.Zone.Date(q.in.Now).AddDays(n) }

func (q *quarterOffice) person() string {
	return fmt.Sprintf("q%d", []int{0, 0, 0, 1, 1, 2, 2, 3, 4}[q.n(9)])
}

func (q *quarterOffice) priority() int { return []int{1, 2, 2, 3, 3, 3, 3, 4, 4, 5}[q.n(10)] }

func (q *quarterOffice) pillar() string {
	return []string{"workshop", "members", "town", "life"}[q.n(4)]
}

// post starts a post, a third of them with dates of its own.
func (q *quarterOffice) post(kind string, i int, intent string, platforms ...string) calendar.Post {
	p := calendar.Post{
		ID: fmt.Sprintf("%s%03d", kind, i), Lang: "fr", Priority: q.priority(), Pillar: q.pillar(), Intent: intent,
		Platforms: platforms, Assignee: q.person(), Ready: q.n(6) == 0,
	}
	switch q.n(12) {
	case 0:
		p.NotBefore = q.in.Zone.Day(q.day(q.n(60)))
	case 1:
		p.Embargo = q.in.Zone.Day(q.day(q.n(40)))
	case 2:
		p.Deadline = q.in.Zone.Day(q.day(20 + q.n(60)))
	case 3:
		from := q.n(50)
		p.NotBefore, p.Expires = q.in.Zone.Day(q.day(from)), q.in.Zone.Day(q.day(from+14+q.n(21)))
	}
	return p
}

func (q *quarterOffice) add(p calendar.Post) { q.in.Posts = append(q.in.Posts, p) }

// articles go to the blog first, five in a series of seven each.
func (q *quarterOffice) articles(n int) {
	for i := range n {
		p := q.post("article", i, []string{"inform", "inform", "inform", "promote", "engage"}[q.n(5)], "blog", "newsletter", "facebook", "x", "mastodon", "linkedin")
		if q.n(4) == 0 {
			p.Platforms = p.Platforms[:5]
		}
		p.Need = map[string]int{p.Assignee: 180 + 30*q.n(5), "q0": 30}
		if i%4 == 0 && i < 28 {
			p.Series, p.Part = "series", 1+i/4
		}
		if i == 9 || i == 21 {
			at := q.day(9 + i).At(civil.Clock{Hour: 9})
			p.Pin = q.in.Zone.Moment(at)
		}
		q.add(p)
	}
}

func (q *quarterOffice) videos(n int) {
	for i := range n {
		p := q.post("video", i, []string{"inform", "engage"}[q.n(2)], "youtube", "newsletter", "facebook", "x")
		p.Need = map[string]int{"q1": 360 + 60*q.n(4), p.Assignee: 120}
		q.add(p)
	}
}

func (q *quarterOffice) questions(n int) {
	for i := range n {
		p := q.post("question", i, "converse", [][]string{{"facebook"}, {"facebook", "x"}, {"facebook", "mastodon"}}[q.n(3)]...)
		p.Need = map[string]int{p.Assignee: 20}
		q.add(p)
	}
}

// notes are short; some come back every three weeks.
func (q *quarterOffice) notes(n int) {
	for i := range n {
		p := q.post("note", i, []string{"inform", "promote", "converse"}[q.n(3)], [][]string{{"x"}, {"x", "mastodon"}, {"linkedin", "x"}}[q.n(3)]...)
		p.Need = map[string]int{"": 15}
		if i%10 == 0 {
			p.Repeat = calendar.Repeat{Times: 3, Every: civil.Span{Days: 21}}
		}
		q.add(p)
	}
}

func (q *quarterOffice) photographs(n int) {
	for i := range n {
		p := q.post("photo", i, []string{"converse", "engage"}[q.n(2)], "facebook", "mastodon")
		p.Need = map[string]int{"q3": 60}
		q.add(p)
	}
}

// past is what is out on the blog, and what was agreed of the near future.
func (q *quarterOffice) past(n int) {
	for i := range n {
		p := q.post("old", i, "inform", "blog")
		p.Ready, p.Published = true, []calendar.Published{{Platform: "blog", At: q.in.Now.AddDate(0, 0, -2-3*i)}}
		q.add(p)
	}
	bare, _ := calendar.Expand(q.in)
	for i := range bare.Items {
		it := &bare.Items[i]
		p := bare.Platforms[it.Platform]
		if t := p.SlotLo + q.n(p.SlotHi-p.SlotLo); i%5 == 0 && bare.Admissible(i, t) && bare.Slots[t].Week < 6 {
			q.in.Agreed = append(q.in.Agreed, calendar.Agreed{Key: it.Key, At: bare.Time(bare.Slots[t].At)})
		}
	}
}

func sevenPlatforms() []calendar.Platform {
	at := func(hour, minute int, days ...time.Weekday) rhythm.Rhythm {
		return rhythm.Rhythm{Times: []rhythm.Times{{Days: days, At: []civil.Clock{{Hour: hour, Minute: minute}}}}}
	}
	facebook := at(18, 30, 1, 2, 3, 4)
	facebook.Times = append(facebook.Times, rhythm.Times{Days: []time.Weekday{5, 6, 0}, At: []civil.Clock{{Hour: 10}}, Weight: 1200})
	return []calendar.Platform{
		{Name: "blog", Rhythm: at(9, 0, 2, 4), CapWeek: 2, Spread: 6 * 24 * 60, Lead: 1},
		{Name: "newsletter", Rhythm: at(8, 0, 4), Edition: &calendar.Edition{Min: 2, Max: 6}, DerivesFrom: "blog", Lag: civil.Span{Days: 1}, Lead: 2, Effort: 20},
		{
			Name: "facebook", Rhythm: facebook, Gap: 18 * 60, DerivesFrom: "blog", Lag: civil.Span{Minutes: 240}, Effort: 20,
			Mix: []calendar.Mix{{Intent: "converse", Min: 600, Max: 1000}, {Intent: "promote", Max: 200}},
		},
		{
			Name: "x", Rhythm: rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 14, From: civil.Clock{Hour: 9}, To: civil.Clock{Hour: 18}}}},
			DerivesFrom: "blog", Lag: civil.Span{Minutes: 60}, CapDay: 2, Gap: 3 * 60, Spread: 12 * 60, Effort: 10,
		},
		{
			Name: "mastodon", Rhythm: at(12, 30, 1, 2, 3, 4, 5), DerivesFrom: "blog", Lag: civil.Span{Minutes: 60}, Spread: 2 * 24 * 60, Effort: 10,
			Mix: []calendar.Mix{{Intent: "promote", Max: 250}},
		},
		{Name: "linkedin", Rhythm: at(8, 30, 2, 3, 4), CapWeek: 2, Gap: 24 * 60, DerivesFrom: "blog", Lag: civil.Span{Days: 1}, Effort: 30, Mix: []calendar.Mix{{Pillar: "life", Max: 300}}},
		{Name: "youtube", Rhythm: at(18, 0, 3, 6), CapWeek: 1, Lead: 7, Effort: 90},
	}
}
