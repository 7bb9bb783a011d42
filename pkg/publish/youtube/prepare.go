package youtube

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Prepare uploads the film as a private one and waits until YouTube has worked it
// up. It goes on where an earlier call stopped.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	h := readHandle(job.Handle)
	v, err := thaw(job.Message)
	if err != nil {
		return nil, err
	}
	if h.Video == "" {
		if h.Video, err = p.upload(ctx, job, v, &h); err != nil {
			return nil, err
		}
		if err := job.Keep(ctx, h.bytes()); err != nil {
			return nil, err
		}
	}
	if !h.Ready {
		if err := p.workedUp(ctx, job.Now, h.Video); err != nil {
			return nil, err
		}
		h.Ready = true
	}
	return h.bytes(), nil
}

// state is how a film is.
type state struct {
	Items []struct {
		ID     string `json:"id"`
		Status struct {
			Upload    string `json:"uploadStatus"` // uploaded, processed, failed, rejected, deleted
			Failure   string `json:"failureReason"`
			Rejection string `json:"rejectionReason"`
			Privacy   string `json:"privacyStatus"`
			PublishAt string `json:"publishAt"`
		} `json:"status"`
		Snippet struct {
			At time.Time `json:"publishedAt"`
		} `json:"snippet"`
		Processing struct {
			Status   string `json:"processingStatus"` // processing, succeeded, failed, terminated
			Failure  string `json:"processingFailureReason"`
			Progress struct {
				Left int64 `json:"timeLeftMs,string"`
			} `json:"processingProgress"`
		} `json:"processingDetails"`
	} `json:"items"`
}

func (p *Publisher) state(ctx context.Context, now time.Time, id, part string) (state, error) {
	var s state
	err := p.list(ctx, now, "videos", url.Values{"part": {part}, "id": {id}}, &s)
	return s, err
}

// workedUp is nil once a film can be watched.
func (p *Publisher) workedUp(ctx context.Context, now time.Time, id string) error {
	s, err := p.state(ctx, now, id, "status,processingDetails")
	if err != nil {
		return err
	}
	if len(s.Items) == 0 {
		return platform.Refuse(platform.Invalid, "film-gone", id)
	}
	item := s.Items[0]
	switch {
	case item.Status.Upload == "failed", item.Status.Upload == "rejected", item.Status.Upload == "deleted":
		return platform.Refuse(platform.Invalid, "film-"+item.Status.Upload, wire.Cut(item.Status.Failure+item.Status.Rejection))
	case item.Processing.Status == "failed", item.Processing.Status == "terminated":
		return platform.Refuse(platform.Invalid, "film-not-processed", wire.Cut(item.Processing.Failure))
	case item.Status.Upload == "processed", item.Processing.Status == "succeeded":
		return nil
	}
	wait := recheck
	if left := time.Duration(item.Processing.Progress.Left) * time.Millisecond; left > wait && left < time.Hour {
		wait = left
	}
	return &platform.Error{Class: platform.Pending, Code: "processing", Until: now.Add(wait)}
}
