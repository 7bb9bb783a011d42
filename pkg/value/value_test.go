package value_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

type parser func(file string, src []byte, firstLine int) (value.Value, []problem.Problem)

func parsers() map[string]parser {
	return map[string]parser{"toml": value.ParseTOML[[]byte], "yaml": value.ParseYAML[[]byte], "json": value.ParseJSON[[]byte]}
}

// show prints a value with the place of every key and value, one a line.
func show(v value.Value) string {
	var b strings.Builder
	var walk func(name string, key problem.Position, v value.Value)
	walk = func(name string, key problem.Position, v value.Value) {
		fmt.Fprintf(&b, "%s %d:%d %d:%d %s", name, key.Line, key.Col, v.At.Line, v.At.Col, v.Kind)
		switch v.Kind {
		case value.Bool:
			fmt.Fprintf(&b, " %v", v.Bool)
		case value.Int:
			fmt.Fprintf(&b, " %d", v.Int)
		case value.Float:
			fmt.Fprintf(&b, " %v", v.Float)
		case value.String, value.Time:
			fmt.Fprintf(&b, " %q", v.Str)
		}
		b.WriteByte('\n')
		for i, e := range v.List {
			walk(fmt.Sprintf("%s[%d]", name, i), e.At, e)
		}
		for _, m := range v.Map {
			walk(name+"."+m.Key, m.At, m.Value)
		}
	}
	walk("", v.At, v)
	return b.String()
}

func TestParse_knowsWhereEverythingStands(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		parse parser
		src   string
		want  string
	}{
		"toml": {value.ParseTOML[[]byte], "# é\n\"été\" = \"x\\u00e9\"\r\n\"b c\".d = [ 1, { x = 2, y.z = '''a\nb''' }, [ # [\n[] ], {} ]\n[ t . \"u\" ]\nd = 2026-07-14 09:30\nf = 0x1F\ng = +1_000.5\nk = false\n[[q]]\ni = 1\n[[q]]\n[q.r]\ns = ''\n", `
 2:1 2:1 map
.été 3:1 3:9 string "xé"
.b c 4:1 4:1 map
.b c.d 4:7 4:11 list
.b c.d[0] 4:13 4:13 int 1
.b c.d[1] 4:16 4:16 map
.b c.d[1].x 4:18 4:22 int 2
.b c.d[1].y 4:25 4:25 map
.b c.d[1].y.z 4:27 4:31 string "a\nb"
.b c.d[2] 5:9 5:9 list
.b c.d[2][0] 6:1 6:1 list
.b c.d[3] 6:7 6:7 map
.t 7:3 7:3 map
.t.u 7:7 7:7 map
.t.u.d 8:1 8:5 time "2026-07-14 09:30"
.t.u.f 9:1 9:5 int 31
.t.u.g 10:1 10:5 float 1000.5
.t.u.k 11:1 11:5 bool false
.q 12:3 12:3 list
.q[0] 12:3 12:3 map
.q[0].i 13:1 13:5 int 1
.q[1] 14:3 14:3 map
.q[1].r 15:4 15:4 map
.q[1].r.s 16:1 16:5 string ""
`},
		"yaml": {value.ParseYAML[[]byte], "# é\nété: \"xé\"\r\nb c:\n  d: [ 1, {x: 2, y: yes}, [] ]\n  e:\n    - a: 1\n    -   |\n      two\n      lines\nn: ~\nz: 010\ng: 1e3\nk: true\nd: 2026-07-14\nempty:\n", `
 3:1 3:1 map
.été 3:1 3:6 string "xé"
.b c 4:1 5:3 map
.b c.d 5:3 5:6 list
.b c.d[0] 5:8 5:8 int 1
.b c.d[1] 5:11 5:11 map
.b c.d[1].x 5:12 5:15 int 2
.b c.d[1].y 5:18 5:21 string "yes"
.b c.d[2] 5:27 5:27 list
.b c.e 6:3 7:5 list
.b c.e[0] 7:7 7:7 map
.b c.e[0].a 7:7 7:10 int 1
.b c.e[1] 8:9 8:9 string "two\nlines\n"
.n 11:1 11:4 null
.z 12:1 12:4 int 10
.g 13:1 13:4 float 1000
.k 14:1 14:4 bool true
.d 15:1 15:4 string "2026-07-14"
.empty 16:1 16:7 null
`},
		"yaml aliases": {value.ParseYAML[[]byte], "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\nd: {<<: [{x: 7}, *a]}\n", `
 2:1 2:1 map
.a 2:1 2:4 map
.a.x 2:8 2:11 int 1
.a.y 2:14 2:17 int 2
.b 3:1 3:4 map
.b.y 3:13 3:16 int 3
.b.x 2:8 2:11 int 1
.c 4:1 4:4 map
.c.x 2:8 2:11 int 1
.c.y 2:14 2:17 int 2
.d 5:1 5:4 map
.d.x 5:11 5:14 int 7
.d.y 2:14 2:17 int 2
`},
		"json": {value.ParseJSON[[]byte], "{\n  \"été\": \"x\\u00e9\", \"l\": [1, -2.5, [], {}],\r\n  \"n\": null ,\"t\" : true\n}\n", `
 2:1 2:1 map
.été 3:3 3:10 string "xé"
.l 3:21 3:26 list
.l[0] 3:27 3:27 int 1
.l[1] 3:30 3:30 float -2.5
.l[2] 3:36 3:36 list
.l[3] 3:40 3:40 map
.n 4:3 4:8 null
.t 4:14 4:20 bool true
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, problems := tt.parse("a.md", []byte(tt.src), 2)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if d := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), show(v)); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
			if v, _ := tt.parse("a.md", []byte("\ufeff"+tt.src), 2); show(v) != strings.TrimPrefix(tt.want, "\n") {
				t.Error("a byte order mark moves places")
			}
		})
	}
}

func TestParse_saysWhatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for _, tt := range []struct{ format, src, want string }{
		{"toml", "a = 1\na = 2\n", "a:2:1: duplicate-key"},
		{"toml", "a.b = 1\na = 2\n", "a:2:1: duplicate-key"},
		{"toml", "a = 1\na.b = 2\n", "a:2:1: duplicate-key"},
		{"toml", "a = {}\n[a]\n", "a:2:2: duplicate-key"},
		{"toml", "[a]\n[a]\n", "a:2:2: syntax"},
		{"toml", "[[a]]\n[a]\n", "a:2:2: duplicate-key"},
		{"toml", "a = []\n[[a]]\n", "a:2:3: duplicate-key"},
		{"toml", "[a]\nb.c = 1\n[a.b]\n", "a:3:4: duplicate-key"},
		{"toml", "[a.b]\nc = 1\n[a]\nb.d = 2\n", "a:4:1: duplicate-key"},
		{"toml", "a = 2026-07-14T09:30:00+12:60\n", "a:1:5: syntax"},
		{"toml", "t = 'é'\nb = \n", "a:2:5: syntax"},
		{"toml", "é = 1\n", "a:1:1: syntax"},
		{"toml", "d = 2026-13-01\n", "a:1:5: syntax"},
		{"toml", "a = 99999999999999999999\n", "a:1:5: syntax"},
		{"toml", "a = \"\xff\"\n", "a:1:6: invalid-utf8"},
		{"toml", "a = " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "a:1:37: document-too-deep"},
		{"toml", strings.Repeat("a.", 40) + "b = 1", "a:1:65: document-too-deep"},
		{"toml", "a = " + strings.Repeat("[", value.MaxNodes+1), "a:1:1: document-too-many"},
		{"toml", "a = 1" + strings.Repeat(" ", value.MaxBytes), "a:1:1: document-too-large"},
		{"yaml", "a: 1\nb: 2\na: 3\n", "a:3:1: duplicate-key"},
		{"yaml", "é: [\n", "a:2:1: syntax"},
		{"yaml", "a: \x00\n", "a:1:4: syntax"},
		{"yaml", "a: b: c\n", "a:1:5: syntax"},
		{"yaml", "a: *b\n", "a:1:4: syntax"},
		{"yaml", "- a\n", "a:1:1: not-a-table"},
		{"yaml", "just words\n", "a:1:1: not-a-table"},
		{"yaml", "a: 1\n---\nb: 2\n", "a:2:1: several-documents"},
		{"yaml", "? [a]\n: 1\n", "a:1:3: unsupported-yaml"},
		{"yaml", "a: !!binary aGk=\n", "a:1:4: unsupported-yaml"},
		{"yaml", "a: !!int x\n", "a:1:4: unsupported-yaml"},
		{"yaml", "a: !secret x\n", "a:1:4: unsupported-yaml"},
		{"yaml", "a: {<<: 1}\n", "a:1:9: unsupported-yaml"},
		{"yaml", "a: &a [*a]\n", "a:1:4: document-too-deep"},
		{"yaml", "a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "a:1:36: document-too-deep"},
		{"yaml", bomb, "a:1:8: document-too-many"},
		{"yaml", "a: '\xe9'\n", "a:1:5: invalid-utf8"},
		{"json", "{\"a\": 1, \"a\": 2}", "a:1:10: duplicate-key"},
		{"json", "{\"a\": 1,}", "a:1:9: syntax"},
		{"json", "{\"a\": }", "a:1:7: syntax"},
		{"json", "{\"a\": 1", "a:1:8: syntax"},
		{"json", "{\"é\": 'x'}", "a:1:7: syntax"},
		{"json", "{} x", "a:1:4: syntax"},
		{"json", "[1]", "a:1:1: not-a-table"},
		{"json", "{\"a\": 1e999}", "a:1:7: syntax"},
		{"json", "{\"a\": " + strings.Repeat("[", 40), "a:1:39: document-too-deep"},
	} {
		v, problems := parsers()[tt.format]("a", []byte(tt.src), 1)
		if v.Kind != value.Map {
			t.Errorf("%s %.40q: the document is a %s", tt.format, tt.src, v.Kind)
		}
		if len(problems) != 1 {
			t.Errorf("%s %.40q: got %d problems %.200v, want %s", tt.format, tt.src, len(problems), problems, tt.want)
			continue
		}
		if got := problems[0].Position.String() + ": " + string(problems[0].Code); got != tt.want {
			t.Errorf("%s %.40q: got %s (%v), want %s", tt.format, tt.src, got, problems[0].Cause, tt.want)
		}
	}
}

func TestParse_keepsWhatCouldBeRead(t *testing.T) {
	t.Parallel()
	for format, src := range map[string]string{
		"toml": "id = 'x'\n[a]\nd = 2026-13-01\ne = \n", "json": `{"id": "x", "a": {"b": [1, }}`,
	} {
		v, problems := parsers()[format]("a", []byte(src), 1)
		if id, ok := v.Get("id"); len(problems) != 1 || !ok || id.Str != "x" {
			t.Errorf("%s: got %+v and %v", format, id, problems)
		}
	}
}

// TestParseYAML_coreSchema: the types of plain scalars are those of YAML
// 1.2.2, section 10.3.2; what is typed stays.
func TestParseYAML_coreSchema(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]value.Kind{
		"": value.Null, "~": value.Null, "null": value.Null, "nUll": value.String,
		"true": value.Bool, "True": value.Bool, "FALSE": value.Bool, "tRUE": value.String,
		"yes": value.String, "no": value.String, "on": value.String, "y": value.String,
		"0": value.Int, "-12": value.Int, "+7": value.Int, "007": value.Int, "0o17": value.Int, "0xfF": value.Int,
		"0b1": value.String, "1_000": value.String, "0o8": value.String, "-0x1": value.String, "--1": value.String,
		"99999999999999999999": value.String, "22:22": value.String, "2026-07-14": value.String,
		"1.": value.Float, ".5": value.Float, "-1e3": value.Float, "+.inf": value.Float, ".NaN": value.Float,
		".": value.String, "e3": value.String, "1e": value.String, "+-1": value.String, "inf": value.String, "1e999": value.String,
		"-": value.List, "'1'": value.String, `"true"`: value.String, "!!str 1": value.String, "!!float 1": value.Int,
	} {
		v, problems := value.ParseYAML("a", []byte("k: "+src+"\n"), 1)
		if src == "-" {
			v, problems = value.ParseYAML("a", []byte("k:\n- 1\n"), 1)
		}
		got, _ := v.Get("k")
		if got.Kind != want || len(problems) > 0 {
			t.Errorf("%q: got %s %v, want %s", src, got.Kind, problems, want)
		}
		if plain := !strings.ContainsAny(src, `'"!`) && src != "-"; got.Plain != plain || plain && got.Str != src {
			t.Errorf("%q: plain %v, text %q", src, got.Plain, got.Str)
		}
	}
}

// TestParse_isNotSlowedDownByAnyInput: inputs that made other parsers take
// minutes stay within the limits that are counted, not timed.
func TestParse_isNotSlowedDownByAnyInput(t *testing.T) {
	t.Parallel()
	const n = 100_000
	for format, p := range parsers() {
		for _, s := range []string{"[", "{", "a.", "a: ", "- ", "? ", "&a ", "*a ", "\"a\":", "{\"a\":", "[[a]]\n", "a={", "'", "\"\\", "|\n ", "<<: ", "!!a ", "a.b.", "#", "[a.", "a,", "\r", "\u2028"} {
			v, _ := p("a", []byte(strings.Repeat(s, n/len(s))), 1)
			if v.Kind != value.Map {
				t.Errorf("%s of %q: %s", format, s, v.Kind)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a = 1\n[b]\nc = [1, {d = '''é\n'''}]\n", "[[a]]\nb.c = 1979-05-27T07:32:00Z\n", "a = [[[", "\"\" = {}",
		"a: &x [1, *x]\nb:\r c: 2\u2028", "a: {<<: [*b]}\n", "|\n a", "? a\n: b", "%YAML 1.1\n---\na: b\n...\n", "a:\n\n\n",
		`{"a": [1, {"b": "é"}], "a": null} x`, "{\"\xff\":", "\ufeff{}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		lines := strings.Split(strings.TrimPrefix(src, "\ufeff"), "\n")
		inside := func(at problem.Position) {
			if at.File != "f" || at.Line < 5 || at.Line-5 >= len(lines) || at.Col < 1 || at.Col > utf8.RuneCountInString(lines[at.Line-5])+1 {
				t.Errorf("%s is outside %q", at, src)
			}
		}
		var walk func(v value.Value, depth int) int
		walk = func(v value.Value, depth int) int {
			inside(v.At)
			n := 1
			if depth > value.MaxDepth+1 {
				t.Fatal("deeper than the limit")
			}
			for _, e := range v.List {
				n += walk(e, depth+1)
			}
			seen := map[string]bool{}
			for _, m := range v.Map {
				if inside(m.At); seen[m.Key] {
					t.Errorf("key %q twice", m.Key)
				}
				seen[m.Key] = true
				n += walk(m.Value, depth+1)
			}
			return n
		}
		for _, p := range parsers() {
			v, problems := p("f", []byte(src), 5)
			if v.Kind != value.Map {
				t.Errorf("%q: a %s", src, v.Kind)
			}
			walk(v, 0)
			for _, p := range problems {
				inside(p.Position)
			}
		}
	})
}

// TestCore_numbersAreThoseOfTheSchema: every text of up to five of these
// characters is a number exactly if YAML 1.2.2, section 10.3.2, says so.
func TestCore_numbersAreThoseOfTheSchema(t *testing.T) {
	t.Parallel()
	number := regexp.MustCompile(`^[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|(?:0o[0-7]+))$`)
	texts := []string{""}
	for range 5 {
		longer := []string{""}
		for _, s := range texts {
			for _, c := range "+-.0e1E" {
				longer = append(longer, s+string(c))
			}
		}
		texts = longer
	}
	for _, s := range texts[1:] {
		kind := value.Core(s)
		if got, want := kind == value.Int || kind == value.Float, number.MatchString(s); got != want {
			t.Errorf("%q is a %s", s, kind)
		}
	}
}
