package connections

import (
	"context"
	"maps"
	"slices"
	"time"

	"editorial/internal/config"
	"editorial/internal/connect"
	"editorial/internal/gitsite"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// Live returns the states of all accounts by which something can go out, sorted
// by platform: those of live platforms, also of mail servers and repositories,
// which nobody connects.
func (b *Book) Live(ctx context.Context) []State {
	var all []State
	for _, name := range slices.Sorted(maps.Keys(b.Config.Platforms)) {
		p := b.Config.Platforms[name]
		if !p.Live {
			continue
		}
		if _, connects := connect.Of(string(p.Kind)); connects {
			if s, ok := b.State(ctx, name); ok {
				all = append(all, s)
			}
			continue
		}
		s := State{Platform: name, Kind: string(p.Kind), Live: true, Connected: true, Account: p.Connection.Account, Where: secret.Configured}
		switch {
		case p.Kind == config.KindNewsletter && b.Config.Newsletter.SMTP.Host != "":
			s.Account = b.Config.Newsletter.SMTP.User
		case p.Kind == gitsite.Kind && b.known(name):
		default:
			continue
		}
		all = append(all, s)
	}
	return all
}

// Look renews what an account is proved by, where that is due, and lets the
// platform say how it is; the state is then that of afterwards. That nothing was
// renewed is no finding as long as the platform takes the account.
func (b *Book) Look(ctx context.Context, s State, now time.Time) State {
	if !s.Connected {
		return s
	}
	p, err := b.speaker(ctx, s)
	if r, ok := p.(platform.Renewer); err == nil && ok && r.Renew(ctx, now) == nil {
		if after, ok := b.State(ctx, s.Platform); ok {
			s = after
		}
	}
	b.Ask(ctx, &s)
	return s
}

// speaker is the publisher of an account, nil where nothing speaks for its kind.
// The error says that the account cannot be used.
func (b *Book) speaker(ctx context.Context, s State) (platform.Publisher, error) {
	if s.Kind == string(config.KindNewsletter) {
		m, err := b.newsletter(ctx, s.Platform)
		if m == nil || err != nil {
			return nil, err
		}
		return m, nil
	}
	return b.publisherOf(s.Platform, b.Account(ctx, s.Platform))
}
