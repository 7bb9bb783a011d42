package starter_test

import (
	"bytes"
	"image"
	_ "image/png"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/starter"
	"editorial/pkg/civil"
	"editorial/pkg/words"
)

func files(t *testing.T, lang words.Lang) []starter.File {
	t.Helper()
	all, err := starter.Files(lang, civil.Date{Year: 2026, Month: 10, Day: 19})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFiles_bothModelsHaveTheSameKeys: the strategies say the same things in
// the same order, and each post of one has its twin in the other.
func TestFiles_bothModelsHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	key := regexp.MustCompile(`(?m)^(?:# )?(\[+[a-z.]+\]+|[a-z_.]+ = )`)
	inline := regexp.MustCompile(`[{,] ([a-z]+) = `)
	shape := func(text string) string {
		var keys []string
		for line := range strings.Lines(text) {
			m := key.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			name := m[1]
			if strings.HasPrefix(name, "[formats.") {
				name = "[formats]"
			}
			keys = append(keys, name)
			if !strings.HasPrefix(line, "effort") && !strings.HasPrefix(line, "tone") {
				for _, i := range inline.FindAllStringSubmatch(line, -1) {
					keys = append(keys, "  "+i[1])
				}
			}
		}
		return strings.Join(keys, "\n")
	}
	shapes := func(lang words.Lang) (config string, posts []string) {
		for _, f := range files(t, lang) {
			switch {
			case f.Path == "config.toml":
				config = shape(string(f.Data))
			case f.IsPost():
				front, _, _ := strings.Cut(strings.TrimPrefix(string(f.Data), "+++\n"), "\n+++\n")
				posts = append(posts, shape(front))
			}
		}
		slices.Sort(posts)
		return config, posts
	}
	enConfig, enPosts := shapes(words.English)
	frConfig, frPosts := shapes(words.French)
	if strings.Count(enConfig, "\n") < 100 || len(enPosts) < 12 {
		t.Fatalf("the test sees %d keys and %d posts", strings.Count(enConfig, "\n"), len(enPosts))
	}
	if d := cmp.Diff(enConfig, frConfig); d != "" {
		t.Errorf("config.toml (English -, French +):\n%s", d)
	}
	if d := cmp.Diff(enPosts, frPosts); d != "" {
		t.Errorf("posts (English -, French +):\n%s", d)
	}
}

// TestFiles_areWellWritten: no placeholder is left, the points of the strategy
// stand in their order, French has its own apostrophe, pictures are pictures.
func TestFiles_areWellWritten(t *testing.T) {
	t.Parallel()
	for _, lang := range words.Langs() {
		ids := map[string]string{}
		for _, f := range files(t, lang) {
			name, text := string(lang)+"/"+f.Path, string(f.Data)
			if path.Ext(f.Path) == ".png" {
				if c, _, err := image.DecodeConfig(bytes.NewReader(f.Data)); err != nil || c.Width < 600 || len(f.Data) > 20_000 {
					t.Errorf("%s: %v, %d wide, %d bytes", name, err, c.Width, len(f.Data))
				}
				continue
			}
			if strings.Contains(text, "{{") || strings.Contains(text, "}}") {
				t.Errorf("%s: a placeholder is left", name)
			}
			if !strings.HasSuffix(text, "\n") || strings.Contains(text, "\t") || strings.Contains(text, "\r") {
				t.Errorf("%s: ends without a line end, or has tabs or returns", name)
			}
			if m := regexp.MustCompile(`\pL'\pL`).FindString(text); m != "" && lang == words.French {
				t.Errorf("%s: %q has the apostrophe of a typewriter", name, m)
			}
			if m := regexp.MustCompile(`(?m)^id = "(.*)"`).FindStringSubmatch(text); m != nil && f.IsPost() {
				if other := ids[m[1]]; other != "" {
					t.Errorf("%s has the id of %s", name, other)
				}
				ids[m[1]] = name
			}
			if f.Path == "config.toml" {
				at := 0
				for _, point := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
					i := strings.Index(text, "# ── "+point+". ")
					if i <= at {
						t.Errorf("%s: point %s is not in its place", name, point)
					}
					at = i
				}
			}
		}
	}
}
