package content_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
)

func reference(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "front-matter.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReference_examplesAreRead(t *testing.T) {
	t.Parallel()
	var posts []*content.Post
	var bodies []string
	for _, m := range regexp.MustCompile("(?s)```markdown\n(.*?)```\n").FindAllStringSubmatch(reference(t), -1) {
		p := content.Read("example.md", []byte(m[1]), paris(t))
		posts, bodies = append(posts, p), append(bodies, string(p.Body([]byte(m[1]))))
	}
	if len(posts) != 5 {
		t.Fatalf("found %d examples", len(posts))
	}
	for i, p := range posts[:4] {
		if len(p.Problems) > 0 || len(p.Extra) > 0 {
			t.Errorf("example %d: %v, not understood: %v", i+1, p.Problems, p.Extra)
		}
	}
	for i, p := range posts[1:3] {
		a, b := *posts[0], *p
		if a.Title != b.Title || !sameMoment(a.Date, b.Date) || !cmp.Equal(a.Platforms, b.Platforms) ||
			!cmp.Equal(a.Effort, b.Effort) || a.Stage != b.Stage || bodies[0] != bodies[i+1] {
			t.Errorf("example %d says something else than the first", i+2)
		}
	}
	if got := listed(posts[4].Problems); !cmp.Equal(got, []string{"3:1 misspelt-key"}) {
		t.Errorf("the last example: %v", got)
	}
}

// TestReference_namesEveryKey: what the table names is understood, and what
// is understood stands in the table.
func TestReference_namesEveryKey(t *testing.T) {
	t.Parallel()
	_, table, _ := strings.Cut(reference(t), "## Keys")
	table, _, _ = strings.Cut(table, "```")
	named := map[string]bool{}
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) < 4 || !strings.Contains(cells[1], "`") {
			continue
		}
		also, _, _ := strings.Cut(cells[2], "wins")
		for _, m := range regexp.MustCompile("`([a-zA-Z_]+)[.`]").FindAllStringSubmatch(cells[1]+also, -1) {
			named[m[1]] = true
		}
	}
	if len(named) < 40 {
		t.Fatalf("the table names %d keys", len(named))
	}
	for key := range named {
		for _, spelling := range []string{key, strings.ToLower(key), strings.ToUpper(key)} {
			p := content.Read("a.md", []byte("---\n"+spelling+": ~\n---\n"), paris(t))
			if len(p.Extra) > 0 {
				t.Errorf("%s is in the reference, and not understood", spelling)
			}
		}
	}
	for _, key := range content.Keys() {
		if !named[key] {
			t.Errorf("%s is understood, and not in the reference", key)
		}
		if p := content.Read("a.md", []byte("---\n"+key+": ~\n---\n"), paris(t)); len(p.Extra) > 0 {
			t.Errorf("%s is a key, and not understood", key)
		}
	}
}
