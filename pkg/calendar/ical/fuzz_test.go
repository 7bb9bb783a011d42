package ical_test

import (
	"fmt"
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
