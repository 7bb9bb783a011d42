package connections

import (
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

// mailer is the publisher of a newsletter, to the readers of all its lists: of an
// edition each gets the one that he was frozen into. False where no mail server is
// named: a person sends it then.
func (b *Book) mailer(name string) (platform.Publisher, bool) {
	smtp := b.Config.Newsletter.SMTP
	if smtp.Host == "" {
		return nil, false
	}
	s := mail.Settings{Host: smtp.Host, Port: smtp.Port, Security: mail.Security(smtp.Security)}
	for _, l := range b.Config.Letters() {
		if l.Platform == name {
			s.To = append(s.To, l.To...)
		}
	}
	if d := b.Config.Newsletter.DKIM; !d.Key.IsZero() {
		var err error
		if s.DKIM, err = mail.NewSigner(d.Domain, d.Selector, []byte(d.Key.Reveal())); err != nil {
			s.Broken = "dkim-key" // nothing goes out unsigned that should be signed
		}
	}
	password := platform.Token{Access: platform.Hidden(smtp.Password.Reveal())}
	return mail.New(platform.Account{Name: smtp.User, Credentials: b.Vault.Credentials(name, password)}, s, b.Dialer), true
}
