package linkedin

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
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
	none := platform.Finding{Whether: platform.NotFound}
	if wire.Blind(job) {
		none.Whether = platform.Unknown
	}
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
		a, err := p.call(ctx, job.Now, http.MethodGet, "/rest/posts?"+query.Encode(), "FINDER", nil)
		if err != nil && platform.ClassOf(err) == platform.Permission {
			return platform.Finding{Whether: platform.Unknown}, nil // without r_organization_social
		}
		if err == nil {
			err = a.Decode(&said)
		}
		if err != nil {
			return platform.Finding{}, err
		}
		for _, e := range said.Elements {
			if time.UnixMilli(e.Created).Before(wire.Since(job, a.At)) {
				return none, nil
			}
			if e.State == "PUBLISHED" && !slices.Contains(job.Not, e.ID) && postURN(e.ID) && same(e.Commentary, w.Commentary) {
				r := receipt(e.ID, platform.ByLookup)
				r.At = time.UnixMilli(max(e.Published, e.Created)).UTC()
				return platform.Finding{Whether: platform.Found, Receipt: r}, nil
			}
		}
		if len(said.Elements) < page {
			return none, nil
		}
	}
	return platform.Finding{Whether: platform.Unknown}, nil
}
