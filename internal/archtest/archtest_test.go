// Package archtest holds the structure of the code to what ARCHITECTURE.md
// says of it: which package may import which, and what no package may have.
package archtest

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "editorial"

// pkg is a package as "go list" tells it.
type pkg struct {
	ImportPath     string
	Dir            string
	GoFiles        []string
	IgnoredGoFiles []string // of other systems
	Imports        []string
	TestImports    []string
	XTestImports   []string
}

// name is the import path below the module.
func (p pkg) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// own returns the packages of this module that p imports.
func (p pkg) own() []string {
	var names []string
	for _, i := range p.Imports {
		if name, ok := strings.CutPrefix(i, module+"/"); ok {
			names = append(names, name)
		}
	}
	return names
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,IgnoredGoFiles,Imports,TestImports,XTestImports", module+"/...")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			all = append(all, p)
		}
	}
}

// leaves may be imported by every package and import none but each other.
var leaves = []string{"pkg/problem", "pkg/civil", "pkg/value"}

// TestImports_followTheWayOfAPost: content knows no calendar, calendar knows
// no files, publish knows no database; siblings do not know each other.
func TestImports_followTheWayOfAPost(t *testing.T) {
	t.Parallel()
	// may says what of this module each package (or folder, with a slash at
	// the end) may import beside the leaves. The longest match counts.
	may := map[string][]string{
		"pkg/problem":             {},
		"pkg/civil":               {},
		"pkg/value":               {},
		"pkg/words":               {},
		"pkg/strategy":            {},
		"pkg/content":             {},
		"pkg/content/":            {},
		"pkg/importer":            {"pkg/content", "pkg/content/markdown", "pkg/content/asset"},
		"pkg/calendar":            {"pkg/calendar/rhythm"},
		"pkg/calendar/":           {},
		"pkg/calendar/change":     {"pkg/calendar", "pkg/calendar/rhythm"},
		"pkg/calendar/capacity":   {"pkg/calendar", "pkg/calendar/change"},
		"pkg/calendar/advice":     {"pkg/calendar", "pkg/calendar/change"},
		"pkg/calendar/bound":      {"pkg/calendar"}, // reads the problem, not the planner
		"pkg/calendar/verify":     {},               // shares no code with the planner
		"pkg/publish":             {"pkg/content", "pkg/content/markdown", "pkg/content/asset"},
		"pkg/publish/":            {"pkg/content", "pkg/content/markdown", "pkg/content/asset", "pkg/words", "pkg/publish", "pkg/publish/layout"},
		"pkg/publish/newsletter":  {"pkg/content", "pkg/content/markdown", "pkg/words", "pkg/publish", "pkg/publish/layout", "pkg/publish/newsletter/"},
		"pkg/publish/platform":    {},
		"pkg/publish/journal":     {"pkg/publish/platform"},
		"pkg/publish/wire":        {"pkg/publish", "pkg/publish/platform"},
		"pkg/publish/text":        {"pkg/publish", "pkg/publish/platform"},
		"pkg/publish/article":     {"pkg/publish", "pkg/publish/platform"},
		"internal/platforms":      {"pkg/", "internal/config", "internal/gitsite"},
		"internal/gitsite":        {"internal/git", "pkg/publish", "pkg/publish/platform", "pkg/publish/wire", "pkg/publish/article", "pkg/publish/media"},
		"pkg/publish/bearer":      {"pkg/publish/platform", "pkg/publish/wire"},
		"pkg/publish/media":       {"pkg/publish/platform", "pkg/publish/text", "pkg/publish/wire"},
		"pkg/publish/publishtest": {"pkg/publish/platform", "pkg/publish/journal", "pkg/publish/wire"},
		"internal/courier":        {"internal/platforms", "pkg/", "internal/config", "internal/office", "internal/delivery", "internal/store", "internal/queue", "internal/watch"},
		"internal/store":          {"pkg/publish/journal", "pkg/publish/platform"},
		"internal/queue":          {"pkg/publish/journal", "pkg/publish/platform", "internal/store"},
		"internal/delivery":       {"pkg/publish/journal", "pkg/publish/platform", "internal/store", "internal/queue"},
		"internal/outbound":       {"pkg/publish/platform", "pkg/publish/wire"},
		"internal/secret":         {"pkg/publish/platform"},
		"internal/connect":        {"pkg/publish/platform", "pkg/publish/wire", "internal/secret"},
		"internal/connections":    {"internal/gitsite", "internal/platforms", "pkg/", "pkg/", "internal/config", "internal/connect", "internal/outbound", "internal/secret"},
		"internal/need":           {},
		"internal/need/":          {"internal/need"},
		"internal/need/leak":      {"internal/secret"},
		"internal/config":         {"pkg/strategy", "pkg/words", "internal/schema"},
		"internal/term":           {"pkg/words"},
		"internal/table":          {"pkg/words", "internal/term"},
		"internal/starter":        {"pkg/words", "pkg/calendar/rhythm"},
		"internal/office":         {"pkg/", "internal/config", "internal/history", "internal/schema", "internal/starter", "internal/platforms"},
		"pkg/publish/assisted":    {"pkg/publish", "pkg/publish/platform", "pkg/publish/text"},
		"internal/history":        {"internal/git"},
		"internal/revision":       {"internal/git"},
		"internal/git":            {},
		"internal/doctor":         {"pkg/", "internal/config", "internal/connections", "internal/git", "internal/office", "internal/secret"},
		"internal/watch":          {"internal/config", "internal/office"},
		"internal/web":            {"pkg/", "internal/config", "internal/office", "internal/watch"},
		"internal/cli":            {"pkg/publish/platform", "pkg/publish/journal", "internal/courier", "internal/delivery", "internal/store", "internal/connections", "internal/platforms", "internal/outbound", "internal/secret", "internal/connect", "pkg/words", "pkg/content", "pkg/calendar", "pkg/calendar/agreed", "pkg/calendar/change", "internal/config", "internal/office", "internal/doctor", "internal/term", "internal/watch", "internal/web", "pkg/calendar/forecast", "internal/revision", "internal/table", "internal/tui"},
		"internal/tui":            {"pkg/words", "pkg/content", "pkg/calendar", "pkg/calendar/agreed", "internal/office", "internal/term"},
		"internal/":               {},
		"cmd/editorial":           {"internal/cli"},
	}
	for _, name := range publishers() { // siblings do not know each other
		if may[name] == nil {
			may[name] = []string{"pkg/publish", "pkg/publish/platform", "pkg/publish/wire", "pkg/publish/text", "pkg/publish/article", "pkg/publish/graph", "pkg/publish/bearer", "pkg/publish/media"}
		}
	}
	rule := func(name string) []string {
		best := ""
		for k := range may {
			if (k == name || strings.HasSuffix(k, "/") && strings.HasPrefix(name, k)) && len(k) > len(best) {
				best = k
			}
		}
		if best == "" {
			t.Errorf("%s: no rule says what it may import", name)
		}
		return may[best]
	}
	for _, p := range packages(t) {
		if strings.HasPrefix(p.name(), "scripts/") || strings.HasPrefix(p.name(), "internal/tools/") {
			continue
		}
		allowed := append(slices.Clone(leaves), rule(p.name())...)
		if slices.Contains(leaves, p.name()) {
			allowed = leaves
		}
		for _, i := range p.own() {
			ok := slices.ContainsFunc(allowed, func(a string) bool {
				return a == i || strings.HasSuffix(a, "/") && strings.HasPrefix(i, a)
			})
			if !ok {
				t.Errorf("%s imports %s, which the way of a post does not allow", p.name(), i)
			}
		}
	}
}

// TestCode_obeysTheLaws looks at every file that is not a test, those of other
// systems too.
func TestCode_obeysTheLaws(t *testing.T) {
	t.Parallel()
	fset := token.NewFileSet()
	for _, p := range packages(t) {
		for _, name := range slices.Concat(p.GoFiles, p.IgnoredGoFiles) {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range breaches(p.name(), f) {
				at := fset.Position(b.at)
				t.Errorf("%s/%s:%d:%d: %s", p.name(), name, at.Line, at.Column, b.text)
			}
		}
	}
}

// TestTests_drawTheSameInEveryRun: where tests draw their inputs, chance.Run
// gives them their seed.
func TestTests_drawTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	drawing := 0
	for _, p := range packages(t) {
		imports := slices.Concat(p.TestImports, p.XTestImports)
		if !slices.Contains(imports, "pgregory.net/rapid") {
			continue
		}
		drawing++
		if !slices.Contains(imports, module+"/internal/need/chance") {
			t.Errorf("the tests of %s draw from a seed of chance: give them a TestMain that calls chance.Run", p.name())
		}
	}
	if drawing == 0 {
		t.Error("found no test that draws: the test looks in the wrong place")
	}
}

// TestMap_namesEveryPackage: the table of ARCHITECTURE.md is the list of
// packages, no more and no fewer.
func TestMap_namesEveryPackage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	var table []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		table = append(table, m[1])
	}
	var list []string
	for _, p := range packages(t) {
		list = append(list, p.name())
	}
	for _, name := range list {
		if !slices.Contains(table, name) {
			t.Errorf("ARCHITECTURE.md does not name %s", name)
		}
	}
	for _, name := range table {
		if !slices.Contains(list, name) {
			t.Errorf("ARCHITECTURE.md names %s, which does not exist", name)
		}
	}
}

// TestCodes_areWorded: every declared problem code has a sentence in the
// words; package words holds that both languages say the same things.
func TestCodes_areWorded(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "pkg", "words", "en", "problem.toml"))
	if err != nil {
		t.Fatal(err)
	}
	worded := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^"?([a-z0-9-]+)"? *=`).FindAllStringSubmatch(string(text), -1) {
		worded[m[1]] = true
	}
	found := 0
	fset := token.NewFileSet()
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, code := range codes(f) {
				found++
				if !worded[code] {
					t.Errorf("%s/%s: code %q has no words", p.name(), name, code)
				}
			}
		}
	}
	if found == 0 {
		t.Error("found no code: the test looks in the wrong place")
	}
}

// codes returns the values of the constants of type problem.Code in a file.
func codes(f *ast.File) []string {
	var all []string
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ValueSpec)
			sel, ok := spec.Type.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Code" {
				continue
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok {
					all = append(all, strings.Trim(lit.Value, `"`))
				}
			}
		}
	}
	return all
}
