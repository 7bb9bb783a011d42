package ping

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/wire"
)

// Hub is the address of a hub of WebSub, which stands in the feeds.
type Hub string

// Tell tells the hub that feeds have changed, one request each.
func (h Hub) Tell(ctx context.Context, via wire.Doer, feeds []string, now time.Time) Outcome {
	var o Outcome
	for _, feed := range feeds {
		// Hubs differ in the name of the second parameter: old ones want the first.
		a, err := wire.Do(ctx, via, wire.Form(string(h), url.Values{"hub.mode": {"publish"}, "hub.url": {feed}, "hub.topic": {feed}}))
		o.add([]string{feed}, a, err, now)
	}
	return o
}
