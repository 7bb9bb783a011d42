package delivery_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

func fails(class platform.Class) *platform.Error { return &platform.Error{Class: class, Code: "x"} }

func TestEngine_publishesAtTheInstantAndOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, 2)
	b.at(-2 * time.Minute)
	b.want(0, "planned")
	b.at(-30 * time.Second)
	b.want(0, "prepared")
	b.out(0, 0)
	b.at(0)
	b.want(0, "published")
	b.want(1, "prepared")
	b.at(time.Minute)
	b.at(time.Hour)
	b.out(1, 1)
	var states []string
	if err := b.store.LinesOf(t.Context(), key(0), func(l store.Line) error { states = append(states, string(l.State)); return nil }); err != nil {
		t.Fatal(err)
	}
	if got := len(states); got < 5 || states[0] != "planned" || states[got-1] != "published" {
		t.Errorf("journal %v", states)
	}
}

func TestEngine_failures(t *testing.T) {
	t.Parallel()
	once := func(done bool, err error) func(int) (bool, error) {
		return func(n int) (bool, error) {
			if n == 1 {
				return done, err
			}
			return true, nil
		}
	}
	for name, tt := range map[string]struct {
		commit func(int) (bool, error)
		blind  bool
		state  string // after an hour
		out    int
	}{
		"lost before":             {commit: once(false, fails(platform.Uncertain)), state: "published", out: 1},
		"lost after":              {commit: once(true, fails(platform.Uncertain)), state: "published", out: 1},
		"lost before, cannot ask": {commit: once(false, fails(platform.Uncertain)), blind: true, state: "uncertain cannot-look", out: 0},
		"lost after, cannot ask":  {commit: once(true, fails(platform.Uncertain)), blind: true, state: "uncertain cannot-look", out: 1},
		"an error nobody knows":   {commit: once(true, errors.New("what")), state: "published", out: 1},
		"never arrived":           {commit: once(false, fails(platform.Temporary)), blind: true, state: "published", out: 1},
		"too fast":                {commit: once(false, fails(platform.Rate)), blind: true, state: "published", out: 1},
		"a duplicate of our own":  {commit: once(true, fails(platform.Duplicate)), state: "published", out: 1},
		"refused":                 {commit: once(false, fails(platform.Invalid)), state: "failed refused", out: 0},
		"no credentials":          {commit: once(false, fails(platform.Auth)), state: "held auth", out: 0},
		"not allowed":             {commit: once(false, fails(platform.Permission)), state: "failed permission", out: 0},
		"never":                   {commit: func(int) (bool, error) { return false, fails(platform.Temporary) }, state: "held too-late", out: 0},
		"always lost":             {commit: func(int) (bool, error) { return false, fails(platform.Uncertain) }, state: "failed tries", out: 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, 1)
			b.remote.commit, b.remote.blind = tt.commit, tt.blind
			for m := range 8 * 60 {
				b.at(time.Duration(m) * time.Minute)
			}
			b.want(0, tt.state)
			b.out(tt.out)
		})
	}
}

func TestEngine_dies(t *testing.T) {
	t.Parallel()
	for _, done := range []bool{false, true} {
		b := newBench(t, 1)
		b.at(-time.Second)
		// The program dies in the commit: nothing is recorded.
		b.remote.commit = func(n int) (bool, error) {
			if n == 1 {
				panic("killed")
			}
			return true, nil
		}
		func() {
			defer func() { recover() }()
			b.at(0)
		}()
		if done {
			b.remote.public[key(0)]++
		}
		b.want(0, "committing")
		b.restart("b")
		b.at(time.Second)
		b.want(0, "published")
		b.out(1)
	}
}

func TestEngine_leavesWhatAnotherHas(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.at(-time.Second)
	if err := b.engine.Beat(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	b.opts.Alone = false
	b.restart("b")
	b.at(0)
	b.at(time.Minute)
	b.out(0)
	b.at(2 * time.Minute) // it has been silent for too long
	b.want(0, "published")
	b.out(1)
}

// While a call may be under way, silence is no reason: only the lease is.
func TestEngine_leavesACallOfAnother(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.commit = func(n int) (bool, error) {
		if n == 1 {
			panic("killed")
		}
		return true, nil
	}
	func() {
		defer func() { recover() }()
		b.at(0)
	}()
	b.opts.Alone = false
	b.restart("b")
	b.at(2*time.Minute + 30*time.Second)
	b.want(0, "committing")
	b.at(4 * time.Minute)
	b.want(0, "published")
	b.out(1)
}

func TestEngine_late(t *testing.T) {
	t.Parallel()
	b := newBench(t, 2)
	b.account(func(a *delivery.Account) { a.Then = journal.Missed })
	b.at(3*time.Hour + 59*time.Minute)
	b.want(0, "published")
	b = newBench(t, 2)
	b.account(func(a *delivery.Account) { a.Then = journal.Missed })
	b.at(4*time.Hour + time.Second)
	b.want(0, "missed too-late")
	b.want(1, "published")
	if _, err := b.engine.Retry(t.Context(), key(0)); err != nil {
		t.Fatal(err)
	}
	b.at(5 * time.Hour)
	b.want(0, "published")
	b.out(1, 1)
}

func TestEngine_holdsWhatMustNotGoOut(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.hold[key(0)] = delivery.Ready{Hold: journal.NotReady}
	b.at(-time.Second)
	b.want(0, "planned")
	b.at(time.Minute)
	b.want(0, "held not-ready")
	delete(b.hold, key(0))
	b.at(2 * time.Minute)
	b.want(0, "published")
	b.out(1)
}

func TestEngine_sendsWhatStandsInThePostAtTheInstant(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.at(-30 * time.Second)
	b.title[key(0)] = "Changed"
	b.at(0)
	b.want(0, "published")
	d, _, err := b.store.Get(t.Context(), key(0))
	if err != nil {
		t.Fatal(err)
	}
	if m, err := platform.Thaw(d.Message, d.Sum); err != nil || m.Parts[0].Text != "Changed" {
		t.Errorf("%+v %v", m, err)
	}
	b.title[key(0)] = "Changed again" // it is out: nothing happens
	b.at(time.Minute)
	b.out(1)
}

func TestEngine_keepsTheBytesThatMayHaveArrived(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.commit = func(n int) (bool, error) { return n > 1, map[bool]error{true: fails(platform.Uncertain)}[n == 1] }
	b.remote.caps.Settle = time.Minute
	b.at(0)
	b.want(0, "uncertain answer-lost")
	b.title[key(0)] = "Changed"
	b.at(2 * time.Minute)
	b.want(0, "published")
	d, _, err := b.store.Get(t.Context(), key(0))
	if err != nil {
		t.Fatal(err)
	}
	if m, err := platform.Thaw(d.Message, d.Sum); err != nil || m.Parts[0].Text != "Title 0" {
		t.Errorf("%+v %v", m, err)
	}
}

func TestEngine_followsTheCalendar(t *testing.T) {
	t.Parallel()
	b := newBench(t, 3)
	b.orders[0].Due = start().Add(time.Hour)
	b.orders = b.orders[:2]
	b.sync()
	b.want(2, "cancelled taken-out")
	b.at(30 * time.Minute)
	b.want(0, "planned")
	b.want(1, "published")
	b.broken = errors.New("calendar.txt cannot be read")
	if _, err := b.engine.Sync(t.Context()); err == nil {
		t.Error("no error")
	}
	b.want(0, "planned")
	b.broken = nil
	b.at(time.Hour)
	b.want(0, "published")
	// What is out stays out, wherever its line goes.
	b.orders[0].Due = start().Add(10 * time.Hour)
	b.sync()
	b.at(10 * time.Hour)
	b.out(1, 1, 0)
}

// TestEngine_aLineThatComesBack: a line is taken out and put back, as when a branch
// is changed: before its instant it goes out at it, shortly afterwards at once, and
// once the late policy has ended a person is asked. One that is out stays out.
func TestEngine_aLineThatComesBack(t *testing.T) {
	t.Parallel()
	for back, state := range map[time.Duration]string{
		-30 * time.Minute: "published", 30 * time.Minute: "published", 5 * time.Hour: "held too-late",
	} {
		b := newBench(t, 2)
		b.orders[1].Due = start().Add(-30 * time.Minute)
		all := b.orders
		b.sync()
		b.at(-30 * time.Minute)
		b.want(1, "published")
		b.orders = nil
		b.sync()
		b.sync()
		b.want(0, "cancelled taken-out")
		b.at(back)
		b.out(0, 1)
		b.orders = all
		b.sync()
		b.at(back)
		b.at(max(back, 0))
		b.want(0, state)
		if b.want(1, "published"); state == "published" {
			b.out(1, 1)
		} else {
			b.out(0, 1)
		}
	}
}

func TestEngine_anUncertainOneIsNotMoved(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.blind = true
	b.remote.commit = func(int) (bool, error) { return true, fails(platform.Uncertain) }
	b.at(0)
	b.orders[0].Due = start().Add(time.Hour)
	b.sync()
	b.at(time.Hour)
	b.want(0, "uncertain cannot-look")
	b.orders = nil
	b.sync()
	b.want(0, "uncertain cannot-look")
	if _, err := b.engine.Resolve(t.Context(), key(0), true, "https://fake.example/1"); err != nil {
		t.Fatal(err)
	}
	b.want(0, "published person")
	b.out(1)
}

func TestEngine_resolveSendsAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.blind = true
	b.remote.commit = func(n int) (bool, error) { return n == 2, map[bool]error{true: fails(platform.Uncertain)}[n == 1] }
	b.at(0)
	if _, err := b.engine.Retry(t.Context(), key(0)); !errors.Is(err, delivery.ErrState) {
		t.Errorf("retry of an uncertain one: %v", err)
	}
	if _, err := b.engine.Resolve(t.Context(), key(0), false, ""); err != nil {
		t.Fatal(err)
	}
	b.at(time.Minute)
	b.want(0, "published")
	b.out(1)
}

func TestEngine_freezesAndThawsWithoutABurst(t *testing.T) {
	t.Parallel()
	b := newBench(t, 5)
	b.clock = start().Add(-time.Minute)
	if _, err := b.engine.Freeze(t.Context(), "storm", time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	for m := range 60 {
		b.at(time.Duration(m) * time.Minute)
	}
	b.want(0, "held frozen")
	b.want(4, "held frozen")
	laid, err := b.engine.Thaw(t.Context())
	if err != nil || len(laid) != 5 {
		t.Fatalf("%v %v", laid, err)
	}
	for m := range 8 * 60 {
		b.at(time.Hour + time.Duration(m)*time.Minute)
	}
	b.out(1, 1, 1, 1, 1)
	for i := 1; i < len(b.remote.at); i++ {
		if gap := b.remote.at[i].Sub(b.remote.at[i-1]); gap < 30*time.Minute {
			t.Errorf("only %v between two posts", gap)
		}
	}
}

func TestEngine_aFreezeEndsByItselfAndSparesOne(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.clock = start().Add(-time.Minute)
	if _, err := b.engine.Freeze(t.Context(), "storm", start().Add(time.Hour), "p"); err != nil {
		t.Fatal(err)
	}
	b.at(0)
	b.want(0, "published")
	b = newBench(t, 1)
	b.clock = start().Add(-time.Minute)
	if _, err := b.engine.Freeze(t.Context(), "storm", start().Add(time.Hour), "q"); err != nil {
		t.Fatal(err)
	}
	b.at(0)
	b.want(0, "held frozen")
	b.clock = start().Add(time.Hour)
	if _, err := b.engine.Pass(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.at(2 * time.Hour)
	b.want(0, "published")
}

func TestEngine_twoFreezesOfOneMoment(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.clock = start().Add(-time.Minute)
	for _, except := range []string{"p", "q"} { // the second one spares another one
		if _, err := b.engine.Freeze(t.Context(), "storm "+except, time.Time{}, except); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := b.store.Freezes(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%v %v", all, err)
	}
	b.at(0)
	b.want(0, "held frozen")
}

func TestEngine_doesNotSayTheSameTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t, 2)
	b.title[key(1)] = "Title 0"
	b.at(5 * time.Minute)
	b.want(0, "published")
	b.want(1, "held said-before")
	if _, err := b.engine.Retry(t.Context(), key(1)); err != nil {
		t.Fatal(err)
	}
	b.at(6 * time.Minute)
	b.want(1, "published") // somebody wants it so
}

func TestEngine_spacesAccounts(t *testing.T) {
	t.Parallel()
	b := newBench(t, 3)
	b.account(func(a *delivery.Account) { a.Spacing = 10 * time.Minute })
	for m := range 40 {
		b.at(time.Duration(m) * time.Minute)
	}
	b.out(1, 1, 1)
	for i := 1; i < len(b.remote.at); i++ {
		if gap := b.remote.at[i].Sub(b.remote.at[i-1]); gap < 10*time.Minute {
			t.Errorf("only %v between two posts", gap)
		}
	}
}

func TestEngine_keepsToTheBudget(t *testing.T) {
	t.Parallel()
	b := newBench(t, 3)
	b.remote.cost = 200_000
	b.account(func(a *delivery.Account) { a.Budget, a.Within = 500_000, 0 })
	for i := range b.orders { // the late policy is that of the account
		b.orders[i].Due = b.orders[i].Due.Add(time.Second)
	}
	b.sync()
	b.at(time.Hour)
	b.out(1, 1, 0)
	b.want(2, "held budget")
	b.at(31 * 24 * time.Hour) // next month
	b.out(1, 1, 1)
}

func TestEngine_assisted(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.account(func(a *delivery.Account) { a.Publisher = nil })
	b.at(0)
	b.want(0, "held by-hand")
	if _, err := b.engine.Done(t.Context(), key(0), "https://fake.example/1"); err != nil {
		t.Fatal(err)
	}
	b.want(0, "published person")
	b.out(0)
}

func TestEngine_aRestoredBackupSendsNothingAgain(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		b := newBench(t, 3)
		b.remote.blind = blind
		if err := b.engine.Beat(t.Context(), false); err != nil { // the backup is of this instant
			t.Fatal(err)
		}
		b.remote.public[key(0)], b.remote.public[key(1)] = 1, 1 // and these went out afterwards
		b.clock = start().Add(time.Minute + time.Second)
		b.restart("b")
		if n, err := b.engine.Recover(t.Context()); err != nil || n != 2 {
			t.Fatalf("%d in doubt: %v", n, err)
		}
		b.at(90 * time.Second)
		if blind {
			b.want(0, "uncertain cannot-look")
		} else {
			b.want(0, "published")
		}
		b.at(2 * time.Minute)
		b.want(2, "published") // its instant was still to come
		b.out(1, 1, 1)
	}
}

func TestEngine_aStopInOrderIsNoGap(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.blind = true
	if err := b.engine.Beat(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	b.clock = start().Add(time.Hour)
	b.restart("b")
	if n, err := b.engine.Recover(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d in doubt: %v", n, err)
	}
	b.at(time.Hour)
	b.want(0, "published")
}

func TestEngine_aNewDatabaseDoesNotRepeatHistory(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	old, recent := key(0), key(1)
	b.orders = []delivery.Order{
		{Key: old, Platform: "p", Title: "old", Due: b.clock.Add(-48 * time.Hour)},
		{Key: recent, Platform: "p", Title: "recent", Due: b.clock.Add(-time.Hour)},
	}
	b.remote.public[recent] = 1
	b.sync()
	b.at(0)
	if _, ok, _ := b.store.Get(t.Context(), old); ok {
		t.Error("what was long ago is written down")
	}
	b.want(1, "published")
	b.out(0, 1)
}

func TestEngine_refusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.title[key(0)] = "far too long for this platform, which takes fifty characters"
	b.at(0)
	b.want(0, "failed invalid")
	b.title[key(0)] = "short"
	if _, err := b.engine.Retry(t.Context(), key(0)); err != nil {
		t.Fatal(err)
	}
	b.at(time.Minute)
	b.want(0, "published")
}

// What was refused surely has not gone out: the mended text is sent, not the one
// that was refused.
func TestEngine_sendsTheMendedText(t *testing.T) {
	t.Parallel()
	for _, class := range []platform.Class{platform.Invalid, platform.Auth, platform.Permission} {
		b := newBench(t, 1)
		b.remote.commit = func(n int) (bool, error) { return n > 1, map[bool]error{true: fails(class)}[n == 1] }
		b.at(0)
		b.title[key(0)] = "Mended"
		if _, err := b.engine.Retry(t.Context(), key(0)); err != nil {
			t.Fatal(err)
		}
		b.at(time.Minute)
		b.want(0, "published")
		d, _, err := b.store.Get(t.Context(), key(0))
		if err != nil {
			t.Fatal(err)
		}
		if m, err := platform.Thaw(d.Message, d.Sum); err != nil || m.Parts[0].Text != "Mended" {
			t.Errorf("%s: %+v %v", class, m, err)
		}
	}
}

// Where the platform does not let us look, a person is told, and it is found once
// it does.
func TestEngine_tellsThatItMayNotLook(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.commit = func(int) (bool, error) { return true, fails(platform.Uncertain) }
	b.remote.lookup = func(n int) error { return map[bool]error{true: fails(platform.Auth)}[n < 3] }
	b.at(0)
	b.want(0, "uncertain cannot-ask")
	for m := range 60 {
		b.at(time.Duration(m) * time.Minute)
	}
	b.want(0, "published")
	b.out(1)
}

// A line that is only found after an older database took the newer one's place is
// in doubt, too.
func TestEngine_aLineOfTheGapIsInDoubt(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	b.remote.blind = true
	if err := b.engine.Beat(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	b.orders = append(b.orders, delivery.Order{Key: key(1), Platform: "p", Title: "Title 1", Due: start()})
	b.clock = start().Add(time.Minute)
	if err := b.store.Write(t.Context(), func(tx *store.Tx) error { return tx.Lost(t.Context(), start().Add(-time.Hour), b.clock) }); err != nil {
		t.Fatal(err)
	}
	b.restart("b")
	if _, err := b.engine.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.sync()
	b.at(time.Minute)
	b.want(0, "uncertain cannot-look")
	b.want(1, "uncertain cannot-look")
	b.out(0, 0)
}

// A person may say that a post is out, and mend the address afterwards.
func TestEngine_mendsWhatAPersonSaid(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	for _, url := range []string{"https://fake.example/1", "https://fake.example/2"} {
		d, err := b.engine.Done(t.Context(), key(0), url)
		if err != nil || d.Receipt.URL != url {
			t.Errorf("%q %v", d.Receipt.URL, err)
		}
	}
	b.at(time.Hour)
	b.out(0)
}

// What a person wants in spite of what was said before is wanted still after a failure
// that passes.
func TestEngine_aRetryOutlivesAFailure(t *testing.T) {
	t.Parallel()
	for name, passes := range map[string]func(*bench){
		"preparing fails": func(b *bench) {
			b.remote.prepare = func(n int) error { return map[bool]error{true: fails(platform.Temporary)}[n == 3] }
		},
		"the call fails": func(b *bench) {
			b.remote.commit = func(n int) (bool, error) { return n != 2, map[bool]error{true: fails(platform.Rate)}[n == 2] }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, 2)
			b.title[key(1)] = "Title 0"
			passes(b)
			b.at(5 * time.Minute)
			b.want(0, "published")
			b.want(1, "held said-before")
			if _, err := b.engine.Retry(t.Context(), key(1)); err != nil {
				t.Fatal(err)
			}
			for m := range 20 {
				b.at(time.Duration(6+m) * time.Minute)
			}
			b.want(1, "published")
			b.out(1, 1)
		})
	}
}

// TestPass_byAClockThatStandsStill: what is to be tried again later is left to a
// later pass.
func TestPass_byAClockThatStandsStill(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1)
		b.remote.commit = func(int) (bool, error) { return false, fails(platform.Temporary) }
		b.clock = start()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if _, err := b.engine.Pass(ctx); err != nil {
			t.Error(err)
		}
		if b.remote.commits != 1 {
			t.Errorf("%d calls", b.remote.commits)
		}
	})
}
