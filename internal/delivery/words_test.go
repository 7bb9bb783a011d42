package delivery_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"editorial/pkg/publish/journal"
	"editorial/pkg/words"
)

// TestWords_sayEveryStateAndReason: nobody ever reads a code.
func TestWords_sayEveryStateAndReason(t *testing.T) {
	t.Parallel()
	for _, lang := range []words.Lang{words.English, words.French} {
		w := words.New(lang)
		said := map[string]string{}
		for key := range keysToSay() {
			text := w.Say(key, map[string]string{"platform": "x"})
			if text == "" || text == key || strings.Contains(text, "{") {
				t.Errorf("%s: %s says %q", lang, key, text)
			}
			if other, ok := said[text]; ok {
				t.Errorf("%s: %s and %s both say %q", lang, key, other, text)
			}
			said[text] = key
		}
	}
}

func keysToSay() map[string]bool {
	keys := map[string]bool{}
	for _, s := range journal.States() {
		keys["delivery.state-"+string(s)] = true
	}
	for _, r := range journal.Reasons() {
		keys["delivery.reason-"+string(r)] = true
	}
	return keys
}

// TestDocs_adviseOnEveryReason: the table of what to do has every reason once,
// with a command wherever only somebody can bring it on.
func TestDocs_adviseOnEveryReason(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "delivery.md"))
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("`([a-z-]+)`")
	advice := map[journal.Reason]string{}
	state := map[journal.Reason]journal.State{}
	for _, row := range regexp.MustCompile("(?m)^\\| (?:(\\w+): )?[^|]+ \\| ((?:`[a-z-]+`(?:, )?)+) \\| (.*) \\|$").FindAllStringSubmatch(string(doc), -1) {
		for _, m := range code.FindAllStringSubmatch(row[2], -1) {
			r := journal.Reason(m[1])
			if _, ok := advice[r]; ok {
				t.Errorf("%s is there twice", r)
			}
			advice[r], state[r] = row[3], journal.State(row[1])
		}
	}
	for _, r := range journal.Reasons() {
		text, ok := advice[r]
		delete(advice, r)
		switch {
		case !ok:
			t.Errorf("%s: no advice", r)
		case journal.NeedsPerson(state[r], r) && strings.HasPrefix(text, "wait"):
			t.Errorf("%s (%s) needs somebody, who is told to %q", r, state[r], text)
		case state[r] != "" && state[r] != journal.Cancelled && !journal.NeedsPerson(state[r], r) && r != journal.Frozen && !strings.HasPrefix(text, "wait"):
			t.Errorf("%s (%s) goes on by itself, the advice is %q", r, state[r], text)
		}
	}
	for r := range advice {
		t.Errorf("%s is no reason", r)
	}
}
