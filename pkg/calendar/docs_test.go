package calendar_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"editorial/pkg/calendar"
)

// TestDocs_listEveryFieldOfTheFile: the table of docs/planning.md has every
// field of an exported file, and no other.
func TestDocs_listEveryFieldOfTheFile(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "planning.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(doc), "| field | what |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	quoted := regexp.MustCompile("`([a-z_]+)`")
	names := func(text string) (all []string) {
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			all = append(all, m[1])
		}
		return all
	}
	listed := map[string][]string{} // what is said of each field
	for _, line := range strings.Split(table, "\n")[1:] {
		cells := strings.SplitN(strings.Trim(line, "| "), " | ", 2)
		for _, field := range names(cells[0]) {
			listed[field] = names(cells[1])
		}
	}
	top := reflect.TypeFor[calendar.Export]()
	for i := range top.NumField() {
		f := top.Field(i)
		name := f.Tag.Get("json")
		said, ok := listed[name]
		delete(listed, name)
		if !ok {
			t.Errorf("the table lacks %s", name)
			continue
		}
		if f.Type.Kind() != reflect.Slice {
			continue
		}
		var fields []string
		for j := range f.Type.Elem().NumField() {
			fields = append(fields, f.Type.Elem().Field(j).Tag.Get("json"))
		}
		for _, field := range fields {
			if !slices.Contains(said, field) {
				t.Errorf("%s: the table lacks %s", name, field)
			}
		}
		for _, field := range said {
			if !slices.Contains(append(fields, values()...), field) {
				t.Errorf("%s has no %s", name, field)
			}
		}
	}
	for name := range listed {
		t.Errorf("the file has no %s", name)
	}
}

// values stand in the table beside the names of fields.
func values() []string {
	return []string{string(calendar.WhyPublished), string(calendar.WhyInFlight), string(calendar.WhyLocked), string(calendar.WhyPinned)}
}
