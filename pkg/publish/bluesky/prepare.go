package bluesky

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// maxReference is the most bytes of a reference to a file: it is kept in the
// journal. Real ones have about 150.
const maxReference = 1000

// Prepare asks who the account is and uploads the files.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h, err := open(job.Handle)
	if err != nil {
		return nil, err
	}
	if err := p.ready(ctx, job, &h); err != nil {
		return nil, err
	}
	return h.close(), nil
}

// ready makes all ready that a commit needs and that is not there yet.
func (p *Publisher) ready(ctx context.Context, job platform.Job, h *handle) error {
	if h.DID == "" {
		me, err := p.whoAmI(ctx, job.Now)
		if err != nil {
			return err
		}
		h.DID = me.DID
	}
	if len(h.Parts) > 0 {
		return nil // the files belong to the first post, which is out
	}
	if !h.Uploaded.IsZero() && job.Now.Sub(h.Uploaded) > keptBlob*3/4 {
		h.Blobs, h.Uploaded = nil, time.Time{}
	}
	for i, m := range job.Message.Media {
		if i < len(h.Blobs) && h.Blobs[i].Sum == m.Sum {
			continue
		}
		h.Blobs = h.Blobs[:i] // of a message that is no more
		ref, err := p.upload(ctx, job, m)
		if err != nil {
			return err
		}
		if h.Blobs = append(h.Blobs, blob{Sum: m.Sum, Ref: ref}); h.Uploaded.IsZero() {
			h.Uploaded = job.Now
		}
		if err := job.Keep(ctx, h.close()); err != nil {
			return err
		}
	}
	h.Blobs = h.Blobs[:len(job.Message.Media)]
	return nil
}

// upload sends a file and returns how the server refers to it. The server looks into
// the file: what it takes for another kind of film hangs on no post.
func (p *Publisher) upload(ctx context.Context, job platform.Job, m platform.Media) (json.RawMessage, error) {
	most := int64(maxImage)
	if m.Type == filmType {
		most = maxFilm
	}
	file, err := media.NewStream(ctx, job.Files, m, most)
	if err != nil {
		return nil, err
	}
	a, err := p.call(ctx, job.Now, func() (wire.Request, error) {
		return file.Request(http.MethodPost, at(p.account.Server, "com.atproto.repo.uploadBlob", nil), m.Type), nil
	})
	if err != nil {
		return nil, wire.Harmless(err)
	}
	var got struct{ Blob json.RawMessage }
	if err := a.Decode(&got); err != nil {
		return nil, wire.Harmless(err)
	}
	if len(got.Blob) == 0 || len(got.Blob) > maxReference {
		return nil, &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-blob"}
	}
	var seen struct{ MimeType string }
	if json.Unmarshal(got.Blob, &seen) == nil && m.Type == filmType && seen.MimeType != filmType {
		return nil, platform.Refuse(platform.Invalid, "no-mp4", m.Path+": "+wire.Cut(seen.MimeType))
	}
	return got.Blob, nil
}

// account is what the server says of a session.
type account struct {
	DID    string `json:"did"`
	Handle string `json:"handle"`
}

// whoAmI returns the account, which must be the one meant.
func (p *Publisher) whoAmI(ctx context.Context, now time.Time) (account, error) {
	var me account
	if _, err := p.query(ctx, now, "com.atproto.server.getSession", nil, &me); err != nil {
		return me, err
	}
	if !strings.HasPrefix(me.DID, "did:") {
		return me, platform.Refuse(platform.Temporary, "no-account", "")
	}
	name := strings.TrimPrefix(p.account.Name, "@")
	if strings.Contains(name, ".") && !strings.Contains(name, "@") && !strings.EqualFold(name, me.Handle) ||
		strings.HasPrefix(name, "did:") && name != me.DID {
		return me, platform.Refuse(platform.Auth, "other-account", wire.Cut(me.Handle))
	}
	return me, nil
}
