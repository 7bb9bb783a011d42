package wordpress

import (
	"context"
	"strconv"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

// Prepare uploads the files, finds or makes tags and categories, and leaves a
// draft, or takes up the one that is there. What is ready is left as it is, but
// for a draft that somebody deleted.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h := article.Held[handle](job.Handle)
	if h.Ready != "" && !h.other(job) {
		there, err := p.find(ctx, job, h)
		if err != nil || there != nil && there.ID == h.Post && there.Status != trash {
			return job.Handle, err
		}
		h.Post = 0
	}
	h.Ready = ""
	w, err := article.Said[words](job)
	if err != nil {
		return nil, err
	}
	if err := p.files(ctx, job, &h); err != nil {
		return nil, err
	}
	if err := p.terms(ctx, job, w, &h); err != nil {
		return nil, err
	}
	if err := p.draft(ctx, job, w, &h); err != nil {
		return nil, err
	}
	h.Ready = article.Of(job.Message)
	return article.Keep(ctx, job, h)
}

// files uploads what is not there, one after the other.
func (p *Publisher) files(ctx context.Context, job platform.Job, h *handle) error {
	for _, m := range job.Message.Media {
		if _, ok := h.Files[article.OfFile(m)]; ok {
			continue
		}
		up, err := p.upload(ctx, job, m)
		if err != nil {
			return err
		}
		if h.Files == nil {
			h.Files = map[string]upload{}
		}
		h.Files[article.OfFile(m)] = up
		if _, err := article.Keep(ctx, job, h); err != nil {
			return err
		}
	}
	return nil
}

// terms finds the ids of tags and categories.
func (p *Publisher) terms(ctx context.Context, job platform.Job, w words, h *handle) error {
	for _, kind := range []struct {
		of    string
		names []string
		ids   *map[string]int64
	}{{"tags", w.Tags, &h.Tags}, {"categories", w.Categories, &h.Categories}} {
		for _, name := range kind.names {
			if (*kind.ids)[name] != 0 {
				continue
			}
			id, err := p.term(ctx, job.Now, kind.of, name)
			if err != nil {
				return err
			}
			if *kind.ids == nil {
				*kind.ids = map[string]int64{}
			}
			(*kind.ids)[name] = id
			if _, err := article.Keep(ctx, job, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// draft takes up the entry that bears the mark, or makes one.
func (p *Publisher) draft(ctx context.Context, job platform.Job, w words, h *handle) error {
	there, err := p.find(ctx, job, *h)
	if err != nil {
		return err
	}
	path := "posts"
	switch {
	case there == nil:
	case there.Status == trash:
		return platform.Refuse(platform.Invalid, "in-the-bin", "post "+strconv.FormatInt(there.ID, 10)+" was put into the bin")
	case there.Status == draft || there.Status == pending:
		path += "/" + strconv.FormatInt(there.ID, 10)
	default: // it is out, or planned: whatever it says now is somebody's will
		h.Post = there.ID
		return nil
	}
	text := w.HTML
	to := map[string]string{}
	for _, m := range job.Message.Media {
		if up, ok := h.Files[article.OfFile(m)]; ok && m.URL != "" {
			to[m.URL] = up.URL
		}
	}
	body := map[string]any{
		"status": draft, "title": job.Message.Title, "slug": w.Slug, "excerpt": w.Excerpt,
		"content": block(job.Key, article.Lead(text, to)), "tags": ids(w.Tags, h.Tags), "featured_media": featured(job, text, *h),
	}
	if len(w.Categories) > 0 {
		body["categories"] = ids(w.Categories, h.Categories)
	}
	var made entry
	if err := p.post(ctx, job.Now, path, body, &made); err != nil {
		return err
	}
	if made.ID == 0 {
		return &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	h.Post = made.ID
	return nil
}

// ids are those of names, in their order.
func ids(names []string, of map[string]int64) []int64 {
	all := []int64{}
	for _, n := range names {
		all = append(all, of[n])
	}
	return all
}
