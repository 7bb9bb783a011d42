package office_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/schema"
	"editorial/internal/starter"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/value"
	"editorial/pkg/words"
)

// compile reads a schema as another program does.
func compile(t *testing.T, n *schema.Node) *jsonschema.Schema {
	t.Helper()
	data, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// validate holds a document against a schema.
func validate(t *testing.T, s *jsonschema.Schema, v value.Value) error {
	t.Helper()
	data, err := json.Marshal(asJSON(v))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// asJSON is a value as language servers see it: dates are texts.
func asJSON(v value.Value) any {
	switch v.Kind {
	case value.Null:
		return nil
	case value.Bool:
		return v.Bool
	case value.Int:
		return v.Int
	case value.Float:
		return v.Float
	case value.List:
		list := make([]any, len(v.List))
		for i := range v.List {
			list[i] = asJSON(v.List[i])
		}
		return list
	case value.Map:
		table := make(map[string]any, len(v.Map))
		for _, m := range v.Map {
			table[m.Key] = asJSON(m.Value)
		}
		return table
	}
	return v.Str
}

// sources are the files that stand in the repository, by their paths: those of
// the sample office, of both models, of scripts, and the examples of documents.
func sources(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, lang := range words.Langs() {
		files, err := starter.Files(lang, civil.Date{Year: 2026, Month: 10, Day: 19})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			all[path.Join("starter", string(lang), f.Path)] = f.Data
		}
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.IsDir() && len(e.Name()) > 2 && e.Name()[0] == '.' {
				return fs.SkipDir
			}
			return err
		}
		base := filepath.Base(name)
		if ext := filepath.Ext(base); ext != ".md" && ext != ".txtar" && base != "config.toml" {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		all[name] = data
		for _, f := range txtar.Parse(data).Files {
			all[name+"/"+f.Name] = f.Data
		}
		for i, m := range regexp.MustCompile("(?s)```(toml|markdown)\n(.*?)```\n").FindAllSubmatch(data, -1) {
			as := map[string]string{"toml": "config.toml", "markdown": "post.md"}[string(m[1])]
			all[path.Join(name, string(rune('a'+i)), as)] = m[2]
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSchema_acceptsWhatIsAccepted: whatever configuration and whatever post of
// the repository is read without an error fits its schema.
func TestSchema_acceptsWhatIsAccepted(t *testing.T) {
	t.Parallel()
	w := words.New(words.English)
	configs, posts := 0, 0
	ofConfig, ofPost := compile(t, config.Schema(w)), compile(t, office.FrontMatterSchema(w, config.Config{}))
	for name, src := range sources(t) {
		switch {
		case path.Base(name) == "config.toml":
			if _, _, problems := config.Parse(src, config.Options{}); problem.Errors(problems) > 0 {
				continue
			}
			root, _ := value.ParseTOML(name, src, 1)
			configs++
			if err := validate(t, ofConfig, root); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case content.IsMarkdown(name):
			p := content.Read(name, src, content.Defaults{Lang: "en"})
			if p.Syntax == "" || p.HasErrors() {
				continue
			}
			posts++
			if err := validate(t, ofPost, p.Front()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if configs < 20 || posts < 60 {
		t.Errorf("only %d configurations and %d posts were held against their schemas", configs, posts)
	}
}

// samples are values of every kind, good and bad for some key or other.
func samples() []string {
	return []string{
		`""`, `"x"`, `"  "`, `"Mon"`, `"mardi"`, `"Tue 09:00"`, `"09:00"`, `"9h30"`, `"2h"`, `"3d"`, `"P1D"`, `"2026-10-19"`, `"fr"`, `"x_y"`, `"1"`,
		`"https://example.org/a"`, `"HTTPS://example.org"`, `"ftp://x"`, `"a@b.org"`, `"A <a@b.org>"`, `"EUR"`, `"/:slug/"`, `"ready"`, `"Draft"`, `"REVIEW "`, `"reday"`, `"/x"`, `"a b"`, `".a"`, `"français"`, `"french"`, `"pt_br"`, `"2026-02-30"`, `"2026-13-01 09:00"`, `"2026-4-31"`, `"UTC"`, `"blog"`, `"inform"`,
		"true", "false", "0", "1", "3", "-1", "5", "100000", "0.5", "1.5", "-0.5", "2026-10-19", "2026-10-19 09:00:00", "09:00:00",
		"[]", `["x"]`, `["fr"]`, `["blog", "x"]`, `["Tue 09:00"]`, `["2026-10-19"]`, "[1]", "[true]", "[[]]", "{}", `{ x = 1 }`, `{ name = "x" }`, `{ from = "2026-10-19" }`,
		`{ src = "a.png" }`, `{ times = 2, every = "8 weeks" }`, `{ awa = "1h" }`, `{ x = { text = "t" } }`, `{ min = 0.1 }`, `[{ at = "Tue 09:00" }]`, `[{ name = "x" }]`,
	}
}

// TestSchema_refusesOnlyWhatIsRefused: whatever value a schema does not let pass
// for a key, the program has a problem with too.
func TestSchema_refusesOnlyWhatIsRefused(t *testing.T) {
	t.Parallel()
	w := words.New(words.English)
	s := compile(t, config.Schema(w))
	names := regexp.MustCompile(`\b(NAME|WHOM|INTENT)\b`)
	refused := 0
	for _, k := range config.Keys() {
		for _, sample := range samples() {
			src := document(names.ReplaceAllStringFunc(k.Name, func(what string) string {
				return map[string]string{"NAME": "blog", "WHOM": "us", "INTENT": "inform"}[what]
			}), sample)
			root, problems := value.ParseTOML("", []byte(src), 1)
			if len(problems) > 0 {
				t.Fatalf("%v in\n%s", problems, src)
			}
			if validate(t, s, root) == nil {
				continue
			}
			refused++
			if _, _, problems := config.Parse([]byte(src), config.Options{}); problem.Errors(problems) == 0 {
				t.Errorf("the schema refuses what is accepted:\n%s%v", src, validate(t, s, root))
			}
		}
	}
	s = compile(t, office.FrontMatterSchema(w, config.Config{}))
	for _, f := range content.Fields() {
		for _, sample := range append(samples(), "null") {
			for _, name := range append([]string{f.Name}, f.Also...) {
				for fence, src := range map[string]string{"+++": name + " = " + sample, "---": name + ": " + strings.ReplaceAll(sample, " = ", ": ")} {
					p := content.Read("a.md", []byte(fence+"\n"+src+"\n"+fence+"\n"), content.Defaults{})
					if p.HasErrors() && len(p.Front().Map) == 0 || validate(t, s, p.Front()) == nil {
						continue
					}
					refused++
					if !wrong(p) {
						t.Errorf("the schema refuses what is accepted: %s\n%v", src, validate(t, s, p.Front()))
					}
				}
			}
		}
	}
	if refused < 5000 {
		t.Errorf("the schemas refused only %d values", refused)
	}
}

// wrong reports whether a post has an error on the line of its only key.
func wrong(p *content.Post) bool {
	for _, x := range p.Problems {
		if x.Severity == problem.Error && x.Line == 2 {
			return true
		}
	}
	return false
}

// document is a configuration that says one thing.
func document(key, value string) string {
	parts := strings.Split(key, ".")
	for i, part := range parts {
		switch part {
		case "ID", "N":
			header := "[[" + strings.Join(parts[:i], ".") + "]]\n"
			if part == "ID" && parts[i+1] != "id" {
				header += "id = \"x\"\n"
			}
			rest := document(strings.Join(parts[i+1:], "."), value)
			if !strings.HasPrefix(rest, "[[") {
				return header + rest
			}
			return header + "[[" + strings.Join(parts[:i], ".") + "." + rest[2:]
		}
	}
	return key + " = " + value + "\n"
}

// TestSchema_refusesMistakes that people make.
func TestSchema_refusesMistakes(t *testing.T) {
	t.Parallel()
	w := words.New(words.French)
	s := compile(t, config.Schema(w))
	for _, src := range []string{
		"[site]\ntitel = 'x'\n", "[site]\ntitle = 1\n", "[site]\nplatforms = 'blog'\n", "[site]\nurl = 'example.org'\n", "[site]\npages = 'no'\n", "[sites]\n",
		"[platforms.Blog]\n", "[platforms.blog]\nkind = 'blgo'\n", "[platforms.blog]\nlive = 'true'\n", "[platforms.blog]\nrhythm.times = 'Tue 09:00'\n",
		"[platforms.blog]\nrhythm.times = ['Tuesday']\n", "[platforms.blog]\nrhythm.per_week = { between = '09:00' }\n", "[platforms.blog.mix]\nbrag = { min = 0.1 }\n",
		"[plan]\nweeks = 0\n", "[plan]\nweeks = 13.5\n", "[plan]\nreserve = 1.5\n", "[plan]\nlock = 48\n", "[plan]\nholidays = ['fra']\n", "[plan]\nblackout = ['19.10.2026']\n",
		"[[people]]\nname = 'Awa'\n", "[[people]]\nid = 'Awa'\n", "[people]\nid = 'awa'\n", "[strategy]\ncurrency = 'euro'\n",
	} {
		root, _ := value.ParseTOML("", []byte(src), 1)
		if validate(t, s, root) == nil {
			t.Errorf("passes:\n%s", src)
		}
		if _, _, problems := config.Parse([]byte(src), config.Options{}); problem.Errors(problems) == 0 {
			t.Errorf("is accepted:\n%s", src)
		}
	}
	s = compile(t, office.FrontMatterSchema(w, config.Config{}))
	for _, src := range []string{
		"draft: yes", "draft: 1", "priority: 9", "priority: high", "date: tomorrow", "date: [2026-10-20]", "date: 20261020", "effort: 5", "effort: long", "canonical: example.org",
		"id: a/b", "slug: a/b", "tags: {a: b}", "title: [a]", "part: 0", "repeat: 3", "repeat: {times: -1}", "variants: {x: y}", "variants: {x: {date: soon}}", "image: {src: [a]}", "series: [a, b]",
	} {
		p := content.Read("a.md", []byte("---\n"+src+"\n---\n"), content.Defaults{})
		if validate(t, s, p.Front()) == nil {
			t.Errorf("passes: %s", src)
		}
		if !p.HasErrors() {
			t.Errorf("is accepted: %s", src)
		}
	}
}

// TestFrontMatterSchema_knowsSlips: every key one slip away from one that guards
// publication is refused by the program too, and no key of anybody's else.
func TestFrontMatterSchema_knowsSlips(t *testing.T) {
	t.Parallel()
	names := func(c config.Config) *jsonschema.Schema { // of keys alone
		return compile(t, &schema.Node{Draft: schema.Draft, PropertyNames: office.FrontMatterSchema(words.New(words.English), c).PropertyNames})
	}
	s := names(config.Config{})
	fits := func(key string) bool { return s.Validate(map[string]any{key: nil}) == nil }
	for _, key := range []string{"embrago", "embargoe", "Draf", "drfat", "publishdat", "PublishDat", "notbfore", "apprval"} {
		if fits(key) {
			t.Errorf("%s passes", key)
		}
	}
	refused, letters := 0, "abcdefghijklmnopqrstuvwxyzE"
	try := func(key string) {
		if fits(key) {
			return
		}
		refused++
		if p := content.Read("a.md", []byte("---\n"+key+": x\n---\n"), content.Defaults{}); !wrong(p) {
			t.Errorf("the schema refuses a key that is accepted: %s", key)
		}
	}
	for _, guard := range content.Guards() {
		word := strings.ReplaceAll(guard, "_", "")
		for i := range word {
			try(word[:i] + word[i+1:])
			if i > 0 {
				try(word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:])
			}
			for _, x := range letters {
				try(word[:i] + string(x) + word[i:])
				try(word[:i] + string(x) + word[i+1:])
			}
		}
	}
	if refused < 2000 {
		t.Errorf("only %d slips were refused", refused)
	}
	meant := []string{
		"data", "rate", "Date", "DRAFT", "publishdate", "PUBLISHDATE", "not_before", "Not_Before", "layout", "weight", "type", "menu", "toc", "math", "comments", "created",
		"extra", "params", "taxonomies", "state", "update", "editor", "headline", "status", "ref", "lang-ref", "sitemap", "template", "in_search_index", "name",
	}
	for _, f := range content.Fields() {
		meant = append(append(meant, f.Name), f.Also...)
	}
	for _, key := range meant {
		if !fits(key) {
			t.Errorf("%s is refused", key)
		}
	}
	c := config.Config{}
	c.Content.DateKeys = []string{"datum", "dato", "ma.date[^"}
	own := names(c)
	for _, key := range c.Content.DateKeys {
		if err := own.Validate(map[string]any{key: nil}); err != nil {
			t.Errorf("a key of the office: %v", err)
		}
	}
}

// TestFrontMatterSchema_isAsStrictAsCheck: what a schema with the names of an
// office does not let pass, check has a word about.
func TestFrontMatterSchema_isAsStrictAsCheck(t *testing.T) {
	t.Parallel()
	const strategy = "[site]\ntitle = 'x'\nlang = 'fr'\nurl = 'https://x.example/'\n[platforms.blog]\n[platforms.mastodon]\n[[people]]\nid = 'awa'\n" +
		"[[pillars]]\nid = 'atelier'\n[[audiences]]\nid = 'voisins'\n[[audiences]]\nid = 'no'\n[[objectives]]\nid = 'membres'\nmetric = 'm'\ntarget = 5\n"
	c, _, problems := config.Parse([]byte(strategy), config.Options{})
	if problem.Errors(problems) > 0 {
		t.Fatal(problems)
	}
	s := compile(t, office.FrontMatterSchema(words.New(words.English), c))
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("config.toml", strategy)
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	values := append(samples(), `"blog"`, `" blog "`, `"blog, mastodon"`, `"blog,"`, `"mastadon"`, `["blog", "lettre"]`, `["blog", "mastodon"]`, `"awa"`, `"atelier"`, `"atelierr"`, `"voisins"`, `"membres"`, `"reach"`,
		`"teach"`, `{ blog = { text = "x" } }`, `{ blgo = { text = "x" } }`, "no", "null")
	var sources []string
	for _, key := range []string{"stage", "platforms", "pillar", "lang", "slug", "priority", "draft", "date", "assignee", "audience", "objective", "intent", "format", "variants"} {
		for _, v := range values {
			sources = append(sources, key+": "+strings.ReplaceAll(v, " = ", ": "))
		}
	}
	for i, src := range sources {
		write(filepath.Join("content", fmt.Sprintf("p%04d.md", i)), "---\n"+src+"\n---\n# x\n")
	}
	o, err := office.Load(t.Context(), office.Options{Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return time.Unix(1_790_000_000, 0), nil }})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{}
	for _, p := range o.Problems {
		if p.Severity != problem.Info {
			of[p.File] += " " + string(p.Code)
		}
	}
	passed := map[string]bool{}
	for i, src := range sources {
		name := fmt.Sprintf("content/p%04d.md", i)
		root, _ := value.ParseYAML("", []byte(src+"\n"), 1)
		err := validate(t, s, root)
		passed[src] = err == nil
		if err != nil && of[name] == "" {
			t.Errorf("the schema refuses what check has nothing against: %s\n%v", src, err)
		}
	}
	for _, src := range []string{`stage: "Draft"`, `platforms: "blog, mastodon"`, `platforms: ["blog", "mastodon"]`, `platforms: " blog "`, `pillar: "atelier"`, "audience: no", `audience: "voisins"`, `slug: "x_y"`, "lang: null"} {
		if !passed[src] {
			t.Errorf("refused: %s", src)
		}
	}
	for _, src := range []string{`stage: "reday"`, `platforms: "mastadon"`, `platforms: ["blog", "lettre"]`, `pillar: "atelierr"`, `lang: "french"`, `slug: "a b"`, `date: "2026-02-30"`, "priority: 100000", `draft: "x"`,
		`audience: "blog"`, `variants: { blgo: { text: "x" } }`} {
		if passed[src] {
			t.Errorf("passes: %s", src)
		}
	}
}

// TestFrontMatterSchema_offersTheNamesOfTheOffice, and languages that the site
// has not.
func TestFrontMatterSchema_offersTheNamesOfTheOffice(t *testing.T) {
	t.Parallel()
	c, _, problems := config.Parse([]byte("[site]\ntitle = 'x'\nlang = 'fr'\n[platforms.blog]\n[[people]]\nid = 'awa'\n[[pillars]]\nid = 'atelier'\n"), config.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	n := office.FrontMatterSchema(words.New(words.French), c)
	data, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"enum":["blog"]`, `"enum":["awa"]`, `"enum":["atelier"]`, `"enum":["fr"]`, `"enum":["idea","draft"`} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("%s is not offered", want)
		}
	}
	root, _ := value.ParseYAML("", []byte("platforms: [blog]\nassignee: awa\nlang: en\nstage: Review\n"), 1)
	if err := validate(t, compile(t, n), root); err != nil {
		t.Error(err)
	}
	for name, key := range n.Properties {
		if key.Description == "" || strings.HasPrefix(key.Description, "front.") {
			t.Errorf("%s: %q", name, key.Description)
		}
	}
}
