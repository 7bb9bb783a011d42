package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/cli"
	"editorial/internal/need"
	"editorial/internal/need/hostile"
	"editorial/internal/table"
	"editorial/internal/term"
)

// viewsConfig is an office of three platforms and two people, one of whom has
// too little time.
const viewsConfig = `[site]
title = "Views"
lang = "en"
zone = "Europe/Paris"
[plan]
holidays = ["fr"]
[[people]]
id = "awa"
name = "Awa Traoré"
hours = "3h"
[[people]]
id = "leo"
name = "Léo Marchand"
hours = "8h"
[platforms.blog]
rhythm.times = ["Tue 09:00", "Thu 10:00"]
lead = "3 days"
[platforms.letter]
kind = "newsletter"
rhythm.times = ["Thu 08:00"]
edition = { min = 1, max = 3 }
[platforms.talk]
kind = "other"
rhythm.times = ["Mon 12:00", "Wed 18:30", "Sun 10:00"]
derives_from = "blog"
lag = "2h"
`

// viewsNow is a Wednesday in the middle of a month and of a week.
const viewsNow = "2026-10-14 10:00"

// viewsOffice is an office with posts of every stage, assigned to one, to
// another and to nobody, of which some are out, some due, some held.
func viewsOffice(t testing.TB, titles []string) string {
	files := map[string]string{"config.toml": viewsConfig}
	stages := []string{"idea", "draft", "review", "ready"}
	assignees := []string{"awa", "leo", "", "nobody-of-ours"}
	var calendar strings.Builder
	for i, title := range titles {
		front := fmt.Sprintf("id = \"p%02d\"\ntitle = %s\nstage = %q\npriority = %d\nplatforms = [%s]\n", i, tomlString(title), stages[i%4], 1+i%5,
			[]string{`"blog"`, `"blog", "talk"`, `"blog", "letter", "talk"`}[i%3])
		if who := assignees[i/2%4]; who != "" {
			front += fmt.Sprintf("assignee = %q\n", who)
		}
		switch {
		case i < 2:
			front = strings.Replace(front, "stage = \"", "date = \"2026-10-0"+fmt.Sprint(1+i)+" 09:00\"\nstage = \"published\" # ", 1)
		case i == 2 || i == 3: // due on a platform of others: held, and to be posted
			fmt.Fprintf(&calendar, "2026-10-12T12:00 talk p%02d#talk#1\n", i)
			front = strings.Replace(front, `"blog"`, `"talk"`, 1)
		case i%3 == 0:
			front += fmt.Sprintf("effort = { awa = \"%dm\", leo = \"1h\" }\n", 20*i)
		default:
			front += "effort = \"45m\"\n"
		}
		if i == 5 {
			calendar.WriteString("2026-10-22T10:00 blog p05#blog#1\n")
		}
		if i == 6 {
			calendar.WriteString("2026-10-20T11:11 blog p06#blog#1 pin\n")
		}
		files[fmt.Sprintf("content/p%02d.md", i)] = "+++\n" + front + "+++\nx\n"
	}
	files["calendar.txt"] = calendar.String()
	return hostileOffice(t, files)
}

// tomlString is a text as TOML has it.
func tomlString(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "�") {
		fmt.Fprintf(&b, `\U%08X`, r)
	}
	return `"` + b.String() + `"`
}

// plainTitles are short, and each is found in a text only where it is meant.
func plainTitles() []string {
	var all []string
	for i := range 16 {
		all = append(all, fmt.Sprintf("t%02d", i))
	}
	return all
}

// shown runs "plan" on an office and returns what it prints.
func shown(t testing.TB, dir, lang string, width int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := cli.Main(context.Background(), cli.Env{
		Args: append([]string{"-C", dir, "--now", viewsNow, "plan"}, args...), In: strings.NewReader(""), Out: &out, Err: &errs,
		Environ: []string{fmt.Sprintf("COLUMNS=%d", width), "EDITORIAL_LANG=" + lang}, Now: time.Now,
	})
	if code != cli.ExitOK {
		t.Fatalf("%q: exit code %d\n%s", args, code, &errs)
	}
	return out.String()
}

// viewDoc is what the laws ask of "plan --json".
type viewDoc struct {
	Now        time.Time `json:"now"`
	Placements []viewPlacement
	Gaps       []struct {
		Platform string
		At       time.Time
	}
	Quarter []map[string]any
	People  []struct {
		Person, Name string
		Tasks        []struct {
			Key     string
			Due     time.Time
			Minutes int
		}
	}
	Board []struct {
		Stage string
		Posts []viewCard
	}
	Load []struct {
		Person, Week string
		Needed       int `json:"needed_minutes"`
	}
}

type viewPlacement struct {
	Key, Platform, State, Week string
	At                         time.Time
	Due                        *time.Time
	Pinned                     bool
	Work                       []struct {
		Person  string
		Minutes int
	}
	Post struct{ Title, Path, Stage string }
}

type viewCard struct {
	ID, Title, Path, Next string
	Priority, Minutes     int
	People                []string
	Due, Out              *time.Time
	Left, Errors          bool
}

func viewJSON(t testing.TB, dir string, args ...string) viewDoc {
	t.Helper()
	var doc viewDoc
	if err := json.Unmarshal([]byte(shown(t, dir, "en", 80, append(args, "--json")...)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// everyView are the ways to ask for a view, each with an ordinary range and
// another one.
func everyView() [][]string {
	return [][]string{
		{}, {"--weeks", "13"}, {"--view", "week", "--person", "awa", "--weeks", "3"}, {"--view", "month"}, {"--month", "2026-11"}, {"--view", "month", "--week", "2026-W43", "--weeks", "2"},
		{"--view", "month", "--platform", "blog"}, {"--view", "quarter"}, {"--view", "quarter", "--weeks", "3"}, {"--view", "person"}, {"--person", "awa", "--weeks", "13"}, {"--view", "person", "--platform", "blog"},
		{"--view", "board"}, {"--view", "board", "--person", "leo"}, {"--view", "board", "--month", "2026-09"},
	}
}

func TestViews_areNeverWiderThanTheScreen(t *testing.T) {
	t.Parallel()
	long := plainTitles()
	for i := range long {
		long[i] = []string{"Un titre qui est bien plus long que toutes les colonnes ", "日本語の長いタイトルテスト日本語 ", "שלום עולם ארוך מאוד ", "anticonstitutionnellement-anticonstitutionnellement-"}[i%4] + long[i]
	}
	dir := viewsOffice(t, long)
	for lang, widths := range map[string][]int{"en": {40, 100}, "fr": {40, 60, 76, 80, 120}} {
		for _, width := range widths {
			for _, args := range everyView() {
				for line := range strings.Lines(shown(t, dir, lang, width, args...)) {
					if got := term.Width(strings.TrimSuffix(line, "\n")); got > width {
						t.Errorf("%s %d %q: %d wide: %s", lang, width, args, got, line)
					}
				}
			}
		}
	}
}

// TestViews_everyPlacementStandsOnce: what a program is told of a view stands in
// the view of a person exactly as often.
func TestViews_everyPlacementStandsOnce(t *testing.T) {
	t.Parallel()
	dir := viewsOffice(t, plainTitles())
	marks := map[string]string{"blog": "b", "letter": "l", "talk": "t"}
	for _, width := range []int{40, 80, 200} {
		// The week names platform and title on a line, or the title alone.
		doc := viewJSON(t, dir, "--weeks", "6")
		text := shown(t, dir, "en", width, "--weeks", "6")
		text, _, _ = strings.Cut(text, "slots free")
		for title, n := range countTitles(doc.Placements) {
			if got := strings.Count(text, title); got != n {
				t.Errorf("week at %d: %s stands %d times of %d\n%s", width, title, got, n, text)
			}
		}
		// The month names a post once a day and sign, its platforms before it.
		doc = viewJSON(t, dir, "--view", "month")
		var want []string
		for _, x := range doc.Placements {
			want = append(want, x.Post.Title+" "+marks[x.Platform])
		}
		if got := monthEntries(shown(t, dir, "en", width, "--view", "month")); !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("month at %d: -want +got:\n%s\n%s", width, cmp.Diff(sorted(want), sorted(got)), shown(t, dir, "en", width, "--view", "month"))
		}
		// A person has each task once.
		doc = viewJSON(t, dir, "--view", "person", "--weeks", "6")
		n := map[string]int{}
		for _, p := range doc.People {
			for _, task := range p.Tasks {
				n["t"+task.Key[1:3]]++
			}
		}
		text = shown(t, dir, "en", width, "--view", "person", "--weeks", "6")
		for title := range n {
			left := strings.Count(text, "“"+title+"”") // without a place
			if got := strings.Count(text, title) - left; got != n[title] {
				t.Errorf("person at %d: %s stands %d times of %d\n%s", width, title, got, n[title], text)
			}
		}
		if len(n) == 0 || len(doc.People) != 3 {
			t.Errorf("%d tasks, %d people", len(n), len(doc.People))
		}
		// The board has each post once.
		text = shown(t, dir, "en", width, "--view", "board")
		cards := 0
		for _, column := range viewJSON(t, dir, "--view", "board").Board {
			cards += len(column.Posts)
			for _, c := range column.Posts {
				if got := strings.Count(text, c.Title); got != 1 {
					t.Errorf("board at %d: %s stands %d times\n%s", width, c.Title, got, text)
				}
			}
		}
		if cards != 16 {
			t.Errorf("%d posts on the board", cards)
		}
		// The quarter has a sign for each.
		doc = viewJSON(t, dir, "--view", "quarter")
		text = shown(t, dir, "en", width, "--view", "quarter")
		_, text, _ = strings.Cut(text, "2027\n")
		text, _, _ = strings.Cut(text, "filled")
		for state, sign := range map[string]string{"published": "✓", "due": "»", "held": "!", "agreed": "=", "new": "+", "moved": "~"} {
			want := 0
			for _, x := range doc.Placements {
				if x.State == state {
					want++
				}
			}
			if got := strings.Count(text, sign); got != want {
				t.Errorf("quarter at %d: %d times %s of %d\n%s", width, got, sign, want, text)
			}
		}
		if got := strings.Count(text, "·"); got != len(doc.Gaps) {
			t.Errorf("quarter at %d: %d free slots of %d\n%s", width, got, len(doc.Gaps), text)
		}
	}
}

func sorted(all []string) []string { return slices.Sorted(slices.Values(all)) }

func countTitles(placements []viewPlacement) map[string]int {
	n := map[string]int{}
	for _, x := range placements {
		n[x.Post.Title]++
	}
	return n
}

// monthEntries returns the title and platform of each placement of a month as a
// person sees it: the signs and platforms above a title, in the same columns.
func monthEntries(text string) []string {
	_, text, _ = strings.Cut(text, "October 2026\n")
	var grid [][]rune
	for line := range strings.Lines(text) {
		grid = append(grid, []rune(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\u00a0", " ")))
	}
	title := regexp.MustCompile(`t\d\d`)
	head := regexp.MustCompile(`^[✓»!=~+][* ]?((?:[blt](?: \d\d:\d\d)? ?)+)`)
	var all []string
	for i, line := range grid {
		for _, at := range title.FindAllStringIndex(string(line), -1) {
			column := len([]rune(string(line)[:at[0]]))
			// The nearest line above that has signs there, two columns before at most.
			for up := i - 1; up >= 0; up-- {
				found := false
				for _, from := range []int{column - 1, column - 2} {
					if from >= 0 && from < len(grid[up]) {
						if m := head.FindStringSubmatch(string(grid[up][from:])); m != nil {
							for _, mark := range regexp.MustCompile(`[blt]`).FindAllString(m[1], -1) {
								all = append(all, string(line)[at[0]:at[1]]+" "+mark)
							}
							found = true
							break
						}
					}
				}
				if found {
					break
				}
			}
		}
	}
	return all
}

func TestViews_csvSaysWhatJSONSays(t *testing.T) {
	t.Parallel()
	python := need.Program(t, "python3")
	for name, titles := range map[string][]string{"plain": plainTitles(), "hostile": hostileTitles()} {
		dir := viewsOffice(t, titles)
		for _, args := range everyView() {
			data := shown(t, dir, "fr", 80, append(args, "--format", "csv")...)
			doc := viewJSON(t, dir, args...)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(data, table.BOM))).ReadAll()
			if err != nil {
				t.Fatalf("%s %q: %v", name, args, err)
			}
			if d := cmp.Diff(csvWanted(args, doc), byHead(rows)); d != "" {
				t.Errorf("%s %q (JSON -, CSV +):\n%s", name, args, d)
			}
			// Another reader reads the same.
			cmd := exec.Command(python, "-c", `import csv, io, json, sys
print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline=""), strict=True))))`)
			cmd.Stdin = strings.NewReader(data)
			out, err := cmd.Output()
			var theirs [][]string
			if err == nil {
				err = json.Unmarshal(out, &theirs)
			}
			if d := cmp.Diff(rows, theirs); err != nil || d != "" {
				t.Errorf("%s %q: %v\n%s", name, args, err, d)
			}
		}
	}
}

// hostileTitles are formulas, markup, and what a terminal would obey.
func hostileTitles() []string {
	all := []string{"=HYPERLINK(\"https://e.example\",\"x\")", "@SUM(1)", "a;=1+1;b", "+33", "-1", "|", "a|b", "<script>alert(1)</script>", "`", "**b**", "[x](https://e.example)", "a,b\"c", "שלום", "日本語"}
	for _, s := range hostile.Terminal() {
		if strings.TrimSpace(s) != "" && len(all) < 28 {
			all = append(all, s)
		}
	}
	return all
}

// byHead turns rows into values by column, the columns that the law looks at.
func byHead(rows [][]string) []map[string]string {
	all := []map[string]string{}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			switch name {
			case "key", "platform", "state", "title", "at", "minutes", "week", "person", "stage", "priority", "id", "people", "published", "due", "held", "agreed", "new", "moved", "used", "free", "left", "errors":
				m[name] = row[i]
			}
		}
		all = append(all, m)
	}
	return all
}

// csvWanted is what CSV should say of a view, from what JSON says.
func csvWanted(args []string, doc viewDoc) []map[string]string {
	wall := func(at *time.Time) string {
		if at == nil {
			return ""
		}
		return at.Format("2006-01-02 15:04")
	}
	all := []map[string]string{}
	byKey := map[string]viewPlacement{}
	for _, x := range doc.Placements {
		byKey[x.Key] = x
	}
	switch {
	case doc.Quarter != nil:
		for _, q := range doc.Quarter {
			m := map[string]string{}
			for name, value := range q {
				m[name] = fmt.Sprint(value)
			}
			all = append(all, m)
		}
	case doc.Board != nil:
		for _, column := range doc.Board {
			for _, c := range column.Posts {
				platform := ""
				if c.Next != "" {
					platform = strings.Split(c.Next, "#")[1]
				}
				all = append(all, map[string]string{
					"stage": column.Stage, "priority": fmt.Sprint(c.Priority), "title": table.Cell(c.Title), "people": strings.Join(c.People, " "), "minutes": fmt.Sprint(c.Minutes),
					"due": wall(c.Due), "platform": platform, "left": fmt.Sprint(c.Left), "errors": fmt.Sprint(c.Errors), "id": c.ID,
				})
			}
		}
	case doc.People != nil:
		for _, p := range doc.People {
			for _, task := range p.Tasks {
				x := byKey[task.Key]
				year, week := task.Due.ISOWeek()
				all = append(all, map[string]string{
					"person": p.Person, "week": fmt.Sprintf("%d-W%02d", year, week), "due": wall(&task.Due), "minutes": fmt.Sprint(task.Minutes), "platform": x.Platform, "state": x.State,
					"title": table.Cell(x.Post.Title), "stage": x.Post.Stage, "key": task.Key, "at": x.At.Format(time.RFC3339),
				})
			}
		}
	default:
		for _, x := range doc.Placements {
			minutes := 0
			for _, w := range x.Work {
				minutes += w.Minutes
			}
			all = append(all, map[string]string{
				"week": x.Week, "platform": x.Platform, "state": x.State, "title": table.Cell(x.Post.Title), "stage": x.Post.Stage, "due": wall(x.Due), "minutes": fmt.Sprint(minutes), "key": x.Key, "at": x.At.Format(time.RFC3339),
			})
		}
		for _, g := range doc.Gaps {
			year, week := g.At.ISOWeek()
			all = append(all, map[string]string{
				"week": fmt.Sprintf("%d-W%02d", year, week), "platform": g.Platform, "state": "free", "title": "", "stage": "", "due": "", "minutes": "", "key": "", "at": g.At.Format(time.RFC3339),
			})
		}
		slices.SortStableFunc(all, func(x, y map[string]string) int {
			a, _ := time.Parse(time.RFC3339, x["at"])
			b, _ := time.Parse(time.RFC3339, y["at"])
			if c := a.Compare(b); c != 0 {
				return c
			}
			return strings.Compare(x["platform"], y["platform"])
		})
	}
	return all
}

func TestViews_markdownHasARowForEach(t *testing.T) {
	t.Parallel()
	program := need.Program(t, "cmark-gfm")
	for name, titles := range map[string][]string{"plain": plainTitles(), "hostile": hostileTitles()} {
		dir := viewsOffice(t, titles)
		lang := map[string]string{"plain": "en", "hostile": "fr"}[name]
		for _, args := range everyView() {
			cmd := exec.Command(program, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough")
			cmd.Stdin = strings.NewReader(shown(t, dir, lang, 80, append(args, "--format", "markdown")...))
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			doc := viewJSON(t, dir, args...)
			_, body, _ := strings.Cut(strings.ReplaceAll(string(out), "<thead>\n<tr>", "<thead>"), "\n")
			want := len(csvWanted(args, doc))
			if doc.Quarter != nil {
				platforms := map[any]bool{}
				for _, q := range doc.Quarter {
					platforms[q["platform"]] = true
				}
				want = len(doc.Quarter)/len(platforms) + 2 // filled, lasts
			}
			if got := strings.Count(body, "<tr>"); got != want {
				t.Errorf("%s %s %q: %d rows of %d\n%s", name, lang, args, got, want, out)
			}
			if bad := regexp.MustCompile(`<(a|img|script|code|strong|em|del|!--)\b`).FindString(string(out)); bad != "" {
				t.Errorf("%s %s %q: %s in\n%s", name, lang, args, bad, out)
			}
		}
	}
}

func TestViews_nothingRawReachesTheTerminal(t *testing.T) {
	t.Parallel()
	dir := viewsOffice(t, hostileTitles())
	for _, args := range everyView() {
		for _, more := range [][]string{nil, {"--json"}, {"--format", "markdown"}} {
			does(t, dir, slices.Concat([]string{"plan"}, args, more)...)
		}
		for line := range strings.SplitSeq(shown(t, dir, "en", 80, append(args, "--format", "csv")...), "\r\n") {
			if at := strings.IndexFunc(line, obeyed); at >= 0 || strings.Contains(line, "\n") {
				t.Errorf("%q: raw %.60q", args, line[max(0, at):])
			}
		}
	}
	for i, text := range hostile.Terminal() {
		if i%4 == 0 && !strings.Contains(text, "\x00") {
			for _, flag := range []string{"--view", "--month", "--person", "--format"} {
				does(t, dir, "plan", flag, text)
			}
		}
	}
}
