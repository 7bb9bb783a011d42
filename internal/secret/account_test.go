package secret_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

type exchange = func(context.Context, platform.Token) (platform.Token, error)

// never is an exchange that must not be made.
func never(t *testing.T) exchange {
	return func(context.Context, platform.Token) (platform.Token, error) {
		t.Helper()
		t.Error("the token was exchanged")
		return platform.Token{}, errors.New("no")
	}
}

func failing(err error) exchange {
	return func(context.Context, platform.Token) (platform.Token, error) { return platform.Token{}, err }
}

// connected is an office whose platform "x" has the first pair.
func connected(t *testing.T) (office, rotating) {
	t.Helper()
	o := newOffice(t)
	if _, err := o.open().Put(t.Context(), "x", secret.Record{Account: "@a", Token: issue(1)}); err != nil {
		t.Fatal(err)
	}
	return o, rotating{t.TempDir()}
}

func (o office) x() platform.Credentials { return o.open().Credentials("x", platform.Token{}) }

func access(t *testing.T, c platform.Credentials) string {
	t.Helper()
	got, err := c.Token(t.Context())
	if err != nil {
		t.Error(err)
	}
	return got.Access.Reveal()
}

func TestToken_notConnected(t *testing.T) {
	t.Parallel()
	c := newOffice(t).x()
	_, err := c.Token(t.Context())
	if platform.ClassOf(err) != platform.Auth {
		t.Errorf("token: %v", err)
	}
	if _, err := c.Renew(t.Context(), platform.Token{}, never(t)); platform.ClassOf(err) != platform.Auth {
		t.Errorf("renew: %v", err)
	}
	r := newRing()
	r.broken = errors.New("locked")
	o := newOffice(t)
	o.ring = r
	if _, err := o.x().Token(t.Context()); platform.ClassOf(err) != platform.Temporary {
		t.Errorf("a keyring that is locked: %v: it may have one", err)
	}
}

func TestRenew_keepsThePairBeforeItReturns(t *testing.T) {
	t.Parallel()
	o, p := connected(t)
	got, err := o.x().Renew(t.Context(), issue(1), p.exchange)
	if err != nil || got.Access != "access-2" {
		t.Fatalf("%v, %v", got.Access.Reveal(), err)
	}
	r, _, _, err := o.open().Get(t.Context(), "x")
	if err != nil || r.Token.Refresh != "refresh-2" || r.Account != "@a" {
		t.Errorf("kept: %+v, %v", r, err)
	}
}

func TestRenew_ofWhatSomebodyElseRenewed(t *testing.T) {
	t.Parallel()
	o, p := connected(t)
	if _, err := o.x().Renew(t.Context(), issue(1), p.exchange); err != nil {
		t.Fatal(err)
	}
	got, err := o.x().Renew(t.Context(), issue(1), never(t))
	if err != nil || got.Access != "access-2" {
		t.Errorf("%v, %v", got.Access.Reveal(), err)
	}
}

// TestRenew_oneAtATime: many programs that find the token stale at once make one
// exchange.
func TestRenew_oneAtATime(t *testing.T) {
	t.Parallel()
	o, p := connected(t)
	var wg sync.WaitGroup
	var inside, most atomic.Int32
	for range 12 {
		wg.Go(func() {
			got, err := o.x().Renew(t.Context(), issue(1), func(ctx context.Context, old platform.Token) (platform.Token, error) {
				if n := inside.Add(1); n > most.Load() {
					most.Store(n)
				}
				defer inside.Add(-1)
				return p.exchange(ctx, old)
			})
			if err != nil || got.Access != "access-2" {
				t.Errorf("%v, %v", got.Access.Reveal(), err)
			}
		})
	}
	wg.Wait()
	if p.spent() != 1 || p.dead() || most.Load() != 1 {
		t.Errorf("%d tokens spent, %d at once", p.spent(), most.Load())
	}
}

func TestRenew_partsThatAreNotGivenStay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := full().Token
	if _, err := o.open().Put(t.Context(), "x", secret.Record{Token: first}); err != nil {
		t.Fatal(err)
	}
	got, err := o.x().Renew(t.Context(), first, func(context.Context, platform.Token) (platform.Token, error) {
		return platform.Token{Access: "next", Expires: begin.Add(3 * time.Hour)}, nil
	})
	if err != nil || got.Access != "next" || got.Refresh != first.Refresh || got.Secret != first.Secret || !got.RefreshBy.Equal(first.RefreshBy) ||
		len(got.Scopes) != 2 || !got.Expires.Equal(begin.Add(3*time.Hour)) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = o.x().Renew(t.Context(), got, func(context.Context, platform.Token) (platform.Token, error) {
		return platform.Token{Access: "for good"}, nil
	})
	if err != nil || !got.Expires.IsZero() {
		t.Errorf("a token that ends at no known time ends at %v, %v", got.Expires, err)
	}
}

// TestRenew_failuresChangeNothing: neither a network that is down nor a refusal
// takes the token away.
func TestRenew_failuresChangeNothing(t *testing.T) {
	t.Parallel()
	for _, class := range []platform.Class{platform.Temporary, platform.Uncertain, platform.Auth, platform.Rate, platform.Invalid} {
		o, p := connected(t)
		for range 3 {
			if _, err := o.x().Renew(t.Context(), issue(1), failing(platform.Refuse(class, "", ""))); err != nil && platform.ClassOf(err) != class {
				t.Errorf("%s: %v", class, err)
			}
			if got := access(t, o.x()); got != "access-1" {
				t.Errorf("%s: the token is %q", class, got)
			}
		}
		// And once the network is back, it goes on; after an answer that was lost,
		// when whoever asks insists.
		c := o.x()
		got, err := c.Renew(t.Context(), issue(1), p.exchange)
		if class == platform.Uncertain {
			if err != nil || got.Access != "access-1" || p.spent() != 0 {
				t.Errorf("%s: %v, %v: the old token was sent though it may be spent", class, got.Access.Reveal(), err)
			}
			got, err = c.Renew(t.Context(), issue(1), p.exchange)
		}
		if err != nil || got.Access != "access-2" {
			t.Errorf("%s: %v, %v", class, got.Access.Reveal(), err)
		}
	}
}

// TestRenew_afterALostAnswerWhenTheTimeIsUp: nothing is left to lose.
func TestRenew_afterALostAnswerWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	o, p := connected(t)
	if _, err := o.x().Renew(t.Context(), issue(1), failing(errors.New("reset"))); err == nil {
		t.Fatal("no error")
	}
	o.now = begin.Add(3 * time.Hour)
	got, err := o.x().Renew(t.Context(), issue(1), p.exchange)
	if err != nil || got.Access != "access-2" {
		t.Errorf("%v, %v", got.Access.Reveal(), err)
	}
}

func TestRenew_whereThePlaceFails(t *testing.T) {
	t.Parallel()
	t.Run("the other takes it", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		r := newRing()
		o.ring = r
		if _, err := o.open().Put(t.Context(), "x", secret.Record{Token: issue(1)}); err != nil {
			t.Fatal(err)
		}
		for _, fail := range []func(){func() { r.full = errors.New("full") }, func() { r.full, r.lies = nil, true }} {
			fail()
			p := rotating{t.TempDir()}
			o.now = o.now.Add(time.Minute)
			before, err := o.x().Token(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got, err := o.x().Renew(t.Context(), before, p.exchange)
			if err != nil || access(t, o.x()) != got.Access.Reveal() || got.Access == before.Access {
				t.Errorf("%v, %v", got.Access.Reveal(), err)
			}
		}
	})
	t.Run("none takes it, then one does", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		locks := &brokenFile{Locker: secret.FileLocks{Dir: o.dir}}
		v := secret.Open(secret.Options{Dir: o.dir, Locks: locks, Now: func() time.Time { return begin }, Identity: secret.Identity{Path: o.dir + "/id"}})
		if _, err := v.Put(t.Context(), "x", secret.Record{Token: issue(1)}); err != nil {
			t.Fatal(err)
		}
		p := rotating{t.TempDir()}
		c := v.Credentials("x", platform.Token{})
		locks.broken.Store(true)
		for range 2 {
			if _, err := c.Renew(t.Context(), issue(1), p.exchange); platform.ClassOf(err) != platform.Temporary {
				t.Errorf("nothing keeps the new pair: %v", err)
			}
			if _, err := c.Token(t.Context()); platform.ClassOf(err) != platform.Temporary {
				t.Errorf("a token is used that nothing keeps: %v", err)
			}
		}
		locks.broken.Store(false)
		if got := access(t, c); got != "access-2" || p.spent() != 1 || p.dead() {
			t.Errorf("got %q, %d spent", got, p.spent())
		}
	})
}

// brokenFile refuses the lock of the encrypted file, so that it is not written.
type brokenFile struct {
	secret.Locker
	broken atomic.Bool
}

func (b *brokenFile) Lock(ctx context.Context, name string) (func() error, error) {
	if name == "secrets.age" && b.broken.Load() {
		return nil, errors.New("no space left")
	}
	return b.Locker.Lock(ctx, name)
}

func TestRenew_goesOnWhenWhoAskedIsGone(t *testing.T) {
	t.Parallel()
	o, p := connected(t)
	ctx, cancel := context.WithCancel(t.Context())
	got, err := o.x().Renew(ctx, issue(1), func(ctx context.Context, old platform.Token) (platform.Token, error) {
		defer cancel()
		return p.exchange(ctx, old)
	})
	if err != nil || got.Access != "access-2" || access(t, o.x()) != "access-2" {
		t.Errorf("%v, %v", got.Access.Reveal(), err)
	}
}

// TestCredentials_ofTheConfiguration: what the configuration gives counts before
// what was kept, and not before what was made from it.
func TestCredentials_ofTheConfiguration(t *testing.T) {
	t.Parallel()
	o, _ := connected(t)
	seed := platform.Token{Access: "app-password"}
	with := func(seed platform.Token) platform.Credentials { return o.open().Credentials("x", seed) }
	if got := access(t, with(seed)); got != "app-password" {
		t.Errorf("got %q", got)
	}
	o.now = begin.Add(time.Second)
	if _, err := with(seed).Renew(t.Context(), seed, func(_ context.Context, old platform.Token) (platform.Token, error) {
		return platform.Token{Access: "session of " + old.Access, Refresh: "r"}, nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := access(t, with(seed)); got != "session of app-password" {
		t.Errorf("got %q", got)
	}
	other := platform.Token{Access: "another password"}
	if got := access(t, with(other)); got != "another password" {
		t.Errorf("a password that was changed: got %q", got)
	}
}
