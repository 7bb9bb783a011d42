package courier

import (
	"context"
	"errors"

	"editorial/pkg/publish/platform"
)

// unusable stands for an account that cannot be made: what goes there is held,
// with the reason, and all other accounts go on.
type unusable struct {
	platform.Format
	err error
}

func (u unusable) refuse() error {
	if e := (*platform.Error)(nil); errors.As(u.err, &e) {
		return e
	}
	return &platform.Error{Class: platform.Auth, Code: "account", Err: u.err}
}

// Prepare says what is the matter.
func (u unusable) Prepare(context.Context, platform.Job) (platform.Handle, error) {
	return nil, u.refuse()
}

// Commit says what is the matter.
func (u unusable) Commit(context.Context, platform.Job) (platform.Receipt, error) {
	return platform.Receipt{}, u.refuse()
}

// Lookup says what is the matter.
func (u unusable) Lookup(context.Context, platform.Job) (platform.Finding, error) {
	return platform.Finding{}, u.refuse()
}
