package flickr

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// Prepare uploads the photographs as private ones, each once: what may have
// arrived is searched for before it is sent again.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return nil, err
	}
	h := readHandle(job.Handle, len(w.Photos))
	if h.User == "" {
		if h.User, err = p.login(ctx, job); err != nil {
			return nil, err
		}
	}
	number := ""
	for i := range w.Photos {
		s := &h.Photos[i]
		if s.ID == "" {
			if err := p.bring(ctx, job, w.Photos[i], &h, i); err != nil {
				return nil, err
			}
		}
		if w.Licence != (licence{}) && !s.Licensed {
			if number == "" {
				if number, err = p.find(ctx, job.Now, w.Licence); err != nil {
					return nil, err
				}
			}
			if err := p.call(ctx, job.Now, job.Key, "flickr.photos.licenses.setLicense", url.Values{"photo_id": {s.ID}, "license_id": {number}}, nil); err != nil {
				return nil, err
			}
			s.Licensed = true
		}
		if album := p.Options["album"]; album != "" && !s.InAlbum {
			err := p.call(ctx, job.Now, job.Key, "flickr.photosets.addPhoto", url.Values{"photoset_id": {album}, "photo_id": {s.ID}}, nil)
			if err != nil && platform.As(err).Code != "3" { // 3: it is in it already
				return nil, err
			}
			s.InAlbum = true
		}
		if err := job.Keep(ctx, h.bytes()); err != nil {
			return nil, err
		}
	}
	return h.bytes(), nil
}

// bring gets one photograph to Flickr.
func (p *Publisher) bring(ctx context.Context, job platform.Job, one photo, h *handle, i int) error {
	s := &h.Photos[i]
	if !s.Began.IsZero() {
		found, err := p.search(ctx, job.Now, job.Key.Part(i+1))
		if err != nil {
			return err
		}
		if found.ID != "" {
			s.ID, s.Began = found.ID, time.Time{}
			return job.Keep(ctx, h.bytes())
		}
		if sure := s.Began.Add(settle); job.Now.Before(sure) {
			return &platform.Error{Class: platform.Pending, Code: "index", Until: sure, Err: fmt.Errorf("an upload may have arrived")}
		}
	}
	s.Began = job.Now
	if err := job.Keep(ctx, h.bytes()); err != nil {
		return err
	}
	id, err := p.upload(ctx, job, one, i)
	if err != nil {
		if c := platform.ClassOf(err); c != platform.Uncertain {
			s.Began = time.Time{} // surely not there
			if kept := job.Keep(ctx, h.bytes()); kept != nil {
				return kept
			}
		}
		return err
	}
	s.ID, s.Began = id, time.Time{}
	return job.Keep(ctx, h.bytes())
}

// login asks who the account is.
func (p *Publisher) login(ctx context.Context, job platform.Job) (string, error) {
	var said struct {
		User struct {
			ID string `json:"id"`
		} `json:"user"`
	}
	err := p.call(ctx, job.Now, job.Key, "flickr.test.login", nil, &said)
	return said.User.ID, err
}

// hit is a photograph that a search found.
type hit struct {
	ID     text1 `json:"id"`
	Public int   `json:"ispublic"`
}

// found is one, or nothing.
type found struct {
	ID     string
	Public bool
}

// search finds the photograph of a key among the account's own. Of several, a
// public one counts, then the first.
func (p *Publisher) search(ctx context.Context, now time.Time, key platform.Key) (found, error) {
	var said struct {
		Photos struct {
			All []hit `json:"photo"`
		} `json:"photos"`
	}
	err := p.call(ctx, now, key, "flickr.photos.search", url.Values{"user_id": {"me"}, "machine_tags": {tag(key)}, "sort": {"date-posted-asc"}, "per_page": {"10"}}, &said)
	if err != nil {
		return found{}, err
	}
	var first found
	for _, h := range said.Photos.All {
		f := found{string(h.ID), h.Public == 1}
		if !photoID(f.ID) {
			continue
		}
		if f.Public {
			return f, nil
		}
		if first.ID == "" {
			first = f
		}
	}
	return first, nil
}

// tag is the machine tag of a key.
func tag(key platform.Key) string { return machine + key.Token(32) }
