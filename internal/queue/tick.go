package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// Tick is something that one of all programs does every so often: the one that
// leads.
type Tick struct {
	// Name is for the log.
	Name string
	// Every is the time between two beginnings; if the first takes longer, the
	// second is left out. It counts from when the program starts.
	Every time.Duration
	// Do has a context that ends when the queue stops. Its error is logged.
	Do func(context.Context) error
}

// ticker does the ticks. Nil does none.
type ticker struct {
	scheduler gocron.Scheduler
}

// errFollows is why a program does no tick.
var errFollows = errors.New("another program leads")

// elector lets the one program tick that River has elected.
type elector struct{ q *Queue }

// IsLeader returns nil if this program leads.
func (e elector) IsLeader(ctx context.Context) error {
	leads, err := e.q.Leader(ctx)
	if err != nil {
		return err
	}
	if !leads {
		return errFollows
	}
	return nil
}

func startTicks(q *Queue) (*ticker, error) {
	if len(q.opts.Ticks) == 0 {
		return nil, nil
	}
	s, err := gocron.NewScheduler(gocron.WithDistributedElector(elector{q}), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(giveUp))
	if err != nil {
		return nil, fmt.Errorf("ticks: %w", err)
	}
	for _, tick := range q.opts.Ticks {
		log := q.opts.Logger.With("tick", tick.Name)
		_, err := s.NewJob(gocron.DurationJob(tick.Every), gocron.NewTask(func(ctx context.Context) { do(ctx, tick, log) }),
			gocron.WithName(tick.Name), gocron.WithSingletonMode(gocron.LimitModeReschedule))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("tick %s: %w", tick.Name, err), s.Shutdown())
		}
	}
	s.Start()
	return &ticker{s}, nil
}

// do does a tick; a panic in one must not end the others.
func do(ctx context.Context, tick Tick, log *slog.Logger) {
	defer func() {
		if r := recover(); r != nil {
			log.ErrorContext(ctx, "tick", "panic", r)
		}
	}()
	if err := tick.Do(ctx); err != nil && ctx.Err() == nil {
		log.WarnContext(ctx, "tick", "error", err)
	}
}

func (t *ticker) stop() error {
	if t == nil {
		return nil
	}
	if err := t.scheduler.Shutdown(); err != nil {
		return fmt.Errorf("ticks: %w", err)
	}
	return nil
}
