package office

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// FuzzBind: texts that were bound into one file come out as they were, and a
// file that is damaged gives back nothing that is longer than itself.
func FuzzBind(f *testing.F) {
	f.Add("a.md", "x", "b/c d.md", "3 a.md\nabc\n", uint16(5), byte(0))
	f.Add("a", "", "9 a", "\n", uint16(0), byte('9'))
	f.Add("é.md", "\xff\x00", "é.md.md", strings.Repeat("\n", 9), uint16(3), byte('\n'))
	f.Fuzz(func(t *testing.T, p, a, q, b string, at uint16, damage byte) {
		if p == q || strings.Contains(p+q, "\n") {
			return // no name of a post
		}
		texts := map[string][]byte{p: []byte(a), q: []byte(b)}
		data := bind([]string{p, q}, texts)
		for path, text := range texts {
			if got := unbind(data)[path]; !bytes.Equal(got, text) {
				t.Errorf("%q: %q, want %q", path, got, text)
			}
		}
		if got := unbind(data)[p+q+"?"]; got != nil {
			t.Errorf("what was never kept is %q", got)
		}
		broken := slices.Clone(data)
		broken[int(at)%len(broken)] = damage
		for _, d := range [][]byte{broken, data[:int(at)%len(data)]} {
			total := 0
			for _, text := range unbind(d) {
				total += len(text)
			}
			if total > len(d) {
				t.Errorf("%d bytes out of %d", total, len(d))
			}
		}
	})
}
