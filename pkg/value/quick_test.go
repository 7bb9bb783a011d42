package value_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/value"
)

// sameAsLibrary reports whether a document was read quickly, and fails where
// that gave another tree, another place or other problems than the library.
func sameAsLibrary(t *testing.T, format, src string) bool {
	t.Helper()
	r := value.Readers()[format]
	got, ok := r.Quick("f.md", []byte(src), 2)
	if !ok {
		return false
	}
	want, problems := r.Library("f.md", []byte(src), 2)
	if len(problems) > 0 {
		t.Errorf("%s: read quickly, and the library says %v of\n%q", format, problems, src)
	} else if !reflect.DeepEqual(want, got) {
		t.Errorf("%s: library -, quick +:\n%s\nof %q", format, cmp.Diff(want, got), src)
	}
	return true
}

// TestQuick_takesWhatIsPlain: these must not need the library.
func TestQuick_takesWhatIsPlain(t *testing.T) {
	t.Parallel()
	for format, docs := range map[string][]string{
		"yaml": {
			"a: b", "a: b\n", "a: b\r\nc: d\r\n", "\n# é\na: b\n\n\nc: d\n# end", "a: b  \n",
			"title: Réparer\u00a0!\n", "title: \"Un « frein », usé\"\n", `t: "say \"yes\" \\ no"`, "t: 'l''été'\n", "t: ''\nu: \"\"\n",
			"a: 2026-07-14 09:30:00 +0200\nb: 2026-07-14T09:30:00Z\nc: 2026-07-14\n", "a: true\nb: False\nc: null\nd: ~\n", "a: 1\nb: -12\nc: 3.5\nd: 010\ne: 0x1F\nf: .5\n",
			"a: []\nb: [ ]\nc: [x]\nd: [é, 'y, z', \"w\", 1, true , c++]\n", "a:\nb: c\n", "a:\n", "a:\n- é\n- y\nb: 1\n", "a:\n  - é\n\n  - 'y'\n", "a:  \"b\"  \nb:   c\n",
			"url: https://exemple.org/a?b=c#d\n", "image: /a/b.png\n", "layout: post\ntags: [a-b, c_d, e/f]\n",
			"a:\n  b: é\n  c:\n    - d\n    - e\nf:\n- g: h\n  i:\n- i: j\n\nk:\n    l: m\n", "a:\n  - b:\n    c: d\n  - e\n", "a:\n  b:\nc:\n",
		},
		"toml": {
			"a = 'b'", "a = \"b\"\n", "a='b'\r\nb = 1\r\n", "\n# é\na = true\n\n\nc = false\n# end", "a = 1  \n", "a = \"say \\\"yes\\\" \\\\ no\"\n",
			"a = 2026-07-14\nb = 2026-07-14T09:30:00\nc = 2026-07-14 09:30:00Z\nd = 2024-02-29T23:59:59-05:30\n", "a = -12\nb = +7\nc = 0\nd = -0\n",
			"a = []\nb = [ ]\nc = [\"x\"]\nd = [ 'é', \"y, ]\", ]\n", "a = [\n  'é',\n  'b'\n]\nc = 1\n", "a = [ 1, 2 ]\nb = [true]\nd = [2026-07-14]\n", "a = ''\nb = \"\"\n", "a = 1\n[b]\nc = 'é'\n\n[d]\n[e]\na = [1]\n",
		},
	} {
		for _, src := range docs {
			if !sameAsLibrary(t, format, src) {
				t.Errorf("%s: %q is left to the library", format, src)
			}
		}
	}
}

// TestQuick_leavesTheRest: what is not plain is read as before, whatever it
// means.
func TestQuick_leavesTheRest(t *testing.T) {
	t.Parallel()
	for format, docs := range map[string][]string{
		"yaml": {
			"", "# only\n", "a: b\n c\n", "a:\n  b: c\n   d: e\n", "a:\n  b: c\n d: e\n", "a:\n  b: c\n  - d\n", "a:\n  b: c\n  b: d\n", " a: b\nc: d\n", "  a: b\n  c: d\n", "a:\n  b:\n    c:\n      d:\n        e:\n          f: g\n", "a: b: c\n", "a: b:\n", "a: x # y\n", "a: &x y\n", "a: *x\n", "a: !!str 1\n", "a: |\n  x\n", "a: >\n  x\n",
			"a: {b: c}\n", "a: [[b]]\n", "a: [b,]\n", "a: [b\n]\n", "a: [b] # c\n", "a: [a: b]\n", "a: 'b' c\n", "a: \"b\n  c\"\n", "a: \"\\u00e9\"\n", "a:b\n", "a : b\n",
			"a: b\na: c\n", "- a\n", "a:\n- - b\n", "a:\n- b: c\n d: e\n", "a:\n- b: c\n  b: e\n", "a:\n  - b\n- c\n", "a:\n-\n", "a: b\n- c\n", "a:\n- b\n - c\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: - b\n", "a: ? b\n", "? a\n",
			"<<: a\n", "\"a\": b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "a: b\tc\n", "\ta: b\n", "a: b\rc: d\n", "a: b\u2028c: d\n", "a: b\u0085c: d\n", "a: \x00\n", "a: \ufeffb\n", "%YAML 1.2\n",
		},
		"toml": {
			"", "# only\n", "a = 1\na = 2\n", "a.b = 1\n", "[a]\n[a]\n", "a = 1\n[a]\n", "[a.b]\n", "[a] # x\n", "[ a ]\n", "[a]\nb = 1\nb = 2\n", "[[a]]\n", "\"a\" = 1\n", "a = {}\n", "a = [[1]]\n", "a = [1 2]\n", "a = [1,,2]\n", "a = [,]\n", "a = [ # x\n]\n",
			"a = 1 # x\n", "a = 1.5\n", "a = 1_000\n", "a = 010\n", "a = 0x1f\n", "a = inf\n", "a = nan\n", "a = \n", "a\n", "= 1\n", "a = b\n", "a = 'b\n", "a = '''b'''\n", "a = \"\"\"b\"\"\"\n",
			"a = \"\\u00e9\"\n", "a = \"\\n\"\n", "a = 2026-02-29\n", "a = 2026-07-14 24:00:00\n", "a = 09:30:00\n", "a = 2026-07-14t09:30:00\n", "a = 2026-07-14T09:30\n", "a = 2026-07-14T09:30:00.5\n",
			"a = 2026-07-14T09:30:00+24:00\n", "a = 'b' c = 'd'\n", "a = 99999999999999999999\n", "\ta = 1\n", "a = 1\rb = 2\n", "a = '\u0000'\n",
		},
	} {
		for _, src := range docs {
			if _, ok := value.Readers()[format].Quick("f", []byte(src), 1); ok {
				t.Errorf("%s: %q is read quickly", format, src)
			}
		}
	}
}

// TestQuick_isTheLibraryOnEveryCharacter: each stands within a text, at its
// beginning and at its end. Where nothing has a meaning of its own, ideographs
// and beyond, it is one of many.
func TestQuick_isTheLibraryOnEveryCharacter(t *testing.T) {
	t.Parallel()
	const many = 30
	for format, line := range map[string]string{"yaml": "a%d: x%cy\nb%d: %cy\nc%d: x%c\n", "toml": "a%d = \"x%cy\"\nb%d = '%cy'\nc%d = \"x%c\"\n"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var block strings.Builder
			var each []string
			taken := 0
			flush := func() {
				if sameAsLibrary(t, format, block.String()) {
					taken += len(each)
				} else {
					for _, one := range each {
						for l := range strings.Lines(one) {
							sameAsLibrary(t, format, l)
						}
					}
				}
				block.Reset()
				each = nil
			}
			for r := rune(0); r <= utf8.MaxRune && !t.Failed(); r++ {
				if (r > 0x3100 && r < 0xf900 || r > 0x10000) && r%97 > 0 {
					continue
				}
				if !utf8.ValidRune(r) || r == '\n' {
					continue
				}
				n := len(each)
				each = append(each, fmt.Sprintf(line, n, r, n, r, n, r))
				if block.WriteString(each[n]); n == many {
					flush()
				}
			}
			flush()
			if taken < 20_000 {
				t.Errorf("%d characters were read quickly", taken)
			}
		})
	}
}

// TestQuick_isTheLibraryOnPlainHeaders: over headers that a seeded generator
// writes: most are plain, some are nearly so.
func TestQuick_isTheLibraryOnPlainHeaders(t *testing.T) {
	t.Parallel()
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	for format, write := range map[string]func(headers) string{"yaml": headers.yaml, "toml": headers.toml} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			h := headers{rand.New(rand.NewPCG(3, 8))}
			taken := 0
			for range n {
				if sameAsLibrary(t, format, write(h)) {
					taken++
				}
				if t.Failed() {
					return
				}
			}
			if taken < n/3 || taken > n*9/10 {
				t.Errorf("%d of %d were read quickly: the generator says nothing", taken, n)
			}
		})
	}
}

// headers writes front matter.
type headers struct{ *rand.Rand }

func (h headers) one(of ...string) string { return of[h.IntN(len(of))] }

// odd returns a text that makes a plain value something else, now and then.
func (h headers) odd(of ...string) string {
	if h.IntN(60) > 0 {
		return ""
	}
	return h.one(of...)
}

func (h headers) eol() string {
	if h.IntN(8) == 0 {
		return "\r\n"
	}
	return "\n"
}

func (h headers) spaces() string { return strings.Repeat(" ", h.IntN(3)*h.IntN(2)) }

func (h headers) words() string {
	var b strings.Builder
	for i := range 1 + h.IntN(6) {
		if i > 0 {
			b.WriteString(h.one(" ", " ", " ", "  ", "-", ", ", "/", "\u00a0", " - ", " : ", "’"))
		}
		b.WriteString(h.one("vélo", "Frein", "l'été", "a", "2026", "true", "no", "null", "日本", "🚲", "(x)", "c++", "a:b", "a.b", "½", "x#y", "10", "—", "«", "»", "Why?", "!", "&", "*", "%", "e\u0301", "\uff1a", "\ufefe", "=", "@", "~", "\\"))
	}
	return b.String()
}

func (h headers) yaml() string {
	var b strings.Builder
	for i := range 1 + h.IntN(9) {
		switch h.IntN(16) {
		case 3, 4, 5, 6:
			fmt.Fprintf(&b, "k%d:%s%s", i, h.spaces(), h.eol())
			h.yamlBlock(&b, 0, 1)
		case 0:
			b.WriteString(h.one("", "# Note: é", "#", h.odd(" # x", "  ", "---", "...", "\t")) + h.eol())
		case 1:
			indent := strings.Repeat(" ", h.IntN(4))
			fmt.Fprintf(&b, "k%d:%s%s", i, h.spaces(), h.eol())
			for range h.IntN(4) {
				b.WriteString(h.odd(" ") + indent + "- " + h.spaces() + h.yamlScalar() + h.spaces() + h.eol() + h.odd("\n", "# x\n", "  # x\n", "-\n"))
			}
		case 2:
			fmt.Fprintf(&b, "k%d: %s[%s", i, h.spaces(), h.spaces())
			for n := range h.IntN(4) {
				if n > 0 {
					b.WriteString(h.one(", ", ",", " , ") + h.odd(",", "\n", " #x\n"))
				}
				b.WriteString(h.yamlScalar())
			}
			b.WriteString(h.spaces() + "]" + h.spaces() + h.odd("]", " # x", "x") + h.eol())
		default:
			fmt.Fprintf(&b, "%s%d%s:%s %s%s%s", h.one("title", "date", "k", "a_b", "a-b", "Ab"), i, h.odd(" ", ":", ".", "\""), h.spaces(), h.yamlScalar(), h.spaces(), h.odd(" # x", "\n  more", ":", " |")+h.eol())
		}
	}
	return b.String() + h.odd("a: b", "\n\n", "  ")
}

// yamlBlock writes what stands below a key that is indented by so many spaces:
// a table, or a list of texts and tables.
func (h headers) yamlBlock(b *strings.Builder, indent, depth int) {
	list := h.IntN(2) == 0
	in := indent + h.IntN(4)
	if !list && in == indent {
		in++
	}
	for i := range h.IntN(4) {
		blanks := strings.Repeat(" ", in) + h.odd(" ", "-", "- ")
		key := fmt.Sprintf("%s%d:", h.one("k", "name", "k", "k-"), i)
		switch {
		case list && h.IntN(2) == 0:
			b.WriteString(blanks + "- " + h.yamlScalar() + h.eol())
			continue
		case list:
			after := h.one(" ", " ", "  ")
			b.WriteString(blanks + "-" + after + "n: " + h.yamlScalar() + h.eol() + h.odd("\n", "# x\n"))
			blanks = strings.Repeat(" ", in+1+len(after)) + h.odd(" ")
		}
		if depth < 3 && h.IntN(3) == 0 {
			b.WriteString(blanks + key + h.eol())
			h.yamlBlock(b, len(blanks), depth+1)
		} else {
			b.WriteString(blanks + key + " " + h.yamlScalar() + h.eol() + h.odd("\n", "# x\n", "  # x\n"))
		}
	}
}

func (h headers) yamlScalar() string {
	switch h.IntN(8) {
	case 0:
		return `"` + strings.NewReplacer(`\`, `\\`).Replace(h.words()) + h.odd(`\"`, `\n`, `\x41`, "\"", "\t") + `"`
	case 1:
		return "'" + strings.ReplaceAll(h.words(), "'", "''") + h.odd("'", "''", "\n") + "'"
	case 2:
		return h.one("true", "false", "null", "~", "1", "-1", "+1", "010", "0x1F", "0o7", "1.5", "1e3", ".5", "-.5", ".inf", "2026-07-14", "2026-07-14 09:30:00 +0200", "2026-07-14T09:30:00.5Z", "09:30:00", "1_000", "Yes", "")
	case 3:
		return h.one("https://exemple.org/a?b=c", "/a/b.png", "a@b.org", "img/é.jpg", "_x", "(x)")
	case 4:
		return h.odd("- x", "? x", "& x", "*x", "!x", "|", ">", "%x", "@x", "`x`", "{a: b}", "[a]", ": x", "#x", "-", "--- x", "=", "<<", "\x01", "\u2028", "\ufeff", "\u0085") + h.one("x", "y z")
	}
	return h.words()
}

func (h headers) toml() string {
	var b strings.Builder
	for i := range 1 + h.IntN(9) {
		switch h.IntN(12) {
		case 3:
			fmt.Fprintf(&b, "[t%d]%s%s", i, h.odd(" ", "]", ".x", " # x"), h.eol())
		case 0:
			b.WriteString(h.one("", "# Note = é", "#", h.odd(" # x", "  ", "[a]", "\t", "x")) + h.eol())
		case 1, 2:
			fmt.Fprintf(&b, "k%d%s=%s[%s", i, h.spaces(), h.spaces(), h.spaces())
			for range h.IntN(4) {
				b.WriteString(h.one("", "", h.eol()) + h.spaces() + h.tomlScalar() + h.spaces() + "," + h.odd(",", "#x", "#x\n"))
			}
			b.WriteString(h.one("", h.spaces(), h.tomlScalar(), h.eol()) + "]" + h.spaces() + h.odd("]", " # x", "x") + h.eol())
		default:
			fmt.Fprintf(&b, "%s%d%s%s=%s%s%s%s", h.one("title", "date", "k", "a_b", "a-b", "Ab"), i, h.odd(".", ".a", "\"", "é"), h.spaces(), h.spaces(), h.tomlScalar(), h.spaces(), h.odd(" # x", "\n  more", "=", ",")+h.eol())
		}
	}
	return b.String() + h.odd("a = 1", "\n\n", "  ")
}

func (h headers) tomlScalar() string {
	switch h.IntN(6) {
	case 0:
		return h.one("true", "false", "1", "-1", "+1", "0", "-0", "123456789012345678") + h.odd("0", "x", "_1", ".5")
	case 1:
		day := fmt.Sprintf("%04d-%02d-%02d", h.IntN(2)*1000+1000+h.IntN(30), 1+h.IntN(12), 1+h.IntN(29))
		clock := fmt.Sprintf("%02d:%02d:%02d", h.IntN(24), h.IntN(60), h.IntN(60))
		return h.one(day, day+"T"+clock, day+" "+clock, day+"T"+clock+"Z", fmt.Sprintf("%s %s+%02d:%02d", day, clock, h.IntN(24), h.IntN(60))) + h.odd("0", "z", ".5", "+1")
	case 2:
		return "'" + strings.ReplaceAll(h.words(), "'", "") + h.odd("'", "''", "\n", "\t") + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`).Replace(h.words()) + h.odd(`\"`, `\n`, `\x41`, "\"", "\"\"", "\t", "\x7f", "\u0085", "\u2028", "\ufeff") + `"`
}

// TestQuick_isTheLibraryOnTheHeadersOfThisRepository: posts, starters, tests and
// documents hold hundreds.
func TestQuick_isTheLibraryOnTheHeadersOfThisRepository(t *testing.T) {
	t.Parallel()
	fences := regexp.MustCompile("(?ms)^(---|\\+\\+\\+)\r?\n(.*?)^(---|\\+\\+\\+|\\.\\.\\.)\r?$")
	taken, all := 0, 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.IsDir() && strings.HasPrefix(e.Name(), ".") && len(e.Name()) > 2 {
				return fs.SkipDir
			}
			return err
		}
		switch filepath.Ext(path) {
		case ".md", ".txtar", ".txt", ".go":
		default:
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range fences.FindAllSubmatch(src, -1) {
			format := "yaml"
			if string(m[1]) == "+++" {
				format = "toml"
			}
			all++
			if sameAsLibrary(t, format, string(m[2])) {
				taken++
			}
		}
		return nil
	})
	if err != nil || taken < 80 {
		t.Errorf("%d of %d headers were read quickly, %v", taken, all, err)
	}
	t.Logf("%d of %d headers were read quickly", taken, all)
}

func FuzzQuick(f *testing.F) {
	h := headers{rand.New(rand.NewPCG(1, 2))}
	for range 50 {
		f.Add(h.yaml())
		f.Add(h.toml())
	}
	f.Fuzz(func(t *testing.T, src string) {
		sameAsLibrary(t, "yaml", src)
		sameAsLibrary(t, "toml", src)
	})
}

const (
	headerYAML = "id: post-7\ntitle: \"Réparer un frein, lentement\"\ndate: 2026-07-14 09:30:00\nlang: fr\nauthors: [Awa Traoré]\ntags: [freins, atelier]\nstage: published\n"
	headerTOML = "id = \"post-7\"\ntitle = \"Réparer un frein, lentement\"\ndate = 2026-07-14T09:30:00\nlang = \"fr\"\nauthors = [\"Awa Traoré\"]\ntags = [\"freins\", \"atelier\"]\nstage = \"published\"\n"
)

func BenchmarkYAML_plain(b *testing.B) { benchmarkPlain(b, "yaml", headerYAML) }

func BenchmarkTOML_plain(b *testing.B) { benchmarkPlain(b, "toml", headerTOML) }

// benchmarkPlain reads one plain header both ways, in turns, so that the ratio
// means something on a busy machine.
func benchmarkPlain(b *testing.B, format, src string) {
	r := value.Readers()[format]
	b.Run("quick", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := r.Quick("f", []byte(src), 2); !ok {
				b.Fatal("left to the library")
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, problems := r.Library("f", []byte(src), 2); len(problems) > 0 {
				b.Fatal(problems)
			}
		}
	})
}
