package courier

import (
	"context"
	"log/slog"

	"editorial/internal/queue"
	"editorial/pkg/publish/platform"
)

// openQueue starts the wake-ups: should this program die, another one, or the
// next, is woken for what it had taken up. What is done every so often is done by
// one node alone.
func (c *Courier) openQueue(ctx context.Context, refresh chan<- struct{}) (*queue.Queue, error) {
	q, err := queue.Open(ctx, c.Store, queue.Options{
		ID: c.Node, Now: c.Now, Logger: slog.New(quiet{c.log().Handler()}),
		Work: func(_ context.Context, key platform.Key) error {
			c.Engine.Poke(key)
			return nil
		},
		Follow: c.Engine.Follow,
		Ticks:  c.ticks(refresh),
	})
	if err != nil {
		return nil, err
	}
	c.Engine.Waker = q
	return q, q.Start(ctx)
}

// quiet passes warnings on, and what is worse.
type quiet struct{ slog.Handler }

// Enabled keeps what is less to itself.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && q.Handler.Enabled(ctx, l)
}

// WithAttrs stays quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup stays quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
