package facebook

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare uploads a film, or the pictures and, unless all is to be done in one call, makes the
// post, which nobody sees yet.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h, err := open(job.Handle)
	if err != nil {
		return nil, err
	}
	step := p.draft
	if p.direct() {
		step = p.upload
	}
	if err := step(ctx, job, &h); err != nil {
		return nil, wire.Harmless(err)
	}
	return h.close(), nil
}

// draft makes the unpublished post or film, unless there is one.
func (p *Publisher) draft(ctx context.Context, job platform.Job, h *handle) error {
	if isFilm(job.Message) {
		return p.screen(ctx, job, h)
	}
	if h.Post != "" {
		return nil
	}
	if err := p.upload(ctx, job, h); err != nil {
		return err
	}
	form, err := content(job.Message, h.Photos)
	if err != nil {
		return err
	}
	form.Set("published", "false")
	var made struct{ ID string }
	_, err = p.graph.Post(ctx, job.Now, p.graph.URL(p.page, "feed"), form, &made)
	switch {
	case len(h.Photos) > 0 && err != nil && platform.ClassOf(err) == platform.Duplicate:
		// they hang on an unpublished post already, of which the answer was lost
		return errors.Join(platform.Refuse(platform.Temporary, "photos-used", ""), job.Keep(ctx, handle{Gone: h.Gone}.close()))
	case err != nil:
		return wire.Harmless(err)
	}
	if made.ID == "" {
		return platform.Refuse(platform.Temporary, "no-id", "")
	}
	h.Post, h.Gone = made.ID, false
	return job.Keep(ctx, h.close())
}

// content is the form of a post.
func content(m platform.Message, photos []string) (url.Values, error) {
	var w frozen
	if err := json.Unmarshal(m.Wire, &w); err != nil || len(m.Parts) == 0 {
		return nil, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	form := url.Values{"message": {m.Parts[0].Text}}
	if w.Link != "" {
		form.Set("link", w.Link)
	}
	if len(photos) > 0 {
		type attached struct {
			ID string `json:"media_fbid"`
		}
		var all []attached
		for _, id := range photos {
			all = append(all, attached{id})
		}
		data, err := json.Marshal(all)
		if err != nil {
			return nil, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
		}
		form.Set("attached_media", string(data))
	}
	return form, nil
}

// upload sends the pictures that are not there yet, and keeps the id of each.
func (p *Publisher) upload(ctx context.Context, job platform.Job, h *handle) error {
	if len(h.Photos) > 0 && job.Now.Sub(h.Uploaded) > keptUnattached {
		h.Photos, h.Uploaded = nil, time.Time{}
	}
	for _, m := range job.Message.Media[min(len(h.Photos), len(job.Message.Media)):] {
		id, err := p.photo(ctx, job, m)
		if err != nil {
			return err
		}
		if h.Photos = append(h.Photos, id); len(h.Photos) == 1 {
			h.Uploaded = job.Now
		}
		if err := job.Keep(ctx, h.close()); err != nil {
			return err
		}
	}
	return nil
}

// photo uploads one picture, and returns its id.
func (p *Publisher) photo(ctx context.Context, job platform.Job, m platform.Media) (string, error) {
	data, err := media.Read(ctx, job.Files, m, maxPhoto)
	if err != nil {
		return "", err
	}
	fields := []wire.Field{{Name: "published", Value: "false"}}
	if m.Alt != "" {
		fields = append(fields, wire.Field{Name: "alt_text_custom", Value: m.Alt})
	}
	r, err := wire.Multipart(p.graph.URL(p.page, "photos"), fields, []wire.File{{Field: "source", Name: m.Name, Type: m.Type, Data: data}})
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	if _, err := p.graph.Do(ctx, job.Now, r, &made); err != nil {
		return "", wire.Harmless(err)
	}
	if made.ID == "" {
		return "", platform.Refuse(platform.Temporary, "no-photo-id", "")
	}
	return made.ID, nil
}
