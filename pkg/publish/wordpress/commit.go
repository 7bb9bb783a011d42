package wordpress

import (
	"context"
	"strconv"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Commit changes the status of the draft, and may be repeated. No date is sent:
// WordPress dates a draft that has none by its own clock, which may be behind
// ours.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h := article.Held[handle](job.Handle)
	if h.other(job) {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
	}
	if h.Post == 0 {
		again, err := p.Prepare(ctx, job)
		if err != nil {
			return platform.Receipt{}, wire.Harmless(err)
		}
		h = article.Held[handle](again)
	}
	var e entry
	if err := p.status(ctx, job, h, map[string]any{"status": published}, &e); err != nil {
		return platform.Receipt{}, err
	}
	if e.Status == published {
		return receipt(e, platform.ByResponse), nil
	}
	return platform.Receipt{}, p.takeBack(ctx, job, h, e)
}

// takeBack makes a draft again of what did not become public, as it would go out
// some day while we say that it did not: somebody dated it ahead, or the site
// wants it approved. It returns why.
func (p *Publisher) takeBack(ctx context.Context, job platform.Job, h handle, e entry) error {
	var again entry
	if err := p.status(ctx, job, h, map[string]any{"status": draft}, &again); err != nil {
		return &platform.Error{Class: platform.Uncertain, Code: "became-" + wire.Cut(e.Status), Err: err}
	}
	switch e.Status {
	case future:
		return platform.Refuse(platform.Invalid, "dated-ahead", "the draft has the date "+wire.Cut(e.Date)+" UTC")
	case pending:
		return platform.Refuse(platform.Permission, "pending-review", "the site wants somebody to approve it")
	}
	return platform.Refuse(platform.Invalid, "other-status", "the site made it "+wire.Cut(e.Status))
}

// status changes the status of the entry.
func (p *Publisher) status(ctx context.Context, job platform.Job, h handle, body map[string]any, into *entry) error {
	*into = entry{}
	if err := p.post(ctx, job.Now, "posts/"+strconv.FormatInt(h.Post, 10), body, into); err != nil {
		return err
	}
	if into.ID != h.Post || into.Status == "" {
		return &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	return nil
}

func receipt(e entry, by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: strconv.FormatInt(e.ID, 10), URL: article.Web(e.Link), At: e.at(), Evidence: by}
}
