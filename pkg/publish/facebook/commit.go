package facebook

import (
	"context"
	"errors"
	"net/url"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
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
	if p.direct() && h.Post == "" {
		return p.create(ctx, job, h)
	}
	if err := p.draft(ctx, job, &h); err != nil {
		return platform.Receipt{}, err
	}
	publish := url.Values{"is_published": {"true"}}
	if h.Film {
		publish = url.Values{"published": {"true"}}
	}
	var done struct{ Success *bool }
	_, err = p.graph.Post(ctx, job.Now, p.graph.URL(h.Post), publish, &done)
	switch {
	case graph.Has(err, missing):
		return platform.Receipt{}, p.lost(ctx, job, err)
	case err != nil:
		return platform.Receipt{}, err
	case done.Success != nil && !*done.Success:
		return platform.Receipt{}, platform.Refuse(platform.Uncertain, "no-success", "")
	}
	return post{ID: h.Post}.receipt(platform.ByResponse), nil
}

// lost forgets a post that the platform does not have: whether readers saw it,
// the Page is asked.
func (p *Publisher) lost(ctx context.Context, job platform.Job, cause error) error {
	e := *platform.As(cause)
	e.Class = platform.Duplicate
	return errors.Join(&e, job.Keep(ctx, handle{Gone: true}.close()))
}

// create makes the post, public at once.
func (p *Publisher) create(ctx context.Context, job platform.Job, h handle) (platform.Receipt, error) {
	if err := p.upload(ctx, job, &h); err != nil { // photos may be too old by now
		return platform.Receipt{}, wire.Harmless(err)
	}
	form, err := content(job.Message, h.Photos)
	if err != nil {
		return platform.Receipt{}, err
	}
	var made struct{ ID string }
	if _, err := p.graph.Post(ctx, job.Now, p.graph.URL(p.page, "feed"), form, &made); err != nil {
		return platform.Receipt{}, err
	}
	if made.ID == "" {
		return platform.Receipt{}, platform.Refuse(platform.Uncertain, "no-id", "")
	}
	return post{ID: made.ID}.receipt(platform.ByResponse), nil
}
