package youtube

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Commit makes the film public. It can be repeated.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h := readHandle(job.Handle)
	v, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	a, err := p.set(ctx, job.Now, h.Video, v.Status)
	if err != nil {
		return platform.Receipt{}, err
	}
	r := h.receipt(platform.ByResponse)
	r.At = a.At
	return r, nil
}

// set gives a film its status, as a whole, and makes sure that it took it.
func (p *Publisher) set(ctx context.Context, now time.Time, id string, s status) (wire.Answer, error) {
	if !filmID(id) {
		return wire.Answer{}, platform.Refuse(platform.Invalid, "no-film", "")
	}
	var made struct {
		Status struct {
			Privacy   string `json:"privacyStatus"`
			PublishAt string `json:"publishAt"`
		} `json:"status"`
	}
	a, err := p.call(ctx, now, http.MethodPut, "/youtube/v3/videos", url.Values{"part": {"status"}}, video{ID: id, Status: s}, &made)
	switch {
	case err != nil:
		return a, err
	case made.Status.Privacy == "":
		return a, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-status"}
	case made.Status.Privacy != s.Privacy: // a project that was not audited
		return a, &platform.Error{Class: platform.Permission, Status: a.Status, Code: "kept-private", Detail: wire.Cut(made.Status.Privacy)}
	case s.PublishAt != "" && !sameInstant(made.Status.PublishAt, s.PublishAt), s.PublishAt == "" && s.Privacy == "private" && made.Status.PublishAt != "":
		return a, &platform.Error{Class: platform.Invalid, Status: a.Status, Code: "not-scheduled", Detail: wire.Cut(made.Status.PublishAt)}
	}
	return a, nil
}

func sameInstant(a, b string) bool {
	x, err := time.Parse(time.RFC3339, a)
	if err != nil {
		return false
	}
	y, err := time.Parse(time.RFC3339, b)
	return err == nil && x.Equal(y)
}
