package ical

import (
	"bytes"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/civil"
)

// maxLine is the length of a line in octets, without its end (RFC 5545,
// section 3.1).
const maxLine = 75

// writer writes content lines.
type writer struct {
	b       bytes.Buffer
	zone    civil.Zone
	tzid    string            // ";TZID=" and its name
	escapes *strings.Replacer // of TEXT (section 3.3.11)
	calm    calm
}

// calm is a stretch of time in which the zone keeps one offset, in seconds,
// and that is far from any change, so that no wall shows a time of it twice.
type calm struct {
	from, until time.Time
	offset      int
}

// farFromChange is further than any clock was ever turned.
const farFromChange = 50 * time.Hour

func newWriter(z civil.Zone) *writer {
	return &writer{zone: z, tzid: ";TZID=" + z.Name(), escapes: strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)}
}

// raw writes a property whose value needs no escapes.
func (w *writer) raw(name, value string) {
	if len(name)+1+len(value) <= maxLine {
		w.b.WriteString(name)
		w.b.WriteByte(':')
		w.b.WriteString(value)
		w.b.WriteString("\r\n")
		return
	}
	line := name + ":" + value
	room := maxLine
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		w.b.WriteString(line[:cut])
		w.b.WriteString("\r\n ")
		line, room = line[cut:], maxLine-1 // the space counts
	}
	w.b.WriteString(line)
	w.b.WriteString("\r\n")
}

// text writes a property of type TEXT; the value is clean.
func (w *writer) text(name, value string) { w.raw(name, w.escapes.Replace(value)) }

// time writes a property of type DATE-TIME: the time on the wall of the zone,
// or UTC where that is the zone, and where the wall shows the time twice: the
// first is meant then (section 3.3.5), but pytz and what is built on it take
// the second.
func (w *writer) time(name string, t time.Time) {
	t = t.Truncate(time.Second)
	if w.inCalm(t) {
		w.b.WriteString(name)
		w.b.WriteString(w.tzid)
		w.b.WriteByte(':')
		w.b.Write(t.UTC().Add(time.Duration(w.calm.offset)*time.Second).AppendFormat(w.b.AvailableBuffer(), wallForm))
		w.b.WriteString("\r\n")
		return
	}
	local := w.zone.DateTime(t)
	if w.zone.Name() == "UTC" || w.zone.Repeats(local) {
		w.raw(name, utc(t))
		return
	}
	w.raw(name+w.tzid, wall(local))
}

// inCalm reports whether a time lies in a calm stretch, which it looks for if
// need be.
func (w *writer) inCalm(t time.Time) bool {
	if w.zone.Name() == "UTC" || len(w.tzid) > maxLine/2 {
		return false
	}
	if t.Before(w.calm.from) || !t.Before(w.calm.until) {
		p := w.zone.Periods(t, t.Add(time.Second))[0]
		if p.Start.IsZero() || p.End.IsZero() {
			return false
		}
		w.calm = calm{p.Start.Add(farFromChange), p.End.Add(-farFromChange), p.Offset}
	}
	return !t.Before(w.calm.from) && t.Before(w.calm.until)
}

// wallForm is a time on the wall.
const wallForm = "20060102T150405"

func wall(t civil.DateTime) string { return civil.UTC().Instant(t).Format(wallForm) }

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// clean returns s with \n for every line break, and without what a reader could
// take for one, other control characters, and the overrides that turn text
// around.
func clean(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// plain reports a text of nothing but printable ASCII and Latin letters, as
// most are.
func plain(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r > 0x24f {
			return false
		}
	}
	return true
}

// oneLine is clean with spaces for line breaks.
func oneLine(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return r == '\n' }), " ")
}

// address returns an http or https address in the characters of a URI, or "".
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	s = u.String()
	for _, r := range s {
		if r <= ' ' || r == 0x7f || r == '"' || r == '<' || r == '>' {
			return ""
		}
	}
	if s != clean(s) {
		return ""
	}
	return s
}
