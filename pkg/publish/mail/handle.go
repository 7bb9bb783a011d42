package mail

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// State is where a recipient stands.
type State string

const (
	// Pending: he has no mail, and will get one.
	Pending State = "pending"
	// Sending: DATA was, or is, under way.
	Sending State = "sending"
	// Sent: the server took his mail, or a person says so.
	Sent State = "sent"
	// Refused: he has no mail, and gets none.
	Refused State = "refused"
	// Uncertain: he may have his mail. Only a person knows.
	Uncertain State = "uncertain"
)

// Why a recipient stands where he stands, if the server did not say.
const (
	WhyRemoved = "removed"    // he is not among the addresses any more
	WhyUTF8    = "smtputf8"   // the server does not know addresses beyond ASCII
	WhyGaveUp  = "gave-up"    // he was put off for too long
	WhyLost    = "lost"       // the answer after the final dot was lost
	WhyCrash   = "crash"      // the program ended before the answer
	WhyStale   = "unrecorded" // he may have been sent to while nothing was recorded
	WhyPerson  = "person"     // somebody said so
	WhyAgain   = "send-again" // somebody asked to send it again
)

// Recipient is one of an edition.
type Recipient struct {
	// Token names him; see [Token].
	Token string `json:"to"`
	State State  `json:"state"`
	// Status and Text are the server's last answer about him; hostile text, with
	// his address taken out.
	Status int    `json:"status,omitempty"`
	Text   string `json:"text,omitempty"`
	Why    string `json:"why,omitempty"`
	// Tries counts how often he was put off, from First on; Again is when to try
	// him next.
	Tries int       `json:"tries,omitempty"`
	First time.Time `json:"first,omitzero"`
	Again time.Time `json:"again,omitzero"`
	// Address is filled in by [Name]; it is never kept.
	Address string `json:"-"`
}

// sheet is the handle.
type sheet struct {
	// Saved is when it was written last.
	Saved time.Time `json:"saved"`
	// Begun says that Commit wrote it.
	Begun bool        `json:"begun,omitempty"`
	All   []Recipient `json:"recipients"`
}

// errHandle is a handle that is not one of this message: nobody knows what was
// sent, and nothing more is.
func errHandle(err error) *platform.Error {
	return &platform.Error{Class: platform.Uncertain, Code: "handle", Err: err}
}

// open reads the handle of a job, or begins one.
func open(h platform.Handle, w wired) (*sheet, error) {
	s := &sheet{}
	if len(h) == 0 {
		for _, token := range w.To {
			s.All = append(s.All, Recipient{Token: token, State: Pending})
		}
		return s, nil
	}
	if err := json.Unmarshal(h, s); err != nil {
		return nil, errHandle(err)
	}
	if !slices.EqualFunc(s.All, w.To, func(r Recipient, token string) bool { return r.Token == token }) {
		return nil, errHandle(nil)
	}
	return s, nil
}

// handle is the sheet as it is kept.
func (s *sheet) handle(now time.Time) (platform.Handle, error) {
	s.Saved = now
	data, err := json.Marshal(s)
	return data, err
}

// lose makes those uncertain of whom nobody knows whether their mail left: the
// program ended while it was sending.
func (s *sheet) lose() {
	for i := range s.All {
		if s.All[i].State == Sending {
			s.All[i].State, s.All[i].Why = Uncertain, WhyCrash
		}
	}
}

// doubt makes those uncertain who have no mail as far as is known, where what is
// known is too old to be believed.
func (s *sheet) doubt() {
	for i := range s.All {
		if r := &s.All[i]; r.State == Pending {
			r.State, r.Why, r.Again = Uncertain, WhyStale, time.Time{}
		}
	}
}

// count is how many recipients stand there.
func (s *sheet) count(state State) int {
	n := 0
	for _, r := range s.All {
		if r.State == state {
			n++
		}
	}
	return n
}

// note keeps what the server said of a recipient.
func (r *Recipient) note(a answer) {
	r.Status, r.Text, r.Why, r.Again = a.status, wire.Cut(a.text), "", time.Time{}
}

// without takes an address out of a text, however it is written there.
func without(s string, to address) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		s = low // a letter that has another length in small: all of it is small then
	}
	for _, form := range []string{to.path(), to.local + "@" + to.domain} {
		form = strings.ToLower(form)
		for {
			i := strings.Index(strings.ToLower(s), form)
			if i < 0 || i+len(form) > len(s) {
				break
			}
			s = s[:i] + "…" + s[i+len(form):]
		}
	}
	return s
}
