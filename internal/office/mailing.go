package office

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"editorial/internal/config"
	"editorial/pkg/problem"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/newsletter"
	"editorial/pkg/publish/platform"
)

// Codes of what keeps an edition from being sent.
const (
	CodeOwnTemplate problem.Code = "edition-own-template" // platform
	CodeBadKey      problem.Code = "mail-dkim-key"        // variable
)

// EditionMessage makes the mail of an edition as it will be at its instant: of
// the posts that the agreed calendar has in its slot, and no others. It has no
// message while a post is not ready, or where there is no sender.
//
// The error is a problem where a post cannot be shown, or a template of the
// office fails: nobody sends what is not what the office wants.
func (o *Office) EditionMessage(order Order) (platform.Post, error) {
	letters := o.lettersOf(order.Platform)
	i := slices.IndexFunc(letters, func(l config.Letter) bool { return l.List == order.List })
	if i < 0 || !order.Edition {
		return platform.Post{}, ErrPostGone
	}
	made, err := o.composeEdition(letters[i], order)
	if err != nil {
		return platform.Post{}, err
	}
	return platform.Post{
		Key: order.Key, At: order.At, Lang: made.Lang, Title: made.Subject, Plain: made.Text,
		Edition: &platform.Edition{ID: order.ID, Subject: made.Subject, Message: made.Data, From: made.From, To: letters[i].To},
	}, nil
}

// composeEdition puts an edition together, just before its instant.
func (o *Office) composeEdition(l config.Letter, order Order) (made newsletter.Message, err error) {
	then := *o
	then.Now = order.At.Add(-time.Minute)
	bodies, done, err := then.openBodies()
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, done()) }()
	ed := &editor{Office: &then, posts: then.Corpus.Posts, bodies: bodies}
	_, err = o.withTemplates(templateKind, func(own fs.FS, dropped []string) error {
		if mailTemplate(dropped) {
			return problem.Problem{Position: problem.Position{File: newsletter.TemplateDir}, Code: CodeOwnTemplate, Params: problem.Params{"platform": order.Platform}}
		}
		opts := letterOptions(l)
		opts.Templates = own
		e, future := ed.edition(l, then.agreedPlacements(), order.At)
		mailing, err := newsletter.NewMailing(opts, e)
		if err != nil {
			return err
		}
		made, err = mailing.Message(future, bodies)
		return err
	})
	switch {
	case err != nil:
		return made, err
	case len(ed.problems) > 0:
		return made, ed.problems[0]
	}
	bad, err := bodies.takeBroken()
	if err == nil && len(bad) > 0 {
		err = bad[0].problem
	}
	return made, err
}

// agreedPlacements are those of the agreed calendar as a proposal that changes
// nothing.
func (o *Office) agreedPlacements() *Proposal {
	p := &Proposal{}
	for _, e := range o.Agreed.Entries {
		p.Placements = append(p.Placements, Placement{
			Key: planKey(e.Key), Platform: e.Platform, At: e.At.Instant, State: StateAgreed, Post: o.post(e.Key.Post),
		})
	}
	return p
}

// lettersOf are the letters of one newsletter.
func (o *Office) lettersOf(name string) []config.Letter {
	return slices.DeleteFunc(o.Config.Letters(), func(l config.Letter) bool { return l.Platform != name })
}

// Mailer returns the account at the mail server and the settings with which the
// editions of a newsletter are sent, to all its lists; false where no server is
// named. The error is a problem of the key that signs.
func (o *Office) Mailer(name string) (account platform.Account, s mail.Settings, ok bool, err error) {
	smtp := o.Config.Newsletter.SMTP
	if smtp.Host == "" {
		return account, s, false, nil
	}
	s = mail.Settings{Host: smtp.Host, Port: smtp.Port, Security: mail.Security(smtp.Security)}
	for _, l := range o.lettersOf(name) {
		s.To = append(s.To, l.To...)
	}
	if d := o.Config.Newsletter.DKIM; !d.Key.IsZero() {
		s.DKIM, err = mail.NewSigner(d.Domain, d.Selector, []byte(d.Key.Reveal()))
		if err != nil {
			err = problem.Problem{Position: problem.Position{File: config.FileName}, Code: CodeBadKey, Cause: err, Params: problem.Params{"variable": config.Prefix + "NEWSLETTER_DKIM_KEY_FILE"}}
		}
	}
	return platform.Account{Name: smtp.User, Credentials: fixed{smtp.Password}}, s, true, err
}

// Readers says how the recipients of an edition stand, by the handle of its
// delivery: by their addresses, where they are still among those of the
// newsletter.
func (o *Office) Readers(name string, key platform.Key, h platform.Handle) ([]mail.Recipient, mail.Tally, error) {
	all, tally, err := mail.Read(h)
	for _, l := range o.lettersOf(name) {
		all = mail.Name(all, key, l.To)
	}
	return all, tally, err
}

// fixed is a password that the configuration has.
type fixed struct{ secret config.Secret }

// Token returns the password.
func (f fixed) Token(context.Context) (platform.Token, error) {
	if f.secret.IsZero() {
		return platform.Token{}, platform.Refuse(platform.Auth, "no-password", "")
	}
	return platform.Token{Access: platform.Hidden(f.secret.Reveal())}, nil
}

// Renew returns it again: a password is not renewed.
func (f fixed) Renew(ctx context.Context, _ platform.Token, _ func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return f.Token(ctx)
}
