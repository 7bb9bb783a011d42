package connections

import (
	"context"
	"slices"

	"editorial/internal/config"
	"editorial/internal/gitsite"
	"editorial/internal/platforms"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

// Deliver returns what posts are on a platform and, where the office has an
// account there, who delivers them. state is the folder of what is the program's
// own, environ its environment.
func (b *Book) Deliver(ctx context.Context, name, state string, environ []string) (platform.Format, platform.Publisher, error) {
	p := b.Config.Platforms[name]
	var pub platform.Publisher
	switch {
	case p.Kind == config.KindNewsletter:
		m, err := b.newsletter(ctx, name)
		if m == nil || err != nil || !p.Live {
			return mail.Format{ByHand: true}, nil, err // a person sends it
		}
		pub = m
	case p.Kind == gitsite.Kind && b.known(name):
		g, err := gitOf(name, state, b.Account(ctx, name), environ)
		if err != nil {
			return nil, nil, unusable(err)
		}
		pub = g
	case b.known(name) || b.stored(ctx, name):
		pub, _ = b.Publisher(ctx, name)
	}
	if pub != nil {
		return pub, pub, nil
	}
	if f, ok := platforms.Formats()[p.Kind]; ok {
		return platforms.ByHand(p.Kind, f), nil, nil
	}
	return platforms.Plain(p.Kind), nil, nil
}

// known reports whether the configuration names an account.
func (b *Book) known(name string) bool { return !b.Config.Platforms[name].Connection.IsZero() }

// stored reports whether "connect" keeps a record of it.
func (b *Book) stored(ctx context.Context, name string) bool {
	_, _, ok, err := b.Vault.Get(ctx, name)
	return ok && err == nil
}

// newsletter returns who mails a newsletter, nil where no server is named.
func (b *Book) newsletter(ctx context.Context, name string) (*mail.Publisher, error) {
	n := b.Config.Newsletter
	if n.SMTP.Host == "" {
		return nil, nil
	}
	s := mail.Settings{Host: n.SMTP.Host, Port: n.SMTP.Port, Security: mail.Security(n.SMTP.Security)}
	for _, l := range b.Config.Letters() {
		if l.Platform != name {
			continue
		}
		for _, to := range l.To {
			if !slices.Contains(s.To, to) {
				s.To = append(s.To, to)
			}
		}
	}
	if d := n.DKIM; d.Domain != "" {
		signer, err := mail.NewSigner(d.Domain, d.Selector, []byte(d.Key.Reveal()))
		if err != nil {
			return nil, err
		}
		s.DKIM = signer
	}
	a := b.Account(ctx, name)
	a.Name = n.SMTP.User
	a.Credentials = &Held{Now: platform.Token{Access: platform.Hidden(n.SMTP.Password.Reveal())}}
	return mail.New(a, s, b.Dialer), nil
}
