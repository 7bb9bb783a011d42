package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// create is the body of POST /api/v1/statuses.
type create struct {
	Status    string   `json:"status"`
	MediaIDs  []string `json:"media_ids,omitempty"`
	ReplyTo   string   `json:"in_reply_to_id,omitempty"`
	Scheduled string   `json:"scheduled_at,omitempty"`
	frozen
}

// Commit publishes the status, or those of a thread that are not out yet.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h, err := open(job)
	if err != nil {
		return platform.Receipt{}, err
	}
	if err := p.withdraw(ctx, job, &h); err != nil {
		return platform.Receipt{}, err
	}
	if err := p.upload(ctx, job, &h); err != nil { // what was prepared may be too old by now
		return platform.Receipt{}, err
	}
	for n := len(h.Parts); n < len(job.Message.Parts); n++ {
		done, err := p.post(ctx, job, &h, n, time.Time{})
		if err != nil {
			return platform.Receipt{}, err
		}
		h.Parts = append(h.Parts, done.part())
		if n+1 < len(job.Message.Parts) {
			if err := job.Keep(ctx, h.close()); err != nil {
				return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "not-kept", Err: err}
			}
		}
	}
	return h.receipt(platform.ByResponse), nil
}

// post sends the n-th post, from 0: now, or for an instant unless that is zero.
func (p *Publisher) post(ctx context.Context, job platform.Job, h *handle, n int, at time.Time) (status, error) {
	body, err := p.body(job, *h, n)
	if err != nil {
		return status{}, err
	}
	if !at.IsZero() {
		body.Scheduled = at.UTC().Format(time.RFC3339)
	}
	r, err := wire.JSON(http.MethodPost, p.at("/api/v1/statuses"), body)
	if err != nil {
		return status{}, err
	}
	a, err := p.call(ctx, r.With("Idempotency-Key", job.Key.Part(n+1).UUID()), job.Now)
	if err != nil {
		return status{}, p.doubt(ctx, job, h, n, err)
	}
	var s status
	if err := a.Decode(&s); err != nil {
		return status{}, err
	}
	if s.ID == "" {
		return status{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id"}
	}
	return s, nil
}

// body is what is sent of the n-th post.
func (p *Publisher) body(job platform.Job, h handle, n int) (create, error) {
	b := create{Status: job.Message.Parts[n].Text}
	if err := json.Unmarshal(job.Message.Wire, &b.frozen); err != nil {
		return b, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	if n > 0 {
		b.ReplyTo = h.Parts[n-1].ID
		return b, nil
	}
	for _, f := range h.Media {
		b.MediaIDs = append(b.MediaIDs, f.ID)
	}
	return b, nil
}

// doubt looks twice at a refusal. A status with files is also refused where they
// hang on one already, which is our own, sent by an attempt whose answer was
// lost: that is only known once it was looked for. What was refused, looked for
// in vain and refused again is no good.
func (p *Publisher) doubt(ctx context.Context, job platform.Job, h *handle, n int, err error) error {
	e := platform.As(err)
	if e.Class != platform.Invalid {
		return err
	}
	if n == 0 && len(h.Media) > 0 && !h.Refused {
		h.Refused = true
		twice := *e
		twice.Class = platform.Duplicate
		if err := job.Keep(ctx, h.close()); err != nil {
			return errors.Join(&twice, err)
		}
		return &twice
	}
	if n > 0 {
		cut := *e
		cut.Code = "thread-cut"
		cut.Detail = strconv.Itoa(n) + "/" + strconv.Itoa(len(job.Message.Parts)) + " " + e.Detail
		return &cut
	}
	return err
}
