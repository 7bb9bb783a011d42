package youtube

import (
	"context"
	"time"

	"editorial/pkg/publish/platform"
)

// HandOver tells YouTube the instant at which it is to make the film public.
func (p *Publisher) HandOver(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	return p.schedule(ctx, job, job.Due.UTC().Truncate(time.Second).Format(time.RFC3339))
}

// Recall makes the film a private one without an instant. A film that is public
// already is left as it is, with an error of class Invalid.
func (p *Publisher) Recall(ctx context.Context, job platform.Job, r platform.Receipt) error {
	h := readHandle(job.Handle)
	if h.Video == "" {
		h.Video = r.ID
	}
	s, err := p.state(ctx, job.Now, h.Video, "status,snippet")
	if err != nil {
		return err
	}
	if len(s.Items) == 0 || s.Items[0].Status.Privacy != "private" {
		return platform.Refuse(platform.Invalid, "is-out", h.Video)
	}
	job.Handle = h.bytes()
	_, err = p.schedule(ctx, job, "")
	return err
}

func (p *Publisher) schedule(ctx context.Context, job platform.Job, at string) (platform.Receipt, error) {
	h := readHandle(job.Handle)
	v, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	v.Status.Privacy, v.Status.PublishAt = "private", at
	if _, err := p.set(ctx, job.Now, h.Video, v.Status); err != nil {
		return platform.Receipt{}, err
	}
	h.Native = at != ""
	if err := job.Keep(ctx, h.bytes()); err != nil {
		return platform.Receipt{}, err
	}
	return h.receipt(platform.ByNative), nil
}
