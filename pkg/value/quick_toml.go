package value

import (
	"strconv"
	"strings"
	"time"
)

// quickTOML reads a document of lines "key = value" whose values are texts on
// one line, whole numbers, dates, true, false, or lists of such, some of them
// below a header [name]. It reports false for any other document.
func quickTOML(s *source) (Value, bool) {
	q, ok := newQuick(s)
	if !ok {
		return Value{}, false
	}
	t := quickTOMLReader{quick: q}
	t.root = Value{Kind: Map, At: t.at(0), Map: make([]Member, 0, min(1+strings.Count(q.text, "\n"), maxQuickKeys))}
	t.into = &t.root
	for t.off < len(t.text) {
		if !t.oneLine() {
			return Value{}, false
		}
	}
	return t.root, len(t.root.Map) > 0
}

type quickTOMLReader struct {
	quick
	root Value
	into *Value // root, or the table of the last header: the last member of root
}

// oneLine reads a line, or more of a list, and goes to the next.
func (t *quickTOMLReader) oneLine() bool {
	begin := t.off
	end := t.lineEnd(begin)
	if begin == end || t.text[begin] == '#' {
		t.nextLine(end)
		return true
	}
	if t.text[begin] == '[' {
		return t.header(begin, end)
	}
	off := t.key(begin)
	m := Member{Key: t.text[begin:off], At: t.at(begin)}
	if off = t.spaces(off); m.Key == "" || off >= end || t.text[off] != '=' || !takes(t.into.Map, m.Key) {
		return false
	}
	if off = t.spaces(off + 1); off >= end {
		return false
	}
	if t.text[off] == '[' {
		off = t.list(&m.Value, off)
	} else {
		off = t.scalar(&m.Value, off)
	}
	if off < 0 || t.lineEnd(off) != off {
		return false
	}
	t.into.Map = append(t.into.Map, m)
	t.nextLine(off)
	return true
}

// header reads [name].
func (t *quickTOMLReader) header(begin, end int) bool {
	next := t.key(begin + 1)
	m := Member{Key: t.text[begin+1 : next], At: t.at(begin + 1)}
	if m.Key == "" || next+1 != end || t.text[next] != ']' || !takes(t.root.Map, m.Key) {
		return false
	}
	m.Value = Value{Kind: Map, At: m.At}
	t.root.Map = append(t.root.Map, m)
	t.into = &t.root.Map[len(t.root.Map)-1].Value
	t.nextLine(end)
	return true
}

// list reads a list and returns the offset behind it, -1 for one that is not
// read quickly.
func (t *quickTOMLReader) list(v *Value, off int) int {
	v.Kind, v.At = List, t.at(off)
	off = t.between(off + 1)
	for off < len(t.text) && t.text[off] != ']' {
		var item Value
		if off = t.scalar(&item, off); off < 0 {
			return -1
		}
		v.List = append(v.List, item)
		off = t.between(off)
		if off < len(t.text) && t.text[off] == ',' {
			off = t.between(off + 1)
		} else if off < len(t.text) && t.text[off] != ']' {
			return -1
		}
	}
	if off >= len(t.text) {
		return -1
	}
	return off + 1
}

// between skips spaces and line ends within a list.
func (t *quickTOMLReader) between(off int) int {
	for off < len(t.text) {
		switch t.text[off] {
		case ' ', '\r':
			off++
		case '\n':
			off++
			t.newLine(off)
		default:
			return off
		}
	}
	return off
}

// scalar reads a value and returns the offset behind it, -1 for one that is
// not read quickly.
func (t *quickTOMLReader) scalar(v *Value, off int) int {
	v.At = t.at(off)
	var ok bool
	next := off
	switch t.text[off] {
	case '"':
		v.Kind = String
		v.Str, next, ok = t.double(off)
	case '\'':
		v.Kind = String
		v.Str, next, ok = t.single(off)
	default:
		i := strings.IndexAny(t.text[off:], ",]\r\n")
		if i < 0 {
			i = len(t.text) - off
		}
		v.Str = strings.TrimRight(t.text[off:off+i], " ")
		next = off + len(v.Str)
		ok = bare(v)
	}
	// Three quotes open a text of several lines.
	if !ok || next < len(t.text) && v.Kind == String && t.text[next] == t.text[off] {
		return -1
	}
	return next
}

// bare gives a value without quotes its type.
func bare(v *Value) bool {
	s := v.Str
	switch {
	case s == "true" || s == "false":
		v.Kind, v.Bool = Bool, s == "true"
		return true
	case quickTime(s):
		v.Kind = Time
		return true
	}
	digits := strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	if digits == "" || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	v.Kind, v.Int = Int, n
	return err == nil
}

// quickTime reports 2026-07-14, and with a time after T or a space
// 2026-07-14T09:30:00, which Z or +02:00 may follow: a day that exists.
func quickTime(s string) bool {
	const day, clock = len(time.DateOnly), len(time.DateOnly) + len("T09:30:00")
	if len(s) < day || !shaped(s[:day], "0000-00-00") {
		return false
	}
	year, month, date := number(s[:4]), time.Month(number(s[5:7])), number(s[8:10])
	if year == 0 || month < 1 || month > 12 || date < 1 || time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Day() != date {
		return false
	}
	if len(s) == day {
		return true
	}
	if len(s) < clock || s[day] != 'T' && s[day] != ' ' || !shaped(s[day+1:clock], "00:00:00") ||
		number(s[day+1:day+3]) > 23 || number(s[day+4:day+6]) > 59 || number(s[day+7:clock]) > 59 {
		return false
	}
	zone := s[clock:]
	switch {
	case zone == "", zone == "Z":
		return true
	case zone[0] != '+' && zone[0] != '-', !shaped(zone[1:], "00:00"):
		return false
	}
	return number(zone[1:3]) <= 23 && number(zone[4:]) <= 59
}

// shaped reports whether s has digits where shape has, and else what it has.
func shaped(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		if shape[i] == '0' && !isDigit(s[i]) || shape[i] != '0' && s[i] != shape[i] {
			return false
		}
	}
	return true
}

// number reads digits.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}
