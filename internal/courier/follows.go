package courier

import (
	"context"

	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/internal/store"
)

// follows is what is done once a post is on the site that the program makes: its
// hub is told, and search engines are.
func (c *Courier) follows(o *office.Office) map[string]func(context.Context, store.Delivery) error {
	all := map[string]func(context.Context, store.Delivery) error{}
	if o.Config.Site.Hub != "" && c.Tell != nil {
		all[delivery.FollowHub] = c.tellHub
	}
	if o.Config.Site.IndexNow != "" && c.Announce != nil {
		all[delivery.FollowSearch] = c.announce
	}
	return all
}

// tellHub tells the hub of the feeds that show a post now.
func (c *Courier) tellHub(ctx context.Context, d store.Delivery) error {
	o, err := c.Load(ctx) // feeds are those of this moment
	if err != nil {
		return err
	}
	feeds, err := o.FeedsOf(d.Post)
	if err != nil || len(feeds) == 0 {
		return err
	}
	return c.Tell(ctx, feeds)
}

// announce tells search engines of the page of a post. What they refuse is said in
// the log and not asked again: they find the page another day all the same.
func (c *Courier) announce(ctx context.Context, d store.Delivery) error {
	if d.Receipt.URL == "" {
		return nil
	}
	refused, err := c.Announce(ctx, []string{d.Receipt.URL})
	if refused != "" {
		c.log().Warn("search engines refuse the page", "page", d.Receipt.URL, "why", c.redacted(refused))
	}
	return err
}
