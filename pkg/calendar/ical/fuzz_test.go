package ical_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"editorial/pkg/calendar/ical"
)

// FuzzTitle: whatever a post is called, the calendar keeps its lines, other
// readers find the one event, and an ordinary title comes back as it was.
func FuzzTitle(f *testing.F) {
	for _, s := range []string{
		"", "Back to the workshop", "Bien choisir : huile, sel ; « patience »", `C:\new\,;`, "a\r\nEND:VCALENDAR\r\n", "\x00\u2028\u202e\ufeff\xff",
		strings.Repeat("é", 200), strings.Repeat("🚲", 60), " x ", "=?utf-8?q?a?=", "\u0085\t", `\n`, `"a:b"`, "BEGIN:VEVENT",
	} {
		f.Add(s)
	}
	r := newReaders(f)
	f.Fuzz(func(t *testing.T, title string) {
		e := ical.Event{UID: "one", Start: time.Unix(1.8e9, 0), Summary: title, Description: title, URL: "https://example.org/" + title, Categories: []string{title}}
		ics := ical.Calendar{Name: title, Events: []ical.Event{e}}.Encode()
		checkLines(t, ics)
		for name, found := range r.read(t, ics) {
			if len(found) != 1 || found[0].UID != "one" || found[0].Start != utc(e.Start) {
				t.Fatalf("%s: %+v\n%s", name, found, ics)
			}
			if got := found[0].Summary; ordinary(title) && got != title {
				t.Errorf("%s: %q became %q", name, title, got)
			}
		}
	})
}

// FuzzTodo: whatever a to-do says, it stays one, and its numbers are in form.
func FuzzTodo(f *testing.F) {
	f.Add("Finish", "Goes out\n2 h", 1, 40, 150, false, true)
	f.Add("a\r\nEND:VTODO\r\nBEGIN:VALARM", "\x00\u2028", -3, 400, 1<<40, false, true)
	f.Add("", "", 10, -1, 0, true, false)
	f.Add(";:,\\n", "ESTIMATED-DURATION:PT1H", 9, 0, 59, false, false)
	r := newReaders(f)
	number := regexp.MustCompile(`^PT(?:([1-9][0-9]*)H)?(?:([1-9][0-9]*)M)?$`)
	f.Fuzz(func(t *testing.T, title, text string, priority, percent, minutes int, done, begun bool) {
		minutes %= 1 << 20
		d := ical.Todo{
			UID: "one", Summary: title, Description: text, Categories: []string{title}, Priority: priority, Percent: percent,
			Estimate: time.Duration(minutes) * time.Minute, Done: done, Begun: begun,
		}
		ics := ical.Calendar{Todos: []ical.Todo{d}}.Encode()
		checkLines(t, ics)
		for name, found := range r.read(t, ics) {
			if len(found) != 1 || found[0].UID != "one" || found[0].Kind != "VTODO" {
				t.Fatalf("%s: %+v\n%s", name, found, ics)
			}
			got := found[0]
			if n, err := strconv.Atoi(got.Priority); got.Priority != "" && (err != nil || n < 1 || n > 9 || n != priority) {
				t.Errorf("%s: priority %d became %q", name, priority, got.Priority)
			}
			if n, err := strconv.Atoi(got.Percent); got.Percent != "" && (err != nil || n < 0 || n > 100 || (n == 100) != done) {
				t.Errorf("%s: %d per cent became %q", name, percent, got.Percent)
			}
			sum := 0
			for i, part := range number.FindStringSubmatch(got.Estimate) {
				if n, err := strconv.Atoi(part); err == nil && i > 0 {
					sum += n * []int{0, 60, 1}[i]
				}
			}
			if want := max(minutes, 0); !done && sum != want || done && got.Estimate != "" {
				t.Errorf("%s: %d minutes became %q", name, minutes, got.Estimate)
			}
		}
	})
}

// ordinary reports whether a title is one that nothing need be done about. One
// with a backslash is not: icalendar 4 undoes escapes one kind after the other,
// and makes a line break of \\n.
func ordinary(s string) bool {
	return s == strings.TrimSpace(s) && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == '\\' || r == '\uFFFD' })
}

func BenchmarkEncode(b *testing.B) {
	z := zone(b, "Europe/Paris")
	for _, n := range []int{100, 10_000} {
		c := ical.Calendar{Name: "blog", Zone: z}
		for i := range n {
			start := time.Unix(1.8e9+int64(i)*3600, 0)
			c.Events = append(c.Events, ical.Event{UID: ical.UID("publish", fmt.Sprint(i)), Start: start, End: start.Add(time.Hour), Summary: "Bien choisir sa chaîne", Modified: start})
		}
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Encode()
			}
		})
	}
}
