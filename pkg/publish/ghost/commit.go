package ghost

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Commit publishes the version of the draft that it finds, or finds it
// published.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	t, h := p.talk(job.Now), article.Held[handle](job.Handle)
	if h.other(job) {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
	}
	if h.Post == "" { // the draft went away after it was prepared
		again, err := p.Prepare(ctx, job)
		if err != nil {
			return platform.Receipt{}, wire.Harmless(err)
		}
		h = article.Held[handle](again)
	}
	e, err := t.read(ctx, h.Post)
	if is(err, notFound) {
		return platform.Receipt{}, h.gone(ctx, job, err)
	}
	if err != nil {
		return platform.Receipt{}, err
	}
	if e.out() {
		return receipt(e, platform.ByLookup), nil
	}
	change := map[string]any{"updated_at": e.Updated, "status": published}
	if !e.Published.IsZero() && e.Published.After(t.now) {
		// It was planned, or dated by somebody: Ghost would keep that date.
		change["published_at"] = t.now.UTC().Format(time.RFC3339)
	}
	path := "posts/" + url.PathEscape(h.Post) + "/"
	if n := p.account.Options["newsletter"]; n != "" {
		q := url.Values{"newsletter": {n}}
		if s := p.account.Options["segment"]; s != "" {
			q.Set("email_segment", s)
		}
		path += "?" + q.Encode()
	}
	e, err = t.change(ctx, "PUT", path, change)
	if err != nil {
		return platform.Receipt{}, err
	}
	if !e.out() {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "other-status", Detail: wire.Cut(e.Status)}
	}
	return receipt(e, platform.ByResponse), nil
}

// gone forgets a draft that somebody deleted: the next attempt makes another.
func (h handle) gone(ctx context.Context, job platform.Job, cause error) error {
	e := *platform.As(cause)
	e.Class, e.Code = platform.Temporary, "draft-gone"
	h.Post, h.Ready = "", ""
	if _, err := article.Keep(ctx, job, h); err != nil {
		return err
	}
	return &e
}

// read asks for one entry. Nothing is changed by it, so that its failure is
// never uncertain.
func (t *talk) read(ctx context.Context, id string) (entry, error) {
	var got posts
	_, err := t.ask(ctx, wire.Get(t.address("posts/"+url.PathEscape(id)+"/?formats=html")), &got)
	var e entry
	if err == nil {
		e, err = got.one()
	}
	if err != nil {
		x := *platform.As(err)
		if x.Class == platform.Uncertain {
			x.Class = platform.Temporary
		}
		return entry{}, &x
	}
	return e, nil
}

func receipt(e entry, by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: e.ID, URL: article.Web(e.URL), At: e.Published, Evidence: by}
}

// Lookup finds the entry by its id, or by its mark. A draft is not out, and is
// taken up by its id.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	t, h := p.talk(job.Now), article.Held[handle](job.Handle)
	e, err := t.find(ctx, job, h)
	switch {
	case err != nil:
		return platform.Finding{}, err
	case e == nil:
		return platform.Finding{Whether: platform.NotFound}, nil
	case e.out():
		by := platform.ByLookup
		if h.Native {
			by = platform.ByNative
		}
		return platform.Finding{Whether: platform.Found, Receipt: receipt(*e, by)}, nil
	case e.Status == scheduled && e.Published.After(job.Now):
		return platform.Finding{Whether: platform.Unknown}, nil
	}
	h.Post = e.ID
	raw, err := json.Marshal(h)
	return platform.Finding{Whether: platform.NotFound, Handle: raw}, err
}

// HandOver lets Ghost publish the draft at its instant.
func (p *Publisher) HandOver(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	t, h := p.talk(job.Now), article.Held[handle](job.Handle)
	if h.Post == "" || h.other(job) {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
	}
	if ahead := job.Due.Sub(job.Now); ahead < nativeMin || ahead > nativeMax {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-ahead", "")
	}
	h.Native = true
	if _, err := article.Keep(ctx, job, h); err != nil {
		return platform.Receipt{}, err
	}
	e, err := t.read(ctx, h.Post)
	if err != nil {
		return platform.Receipt{}, err
	}
	if e.out() {
		return receipt(e, platform.ByLookup), nil
	}
	e, err = t.change(ctx, "PUT", "posts/"+url.PathEscape(h.Post)+"/", map[string]any{
		"updated_at": e.Updated, "status": scheduled, "published_at": job.Due.UTC().Format(time.RFC3339),
	})
	if err != nil {
		return platform.Receipt{}, err
	}
	if e.Status != scheduled {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "other-status", Detail: wire.Cut(e.Status)}
	}
	return receipt(e, platform.ByNative), nil
}

// Recall makes a draft of what is planned. What is out already stays.
func (p *Publisher) Recall(ctx context.Context, job platform.Job, _ platform.Receipt) error {
	t := p.talk(job.Now)
	e, err := t.find(ctx, job, article.Held[handle](job.Handle))
	switch {
	case err != nil:
		return err
	case e != nil && e.out():
		return platform.Refuse(platform.Duplicate, "out-already", "")
	case e == nil || e.Status != scheduled:
		return nil
	}
	_, err = t.change(ctx, "PUT", "posts/"+url.PathEscape(e.ID)+"/", map[string]any{"updated_at": e.Updated, "status": draft, "published_at": nil})
	return err
}
