package courier

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"editorial/internal/queue"
	"editorial/internal/store"
)

// How often the one node that leads looks after the house.
const (
	reconcileEvery = 10 * time.Minute
	// lookEvery is how often is looked whether a longer chore is due: the database
	// says when it was done last, so that a program that starts anew neither
	// forgets it nor does it each time. It is short, since the first look comes that
	// long after each start: one that is started anew all the time looks too. A look
	// reads one row.
	lookEvery     = 30 * time.Second
	accountsEvery = 6 * time.Hour
	figuresEvery  = time.Hour
	feedEvery     = time.Hour
)

// ticks are what the one that leads does every so often.
func (c *Courier) ticks(refresh chan<- struct{}) []queue.Tick {
	all := []queue.Tick{{Name: "reconcile", Every: reconcileEvery, Do: func(ctx context.Context) error {
		if _, err := c.Engine.Sync(ctx); err != nil {
			return err
		}
		select {
		case refresh <- struct{}{}:
		default:
		}
		return nil
	}}}
	all = append(all, c.chore("figures", figuresEvery, c.Engine.Measure))
	if c.Check != nil {
		all = append(all, c.chore("accounts", accountsEvery, c.checkAccounts))
	}
	if c.Feed != nil {
		all = append(all, c.chore("feed", feedEvery, c.watchFeed))
	}
	return all
}

// chore is a tick that does something once in a longer time, however it goes: what
// fails is done again when it is due again.
func (c *Courier) chore(name string, every time.Duration, do func(context.Context) error) queue.Tick {
	setting := "chore-" + name
	return queue.Tick{Name: name, Every: lookEvery, Do: func(ctx context.Context) error {
		last, err := c.Store.Setting(ctx, setting)
		if err != nil {
			return err
		}
		now := c.Now()
		if at, err := time.Parse(time.RFC3339, last); err == nil && !at.After(now) && now.Sub(at) < every {
			return nil
		}
		err = do(ctx)
		if ctx.Err() != nil {
			return err // it was cut short
		}
		return errors.Join(err, c.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, setting, now.UTC().Format(time.RFC3339)) }))
	}}
}

// notice keeps what was found in an area, and says once in the log what is new and
// what is over.
func (c *Courier) notice(ctx context.Context, area string, found []store.Notice, stays func(store.Notice) bool) error {
	for i := range found {
		found[i].Params = maps.Clone(found[i].Params)
		for name, value := range found[i].Params {
			found[i].Params[name] = c.redacted(value)
		}
	}
	var fresh, over []store.Notice
	if err := c.Store.Write(ctx, func(tx *store.Tx) (err error) {
		fresh, over, err = tx.Notice(ctx, area, found, stays, c.Now())
		return err
	}); err != nil {
		return err
	}
	for _, n := range fresh {
		attrs := []any{"of", n.Subject, "what", n.Code}
		for _, name := range slices.Sorted(maps.Keys(n.Params)) {
			attrs = append(attrs, name, n.Params[name])
		}
		c.log().Warn("needs somebody: editorial status", attrs...)
	}
	for _, n := range over {
		c.log().Info("settled", "of", n.Subject, "what", n.Code)
	}
	return nil
}

func (c *Courier) redacted(text string) string {
	if c.Redact == nil {
		return text
	}
	return c.Redact(text)
}
