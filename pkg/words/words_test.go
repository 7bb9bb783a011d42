package words_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// read returns key → sentence of one language, from the files themselves.
func read(t *testing.T, lang words.Lang) map[string]string {
	t.Helper()
	all := map[string]string{}
	dir := os.DirFS(string(lang))
	names, err := fs.Glob(dir, "*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %d files, %v", lang, len(names), err)
	}
	for _, name := range names {
		var m map[string]string
		if _, err := toml.DecodeFS(dir, name, &m); err != nil {
			t.Fatalf("%s/%s: %v", lang, name, err)
		}
		for k, v := range m {
			all[strings.TrimSuffix(path.Base(name), ".toml")+"."+k] = v
		}
	}
	return all
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	t.Parallel()
	holes := regexp.MustCompile(`\{([^{}]*)\}`)
	params := func(s string) []string {
		var names []string
		for _, m := range holes.FindAllStringSubmatch(s, -1) {
			names = append(names, m[1])
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	en, fr := read(t, words.English), read(t, words.French)
	for key, sentence := range en {
		other, ok := fr[key]
		switch {
		case !ok:
			t.Errorf("%s: no French", key)
		case strings.TrimSpace(sentence) == "" || strings.TrimSpace(other) == "":
			t.Errorf("%s: empty", key)
		case strings.HasSuffix(key, ".one"):
			if n := regexp.MustCompile(`\b[0-9]+\b`).FindString(sentence + " " + other); n != "" {
				t.Errorf("%s: says %s, though French takes it for 0 also: write {n}", key, n)
			}
		default:
			if d := cmp.Diff(params(sentence), params(other)); d != "" {
				t.Errorf("%s: parameters differ (English -, French +):\n%s", key, d)
			}
		}
	}
	one := regexp.MustCompile(`\b1\b`)
	for key, sentence := range fr {
		if strings.HasSuffix(key, ".one") && one.MatchString(sentence) {
			t.Errorf("%s: the singular of French is also that of none: say {n} for 1", key)
		}
		if _, ok := en[key]; !ok {
			t.Errorf("%s: no English", key)
		}
	}
}

// TestFrench_saysOneWordForOneThing: the glossary of docs/demarrer.md has the words;
// these were said for the same things, and mean something else or nothing here.
func TestFrench_saysOneWordForOneThing(t *testing.T) {
	t.Parallel()
	fr := read(t, words.French)
	for _, c := range []struct {
		not, say string
		except   []string // keys in which the word means what it says
	}{
		{`publications?`, "envoi (delivery)", []string{"config.site.title"}},
		{`bureaux?`, "rédaction (office)", nil},
		{`articles?`, "billet (post)", []string{"front.format", "start.new-example"}},
		{`agenda convenu`, "calendrier convenu (agreed calendar)", nil},
		{`(au|son|du|le|un|de|de ses|prochains) numéros?( de \{platform\})?[ ,"]`, "édition (edition)", []string{"problem.move-occurrence", "problem.connect-pages.hint", "problem.agreed-key.hint"}},
		{`constructions?|construit|construire`, "production, produire (build)", nil},
	} {
		word := regexp.MustCompile(`(?i)(^|[^\pL])(` + c.not + `)($|[^\pL])`)
		for key, sentence := range fr {
			if word.MatchString(sentence) && !slices.Contains(c.except, strings.TrimSuffix(key, ".one")) {
				t.Errorf("%s: say %s: %s", key, c.say, sentence)
			}
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]words.Lang{
		"fr": "fr", "fr_FR.UTF-8": "fr", "FR-ca": "fr", "en_GB@euro": "en", "en": "en",
	} {
		if got, ok := words.Parse(tag); !ok || got != want {
			t.Errorf("%q: got %q, %v", tag, got, ok)
		}
	}
	for _, tag := range []string{"", "C", "POSIX", "de_DE.UTF-8", "french", "e"} {
		if got, ok := words.Parse(tag); ok {
			t.Errorf("%q: taken for %q", tag, got)
		}
	}
}

func TestInert_leavesNothingThatATerminalObeys(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Été à Paris 🚲":       "Été à Paris 🚲",
		"a\x1b[31mred":        `a\u001b[31mred`,
		"one\ntwo\tthree":     "one two three",
		"\u202egnp.exe\u2066": `\u202egnp.exe\u2066`,
		"\x9b31m":             "\uFFFD31m",
		"\u009b31m":           `\u009b31m`,
		"bad \xff byte":       "bad \uFFFD byte",
	} {
		if got := words.Inert(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestInertJSON_saysTheSame(t *testing.T) {
	t.Parallel()
	in := map[string]string{"k\u202e": "a\u001b[31m \u009b31m \u007f \u2066 \u200f é 🚲 \n <"}
	doc, err := json.MarshalIndent(in, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	out := words.InertJSON(doc)
	var back map[string]string
	if err := json.Unmarshal(out, &back); err != nil || !maps.Equal(in, back) {
		t.Errorf("%q, %v", back, err)
	}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSuffix(line, "\n"); words.Inert(line) != line {
			t.Errorf("left: %q", line)
		}
	}
}

func TestSay_takesTheSingularOfTheLanguage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang words.Lang
		n    string
		want string
	}{
		{words.English, "0", "0 posts"}, {words.English, "1", "1 post"}, {words.English, "2", "2 posts"},
		{words.French, "0", "0 billet"}, {words.French, "1", "1 billet"}, {words.French, "2", "2 billets"},
	} {
		if got := words.New(tt.lang).Say("cli.posts", problem.Params{"n": tt.n}); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}
