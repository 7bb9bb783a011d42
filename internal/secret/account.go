package secret

import (
	"context"
	"errors"
	"time"

	"editorial/pkg/publish/platform"
)

// Codes of errors that publishers see.
const (
	// NotConnected: nobody has connected the account.
	NotConnected = "not-connected"
	// Unkept: secrets cannot be read or written; another time they may.
	Unkept = "secrets-unavailable"
)

// account is the credentials of one platform.
type account struct {
	v    *Vault
	name string
	seed platform.Token
}

// Credentials returns those of a platform. seed is what the configuration gives:
// it counts before everything that "connect" kept, but not before what was made
// from it.
func (v *Vault) Credentials(name string, seed platform.Token) platform.Credentials {
	v.tell(Record{Token: seed}.hides()...)
	return account{v, name, seed}
}

// Token returns the present token. One that could not be written when it was
// issued is written first.
func (a account) Token(ctx context.Context) (platform.Token, error) {
	if _, unsaved := a.v.waiting(a.name); unsaved {
		unlock, err := a.v.locks.Lock(ctx, lockName(a.name))
		if err != nil {
			return platform.Token{}, refuse(platform.Temporary, Unkept, err)
		}
		defer func() { _ = unlock() }()
		if err := a.save(ctx); err != nil {
			return platform.Token{}, err
		}
	}
	r, _, err := a.present(ctx)
	return r.Token, err
}

// present is what counts now, and where it is kept; "" is nowhere yet.
func (a account) present(ctx context.Context) (Record, Where, error) {
	r, at, ok, err := a.v.Get(ctx, a.name)
	given := a.seed.Access != ""
	switch {
	case ok && (!given || r.Seed == sum(a.seed)):
		return r, at, nil
	case given:
		return Record{Token: a.seed, Seed: sum(a.seed)}, "", nil
	case err != nil:
		return Record{}, "", refuse(platform.Temporary, Unkept, err)
	}
	return Record{}, "", refuse(platform.Auth, NotConnected, nil)
}

// Renew exchanges the token once for all programs.
//
// A crash between the platform's answer and the disk loses the new token: no
// client can prevent that. What is done about it: the disk has the new token
// before Renew returns; a note on disk tells the next one that an exchange was
// begun; and the old refresh token is sent again only after whoever asks has been
// given the old access token once more, and calls it stale again (or its time is
// up): then nothing is left to lose.
func (a account) Renew(ctx context.Context, stale platform.Token, exchange func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	v := a.v
	unlock, err := v.locks.Lock(ctx, lockName(a.name))
	if err != nil {
		return platform.Token{}, refuse(platform.Temporary, Unkept, err)
	}
	defer func() { _ = unlock() }()
	if err := a.save(ctx); err != nil {
		return platform.Token{}, err
	}
	r, at, err := a.present(ctx)
	if err != nil {
		return platform.Token{}, err
	}
	if sum(r.Token) != sum(stale) || a.spare(r.Token) {
		return r.Token, nil
	}
	v.step("locked")
	if err := v.marks.set(a.name, r.Token); err != nil {
		return platform.Token{}, refuse(platform.Temporary, Unkept, err)
	}
	v.step("marked")
	fresh, err := exchange(ctx, r.Token)
	if err != nil {
		if settled(err) {
			v.marks.clear(a.name)
		}
		return platform.Token{}, err
	}
	v.step("exchanged")
	r.Token = Merge(r.Token, fresh)
	// Whoever asked may be gone: what was issued is kept all the same.
	if _, err := v.keep(context.WithoutCancel(ctx), a.name, r, at); err != nil {
		v.mu.Lock()
		v.unsaved[a.name] = r
		v.mu.Unlock()
		return platform.Token{}, refuse(platform.Temporary, Unkept, err)
	}
	v.marks.clear(a.name)
	v.step("cleared")
	return r.Token, nil
}

// save writes what could not be written before.
func (a account) save(ctx context.Context) error {
	r, ok := a.v.waiting(a.name)
	if !ok {
		return nil
	}
	if _, err := a.v.keep(ctx, a.name, r, ""); err != nil {
		return refuse(platform.Temporary, Unkept, err)
	}
	a.v.marks.clear(a.name)
	return nil
}

// spare reports whether the token is given back although it is called stale: an
// exchange of it was begun, and its end is not known.
func (a account) spare(t platform.Token) bool {
	v := a.v
	if !v.marks.has(a.name, t) || !t.Expires.After(v.now()) {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	before := v.insisted[sum(t)]
	v.insisted[sum(t)] = true
	return !before
}

// settled reports whether it is sure that no token was issued.
func settled(err error) bool {
	var e *platform.Error
	return errors.As(err, &e) && e.Class != platform.Uncertain
}

// Merge lays a new token over the old one: a refresh token or a secret that is
// not given anew stays, and times go with what they are about.
func Merge(old, fresh platform.Token) platform.Token {
	if fresh.Access == "" {
		fresh.Access, fresh.Expires = old.Access, later(fresh.Expires, old.Expires)
	}
	if fresh.Secret == "" {
		fresh.Secret = old.Secret
	}
	if fresh.Refresh == "" || fresh.Refresh == old.Refresh {
		fresh.Refresh, fresh.RefreshBy = old.Refresh, later(fresh.RefreshBy, old.RefreshBy)
	}
	if fresh.Scopes == nil {
		fresh.Scopes = old.Scopes
	}
	return fresh
}

// later is the first that is said.
func later(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
