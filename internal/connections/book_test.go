package connections_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"editorial/internal/config"
	"editorial/internal/connect"
	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

var begin = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// checker is a publisher that can say how its account is, and nothing else.
type checker struct {
	platform.Publisher
	account platform.Account
	check   func(context.Context, platform.Account) (platform.Standing, error)
}

func (c checker) Check(ctx context.Context) (platform.Standing, error) {
	return c.check(ctx, c.account)
}

// open is an office with a configuration, whose platforms of kind x a check
// answers for.
func open(t *testing.T, text string, check func(context.Context, platform.Account) (platform.Standing, error)) *connections.Book {
	t.Helper()
	c, _, problems := config.Parse([]byte(text), config.Options{})
	for _, p := range problems {
		if p.Severity == 0 {
			t.Fatal(p)
		}
	}
	dir := t.TempDir()
	v := secret.Open(secret.Options{Dir: dir, Now: func() time.Time { return begin }, Identity: secret.Identity{Path: filepath.Join(dir, "id")}})
	b := connections.Open(c, v, nil)
	b.Makers = map[config.Kind]connections.Maker{"x": func(a platform.Account, _ wire.Doer) platform.Publisher { return checker{account: a, check: check} }}
	return b
}

func TestServers_areThoseThatTheOfficeNames(t *testing.T) {
	t.Parallel()
	b := open(t, `
[newsletter.smtp]
host = "mail.example.org"
port = 2525
[platforms.a]
kind = "wordpress"
connection = { server = "http://127.0.0.1:8090/" }
[platforms.b]
kind = "x"
[platforms.c]
kind = "bluesky"
connection = { server = "https://pds.example.org", options = { appview = "http://192.168.1.7:3000", name = "10.0.0.1:80" } }
[platforms.d]
kind = "micropub"
connection = { server = "https://velo.example/micropub", options = { drafts = "yes", media = "https://10.0.0.2/media" } }
`, nil)
	if got := connections.Servers(b.Config); !slices.Equal(got, []string{"http://127.0.0.1:8090/", "https://pds.example.org", "http://192.168.1.7:3000", "https://velo.example/micropub", "https://10.0.0.2/media", "mail.example.org:2525"}) {
		t.Errorf("got %q", got)
	}
}

func TestAccount_fromTheConfigurationAndTheRecord(t *testing.T) {
	t.Parallel()
	b := open(t, `
[platforms.given]
kind = "flickr"
connection = { server = "https://f.example/", account = "me", client_id = "id", client_secret = "app", token = "t", password = "ts", options = { album = "7" } }
[platforms.typed]
kind = "wordpress"
connection = { password = "app password" }
[platforms.kept]
kind = "mastodon"
`, nil)
	want := secret.Record{Account: "library", ClientID: "cid", ClientSecret: "cs", Token: platform.Token{Access: "kept token"}}
	if _, err := b.Vault.Put(t.Context(), "kept", want); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		a platform.Account
		t platform.Token
	}{
		"given": {platform.Account{Server: "https://f.example", Name: "me", ClientID: "id", ClientSecret: "app", Options: map[string]string{"album": "7"}}, platform.Token{Access: "t", Secret: "ts"}},
		"typed": {platform.Account{}, platform.Token{Access: "app password"}},
		"kept":  {platform.Account{Name: "library", ClientID: "cid", ClientSecret: "cs"}, platform.Token{Access: "kept token"}},
	} {
		a := b.Account(t.Context(), name)
		token, err := a.Credentials.Token(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want.a, a, cmpopts.IgnoreFields(platform.Account{}, "Credentials"), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if d := cmp.Diff(want.t, token, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if got := connections.Secrets(b.Config); len(slices.DeleteFunc(got, func(s string) bool { return s == "" })) != 4 {
		t.Errorf("secrets of the configuration: %d", len(got))
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	b := open(t, `
[platforms.blog]
[platforms.given]
kind = "bluesky"
connection = { account = "a", password = "p4ssword" }
[platforms.linkedin]
[platforms.live]
kind = "x"
live = true
[platforms.mastodon]
[platforms.threads]
[platforms.x]
`, nil)
	for name, token := range map[string]platform.Token{
		"x":        {Access: "a", Refresh: "r", Expires: begin.Add(time.Hour), Scopes: []string{"tweet.read", "users.read", "media.write"}},
		"mastodon": {Access: "a", Scopes: []string{"read", "write"}},
		"threads":  {Access: "a", Expires: begin.Add(20*24*time.Hour + time.Hour)},
		"linkedin": {Access: "a", Refresh: "r", Expires: begin.Add(-time.Hour), RefreshBy: begin.Add(-time.Minute)},
	} {
		if _, err := b.Vault.Put(t.Context(), name, secret.Record{Account: "@" + name, Token: token}); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]connections.State{}
	for _, s := range b.States(t.Context()) {
		got[s.Platform] = s
	}
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, []string{"given", "linkedin", "live", "mastodon", "threads", "x"}) {
		t.Fatalf("got %v", names)
	}
	for name, want := range map[string]struct {
		connected, renews bool
		where             secret.Where
		days              int // -2: does not end
		missing           []string
	}{
		"given":    {true, false, secret.Configured, -2, nil},
		"live":     {false, false, "", -2, nil},
		"x":        {true, true, secret.AgeFile, -2, []string{"tweet.write"}},
		"mastodon": {true, false, secret.AgeFile, -2, nil},
		"threads":  {true, true, secret.AgeFile, 20, nil},
		"linkedin": {true, true, secret.AgeFile, -1, nil},
	} {
		s := got[name]
		days, ends := s.Left(begin)
		if !ends {
			days = -2
		}
		if s.Connected != want.connected || s.Renews != want.renews || s.Where != want.where || days != want.days || !slices.Equal(s.Missing, want.missing) {
			t.Errorf("%s: %+v, %d days", name, s, days)
		}
	}
	if got["x"].Way != connect.OAuth2 || !got["live"].Live {
		t.Errorf("%+v %+v", got["x"], got["live"])
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	refusal := platform.Refuse(platform.Auth, "revoked", "")
	for _, fails := range []bool{false, true} {
		b := open(t, "[platforms.x]\n[platforms.mastodon]\n", func(ctx context.Context, a platform.Account) (platform.Standing, error) {
			token, err := a.Credentials.Token(ctx)
			if err != nil || token.Access != "a" {
				t.Errorf("token: %v", err)
			}
			if fails {
				return platform.Standing{}, refusal
			}
			return platform.Standing{Account: "@library", Expires: begin.Add(48 * time.Hour), Missing: []string{"media.write"}, Left: 3, Quota: 50}, nil
		})
		for _, name := range []string{"x", "mastodon"} {
			if _, err := b.Vault.Put(t.Context(), name, secret.Record{Token: platform.Token{Access: "a"}}); err != nil {
				t.Fatal(err)
			}
		}
		x, _ := b.State(t.Context(), "x")
		b.Ask(t.Context(), &x)
		switch {
		case fails && (!errors.Is(x.AskErr, refusal) || x.Standing != nil):
			t.Errorf("refused: %+v", x)
		case !fails && (x.AskErr != nil || x.Account != "@library" || !slices.Equal(x.Missing, []string{"media.write"}) || !x.Ends.Equal(begin.Add(48*time.Hour))):
			t.Errorf("%+v", x)
		}
		m, _ := b.State(t.Context(), "mastodon") // nothing can ask it here
		b.Ask(t.Context(), &m)
		if m.Standing != nil || m.AskErr != nil {
			t.Errorf("%+v", m)
		}
	}
}

// TestTry: what a check exchanged, a session for an app password, is in the record
// that is kept, and nothing was kept before.
func TestTry(t *testing.T) {
	t.Parallel()
	b := open(t, "[platforms.x]\nconnection = { client_id = \"id\" }\n", func(ctx context.Context, a platform.Account) (platform.Standing, error) {
		now, err := a.Credentials.Token(ctx)
		if err != nil {
			return platform.Standing{}, err
		}
		_, err = a.Credentials.Renew(ctx, now, func(context.Context, platform.Token) (platform.Token, error) {
			return platform.Token{Access: "session"}, nil
		})
		return platform.Standing{Account: "@" + a.ClientID}, err
	})
	r, s, asked, err := b.Try(t.Context(), "x", secret.Record{Token: platform.Token{Access: "typed", Refresh: "r"}})
	if err != nil || !asked || s.Account != "@id" || r.Account != "@id" || r.Token.Access != "session" || r.Token.Refresh != "r" {
		t.Errorf("%+v %+v %v %v", r, s, asked, err)
	}
	if _, _, kept, _ := b.Vault.Get(t.Context(), "x"); kept {
		t.Error("it was kept before it was known to be good")
	}
}
