package facebook

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// filmFields are what is asked of a film. Source: the field lists that the platform
// makes its own libraries of, AdVideo, November 2026.
const filmFields = "id,published,created_time,permalink_url,status"

// listFields are what is asked of the posts of a Page where a film is looked for.
const listFields = "id,message,is_published,created_time,scheduled_publish_time,permalink_url,attachments{unshimmed_url,target{id}}"

// shown is the id of the film that a post shows, by which films are known, or that
// of the post.
func (p post) shown() string {
	for _, a := range p.Attachments.Data {
		if ofFilm(a.Target.ID) {
			return a.Target.ID
		}
	}
	return p.ID
}

// film is a film as the platform tells of it.
type film struct {
	ID        string        `json:"id"`
	Published bool          `json:"published"`
	Created   graph.Instant `json:"created_time"`
	Permalink string        `json:"permalink_url"` // without the server
	Status    struct {
		// Video is "processing", "ready", "error" or one of a few more.
		Video string `json:"video_status"`
	} `json:"status"`
}

// isFilm reports whether a message is a film with a text.
func isFilm(m platform.Message) bool { return len(m.Media) > 0 && media.Film(m.Media[0].Type) }

// ofFilm reports whether an id is that of a film: those of posts begin with their
// Page's and a line.
func ofFilm(id string) bool { return id != "" && !strings.Contains(id, "_") }

// screen uploads the film of a message, which nobody sees yet, and is Pending until
// the platform has made it ready.
func (p *Publisher) screen(ctx context.Context, job platform.Job, h *handle) error {
	if h.Post == "" {
		id, err := p.shoot(ctx, job)
		if err != nil {
			return err
		}
		*h = handle{Post: id, Film: true}
		if err := job.Keep(ctx, h.close()); err != nil {
			return err
		}
	}
	if h.Ready || !h.Film {
		return nil
	}
	it, err := p.readFilm(ctx, job.Now, h.Post)
	switch {
	case graph.Has(err, missing): // somebody took it away; nobody saw it
		return errors.Join(platform.Refuse(platform.Temporary, "film-gone", ""), job.Keep(ctx, handle{}.close()))
	case err != nil:
		return err
	}
	switch it.Status.Video {
	case "error", "expired":
		return errors.Join(platform.Refuse(platform.Invalid, "film-failed", wire.Cut(it.Status.Video)), job.Keep(ctx, handle{}.close()))
	case "uploading", "upload_complete", "processing":
		return &platform.Error{Class: platform.Pending, Code: "film", Until: job.Now.Add(pollFilm)}
	}
	h.Ready = true
	return job.Keep(ctx, h.close())
}

// shoot uploads the film with its text, and returns its id.
func (p *Publisher) shoot(ctx context.Context, job platform.Job) (string, error) {
	if len(job.Message.Parts) == 0 {
		return "", platform.Refuse(platform.Invalid, "frozen", "")
	}
	file, err := media.NewStream(ctx, job.Files, job.Message.Media[0], maxFilm)
	if err != nil {
		return "", err
	}
	fields := []wire.Field{{Name: "published", Value: "false"}, {Name: "description", Value: job.Message.Parts[0].Text}}
	r, err := wire.Multipart(p.graph.URL(p.page, "videos"), fields, []wire.File{file.File("source")})
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	if _, err := p.graph.Do(ctx, job.Now, r, &made); err != nil {
		return "", wire.Harmless(err)
	}
	if made.ID == "" {
		return "", platform.Refuse(platform.Temporary, "no-film-id", "")
	}
	return made.ID, nil
}

func (p *Publisher) readFilm(ctx context.Context, now time.Time, id string) (film, error) {
	var it film
	_, err := p.graph.Get(ctx, now, p.graph.URL(id), url.Values{"fields": {filmFields}}, &it)
	return it, err
}

// post is the film as a post, with the address that readers find it under.
func (f film) post() post {
	it := post{ID: f.ID, IsPublished: f.Published, Created: f.Created, Permalink: f.Permalink}
	if strings.HasPrefix(f.Permalink, "/") && !strings.HasPrefix(f.Permalink, "//") {
		it.Permalink = "https://www.facebook.com" + f.Permalink
	}
	return it
}
