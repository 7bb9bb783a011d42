package mastodon

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare asks who the account is and uploads the files. While the server works
// on one it is Pending.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h, err := open(job)
	if err != nil {
		return nil, err
	}
	if h.Account == "" {
		if h.Account, err = p.whoAmI(ctx, job.Now); err != nil {
			return nil, err
		}
	}
	if err := p.upload(ctx, job, &h); err != nil {
		return nil, err
	}
	return h.close(), nil
}

// whoAmI returns the id of the account, which must be the one meant.
func (p *Publisher) whoAmI(ctx context.Context, now time.Time) (string, error) {
	var me struct{ ID, Username string }
	if _, err := p.read(ctx, p.at("/api/v1/accounts/verify_credentials"), now, &me); err != nil {
		return "", err
	}
	if me.ID == "" {
		return "", platform.Refuse(platform.Temporary, "no-account", "")
	}
	if name := localName(p.account.Name); name != "" && !strings.EqualFold(name, me.Username) {
		return "", platform.Refuse(platform.Auth, "other-account", wire.Cut(me.Username))
	}
	return me.ID, nil
}

// localName is "velo" of "@velo@social.example".
func localName(name string) string {
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "@"), "@")
	return name
}

// upload makes all files ready, and keeps after each what it has.
func (p *Publisher) upload(ctx context.Context, job platform.Job, h *handle) error {
	if len(h.Parts) > 0 {
		return nil // they hang on the first post, which is out
	}
	if !h.Uploaded.IsZero() && job.Now.Sub(h.Uploaded) > keptUnattached/2 {
		h.Media, h.Uploaded, h.Refused = nil, time.Time{}, false
	}
	for i, m := range job.Message.Media {
		if i < len(h.Media) && h.Media[i].Of != nameOf(m) { // of a message that is no more
			h.Media = h.Media[:i]
		}
		if i == len(h.Media) {
			f, err := p.send(ctx, job, m)
			if err != nil {
				return err
			}
			if h.Media = append(h.Media, f); h.Uploaded.IsZero() {
				h.Uploaded = job.Now
			}
			if err := job.Keep(ctx, h.close()); err != nil {
				return err
			}
		}
	}
	h.Media = h.Media[:len(job.Message.Media)]
	for i := range h.Media {
		if h.Media[i].Ready {
			continue
		}
		a, err := p.call(ctx, wire.Get(p.at("/api/v1/media", h.Media[i].ID)), job.Now)
		switch {
		case a.Status == http.StatusPartialContent && err == nil:
			return &platform.Error{Class: platform.Pending, Code: "media", Until: job.Now.Add(poll(job.Message.Media[i]))}
		case a.Status == http.StatusNotFound && len(a.Body) > 0:
			h.Media, h.Uploaded = nil, time.Time{} // it is gone: anew next time
			return errors.Join(&platform.Error{Class: platform.Temporary, Status: a.Status, Code: "media-gone"}, job.Keep(ctx, h.close()))
		case err != nil && platform.ClassOf(err) == platform.Invalid: // it cannot be made anything of
			failed := *platform.As(err)
			failed.Code = "media-failed"
			h.Media, h.Uploaded = nil, time.Time{}
			return errors.Join(&failed, job.Keep(ctx, h.close()))
		case err != nil:
			return wire.Harmless(err)
		}
		h.Media[i].Ready = true
	}
	return nil
}

// send uploads one file, which is read while it is sent.
func (p *Publisher) send(ctx context.Context, job platform.Job, m platform.Media) (file, error) {
	data, err := media.NewStream(ctx, job.Files, m, limitsOf(p.options).size(m))
	if err != nil {
		return file{}, err
	}
	var fields []wire.Field
	if m.Alt != "" {
		fields = append(fields, wire.Field{Name: "description", Value: m.Alt})
	}
	r, err := wire.Multipart(p.at("/api/v2/media"), fields, []wire.File{data.File("file")})
	if err != nil {
		return file{}, err
	}
	a, err := p.call(ctx, r, job.Now)
	if err != nil {
		return file{}, wire.Harmless(err)
	}
	var done struct{ ID string }
	if err := a.Decode(&done); err != nil {
		return file{}, wire.Harmless(err)
	}
	if done.ID == "" {
		return file{}, &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-media-id"}
	}
	return file{ID: done.ID, Of: nameOf(m), Ready: a.Status == http.StatusOK}, nil
}

// nameOf tells a file and its alternative text from others.
func nameOf(m platform.Media) string { return platform.Key(m.Sum + m.Alt).Token(16) }
