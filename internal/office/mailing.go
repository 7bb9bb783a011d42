package office

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/pkg/problem"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/newsletter"
	"editorial/pkg/publish/platform"
)

// CodeOwnTemplate is that of an edition which is not sent because a template of
// the office fails.
const CodeOwnTemplate problem.Code = "edition-own-template" // platform

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
		Edition: &platform.Edition{ID: order.ID, Subject: made.Subject, Message: made.Data, From: made.From, To: letters[i].To, Items: order.Items},
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

// Reader finds a recipient of an edition by his address, or by the beginning of
// the token that names him, at least six characters; false if there is none, or
// more than one.
func (o *Office) Reader(name string, key platform.Key, h platform.Handle, who string) (found mail.Recipient, ok bool, err error) {
	all, _, err := o.Readers(name, key, h)
	if err != nil {
		return found, false, err
	}
	token, isAddress := mail.Token(key, who)
	for _, r := range all {
		if isAddress && r.Token != token || !isAddress && (len(who) < 6 || !strings.HasPrefix(r.Token, who)) {
			continue
		}
		if ok {
			return found, false, nil
		}
		found, ok = r, true
	}
	return found, ok, nil
}
