package agreed

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of the problems that Parse finds. Only [CodeZoneChanged] is a warning.
const (
	CodeConflict    problem.Code = "agreed-conflict"
	CodeIncomplete  problem.Code = "agreed-incomplete"
	CodeInstant     problem.Code = "agreed-instant"
	CodeKey         problem.Code = "agreed-key"
	CodeMark        problem.Code = "agreed-mark"
	CodeNoClock     problem.Code = "agreed-no-clock"
	CodeNoSuchDay   problem.Code = "agreed-no-such-day"
	CodeNoSuchTime  problem.Code = "agreed-no-such-time"
	CodeNoSuchZone  problem.Code = "agreed-no-such-zone"
	CodeNotText     problem.Code = "agreed-not-text"
	CodePlatform    problem.Code = "agreed-platform"
	CodeSameKey     problem.Code = "agreed-same-key"
	CodeSameLine    problem.Code = "agreed-same-line"
	CodeTooLarge    problem.Code = "agreed-too-large"
	CodeZoneChanged problem.Code = "agreed-zone-changed"
)

// MaxSize is the size in bytes beyond which a file is not read: some hundred
// thousand placements.
const MaxSize = 16 << 20

// markPin is the one mark there is.
const markPin = "pin"

// Parse reads an agreed calendar. The file is its name in problems; zone is
// that of the site, for lines that were typed without one.
//
// Every problem is returned, not only the first. A line with an error is not
// in the list, so a list must not be written back while there is one.
func Parse(file string, src []byte, zone civil.Zone) (List, []problem.Problem) {
	p := parser{file: file, zone: zone, zones: map[string]civil.Zone{}, seen: map[Key]place{}}
	if len(src) > MaxSize {
		p.report(CodeTooLarge, 0, problem.Params{"max": strconv.Itoa(MaxSize >> 20)})
		return p.list, p.problems
	}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	for line := range bytes.Lines(src) {
		p.line++
		p.read(strings.TrimRight(string(line), "\r\n"))
	}
	p.finish()
	return p.list, p.problems
}

// parser is the state of reading one file.
type parser struct {
	file  string
	zone  civil.Zone
	zones map[string]civil.Zone // others that lines name

	line     int
	comments []string // above the next entry
	started  bool     // a blank line, a heading or an entry has ended the head
	conflict conflict
	seen     map[Key]place

	list     List
	problems []problem.Problem
}

// place is where a key stands: on which line, and in the list before it is
// sorted.
type place struct{ line, index int }

func (p *parser) report(code problem.Code, col int, params problem.Params) {
	p.problems = append(p.problems, problem.Problem{
		Position: problem.Position{File: p.file, Line: p.line, Col: col},
		Code:     code, Params: params,
	})
}

// read takes the next line.
func (p *parser) read(line string) {
	switch {
	case !utf8.ValidString(line):
		p.report(CodeNotText, 1, nil)
	case p.inConflict(line):
	case strings.TrimSpace(line) == "" || isHeading(strings.TrimSpace(line)):
		p.endHead()
	case strings.HasPrefix(strings.TrimSpace(line), "#"):
		p.comments = append(p.comments, oneLine(line))
	default:
		p.started = true
		if e, ok := p.entry(line); ok && p.isNew(e, line) {
			e.Above, p.comments = p.comments, nil
			e.Line = p.line
			p.list.Entries = append(p.list.Entries, e)
		}
	}
}

// endHead makes the comments so far the head of the file.
func (p *parser) endHead() {
	if !p.started {
		p.started = true
		p.list.Head, p.comments = p.comments, nil
	}
}

// finish gives the comments that are left a place, and sorts.
func (p *parser) finish() {
	if p.conflict.since > 0 {
		p.endConflict("")
	}
	if len(p.list.Entries) == 0 {
		p.list.Head = append(p.list.Head, p.comments...)
	} else {
		p.list.Foot = p.comments
	}
	p.list.sort()
}

// isNew reports a key that an earlier line has, and the line it is on.
func (p *parser) isNew(e Entry, line string) bool {
	first, ok := p.seen[e.Key]
	if !ok {
		p.seen[e.Key] = place{p.line, len(p.list.Entries)}
		return true
	}
	code := CodeSameKey
	if kindOf(p.list.Entries[first.index], e, true) == "" {
		code = CodeSameLine
	}
	col := 1
	if w := split(line); len(w) > 2 {
		col = w[2].col
	}
	p.report(code, col, problem.Params{"key": e.Key.String(), "note": e.Note, "line": strconv.Itoa(first.line)})
	return false
}

// word is a word of a line, and the column of its first character from 1.
type word struct {
	text string
	col  int
}

// split returns the words of a line up to the note, which it returns as one
// word with its #.
func split(line string) (words []word) {
	col := 1
	for line != "" {
		rest := strings.TrimLeft(line, " \t")
		col += len(line) - len(rest)
		end := strings.IndexAny(rest, " \t")
		if end < 0 || rest[0] == '#' {
			end = len(rest)
		}
		if end > 0 {
			words = append(words, word{rest[:end], col})
		}
		col += utf8.RuneCountInString(rest[:end])
		line = rest[end:]
	}
	return words
}

// entry reads a placement and reports everything that is wrong with it.
func (p *parser) entry(line string) (e Entry, ok bool) {
	words := split(line)
	if n := len(words); words[n-1].text[0] == '#' {
		e.Note = oneLine(words[n-1].text[1:])
		words = words[:n-1]
	}
	before := problem.Errors(p.problems)
	e.At = p.instant(words[0])
	if len(words) < 3 {
		p.report(CodeIncomplete, 1, nil)
		return e, false
	}
	if e.Platform, ok = unescape(words[1].text); !ok || strings.Contains(words[1].text, "#") {
		p.report(CodePlatform, words[1].col, problem.Params{"value": words[1].text})
	}
	var err error
	if e.Key, err = ParseKey(words[2].text); err != nil {
		p.report(CodeKey, words[2].col, problem.Params{"value": words[2].text})
	}
	for _, w := range words[3:] {
		if w.text == markPin {
			e.Pin = true
			continue
		}
		p.report(CodeMark, w.col, problem.Params{"value": w.text, "known": markPin})
	}
	return e, problem.Errors(p.problems) == before
}

// instant reads the first word of a placement.
func (p *parser) instant(w word) civil.Moment {
	m, err := civil.Moment{}, error(nil)
	if _, name, ok := strings.Cut(w.text, "["); ok {
		m, err = p.zoned(w, strings.TrimSuffix(strings.TrimPrefix(name, "!"), "]"))
	} else {
		m, err = p.zone.ParseMoment(w.text)
		if err == nil && !m.HasClock {
			p.report(CodeNoClock, w.col, problem.Params{"value": w.text})
		}
		// What the file will say, where the time was one that its day skips.
		m.Local = p.zone.DateTime(m.Instant)
	}
	var pe *civil.ParseError
	if !errors.As(err, &pe) {
		return m
	}
	params := problem.Params{"value": pe.Text}
	switch pe.Reason {
	case civil.NoSuchDay:
		p.report(CodeNoSuchDay, w.col, params)
	case civil.NoSuchTime:
		p.report(CodeNoSuchTime, w.col, params)
	case civil.NoSuchZone:
		params["nearest"] = civil.NearestZone(pe.Text)
		if params["nearest"] == "" {
			params["nearest"] = p.zone.Name()
		}
		p.report(CodeNoSuchZone, w.col, params)
	default:
		p.report(CodeInstant, w.col, params)
	}
	return m
}

// zoned reads an instant that names its zone, and keeps the zone for the next
// line that does.
func (p *parser) zoned(w word, name string) (civil.Moment, error) {
	zone, ok := p.zones[name]
	if !ok {
		zone = p.zone
	}
	m, moved, err := zone.ParseZoned(w.text)
	if err != nil {
		return m, err
	}
	p.zones[name] = m.Zone()
	if moved != 0 {
		p.report(CodeZoneChanged, w.col, problem.Params{"value": w.text, "now": m.Zoned()})
		p.problems[len(p.problems)-1].Severity = problem.Warning
	}
	return m, nil
}
