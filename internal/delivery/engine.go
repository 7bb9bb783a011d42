package delivery

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// ErrGone is what a [Source] says of a placement that the calendar no longer has.
var ErrGone = errors.New("the placement is not in the agreed calendar")

// Source is the office, as the worker sees it. Several goroutines may ask.
type Source interface {
	// Orders are all placements of the agreed calendar that are to be delivered.
	// An error says that nobody knows them now: nothing is then cancelled.
	Orders(context.Context) ([]Order, error)
	// Ready says how a placement stands at this moment. The error wraps [ErrGone]
	// where there is none.
	Ready(context.Context, platform.Key) (Ready, error)
}

// Order is a placement to deliver.
type Order struct {
	Key      platform.Key
	Platform string // the name of the connection
	Kind     string
	Post     string // its id
	File     string // below content/
	Title    string
	Due      time.Time
}

// Ready is how a placement stands.
type Ready struct {
	Post platform.Post
	// Hold says why it must not go out, "" if it may; Detail what else is to be
	// said of it, Again when that ends by itself.
	Hold   journal.Reason
	Detail string
	Again  time.Time
}

// Account is where the worker delivers.
type Account struct {
	// Format is what posts are there; Publisher, unless nil, delivers them. With
	// none a person does.
	Format    platform.Format
	Publisher platform.Publisher
	// Within is how late a post may still go out (zero: however late), Then what
	// becomes of it afterwards: [journal.Held] or [journal.Missed].
	Within time.Duration
	Then   journal.State
	// Spacing is the least time between two posts; the platform's own counts if
	// it is longer. Relay is that between two that a thaw lays out again.
	Spacing, Relay time.Duration
	// Budget is the most that posts of one month may cost, in millionths of a US
	// dollar; 0 is no limit.
	Budget int64
	// Follows is what else is done after a publication there, by name. It may be
	// done twice, and what goes wrong with it is no matter of the delivery.
	Follows map[string]func(context.Context, store.Delivery) error
	// Native hands posts over to the platform, where it can publish later.
	Native bool
}

// Waker keeps wake-ups: a lost or a doubled one is harmless. It may be nil.
type Waker interface {
	// WakeTx wakes somebody for a delivery at an instant, in the transaction.
	WakeTx(ctx context.Context, tx *store.Tx, key platform.Key, at time.Time) error
	// FollowTx has something done after a publication.
	FollowTx(ctx context.Context, tx *store.Tx, key platform.Key, what string, at time.Time) error
}

// Options are what an engine works with.
type Options struct {
	Store    *store.Store
	Source   Source
	Accounts map[string]Account
	Files    platform.Files
	Waker    Waker
	Now      func() time.Time
	// Month returns the beginning of the month of an instant, and of the next:
	// budgets count so.
	Month func(time.Time) (from, to time.Time)
	// Node is the name of this program, unlike that of every other that ever ran.
	Node string
	// Alone says that no other program delivers from this database as long as
	// this one does: what others left behind is nobody's.
	Alone bool
	Log   *slog.Logger
	// Redact takes secrets out of what platforms say.
	Redact func(string) string
}

// Engine delivers. Several goroutines may use it.
type Engine struct {
	Options
	mu sync.Mutex
	// busy are the deliveries that a goroutine of this program is at; true: another
	// one wanted it meanwhile.
	busy map[platform.Key]bool
	// dead are programs that surely do not live any more.
	dead map[string]bool
	// answers are what became of commits that could not be written down yet.
	answers map[platform.Key]answer
	// woken are those that somebody wants looked at, once.
	wake chan platform.Key
}

// How long things take at most.
const (
	leaseFor   = 10 * time.Minute // beyond the instant, to prepare and wait
	commitFor  = 2 * time.Minute
	callFor    = commitFor + time.Minute // the lease of a call: longer than any
	prepareFor = 30 * time.Minute        // an upload of a film
	lookFor    = time.Minute
	// saidFor is how long the same text is not said twice on one account.
	saidFor = 30 * 24 * time.Hour
)

// New returns an engine.
func New(o Options) *Engine {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Redact == nil {
		o.Redact = func(s string) string { return s }
	}
	if o.Month == nil {
		o.Month = func(t time.Time) (from, to time.Time) {
			t = t.UTC()
			return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		}
	}
	return &Engine{Options: o, busy: map[platform.Key]bool{}, wake: make(chan platform.Key, 1024)}
}

// Account returns where the engine delivers by that name.
func (e *Engine) Account(name string) Account { return e.account(name) }

// Everywhere returns all places where the engine delivers, by name.
func (e *Engine) Everywhere() map[string]Account {
	e.mu.Lock()
	defer e.mu.Unlock()
	return maps.Clone(e.Accounts)
}

func (e *Engine) account(name string) Account {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.Accounts[name]
}

// Bury says of programs that they do not live any more: what they had taken up is
// nobody's.
func (e *Engine) Bury(nodes []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.dead = map[string]bool{}
	for _, name := range nodes {
		e.dead[name] = name != e.Node
	}
}

func (e *Engine) isDead(name string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.Alone || e.dead[name]
}

// SetAccounts changes where the engine delivers, from the next step on.
func (e *Engine) SetAccounts(all map[string]Account) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Accounts = all
}

// take reports whether this goroutine may work on a delivery, and keeps others
// of this program from it until give.
func (e *Engine) take(key platform.Key) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, taken := e.busy[key]; taken {
		e.busy[key] = true
		return false
	}
	e.busy[key] = false
	return true
}

// give ends take. Where somebody came meanwhile, it is looked at once more: he may
// know of something that this goroutine looked at before.
func (e *Engine) give(key platform.Key) {
	e.mu.Lock()
	wanted := e.busy[key]
	delete(e.busy, key)
	e.mu.Unlock()
	if wanted {
		e.poke(key)
	}
}

// change writes a delivery that is to be as edit makes it: one transaction, with
// one line of the journal.
func (e *Engine) change(ctx context.Context, d *store.Delivery, edit func(*store.Delivery)) error {
	rank := store.Chore
	if d.State == journal.Committing {
		rank = store.Record
	}
	return e.write(ctx, rank, d, func(ctx context.Context, tx *store.Tx) error { return e.changeTx(ctx, tx, d, edit) })
}

// write does a transaction that changes d. Where it is not done, or nobody knows,
// because the commit itself failed, d is as it was, so that it can be tried again.
func (e *Engine) write(ctx context.Context, rank store.Rank, d *store.Delivery, do func(context.Context, *store.Tx) error) error {
	before := *d
	err := e.Store.WriteAs(ctx, rank, do)
	if err != nil {
		*d = before
	}
	return err
}

// changeTx is change in a transaction. d is changed only if it was written.
func (e *Engine) changeTx(ctx context.Context, tx *store.Tx, d *store.Delivery, edit func(*store.Delivery)) error {
	after := *d
	edit(&after)
	if after.State != d.State && !journal.May(d.State, after.State) {
		return errors.New("delivery: " + string(d.State) + " does not lead to " + string(after.State)) // a fault of this program
	}
	if after.State.Ended() || after.State == journal.Planned {
		after.Owner, after.Lease = "", time.Time{}
	}
	now := e.Now()
	if err := tx.Change(ctx, &after, now); err != nil {
		return err
	}
	if e.Waker != nil {
		if at := wakeAt(*d, after, now); !at.IsZero() {
			if err := e.Waker.WakeTx(ctx, tx, after.Key, at); err != nil {
				return err
			}
		}
	}
	*d = after
	return nil
}

// log says what became of a delivery.
func (e *Engine) log(d store.Delivery, err error) {
	attrs := []any{"key", string(d.Key), "platform", d.Platform, "state", string(d.State), "reason", string(d.Reason)}
	if err != nil {
		attrs = append(attrs, "error", e.Redact(err.Error()))
	}
	e.Log.Info("delivery", attrs...)
}
