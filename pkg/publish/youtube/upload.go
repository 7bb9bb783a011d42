package youtube

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// The protocol: developers.google.com/youtube/v3/guides/
// using_resumable_upload_protocol, 2026-10. A session takes pieces with
// Content-Range, and answers 308 with the range it has until the last makes a
// film of them.

// stale stands in the place of a session that may hold bytes of another film, and is
// gone on with no more.
const stale = "stale"

// upload brings the bytes of the film to YouTube and returns its id.
func (p *Publisher) upload(ctx context.Context, job platform.Job, v video, h *handle) (string, error) {
	id, err := p.send(ctx, job, v, h)
	if err == nil || h.Session == "" || platform.As(err).Code != "file-changed" {
		return id, err
	}
	h.Session = stale
	return "", errors.Join(err, job.Keep(ctx, h.bytes()))
}

// send is upload, but for a session that went wrong.
func (p *Publisher) send(ctx context.Context, job platform.Job, v video, h *handle) (string, error) {
	file := job.Message.Media[0]
	parts, err := media.NewParts(ctx, job.Files, file)
	if err != nil {
		return "", err
	}
	size := parts.Size
	if size == 0 {
		return "", platform.Refuse(platform.Invalid, "file-empty", file.Path)
	}
	if h.Session != "" {
		at, id, gone, err := p.probe(ctx, job, h.Session, size)
		if err != nil || id != "" {
			return id, err
		}
		if !gone {
			return p.pieces(ctx, job, parts, h.Session, at)
		}
		// Whether the session ended with a film or without: the channel knows.
		if id, _, _, err := p.among(ctx, job, v); err != nil || id != "" {
			return id, err
		}
	}
	if h.Session, err = p.open(ctx, job, v, file.Type, size); err != nil {
		return "", err
	}
	if err := job.Keep(ctx, h.bytes()); err != nil { // before a byte leaves
		return "", err
	}
	return p.pieces(ctx, job, parts, h.Session, 0)
}

// open begins a session for a private film.
func (p *Publisher) open(ctx context.Context, job platform.Job, v video, mime string, size int64) (string, error) {
	v.Status.Privacy = "private"
	a, err := p.session.Do(ctx, job.Now, func() (wire.Request, error) {
		r, err := wire.JSON(http.MethodPost, p.server+"/upload/youtube/v3/videos?"+url.Values{"uploadType": {"resumable"}, "part": {"snippet,status"}}.Encode(), v)
		return r.With("X-Upload-Content-Length", strconv.FormatInt(size, 10)).With("X-Upload-Content-Type", mime), err
	})
	if err != nil {
		return "", err
	}
	if !a.OK() {
		return "", refused(a, job.Now)
	}
	session := a.Header.Get("Location")
	if !p.ours(session) {
		return "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-session"}
	}
	return session, nil
}

// ours reports whether an address is of the platform: tokens go nowhere else.
func (p *Publisher) ours(session string) bool {
	s, err := url.Parse(session)
	if err != nil {
		return false
	}
	home, err := url.Parse(p.server)
	if err != nil {
		return false
	}
	return s.Host != "" && s.Host == home.Host && s.Scheme == home.Scheme || p.server == server && s.Scheme == "https" && strings.HasSuffix(s.Host, ".googleapis.com")
}

// probe asks a session how much it has, and for the film if that is all. gone
// says that the session is no more.
func (p *Publisher) probe(ctx context.Context, job platform.Job, session string, size int64) (at int64, id string, gone bool, err error) {
	if !p.ours(session) {
		return 0, "", true, nil
	}
	a, err := p.session.Do(ctx, job.Now, func() (wire.Request, error) {
		return wire.Request{Method: http.MethodPut, URL: session}.With("Content-Range", "bytes */"+strconv.FormatInt(size, 10)), nil
	})
	if err != nil {
		return 0, "", false, err
	}
	if a.Status == http.StatusNotFound || a.Status == http.StatusGone {
		return 0, "", true, nil
	}
	at, id, err = p.progress(a, job, 0)
	return at, id, false, err
}

// pieces sends the bytes from an offset on. The last of them, of which YouTube would
// make a film, are refused where all are not the file that was frozen.
func (p *Publisher) pieces(ctx context.Context, job platform.Job, parts *media.Parts, session string, at int64) (string, error) {
	size := parts.Size
	for at < size {
		n := min(p.piece, size-at)
		a, err := p.session.Do(ctx, job.Now, func() (wire.Request, error) {
			body, err := parts.Open(at, n)
			if err != nil {
				return wire.Request{}, err
			}
			r := wire.Request{Method: http.MethodPut, URL: session, Size: n, Body: body}
			return r.With("Content-Range", "bytes "+strconv.FormatInt(at, 10)+"-"+strconv.FormatInt(at+n-1, 10)+"/"+strconv.FormatInt(size, 10)), nil
		})
		if err != nil {
			return "", err
		}
		next, id, err := p.progress(a, job, at)
		if err != nil || id != "" {
			return id, err
		}
		if next <= at { // the piece did not stick: ask the session anew, later
			return "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-progress"}
		}
		at = next
	}
	return "", &platform.Error{Class: platform.Temporary, Code: "no-film"}
}

// progress reads the answer of a session: how much it has, or the film.
func (p *Publisher) progress(a wire.Answer, job platform.Job, at int64) (int64, string, error) {
	switch {
	case a.Status == http.StatusPermanentRedirect:
		return received(a.Header.Get("Range")), "", nil
	case a.OK():
		var made struct {
			ID string `json:"id"`
		}
		if err := a.Decode(&made); err != nil {
			return at, "", err
		}
		if !filmID(made.ID) {
			return at, "", &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id"}
		}
		return at, made.ID, nil
	case a.Status == http.StatusNotFound || a.Status == http.StatusGone: // while it went on
		return at, "", &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "session-gone"}
	}
	return at, "", refused(a, job.Now)
}

// received is how many bytes "bytes=0-524287" says there are; no range is none.
func received(header string) int64 {
	last, ok := strings.CutPrefix(header, "bytes=0-")
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(last, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n + 1
}
