package markdown

import (
	"errors"
	"fmt"

	"editorial/pkg/problem"
)

// Codes of the problems that a body can have as a whole.
const (
	// CodeTooLong: the body is longer than [MaxBytes].
	CodeTooLong problem.Code = "body-too-long"
	// CodeTooComplex: the body would take a parser, ours or a reader's, more
	// work than its length allows.
	CodeTooComplex problem.Code = "body-too-complex"
	// CodeUnparsed: the parser broke down.
	CodeUnparsed problem.Code = "body-unparsed"
)

// ErrTooComplex is what errors.Is finds in the error of a body that is too
// long, too deeply nested or too much work.
var ErrTooComplex = errors.New("body too complex")

// Error says why a body cannot be shown. [Parser.Parse] and [Document.HTML]
// return no other type.
type Error struct {
	Code problem.Code
	// Line is the line of the body, from 1; 0 means the body as a whole.
	Line int
	// What names the construct that is too much, in Markdown's own signs
	// where it has some ("[", "> - 1.", "|").
	What string
	// Cause is what the parser said, if it broke down.
	Cause error
}

// Error returns a sentence for a log.
func (e *Error) Error() string {
	s := "markdown"
	if e.Line > 0 {
		s = fmt.Sprintf("markdown: line %d", e.Line)
	}
	switch {
	case e.Cause != nil:
		return fmt.Sprintf("%s: %s: %v", s, e.Code, e.Cause)
	case e.What != "":
		return fmt.Sprintf("%s: %s: %s", s, e.Code, e.What)
	}
	return fmt.Sprintf("%s: %s", s, e.Code)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is [ErrTooComplex] and the body is.
func (e *Error) Is(target error) bool {
	return target == ErrTooComplex && (e.Code == CodeTooComplex || e.Code == CodeTooLong)
}

// Problem returns the finding for a file whose body begins on line bodyLine.
func (e *Error) Problem(file string, bodyLine int) problem.Problem {
	p := problem.Problem{Position: problem.Position{File: file}, Code: e.Code, Cause: e.Cause}
	if e.Line > 0 {
		p.Line = e.Line + max(bodyLine, 1) - 1
	}
	switch e.Code {
	case CodeTooLong:
		p.Params = problem.Params{"limit": fmt.Sprint(MaxBytes)}
	case CodeTooComplex:
		p.Params = problem.Params{"what": e.What}
	}
	return p
}
