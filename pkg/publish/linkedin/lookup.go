package linkedin

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Lookup lists the posts of an organisation and looks for the text among those
// since the first commit. Of a member nothing is known.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Finding{}, err
	}
	if !p.organisation() {
		return platform.Finding{Whether: platform.Unknown}, nil
	}
	since := job.Since
	if since.IsZero() {
		since = job.Due
		if job.Now.Before(since) {
			since = job.Now
		}
	}
	since = since.Add(-before)
	for n := range pages {
		var said struct {
			Elements []struct {
				ID         string `json:"id"`
				Commentary string `json:"commentary"`
				Created    int64  `json:"createdAt"` // milliseconds
				Published  int64  `json:"publishedAt"`
				State      string `json:"lifecycleState"`
			} `json:"elements"`
		}
		query := url.Values{"q": {"author"}, "author": {p.Author}, "count": {strconv.Itoa(page)}, "start": {strconv.Itoa(n * page)}, "sortBy": {"CREATED"}}
		err := p.ask(ctx, job.Now, "/rest/posts?"+query.Encode(), "FINDER", &said)
		if err != nil && platform.ClassOf(err) == platform.Permission {
			return platform.Finding{Whether: platform.Unknown}, nil // without r_organization_social
		}
		if err != nil {
			return platform.Finding{}, err
		}
		for _, e := range said.Elements {
			if time.UnixMilli(e.Created).Before(since) {
				return platform.Finding{Whether: platform.NotFound}, nil
			}
			if e.State == "PUBLISHED" && postURN(e.ID) && same(e.Commentary, w.Commentary) {
				r := receipt(e.ID, platform.ByLookup)
				r.At = time.UnixMilli(max(e.Published, e.Created)).UTC()
				return platform.Finding{Whether: platform.Found, Receipt: r}, nil
			}
		}
		if len(said.Elements) < page {
			return platform.Finding{Whether: platform.NotFound}, nil
		}
	}
	return platform.Finding{Whether: platform.Unknown}, nil
}
