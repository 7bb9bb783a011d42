package connections

import (
	"cmp"
	"context"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/config"
	"editorial/internal/gitsite"
	"editorial/internal/outbound"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// Book is the accounts of an office.
type Book struct {
	Config config.Config
	Vault  *secret.Vault
	// Via is the client of all publishers, Dialer that of what is no HTTP.
	Via    *http.Client
	Dialer *outbound.Dialer
	// Makers are those of [Publishers], or of a test.
	Makers map[config.Kind]Maker
	// Search is where search engines are told of pages: "" is that of IndexNow, or
	// that of a test.
	Search string
	// Dir is the folder of the office: accounts of git keep repositories below
	// it. "" lets nobody speak for them.
	Dir     string
	environ []string
}

// Open returns the accounts of an office. environ may name a proxy. It speaks to
// nobody.
func Open(c config.Config, v *secret.Vault, environ []string) *Book {
	opts := outbound.Options{Servers: Servers(c), Environ: environ}
	d := outbound.NewDialer(opts)
	return &Book{Config: c, Vault: v, Via: outbound.NewClient(d, opts), Dialer: d, Makers: Publishers(), environ: environ}
}

// Servers are the addresses that the office names, and which may therefore be
// reached wherever they stand: each host at its one port.
func Servers(c config.Config) []string {
	var all []string
	if c.Site.Hub != "" {
		all = append(all, c.Site.Hub)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Platforms)) {
		k := c.Platforms[name].Connection
		if k.Server != "" {
			all = append(all, k.Server)
		}
		// Options that are addresses, as Bluesky's "appview" and the "media" of
		// Micropub.
		for _, option := range slices.Sorted(maps.Keys(k.Options)) {
			if s := k.Options[option]; strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
				all = append(all, s)
			}
		}
	}
	if s := c.Newsletter.SMTP; s.Host != "" {
		all = append(all, net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	}
	return all
}

// Secrets are all that the configuration itself holds.
func Secrets(c config.Config) []string {
	all := []string{c.Newsletter.SMTP.Password.Reveal(), c.Newsletter.DKIM.Key.Reveal()}
	for _, p := range c.Platforms {
		k := p.Connection
		all = append(all, k.ClientSecret.Reveal(), k.Token.Reveal(), k.Password.Reveal())
	}
	return all
}

// Seed is the token that the configuration gives: the token, else the password.
// With both, the password is the token's own secret, as OAuth 1.0a has it.
func Seed(c config.Connection) platform.Token {
	token, password := platform.Hidden(c.Token.Reveal()), platform.Hidden(c.Password.Reveal())
	if token == "" {
		token, password = password, ""
	}
	return platform.Token{Access: token, Secret: password}
}

// Account returns that of a platform. What the configuration does not say of it,
// the record of "connect" does, if it can be read.
func (b *Book) Account(ctx context.Context, name string) platform.Account {
	c := b.Config.Platforms[name].Connection
	a := platform.Account{
		Server: strings.TrimSuffix(c.Server, "/"), Name: c.Account, ClientID: c.ClientID, ClientSecret: platform.Hidden(c.ClientSecret.Reveal()),
		Credentials: b.Vault.Credentials(name, Seed(c)), Options: maps.Clone(c.Options),
	}
	if r, _, ok, _ := b.Vault.Get(ctx, name); ok {
		a.Name = cmp.Or(a.Name, r.Account)
		if a.ClientID == "" {
			a.ClientID, a.ClientSecret = r.ClientID, r.ClientSecret
		}
	}
	return a
}

// Publisher returns the one of a platform; false where nothing speaks for its
// kind: a person puts its posts there.
func (b *Book) Publisher(ctx context.Context, name string) (platform.Publisher, bool) {
	p, ok := b.Config.Platforms[name]
	if ok && p.Kind == gitsite.Kind && b.Dir != "" {
		pub := b.git(name, b.Account(ctx, name))
		return pub, pub != nil
	}
	make, known := b.Makers[p.Kind]
	if !ok || !known {
		return nil, false
	}
	return make(b.Account(ctx, name), b.Via), true
}

// Held are credentials in memory alone: to try a token before it is kept.
type Held struct{ Now platform.Token }

// Token returns the present token.
func (h *Held) Token(context.Context) (platform.Token, error) { return h.Now, nil }

// Renew exchanges the token.
func (h *Held) Renew(ctx context.Context, _ platform.Token, exchange func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	fresh, err := exchange(ctx, h.Now)
	if err != nil {
		return platform.Token{}, err
	}
	h.Now = secret.Merge(h.Now, fresh)
	return h.Now, nil
}

// Try asks the platform how an account is whose record is not kept yet, and
// returns the record with what became of its token meanwhile. ok is false where
// nothing can ask.
func (b *Book) Try(ctx context.Context, name string, r secret.Record) (after secret.Record, s platform.Standing, ok bool, err error) {
	make, known := b.Makers[b.Config.Platforms[name].Kind]
	if !known {
		return r, s, false, nil
	}
	a := b.Account(ctx, name)
	held := &Held{r.Token}
	a.Credentials, a.Name = held, cmp.Or(a.Name, r.Account)
	if r.ClientID != "" {
		a.ClientID, a.ClientSecret = r.ClientID, r.ClientSecret
	}
	checker, can := make(a, b.Via).(platform.Checker)
	if !can {
		return r, s, false, nil
	}
	s, err = checker.Check(ctx)
	r.Token = held.Now
	r.Account = cmp.Or(r.Account, s.Account)
	return r, s, true, err
}
