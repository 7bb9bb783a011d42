package rhythm_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

//go:embed testdata/oracle.py
var oracle string

// part is one part of a rhythm, as the oracle reads it; times of day are
// minutes, days of the week count from Sunday, 0.
type part struct {
	Kind   string `json:"kind"`
	Days   []int  `json:"days"`
	At     []int  `json:"at"`
	Every  int    `json:"every"`
	Anchor string `json:"anchor"`
	N      int    `json:"n"`
	From   int    `json:"from"`
	To     int    `json:"to"`
	Rule   string `json:"rule"`
	Start  string `json:"start"`
}

// question is a rhythm in a window; the parts weigh 1001, 1002 and so on.
type question struct {
	Zone  string `json:"zone"`
	First string `json:"first"`
	End   string `json:"end"`
	Parts []part `json:"parts"`
}

// TestExpand_agreesWithPythonInEveryZone asks testdata/oracle.py for the slots
// of every kind of rhythm around changes of clocks of every zone: every one
// that is not by an hour, and the last two.
func TestExpand_agreesWithPythonInEveryZone(t *testing.T) {
	t.Parallel()
	var all []question
	seen := map[string]bool{}
	for _, name := range civil.Zones() {
		z := zone(t, name)
		around := changes(z)
		// Many names stand for the same rules.
		if key := fmt.Sprint(around); !seen[key] {
			seen[key] = true
			for i, at := range around {
				all = append(all, questions(z, at, i)...)
			}
		}
	}
	compare(t, all)
	t.Logf("%d rhythms, %d different zones", len(all), len(seen))
}

// TestExpand_agreesWithPythonOnEveryPartOfARule holds recurrence rules against
// dateutil.
func TestExpand_agreesWithPythonOnEveryPartOfARule(t *testing.T) {
	t.Parallel()
	var all []question
	for _, rule := range []string{
		"FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;COUNT=11", "FREQ=DAILY;UNTIL=20271001T090000", "FREQ=DAILY;BYDAY=MO,WE,FR",
		"FREQ=DAILY;BYMONTH=2,12", "FREQ=DAILY;BYMONTHDAY=13", "FREQ=DAILY;BYHOUR=8,18;BYSETPOS=-1",
		"FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=WEEKLY;BYDAY=SA;BYMONTH=2",
		"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "FREQ=WEEKLY;INTERVAL=5;BYDAY=FR;COUNT=9",
		"FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYMONTH=2", "FREQ=MONTHLY;BYDAY=1MO",
		"FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=5TH", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,4TU",
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=2", "FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12",
		"FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3,10",
		"FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH", "FREQ=YEARLY;BYYEARDAY=1,100,366,-1", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
	} {
		for _, start := range []string{"2024-02-29T09:00", "2026-01-01T09:00", "2026-12-31T23:55"} {
			all = append(all, question{"Europe/Paris", "2026-10-19", "2033-01-10", []part{{Kind: "rule", Rule: rule, Start: start}}})
		}
	}
	all = append(all, question{"Europe/Paris", "2026-10-19", "2027-10-18", []part{
		{Kind: "rule", Rule: "FREQ=DAILY;BYHOUR=0,2,9,23;BYMINUTE=0,30", Start: "2026-01-01T09:00"},
	}})
	compare(t, all)
}

// changes lists the starts of periods to look at. In 1972 the last offset with
// seconds ended, that of Liberia: slots are whole minutes.
func changes(z civil.Zone) []time.Time {
	periods := z.Periods(time.Date(1973, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC))
	var around []time.Time
	for i := 1; i < len(periods); i++ {
		by := periods[i].Offset - periods[i-1].Offset
		if by != 3600 && by != -3600 && by != 0 || i >= len(periods)-2 {
			around = append(around, periods[i].Start)
		}
	}
	return around
}

// questions are rhythms with times before, in and after a change of clocks.
func questions(z civil.Zone, at time.Time, turn int) []question {
	before, after := z.DateTime(at.Add(-time.Minute)), z.DateTime(at)
	minute := func(c civil.Clock, add int) int { return (c.Hour*60 + c.Minute + add + 2*1440) % 1440 }
	near := []int{minute(before.Clock, 0), minute(before.Clock, 1), minute(before.Clock, 16), minute(after.Clock, -31), minute(after.Clock, -1), minute(after.Clock, 0), minute(after.Clock, 1)}
	monday := civil.WeekOf(after.Date).Monday()
	day := int(after.Date.Weekday())
	window := func(first civil.Date, days int, parts ...part) question {
		return question{z.Name(), first.String(), first.AddDays(days).String(), parts}
	}
	clock := func(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }
	start := monday.AddDays(-14)
	hour, min := near[1+turn%6]/60, near[1+turn%6]%60
	return []question{
		window(monday, 14, part{Kind: "times", At: near}),
		window(after.Date.AddDays(-1), 3, part{Kind: "times", Days: []int{day}, At: []int{0, 720, near[2]}, Every: 2, Anchor: monday.String()}, part{Kind: "times", At: near[3:]}),
		window(monday.AddDays(-7), 21, part{Kind: "spaced", N: 1 + turn%7, From: near[turn%7], To: near[(turn+3)%7]}),
		window(monday, 14, part{Kind: "spaced", N: 3, Days: []int{day, (day + 2) % 7}, From: near[4], To: (near[6] + 20) % 1440}, part{Kind: "spaced", N: 14}),
		window(monday, 14, part{Kind: "rule", Rule: "FREQ=DAILY", Start: start.String() + "T" + clock(near[2])}),
		window(monday, 14,
			part{Kind: "rule", Rule: fmt.Sprintf("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA,SU;BYHOUR=%d;BYMINUTE=%d,59", hour, min), Start: start.String() + "T09:00"},
			part{Kind: "times", At: []int{60*hour + min}}),
	}
}

// compare expands the questions here and by the oracle.
func compare(t *testing.T, all []question) {
	t.Helper()
	dir := t.TempDir()
	data, err := zip.OpenReader(filepath.Join("..", "..", "civil", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	if err := os.CopyFS(dir, data); err != nil {
		t.Fatal(err)
	}
	var asked bytes.Buffer
	for _, q := range all {
		if err := json.NewEncoder(&asked).Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(need.Python(t, "dateutil", "zoneinfo"), "-I", "-c", oracle, dir)
	cmd.Stdin = &asked
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &errs)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	wrong := 0
	for _, q := range all {
		if !lines.Scan() {
			t.Fatal("the oracle said too little")
		}
		if got := expanded(t, q); got != lines.Text() {
			t.Errorf("%+v\n got %s\nwant %s", q, got, lines.Text())
			if wrong++; wrong == 5 {
				t.Fatal("and more")
			}
		}
	}
}

// expanded writes slots as the oracle does. They must be in order, one an
// instant.
func expanded(t *testing.T, q question) string {
	t.Helper()
	var r rhythm.Rhythm
	clocks := func(minutes ...int) (all []civil.Clock) {
		for _, m := range minutes {
			all = append(all, clock(m/60, m%60))
		}
		return all
	}
	for i, p := range q.Parts {
		weight := 1001 + i
		var days []time.Weekday
		for _, d := range p.Days {
			days = append(days, time.Weekday(d))
		}
		switch p.Kind {
		case "times":
			times := rhythm.Times{Days: days, At: clocks(p.At...), Every: p.Every, Weight: weight}
			if p.Anchor != "" {
				times.Anchor = date(t, p.Anchor)
			}
			r.Times = append(r.Times, times)
		case "spaced":
			r.Spaced = append(r.Spaced, rhythm.Spaced{N: p.N, Days: days, From: clocks(p.From)[0], To: clocks(p.To)[0], Weight: weight})
		case "rule":
			day, at, _ := strings.Cut(p.Start, "T")
			c, err := civil.ParseClock(at)
			if err != nil {
				t.Fatal(err)
			}
			r.Rules = append(r.Rules, rhythm.Rule{Text: p.Rule, Start: date(t, day).At(c), Weight: weight})
		}
	}
	z := zone(t, q.Zone)
	slots, problems := r.Expand(z, date(t, q.First), date(t, q.End), rhythm.Closed{})
	for _, p := range problems {
		if p.Code != rhythm.CodeSpaced {
			t.Errorf("%+v: %v", q, p)
		}
	}
	var all []string
	for i, s := range slots {
		if i > 0 && !slots[i-1].At.Before(s.At) {
			t.Errorf("%+v: %v is not after %v", q, s.At, slots[i-1].At)
		}
		all = append(all, fmt.Sprintf("%d*%d", s.At.Unix()/60, s.Weight))
	}
	return strings.Join(all, " ")
}
