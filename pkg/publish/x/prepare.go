package x

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// upload is one file on X.
type upload struct {
	ID string `json:"id,omitempty"`
	// Until is when X forgets it.
	Until time.Time `json:"until,omitzero"`
	Ready bool      `json:"ready,omitempty"` // X has worked it up
	Alt   bool      `json:"alt,omitempty"`   // and has its description
}

// Prepare uploads the files. What one call has done the next does not repeat; a
// file whose id X has forgotten is uploaded anew.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h := readHandle(job.Handle)
	if h.User == "" {
		if _, err := p.whoami(ctx, job.Now, &h); err != nil {
			return nil, err
		}
	}
	if len(h.Files) != len(job.Message.Media) {
		h.Files = make([]upload, len(job.Message.Media))
	}
	for i, file := range job.Message.Media {
		if err := p.file(ctx, job, file, &h, i); err != nil {
			return nil, err
		}
	}
	return h.bytes(), nil
}

// file brings one file to where a post can name it.
func (p *Publisher) file(ctx context.Context, job platform.Job, file platform.Media, h *handle, i int) error {
	u := &h.Files[i]
	if u.ID == "" || !job.Now.Before(u.Until) {
		made, wait, err := p.upload(ctx, job, file)
		if err != nil {
			return err
		}
		*u = made
		if err := job.Keep(ctx, h.bytes()); err != nil {
			return err
		}
		if !u.Ready {
			return pending(job.Now, wait)
		}
	}
	if !u.Ready {
		if err := p.status(ctx, job.Now, u); err != nil {
			return err
		}
	}
	if described(file) && !u.Alt {
		body := map[string]any{"id": u.ID, "metadata": map[string]any{"alt_text": map[string]string{"text": file.Alt}}}
		if _, err := p.tell(ctx, job.Now, "/2/media/metadata", body, nil); err != nil {
			return err
		}
		u.Alt = true
	}
	return job.Keep(ctx, h.bytes())
}

// processed is what X says of a file.
type processed struct {
	Data struct {
		ID      string `json:"id"`
		Expires int64  `json:"expires_after_secs"`
		Info    *struct {
			State string `json:"state"` // pending, in_progress, succeeded, failed
			After int64  `json:"check_after_secs"`
			Error struct {
				Name    string `json:"name"`
				Message string `json:"message"`
			} `json:"error"`
		} `json:"processing_info"`
	} `json:"data"`
}

// upload sends the bytes of a file, and returns how many seconds to wait if it is
// not ready.
func (p *Publisher) upload(ctx context.Context, job platform.Job, file platform.Media) (upload, int64, error) {
	parts, err := media.NewParts(ctx, job.Files, file)
	if err != nil {
		return upload{}, 0, err
	}
	size := parts.Size
	var said processed
	body := map[string]any{"media_type": file.Type, "media_category": category(file.Type), "total_bytes": size}
	if _, err := p.tell(ctx, job.Now, "/2/media/upload/initialize", body, &said); err != nil {
		return upload{}, 0, err
	}
	u := upload{ID: said.Data.ID, Until: job.Now.Add(mediaLife)}
	if !number(u.ID) {
		return upload{}, 0, &platform.Error{Class: platform.Uncertain, Code: "no-media-id"}
	}
	for n, from := 0, int64(0); from < size; n, from = n+1, from+chunk {
		if err := p.segment(ctx, job, parts, u.ID, n, from, min(chunk, size-from)); err != nil {
			return upload{}, 0, err
		}
	}
	said = processed{}
	if _, err := p.tell(ctx, job.Now, "/2/media/upload/"+u.ID+"/finalize", nil, &said); err != nil {
		return upload{}, 0, err
	}
	if s := said.Data.Expires; s > 0 && s < int64(mediaLife/time.Second) {
		u.Until = job.Now.Add(time.Duration(s) * time.Second)
	}
	u.Ready = said.Data.Info == nil || said.Data.Info.State == "succeeded"
	if u.Ready {
		return u, 0, nil
	}
	return u, said.Data.Info.After, nil
}

// segment sends a piece of a file. The last one is refused where all of them are not
// the file that was frozen.
func (p *Publisher) segment(ctx context.Context, job platform.Job, parts *media.Parts, id string, n int, from, size int64) error {
	f, err := parts.Open(from, size)
	if err != nil {
		return err
	}
	defer f.Close()
	piece := make([]byte, size)
	if _, err := io.ReadFull(f, piece); err != nil {
		return err
	}
	_, err = p.call(ctx, job.Now, func() (wire.Request, error) {
		return wire.Multipart(p.server+"/2/media/upload/"+id+"/append",
			[]wire.Field{{Name: "segment_index", Value: strconv.Itoa(n)}},
			[]wire.File{{Field: "media", Name: "segment", Type: "application/octet-stream", Data: piece}})
	}, nil)
	return err
}

// status asks how far a film is.
func (p *Publisher) status(ctx context.Context, now time.Time, u *upload) error {
	var said processed
	if _, err := p.ask(ctx, now, "/2/media/upload", map[string][]string{"command": {"STATUS"}, "media_id": {u.ID}}, &said); err != nil {
		return err
	}
	info := said.Data.Info
	switch {
	case info == nil, info.State == "succeeded":
		u.Ready = true
		return nil
	case info.State == "failed":
		return &platform.Error{Class: platform.Invalid, Code: "media-failed", Detail: wire.Cut(info.Error.Name + " " + info.Error.Message)}
	}
	return pending(now, info.After)
}

// pending says when to ask again.
func pending(now time.Time, seconds int64) error {
	wait := recheck
	if seconds > 0 && seconds < 3600 {
		wait = time.Duration(seconds) * time.Second
	}
	return &platform.Error{Class: platform.Pending, Code: "processing", Until: now.Add(wait), Err: fmt.Errorf("the film is not ready")}
}
