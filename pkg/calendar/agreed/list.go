package agreed

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"

	"editorial/pkg/civil"
)

// Entry is one placement that was agreed.
type Entry struct {
	Key      Key
	Platform string
	// At is when, in the zone that its line names.
	At civil.Moment
	// Pin is the mark of a placement that planning must leave where it is.
	Pin bool
	// Note is for people: the post's slug.
	Note string
	// Line is where the placement was read, from 1; 0 for one that was not.
	Line int
	// Above are the lines of comment that stand above the placement and go
	// where it goes, each with its #.
	Above []string
}

// List is an agreed calendar.
type List struct {
	Entries []Entry
	// Head and Foot are the lines of comment that open and close the file,
	// each with its #.
	Head, Foot []string
}

// Find returns the placement of that key.
func (l List) Find(k Key) (Entry, bool) {
	i := slices.IndexFunc(l.Entries, func(e Entry) bool { return e.Key == k })
	if i < 0 {
		return Entry{}, false
	}
	return l.Entries[i], true
}

// Put returns the list with the entries in it, each in place of the entry of
// the same key if there is one: of two the later counts. An entry without
// comments keeps those it had. Many at once cost one sort.
func (l List) Put(entries ...Entry) List {
	l.Entries = slices.Clone(l.Entries)
	at := make(map[Key]int, len(l.Entries))
	for i, e := range slices.Backward(l.Entries) {
		at[e.Key] = i
	}
	for _, e := range entries {
		i, there := at[e.Key]
		if !there {
			at[e.Key] = len(l.Entries)
			l.Entries = append(l.Entries, e)
			continue
		}
		if e.Above == nil {
			e.Above = l.Entries[i].Above
		}
		l.Entries[i] = e
	}
	l.sort()
	return l
}

// Remove returns the list without the placement of that key and its comments.
func (l List) Remove(k Key) List {
	l.Entries = slices.DeleteFunc(slices.Clone(l.Entries), func(e Entry) bool { return e.Key == k })
	return l
}

// compare orders entries as the file does: by the time on the wall, by
// platform, by key.
func compare(a, b Entry) int {
	return cmp.Or(
		a.At.Local.Compare(b.At.Local),
		a.At.Instant.Compare(b.At.Instant), // the two of a time that comes twice, or two zones
		cmp.Compare(a.Platform, b.Platform),
		a.Key.Compare(b.Key),
	)
}

func (l List) sort() { slices.SortStableFunc(l.Entries, compare) }

// Format returns the file in its one form: sorted, a heading for each week, a
// line feed after each line. The same entries in any order give the same
// bytes, and what Parse reads of them is formatted to the same bytes again.
//
// It writes what the list holds and no more. Where [Parse] found errors the
// list lacks the lines it could not read: a caller must not write it over
// them.
func (l List) Format() []byte {
	l.Entries = slices.Clone(l.Entries)
	for i := range l.Entries {
		// What the line will say, where the time was one that its day skips.
		l.Entries[i].At.Local = l.Entries[i].At.Zone().DateTime(l.Entries[i].At.Instant)
	}
	l.sort()

	var b bytes.Buffer
	head := comments(&b, l.Head)
	if len(l.Entries) == 0 {
		comments(&b, l.Foot)
		return b.Bytes()
	}
	if head > 0 {
		b.WriteByte('\n')
	}
	week := civil.Week{} // of the last heading
	for _, e := range l.Entries {
		week = headings(&b, week, civil.WeekOf(e.At.Local.Date))
		comments(&b, e.Above)
		b.WriteString(e.line())
		b.WriteByte('\n')
	}
	for w := week.Add(1); w.Year == week.Year; w = w.Add(1) {
		b.WriteString(heading(w))
	}
	if len(l.Foot) > 0 {
		b.WriteByte('\n')
		comments(&b, l.Foot)
	}
	return b.Bytes()
}

// headings writes the headings after that of the week from up to that of the
// week to: all weeks of a year that has a placement, so that git finds a line
// that stayed between two that were added to different weeks.
func headings(b *bytes.Buffer, from, to civil.Week) civil.Week {
	if from == to {
		return to
	}
	if from.Year != to.Year {
		for w := from.Add(1); from.Year != 0 && w.Year == from.Year; w = w.Add(1) {
			b.WriteString(heading(w))
		}
		from = civil.Week{Year: to.Year}
	}
	for from != to {
		from.Number++
		b.WriteString(heading(from))
	}
	return to
}

func heading(w civil.Week) string { return "# " + w.String() + "\n" }

// isHeading reports whether Format wrote the line, so that it can go.
func isHeading(line string) bool {
	name, ok := strings.CutPrefix(line, "# ")
	if !ok {
		return false
	}
	w, err := civil.ParseWeek(name)
	return err == nil && w.String() == name
}

// comments writes lines of comment and returns how many.
func comments(b *bytes.Buffer, lines []string) (n int) {
	for _, c := range lines {
		c = oneLine(c)
		if !strings.HasPrefix(c, "#") {
			c = "# " + c
		}
		if isHeading(c) {
			continue
		}
		b.WriteString(c)
		b.WriteByte('\n')
		n++
	}
	return n
}

func (e Entry) line() string {
	words := []string{e.At.Zoned(), escape(e.Platform), e.Key.String()}
	if e.Pin {
		words = append(words, markPin)
	}
	if note := oneLine(e.Note); note != "" {
		words = append(words, "#", note)
	}
	return strings.Join(words, " ")
}

// oneLine returns s as it may stand in a line: trimmed, with no line breaks, no
// control characters, and nothing that is not UTF-8.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) && r != '\u200d' && r != '\u200c': // joiners make emoji and Persian
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}
