package office

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/words"
)

func everything(string, civil.Date) bool { return true }

// values are those of a property of an iCalendar file, in its order.
func values(ics []byte, name string) []string {
	var all []string
	for line := range strings.SplitSeq(strings.ReplaceAll(string(ics), "\r\n ", ""), "\r\n") {
		if of, value, ok := strings.Cut(line, ":"); ok && (of == name || strings.HasPrefix(of, name+";")) {
			all = append(all, value)
		}
	}
	return all
}

// TestCalendar_uidsFollowFromTheWorkAlone: another title, another language and
// another place in the calendar change what a to-do says, and make no other
// one; nor do two to-dos have one UID.
func TestCalendar_uidsFollowFromTheWorkAlone(t *testing.T) {
	t.Parallel()
	files := sampleFiles(t)
	changed := maps.Clone(files)
	for name, data := range files {
		if strings.HasSuffix(name, ".md") {
			changed[name] = []byte(strings.Replace(string(data), `title = "`, `title = "New: `, 1))
		}
	}
	changed["calendar.txt"] = nil
	one, other := fromMemory(t, files), fromMemory(t, changed)
	only := CalendarFilter{Shows: everything}
	before := one.Calendar(words.New(words.French), one.Propose(), only)
	after := other.Calendar(words.New(words.English), other.Propose(), only)
	sorted := func(ics []byte) []string { return slices.Sorted(slices.Values(values(ics, "UID"))) }
	if d := cmp.Diff(sorted(before), sorted(after)); d != "" {
		t.Errorf("before -, after +:\n%s", d)
	}
	if uids := sorted(before); len(slices.Compact(slices.Clone(uids))) != len(uids) || len(uids) < 30 {
		t.Errorf("of %d UIDs %d are different", len(uids), len(slices.Compact(uids)))
	}
	if cmp.Equal(values(before, "SUMMARY"), values(after, "SUMMARY")) {
		t.Error("the title changes nothing")
	}
}

// TestCalendar_aPersonHasTheirWork: all hours that the planner counts for a
// person stand in their calendar, and nobody else's.
func TestCalendar_aPersonHasTheirWork(t *testing.T) {
	t.Parallel()
	o := fromMemory(t, sampleFiles(t))
	p := o.Propose()
	for _, person := range o.Config.People {
		ics := o.Calendar(words.New(words.English), p, CalendarFilter{Person: person.ID, Shows: everything})
		minutes := 0
		for _, d := range values(ics, "ESTIMATED-DURATION") {
			var n int
			h, m, _ := strings.Cut(strings.TrimPrefix(d, "PT"), "H")
			if !strings.Contains(d, "H") {
				h, m = "0", h
			}
			if _, err := fmt.Sscan(h, &n); err != nil {
				t.Fatal(d, err)
			}
			minutes += 60 * n
			if m = strings.TrimSuffix(m, "M"); m != "" {
				if _, err := fmt.Sscan(m, &n); err != nil {
					t.Fatal(d, err)
				}
				minutes += n
			}
		}
		want := 0
		for _, l := range p.Load {
			if l.Person == person.ID {
				want = l.Needed // sums: the last is all
			}
		}
		if minutes != want || strings.Contains(string(ics), "VEVENT") {
			t.Errorf("%s: %d minutes, want %d", person.ID, minutes, want)
		}
	}
}

func TestTodo_saysHowTheWorkStands(t *testing.T) {
	t.Parallel()
	o := fromMemory(t, sampleFiles(t))
	at := o.Now.AddDate(0, 0, 3)
	post := func(stage content.Stage, priority int) *content.Post {
		return &content.Post{ID: "p", Title: "T", Assignee: "awa", Stage: stage, Priority: priority}
	}
	for _, tt := range []struct {
		name     string
		duty     Duty
		status   string
		priority string
	}{
		{"an idea", Duty{Person: "awa", Post: post(content.Idea, 5)}, "NEEDS-ACTION", "1"},
		{"an idea that has hours", Duty{Person: "awa", Post: post(content.Idea, 1), Logged: 30, Minutes: 90}, "IN-PROCESS 25", "9"},
		{"a draft", Duty{Person: "awa", Post: post(content.Draft, 3)}, "IN-PROCESS 0", "5"},
		{"more hours than thought", Duty{Person: "awa", Post: post(content.Review, 3), Logged: 90}, "IN-PROCESS 99", "5"},
		{"what is ready", Duty{Person: "awa", Post: post(content.Ready, 0), Done: true}, "COMPLETED 100", ""},
	} {
		tt.duty.Key = calendar.Key{Post: "p", Platform: "blog", Occurrence: 1}
		tt.duty.Due, tt.duty.At = at, at
		c := o.dutyCalendar(words.New(words.English), []Duty{tt.duty}, "awa")
		ics := c.Encode()
		got := strings.Join(append(values(ics, "STATUS"), values(ics, "PERCENT-COMPLETE")...), " ")
		if priority := strings.Join(values(ics, "PRIORITY"), ""); got != tt.status || priority != tt.priority {
			t.Errorf("%s: %s, priority %q; want %s, %q", tt.name, got, priority, tt.status, tt.priority)
		}
	}
	// Two people who owe work on one placement have a to-do each.
	mine := Duty{Person: "awa", Post: post(content.Idea, 3), Key: calendar.Key{Post: "p", Platform: "blog", Occurrence: 1}}
	theirs := mine
	theirs.Person = "leo"
	if dutyUID(mine) == dutyUID(theirs) {
		t.Error("two people, one UID")
	}
}
