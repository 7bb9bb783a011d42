package delivery

import (
	"context"
	"fmt"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// What follows a publication.
const (
	FollowComment = "first-comment"
)

// followTx has done what follows a publication. It is work of its own, which
// cannot lead back to a commit.
func (e *Engine) followTx(ctx context.Context, tx *store.Tx, d *store.Delivery) error {
	if e.Waker == nil {
		return nil
	}
	if _, ok := e.account(d.Platform).Publisher.(platform.Follower); !ok {
		return nil
	}
	m, err := platform.Thaw(d.Message, d.Sum)
	if err != nil || m.FirstComment == "" {
		return nil
	}
	return e.Waker.FollowTx(ctx, tx, d.Key, FollowComment, e.Now())
}

// followNow does what follows, once, where no queue carries it.
func (e *Engine) followNow(ctx context.Context, d *store.Delivery) {
	within, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	if err := e.Follow(within, d.Key, FollowComment); err != nil {
		e.Log.Error("follow-up", "error", e.Redact(err.Error()))
	}
}

// Follow does something after a publication. It may be called again: what was
// done is not done twice.
func (e *Engine) Follow(ctx context.Context, key platform.Key, what string) error {
	d, ok, err := e.Store.Get(ctx, key)
	if err != nil || !ok || d.State != journal.Published {
		return err
	}
	f, ok := e.account(d.Platform).Publisher.(platform.Follower)
	if !ok || what != FollowComment {
		return nil
	}
	job, err := e.job(&d, e.Now())
	if err != nil || job.Message.FirstComment == "" {
		return err
	}
	job.Save = nil
	if err := f.Follow(ctx, job, d.Receipt); err != nil {
		return fmt.Errorf("%s: %s: %w", key, what, err)
	}
	return nil
}
