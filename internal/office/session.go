package office

import (
	"bytes"
	"reflect"
	"slices"

	"editorial/pkg/content"
)

// Session is a draft with its past and its future: what can be undone and done
// again.
type Session struct {
	drafts []*Draft
	at     int
}

// NewSession begins with a draft.
func NewSession(first *Draft) *Session { return &Session{drafts: []*Draft{first}} }

// Draft is the present one.
func (s *Session) Draft() *Draft { return s.drafts[s.at] }

// First is the draft that the session began with.
func (s *Session) First() *Draft { return s.drafts[0] }

// Do makes a draft the present one. What was undone cannot be done again then.
func (s *Session) Do(d *Draft) {
	s.drafts = append(s.drafts[:s.at+1], d)
	s.at++
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
func (s *Session) Edited() bool { return s.at > 0 }

// Refused is an edit that the office does not allow any more, and why.
type Refused struct {
	Edit Edit
	Err  error
}

// Onto makes the edits anew on the office as it is read now. Those that it does
// not allow are left out and named. Where the files say what they said, what can
// be undone stays.
func (s *Session) Onto(o *Office) (*Session, []Refused) {
	if o.saysWhat(s.First().Office) {
		next := &Session{drafts: slices.Clone(s.drafts), at: s.at}
		next.drafts[s.at] = s.Draft().again(o)
		return next, nil
	}
	next := NewSession(o.Draft())
	var refused []Refused
	for _, e := range s.Draft().Edits {
		d, err := next.Draft().Edit(e)
		if err != nil {
			refused = append(refused, Refused{e, err})
			continue
		}
		next.Do(d)
	}
	return next, refused
}

// saysWhat reports whether the posts, the agreed calendar and the configuration
// that an office was read from say what those of another do.
func (o *Office) saysWhat(other *Office) bool {
	return bytes.Equal(o.agreedSource, other.agreedSource) && reflect.DeepEqual(o.Config, other.Config) &&
		slices.EqualFunc(o.Corpus.Posts, other.Corpus.Posts, func(a, b *content.Post) bool { return a.Path == b.Path && a.Sum == b.Sum })
}
