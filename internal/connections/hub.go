package connections

import (
	"context"
	"fmt"
	"time"

	"editorial/pkg/publish/ping"
)

// TellHub tells the site's hub, if it has one, that feeds have changed. The error
// says that it did not take all of them.
func (b *Book) TellHub(ctx context.Context, feeds []string, now time.Time) error {
	hub := b.Config.Site.Hub
	if hub == "" {
		return nil
	}
	if o := ping.Hub(hub).Tell(ctx, b.Via, feeds, now); o.Told < len(feeds) {
		return fmt.Errorf("hub: took %d of %d feeds: %s", o.Told, len(feeds), o.Why)
	}
	return nil
}
