package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"editorial/internal/cli"
)

// exported is what the test reads of an exported calendar.
type exported struct {
	Value, Bound, Horizon int
	Slots                 []struct {
		ID, At, Week int
		Platform     string
	}
	Posts []struct {
		ID   string
		Need map[string]int
	}
	Pairs []struct {
		Item        string
		Slot, Value int
	}
	Capacity []struct {
		Person      string
		Week, Avail int
	}
}

// TestDocs_exampleByHandIsSo makes the office of docs/planning-by-hand.md,
// replays its sessions, and reckons its tables again from the exported numbers
// alone: every order of the blog with all that can be on X.
func TestDocs_exampleByHandIsSo(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "planning-by-hand.md"))
	if err != nil {
		t.Fatal(err)
	}
	page, dir := string(text), t.TempDir()
	for _, m := range regexp.MustCompile("(?ms)^`([a-z./]+)`\n\n```[a-z]+\n(.*?)^```").FindAllStringSubmatch(page, -1) {
		file := filepath.Join(dir, filepath.FromSlash(m[1]))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(m[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(command string) string {
		var out, errs bytes.Buffer
		code := cli.Main(context.Background(), cli.Env{
			Args: inFolder(dir, strings.Fields(command)), Out: &out, Err: &errs, In: strings.NewReader(""),
			Environ: []string{"EDITORIAL_LANG=en", "EDITORIAL_NOW=2026-11-02T08:00"},
			Now:     func() time.Time { t.Error("the real clock was asked"); return time.Time{} },
		})
		if code != 0 || errs.Len() > 0 {
			t.Errorf("$ editorial %s: exit %d\n%s", command, code, &errs)
		}
		return out.String()
	}
	var e exported
	if err := json.Unmarshal([]byte(run("plan --export -")), &e); err != nil {
		t.Fatal(err)
	}
	holdTables(t, page, e)

	replayed := 0
	for _, m := range regexp.MustCompile("(?ms)^```console\n(.*?)^```").FindAllStringSubmatch(page, -1) {
		for _, step := range strings.Split("\n"+m[1], "\n$ editorial ")[1:] {
			command, want, _ := strings.Cut(step, "\n")
			// A person stands in the folder, the test outside it.
			line := strings.Replace(command, "wheels.json", filepath.Join(dir, "wheels.json"), 1)
			got := strings.ReplaceAll(run(line), dir+string(filepath.Separator), "")
			if !printed(strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")) {
				t.Errorf("$ editorial %s\n--- the page\n%s\n--- printed\n%s", command, want, got)
			}
			replayed++
		}
	}
	if replayed < 10 {
		t.Errorf("%d commands replayed", replayed)
	}
}

// holdTables compares the numbers of the page with those of the file.
func holdTables(t *testing.T, page string, e exported) {
	t.Helper()
	row := func(cells ...string) {
		t.Helper()
		if line := "| " + strings.Join(cells, " | ") + " |\n"; !strings.Contains(page, line) {
			t.Errorf("the page lacks\n%s", line)
		}
	}
	for _, s := range e.Slots {
		half := s.At / 720
		off := 500 * s.At / e.Horizon
		row(s.Platform+", "+noon(s.At), strconv.Itoa(half), fmt.Sprintf("⌊500 · %d / 28⌋ = %d", half, off), strconv.Itoa(1000-off))
	}
	values, rows, greatest := map[string]map[int]int{}, map[string][]string{}, 0
	for _, p := range e.Pairs {
		if values[p.Item] == nil {
			values[p.Item] = map[int]int{}
		}
		values[p.Item][p.Slot] = p.Value
		rows[p.Item] = append(rows[p.Item], thousands(p.Value))
	}
	best := map[string]int{}
	for item, of := range values {
		for _, v := range of {
			best[item] = max(best[item], v)
		}
		greatest += best[item]
		id, platform, _ := strings.Cut(strings.TrimSuffix(item, "#1"), "#")
		worth := map[string]string{"bridge": "8", "choose": "2", "ride": "16", "rain": "4"}[id]
		row(append([]string{id + ", " + platform, worth}, rows[item]...)...)
	}
	lines, most := e.orders(values)
	for _, line := range lines {
		row(line...)
	}
	if n := strings.Count(page, " h |\n") + strings.Count(page, " h, too many |\n"); n != len(lines) || len(lines) != 12 {
		t.Errorf("%d orders on the page, %d reckoned", n, len(lines))
	}
	if most != e.Value || greatest != e.Bound {
		t.Errorf("the plan is worth %d of %d, by hand %d of %d", e.Value, e.Bound, most, greatest)
	}
	for _, n := range []int{
		greatest, greatest - best["bridge#blog#1"] - best["bridge#x#1"], greatest - best["ride#blog#1"],
		greatest - best["rain#blog#1"] - best["rain#x#1"],
	} {
		if !strings.Contains(page, thousands(n)) {
			t.Errorf("the page lacks %s", thousands(n))
		}
		if n != greatest && n >= most {
			t.Errorf("leaving out something could be worth %d, the plan is worth %d", n, most)
		}
	}
}

// orders returns the rows of the table of orders, and what the best of those
// is worth that the hours allow. Slots 0 to 3 are the blog's, 4 to 7 those of X.
func (e exported) orders(values map[string]map[int]int) (rows [][]string, most int) {
	need := map[string]int{}
	for _, p := range e.Posts {
		need[p.ID] = p.Need["awa"]
	}
	hours := slices.IndexFunc(e.Capacity, func(c struct {
		Person      string
		Week, Avail int
	}) bool {
		return c.Person == "awa" && c.Week == 0
	})
	permute([]string{"bridge", "choose", "ride", "rain"}, func(order []string) {
		if slices.Index(order, "choose") > slices.Index(order, "ride") {
			return
		}
		blog, onX, where := 0, -1, [2]int{}
		for slot, id := range order {
			blog += values[id+"#blog#1"][slot]
		}
		places := func(id string) []int {
			first := e.Slots[slices.Index(order, id)].At + 24*60
			all := []int{-1} // nowhere
			for _, s := range e.Slots[4:] {
				if s.At >= first {
					all = append(all, s.ID)
				}
			}
			return all
		}
		for _, b := range places("bridge") {
			for _, r := range places("rain") {
				if b >= 0 && r >= 0 && e.Slots[b].Week == e.Slots[r].Week {
					continue // one a week
				}
				if v := values["bridge#x#1"][b] + values["rain#x#1"][r]; v > onX {
					onX, where = v, [2]int{b, r}
				}
			}
		}
		name := func(slot int) string {
			if slot < 0 {
				return "–"
			}
			return noon(e.Slots[slot].At)
		}
		work := need[order[0]] + need[order[1]]
		sum, late := thousands(blog+onX), ""
		if work > e.Capacity[hours].Avail {
			late = ", too many"
		} else if most = max(most, blog+onX); blog+onX == e.Value {
			sum = "**" + sum + "**"
		}
		row := append(slices.Clone(order), thousands(blog), name(where[0]), name(where[1]), thousands(onX), sum)
		rows = append(rows, append(row, fmt.Sprintf("%d h%s", work/60, late)))
	})
	return rows, most
}

func permute(rest []string, visit func([]string)) {
	var walk func(done, rest []string)
	walk = func(done, rest []string) {
		if len(rest) == 0 {
			visit(done)
		}
		for i := range rest {
			walk(append(slices.Clone(done), rest[i]), slices.Delete(slices.Clone(rest), i, i+1))
		}
	}
	walk(nil, rest)
}

// noon names the day of a minute of the horizon, as the page does.
func noon(minute int) string {
	return time.Date(2026, 11, 2, 0, minute, 0, 0, time.UTC).Format("Mon 2")
}

// thousands writes a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
