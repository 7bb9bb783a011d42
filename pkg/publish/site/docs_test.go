package site

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocs_nameAllThatATemplateHas holds docs/templates.md against the values that
// templates get, and against the files.
func TestDocs_nameAllThatATemplateHas(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	_, docs, _ := strings.Cut(string(text), "## Templates of pages")
	var named []string
	for _, m := range regexp.MustCompile("`\\.([A-Z][A-Za-z]*)").FindAllStringSubmatch(docs, -1) {
		named = append(named, m[1])
	}
	var there []string
	for _, value := range []any{
		&page{}, &frame{}, &link{}, &feedLink{}, &meta{}, &date{}, &postPage{}, &figure{}, &series{}, &homePage{}, &card{}, &row{}, &listPage{},
		&group{}, &redirectPage{},
	} {
		kind := reflect.TypeOf(value)
		for i := range kind.NumMethod() {
			there = append(there, kind.Method(i).Name)
		}
		for i := range kind.Elem().NumField() {
			if f := kind.Elem().Field(i); f.IsExported() {
				there = append(there, f.Name)
			}
		}
	}
	for _, name := range there {
		if !slices.Contains(named, name) {
			t.Errorf("docs/templates.md does not name .%s", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(there, name) {
			t.Errorf("docs/templates.md names .%s, which no template has", name)
		}
	}
	files, err := fs.Glob(Templates(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if !strings.Contains(docs, "`"+name+"`") {
			t.Errorf("docs/templates.md does not name %s", name)
		}
	}
}
