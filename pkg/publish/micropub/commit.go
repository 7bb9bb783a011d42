package micropub

import (
	"context"
	"net/http"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

// Commit publishes the draft, or, where the site keeps none, sends the post.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h := article.Held[handle](job.Handle)
	w, err := article.Said[words](job)
	switch {
	case err != nil:
		return platform.Receipt{}, err
	case !h.is(job) || p.drafts && h.Post == "":
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
	case p.drafts:
		return p.flip(ctx, job, h)
	case h.Post != "":
		// It was taken before: only a look-up tells what became of it.
		return platform.Receipt{}, &platform.Error{Class: platform.Duplicate, Code: "accepted"}
	}
	a, err := p.send(ctx, job.Now, p.entry(job, w, h, "published"))
	if err != nil {
		return platform.Receipt{}, err
	}
	if h.Post = p.where(a); h.Post == "" {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-location"}
	}
	if a.Status == http.StatusAccepted {
		if _, err := article.Keep(ctx, job, h); err != nil {
			return platform.Receipt{}, err
		}
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "accepted"}
	}
	return platform.Receipt{ID: h.Post, URL: h.Post, Evidence: platform.ByResponse}, nil
}

// flip makes the draft public (section 3.4). It may be repeated.
func (p *Publisher) flip(ctx context.Context, job platform.Job, h handle) (platform.Receipt, error) {
	a, err := p.send(ctx, job.Now, map[string]any{
		"action": "update", "url": h.Post, "replace": map[string][]string{"post-status": {"published"}},
	})
	if err != nil {
		return platform.Receipt{}, err
	}
	if at := p.where(a); at != "" { // its address has changed
		h.Post = at
		if _, err := article.Keep(ctx, job, h); err != nil {
			return platform.Receipt{}, err
		}
	}
	return platform.Receipt{ID: h.Post, URL: h.Post, Evidence: platform.ByResponse}, nil
}
