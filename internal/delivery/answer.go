package delivery

import (
	"context"
	"errors"

	"editorial/internal/store"
	"editorial/pkg/publish/platform"
)

// answer is what became of a commit, of a delivery as it was at a step, where it
// could not be written down.
type answer struct {
	step   int
	record func(context.Context) error
}

// remember keeps what became of a commit for as long as this program lives: it is
// written down when the disk has room, before anybody is asked.
func (e *Engine) remember(d *store.Delivery, record func(context.Context) error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.answers == nil {
		e.answers = map[platform.Key]answer{}
	}
	e.answers[d.Key] = answer{d.Step, record}
}

// recordRemembered writes down what became of a commit, if that is remembered. done says
// that there is nothing more to write, here or at all; an error, that it is to be
// tried again.
func (e *Engine) recordRemembered(ctx context.Context, d *store.Delivery) (done bool, err error) {
	e.mu.Lock()
	a, ok := e.answers[d.Key]
	e.mu.Unlock()
	if !ok {
		return false, nil
	}
	if a.step == d.Step {
		if err := a.record(context.WithoutCancel(ctx)); err != nil && !errors.Is(err, store.ErrChanged) {
			return false, err
		}
	}
	e.mu.Lock()
	delete(e.answers, d.Key)
	e.mu.Unlock()
	return a.step == d.Step, nil
}
