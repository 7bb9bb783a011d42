package bluesky

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// view is a post as the index shows it.
type view struct {
	URI    string `json:"uri"`
	Author struct {
		Handle string `json:"handle"`
	} `json:"author"`
	Record struct {
		Text string `json:"text"`
	} `json:"record"`
	At      time.Time `json:"indexedAt"`
	Likes   int64     `json:"likeCount"`
	Reposts int64     `json:"repostCount"`
	Replies int64     `json:"replyCount"`
	Quotes  int64     `json:"quoteCount"`
}

// maxURIs is the most posts that the index is asked for at once. Source: the
// lexicon app.bsky.feed.getPosts, April 2026.
const maxURIs = 25

// Metrics counts what people did with a post, over all parts of a thread: reposts
// and quotes are shares.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	uris := r.Parts
	if len(uris) == 0 {
		uris = []string{r.ID}
	}
	var got struct{ Posts []view }
	if err := p.ask(ctx, "app.bsky.feed.getPosts", url.Values{"uris": uris[:min(len(uris), maxURIs)]}, &got); err != nil {
		return nil, err
	}
	if len(got.Posts) == 0 {
		return nil, platform.Refuse(platform.Pending, "not-indexed", "")
	}
	sum := map[string]int64{}
	for _, v := range got.Posts {
		sum["likes"] += v.Likes
		sum["shares"] += v.Reposts + v.Quotes
		sum["replies"] += v.Replies
	}
	sum["replies"] -= int64(len(got.Posts) - 1) // a thread's own
	return sum, nil
}

// branch is a post with what answers it.
type branch struct {
	Post    view     `json:"post"`
	Replies []branch `json:"replies"`
}

// Comments returns all answers that the index shows at once, nearest first.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, _ string) ([]platform.Comment, string, error) {
	var got struct{ Thread branch }
	if err := p.ask(ctx, "app.bsky.feed.getPostThread", url.Values{"uri": {r.ID}, "depth": {"100"}, "parentHeight": {"0"}}, &got); err != nil {
		return nil, "", err
	}
	ours := map[string]bool{"": true, r.ID: true} // and what was taken away
	for _, uri := range r.Parts {
		ours[uri] = true
	}
	var all []platform.Comment
	for row := got.Thread.Replies; len(row) > 0; {
		var below []branch
		for _, b := range row {
			if v := b.Post; !ours[v.URI] {
				all = append(all, platform.Comment{ID: v.URI, Author: publish.Clean(v.Author.Handle), Text: publish.Clean(v.Record.Text), URL: p.web(v.URI), At: v.At})
			}
			below = append(below, b.Replies...)
		}
		row = below
	}
	return all, "", nil
}
