package content_test

import (
	"slices"
	"strings"
	"testing"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// TestFields_areTheKeys: every field of the table is understood under each of
// its names, none twice, and every key that is understood stands in it.
func TestFields_areTheKeys(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range content.Fields() {
		for _, name := range append([]string{f.Name}, f.Also...) {
			if seen[strings.ToLower(name)] {
				t.Errorf("%s stands twice", name)
			}
			seen[strings.ToLower(name)] = true
			p := content.Read("a.md", []byte("---\ntitle: x\n"+name+": ~\n---\n"), paris(t))
			if len(p.Extra) > 0 {
				t.Errorf("%s is not understood", name)
			}
			if f.Name != "title" && name != f.Name && f.Type != content.TypeTexts {
				both := content.Read("a.md", []byte("---\ntitle: x\n"+name+": ~\n"+f.Name+": ~\n---\n"), paris(t))
				twice := slices.ContainsFunc(both.Problems, func(p problem.Problem) bool { return p.Code == content.CodeKeyTwice })
				if p := both.At(f.Name); p.Line != 4 && !twice {
					t.Errorf("%s and %s are not one field", name, f.Name)
				}
			}
		}
	}
	for _, key := range content.Keys() {
		if !slices.ContainsFunc(content.Fields(), func(f content.Field) bool { return f.Name == key }) {
			t.Errorf("%s is understood, and no field", key)
		}
	}
}
