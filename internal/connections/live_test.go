package connections_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// TestLive_areTheAccountsThatSend: a mail server too, which nobody connects; not
// what is not live, nor what a person posts to.
func TestLive_areTheAccountsThatSend(t *testing.T) {
	t.Parallel()
	b := open(t, `
site = { title = "T", url = "https://velo.example/" }
[newsletter]
from = "us@velo.example"
postal_address = "Nantes"
unsubscribe_url = "https://velo.example/adieu"
to = ["awa@lecteurs.example"]
smtp = { host = "127.0.0.1", port = 1, security = "none" }
[platforms.newsletter]
live = true
[platforms.x]
live = true
[platforms.mastodon]
[platforms.blog]
live = true
`, nil)
	var names []string
	all := b.Live(t.Context())
	for _, s := range all {
		names = append(names, s.Platform)
	}
	if !slices.Equal(names, []string{"newsletter", "x"}) {
		t.Fatal(names)
	}
	mail := b.Look(t.Context(), all[0], begin) // nobody listens at that port
	if mail.AskErr == nil || mail.Refused() {
		t.Errorf("%v", mail.AskErr)
	}
	if x := b.Look(t.Context(), all[1], begin); x.AskErr != nil || x.Connected {
		t.Errorf("nobody connected it, and it was asked: %+v", x)
	}
}

// renewing is an account that lives a day longer when it is renewed.
type renewing struct {
	platform.Publisher
	account platform.Account
	err     error
}

func (r renewing) Renew(ctx context.Context, now time.Time) error {
	if r.err != nil {
		return r.err
	}
	stale, err := r.account.Credentials.Token(ctx)
	if err != nil {
		return err
	}
	_, err = r.account.Credentials.Renew(ctx, stale, func(context.Context, platform.Token) (platform.Token, error) {
		return platform.Token{Access: "fresh", Expires: now.Add(60 * 24 * time.Hour)}, nil
	})
	return err
}

func (r renewing) Check(ctx context.Context) (platform.Standing, error) {
	_, err := r.account.Credentials.Token(ctx)
	return platform.Standing{Account: "@a"}, err
}

// TestLook_renewsFirst, and what could not be renewed is as it was.
func TestLook_renewsFirst(t *testing.T) {
	t.Parallel()
	for _, fails := range []error{nil, errors.New("away")} {
		b := open(t, "[platforms.threads]\nlive = true\n", nil)
		b.Makers[config.Kind("threads")] = func(a platform.Account, _ wire.Doer) platform.Publisher { return renewing{account: a, err: fails} }
		if _, err := b.Vault.Put(t.Context(), "threads", secret.Record{Token: platform.Token{Access: "old", Expires: begin.Add(24 * time.Hour)}}); err != nil {
			t.Fatal(err)
		}
		var s connections.State
		for _, s = range b.Live(t.Context()) {
			s = b.Look(t.Context(), s, begin)
		}
		if days, _ := s.Left(begin); days != map[bool]int{true: 60, false: 1}[fails == nil] || s.Standing == nil || s.Account != "@a" {
			t.Errorf("%v: %d days, %+v", fails, days, s)
		}
	}
}
