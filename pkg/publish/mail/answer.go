package mail

import (
	"errors"

	"github.com/emersion/go-smtp"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// answer is what a server said to a command, or that it said nothing.
type answer struct {
	status int
	// code is the enhanced one (RFC 3463), zero where there is none.
	code smtp.EnhancedCode
	text string
	// lost is why no answer came; then the rest says nothing.
	lost error
}

// heard makes an answer of an error of the client; nil is a plain success.
func heard(err error) answer {
	if err == nil {
		return answer{status: 250}
	}
	var reply *smtp.SMTPError
	if errors.As(err, &reply) {
		return answer{status: reply.Code, code: reply.EnhancedCode, text: reply.Message}
	}
	return answer{lost: err}
}

// about takes the recipient's address out of what the server said: nothing that
// is kept holds one.
func (a answer) about(to address) answer {
	a.text = without(a.text, to)
	return a
}

// ok reports whether the command was done.
func (a answer) ok() bool { return a.lost == nil && a.status >= 200 && a.status < 300 }

// later reports whether the server will perhaps do it another time.
func (a answer) later() bool { return a.lost == nil && a.status >= 400 && a.status < 500 }

// never reports whether it will not.
func (a answer) never() bool { return a.lost == nil && a.status >= 500 && a.status < 600 }

// leaving reports whether the server ends the connection: RFC 5321, section
// 3.8.
func (a answer) leaving() bool { return a.lost == nil && a.status == 421 }

// overQuota reports whether too much was sent: X.4.5 is what large providers say
// when a day's mails are used up (RFC 3463, section 3.5, calls it congestion).
func (a answer) overQuota() bool { return a.code[1] == 4 && a.code[2] == 5 }

// failed is what the answer means where it stops an edition: the sender is not
// taken, the server does not want the mail, or it is not there. Nothing was sent
// by that command.
func (a answer) failed(phase string) *platform.Error {
	e := &platform.Error{Class: platform.Temporary, Status: a.status, Code: phase, Detail: wire.Cut(a.text), Err: a.lost}
	switch {
	case a.never() && permanent(a.status):
		e.Class = platform.Auth
	case (a.never() || a.later()) && a.overQuota():
		e.Class = platform.Quota
	case a.never() && a.code[1] == 7: // policy: RFC 3463, section 3.8
		e.Class = platform.Permission
	case a.never():
		e.Class = platform.Invalid
	}
	return e
}

// early is an error before any mail: what the server refuses for good at its
// door is for a person.
func early(phase string, err error) *platform.Error {
	e := heard(err).failed(phase)
	if e.Class == platform.Invalid {
		e.Class = platform.Permission
	}
	return e
}
