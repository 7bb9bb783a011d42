package courier

import (
	"context"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/internal/store"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/platform"
)

// AreaFeed is that of notices of the feed: their subject is its address.
const AreaFeed = "feed"

// What may be the matter with a feed.
const (
	feedUnreachable = "feed-unreachable" // address, detail
	feedBroken      = "feed-broken"      // address, detail
	feedLacks       = "feed-lacks"       // address, n, titles
)

const (
	// feedLag is how long what is built may take to be where readers fetch it,
	// feedBack for how long back is looked for it.
	feedLag  = 3 * time.Hour
	feedBack = 7 * 24 * time.Hour
	// feedAway is how many times in a row a feed is not to be had until it is said:
	// servers are away for a moment now and then.
	feedAway = 2
	// privateAddress is the code of a server that is not on the web.
	privateAddress = "private-address"
	// feedTitles is how many titles are named.
	feedTitles = 3
)

// Fetched is a feed as it was fetched.
type Fetched struct {
	// Address is where; "" where none is watched.
	Address string
	// Same: it is as it was known, and Body is nil.
	Same bool
	Body []byte
	// ETag and Modified are what its server calls it.
	ETag, Modified string
}

// FeedToWatch is the address of the feed of a site that the program makes and that
// is on the web, by https; "" where there is none, or nobody wants it watched.
func FeedToWatch(c config.Config) string {
	if !c.Delivery.WatchFeed || !c.Site.OnTheWeb() || !strings.HasPrefix(c.Site.URL, "https://") {
		return ""
	}
	for _, p := range c.Platforms {
		if isOwnSite(c, p) {
			return c.Site.URL + feed.Main()
		}
	}
	return ""
}

// feedSeen is how the feed was when it was looked at last.
type feedSeen struct {
	known  Fetched // without its body
	links  []string
	broken error
	away   int // times in a row
}

// watchFeed looks whether what readers subscribe to is there, can be read, and has
// what was published on the own site.
func (c *Courier) watchFeed(ctx context.Context) error {
	got, err := c.Feed(ctx, c.feed.known)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && got.Address == "":
		return err
	case err != nil && platform.As(err).Code == privateAddress:
		return c.notice(ctx, AreaFeed, nil, nil) // nothing within is reached for
	case err != nil:
		if c.feed.away++; c.feed.away < feedAway {
			return nil
		}
		return c.noticeFeed(ctx, got.Address, feedUnreachable, map[string]string{"detail": err.Error()})
	case got.Address == "":
		c.feed = feedSeen{}
		return c.notice(ctx, AreaFeed, nil, nil)
	case !got.Same:
		c.feed.links, c.feed.broken = feed.Items(got.Body)
		got.Body = nil
		c.feed.known = got
	}
	c.feed.away = 0
	if c.feed.broken != nil {
		return c.noticeFeed(ctx, got.Address, feedBroken, map[string]string{"detail": c.feed.broken.Error()})
	}
	lacking, err := c.lacking(ctx, got.Address)
	switch {
	case err != nil:
		return err
	case len(lacking) == 0:
		return c.notice(ctx, AreaFeed, nil, nil)
	}
	titles := strings.Join(lacking[:min(len(lacking), feedTitles)], ", ")
	if len(lacking) > feedTitles {
		titles += ", …"
	}
	return c.noticeFeed(ctx, got.Address, feedLacks, map[string]string{"n": strconv.Itoa(len(lacking)), "titles": titles})
}

// noticeFeed keeps what is the matter with the feed.
func (c *Courier) noticeFeed(ctx context.Context, address, code string, params map[string]string) error {
	params["address"] = address
	return c.notice(ctx, AreaFeed, []store.Notice{{Subject: address, Code: code, Params: params}}, nil)
}

// lacking are the titles of what went out on the own site a while ago, should be in
// the feed and is not.
func (c *Courier) lacking(ctx context.Context, address string) (titles []string, err error) {
	now := c.Now()
	var missing []store.Delivery
	all := c.Engine.Everywhere()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if _, own := all[name].Publisher.(*ownSite); !own {
			continue
		}
		out, err := c.Store.Published(ctx, name, now.Add(-feedBack), now.Add(-feedLag))
		if err != nil {
			return nil, err
		}
		for _, d := range out {
			if !slices.Contains(c.feed.links, d.Receipt.URL) {
				missing = append(missing, d)
			}
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	o, err := c.Load(ctx) // which of them are still to be there, and where
	if err != nil {
		return nil, err
	}
	defer debug.FreeOSMemory()
	for _, d := range missing {
		if slices.ContainsFunc(o.AddressesOf(d.Post), func(address string) bool { return slices.Contains(c.feed.links, address) }) {
			continue // its page has moved since
		}
		feeds, err := o.FeedsOf(d.Post)
		if err != nil {
			return nil, err
		}
		if slices.Contains(feeds, address) {
			titles = append(titles, d.Title)
		}
	}
	return titles, nil
}
