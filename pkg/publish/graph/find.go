package graph

import (
	"context"
	"net/url"
	"slices"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Lookup asks what became of the container, and looks among the account's posts
// since the first attempt for the same words.
func (c Containers) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Finding{}, err
	}
	published, known := false, false
	if h.Container != "" {
		status, _, err := c.status(ctx, job.Now, h.Container)
		switch {
		case Has(err, "100/33"), status == "EXPIRED", status == "ERROR":
			h = held{}
		case err != nil:
			return platform.Finding{}, err
		}
		published, known = status == "PUBLISHED", status == "FINISHED" || status == "IN_PROGRESS"
	}
	r, whole, err := c.find(ctx, job)
	switch {
	case err != nil:
		return platform.Finding{}, err
	case r.ID != "", published: // it is out, even where the list does not show it yet
		r.Evidence = platform.ByLookup
		return platform.Finding{Whether: platform.Found, Receipt: r, Handle: h.close()}, nil
	case !whole && !known:
		return platform.Finding{Whether: platform.Unknown, Handle: h.close()}, nil
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
}

// find looks for the words of a job among the posts, the newest first.
func (c Containers) find(ctx context.Context, job platform.Job) (r platform.Receipt, whole bool, err error) {
	line := &wire.Dated{Via: c.Via}
	c.Via = line
	want := ""
	if len(job.Message.Parts) > 0 {
		want = Squeeze(job.Message.Parts[0].Text)
	}
	query := url.Values{"fields": {"id,permalink,timestamp," + c.Text}, "limit": {"50"}}
	whole, err = Each(ctx, c.Client, job.Now, c.URL(c.Owner, c.Posts), query, func(it map[string]any) bool {
		said, _ := it[c.Text].(string)
		id, _ := it["id"].(string)
		stamp, _ := it["timestamp"].(string)
		var at Instant
		_ = at.UnmarshalJSON([]byte(stamp))
		if !at.IsZero() && at.Before(wire.Since(job, line.At)) {
			return true
		}
		if id == "" || slices.Contains(job.Not, id) || Squeeze(said) != want {
			return false
		}
		link, _ := it["permalink"].(string)
		r = platform.Receipt{ID: id, URL: Link(link), At: at.Time}
		return true
	})
	return r, whole && !wire.Blind(job), err
}
