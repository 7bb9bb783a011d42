package wordpress

import (
	"context"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

// HandOver lets WordPress publish the draft at its instant. It does so when
// somebody visits the site, or a timer of the server calls wp-cron.php: where
// neither happens nothing goes out, which only a look-up afterwards tells.
func (p *Publisher) HandOver(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	h := article.Held[handle](job.Handle)
	if h.Post == 0 || h.other(job) {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
	}
	if ahead := job.Due.Sub(job.Now); ahead < nativeMin || ahead > nativeMax {
		return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-ahead", "")
	}
	h.Native = true
	if _, err := article.Keep(ctx, job, h); err != nil {
		return platform.Receipt{}, err
	}
	var e entry
	body := map[string]any{"status": future, "date_gmt": job.Due.UTC().Format("2006-01-02T15:04:05")}
	if err := p.status(ctx, job, h, body, &e); err != nil {
		return platform.Receipt{}, err
	}
	switch {
	case e.Status == published: // its clock is ahead of ours
		return receipt(e, platform.ByResponse), nil
	case e.Status != future || !e.at().Equal(job.Due.UTC().Truncate(1e9)):
		return platform.Receipt{}, platform.Refuse(platform.Permission, "not-planned", "the site made it "+e.Status+" at "+e.Date+" UTC")
	}
	return receipt(e, platform.ByNative), nil
}

// Recall makes a draft of what is planned. What is out already stays.
func (p *Publisher) Recall(ctx context.Context, job platform.Job, r platform.Receipt) error {
	h := article.Held[handle](job.Handle)
	e, err := p.find(ctx, job, h)
	switch {
	case err != nil:
		return err
	case e == nil:
		return nil
	case e.Status == published:
		return platform.Refuse(platform.Duplicate, "out-already", "")
	case e.Status != future:
		return nil
	}
	h.Post = e.ID
	return p.status(ctx, job, h, map[string]any{"status": draft, "date_gmt": nil}, e)
}
