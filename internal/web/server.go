package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"editorial/internal/office"
	"editorial/internal/watch"
	"editorial/pkg/problem"
)

// Time-outs and limits of the server.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 3 * time.Second
	headerBytes   = 16 << 10
)

// Options wire a [Server].
type Options struct {
	// Dir is the folder of the office, to be watched.
	Dir string
	// Load reads the office anew, at the clock that it has, with the memory of
	// the loads before.
	Load func(context.Context, *office.Memory) (*office.Office, error)
	// Now is the clock that says whether a post has come due; nil where the
	// clock is fixed.
	Now func() time.Time
	// Report, unless nil, is told of every rebuild after the first, and never
	// twice at once.
	Report func(Report)
}

// Report is what a rebuild did.
type Report struct {
	// Office is what is shown now.
	Office *office.Office
	// Changed are the files that gave rise to it, below the office's folder;
	// none: something came due.
	Changed []string
	// Problems of the office as it now is.
	Problems []problem.Problem
	// Took is how long it took; 0 where the clock is fixed.
	Took time.Duration
	// Err says why the site could not be made: the last good one stays.
	Err error
}

// Server shows an office. Make it with [New].
type Server struct {
	opts    Options
	current atomic.Pointer[state]
	changed *bell
	assets  assets
	// memory is what was last good of posts that break while people write.
	memory *office.Memory
	// seen are the files as they were before the first loading.
	seen watch.Seen
}

// New loads and makes the office. Its error is that of loading or making it:
// there must be something to show first.
func New(ctx context.Context, opts Options) (*Server, error) {
	s := &Server{opts: opts, changed: newBell(), memory: office.NewMemory(), seen: watch.Look(opts.Dir)}
	var err error
	if s.assets, err = newAssets(); err != nil {
		return nil, err
	}
	if err := s.rebuild(ctx, nil); err != nil {
		return nil, err
	}
	return s, nil
}

// Office returns the office as last loaded without an error.
func (s *Server) Office() *office.Office { return s.current.Load().office }

// Problems returns the findings of the last rebuild.
func (s *Server) Problems() []problem.Problem { return slices.Clone(s.current.Load().problems) }

// rebuild makes the office anew after some of its files changed. If that fails
// the site stays as it was and says what is wrong.
func (s *Server) rebuild(ctx context.Context, changed []string) error {
	last := s.current.Load()
	s.memory.Forget(changed)
	var next *state
	o, err := office.Steady(func() (*office.Office, error) { return s.opts.Load(ctx, s.memory) }, func(o *office.Office) (err error) {
		next, err = s.newState(ctx, o)
		return err
	})
	if err != nil {
		if last == nil || ctx.Err() != nil {
			return err
		}
		var found []problem.Problem
		if o != nil {
			found = o.Problems
		}
		next = last.broken(s.assets, found, err)
		if s.opts.Now != nil {
			next.due = s.opts.Now().Add(time.Minute)
		}
	}
	s.current.Store(next)
	if last == nil || last.version != next.version {
		s.changed.ring()
	}
	return err
}

// Run serves until the context ends, and then stops cleanly: the error is nil.
func (s *Server) Run(ctx context.Context, l net.Listener, hosts Hosts) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	srv := &http.Server{
		Handler: hosts.Guard(s.Handler()), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes,
		// Streams of events end with the context, not with their readers.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		due := func() time.Time { return s.current.Load().due }
		watch.Follow(ctx, watch.Options{Dir: s.opts.Dir, Seen: s.seen, Now: s.opts.Now, Due: due}, func(changed []string) { s.follow(ctx, changed) })
	}()
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, done := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer done()
	if err := srv.Shutdown(stop); errors.Is(err, context.DeadlineExceeded) {
		srv.Close() // somebody reads a film: they have had their time
	}
	<-followed
	return nil
}

// follow rebuilds and reports.
func (s *Server) follow(ctx context.Context, changed []string) {
	now := s.opts.Now
	if now == nil {
		now = func() time.Time { return time.Time{} }
	}
	begun := now()
	err := s.rebuild(ctx, changed)
	if ctx.Err() == nil && s.opts.Report != nil {
		s.opts.Report(Report{Office: s.Office(), Changed: changed, Problems: s.Problems(), Took: now().Sub(begun), Err: err})
	}
}
