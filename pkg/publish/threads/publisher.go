package threads

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes in the name of one account. Account.Name is its number; ""
// is the one whose token it is.
type Publisher struct {
	Format
	graph graph.Containers
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	server := cmp.Or(account.Server, home)
	return &Publisher{
		Format: FormatOf(account.Options),
		graph: graph.Containers{
			Client: graph.Client{
				Via: via, Credentials: account.Credentials,
				Base: server + "/" + cmp.Or(strings.Trim(account.Options[OptVersion], "/"), version),
			},
			Owner: cmp.Or(account.Name, "me"), Make: "threads", Publish: "threads_publish", Posts: "threads", Limit: "threads_publishing_limit",
			Status: "status", Why: "error_message", Text: "text", Poll: poll,
			Plan: plan, Refresh: server + "/refresh_access_token", Grant: "th_refresh_token",
		},
	}
}

// plan is what a message is made of.
func plan(m platform.Message) (graph.Plan, error) {
	if len(m.Parts) == 0 {
		return graph.Plan{}, platform.Refuse(platform.Invalid, "frozen", "")
	}
	var all []url.Values
	for _, f := range m.Media {
		one := url.Values{"media_type": {"IMAGE"}, "image_url": {f.URL}}
		if film(f.Type) {
			one = url.Values{"media_type": {"VIDEO"}, "video_url": {f.URL}}
		}
		if f.Alt != "" {
			one.Set("alt_text", f.Alt)
		}
		all = append(all, one)
	}
	var p graph.Plan
	switch len(all) {
	case 0:
		p.Whole = url.Values{"media_type": {"TEXT"}}
	case 1:
		p.Whole = all[0]
	default:
		for _, one := range all {
			one.Set("is_carousel_item", "true")
		}
		p.Items, p.Whole = all, url.Values{"media_type": {"CAROUSEL"}}
	}
	p.Whole.Set("text", m.Parts[0].Text)
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
	got, err := p.graph.Insights(ctx, r.ID, "views", "likes", "replies", "reposts", "quotes")
	if err != nil {
		return nil, err
	}
	if n, ok := got["reposts"]; ok {
		got["shares"] = n + got["quotes"]
		delete(got, "reposts")
		delete(got, "quotes")
	}
	return got, nil
}

// reply is one as the platform tells of it.
type reply struct {
	ID, Text, Username, Permalink string
	Timestamp                     graph.Instant
}

func (r reply) told() platform.Comment {
	return platform.Comment{
		ID: r.ID, Author: publish.Clean(r.Username), Text: publish.Clean(r.Text), URL: graph.Link(r.Permalink), At: r.Timestamp.Time,
	}
}

// Comments returns a page of what people answered.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	query := url.Values{"fields": {"id,text,username,timestamp,permalink"}, "limit": {"50"}}
	return graph.Comments(ctx, p.graph.Client, p.graph.URL(r.ID, "replies"), query, cursor, reply.told)
}
