package connections

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"editorial/internal/connect"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// Soon is how long before its end a connection is called to mind.
const Soon = 14 * 24 * time.Hour

// State is how a connection is, as far as the office itself knows.
type State struct {
	Platform, Kind string
	Way            connect.Way
	// Live platforms send: theirs must be there.
	Live bool
	// Waits: what goes there is held until it is connected, since the configuration
	// names an account that nothing proves yet; where it names none, a person puts
	// posts there.
	Waits     bool
	Connected bool
	Account   string
	Where     secret.Where
	// Ends is when a person must connect again; zero: never, or not known.
	Ends time.Time
	// Renews: a program on the office renews it meanwhile.
	Renews bool
	// Missing are scopes that publishing needs and the token lacks.
	Missing []string
	// Err is why nobody knows.
	Err error
	// Standing is what the platform says itself; nil: it was not asked, or nothing
	// can ask it. AskErr is why it did not say, or
	// need not be asked: git cannot use the repository.
	Standing *platform.Standing
	AskErr   error
}

// ByGit reports whether posts go there by git, which may prove itself by what the
// machine has.
func (s State) ByGit() bool { return s.Way == connect.Machine }

// States returns those of all platforms that have something to connect, sorted.
func (b *Book) States(ctx context.Context) []State {
	var all []State
	for _, name := range slices.Sorted(maps.Keys(b.Config.Platforms)) {
		if s, ok := b.State(ctx, name); ok {
			all = append(all, s)
		}
	}
	return all
}

// State returns that of a platform; false where there is nothing to connect. It
// asks nobody.
func (b *Book) State(ctx context.Context, name string) (State, bool) {
	p := b.Config.Platforms[name]
	app, ok := connect.Of(string(p.Kind))
	if !ok {
		return State{}, false
	}
	s := State{Platform: name, Kind: string(p.Kind), Way: app.Way, Live: p.Live, Account: p.Connection.Account}
	r, at, kept, err := b.Vault.Get(ctx, name)
	if seed := Seed(p.Connection); seed.Access != "" {
		s.Connected, s.Where = true, secret.Configured
		return s, true
	}
	if !kept && err == nil && app.Way == connect.Machine && Repository(p.Connection) != "" {
		s.Connected, s.Where = true, secret.Machine
		if _, err := b.publisherOf(name, b.Account(ctx, name)); err != nil {
			s.AskErr = unusable(err)
		}
		return s, true
	}
	if !kept {
		s.Err, s.Waits = err, p.Live && b.known(name)
		return s, true
	}
	s.Connected, s.Where, s.Account = true, at, cmp.Or(s.Account, r.Account)
	if app.Way == connect.Typed || app.Way == connect.Machine { // what a publisher made of it is its own affair
		return s, true
	}
	s.Renews = r.Token.Refresh != "" || app.Long.At != "" && !r.Token.Expires.IsZero()
	if s.Ends = r.Token.Expires; r.Token.Refresh != "" {
		s.Ends = r.Token.RefreshBy
	}
	wanted := app.ScopesFor(s.Account)
	if p.Connection.Scopes != nil {
		wanted = p.Connection.Scopes
	}
	s.Missing = missing(wanted, r.Token.Scopes)
	return s, true
}

// missing are the wanted scopes that nothing grants. One of Mastodon's, such as
// "write", grants all that begin with it and a colon.
func missing(wanted, granted []string) []string {
	if len(granted) == 0 {
		return nil // nobody said
	}
	var all []string
	for _, w := range wanted {
		above, _, _ := strings.Cut(w, ":")
		if !slices.Contains(granted, w) && !slices.Contains(granted, above) && !dropped(w) {
			all = append(all, w)
		}
	}
	return all
}

// dropped are scopes that a platform takes and does not list again.
func dropped(scope string) bool { return scope == "offline.access" || scope == "openid" }

// Ask lets the platform say how the connection is, where something can ask it.
func (b *Book) Ask(ctx context.Context, s *State) {
	if !s.Connected {
		return
	}
	p, err := b.speaker(ctx, *s)
	switch {
	case err != nil:
		s.AskErr = unusable(err)
	case p != nil:
		s.ask(ctx, p)
	}
}

// ask lets a publisher ask.
func (s *State) ask(ctx context.Context, p platform.Publisher) {
	checker, ok := p.(platform.Checker)
	if !ok {
		return
	}
	standing, err := checker.Check(ctx)
	if err != nil {
		s.AskErr = err
		return
	}
	s.Standing = &standing
	s.Account = cmp.Or(s.Account, standing.Account)
	if !standing.Expires.IsZero() && !s.Renews {
		s.Ends = standing.Expires
	}
	for _, m := range standing.Missing {
		if !slices.Contains(s.Missing, m) {
			s.Missing = append(s.Missing, m)
		}
	}
}

// Refused reports whether the platform does not take the account, as far as it was
// asked. With another error nobody knows.
func (s State) Refused() bool {
	class := platform.ClassOf(s.AskErr)
	return s.AskErr != nil && (class == platform.Auth || class == platform.Permission)
}

// Left are the whole days until a connection ends; ok is false where it does not,
// or nobody knows.
func (s State) Left(now time.Time) (days int, ok bool) {
	if s.Ends.IsZero() {
		return 0, false
	}
	left := s.Ends.Sub(now)
	if left < 0 {
		return -1, true
	}
	return int(left / (24 * time.Hour)), true
}
