package delivery

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// What follows a publication.
const (
	FollowComment = "first-comment"
	FollowHub     = "websub"
	FollowSearch  = "indexnow"
)

// followTx has done what follows a publication. It is work of its own, which
// cannot lead back to a commit.
func (e *Engine) followTx(ctx context.Context, tx *store.Tx, d *store.Delivery) error {
	if e.Waker == nil {
		return nil
	}
	for _, what := range e.follows(d) {
		if err := e.Waker.FollowTx(ctx, tx, d.Key, what, e.Now()); err != nil {
			return err
		}
	}
	return nil
}

// follows are the names of what follows the publication of a delivery.
func (e *Engine) follows(d *store.Delivery) []string {
	a := e.account(d.Platform)
	all := slices.Sorted(maps.Keys(a.Follows))
	if _, ok := a.Publisher.(platform.Follower); ok {
		if m, err := platform.Thaw(d.Message, d.Sum); err == nil && m.FirstComment != "" {
			all = append(all, FollowComment)
		}
	}
	return all
}

// followNow does what follows, once, where no queue carries it.
func (e *Engine) followNow(ctx context.Context, d *store.Delivery) {
	within, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	for _, what := range e.follows(d) {
		if err := e.Follow(within, d.Key, what); err != nil {
			e.Log.Error("follow-up", "error", e.Redact(err.Error()))
		}
	}
}

// Follow does something after a publication. It may be called again: what was
// done is not done twice, but for what may be.
func (e *Engine) Follow(ctx context.Context, key platform.Key, what string) error {
	d, ok, err := e.Store.Get(ctx, key)
	if err != nil || !ok || d.State != journal.Published {
		return err
	}
	do := e.comment
	if what != FollowComment {
		if do = e.account(d.Platform).Follows[what]; do == nil {
			return nil // not wanted any more
		}
	}
	if err := do(ctx, d); err != nil {
		return fmt.Errorf("%s: %s: %w", key, what, err)
	}
	return nil
}

// comment writes the first comment.
func (e *Engine) comment(ctx context.Context, d store.Delivery) error {
	f, ok := e.account(d.Platform).Publisher.(platform.Follower)
	if !ok {
		return nil
	}
	job, err := e.job(&d, e.Now())
	if err != nil || job.Message.FirstComment == "" {
		return err
	}
	job.Save = nil
	return f.Follow(ctx, job, d.Receipt)
}
