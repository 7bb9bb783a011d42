package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"editorial/internal/store"
	"editorial/pkg/publish/platform"
)

// Options say who works, and how. The zero values of numbers are good for an
// office.
type Options struct {
	// ID names this program among all on the database, as its node does in
	// store.Nodes: one that runs at the same time has another one. It has 1 to
	// 100 characters.
	ID string
	// Now is the clock.
	Now func() time.Time
	// Logger hears what goes wrong; nil hears nothing.
	Logger *slog.Logger
	// Work is called for a key that is to be looked at. An error is logged, and
	// it is called again later. It may be called by several goroutines, for the
	// same key as well. Nil: this program wakes others, and works itself on
	// nothing.
	Work func(ctx context.Context, key platform.Key) error
	// Follow is called for what follows a publication. Nil only if Work is.
	Follow func(ctx context.Context, key platform.Key, what string) error
	// Ticks are done by the one that leads.
	Ticks []Tick
	// Workers are how many wake-ups are worked on at once: 8.
	Workers int
	// Timeout ends the context of Work and Follow: 15 minutes. Rescue is after
	// how long a wake-up whose program died is given to another one; it is more
	// than Timeout: a minute more.
	Timeout, Rescue time.Duration
	// Poll is how often is looked for what others wrote: 1 second.
	Poll time.Duration
}

const (
	workers = 8
	timeout = 15 * time.Minute
	poll    = time.Second
	// cooldown is the least time between two looks for work.
	cooldown = 20 * time.Millisecond
	// followers is how many follow-ups are worked on at once, and followPoll how
	// often is looked for them: nobody waits for them.
	followers  = 2
	followPoll = 5 * time.Second
	// attempts is how often a wake-up whose worker fails is tried: for some days.
	attempts = 200
	// kept is how long what is done stays in the tables.
	kept = time.Hour
	// giveUp is how long a stop waits, after its own time, for work whose context
	// ended.
	giveUp = 15 * time.Second
)

// Queue is open from [Open] on, and works between Start and Stop.
type Queue struct {
	id     string
	now    func() time.Time
	engine engine
	ticks  *ticker // nil until Start, and where there are none
	opts   Options
}

// engine is a client of River on one of the databases.
type engine interface {
	insert(ctx context.Context, tx *store.Tx, jobs []river.InsertManyParams) error
	leader(ctx context.Context) (*riverdriver.Leader, error)
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
}

// Open brings the queue's tables up to date and makes ready to wake; Start begins
// to work.
func Open(ctx context.Context, s *store.Store, opts Options) (*Queue, error) {
	if opts.Now == nil {
		return nil, errors.New("queue: no clock")
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	config := &river.Config{ID: opts.ID, Logger: opts.Logger}
	if opts.Work != nil {
		if opts.Follow == nil || opts.ID == "" {
			return nil, errors.New("queue: a program that works has a name, and follows up")
		}
		config = opts.config()
	}
	e, err := openEngine(ctx, s, config)
	if err != nil {
		return nil, fmt.Errorf("queue: %w", store.Explain(err))
	}
	return &Queue{id: opts.ID, now: opts.Now, engine: e, opts: opts}, nil
}

// config is River's, for a program that works.
func (o Options) config() *river.Config {
	within := cmp.Or(o.Timeout, timeout)
	return &river.Config{
		ID:                          o.ID,
		Logger:                      o.Logger,
		Workers:                     o.workers(),
		JobTimeout:                  within,
		RescueStuckJobsAfter:        cmp.Or(o.Rescue, within+time.Minute),
		MaxAttempts:                 attempts,
		RetryPolicy:                 later{},
		FetchCooldown:               cooldown,
		FetchPollInterval:           cmp.Or(o.Poll, poll),
		CompletedJobRetentionPeriod: kept,
		Queues: map[string]river.QueueConfig{
			wakeQueue:   {MaxWorkers: cmp.Or(o.Workers, workers)},
			followQueue: {MaxWorkers: followers, FetchPollInterval: max(followPoll, o.Poll)},
		},
	}
}

// WakeTx wakes a worker for a key at an instant, or at once if that is past or
// zero, provided that the transaction is committed. A second wake-up for the same
// key and instant is none while the first one is to come or is worked on.
func (q *Queue) WakeTx(ctx context.Context, tx *store.Tx, key platform.Key, at time.Time) error {
	return q.insert(ctx, tx, wake{Key: key, At: milli(at)}, wakeQueue, at)
}

// Wake is a wake-up, as for [Queue.WakeTx].
type Wake struct {
	Key platform.Key
	At  time.Time
}

// WakeAllTx is [Queue.WakeTx] for many, in a few statements.
func (q *Queue) WakeAllTx(ctx context.Context, tx *store.Tx, all []Wake) error {
	const most = 1000
	for chunk := range slices.Chunk(all, most) {
		jobs := make([]river.InsertManyParams, len(chunk))
		for i, w := range chunk {
			jobs[i] = job(wake{Key: w.Key, At: milli(w.At)}, wakeQueue, w.At)
		}
		if err := q.engine.insert(ctx, tx, jobs); err != nil {
			return fmt.Errorf("wake: %w", err)
		}
	}
	return nil
}

// FollowTx has what follows a publication done at an instant, as [Queue.WakeTx]
// does. What names it for Options.Follow.
func (q *Queue) FollowTx(ctx context.Context, tx *store.Tx, key platform.Key, what string, at time.Time) error {
	return q.insert(ctx, tx, follow{Key: key, What: what, At: milli(at)}, followQueue, at)
}

func (q *Queue) insert(ctx context.Context, tx *store.Tx, args river.JobArgs, queue string, at time.Time) error {
	if err := q.engine.insert(ctx, tx, []river.InsertManyParams{job(args, queue, at)}); err != nil {
		return fmt.Errorf("wake: %w", err)
	}
	return nil
}

func job(args river.JobArgs, queue string, at time.Time) river.InsertManyParams {
	return river.InsertManyParams{Args: args, InsertOpts: &river.InsertOpts{
		Queue:       queue,
		ScheduledAt: at,
		MaxAttempts: attempts,
		UniqueOpts:  river.UniqueOpts{ByArgs: true, ByState: toCome()},
	}}
}

// toCome are the states of a wake-up that is not over: River wants all of these.
func toCome() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// Start begins to work, and to do what is done every so often, until Stop.
func (q *Queue) Start(ctx context.Context) error {
	if q.opts.Work == nil {
		return errors.New("queue: nothing to work with")
	}
	if err := q.engine.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("queue: %w", store.Explain(err))
	}
	ticks, err := startTicks(q)
	if err != nil {
		return errors.Join(err, q.Stop(ctx))
	}
	q.ticks = ticks
	return nil
}

// Stop ends the ticks, takes up no more work, and waits until ctx ends for that
// which is under way; then the context of that ends. What is not done by then is
// given to another program, or to this one when it starts again, after
// Options.Rescue.
func (q *Queue) Stop(ctx context.Context) error {
	err := q.ticks.stop()
	soft := q.engine.Stop(ctx)
	if soft == nil {
		return err
	}
	hard, end := context.WithTimeout(context.WithoutCancel(ctx), giveUp)
	defer end()
	if stopped := q.engine.StopAndCancel(hard); stopped != nil {
		return errors.Join(err, fmt.Errorf("queue: %w", stopped))
	}
	return err
}

// Leader reports whether this program leads.
func (q *Queue) Leader(ctx context.Context) (bool, error) {
	l, err := q.engine.leader(ctx)
	switch {
	case errors.Is(err, rivertype.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("queue: %w", err)
	}
	return l.LeaderID == q.id && l.ExpiresAt.After(q.now()), nil
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
