package content_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/value"
)

func day(t testing.TB, s string) content.Setting {
	t.Helper()
	m, err := paris(t).Zone.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return content.Date(m)
}

func TestSet_changesThatValueOnly(t *testing.T) {
	t.Parallel()
	when := day(t, "2026-10-22 18:00")
	for name, tt := range map[string]struct {
		path     string
		to       content.Setting
		src, out string
	}{
		"toml basic":        {"title", content.Text("b \"q\"\n"), "+++\n# c\ntitle  =  \"a\"  # c\nx = 1\n+++\nbody\n", "+++\n# c\ntitle  =  \"b \\\"q\\\"\\n\"  # c\nx = 1\n+++\nbody\n"},
		"toml literal":      {"title", content.Text("l’été"), "+++\ntitle='a'#c\n+++\n", "+++\ntitle='l’été'#c\n+++\n"},
		"toml literal no":   {"title", content.Text("it's"), "+++\ntitle='a'\n+++\n", "+++\ntitle=\"it's\"\n+++\n"},
		"toml multi-line":   {"title", content.Text("b"), "+++\ntitle = \"\"\"\na\nb\"\"\" # c\nx=1\n+++\n", "+++\ntitle = \"b\" # c\nx=1\n+++\n"},
		"toml date":         {"date", when, "+++\ndate = 2026-10-20 # pinned\n+++\n", "+++\ndate = 2026-10-22T18:00:00 # pinned\n+++\n"},
		"toml date as text": {"date", when, "+++\ndate = '2026-10-20 09:00'\n+++\n", "+++\ndate = '2026-10-22T18:00:00'\n+++\n"},
		"toml new":          {"id", content.Text("x"), "+++\n# c\ntitle = 'a' # c\n\n# image\n[image]\nsrc = 'i'\n+++\n", "+++\n# c\ntitle = 'a' # c\nid = \"x\"\n\n# image\n[image]\nsrc = 'i'\n+++\n"},
		"toml new first":    {"id", content.Text("x"), "+++\n[image]\nsrc = 'i'\n+++\n", "+++\nid = \"x\"\n[image]\nsrc = 'i'\n+++\n"},
		"toml new in empty": {"id", content.Text("x"), "+++\r\n+++\r\n", "+++\r\nid = \"x\"\r\n+++\r\n"},
		"toml in table":     {"image.alt", content.Text("é"), "+++\n[image]\nsrc = 'i' # c\n\n[repeat]\ntimes = 2\n+++\n", "+++\n[image]\nsrc = 'i' # c\nalt = \"é\"\n\n[repeat]\ntimes = 2\n+++\n"},
		"toml inline":       {"image.alt", content.Text("é"), "+++\nimage = { src = 'i' } # c\n+++\n", "+++\nimage = { src = 'i', alt = \"é\" } # c\n+++\n"},
		"toml inline empty": {"variants.x.date", when, "+++\nvariants = {}\n+++\n", "+++\nvariants = { x.date = 2026-10-22T18:00:00 }\n+++\n"},
		"toml inline old":   {"variants.x.date", when, "+++\nvariants.x = {date = 2026-01-01, text = 'a'}\n+++\n", "+++\nvariants.x = {date = 2026-10-22T18:00:00, text = 'a'}\n+++\n"},
		"toml dotted":       {"variants.x.date", when, "+++\nvariants.x.text = 'a'\ntitle = 'b'\n+++\n", "+++\nvariants.x.text = 'a'\nvariants.x.date = 2026-10-22T18:00:00\ntitle = 'b'\n+++\n"},
		"toml new table":    {"variants.x.date", when, "+++\ntitle = 'a'\n[variants.blog]\ntext = 'b'\n+++\n", "+++\ntitle = 'a'\n[variants.blog]\ntext = 'b'\n\n[variants.x]\ndate = 2026-10-22T18:00:00\n+++\n"},
		"toml list":         {"platforms", content.Texts("blog", "x"), "+++\nplatforms = [ # c\n 'a',\n]\n+++\n", "+++\nplatforms = [\"blog\", \"x\"]\n+++\n"},
		"toml number":       {"priority", content.Number(5), "+++\npriority=0x1 # c\n+++\n", "+++\npriority=5 # c\n+++\n"},
		"toml other name":   {"expires", when, "+++\nexpiryDate = 2026-01-01\n+++\n", "+++\nexpiryDate = 2026-10-22T18:00:00\n+++\n"},

		"yaml plain":         {"title", content.Text("l’été"), "---\n# c\ntitle:   a  # c\nx: 1\n---\nbody\n", "---\n# c\ntitle:   l’été  # c\nx: 1\n---\nbody\n"},
		"yaml plain no":      {"title", content.Text("a: b"), "---\ntitle: a\n---\n", "---\ntitle: \"a: b\"\n---\n"},
		"yaml number text":   {"title", content.Text("1984"), "---\ntitle: a\n---\n", "---\ntitle: \"1984\"\n---\n"},
		"yaml yes":           {"title", content.Text("Yes"), "---\ntitle: a\n---\n", "---\ntitle: \"Yes\"\n---\n"},
		"yaml single":        {"title", content.Text("it's"), "---\ntitle: 'a''b' # c\n---\n", "---\ntitle: 'it''s' # c\n---\n"},
		"yaml double":        {"title", content.Text("b\n\u2028"), "---\ntitle: \"a\\\"b\" # c\n---\n", "---\ntitle: \"b\\n\\u2028\" # c\n---\n"},
		"yaml block":         {"title", content.Text("b"), "---\ntitle: | # c\n  a\n\n  b\n\n# d\nx: 1\n---\n", "---\ntitle: b\n\n# d\nx: 1\n---\n"},
		"yaml block list":    {"platforms", content.Texts("blog", "a b, c"), "---\nplatforms:\n- a\n- b\nx: 1\n---\n", "---\nplatforms: [blog, \"a b, c\"]\nx: 1\n---\n"},
		"yaml deep list":     {"platforms", content.Texts("blog"), "---\nplatforms:\n  - a\n  - b\nx: 1\n---\n", "---\nplatforms: [blog]\nx: 1\n---\n"},
		"yaml flow list":     {"tags", content.Texts("x"), "---\ntags: [a, 'b]', \"c]\", d'e] # c\n---\n", "---\ntags: [x] # c\n---\n"},
		"yaml empty":         {"date", when, "---\ndate:   # when\nx: 1\n---\n", "---\ndate: 2026-10-22T18:00:00   # when\nx: 1\n---\n"},
		"yaml date quoted":   {"date", when, "---\ndate: \"2026-01-01\"\n---\n", "---\ndate: \"2026-10-22T18:00:00\"\n---\n"},
		"yaml case":          {"draft", content.Flag(false), "---\nDraft: true # c\n---\n", "---\nDraft: false # c\n---\n"},
		"yaml new":           {"id", content.Text("x"), "---\ntitle: a\n# last\n...\n", "---\ntitle: a\n# last\nid: x\n...\n"},
		"yaml new after |":   {"id", content.Text("x"), "---\ntitle: |\n  a\n\n---\n", "---\ntitle: |\n  a\n\nid: x\n---\n"},
		"yaml new indented":  {"id", content.Text("x"), "---\n  title: a\n---\n", "---\n  title: a\n  id: x\n---\n"},
		"yaml new in empty":  {"id", content.Text("x"), "---\n# only a comment\n---\n", "---\n# only a comment\nid: x\n---\n"},
		"yaml new table":     {"variants.x.date", when, "---\ntitle: a\n---\n", "---\ntitle: a\nvariants:\n  x:\n    date: 2026-10-22T18:00:00\n---\n"},
		"yaml in table":      {"variants.x.date", when, "---\nvariants:\n    x:\n        text: a\n---\n", "---\nvariants:\n    x:\n        date: 2026-10-22T18:00:00\n        text: a\n---\n"},
		"yaml beside table":  {"variants.x.date", when, "---\nvariants:\n  blog:\n    text: a\n---\n", "---\nvariants:\n  x:\n    date: 2026-10-22T18:00:00\n  blog:\n    text: a\n---\n"},
		"yaml in flow":       {"variants.x.date", when, "---\nvariants: {x: {text: a}} # c\n---\n", "---\nvariants: {x: {date: 2026-10-22T18:00:00, text: a}} # c\n---\n"},
		"yaml in flow old":   {"variants.x.text", content.Text("b, c"), "---\nvariants: {x: {text: a, title: b}}\n---\n", "---\nvariants: {x: {text: \"b, c\", title: b}}\n---\n"},
		"yaml in empty flow": {"effort.awa", content.Text("2h"), "---\neffort: {}\n---\n", "---\neffort: {awa: 2h}\n---\n"},
		"yaml in null":       {"effort.awa", content.Text("2h"), "---\neffort: ~\n---\n", "---\neffort: {awa: 2h}\n---\n"},
		"yaml in nothing":    {"effort.awa", content.Text("2h"), "---\neffort:\n---\n", "---\neffort: {awa: 2h}\n---\n"},
		"yaml merged":        {"variants.x.text", content.Text("b"), "---\na: &a {text: t}\nvariants:\n  x:\n    <<: *a\n---\n", "---\na: &a {text: t}\nvariants:\n  x:\n    text: b\n    <<: *a\n---\n"},
		"yaml alias":         {"title", content.Text("b"), "---\na: &a t\ntitle: *a # c\n---\n", "---\na: &a t\ntitle: b # c\n---\n"},

		"json":           {"title", content.Text("b </x>"), "{\n  \"title\" : \"a\\\"}\", \"x\": 1\n}\nbody\n", "{\n  \"title\" : \"b </x>\", \"x\": 1\n}\nbody\n"},
		"json new":       {"id", content.Text("x"), "{\n  \"title\": \"a\",\n  \"x\": [1, {\"y\": 2}]\n}\n", "{\n  \"title\": \"a\",\n  \"x\": [1, {\"y\": 2}],\n  \"id\": \"x\"\n}\n"},
		"json new short": {"priority", content.Number(4), "{\"title\": \"a\"} body\n", "{\"title\": \"a\", \"priority\": 4} body\n"},
		"json empty":     {"draft", content.Flag(true), "{ }\n", "{\"draft\": true }\n"},
		"json deep":      {"variants.x.date", when, "{\"variants\": {\"blog\": {}}}\n", "{\"variants\": {\"blog\": {}, \"x\": {\"date\": \"2026-10-22T18:00:00\"}}}\n"},
		"json null":      {"effort.awa", content.Text("2h"), "{\"effort\": null}\n", "{\"effort\": {\"awa\": \"2h\"}}\n"},
		"json escaped":   {"title", content.Texts("a", "b"), "{\"t\\u0069tle\": [1,2] }\n", "{\"t\\u0069tle\": [\"a\", \"b\"] }\n"},
	} {
		for kind, change := range map[string]func(string) string{
			"as it is": func(s string) string { return s },
			"CRLF": func(s string) string {
				return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
			},
			"with a byte order mark": func(s string) string { return "\ufeff" + s },
		} {
			out, err := content.Set([]byte(change(tt.src)), strings.Split(tt.path, "."), tt.to)
			if err != nil {
				t.Errorf("%s, %s: %v", name, kind, err)
				continue
			}
			if d := cmp.Diff(change(tt.out), string(out)); d != "" {
				t.Errorf("%s, %s: want -, got +:\n%s", name, kind, d)
			}
		}
	}
}

func TestSet_refusesWhatWouldTouchAnythingElse(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ path, src string }{
		"no front matter":   {"title", "# a\n"},
		"unclosed":          {"title", "---\ntitle: a\n"},
		"broken":            {"id", "---\ntitle: [a\n---\n"},
		"twice":             {"id", "+++\ntitle = 1\ntitle = 2\n+++\n"},
		"in a text":         {"title.x", "---\ntitle: a\n---\n"},
		"in a text of toml": {"title.x", "+++\ntitle = 'a'\n+++\n"},
		"in a list":         {"a.x", "+++\n[[a]]\n+++\n"},
		"in a list of json": {"a.x", "{\"a\": [1]}\n"},
		"an anchor":         {"a", "---\na: &a t\nb: *a\n---\n"},
		"in what is shared": {"b.x", "---\na: &a {x: 1}\nb: *a\n---\n"},
		"a text of lines":   {"title", "---\ntitle: a\n  b\nx: 1\n---\n"},
		"no field":          {"", "---\ntitle: a\n---\n"},
		"not utf-8":         {"title", "---\ntitle: \xff\n---\n"},
		"a tag":             {"title", "---\ntitle: !!str 1\n---\n"},
	} {
		out, err := content.Set([]byte(tt.src), strings.Split(tt.path, "."), content.Text("new"))
		if !errors.Is(err, content.ErrSet) || out != nil {
			t.Errorf("%s: got %q, %v", name, out, err)
		}
	}
	if _, err := content.Set([]byte("---\ntitle: a\n---\n"), []string{"title"}, content.Text("\xff")); !errors.Is(err, content.ErrSet) {
		t.Errorf("a text that is not UTF-8: %v", err)
	}
}

func TestDate_writesTheOffsetOnlyWhereItMatters(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"2026-10-20": "2026-10-20", "2026-10-20 09:05": "2026-10-20T09:05:00", "2026-10-20T09:00:00+05:00": "2026-10-20T06:00:00",
		"2026-10-25 02:30": "2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00": "2026-10-25T02:30:00", "2026-10-25T02:30:00+01:00": "2026-10-25T02:30:00+01:00",
	} {
		out, err := content.Set([]byte("---\ntitle: x\n---\n"), []string{"date"}, day(t, written))
		if got := strings.TrimSuffix(strings.TrimPrefix(string(out), "---\ntitle: x\ndate: "), "\n---\n"); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", written, got, err, want)
		}
		back := content.Read("a.md", out, paris(t)).Date
		m, _ := paris(t).Zone.ParseMoment(written)
		if !back.Instant.Equal(m.Instant) || back.HasClock != m.HasClock {
			t.Errorf("%s: read back as %v", written, back)
		}
	}
}

// FuzzSet: setting any text in any readable file gives that text, leaves
// every other field and the body alone, and changes bytes in one place only.
func FuzzSet(f *testing.F) {
	for _, src := range []string{everyKeyTOML, everyKeyYAML, everyKeyJSON, "+++\n+++\n", "---\n---\n", "{}", "---\ntitle:\n  |\n a\n---\n", "---\n? title\n: b\n---\n", "+++\na.b={c=[{}],d=1,}\n+++"} {
		for _, text := range []string{"b", "", "a: b # c", "'\"\\", "\n---\n+++\n", "1984", "é\u2028\u0085\x00"} {
			f.Add([]byte(src), "title", "", text)
			f.Add([]byte(src), "variants", "x", text)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, field, below, text string) {
		path := []string{field}
		if below != "" {
			path = append(path, below, "text")
		}
		out, err := content.Set(src, path, content.Text(text))
		if err != nil {
			return
		}
		d := content.Defaults{Zone: civil.UTC(), Lang: "fr"}
		before, after := content.Read("a.md", src, d), content.Read("a.md", out, d)
		if !bytes.Equal(before.Body(src), after.Body(out)) {
			t.Fatalf("the body changed:\n%q\n%q", src, out)
		}
		want, got := flatten(before.Front()), flatten(after.Front())
		changed := 0
		for k, v := range got {
			if old, ok := want[k]; !ok || old != v {
				changed++
				if v != "s"+text {
					t.Errorf("%s became %q, not %q", k, v, text)
				}
			}
		}
		gone := 0
		for k := range want {
			if _, ok := got[k]; !ok && !strings.HasPrefix(strings.ToLower(k), strings.ToLower("/"+field)) && !strings.HasPrefix(k, "/") {
				gone++
			}
		}
		if changed > 1 || gone > 0 {
			t.Errorf("%d fields changed, %d are gone:\n%q\n%q", changed, gone, src, out)
		}
		// Nothing was added or taken at more than one place.
		head := 0
		for head < len(src) && head < len(out) && src[head] == out[head] {
			head++
		}
		tail := 0
		for tail < len(src)-head && tail < len(out)-head && src[len(src)-1-tail] == out[len(out)-1-tail] {
			tail++
		}
		if middle := out[head : len(out)-tail]; utf8.RuneCount(middle) > 8*(len(text)+len(field)+len(below))+60 {
			t.Errorf("more than one line changed: %q", middle)
		}
	})
}

// flatten is every scalar of a value by its path.
func flatten(v value.Value) map[string]string {
	out := map[string]string{}
	var walk func(at string, v value.Value)
	walk = func(at string, v value.Value) {
		switch v.Kind {
		case value.Map:
			for _, m := range v.Map {
				walk(at+"/"+m.Key, m.Value)
			}
		case value.List:
			for _, e := range v.List {
				walk(at+"[]", e)
			}
		case value.String:
			out[at] += "s" + v.Str
		default:
			out[at] += v.Kind.String()[:1] + "!" + v.Str
		}
	}
	walk("", v)
	return out
}
