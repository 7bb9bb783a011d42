package agreed_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

func paris(t testing.TB) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// parse reads a calendar that has no problems.
func parse(t testing.TB, src string) agreed.List {
	t.Helper()
	l, problems := agreed.Parse("calendar.txt", []byte(src), paris(t))
	if len(problems) > 0 {
		t.Fatalf("%v", problems)
	}
	return l
}

func entry(t testing.TB, when, platform, post string) agreed.Entry {
	t.Helper()
	m, err := paris(t).ParseMoment(when)
	if err != nil {
		t.Fatal(err)
	}
	return agreed.Entry{Key: agreed.Key{Post: post, Connection: platform, Occurrence: 1}, Platform: platform, At: m}
}

// wanted are the lines of a formatted calendar that are not headings.
func wanted(src []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(src)) {
		if !strings.HasPrefix(line, "# 20") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func TestFormat_sortsAndCompletesWhatPeopleTyped(t *testing.T) {
	t.Parallel()
	src := "\ufeff# Agenda convenu\r\n" +
		"\r\n" +
		"2026-12-08T09:00 blog b#blog#1   #   hiver : freins \r\n" +
		"# ask Fatou first\r\n" +
		"2026-12-01T09:00 x b#x#2\r\n" +
		"2026-12-01T09:00+01:00[Europe/Paris]\tblog a#blog#1 pin #velo-cargo\r\n" +
		"2026-10-25T02:30+01:00[Europe/Paris] blog c#blog#1\r\n" +
		"2026-10-25T02:30+02:00[Europe/Paris] x c#x#1\r\n" +
		"2026-12-01T03:00-05:00[America/New_York] x ny#x#1\r\n" +
		"2026-03-29T02:30 x gap#x#1\r\n" +
		"# the end"
	want := `# Agenda convenu

2026-03-29T03:30+02:00[Europe/Paris] x gap#x#1
2026-10-25T02:30+02:00[Europe/Paris] x c#x#1
2026-10-25T02:30+01:00[Europe/Paris] blog c#blog#1
2026-12-01T03:00-05:00[America/New_York] x ny#x#1
2026-12-01T09:00+01:00[Europe/Paris] blog a#blog#1 pin # velo-cargo
# ask Fatou first
2026-12-01T09:00+01:00[Europe/Paris] x b#x#2
2026-12-08T09:00+01:00[Europe/Paris] blog b#blog#1 # hiver : freins

# the end
`
	got := parse(t, src).Format()
	if diff := cmp.Diff(want, wanted(got)); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(string(got), "\n# 2026-W"); n != 53 {
		t.Errorf("%d headings, want one for each of the 53 weeks of 2026", n)
	}
	if again := parse(t, string(got)).Format(); string(again) != string(got) {
		t.Errorf("formatting again changes it:\n%s", cmp.Diff(string(got), string(again)))
	}
}

func TestFormat_doesNotDependOnTheOrder(t *testing.T) {
	t.Parallel()
	var l agreed.List
	for i := range 200 {
		e := entry(t, fmt.Sprintf("2026-12-%02d %02d:00", 1+i%28, 8+i%3), []string{"blog", "x"}[i%2], fmt.Sprintf("p%d", i%50))
		e.Key.Occurrence = 1 + i
		l.Entries = append(l.Entries, e)
	}
	want := string(l.Format())
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rnd.Shuffle(len(l.Entries), func(i, j int) { l.Entries[i], l.Entries[j] = l.Entries[j], l.Entries[i] })
		if got := string(l.Format()); got != want {
			t.Fatal(cmp.Diff(want, got))
		}
	}
}

func TestFormat_keepsHostileValuesInTheirLine(t *testing.T) {
	t.Parallel()
	e := entry(t, "2026-12-01 09:00", "my blog", "a\n2027-01-01T00:00 x y#x#1\u202e#% \xff")
	e.Note = "pin\r\n2027-01-01T00:00 x z#x#1\x1b[2J\u2028end"
	e.Above = []string{"note\n2027-01-01T00:00 x w#x#1", "# 2026-W02"}
	got := parse(t, string(agreed.List{Entries: []agreed.Entry{e}, Head: []string{"", "#"}}.Format()))
	if len(got.Entries) != 1 || got.Entries[0].Key != e.Key || got.Entries[0].Platform != e.Platform || got.Entries[0].Pin {
		t.Fatalf("got %+v", got.Entries)
	}
	if n := got.Entries[0].Note; n != "pin  2027-01-01T00:00 x z#x#1[2J end" {
		t.Errorf("note %q", n)
	}
	if a := got.Entries[0].Above; len(a) != 1 || a[0] != "# note 2027-01-01T00:00 x w#x#1" {
		t.Errorf("comments %q", a)
	}
}

func TestParse_findsAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	src := `2026-12-01T09:00+01:00[Europe/Paris] blog a#blog#1
2026-12-02T09:00+01:00[Europe/Paris] blog a#blog#1 # vélo
2026-12-01T09:00+01:00[Europe/Paris] blog a#blog#1
tomorrow blog b#blog#1
2026-06-31T09:00 blog c#blog#1
2026-12-01T25:00 blog d#blog#1
2026-12-01T09:00[Europe/Pari] blog e#blog#1
2026-12-01 blog f#blog#1
2026-12-01T09:00 blog
2026-12-01T09:00 blog g#blog
2026-12-01T09:00 blog g#blog#01
2026-12-01T09:00 bl#og h#blog#1 pin pinn velo-cargo
2026-07-01T09:00+01:00[Europe/Paris] blog i#blog#1
2026-12-01T09:00 café é	pin
04/05/2026 blog j%ZZ#blog#1
` + "2026-12-01T09:00 blog k#blog#1 # \xff\n"
	want := []string{
		`calendar.txt:2:43: agreed-same-key key="a#blog#1" line="1" note="vélo"`,
		`calendar.txt:3:43: agreed-same-line key="a#blog#1" line="1" note=""`,
		`calendar.txt:4:1: agreed-instant value="tomorrow"`,
		`calendar.txt:5:1: agreed-no-such-day value="2026-06-31T09:00"`,
		`calendar.txt:6:1: agreed-no-such-time value="2026-12-01T25:00"`,
		`calendar.txt:7:1: agreed-no-such-zone nearest="Europe/Paris" value="Europe/Pari"`,
		`calendar.txt:8:1: agreed-no-clock value="2026-12-01"`,
		`calendar.txt:9:1: agreed-incomplete`,
		`calendar.txt:10:23: agreed-key value="g#blog"`,
		`calendar.txt:11:23: agreed-key value="g#blog#01"`,
		`calendar.txt:12:18: agreed-platform value="bl#og"`,
		`calendar.txt:12:37: agreed-mark known="pin" value="pinn"`,
		`calendar.txt:12:42: agreed-mark known="pin" value="velo-cargo"`,
		`calendar.txt:13:1: agreed-zone-changed now="2026-07-01T09:00+02:00[Europe/Paris]" value="2026-07-01T09:00+01:00[Europe/Paris]"`,
		`calendar.txt:14:23: agreed-key value="é"`,
		`calendar.txt:15:1: agreed-instant value="04/05/2026"`,
		`calendar.txt:15:17: agreed-key value="j%ZZ#blog#1"`,
		`calendar.txt:16:1: agreed-not-text`,
	}
	_, problems := agreed.Parse("calendar.txt", []byte(src), paris(t))
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
		if (p.Severity == problem.Warning) != (p.Code == agreed.CodeZoneChanged) {
			t.Errorf("%v is a %v", p, p.Severity)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParse_reportsAConflictOnce(t *testing.T) {
	t.Parallel()
	mine, theirs := "2026-12-02T09:00 blog a#blog#1\n", "2026-12-03T09:00 blog a#blog#1\n"
	for _, tt := range []struct{ name, src, want string }{
		{"merge", "<<<<<<< HEAD\n" + mine + "=======\n" + theirs + ">>>>>>> fatou\n", `c:1:1: agreed-conflict last="5" ours="HEAD" theirs="fatou"`},
		{"diff3", "<<<<<<< HEAD\n" + mine + "||||||| 1a2b3c4\n=======\n" + theirs + ">>>>>>> fatou\n", `c:1:1: agreed-conflict last="6" ours="HEAD" theirs="fatou"`},
		{"no end", "<<<<<<< HEAD\n" + mine + "=======\n" + theirs, `c:1:1: agreed-conflict last="4" ours="HEAD" theirs=""`},
		{"two, the first without end", "<<<<<<< A\n" + mine + "<<<<<<< B\n>>>>>>> C\n",
			`c:1:1: agreed-conflict last="2" ours="A" theirs="" c:3:1: agreed-conflict last="4" ours="B" theirs="C"`},
		{"a half mended one", mine + "=======\n", `c:2:1: agreed-conflict last="2" ours="" theirs=""`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, problems := agreed.Parse("c", []byte(tt.src), paris(t))
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestParse_refusesAnEnormousFile(t *testing.T) {
	t.Parallel()
	_, problems := agreed.Parse("c", make([]byte, agreed.MaxSize+1), paris(t))
	if len(problems) != 1 || problems[0].Code != agreed.CodeTooLarge {
		t.Errorf("got %v", problems)
	}
}

func TestKey_goesThroughTextAndBack(t *testing.T) {
	t.Parallel()
	for want, k := range map[string]agreed.Key{
		"0f3c-uuid#blog#1":         {Post: "0f3c-uuid", Connection: "blog", Occurrence: 1},
		"vélo#ma%20page#12":        {Post: "vélo", Connection: "ma page", Occurrence: 12},
		"a%23b%25#x%0A%E2%80%AE#1": {Post: "a#b%", Connection: "x\n\u202e", Occurrence: 1},
	} {
		if got := k.String(); got != want {
			t.Errorf("%+v: got %s, want %s", k, got, want)
		}
		if got, err := agreed.ParseKey(want); err != nil || got != k {
			t.Errorf("%s: got %+v, %v", want, got, err)
		}
	}
	for _, s := range []string{"", "#", "##", "a#b", "a#b#0", "a#b#-1", "a#b#+1", "a#b#01", "#b#1", "a##1", "a#b#1#", "a%2#b#1", "a#b#9999999", "a%+1#b#1"} {
		if k, err := agreed.ParseKey(s); err == nil {
			t.Errorf("%q: got %+v", s, k)
		}
	}
}

func TestPut_movesAPlacementWithItsComments(t *testing.T) {
	t.Parallel()
	l := parse(t, "2026-12-01T09:00 blog a#blog#1\n# ask Fatou\n2026-12-02T09:00 blog b#blog#1\n")
	b := entry(t, "2026-11-30 09:00", "blog", "b")
	got := l.Put(b)
	want := "# ask Fatou\n2026-11-30T09:00+01:00[Europe/Paris] blog b#blog#1\n2026-12-01T09:00+01:00[Europe/Paris] blog a#blog#1\n"
	if diff := cmp.Diff(want, wanted(got.Format())); diff != "" {
		t.Error(diff)
	}
	if e, ok := l.Find(b.Key); !ok || e.At.Local.Day != 2 {
		t.Error("Put changed the list it was called on")
	}
	if got := got.Remove(b.Key).Put(entry(t, "2026-12-03 9h", "x", "c")); len(got.Entries) != 2 || got.Entries[1].Key.Post != "c" {
		t.Errorf("got %+v", got.Entries)
	}
}

func TestPut_manyAtOnceIsOneAfterAnother(t *testing.T) {
	t.Parallel()
	l := parse(t, "2026-12-01T09:00 blog a#blog#1\n# ask Fatou\n2026-12-02T09:00 blog b#blog#1\n")
	entries := []agreed.Entry{
		entry(t, "2026-12-04 09:00", "blog", "c"), entry(t, "2026-11-30 09:00", "blog", "b"),
		entry(t, "2026-12-03 09:00", "blog", "c"), entry(t, "2026-12-05 09:00", "x", "a"),
	}
	want := l
	for _, e := range entries {
		want = want.Put(e)
	}
	if diff := cmp.Diff(string(want.Format()), string(l.Put(entries...).Format())); diff != "" {
		t.Error(diff)
	}
}

func TestDiff_saysWhatMoved(t *testing.T) {
	t.Parallel()
	before := parse(t, `2026-12-01T09:00 blog same#blog#1
2026-12-02T09:00 blog moved#blog#1
2026-12-03T09:00 blog gone#blog#1
2026-12-04T09:00 blog pinned#blog#1
2026-12-05T09:00 blog unpinned#blog#1 pin
2026-12-06T09:00 blog zone#blog#1
`)
	after := parse(t, `2026-12-01T08:00+00:00[UTC] blog zone#blog#1
2026-12-01T09:00 blog same#blog#1 # a note is no change
2026-12-04T09:00 blog pinned#blog#1 pin
2026-12-05T09:00 blog unpinned#blog#1
2026-12-09T09:00 blog moved#blog#1 pin
2026-12-10T09:00 blog new#blog#1
`)
	var got []string
	for _, c := range agreed.Diff(before, after) {
		s := string(c.Kind) + " " + c.Key.Post
		for _, e := range []agreed.Entry{c.From, c.To} {
			if !e.At.IsZero() {
				s += " " + e.At.Instant.UTC().Format(time.DateOnly)
			}
		}
		got = append(got, s)
	}
	want := []string{
		"moved zone 2026-12-06 2026-12-01", "removed gone 2026-12-03", "pinned pinned 2026-12-04 2026-12-04",
		"unpinned unpinned 2026-12-05 2026-12-05", "moved moved 2026-12-02 2026-12-09", "added new 2026-12-10",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if d := agreed.Diff(after, after); len(d) > 0 {
		t.Errorf("a calendar differs from itself: %v", d)
	}
}
