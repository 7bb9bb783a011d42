package problem

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Code names one kind of problem.
type Code string

// Severity says what a problem does to the post or file it is about.
type Severity uint8

const (
	// Error holds the post back (or stops the command, for config.toml).
	Error Severity = iota
	// Warning is shown and changes nothing.
	Warning
	// Info is shown only where asked for.
	Info
)

// String returns "error", "warning" or "info".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// MarshalText writes the word of the severity, as in JSON output.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Position is a place in a file.
type Position struct {
	// File is the path as a person would type it, with forward slashes,
	// relative to the office's folder. Empty: no file (an environment
	// variable, a flag, the office as a whole).
	File string `json:"file,omitempty"`
	// Line counts from 1; 0 means the file as a whole.
	Line int `json:"line,omitempty"`
	// Col counts characters (not bytes) from 1; 0 means the whole line.
	Col int `json:"col,omitempty"`
}

// String returns "file:line:col", leaving out what is zero.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Params are the facts that a sentence about the problem needs, by name. The
// values come from posts and files: whoever prints them must make them safe
// for its medium.
type Params map[string]string

// Problem is one finding. It is an error, so that code which can return only
// one may return it as it is.
type Problem struct {
	Position
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Params   Params   `json:"params,omitempty"`
	// Cause is what a library said, if anything: detail for a log, never the
	// whole message.
	Cause error `json:"-"`
}

// Error returns the place, the code and the parameters in a fixed order. It
// is for logs and tests; people read the sentence of package words.
func (p Problem) Error() string {
	var b strings.Builder
	if at := p.Position.String(); at != "" {
		b.WriteString(at)
		b.WriteString(": ")
	}
	b.WriteString(string(p.Code))
	for _, k := range slices.Sorted(maps.Keys(p.Params)) {
		fmt.Fprintf(&b, " %s=%q", k, p.Params[k])
	}
	if p.Cause != nil {
		fmt.Fprintf(&b, ": %v", p.Cause)
	}
	return b.String()
}

// Unwrap returns the cause.
func (p Problem) Unwrap() error { return p.Cause }

// Sort orders problems by file, line, column, code and parameters, so that
// the same findings are always listed alike. The order in which they were
// found decides between equals.
func Sort(ps []Problem) {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		c := cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Code, b.Code),
		)
		if c == 0 { // rare, and dear
			c = cmp.Compare(a.Error(), b.Error())
		}
		return c
	})
}

// Errors counts the problems of severity [Error].
func Errors(ps []Problem) int {
	n := 0
	for _, p := range ps {
		if p.Severity == Error {
			n++
		}
	}
	return n
}
