package facebook

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
)

// total is how many there are of something.
type total struct {
	Summary struct {
		Count int64 `json:"total_count"`
	} `json:"summary"`
}

// Metrics counts what people did with a post.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	var got struct {
		Shares    struct{ Count int64 }
		Reactions total
		Comments  total
	}
	shares := "shares,"
	if ofFilm(r.ID) { // they are not counted
		shares = ""
	}
	query := url.Values{"fields": {shares + "reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0)"}}
	if _, err := p.graph.Get(ctx, time.Time{}, p.graph.URL(r.ID), query, &got); err != nil {
		return nil, err
	}
	counts := map[string]int64{"likes": got.Reactions.Summary.Count, "replies": got.Comments.Summary.Count}
	if !ofFilm(r.ID) {
		counts["shares"] = got.Shares.Count
	}
	return counts, nil
}

// comment is one as the platform tells of it.
type comment struct {
	ID        string        `json:"id"`
	Message   string        `json:"message"`
	Created   graph.Instant `json:"created_time"`
	Permalink string        `json:"permalink_url"`
	From      struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"from"`
}

func (c comment) told() platform.Comment {
	return platform.Comment{
		ID: c.ID, Author: publish.Clean(c.From.Name), Text: publish.Clean(c.Message), URL: graph.Link(c.Permalink), At: c.Created.Time,
	}
}

func comments() url.Values {
	return url.Values{
		"fields": {"id,message,created_time,permalink_url,from{id,name}"}, "filter": {"stream"}, "order": {"chronological"},
		"limit": {strconv.Itoa(perPage)},
	}
}

// Comments returns a page of what people answered, the oldest first.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	return graph.Comments(ctx, p.graph, p.graph.URL(r.ID, "comments"), comments(), cursor, comment.told)
}

// Follow says the first comment of the message under the post, unless the Page
// said it already.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	if job.Message.FirstComment == "" {
		return nil
	}
	page, err := p.pageOf(ctx, job.Now, r.ID)
	if err != nil {
		return err
	}
	return graph.Say(ctx, p.graph, job, r, comments(), func(c comment) bool {
		return graph.Squeeze(c.Message) == graph.Squeeze(job.Message.FirstComment) && (c.From.ID == "" || c.From.ID == page)
	})
}

// pageOf is the id of the Page that a post or a film is on.
func (p *Publisher) pageOf(ctx context.Context, now time.Time, id string) (string, error) {
	page, _, _ := strings.Cut(id, "_") // an id of a post begins with its Page's
	if !ofFilm(id) {
		return page, nil
	}
	if p.account.Name != "" {
		return p.account.Name, nil
	}
	var me struct{ ID string }
	_, err := p.graph.Get(ctx, now, p.graph.URL(p.page), url.Values{"fields": {"id"}}, &me)
	if err == nil && me.ID == "" {
		err = platform.Refuse(platform.Temporary, "no-page-id", "")
	}
	return me.ID, err
}
