package words

import (
	"testing"

	"editorial/pkg/problem"
)

func TestSize(t *testing.T) {
	t.Parallel()
	w := New(English)
	for bytes, want := range map[int64]string{
		0: "0 kB", 1: "1 kB", 1000: "1 kB", 1001: "2 kB", 10_000_000: "10000 kB", 10_000_001: "11 MB", 99 << 20: "104 MB", 256 << 30: "274878 MB",
	} {
		if got := w.Size(bytes); got != want {
			t.Errorf("%d bytes: %q, want %q", bytes, got, want)
		}
	}
}

// What does not fit reads larger than the room there is, by however little.
func TestProblem_saysSizes(t *testing.T) {
	t.Parallel()
	for lang, want := range map[Lang]string{
		English: "a.mp4: 420 MB, and x takes 419 MB", French: "a.mp4 : 420 Mo, et x en prend 419 Mo",
	} {
		got, _ := New(lang).Problem(problem.Problem{Code: "platform-file-too-large", Params: problem.Params{
			"path": "a.mp4", "platform": "x", "bytes": "419430401", "limit": "419430400",
		}})
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
