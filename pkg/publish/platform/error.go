package platform

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Class is what a failure means for what may be done next.
type Class string

const (
	// Invalid: a person must change the post.
	Invalid Class = "invalid"
	// Auth: the credentials are no good (any more). Permission: they are, but
	// may not do this.
	Auth       Class = "auth"
	Permission Class = "permission"
	// Rate: too fast, not done; again at Until. Quota: used up, not done.
	Rate  Class = "rate"
	Quota Class = "quota"
	// Duplicate: the platform says that it has this already: look.
	Duplicate Class = "duplicate"
	// Temporary: surely not done: no connection, refused before a byte of the
	// request was sent, or a repeatable call that failed.
	Temporary Class = "temporary"
	// Uncertain: the request, or a part of it, may have arrived.
	Uncertain Class = "uncertain"
	// Pending: what is prepared is not ready yet; again at Until.
	Pending Class = "pending"
)

// Error is a failure of a platform. Its text never holds a secret.
type Error struct {
	Class Class
	// Status is that of HTTP, or the code of SMTP; 0: none came.
	Status int
	// Code is the platform's own name for what happened.
	Code string
	// Detail is what the platform says, cut and hostile: it passes
	// words.Inert before a person sees it.
	Detail string
	// Until is when to try again, zero where nobody says.
	Until time.Time
	// Err is what lies below, or nil.
	Err error
}

// Error says class, status, code and detail.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Class))
	if e.Status != 0 {
		fmt.Fprintf(&b, " %d", e.Status)
	}
	if e.Code != "" {
		b.WriteString(" " + e.Code)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns what lies below.
func (e *Error) Unwrap() error { return e.Err }

// ClassOf returns the class of an error. One that no publisher made is
// uncertain: nobody knows how far it came.
func ClassOf(err error) Class {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return Uncertain
}

// As returns err as an *Error, made of class Uncertain where it is none.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Class: Uncertain, Err: err}
}

// Refuse returns an error of a class with a detail.
func Refuse(class Class, code, detail string) *Error {
	return &Error{Class: class, Code: code, Detail: detail}
}
