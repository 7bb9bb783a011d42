package delivery

import (
	"context"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// Restored is the setting that a restored backup has, and an older database that
// somebody put in the place of the newer one: since when nothing is known.
const Restored = "restored"

// gapAfter is how long a program that lives may say nothing.
const gapAfter = 2 * time.Minute

// Recover is called once at the start. Everything that was due while nobody
// recorded anything is in doubt: it is looked for before it is sent. There is such
// a gap after a program that did not stop in order, and after a restored backup.
func (e *Engine) Recover(ctx context.Context) (doubted int, err error) {
	gap, err := e.gap(ctx)
	if err != nil || !gap {
		return 0, err
	}
	now := e.Now()
	if err := e.noteGap(ctx, now); err != nil {
		return 0, err
	}
	all, err := e.Store.Agenda(ctx)
	if err != nil {
		return 0, err
	}
	for _, a := range all {
		if a.Doubt || a.Due.After(now) || !movable(a) {
			continue
		}
		changed, err := e.edit(ctx, a.Key, func(d *store.Delivery) bool {
			switch d.State {
			case journal.Planned, journal.Leased, journal.Prepared:
				d.State, d.Next = journal.Planned, time.Time{}
			case journal.Held, journal.Failed, journal.Missed: // somebody may have brought them on
			default:
				return false
			}
			d.Doubt = true
			return true
		})
		if err != nil {
			return doubted, err
		}
		if changed {
			doubted++
		}
	}
	return doubted, e.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, Restored, "") })
}

// gap reports whether nobody knows what happened since the database was last
// written.
func (e *Engine) gap(ctx context.Context) (bool, error) {
	restored, err := e.Store.Setting(ctx, Restored)
	if err != nil || restored != "" {
		return err == nil, err
	}
	nodes, err := e.Store.Nodes(ctx)
	if err != nil || len(nodes) == 0 {
		return false, err
	}
	last := nodes[0] // the one that spoke last
	return last.Name != e.Node && !last.Stopped && e.Now().Sub(last.Beat) > gapAfter, nil
}

// noteGap keeps that nothing was recorded from the last beat until now, for lines
// that are only found later. What a restore has noted stays.
func (e *Engine) noteGap(ctx context.Context, now time.Time) error {
	from, to, err := e.Store.Gap(ctx)
	if err != nil {
		return err
	}
	nodes, err := e.Store.Nodes(ctx)
	if err != nil {
		return err
	}
	last := now.Add(-saidFor)
	if len(nodes) > 0 {
		last = nodes[0].Beat
	}
	if !from.IsZero() && !to.Before(last) { // one gap
		last = earlier(from, last)
	}
	return e.Store.Write(ctx, func(tx *store.Tx) error { return tx.SetGap(ctx, last, now) })
}

// Beat says that this program lives, or that it stops in order.
func (e *Engine) Beat(ctx context.Context, stopped bool) error {
	return e.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Beat(ctx, store.Node{Name: e.Node, Beat: e.Now(), Stopped: stopped})
	})
}

// Beats says now and then that this program lives, until stop is called.
func (e *Engine) Beats(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		tick := time.NewTicker(beatEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := e.Beat(ctx, false); err != nil && ctx.Err() == nil {
					e.Log.Error("beat", "error", e.Redact(err.Error()))
				}
			}
		}
	})
	return func() {
		cancel()
		group.Wait()
	}
}
