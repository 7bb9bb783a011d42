package value

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
)

// source is a document's bytes and the problems found in it. It turns byte
// offsets into places.
type source struct {
	file     string
	text     string
	src      []byte // text, once a library reads it
	first    int    // line of the file on which the text begins
	problems []problem.Problem
	nodes    int

	// The place last asked for: offset, its line and column. Asking in the
	// order of the source is linear in all, whatever the lines' lengths.
	off, line, col int
}

// newSource takes a document in. It reports false for one that cannot be
// looked at further.
func newSource(file, text string, firstLine int) (*source, bool) {
	s := &source{file: file, text: strings.TrimPrefix(text, "\ufeff"), first: firstLine, line: firstLine, col: 1}
	if len(s.text) > MaxBytes {
		s.add(problem.Position{File: file, Line: firstLine, Col: 1}, CodeTooLarge, problem.Params{"max": strconv.Itoa(MaxBytes)}, nil)
		return s, false
	}
	if utf8.ValidString(s.text) {
		return s, true
	}
	s.src = []byte(s.text)
	for i := 0; i < len(s.src); {
		r, n := utf8.DecodeRune(s.src[i:])
		if r == utf8.RuneError && n == 1 {
			s.add(s.at(i), CodeUTF8, problem.Params{"byte": "0x" + strconv.FormatUint(uint64(s.src[i]), 16)}, nil)
			break
		}
		i += n
	}
	return s, false
}

func (s *source) start() problem.Position {
	return problem.Position{File: s.file, Line: s.first, Col: 1}
}

// at returns the place of a byte. An offset beyond the source is its end.
func (s *source) at(off int) problem.Position {
	off = min(max(off, 0), len(s.src))
	for off > 0 && off < len(s.src) && !utf8.RuneStart(s.src[off]) {
		off-- // parsers report offsets inside of characters
	}
	if off < s.off {
		// Backwards: from the beginning of the line, or of all.
		begin := bytes.LastIndexByte(s.src[:off], '\n') + 1
		s.line -= bytes.Count(s.src[begin:s.off], []byte("\n"))
		s.off, s.col = begin, 1
	}
	between := s.src[s.off:off]
	if i := bytes.LastIndexByte(between, '\n'); i >= 0 {
		s.line += bytes.Count(between, []byte("\n"))
		s.col, between = 1, between[i+1:]
	}
	s.col += utf8.RuneCount(between)
	s.off = off
	return problem.Position{File: s.file, Line: s.line, Col: s.col}
}

func (s *source) add(at problem.Position, code problem.Code, params problem.Params, cause error) {
	s.problems = append(s.problems, problem.Problem{Position: at, Code: code, Params: params, Cause: cause})
}

func (s *source) syntax(format string, at problem.Position, detail string, cause error) {
	s.add(at, CodeSyntax, problem.Params{"format": format, "detail": detail}, cause)
}

func (s *source) duplicate(at problem.Position, key string, before problem.Position) {
	s.add(at, CodeDuplicate, problem.Params{"key": key, "line": strconv.Itoa(before.Line)}, nil)
}

func (s *source) notTable(format string, at problem.Position) {
	s.add(at, CodeNotTable, problem.Params{"format": format}, nil)
}

// enter counts a value at a depth and reports whether the limits allow it.
// The first that they do not is a problem; after it, none is.
func (s *source) enter(at problem.Position, depth int) bool {
	s.nodes++
	switch {
	case s.nodes > MaxNodes+1:
		return false
	case s.nodes == MaxNodes+1:
		s.add(at, CodeTooMany, problem.Params{"max": strconv.Itoa(MaxNodes)}, nil)
		return false
	case depth > MaxDepth:
		s.add(at, CodeTooDeep, problem.Params{"max": strconv.Itoa(MaxDepth)}, nil)
		s.nodes = MaxNodes + 1
		return false
	}
	return true
}
