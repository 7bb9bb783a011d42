package courier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/civil"
	"editorial/pkg/publish/platform"
)

// Options say which office is delivered, and by whom.
type Options struct {
	Dir string
	// Load reads the office as it is now; Build makes its site.
	Load  func(context.Context) (*office.Office, error)
	Build func(context.Context) error
	// Connect opens the accounts as the configuration has them now.
	Connect func(context.Context) (Connect, error)
	// Tell tells the site's hub that feeds have changed. It may be nil.
	Tell func(ctx context.Context, feeds []string) error
	// Announce tells search engines of pages of the site. refused is why they will
	// not take some; an error says that some did not arrive. It may be nil.
	Announce func(ctx context.Context, pages []string) (refused string, err error)
	// Check renews what live accounts are proved by, where that is due, and says how
	// they are. It may be nil.
	Check func(context.Context) ([]Checked, error)
	// Feed fetches the feed that readers subscribe to, if it is no longer as it is
	// known; its Address is "" where there is none to watch. It may be nil.
	Feed func(ctx context.Context, known Fetched) (Fetched, error)
	Now  func() time.Time
	// Node is the name of this program, unlike that of every other that ever ran.
	Node   string
	Log    *slog.Logger
	Redact func(string) string
}

// Courier delivers what an office has agreed.
type Courier struct {
	Options
	Store  *store.Store
	Engine *delivery.Engine
	// Office is what was read first; [Courier.Run] lets go of it.
	Office *office.Office
	zone   civil.Zone
	source *source
	lock   *flock.Flock
	file   string // the database, where it is one
	feed   feedSeen
	// begun: it delivers, and says at the end that it stopped.
	begun bool
}

// Open opens the database of an office and its accounts. Close it.
func Open(ctx context.Context, opts Options) (c *Courier, err error) {
	c = &Courier{Options: opts}
	c.source = &source{dir: opts.Dir, load: opts.Load, now: opts.Now}
	marks := marksOf(opts.Dir)
	if c.Office, err = opts.Load(ctx); err != nil {
		return c, err
	}
	c.zone = c.Office.Zone
	c.source.begin(c.Office, marks)
	if c.Store, err = c.open(ctx); err != nil {
		return c, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close(context.WithoutCancel(ctx)))
		}
	}()
	connect, err := opts.Connect(ctx)
	if err != nil {
		return c, err
	}
	c.Engine = delivery.New(delivery.Options{
		Store: c.Store, Source: c.source, Accounts: c.accounts(c.Office, connect), Files: files{opts.Dir}, Now: opts.Now, Month: c.month,
		Node: opts.Node, Log: opts.Log, Redact: opts.Redact,
	})
	return c, nil
}

// open opens the database that the configuration names.
func (c *Courier) open(ctx context.Context) (*store.Store, error) {
	address := c.Office.Config.Delivery.Address(c.Dir)
	if store.IsURL(address) {
		return store.Open(ctx, address)
	}
	if err := os.MkdirAll(filepath.Join(c.Dir, office.StateDir), 0o700); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(address), 0o700); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	c.file = address
	return store.Open(ctx, address)
}

// enter takes part in delivering from a database that is a file. Everybody who does
// holds the lock beside it together with the others; who finds nobody there knows
// that what was taken up before is nobody's, and compares the marks: they differ
// where an older database stands in the place of the newer one.
func (c *Courier) enter(ctx context.Context) error {
	if c.file == "" || c.lock != nil {
		return nil
	}
	lock := flock.New(c.file+".alone", flock.SetPermissions(0o600))
	first, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	c.lock = lock
	if first {
		owners, err := c.Store.Owners(ctx)
		if err != nil {
			return err
		}
		c.Engine.Bury(owners)
		inside, err := c.Store.Setting(ctx, markSetting)
		if err != nil {
			return err
		}
		outside, err := os.ReadFile(c.markPath())
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("open database: %w", err)
		}
		if inside != string(outside) {
			if err := c.lost(ctx); err != nil {
				return err
			}
		}
		if err := c.mark(ctx, c.Node); err != nil {
			return err
		}
		if err := lock.Unlock(); err != nil {
			return fmt.Errorf("open database: %w", err)
		}
	}
	if err := lock.RLock(); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return nil
}

// lost notes that nobody knows what happened since the database was last written.
func (c *Courier) lost(ctx context.Context) error {
	nodes, err := c.Store.Nodes(ctx)
	if err != nil {
		return err
	}
	var last time.Time
	if len(nodes) > 0 {
		last = nodes[0].Beat
	}
	return c.Store.Write(ctx, func(tx *store.Tx) error { return tx.Lost(ctx, last, c.Now()) })
}

// markSetting is the setting that says which program wrote the database last; the
// file beside it says so, too.
const markSetting = "mark"

func (c *Courier) markPath() string { return c.file + ".mark" }

func (c *Courier) mark(ctx context.Context, text string) error {
	if err := os.WriteFile(c.markPath(), []byte(text), 0o600); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return c.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, markSetting, text) })
}

// month returns the month of an instant in the office's zone.
func (c *Courier) month(t time.Time) (from, to time.Time) {
	day := c.zone.Date(t)
	first := day.AddDays(1 - day.Day)
	next := first.AddDays(32)
	next = next.AddDays(1 - next.Day)
	return c.zone.Day(first).Instant, c.zone.Day(next).Instant
}

// Close ends the work in order.
func (c *Courier) Close(ctx context.Context) error {
	var errs []error
	if c.begun {
		errs = append(errs, c.Engine.Beat(ctx, true))
	}
	if c.lock != nil {
		errs = append(errs, c.mark(ctx, c.Node+" stopped"))
	}
	if c.Store != nil {
		errs = append(errs, c.Store.Close())
	}
	if c.lock != nil {
		errs = append(errs, c.lock.Unlock())
	}
	return errors.Join(errs...)
}

// Begin takes over the agreed calendar, and finds out what may have happened while
// nobody looked.
func (c *Courier) Begin(ctx context.Context) (delivery.Synced, error) {
	if err := c.enter(ctx); err != nil {
		return delivery.Synced{}, err
	}
	if !c.begun {
		if _, err := c.Engine.Recover(ctx); err != nil {
			return delivery.Synced{}, err
		}
	}
	if err := c.Engine.Beat(ctx, false); err != nil {
		return delivery.Synced{}, err
	}
	c.begun = true
	return c.Engine.Sync(ctx)
}

// Publish brings out what is due now, of some keys or, with none, of all.
func (c *Courier) Publish(ctx context.Context, keys ...platform.Key) ([]store.Delivery, error) {
	if _, err := c.Begin(ctx); err != nil {
		return nil, err
	}
	stop := c.Engine.Beats(ctx)
	all, err := c.Engine.Pass(ctx, keys...)
	stop()
	return all, err
}

// Orders returns what the calendar wants delivered.
func (c *Courier) Orders(ctx context.Context) ([]delivery.Order, error) { return c.source.Orders(ctx) }

// Ready says how a placement stands at this moment.
func (c *Courier) Ready(ctx context.Context, key platform.Key) (delivery.Ready, error) {
	return c.source.Ready(ctx, key)
}

// Changed has the office read again, and takes its accounts and its calendar over.
func (c *Courier) Changed(ctx context.Context) error {
	o, err := c.source.renew(ctx)
	if err != nil {
		return err
	}
	connect, err := c.Connect(ctx)
	if err != nil {
		return err
	}
	c.Engine.SetAccounts(c.accounts(o, connect))
	_, err = c.Engine.Sync(ctx)
	return err
}

// Reconcile asks platforms about everything that is uncertain, also about what a
// person was asked before, and brings on what is due.
func (c *Courier) Reconcile(ctx context.Context) ([]store.Delivery, error) {
	if err := c.Engine.AskAgain(ctx); err != nil {
		return nil, err
	}
	return c.Publish(ctx)
}

// log is where the courier says what it does.
func (c *Courier) log() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}
