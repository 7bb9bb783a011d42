package config_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"editorial/internal/config"
	"editorial/pkg/words"
)

var docs = filepath.Join("..", "..", "docs", "config.md")

// TestDocs_listEveryKey: the tables of docs/config.md are made of the schema
// and its words; -update writes them.
func TestDocs_listEveryKey(t *testing.T) {
	t.Parallel()
	const begin, end = "<!-- keys: made by go test ./internal/config -update -->\n", "<!-- /keys -->"
	src, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(src), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s has no place for the keys", docs)
	}
	want := before + begin + tables() + end + after
	if *update {
		if err := os.WriteFile(docs, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(src) != want {
		t.Errorf("%s is behind the schema: run make golden", docs)
	}
}

// tables is a table of keys for each table of the file.
func tables() string {
	var b strings.Builder
	w, section := words.New(words.English), ""
	for _, k := range config.Keys() {
		if first, _, _ := strings.Cut(k.Name, "."); first != section {
			section = first
			fmt.Fprintf(&b, "\n### %s\n\n| key | holds | default | meaning |\n| --- | --- | --- | --- |\n", section)
		}
		holds := w.Say("config."+k.Type, nil)
		if len(k.Known) > 0 {
			holds = "`" + strings.Join(k.Known, "` `") + "`"
		}
		if k.List {
			holds = "list: " + holds
		}
		def, doc := "", w.Say("config."+k.Name, nil)
		if k.Default != "" {
			def = "`" + k.Default + "`"
		}
		if k.Required {
			def = "required"
		}
		if k.Later {
			doc += " *(later)*"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.Name, holds, def, doc)
	}
	return b.String() + "\n"
}

func TestDocs_exampleIsValid(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	posts, err := os.ReadFile(filepath.Join(filepath.Dir(docs), "front-matter.md"))
	if err != nil {
		t.Fatal(err)
	}
	src = append(src, posts...)
	blocks := regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(src), -1)
	if len(blocks) == 0 {
		t.Fatal("no example")
	}
	for _, b := range blocks {
		if _, _, problems := config.Parse([]byte(b[1]), config.Options{}); len(problems) > 0 {
			t.Errorf("%v\nin\n%s", problems, b[1])
		}
	}
}

func TestKeys_areWordedInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range words.Langs() {
		var all map[string]string
		if _, err := toml.DecodeFile(filepath.Join("..", "..", "pkg", "words", string(lang), "config.toml"), &all); err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		for _, k := range config.Keys() {
			used[k.Name], used[k.Type] = true, true
		}
		for name := range used {
			if all[name] == "" {
				t.Errorf("%s: no words for %s", lang, name)
			}
		}
		for name := range all {
			if !used[name] {
				t.Errorf("%s: words for %s, which is no key", lang, name)
			}
		}
	}
}

// TestCodes_areWordedWithTheParametersTheyHave reads codes.go: beside each code
// stand its parameters, and no sentence asks for another.
func TestCodes_areWordedWithTheParametersTheyHave(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	holes := regexp.MustCompile(`\{([^{}]*)\}`)
	for _, lang := range words.Langs() {
		var all map[string]string
		if _, err := toml.DecodeFile(filepath.Join("..", "..", "pkg", "words", string(lang), "problem.toml"), &all); err != nil {
			t.Fatal(err)
		}
		var has []string
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			code, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if spec.Comment != nil {
				list, _, _ := strings.Cut(strings.TrimSpace(spec.Comment.Text()), ";")
				has = strings.Split(list, ", ")
			}
			if all[code] == "" {
				t.Errorf("%s: no words for %s", lang, code)
			}
			for _, sentence := range []string{all[code], all[code+".hint"]} {
				for _, hole := range holes.FindAllStringSubmatch(sentence, -1) {
					if !slices.Contains(has, hole[1]) {
						t.Errorf("%s: %s wants {%s}, and has %v", lang, code, hole[1], has)
					}
				}
			}
			return false
		})
	}
}
