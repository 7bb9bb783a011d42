package platforms

import (
	"editorial/internal/config"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// ByHand returns what a person is given to post on a kind of platform: what its
// publisher would send, or, where that refuses a post, the plain text. A person
// sees what does not fit, and can do more than an interface allows.
func ByHand(kind config.Kind, own platform.Format) platform.Format {
	return byHand{own, Plain(kind)}
}

type byHand struct{ own, plain platform.Format }

// Caps are those of the platform.
func (b byHand) Caps() platform.Caps { return b.own.Caps() }

// Validate finds what its publisher finds, as warnings.
func (b byHand) Validate(p platform.Post) []problem.Problem {
	all := b.own.Validate(p)
	for i := range all {
		all[i].Severity = max(all[i].Severity, problem.Warning)
	}
	return all
}

// Render makes the message for a person.
func (b byHand) Render(p platform.Post) (platform.Message, error) {
	if problem.Errors(b.own.Validate(p)) > 0 {
		return b.plain.Render(p)
	}
	return b.own.Render(p)
}
