package journal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"editorial/pkg/publish/journal"
)

// TestDocs_drawTheStates: the diagram and the table of docs/delivery.md are those
// of the code.
func TestDocs_drawTheStates(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "delivery.md"))
	if err != nil {
		t.Fatal(err)
	}
	var drawn, coded []string
	for _, m := range regexp.MustCompile(`(?m)^    (\w+) --> (\w+)$`).FindAllStringSubmatch(string(doc), -1) {
		drawn = append(drawn, m[1]+" "+m[2])
	}
	for _, s := range journal.States() {
		for _, to := range journal.Next(s) {
			if to != s {
				coded = append(coded, string(s)+" "+string(to))
			}
		}
		row := regexp.MustCompile("(?m)^\\| `" + string(s) + "` \\|.*\\| (yes )?\\|$").FindStringSubmatch(string(doc))
		if row == nil || (row[1] != "") != s.Ended() {
			t.Errorf("%s: the table says otherwise", s)
		}
	}
	slices.Sort(drawn)
	slices.Sort(coded)
	if !slices.Equal(drawn, coded) {
		for _, x := range coded {
			if !slices.Contains(drawn, x) {
				t.Errorf("not drawn: %s", x)
			}
		}
		for _, x := range drawn {
			if !slices.Contains(coded, x) {
				t.Errorf("drawn, but not in the code: %s", x)
			}
		}
	}
}

// Whatever is out never goes out again, and whatever may be out is settled before.
func TestStates_keepTheLaws(t *testing.T) {
	t.Parallel()
	if !journal.Published.Final() {
		t.Error("something leads out of published")
	}
	for _, s := range journal.States() {
		if s != journal.Prepared && journal.May(s, journal.Committing) {
			t.Errorf("%s leads to committing", s)
		}
	}
	for _, to := range []journal.State{journal.Planned, journal.Leased, journal.Cancelled} {
		if journal.May(journal.Committing, to) {
			t.Errorf("committing leads to %s: a call under way is forgotten", to)
		}
	}
}
