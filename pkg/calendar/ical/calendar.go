package ical

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"editorial/pkg/civil"
)

// Calendar is what a person subscribes to.
type Calendar struct {
	Name string
	Zone civil.Zone
	// Events and Todos are written sorted by time and UID, whatever their order.
	Events []Event
	Todos  []Todo
}

// Event is something that happens at an instant: a placement.
type Event struct {
	// UID is the same for the same thing for ever, and unlike every other in
	// the calendar: see [UID].
	UID string
	// Start is when it happens. An End that is not after Start is left out.
	Start, End time.Time

	Summary, Description string
	URL                  string // http or https; others are left out
	Categories           []string
	Status               Status
	// Busy makes the time taken (TRANSP:OPAQUE): a publication takes nobody's.
	Busy bool
	// Modified is when the event last changed, by its content. Zero: unknown.
	Modified time.Time
}

// Status is how sure an event is.
type Status uint8

const (
	Planned   Status = iota // proposed: TENTATIVE
	Agreed                  // CONFIRMED
	Cancelled               // CANCELLED
)

func (s Status) text() string {
	switch s {
	case Agreed:
		return "CONFIRMED"
	case Cancelled:
		return "CANCELLED"
	}
	return "TENTATIVE"
}

// Todo is work that a person owes. Not every program shows to-dos (Google
// Calendar does not).
type Todo struct {
	UID string
	// Due is a day, a day and a time, or zero for no date.
	Due                  civil.Moment
	Summary, Description string
	URL                  string
	Categories           []string
	// Priority is 1, the most urgent, to 9; 0 says nothing.
	Priority int
	// Estimate is how much work is left, in whole minutes.
	Estimate time.Duration
	// Percent is how much is done, of a to-do that somebody has begun.
	Percent int
	// Begun says that somebody is at it, Done that nothing is left to do.
	Begun, Done bool
	Modified    time.Time
}

// UID returns the identifier of what has this key, such as the key of a
// placement; kind tells apart several things of one key ("due", "publish"). It
// depends on nothing else, so that no change of title, time or domain makes a
// second event in a subscriber's calendar. It is a UUID, as RFC 7986, section
// 5.3, asks.
func UID(kind, key string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:"+kind+":"+key)).String()
}

// eventSize is about how many bytes an event takes.
const eventSize = 512

// Encode returns the calendar as a file.
func (c Calendar) Encode() []byte {
	events, todos := slices.Clone(c.Events), slices.Clone(c.Todos)
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID)) })
	slices.SortStableFunc(todos, func(a, b Todo) int {
		return cmp.Or(a.Due.Instant.Compare(b.Due.Instant), cmp.Compare(a.UID, b.UID))
	})

	w := newWriter(c.Zone)
	w.b.Grow(1024 + eventSize*(len(events)+len(todos)))
	w.raw("BEGIN", "VCALENDAR")
	w.raw("VERSION", "2.0")
	w.raw("PRODID", "-//editorial//editorial calendar//EN")
	w.raw("CALSCALE", "GREGORIAN")
	if c.Name != "" {
		w.text("NAME", oneLine(c.Name)) // RFC 7986
		w.text("X-WR-CALNAME", oneLine(c.Name))
	}
	w.raw("X-WR-TIMEZONE", w.zone.Name())
	w.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT1H") // RFC 7986
	w.raw("X-PUBLISHED-TTL", "PT1H")                 // what Outlook reads
	w.timezone(years(c))
	for _, e := range events {
		w.event(e)
	}
	for _, t := range todos {
		w.todo(t)
	}
	w.raw("END", "VCALENDAR")
	return w.b.Bytes()
}

// stamp writes DTSTAMP, which RFC 5545 requires, and LAST-MODIFIED. Without a
// METHOD the two mean the same (section 3.8.7.2). What is dated in no way at
// all gets the beginning of 1970.
func (w *writer) stamp(modified, otherwise time.Time) {
	if modified.IsZero() {
		if otherwise.IsZero() {
			otherwise = time.Unix(0, 0)
		}
		w.raw("DTSTAMP", utc(otherwise))
		return
	}
	w.raw("DTSTAMP", utc(modified))
	w.raw("LAST-MODIFIED", utc(modified))
}

func (w *writer) event(e Event) {
	w.raw("BEGIN", "VEVENT")
	w.text("UID", cmp.Or(oneLine(e.UID), UID("event", utc(e.Start)+e.Summary)))
	w.stamp(e.Modified, e.Start)
	w.time("DTSTART", e.Start)
	if e.End.After(e.Start) {
		w.time("DTEND", e.End)
	}
	w.words(e.Summary, e.Description, e.URL, e.Categories)
	w.raw("STATUS", e.Status.text())
	if e.Busy {
		w.raw("TRANSP", "OPAQUE")
	} else {
		w.raw("TRANSP", "TRANSPARENT")
	}
	w.raw("END", "VEVENT")
}

func (w *writer) todo(t Todo) {
	w.raw("BEGIN", "VTODO")
	w.text("UID", cmp.Or(oneLine(t.UID), UID("todo", t.Due.String()+t.Summary)))
	w.stamp(t.Modified, t.Due.Instant)
	switch {
	case t.Due.IsZero():
	case t.Due.HasClock:
		w.time("DUE", t.Due.Instant)
	default:
		w.raw("DUE;VALUE=DATE", strings.ReplaceAll(t.Due.Local.Date.String(), "-", ""))
	}
	w.words(t.Summary, t.Description, t.URL, t.Categories)
	if t.Priority > 0 && t.Priority < 10 {
		w.raw("PRIORITY", strconv.Itoa(t.Priority))
	}
	switch {
	case t.Done:
		w.raw("STATUS", "COMPLETED")
		w.raw("PERCENT-COMPLETE", "100")
	case t.Begun:
		w.raw("STATUS", "IN-PROCESS")
		w.raw("PERCENT-COMPLETE", strconv.Itoa(min(max(t.Percent, 0), 99)))
	default:
		w.raw("STATUS", "NEEDS-ACTION")
	}
	if minutes := int(t.Estimate / time.Minute); minutes > 0 && !t.Done {
		w.raw("ESTIMATED-DURATION", work(minutes))
	}
	w.raw("END", "VTODO")
}

// work is minutes as a DURATION (section 3.3.6), in hours and minutes: a day
// there is 24 hours, and nobody works those.
func work(minutes int) string {
	s := "PT"
	if h := minutes / 60; h > 0 {
		s += strconv.Itoa(h) + "H"
	}
	if m := minutes % 60; m > 0 || minutes < 60 {
		s += strconv.Itoa(m) + "M"
	}
	return s
}

// words writes what events and to-dos say.
func (w *writer) words(summary, description, url string, categories []string) {
	w.text("SUMMARY", oneLine(summary))
	if description = clean(description); description != "" {
		w.text("DESCRIPTION", description)
	}
	if url = address(url); url != "" {
		w.raw("URL", url)
	}
	var list []string
	for _, c := range categories {
		if c = oneLine(c); c != "" {
			list = append(list, w.escapes.Replace(c))
		}
	}
	if len(list) > 0 {
		w.raw("CATEGORIES", strings.Join(list, ","))
	}
}
