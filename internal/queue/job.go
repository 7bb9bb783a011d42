package queue

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// The queues of River that the two kinds stand in, so that what follows never
// keeps a placement waiting.
const (
	wakeQueue   = "wake"
	followQueue = "follow"
)

// wake is the first kind: somebody is to look at a key. At, in milliseconds since
// 1970, tells wake-ups of one key apart.
type wake struct {
	Key platform.Key `json:"key"`
	At  int64        `json:"at,omitempty"`
}

// Kind is the name in River's tables; it never changes.
func (wake) Kind() string { return "editorial_wake" }

// follow is the second kind: What follows the publication of a key.
type follow struct {
	Key  platform.Key `json:"key"`
	What string       `json:"what"`
	At   int64        `json:"at,omitempty"`
}

// Kind is the name in River's tables; it never changes.
func (follow) Kind() string { return "editorial_follow" }

// workers gives each kind its worker.
func (o Options) workers() *river.Workers {
	w := river.NewWorkers()
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[wake]) error { return o.Work(ctx, job.Args.Key) }))
	river.AddWorker(w, river.WorkFunc(func(ctx context.Context, job *river.Job[follow]) error {
		return o.Follow(ctx, job.Args.Key, job.Args.What)
	}))
	return w
}

// later says when a worker that failed is called again: after 5 s, 10 s, 20 s …,
// half an hour.
type later struct{}

// NextRetry counts from when the attempt began.
func (later) NextRetry(job *rivertype.JobRow) time.Time {
	return job.AttemptedAt.Add(journal.Backoff(job.Attempt))
}
