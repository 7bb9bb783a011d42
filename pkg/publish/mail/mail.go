package mail

import (
	"crypto/tls"

	"editorial/pkg/publish/platform"
)

// Settings are the server and the readers of one newsletter.
type Settings struct {
	// Host and Port are the server's.
	Host     string
	Port     int
	Security Security
	// To are the addresses as the configuration has them now. Who is among them
	// no more gets nothing that was frozen before.
	To []string
	// DKIM signs; nil leaves that to the server.
	DKIM *Signer
	// TLS, unless nil, says whom to trust; the server's name is filled in.
	TLS *tls.Config
}

// Publisher mails editions. The name of the account is that of the user at the
// server, its token the password; without a name nobody logs in.
type Publisher struct {
	Format
	account  platform.Account
	settings Settings
	via      Dialer
}

var (
	_ platform.Publisher = (*Publisher)(nil)
	_ platform.Checker   = (*Publisher)(nil)
	_ platform.Settler   = (*Publisher)(nil)
)

// New returns the publisher of a newsletter.
func New(account platform.Account, s Settings, via Dialer) *Publisher {
	return &Publisher{account: account, settings: s, via: via}
}

// known are the recipients by their tokens.
func (p *Publisher) known(key platform.Key) map[string]address {
	all := map[string]address{}
	for _, text := range p.settings.To {
		if a, err := parse(text); err == nil {
			all[a.token(key)] = a
		}
	}
	return all
}
