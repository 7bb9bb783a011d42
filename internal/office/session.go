package office

import (
	"bytes"
	"errors"
	"reflect"
	"slices"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// undoMost is how many edits can be undone: each holds a whole plan.
const undoMost = 200

// Session is a draft with its past and its future: what can be undone and done
// again. One goroutine at a time uses it; another takes a [Session.Copy].
type Session struct {
	first  *Draft
	drafts []*Draft
	at     int
	// waiting are edits that the office does not allow: they are tried again
	// whenever it is read.
	waiting []Refused
}

// NewSession begins with a draft.
func NewSession(first *Draft) *Session { return &Session{first: first, drafts: []*Draft{first}} }

// Copy is a session of its own with the same drafts.
func (s *Session) Copy() *Session {
	next := *s
	next.drafts, next.waiting = slices.Clone(s.drafts), slices.Clone(s.waiting)
	return &next
}

// After begins anew with a draft, once the edits are agreed. Those that wait go
// on waiting.
func (s *Session) After(first *Draft) *Session {
	next := NewSession(first)
	next.waiting = slices.Clone(s.waiting)
	return next
}

// Draft is the present one.
func (s *Session) Draft() *Draft { return s.drafts[s.at] }

// First is the draft that the session began with.
func (s *Session) First() *Draft { return s.first }

// Do makes a draft the present one. What was undone cannot be done again then;
// of very many edits the first cannot be undone any more.
func (s *Session) Do(d *Draft) {
	s.drafts = append(slices.Clip(s.drafts[:s.at+1]), d)
	if over := len(s.drafts) - 1 - undoMost; over > 0 {
		s.drafts = slices.Clone(s.drafts[over:])
	}
	s.at = len(s.drafts) - 1
}

// Undo goes back by one edit; it reports whether there was one.
func (s *Session) Undo() bool {
	if s.at == 0 {
		return false
	}
	s.at--
	return true
}

// Redo does what was undone last; it reports whether there was something.
func (s *Session) Redo() bool {
	if s.at == len(s.drafts)-1 {
		return false
	}
	s.at++
	return true
}

// Edited reports whether there are edits that would be lost.
func (s *Session) Edited() bool { return len(s.Draft().Edits)+len(s.waiting) > 0 }

// Waiting are the edits that the office does not allow as it is.
func (s *Session) Waiting() []Refused { return s.waiting }

// Forget gives up the last edit that waits; it reports whether there was one.
func (s *Session) Forget() (Refused, bool) {
	if len(s.waiting) == 0 {
		return Refused{}, false
	}
	last := s.waiting[len(s.waiting)-1]
	s.waiting = slices.Clone(s.waiting[:len(s.waiting)-1])
	return last, true
}

// Refused is an edit that the office does not allow now, and why.
type Refused struct {
	Edit Edit
	// Title is what the post was called when it was there last.
	Title string
	Err   error
}

// Onto makes the edits anew on the office as it is read now. Those that it does
// not allow are left out and named; they wait, and are tried again the next
// time. Where the files say what they said, what can be undone stays.
func (s *Session) Onto(o *Office) (*Session, []Refused) {
	if o.saysWhat(s.First().Office) {
		next := s.Copy()
		next.drafts[s.at] = s.Draft().again(o)
		if s.First() == s.Draft() {
			next.first = next.drafts[s.at]
		}
		return next, next.waiting
	}
	next := NewSession(o.Draft())
	for _, e := range s.edits() {
		d, err := next.Draft().Edit(e.Edit)
		if err != nil {
			e.Err = named(err, e.Title)
			next.waiting = append(next.waiting, e)
			continue
		}
		next.Do(d)
	}
	return next, next.waiting
}

// edits are those that are made and those that wait, with the titles of their
// posts.
func (s *Session) edits() []Refused {
	d := s.Draft()
	var all []Refused
	for _, e := range d.Edits {
		all = append(all, Refused{Edit: e, Title: TitleOf(Placement{Key: e.Key, Post: d.Office.post(e.Key.Post)})})
	}
	return append(all, s.waiting...)
}

// named is an error that says the title of a post that is gone, which nobody
// knows by its key.
func named(err error, title string) error {
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != CodeMoveGone {
		return err
	}
	p.Params = problem.Params{"value": "“" + title + "”"}
	return p
}

// saysWhat reports whether the posts, the agreed calendar and the configuration
// that an office was read from say what those of another do.
func (o *Office) saysWhat(other *Office) bool {
	return bytes.Equal(o.agreedSource, other.agreedSource) && reflect.DeepEqual(o.Config, other.Config) &&
		slices.EqualFunc(o.Corpus.Posts, other.Corpus.Posts, func(a, b *content.Post) bool { return a.Path == b.Path && a.Sum == b.Sum })
}
