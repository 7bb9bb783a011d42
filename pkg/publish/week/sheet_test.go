package week_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/civil"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

// withDuties is the office with work for two people, one thing overdue and one
// done, and a day on which nothing goes out.
func withDuties() week.Calendar {
	c := office()
	c.Duties = []week.Duty{
		{Who: "Léo", Due: on(19, 9, 0), At: on(21, 9, 0), Platform: "blog", Title: "Brake pads", Lang: "en", Stage: "draft", Minutes: 90},
		{Who: "Awa", Due: on(22, 9, 0), At: on(22, 9, 0), Platform: "blog", Title: "Bourse aux vélos", Lang: "fr", Stage: "ready", Done: true},
		{Who: "Awa", Due: on(24, 10, 0), At: on(25, 10, 0), Platform: "facebook", Title: "L’outil", Lang: "fr", Stage: "review", Minutes: 360},
		{Who: "Léo", Due: on(27, 9, 0), At: on(28, 9, 0), Platform: "blog", Title: "La semaine d’après", Lang: "fr", Stage: "idea"},
	}
	c.Unplaced = []week.Unplaced{
		{Who: "Awa", Platform: "blog", Title: "Spokes", Lang: "en"}, {Who: "Awa", Platform: "facebook", Title: "Le sel", Lang: "fr"},
		{Who: "Nora", Platform: "facebook", Title: "La carte", Lang: "fr"}, {Platform: "blog", Title: "À personne", Lang: "fr"},
	}
	c.Closed = []week.Closed{{Date: on(30, 0, 0).Date, Name: "Fête de l’atelier"}}
	return c
}

func sheet(t testing.TB, c week.Calendar, s week.Sheet) []byte {
	t.Helper()
	pages, err := week.New()
	if err != nil {
		t.Fatal(err)
	}
	data, err := pages.Sheet(c, s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSheet_golden(t *testing.T) {
	t.Parallel()
	for lang, golden := range map[words.Lang]string{words.French: "sheet.fr.golden.html", words.English: "sheet.en.golden.html"} {
		c := withDuties()
		c.Lang = lang
		got := sheet(t, c, c.Whole())
		from, to := bytes.Index(got, []byte("<style>")), bytes.Index(got, []byte("</style>"))
		got = slices.Concat(got[:from+len("<style>")], got[to:]) // it stands in a file of its own
		path := filepath.Join("testdata", golden)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s (golden -, made +):\n%s", lang, d)
		}
	}
}

// sheets are the names of the sheets, those of months before those of people.
func sheets(t testing.TB, page []byte) []string {
	t.Helper()
	return texts(t.(*testing.T), page, func(n *html.Node) bool { return n.DataAtom == atom.H2 })
}

// TestSheet_holdsEverythingOnce: each placement and free slot of the days shown
// stands once, on its day; each duty once, with its person.
func TestSheet_holdsEverythingOnce(t *testing.T) {
	t.Parallel()
	c := withDuties()
	page := sheet(t, c, c.Whole())
	if d := cmp.Diff([]string{"Octobre 2026", "Novembre 2026", "Awa", "Léo"}, sheets(t, page)); d != "" {
		t.Error(d)
	}
	want := map[string]int{}
	for _, e := range c.Entries {
		want[e.At.Date.String()+" "+e.Title]++
	}
	for _, s := range c.Free {
		want[s.At.Date.String()+" libre"]++
	}
	got := map[string]int{}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Td {
			continue
		}
		day := ""
		for d := range n.Descendants() {
			for _, a := range d.Attr {
				if a.Key == "datetime" {
					day = a.Val
				}
			}
			if class("title")(d) && d.DataAtom == atom.Span || class("state")(d) && class("free")(d.Parent) {
				got[day+" "+strings.ReplaceAll(d.FirstChild.Data, "\u202f", " ")]++
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("calendar -, sheet +:\n%s", d)
	}
	rows := texts(t, page, func(n *html.Node) bool {
		return n.DataAtom == atom.Tr && n.Parent.DataAtom == atom.Tbody && class("duties")(n.Parent.Parent)
	})
	if d := cmp.Diff([]string{
		"Semaine 43 · 19–25 octobre 2026 6 h sur 5 h (1 h de trop)",
		"☑fait jeu. 22 oct. B blog Bourse aux vélos prêt jeu. 22 oct., 09:00",
		"☐à faire sam. 24 oct. 6 h F facebook L’outil relecture dim. 25 oct., 10:00",
		"En retard",
		"☐à faire lun. 19 oct. 1 h 30 B blog Brake pads brouillon mer. 21 oct., 09:00",
		"Semaine 44 · 26 octobre – 1er novembre 2026",
		"☐à faire mar. 27 oct. B blog La semaine d’après idée mer. 28 oct., 09:00",
	}, rows); d != "" {
		t.Errorf("duties (want -, got +):\n%s", d)
	}
}

// TestSheet_showsTheDaysThatAreAskedFor and no other.
func TestSheet_showsTheDaysThatAreAskedFor(t *testing.T) {
	t.Parallel()
	c := withDuties()
	s := week.Sheet{From: on(26, 0, 0).Date, To: on(28, 0, 0).Date, Last: on(31, 0, 0).Date, Months: true, People: true}
	page := sheet(t, c, s)
	if d := cmp.Diff([]string{"La semaine d’après"}, texts(t, page, func(n *html.Node) bool { return class("title")(n) && n.DataAtom == atom.Span })); d != "" {
		t.Errorf("titles: %s", d)
	}
	if d := cmp.Diff([]string{"Octobre 2026", "Léo"}, sheets(t, page)); d != "" {
		t.Error(d)
	}
	s.People = false
	if d := cmp.Diff([]string{"Octobre 2026"}, sheets(t, sheet(t, c, s))); d != "" {
		t.Error(d)
	}
	s.Months, s.People = false, false
	if page := sheet(t, c, s); !bytes.Contains(page, []byte("Rien à montrer")) {
		t.Error("an empty sheet says nothing")
	}
	s.Months, s.To = true, s.From.AddDays(-1)
	if names := sheets(t, sheet(t, c, s)); len(names) > 0 {
		t.Errorf("no days have %v", names)
	}
}

// TestSheet_monthsAreWhole: every month has its days once, in weeks that begin
// on Monday, whatever day it begins on.
func TestSheet_monthsAreWhole(t *testing.T) {
	t.Parallel()
	c := week.Calendar{Lang: words.English, First: civil.Week{Year: 2027, Number: 1}, Weeks: 1}
	s := week.Sheet{From: civil.Date{Year: 2023, Month: 1, Day: 15}, To: civil.Date{Year: 2028, Month: 12, Day: 1}, Months: true}
	s.Last = s.To
	page := sheet(t, c, s)
	if n := len(sheets(t, page)); n != 72 {
		t.Errorf("%d months", n)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	day := civil.Date{Year: 2023, Month: 1, Day: 1}
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Td {
			continue
		}
		for d := range n.Descendants() {
			for _, a := range d.Attr {
				if a.Key != "datetime" {
					continue
				}
				column := -1 // without the number of the week
				for before := n.PrevSibling; before != nil; before = before.PrevSibling {
					if before.Type == html.ElementNode {
						column++
					}
				}
				if a.Val != day.String() || (int(day.Weekday())+6)%7 != column {
					t.Fatalf("%s in column %d, want %s", a.Val, column, day)
				}
				day = day.AddDays(1)
			}
		}
	}
	if last := (civil.Date{Year: 2029, Month: 1, Day: 1}); day != last {
		t.Errorf("ends before %s", day)
	}
}

// TestSheet_badgesTellPlatformsApart, however alike their names are.
func TestSheet_badgesTellPlatformsApart(t *testing.T) {
	t.Parallel()
	c := office()
	c.Platforms, c.Entries, c.Free = nil, nil, nil
	for i, name := range []string{"facebook", "flickr", "fax", "fa", "mail-1", "mail-2", "mail", "Mail", "é", "x"} {
		c.Platforms = append(c.Platforms, week.Platform{Name: name})
		c.Entries = append(c.Entries, week.Entry{At: on(20, 9, i), Platform: name, Title: name})
	}
	page := sheet(t, c, c.Whole())
	badges := texts(t, page, func(n *html.Node) bool { return class("badge")(n) && class("entry")(n.Parent) })
	if d := cmp.Diff([]string{"Fac", "Fl", "Fax", "4", "5", "6", "7", "8", "É", "X"}, badges); d != "" {
		t.Errorf("badges (want -, got +):\n%s", d)
	}
}

func TestSheet_hostileTextStaysText(t *testing.T) {
	t.Parallel()
	c := withDuties()
	evil := sample.Hostile + `"></style></title><script>steal()</script><img src=x onerror=alert(1)>` + "\u202e\x1b[31m"
	c.Office, c.Verdict, c.Zone = evil, evil, evil
	c.Platforms = append(c.Platforms, week.Platform{Name: evil, Role: evil})
	c.Entries = append(c.Entries, week.Entry{At: on(24, 9, 0), Platform: evil, State: week.State(evil), Title: evil, Lang: evil, Who: evil, Href: "javascript:alert(1)"})
	c.Duties = append(c.Duties, week.Duty{Who: evil, Due: on(24, 9, 0), At: on(24, 9, 0), Platform: evil, Title: evil, Lang: evil, Stage: evil, Minutes: 1})
	c.Unplaced = append(c.Unplaced, week.Unplaced{Who: evil, Platform: evil, Title: evil, Lang: evil})
	c.Closed = append(c.Closed, week.Closed{Date: on(31, 0, 0).Date, Name: evil})
	page := sheet(t, c, c.Whole())
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	styles := 0
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Script || n.DataAtom == atom.Img || n.DataAtom == atom.Link {
			t.Errorf("<%s>", n.Data)
		}
		if n.DataAtom == atom.Style {
			styles++
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") || a.Key == "src" {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	if styles != 1 || bytes.ContainsAny(page, "\x00\x08\x0b\x1b") || bytes.Contains(page, []byte("\u202e")) {
		t.Errorf("%d styles, or control characters", styles)
	}
	if n := bytes.Count(page, []byte("steal()")); n < 8 {
		t.Errorf("only %d of the hostile texts are shown", n)
	}
}

// crowded is an office with so many posts in a month.
func crowded(posts int) week.Calendar {
	c := withDuties()
	c.Entries, c.Free = nil, nil
	for i := range posts {
		c.Entries = append(c.Entries, week.Entry{
			At: on(1+i%30, 8+i/30%12, 0), Platform: c.Platforms[i%2].Name, State: week.StateNew, Lang: "fr", Stage: "draft",
			Title: fmt.Sprintf("Un titre assez long pour prendre quelques lignes d’un jour, le %de", i),
		})
	}
	return c
}
