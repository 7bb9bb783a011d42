package facebook

import (
	"context"
	"errors"
	"net/url"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
)

// missing is the error of an object that is not there (any more), or that the
// token may not see.
const missing = "100/33"

// Commit publishes the post that was prepared. It names that one post: to publish
// it twice is to publish it once.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Receipt{}, err
	}
	if err := p.draft(ctx, job, &h); err != nil {
		return platform.Receipt{}, err
	}
	var done struct{ Success *bool }
	_, err = p.graph.Post(ctx, job.Now, p.graph.URL(h.Post), url.Values{"is_published": {"true"}}, &done)
	switch {
	case graph.Has(err, missing):
		return platform.Receipt{}, p.lost(ctx, job, h, err)
	case err != nil:
		return platform.Receipt{}, err
	case done.Success != nil && !*done.Success:
		return platform.Receipt{}, platform.Refuse(platform.Uncertain, "no-success", "")
	}
	return post{ID: h.Post}.receipt(platform.ByResponse), nil
}

// lost forgets a post that the platform does not have: whether readers saw it,
// the Page is asked.
func (p *Publisher) lost(ctx context.Context, job platform.Job, h handle, cause error) error {
	e := *platform.As(cause)
	e.Class = platform.Duplicate
	return errors.Join(&e, job.Keep(ctx, handle{Gone: true}.close()))
}
