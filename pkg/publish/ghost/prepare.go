package ghost

import (
	"context"
	"strings"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare uploads the files and leaves a draft, or takes up the one that is
// there. A file whose answer was lost is uploaded again: Ghost cannot be asked
// what it has, and shows nobody what no post names.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	t, h := p.talk(job.Now), article.Held[handle](job.Handle)
	if h.Ready != "" && !h.other(job) {
		there, err := t.find(ctx, job, h)
		if err != nil || there != nil && there.ID == h.Post {
			return job.Handle, err
		}
		h.Post = ""
	}
	h.Ready = ""
	w, err := article.Said[words](job)
	if err != nil {
		return nil, err
	}
	for _, m := range job.Message.Media {
		if h.Files[article.OfFile(m)] != "" {
			continue
		}
		at, err := t.upload(ctx, job, m)
		if err != nil {
			return nil, err
		}
		if h.Files == nil {
			h.Files = map[string]string{}
		}
		h.Files[article.OfFile(m)] = at
		if _, err := article.Keep(ctx, job, h); err != nil {
			return nil, err
		}
	}
	if err := t.draft(ctx, job, w, &h); err != nil {
		return nil, err
	}
	h.Ready = article.Of(job.Message)
	return article.Keep(ctx, job, h)
}

// upload brings a file to the site and returns its address there.
func (t *talk) upload(ctx context.Context, job platform.Job, m platform.Media) (string, error) {
	data, err := media.Read(ctx, job.Files, m, media.MaxWhole)
	if err != nil {
		return "", err
	}
	name, ext := article.Name(job.Key, m)
	path, list := "files/upload/", "files"
	switch kind, _, _ := strings.Cut(m.Type, "/"); kind {
	case "image":
		path, list = "images/upload/", "images"
	case "video", "audio":
		path, list = "media/upload/", "media"
	}
	r, err := wire.Multipart(t.address(path), []wire.Field{{Name: "ref", Value: name}}, []wire.File{{Field: "file", Name: name + ext, Type: m.Type, Data: data}})
	if err != nil {
		return "", err
	}
	var got map[string][]struct {
		URL string `json:"url"`
	}
	if _, err := t.ask(ctx, r, &got); err != nil {
		return "", err
	}
	if len(got[list]) != 1 || article.Web(got[list][0].URL) == "" {
		return "", &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	return got[list][0].URL, nil
}

// draft takes up the entry that bears the mark, or makes one.
func (t *talk) draft(ctx context.Context, job platform.Job, w words, h *handle) error {
	there, err := t.find(ctx, job, *h)
	if err != nil {
		return err
	}
	if there != nil && there.Status != draft { // it is out, or planned: whatever it says now is somebody's will
		h.Post = there.ID
		return nil
	}
	to := map[string]string{}
	for _, m := range job.Message.Media {
		to[m.URL] = h.Files[article.OfFile(m)]
	}
	delete(to, "")
	post := map[string]any{
		"title": job.Message.Title, "slug": w.Slug, "status": draft, "html": card(job.Key, article.Lead(w.HTML, to)), "custom_excerpt": nil, "tags": tags(w.Tags),
	}
	if w.Excerpt != "" {
		post["custom_excerpt"] = w.Excerpt
	}
	if len(job.Message.Media) > 0 {
		if m := job.Message.Media[0]; strings.HasPrefix(m.Type, "image/") && !article.Shows(w.HTML, m.URL) {
			post["feature_image"], post["feature_image_alt"] = h.Files[article.OfFile(m)], cut(m.Alt, maxAlt)
		}
	}
	var made entry
	if there != nil {
		post["updated_at"] = there.Updated
		delete(post, "slug")
		made, err = t.change(ctx, "PUT", "posts/"+there.ID+"/?source=html", post)
	} else {
		made, err = t.change(ctx, "POST", "posts/?source=html", post)
	}
	h.Post = made.ID
	return err
}

// tags are taken by name: Ghost makes those that it has not.
func tags(names []string) []map[string]string {
	all := []map[string]string{}
	for _, n := range names {
		all = append(all, map[string]string{"name": strings.TrimLeft(n, "#")}) // "#x" would be hidden
	}
	return all
}
