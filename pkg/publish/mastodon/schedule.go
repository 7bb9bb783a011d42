package mastodon

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// scheduledStatus is a status that the server will publish.
type scheduledStatus struct {
	ID     string    `json:"id"`
	At     time.Time `json:"scheduled_at"`
	Params struct {
		Text string `json:"text"`
	} `json:"params"`
	Media []struct{ ID string } `json:"media_attachments"`
}

// HandOver schedules the status on the server, for the instant of the placement,
// and reads it back. It is repeatable: what is scheduled already is not scheduled
// again. The server does not schedule threads, nor what is due within minutes.
func (p *Publisher) HandOver(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	switch {
	case len(job.Message.Parts) != 1:
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "native-thread", "")
	case job.Due.Sub(job.Now) < nativeMin:
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "native-too-soon", "")
	}
	h, err := open(job)
	if err != nil {
		return platform.Receipt{}, err
	}
	there, err := p.waiting(ctx, job, h)
	if err != nil {
		return platform.Receipt{}, err
	}
	if there.ID == "" {
		if err := p.upload(ctx, job, &h); err != nil {
			return platform.Receipt{}, err
		}
		h.Handing = true
		if err := job.Keep(ctx, h.close()); err != nil {
			return platform.Receipt{}, &platform.Error{Class: platform.Temporary, Code: "not-kept", Err: err}
		}
		made, err := p.post(ctx, job, &h, 0, job.Due)
		if err != nil {
			return platform.Receipt{}, err
		}
		if there, err = p.oneScheduled(ctx, made.ID, job.Now); err != nil {
			return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "not-read-back", Err: err}
		}
	}
	if d := there.At.Sub(job.Due); d < -time.Minute || d > time.Minute {
		return platform.Receipt{}, platform.Refuse(platform.Uncertain, "scheduled-otherwise", there.At.UTC().Format(time.RFC3339))
	}
	h.Handing, h.Scheduled = true, there.ID
	if err := job.Keep(ctx, h.close()); err != nil {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "not-kept", Err: err}
	}
	return platform.Receipt{ID: there.ID, At: there.At, Evidence: platform.ByNative}, nil
}

// waiting returns the scheduled status that is this job, or an empty one.
func (p *Publisher) waiting(ctx context.Context, job platform.Job, h handle) (scheduledStatus, error) {
	query := url.Values{"limit": {strconv.Itoa(page)}}
	for range maxPages {
		var some []scheduledStatus
		if _, err := p.read(ctx, p.at("/api/v1/scheduled_statuses")+"?"+query.Encode(), job.Now, &some); err != nil {
			return scheduledStatus{}, err
		}
		for _, s := range some {
			near := s.At.Sub(job.Due).Abs() < time.Minute
			if carries(status{Media: s.Media}, h) || near && squeeze(s.Params.Text) == squeeze(job.Message.Parts[0].Text) {
				return s, nil
			}
		}
		if len(some) == 0 {
			return scheduledStatus{}, nil
		}
		query.Set("max_id", some[len(some)-1].ID)
	}
	return scheduledStatus{}, platform.Refuse(platform.Temporary, "too-many-scheduled", "")
}

// oneScheduled reads one back.
func (p *Publisher) oneScheduled(ctx context.Context, id string, now time.Time) (s scheduledStatus, err error) {
	_, err = p.read(ctx, p.at("/api/v1/scheduled_statuses", id), now, &s)
	return s, err
}

// waits reports whether what was handed over still waits on the server, and adds
// its id to the handle where its answer was lost.
func (p *Publisher) waits(ctx context.Context, job platform.Job, h *handle) (bool, error) {
	if !h.Handing {
		return false, nil
	}
	if h.Scheduled == "" {
		there, err := p.waiting(ctx, job, *h)
		h.Scheduled = there.ID
		return there.ID != "", err
	}
	a, err := p.call(ctx, wire.Get(p.at("/api/v1/scheduled_statuses", h.Scheduled)), job.Now)
	if a.Status == http.StatusNotFound {
		return false, nil
	}
	return err == nil, wire.Harmless(err)
}

// withdraw takes back what was handed over, before it is published by us: its
// files with it.
func (p *Publisher) withdraw(ctx context.Context, job platform.Job, h *handle) error {
	if waits, err := p.waits(ctx, job, h); err != nil || !waits {
		return err
	}
	if err := p.Recall(ctx, job, platform.Receipt{ID: h.Scheduled}); err != nil {
		return wire.Harmless(err)
	}
	*h = handle{Account: h.Account}
	return job.Keep(ctx, h.close())
}

// Recall takes a scheduled status back. Where the server has it no more, which is
// of class Duplicate, a look-up tells whether it went out.
func (p *Publisher) Recall(ctx context.Context, job platform.Job, r platform.Receipt) error {
	a, err := p.call(ctx, wire.Request{Method: http.MethodDelete, URL: p.at("/api/v1/scheduled_statuses", r.ID)}, job.Now)
	if a.Status == http.StatusNotFound {
		return &platform.Error{Class: platform.Duplicate, Status: a.Status, Code: "not-scheduled"}
	}
	return err
}
