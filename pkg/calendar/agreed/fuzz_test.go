package agreed_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// FuzzParse: whatever the file, Parse does not panic; what it took is written
// to a file that has no problem, holds the same placements and is written the
// same again; each line that is not blank is a placement, a comment or has a
// problem.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "# only a comment", "# head\n\n2026-12-01T09:00 blog a#blog#1\n# foot",
		"2026-12-01T09:00+01:00[Europe/Paris] blog a#blog#1 pin # note\r\n",
		"2026-12-01T09:00 blog a#blog#1\n2026-12-02T09:00 blog a#blog#1\n",
		"<<<<<<< HEAD\n2026-12-01T09:00 blog a#blog#1\n=======\n>>>>>>> b\n", "\ufeff# 2026-W49\n",
		"9999-12-31T23:59-01:00[UTC] a%20 %00#b#3 # \u202e", "0001-01-01T00:00Z[UTC] a b#c#1",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		l, problems := agreed.Parse("c", src, paris(t))
		for _, p := range problems {
			if p.Line < 1 || p.Col < 1 {
				t.Errorf("no place: %v", p)
			}
		}
		if problem.Errors(problems) == 0 {
			accounted := len(l.Entries) + len(l.Head) + len(l.Foot)
			for _, e := range l.Entries {
				accounted += len(e.Above)
			}
			if n := lines(src); accounted != n {
				t.Errorf("%d lines, %d of them in the list", n, accounted)
			}
		}
		text := l.Format()
		again, problems := agreed.Parse("c", text, paris(t))
		if len(problems) > 0 {
			t.Fatalf("its own form has problems: %v\n%s", problems, text)
		}
		if d := agreed.Diff(l, again); len(d) > 0 {
			t.Errorf("read back differently: %v\n%s", d, text)
		}
		if twice := again.Format(); string(twice) != string(text) {
			t.Errorf("first\n%s\nthen\n%s", text, twice)
		}
	})
}

// lines counts those that say something: no blank ones, no headings.
func lines(src []byte) (n int) {
	for line := range strings.Lines(strings.TrimPrefix(string(src), "\ufeff")) {
		line = strings.TrimSpace(line)
		_, err := civil.ParseWeek(strings.ToLower(strings.TrimPrefix(line, "# ")))
		heading := strings.HasPrefix(line, "# ") && len(line) == len("# 2026-W49") && line[6:8] == "-W" && err == nil
		if line != "" && !heading {
			n++
		}
	}
	return n
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		src := year(b, n).Format()
		b.Run(fmt.Sprintf("placements=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, p := agreed.Parse("c", src, paris(b)); len(p) > 0 {
					b.Fatal(p)
				}
			}
		})
	}
}

func BenchmarkFormat(b *testing.B) {
	l := year(b, 10_000)
	for b.Loop() {
		l.Format()
	}
}

// year is n placements spread over 2026.
func year(b *testing.B, n int) (l agreed.List) {
	for i := range n {
		when := fmt.Sprintf("2026-%02d-%02d %02d:%02d", 1+i%12, 1+i%28, 8+i%12, i%60)
		e := entry(b, when, "blog", fmt.Sprintf("0f3c5a1e-2b7d-4c55-9d1a-%012d", i))
		e.Note = "velo-cargo"
		l.Entries = append(l.Entries, e)
	}
	return l
}
