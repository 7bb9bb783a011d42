package delivery_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// byWire is a platform whose posts are made by two requests.
type byWire struct {
	*remote
	url    string
	before func(request int)
}

func (p *byWire) Commit(ctx context.Context, _ platform.Job) (platform.Receipt, error) {
	for n := range 2 {
		p.before(n)
		if _, err := wire.Do(ctx, http.DefaultClient, wire.Form(p.url, nil)); err != nil {
			return platform.Receipt{}, err
		}
	}
	return platform.Receipt{ID: "1", Evidence: platform.ByResponse}, nil
}

// TestDeadline_endsWhileTheMachineSleeps: a machine sleeps in the middle of a call,
// for longer than its lease, and its timers with it. What it has not sent by then it
// does not send: somebody else may have.
func TestDeadline_endsWhileTheMachineSleeps(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		asleep int // before which request
		long   time.Duration
		sent   int
		state  string
	}{
		"before the first request": {0, 3 * time.Minute, 0, "prepared"},
		"between two":              {1, 3 * time.Minute, 1, "prepared"},
		"not for long":             {0, time.Minute, 2, "published"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, 1)
			sent := 0
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent++ }))
			defer server.Close()
			p := &byWire{remote: b.remote, url: server.URL}
			clock := &still{at: start().Add(-30 * time.Second)}
			b.opts.Now = clock.now
			p.before = func(n int) {
				if n == tt.asleep {
					clock.set(clock.now().Add(tt.long))
				}
			}
			a := b.opts.Accounts["p"]
			a.Publisher = p
			b.opts.Accounts["p"] = a
			b.restart("a")
			for range 2 {
				if _, err := b.engine.Step(t.Context(), key(0)); err != nil {
					t.Fatal(err)
				}
				clock.set(start())
			}
			if sent != tt.sent {
				t.Errorf("%d requests arrived, want %d", sent, tt.sent)
			}
			b.want(0, tt.state)
		})
	}
}
