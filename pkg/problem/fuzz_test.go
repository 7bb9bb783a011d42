package problem_test

import (
	"slices"
	"strings"
	"testing"

	"editorial/pkg/problem"
)

// FuzzNearest: what is proposed is a name that is known and near, and a name
// that is known is nearest to itself.
func FuzzNearest(f *testing.F) {
	f.Add("blgo", "blog\nx\nnewsletter")
	f.Add(strings.Repeat("a", 70), "a\n"+strings.Repeat("b", 9000))
	f.Add("É", "é\ne\u0301")
	f.Add("\xff", "\xfe")
	f.Fuzz(func(t *testing.T, name, names string) {
		known := strings.Split(names, "\n")
		near := problem.Nearest(name, known)
		if near != "" && !slices.Contains(known, near) {
			t.Errorf("%q is not among %q", near, known)
		}
		a, b := []rune(strings.ToLower(name)), []rune(strings.ToLower(near))
		if d := len(a) - len(b); near != "" && (d > 3 || d < -3 || len(a) > 64) {
			t.Errorf("%q for %q", near, name)
		}
		if slices.Contains(known, name) && len(a) <= 64 && name != "" && !strings.EqualFold(near, name) {
			t.Errorf("%q for %q, which is known", near, name)
		}
	})
}
