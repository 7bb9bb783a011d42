package publishtest

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Bench is a publisher and a server to try it on.
type Bench struct {
	// New returns the publisher anew, as a program does that starts.
	New func(via wire.Doer) platform.Publisher
	// Via reaches the server.
	Via wire.Doer
	// Post makes the n-th post, each with a key and words of its own; nil takes
	// [Numbered].
	Post func(n int) platform.Post
	// Media, unless nil, are the files of the posts that the suite makes itself.
	Media []platform.Media
	Files platform.Files // nil: those of [Album]
	// Count is how many of the server's public posts are this one.
	Count func(*testing.T, platform.Post) int
	// Faults, unless nil, are those that this server can be tried with.
	Faults []Fault
	// Now, unless nil, is the present of the server.
	Now func() time.Time
	// Most is the greatest number of requests that one delivery makes; 0: 40.
	Most int
}

// Run tries the publisher.
func Run(t *testing.T, b Bench) {
	t.Helper()
	if b.Files == nil {
		b.Files = Album()
	}
	if b.Now == nil {
		b.Now = Now
	}
	if b.Most == 0 {
		b.Most = 40
	}
	count := 0
	var mu sync.Mutex
	post := func() platform.Post {
		mu.Lock()
		defer mu.Unlock()
		count++
		if b.Post != nil {
			return b.Post(count)
		}
		p := Numbered(b.New(b.Via).Caps().Kind, count)
		if b.Media != nil {
			p.Media = b.Media
		}
		return p
	}
	t.Run("renders the same bytes", func(t *testing.T) {
		p := post()
		a, b2 := freeze(t, b.New(b.Via), p), freeze(t, b.New(b.Via), p)
		if !bytes.Equal(a, b2) {
			t.Errorf("once\n%s\nthen\n%s", a, b2)
		}
	})
	t.Run("publishes once", func(t *testing.T) {
		p := post()
		end := Drive(t.Context(), b.New(b.Via), b.job(t, p), nil)
		if end.State != journal.Published || end.Receipt.ID == "" && b.New(b.Via).Caps().Guarantee == platform.ExactlyOnce {
			t.Fatalf("%+v: %v", end, end.Last)
		}
		if n := b.Count(t, p); n != 1 {
			t.Errorf("%d posts, want 1", n)
		}
	})
	t.Run("says what is out and what is not", func(t *testing.T) {
		p := post()
		pub, job := b.New(b.Via), b.job(t, p)
		find := func(want platform.Whether) platform.Finding {
			t.Helper()
			f, err := pub.Lookup(t.Context(), job)
			if err != nil {
				t.Fatal(err)
			}
			if f.Whether != want && (f.Whether != platform.Unknown || pub.Caps().Guarantee == platform.ExactlyOnce) {
				t.Errorf("%v, want %v", f.Whether, want)
			}
			return f
		}
		find(platform.NotFound)
		var kept platform.Handle
		job.Save = func(_ context.Context, h platform.Handle) error {
			kept = append(platform.Handle(nil), h...)
			return nil
		}
		end := Drive(t.Context(), pub, job, nil)
		if end.State != journal.Published {
			t.Fatalf("%+v: %v", end, end.Last)
		}
		job.Since, job.Handle = job.Now, kept
		if f := find(platform.Found); f.Whether == platform.Found && f.Receipt.ID != end.Receipt.ID {
			t.Errorf("found %q, published %q", f.Receipt.ID, end.Receipt.ID)
		}
	})
	faults := b.Faults
	if faults == nil {
		faults = Faults()
	}
	for _, fault := range faults {
		t.Run(string(fault), func(t *testing.T) { b.suffer(t, fault, post) })
	}
}

// suffer lets every request of a delivery go wrong, one at a time.
func (b Bench) suffer(t *testing.T, fault Fault, post func() platform.Post) {
	for at := 1; at <= b.Most; at++ {
		p := post()
		line := &Line{Via: b.Via, Fault: fault, At: at, Now: b.Now}
		restart := func() platform.Publisher { return b.New(line) }
		end := Drive(t.Context(), restart(), b.job(t, p), restart)
		if line.N < at {
			return // every request has failed once
		}
		n := b.Count(t, p)
		caps := restart().Caps()
		switch {
		case end.State == journal.Published && n == 1:
		case end.State == journal.Uncertain && n <= 1 && caps.Guarantee == platform.AskAfterLoss:
		default:
			t.Errorf("request %d: %v (%v), %d posts, after %d commits and %d look-ups: %v", at, end.State, end.Reason, n, end.Commits, end.Lookups, end.Last)
		}
	}
	t.Errorf("a delivery takes more than %d requests", b.Most)
}

func (b Bench) job(t *testing.T, p platform.Post) platform.Job {
	t.Helper()
	pub := b.New(b.Via)
	if n := problem.Errors(pub.Validate(p)); n > 0 {
		t.Fatalf("%v", pub.Validate(p))
	}
	m, err := pub.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	data, sum, err := m.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	if m, err = platform.Thaw(data, sum); err != nil { // what is sent was kept before
		t.Fatal(err)
	}
	return platform.Job{Key: p.Key, Due: p.At, Now: b.Now(), Message: m, Files: b.Files}
}

func freeze(t *testing.T, f platform.Format, p platform.Post) []byte {
	t.Helper()
	m, err := f.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	data, _, err := m.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(data) {
		t.Errorf("%s", data)
	}
	return data
}
