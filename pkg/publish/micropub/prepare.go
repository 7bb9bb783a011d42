package micropub

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// again is when to look once more for what a server said would come.
const again = 30 * time.Second

// Prepare uploads the files and, where the site keeps drafts, leaves one. A file
// whose answer was lost is uploaded again: nobody can ask for it.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h := article.Held[handle](job.Handle)
	if h.is(job) {
		return job.Handle, nil
	}
	w, err := article.Said[words](job)
	if err != nil {
		return nil, err
	}
	if err := p.files(ctx, job, &h); err != nil {
		return nil, err
	}
	if p.drafts {
		if err := p.draft(ctx, job, w, &h); err != nil {
			return nil, err
		}
	}
	h.Ready = article.Of(job.Message)
	return article.Keep(ctx, job, h)
}

// files uploads what is not there. Where the site takes none, they stay where
// everybody can fetch them.
func (p *Publisher) files(ctx context.Context, job platform.Job, h *handle) error {
	if !slices.ContainsFunc(job.Message.Media, func(m platform.Media) bool { return h.Files[article.OfFile(m)] == "" }) {
		return nil
	}
	endpoint, err := p.endpoint(ctx, job.Now)
	if err != nil {
		return err
	}
	for _, m := range job.Message.Media {
		if h.Files[article.OfFile(m)] != "" {
			continue
		}
		at := m.URL
		if endpoint != "" {
			if at, err = p.upload(ctx, job, endpoint, m); err != nil {
				return err
			}
		}
		if at == "" {
			return platform.Refuse(platform.Invalid, "no-media-endpoint", m.Path)
		}
		if h.Files == nil {
			h.Files = map[string]string{}
		}
		h.Files[article.OfFile(m)] = at
		if _, err := article.Keep(ctx, job, h); err != nil {
			return err
		}
	}
	return nil
}

// endpoint is where files go; "" where the site takes none.
func (p *Publisher) endpoint(ctx context.Context, now time.Time) (string, error) {
	if m := p.account.Options["media"]; m != "" {
		return m, nil
	}
	var config struct {
		Media string `json:"media-endpoint"`
	}
	err := p.question(ctx, now, url.Values{"q": {"config"}}, &config)
	if untold(err) {
		return "", nil
	}
	if err != nil || config.Media == "" {
		return "", err
	}
	base, err := url.Parse(p.account.Server)
	if err != nil {
		return "", &platform.Error{Class: platform.Invalid, Code: "address", Err: err}
	}
	at, err := base.Parse(config.Media)
	if err != nil || at.Scheme != base.Scheme {
		return "", platform.Refuse(platform.Invalid, "media-endpoint", wire.Cut(config.Media)) // the token goes there
	}
	return at.String(), nil
}

// upload sends one file.
func (p *Publisher) upload(ctx context.Context, job platform.Job, endpoint string, m platform.Media) (string, error) {
	data, err := media.Read(ctx, job.Files, m, media.MaxWhole)
	if err != nil {
		return "", err
	}
	name, ext := article.Name(job.Key, m)
	r, err := wire.Multipart(endpoint, nil, []wire.File{{Field: "file", Name: name + ext, Type: m.Type, Data: data}})
	if err != nil {
		return "", err
	}
	a, err := p.ask(ctx, job.Now, r)
	if err != nil {
		return "", err
	}
	at := p.where(a)
	if at == "" {
		return "", &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-location"}
	}
	return at, nil
}

// draft takes up the one that is there, or makes one.
func (p *Publisher) draft(ctx context.Context, job platform.Job, w words, h *handle) error {
	if h.Post == "" {
		found, _, err := p.list(ctx, job)
		if err != nil && !untold(err) {
			return err
		}
		if found != nil {
			h.Post = found.url()
			return p.again(ctx, job, w, *h)
		}
		a, err := p.send(ctx, job.Now, p.entry(job, w, *h, "draft"))
		if err != nil {
			return err
		}
		if h.Post = p.where(a); h.Post == "" {
			return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-location"}
		}
		if _, err := article.Keep(ctx, job, h); err != nil {
			return err
		}
		if a.Status != http.StatusAccepted {
			return nil
		}
	}
	i, err := p.source(ctx, job.Now, h.Post)
	if untold(err) { // accepted, and not there yet
		return &platform.Error{Class: platform.Pending, Code: "accepted", Until: job.Now.Add(again)}
	} else if err != nil || !i.draft() {
		return err
	}
	return p.again(ctx, job, w, *h)
}

// again lets the draft say what the message says now (section 3.4).
func (p *Publisher) again(ctx context.Context, job platform.Job, w words, h handle) error {
	props := p.entry(job, w, h, "draft")["properties"].(map[string]any)
	for _, stays := range []string{"uid", "mp-slug", "post-status"} {
		delete(props, stays)
	}
	_, err := p.send(ctx, job.Now, map[string]any{"action": "update", "url": h.Post, "replace": props})
	return err
}

// entry is the post as Micropub wants it (section 3.3.2).
func (p *Publisher) entry(job platform.Job, w words, h handle, status string) map[string]any {
	to := map[string]string{}
	for _, m := range job.Message.Media {
		to[m.URL] = h.Files[article.OfFile(m)]
	}
	delete(to, "")
	one := func(s string) []string { return []string{s} }
	props := map[string]any{
		"uid": one(uid(job.Key)), "mp-slug": one(w.Slug), "post-status": one(status),
		"content": []map[string]string{{"html": strings.TrimSpace(article.Lead(w.HTML, to))}},
	}
	if job.Message.Title != "" {
		props["name"] = one(job.Message.Title)
	}
	if w.Summary != "" {
		props["summary"] = one(w.Summary)
	}
	if len(w.Tags) > 0 {
		props["category"] = w.Tags
	}
	if len(job.Message.Media) > 0 {
		if m := job.Message.Media[0]; strings.HasPrefix(m.Type, "image/") && !article.Shows(w.HTML, m.URL) {
			props["photo"] = []map[string]string{{"value": h.Files[article.OfFile(m)], "alt": m.Alt}}
		}
	}
	return map[string]any{"type": one("h-entry"), "properties": props}
}

// uid is what the post is known by, whatever becomes of its address.
func uid(key platform.Key) string { return "urn:uuid:" + key.UUID() }
