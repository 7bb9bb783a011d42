package week_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/civil"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func on(day, hour, minute int) civil.DateTime {
	return civil.Date{Year: 2026, Month: 10, Day: day}.At(civil.Clock{Hour: hour, Minute: minute})
}

// office is a small plan with every state, in French.
func office() week.Calendar {
	w43 := civil.Week{Year: 2026, Number: 43}
	return week.Calendar{
		Lang: words.French, Office: "Les Roues libres", Zone: "Europe/Paris", Today: on(21, 0, 0).Date, First: w43, Weeks: 3,
		Verdict: "Trop : Awa dépasse de 1 h en semaine 43", Tone: week.Bad,
		Platforms: []week.Platform{{Name: "blog", Role: "les articles"}, {Name: "facebook"}},
		Entries: []week.Entry{
			{At: on(19, 9, 0), Platform: "blog", State: week.StatePublished, Title: "Régler ses freins", Lang: "fr", Stage: "published", Who: "Léo", Href: "https://roues.example/freins/"},
			{At: on(20, 18, 30), Platform: "facebook", State: week.StateDue, Title: "Poncho ou veste ?", Lang: "fr", Stage: "ready", Who: "Awa"},
			{At: on(21, 9, 0), Platform: "blog", State: week.StateHeld, Title: "Brake pads", Lang: "en", Stage: "draft"},
			{At: on(22, 9, 0), Platform: "blog", State: week.StateAgreed, Pinned: true, Title: "Bourse aux vélos", Lang: "fr", Stage: "ready"},
			{At: on(22, 18, 30), Platform: "facebook", State: week.StateNew, Title: "Bourse aux vélos", Lang: "fr", Stage: "ready"},
			{At: on(25, 10, 0), Platform: "facebook", State: week.StateMoved, Locked: true, Title: "L’outil", Lang: "fr", Stage: "review"},
			{At: on(28, 9, 0), Platform: "blog", State: week.StateNew, Title: "La semaine d’après", Lang: "fr", Stage: "idea"},
		},
		Free: []week.Slot{{At: on(23, 12, 30), Platform: "facebook"}},
		Load: []week.Load{
			{Who: "Awa", Week: w43, Needed: 360, Had: 300}, {Who: "Léo", Week: w43, Needed: 60, Had: 240}, {Week: w43, Needed: 420, Had: 540},
		},
		Left:    []week.Left{{Platform: "newsletter", Title: "Le sel", Lang: "fr", Why: "le numéro serait trop mince"}},
		Changes: week.Changes{New: 2, Moved: 1}, Next: "editorial plan --write",
	}
}

func build(t *testing.T, c week.Calendar) map[string][]byte {
	t.Helper()
	pages, err := week.New()
	if err != nil {
		t.Fatal(err)
	}
	files, err := pages.Files(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := publish.CheckPaths(files); err != nil {
		t.Error(err)
	}
	all := map[string][]byte{}
	for _, f := range files {
		if !f.Private || !strings.HasPrefix(f.Path, week.Dir) {
			t.Errorf("%s: private %v", f.Path, f.Private)
		}
		all[strings.TrimPrefix(f.Path, week.Dir)] = f.Data
	}
	return all
}

func TestFiles_golden(t *testing.T) {
	t.Parallel()
	files := build(t, office())
	for name, golden := range map[string]string{"index.html": "front.golden.html", "2026-W44.html": "week.golden.html"} {
		path := filepath.Join("testdata", golden)
		if *update {
			if err := os.WriteFile(path, files[name], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(files[name])); d != "" {
			t.Errorf("%s (golden -, made +):\n%s", name, d)
		}
	}
	for name := range files {
		switch name {
		case "index.html", "week.css", "print.html", "2026-W43.html", "2026-W44.html", "2026-W45.html":
		default:
			t.Errorf("made %s", name)
		}
	}
}

// texts returns the text of every element of a class.
func texts(t *testing.T, page []byte, match func(*html.Node) bool) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			var b strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					b.WriteString(d.Data)
				}
			}
			all = append(all, strings.Join(strings.Fields(b.String()), " "))
		}
	}
	return all
}

func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, a := range n.Attr {
			if a.Key == "class" && strings.Contains(" "+a.Val+" ", " "+name+" ") {
				return true
			}
		}
		return false
	}
}

// TestFiles_gridAndListSayTheSame: what the table shows where there is room,
// the list shows where there is none.
func TestFiles_gridAndListSayTheSame(t *testing.T) {
	t.Parallel()
	for name, page := range build(t, office()) {
		if !strings.HasSuffix(name, ".html") || name == "print.html" { // the calendar to print has one of them
			continue
		}
		within := func(parent atom.Atom, of string) map[string]int {
			count := map[string]int{}
			for _, s := range texts(t, page, func(n *html.Node) bool {
				if !class("entry")(n) {
					return false
				}
				for a := range n.Ancestors() {
					if a.DataAtom == parent && class(of)(a) {
						return true
					}
				}
				return false
			}) {
				count[s]++
			}
			return count
		}
		if d := cmp.Diff(within(atom.Table, "grid"), within(atom.Ol, "days")); d != "" {
			t.Errorf("%s (grid -, list +):\n%s", name, d)
		}
	}
}

// TestFiles_stateIsSaidInWords: no state is told by a colour alone.
func TestFiles_stateIsSaidInWords(t *testing.T) {
	t.Parallel()
	got := texts(t, build(t, office())["index.html"], func(n *html.Node) bool { return class("state")(n) && n.Parent.Parent.Parent.DataAtom == atom.Td })
	want := []string{"✓ paru", "! retenu", "= convenu", "» échu : à publier", "+ nouveau", "· libre", "~ déplacé"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("states (want -, got +):\n%s", d)
	}
}

func TestFiles_hostileTextStaysText(t *testing.T) {
	t.Parallel()
	c := office()
	evil := sample.Hostile + `"><img src=x onerror=alert(1)>`
	c.Office, c.Verdict, c.Next = evil, evil, evil
	c.Platforms = append(c.Platforms, week.Platform{Name: evil, Role: evil})
	c.Entries = append(c.Entries, week.Entry{At: on(24, 9, 0), Platform: evil, State: week.State(evil), Title: evil, Lang: evil, Who: evil, Href: "javascript:alert(1)"})
	c.Load = append(c.Load, week.Load{Who: evil, Week: c.First, Needed: 1, Had: 1})
	c.Left = append(c.Left, week.Left{Platform: evil, Title: evil, Lang: evil, Why: evil})
	for name, page := range build(t, c) {
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.DataAtom == atom.Script || n.DataAtom == atom.Img {
				t.Errorf("%s: <%s>", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
			}
		}
		if bytes.ContainsAny(page, "\x00\x08\x0b\x1b") || bytes.Contains(page, []byte("\u202e")) {
			t.Errorf("%s: control characters", name)
		}
	}
}

// TestFiles_everyWeekHasAPageAndEveryLinkLeadsToOne over the end of a year
// with 53 weeks.
func TestFiles_everyWeekHasAPageAndEveryLinkLeadsToOne(t *testing.T) {
	t.Parallel()
	c := office()
	c.First, c.Weeks, c.Lang = civil.Week{Year: 2026, Number: 51}, 5, words.English
	files := build(t, c)
	for i := range c.Weeks {
		if files[fmt.Sprintf("%s.html", c.First.Add(i))] == nil {
			t.Errorf("no page of %s", c.First.Add(i))
		}
	}
	for name, page := range files {
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https:") && files[a.Val] == nil {
					t.Errorf("%s leads to %s", name, a.Val)
				}
			}
		}
	}
	if !bytes.Contains(files["2026-W53.html"], []byte("28 December 2026 – 3 January 2027")) {
		t.Error("week 53 does not name its days")
	}
}

func TestFiles_anEmptyCalendarHasAPage(t *testing.T) {
	t.Parallel()
	files := build(t, week.Calendar{First: civil.Week{Year: 2026, Number: 1}})
	if !bytes.Contains(files["index.html"], []byte("Week 1 · 29 December 2025 – 4 January 2026")) {
		t.Errorf("front page:\n%s", files["index.html"])
	}
}
