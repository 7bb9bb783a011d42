package instagram

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes in the name of one account. Account.Name is its number; ""
// is the one whose token it is, which only a login with Instagram has.
type Publisher struct {
	Format
	graph graph.Containers
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	server := cmp.Or(account.Server, home)
	refresh := server + "/refresh_access_token"
	if strings.Contains(server, "graph.facebook.com") {
		refresh = "" // a token of Facebook is not extended
	}
	return &Publisher{
		graph: graph.Containers{
			Client: graph.Client{
				Via: via, Credentials: account.Credentials,
				Base: server + "/" + cmp.Or(strings.Trim(account.Options[OptVersion], "/"), version),
			},
			Owner: cmp.Or(account.Name, "me"), Make: "media", Publish: "media_publish", Posts: "media", Limit: "content_publishing_limit",
			Status: "status_code", Why: "status", Text: "caption", Poll: poll,
			Plan: plan, Refresh: refresh, Grant: "ig_refresh_token",
		},
	}
}

// plan is what a message is made of.
func plan(m platform.Message) (graph.Plan, error) {
	if len(m.Parts) == 0 || len(m.Media) == 0 {
		return graph.Plan{}, platform.Refuse(platform.Invalid, "frozen", "")
	}
	var all []url.Values
	for _, f := range m.Media {
		one := url.Values{"image_url": {f.URL}}
		switch {
		case media.Film(f.Type): // it has no place for a description
			one = url.Values{"media_type": {"REELS"}, "video_url": {f.URL}, "share_to_feed": {"true"}}
		case f.Alt != "":
			one.Set("alt_text", f.Alt)
		}
		all = append(all, one)
	}
	p := graph.Plan{Whole: all[0]}
	if len(all) > 1 {
		for _, one := range all {
			one.Set("is_carousel_item", "true")
		}
		p.Items, p.Whole = all, url.Values{"media_type": {"CAROUSEL"}}
	}
	p.Whole.Set("caption", m.Parts[0].Text)
	return p, nil
}

// Prepare makes the container, and waits for it.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	return p.graph.Prepare(ctx, job)
}

// Renew extends a token that ends soon.
func (p *Publisher) Renew(ctx context.Context, now time.Time) error {
	return p.graph.Renew(ctx, now)
}

// Commit publishes the container.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	return p.graph.Commit(ctx, job)
}

// Lookup asks the container, and looks among the account's posts.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	return p.graph.Lookup(ctx, job)
}

// Check says whose the token is, when it ends, and how many posts are left of the
// day's.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	return p.graph.Check(ctx)
}

// Metrics counts what people did with a post.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	got, err := p.graph.Insights(ctx, r.ID, "views", "reach", "likes", "comments", "shares", "saved")
	if err != nil {
		return nil, err
	}
	if n, ok := got["comments"]; ok {
		got["replies"] = n
		delete(got, "comments")
	}
	return got, nil
}

// comment is one as the platform tells of it.
type comment struct {
	ID, Text, Username string
	Timestamp          graph.Instant
}

func (c comment) told() platform.Comment {
	return platform.Comment{ID: c.ID, Author: publish.Clean(c.Username), Text: publish.Clean(c.Text), At: c.Timestamp.Time}
}

func comments() url.Values {
	return url.Values{"fields": {"id,text,username,timestamp"}, "limit": {"50"}}
}

// Comments returns a page of what people answered.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	return graph.Comments(ctx, p.graph.Client, p.graph.URL(r.ID, "comments"), comments(), cursor, comment.told)
}

// Follow says the first comment of the message under the post, unless it stands
// there already, whoever said it.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	return graph.Say(ctx, p.graph.Client, job, r, comments(), func(c comment) bool {
		return graph.Squeeze(c.Text) == graph.Squeeze(job.Message.FirstComment)
	})
}
