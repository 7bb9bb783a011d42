package value_test

import (
	"testing"

	"editorial/pkg/value"
)

// TestConflicts: Markdown underlines titles with =======, and quotes with >; only
// the three marks in their order are a conflict.
func TestConflicts(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]bool{
		"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n":       true,
		"x\r\n<<<<<<< a\r\n=======\r\n>>>>>>> b\r\n":         true,
		"Title\n=======\ntext\n":                             false,
		"<<<<<<< HEAD\na\n":                                  false,
		">>>>>>> a\n=======\n<<<<<<< b\n":                    false,
		"    <<<<<<< HEAD\n    =======\n    >>>>>>> other\n": false,
		"":                       false,
		"<<<<<<< a\n>>>>>>> b\n": false,
	} {
		if got := len(value.Conflicts([]byte(src))) > 0; got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
}
