package connections

import (
	"context"
	"fmt"
	"time"

	"editorial/internal/config"
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

// TellSearch tells search engines of pages of the site, if it has a key for that,
// is on the web, and may be read by them. refused is why they will not take some,
// "" if they take all; the error says that some did not arrive.
func (b *Book) TellSearch(ctx context.Context, pages []string, now time.Time) (refused string, err error) {
	s := b.Config.Site
	if s.IndexNow == "" || s.Robots == config.RobotsNone || !s.OnTheWeb() {
		return "", nil
	}
	o := ping.IndexNow{Endpoint: b.Search, Site: s.URL, Key: s.IndexNow}.Tell(ctx, b.Via, pages, now)
	switch {
	case len(o.Later) > 0:
		return "", fmt.Errorf("search engines: %s", o.Why)
	case len(o.Refused) > 0:
		return o.Why, nil
	}
	return "", nil
}
