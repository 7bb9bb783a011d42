package courier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/internal/watch"
)

// RunOptions say how the daemon runs.
type RunOptions struct {
	// Health is the address at which it says how it is; "" is nowhere.
	Health string
}

// refreshEvery is how often the daemon looks at the whole agenda, in case another
// program changed it.
const refreshEvery = time.Minute

// stopFor is how long a stop waits for what follows publications.
const stopFor = 20 * time.Second

// Run delivers until the context ends, then stops in order: what is being sent is
// sent to its end.
func (c *Courier) Run(ctx context.Context, opts RunOptions) (err error) {
	seen := watch.Look(c.Dir) // what changes from here on is noticed
	synced, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	c.Office = nil
	debug.FreeOSMemory() // what reading has left
	health, err := c.listen(ctx, opts.Health)
	if err != nil {
		return err
	}
	c.log().Info("running", "new", synced.New, "moved", synced.Moved, "cancelled", synced.Cancelled)
	refresh := make(chan struct{}, 1)
	var group sync.WaitGroup
	inner, stop := context.WithCancel(ctx)
	defer group.Wait()
	defer stop()
	wakes, err := c.openQueue(inner, refresh)
	if err != nil {
		return err
	}
	group.Go(func() { c.follow(inner, seen, refresh, health) })
	err = c.Engine.Run(inner, refresh)
	patience, end := context.WithTimeout(context.WithoutCancel(ctx), stopFor)
	defer end()
	err = errors.Join(err, wakes.Stop(patience))
	c.log().Info("stopped")
	return err
}

// follow takes changes of the office over, and has the agenda looked at now and
// then.
func (c *Courier) follow(ctx context.Context, seen watch.Seen, refresh chan<- struct{}, health *health) {
	again := func() {
		select {
		case refresh <- struct{}{}:
		default:
		}
	}
	due := c.Now().Add(refreshEvery)
	watch.Follow(ctx, watch.Options{
		Dir: c.Dir, Seen: seen, Now: c.Now, Due: func() time.Time { return due },
	}, func(changed []string) {
		due = c.Now().Add(refreshEvery)
		if len(changed) > 0 {
			err := c.Changed(ctx)
			if err != nil && ctx.Err() == nil {
				c.log().Error("the office cannot be read; what is due waits", "error", c.redact(err))
			}
			health.set(err)
			debug.FreeOSMemory()
		}
		c.rest(ctx, health)
		again()
	})
}

// rest lets go of an office that nobody needs soon.
func (c *Courier) rest(ctx context.Context, health *health) {
	freed, err := c.source.rest(ctx)
	if err != nil && ctx.Err() == nil {
		c.log().Error("the office cannot be read; what is due waits", "error", c.redact(err))
		health.set(err)
	}
	if freed {
		debug.FreeOSMemory()
	}
}

func (c *Courier) redact(err error) string { return c.redacted(err.Error()) }

// health is how the daemon is.
type health struct {
	mu   sync.Mutex
	last error
}

func (h *health) set(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = err
}

func (h *health) get() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

// listen answers at an address of this machine: 200 while the daemon is well, 503
// where the office cannot be read or the database does not answer. What somebody
// must see to before anything fails it names, too.
func (c *Courier) listen(ctx context.Context, address string) (*health, error) {
	h := &health{}
	if address == "" {
		return h, nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return h, fmt.Errorf("health: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return h, fmt.Errorf("health: %s is not an address of this machine alone", address)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return h, fmt.Errorf("health: %w", err)
	}
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counts, err := c.Store.Counts(r.Context())
		status, problem := http.StatusOK, ""
		notices := []string{}
		if err == nil {
			var all []store.Notice
			all, err = c.Store.Notices(r.Context())
			for _, n := range all {
				notices = append(notices, n.Area+" "+n.Subject+": "+n.Code)
			}
		}
		if err == nil {
			err = h.get()
		}
		if err != nil {
			status, problem = http.StatusServiceUnavailable, c.redact(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": err == nil, "problem": problem, "deliveries": counts, "notices": notices})
	})}
	go func() { _ = server.Serve(l) }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return h, nil
}
