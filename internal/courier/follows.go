package courier

import (
	"context"

	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/internal/store"
)

// follows is what is done once a post is on the site that the program makes: its
// hub is told.
func (c *Courier) follows(o *office.Office) map[string]func(context.Context, store.Delivery) error {
	if o.Config.Site.Hub == "" || c.Tell == nil {
		return nil
	}
	return map[string]func(context.Context, store.Delivery) error{delivery.FollowHub: c.tellHub}
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
