package cli

import (
	"context"
	"os"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/courier"
	"editorial/internal/doctor"
	"editorial/internal/office"
	"editorial/internal/outbound"
	"editorial/internal/store"
	"editorial/pkg/problem"
)

// checkAccounts renews what live accounts are proved by, where that is due, and
// asks their platforms how they are.
func (a *app) checkAccounts(ctx context.Context) ([]courier.Checked, error) {
	b, err := a.book()
	if err != nil {
		return nil, err
	}
	defer b.Via.CloseIdleConnections()
	var all []courier.Checked
	for _, s := range b.Live(ctx) {
		all = append(all, a.checkAccount(ctx, b, s))
	}
	return all, ctx.Err() // cut short, nothing is known
}

func (a *app) checkAccount(ctx context.Context, b *connections.Book, s connections.State) courier.Checked {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	now := a.present()
	s = b.Look(ctx, s, now)
	c := courier.Checked{Platform: s.Platform}
	if s.AskErr != nil && !s.Refused() {
		c.Unasked = doctor.Asked()
	}
	for _, f := range doctor.Concerns(s, now) {
		c.Found = append(c.Found, store.Notice{Code: f.Code, Params: f.Params})
	}
	return c
}

// feedFor is how long fetching the feed may take, feedBytes how long it may be.
const (
	feedFor   = time.Minute
	feedBytes = 16 << 20
)

// fetchFeed fetches the feed of the site, where the office has one on the web and
// wants it watched, by the same guarded line as all that leaves this machine.
func (a *app) fetchFeed(ctx context.Context, known courier.Fetched) (courier.Fetched, error) {
	b, err := a.book()
	if err != nil {
		return courier.Fetched{}, err
	}
	defer b.Via.CloseIdleConnections()
	now := courier.Fetched{Address: courier.FeedToWatch(b.Config)}
	if now.Address == "" {
		return now, nil
	}
	version := outbound.Version{ETag: known.ETag, Modified: known.Modified}
	if known.Address != now.Address {
		version = outbound.Version{}
	}
	ctx, cancel := context.WithTimeout(ctx, feedFor)
	defer cancel()
	got, err := outbound.FetchIf(ctx, b.Via, now.Address, outbound.Limits{Bytes: feedBytes}, version)
	now.Body, now.Same, now.ETag, now.Modified = got.Body, got.Same, got.Version.ETag, got.Version.Modified
	return now, err
}

// settled takes away what was known of accounts that somebody connected or
// disconnected since, or that answer well now: they are asked again in time. That
// there is no database, or that it cannot be written, is no matter of theirs.
func (a *app) settled(ctx context.Context, c config.Config, names ...string) {
	address := c.Delivery.Address(a.dir)
	if _, err := os.Stat(address); len(names) == 0 || err != nil && !store.IsURL(address) {
		return
	}
	s, err := store.Open(ctx, address)
	if err != nil {
		return
	}
	defer s.Close()
	_ = s.Write(ctx, func(tx *store.Tx) error {
		for _, name := range names {
			if err := tx.ForgetNotices(ctx, courier.AreaAccount, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// notices are what somebody must see to, as far as it is still of this office.
func notices(ctx context.Context, s *store.Store, c config.Config) ([]store.Notice, error) {
	all, err := s.Notices(ctx)
	kept := all[:0:0]
	for _, n := range all {
		switch {
		case n.Area == courier.AreaAccount && !c.Platforms[n.Subject].Live:
		case n.Area == courier.AreaFeed && n.Subject != courier.FeedToWatch(c):
		default:
			kept = append(kept, n)
		}
	}
	return kept, err
}

// sayNotice words a notice, and the command or the hint that settles it.
func (a *app) sayNotice(n store.Notice) (sentence, command, hint string) {
	if n.Area == courier.AreaFeed {
		key, params := "delivery.notice-"+n.Code, a.worded(problem.Params(n.Params))
		return a.words.Say(key, params), "", a.words.Say(key+"-hint", params)
	}
	sentence, hint = a.finding(doctor.Finding{Code: n.Code, Params: problem.Params(n.Params)})
	switch n.Code {
	case "connection-soon", "connection-over", "connection-refused", "connection-scopes", "connection-awaited":
		return sentence, a.command("connect", n.Subject), hint
	case "connection-unreadable":
		return sentence, a.command("connect") + " --list", hint
	}
	return sentence, "", hint
}

// printNotices says what somebody must see to before anything fails.
func (a *app) printNotices(o *office.Office, all []store.Notice) {
	a.section("delivery.head-notices")
	for _, n := range all {
		sentence, command, hint := a.sayNotice(n)
		a.printFlow("  ", sentence+a.words.Say("delivery.notice-seen", problem.Params{"when": a.when(o, n.Seen)}))
		if command == "" {
			a.printFlow("    ", hint)
			continue
		}
		a.printf("    → %s\n", strings.TrimSpace(command))
	}
}

// jsonNotice is a notice in --json output.
type jsonNotice struct {
	Area     string         `json:"area"`
	Subject  string         `json:"subject"`
	Code     string         `json:"code"`
	Params   problem.Params `json:"params"`
	Sentence string         `json:"sentence"`
	Command  string         `json:"command"`
	Hint     string         `json:"hint"`
	Since    time.Time      `json:"since"`
	Seen     time.Time      `json:"seen"`
}

func (a *app) noticeJSON(o *office.Office, n store.Notice) jsonNotice {
	sentence, command, hint := a.sayNotice(n)
	in := o.Zone.Location()
	return jsonNotice{n.Area, n.Subject, n.Code, n.Params, sentence, command, hint, n.Since.In(in), n.Seen.In(in)}
}
