package facebook

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// HandOver gives the prepared post its instant, and reads it back. It can be
// repeated, for the post is still the one that Commit would publish: no failure of
// it is more than temporary.
func (p *Publisher) HandOver(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	if left := job.Due.Sub(job.Now); left < nativeMin || left > nativeMax {
		return platform.Receipt{}, platform.Refuse(platform.Temporary, "native-window", job.Due.UTC().Format(time.RFC3339))
	}
	if isFilm(job.Message) { // the commit publishes it: what becomes of the instant of a film is written nowhere
		return platform.Receipt{}, &platform.Error{Class: platform.Pending, Code: "native-film", Until: job.Due.Add(time.Second - nativeMin)}
	}
	h, err := open(job.Handle)
	if err != nil {
		return platform.Receipt{}, err
	}
	if err := p.draft(ctx, job, &h); err != nil {
		return platform.Receipt{}, err
	}
	h.Scheduled = true
	if err := job.Keep(ctx, h.close()); err != nil {
		return platform.Receipt{}, err
	}
	at := url.Values{"scheduled_publish_time": {strconv.FormatInt(job.Due.Unix(), 10)}}
	if _, err := p.graph.Post(ctx, job.Now, p.graph.URL(h.Post), at, nil); err != nil {
		if graph.Has(err, missing) { // somebody took it away; nobody saw it
			return platform.Receipt{}, errors.Join(platform.Refuse(platform.Temporary, "draft-gone", ""), job.Keep(ctx, handle{}.close()))
		}
		return platform.Receipt{}, wire.Harmless(err)
	}
	it, err := p.read(ctx, job.Now, h.Post)
	switch {
	case err != nil:
		return platform.Receipt{}, err
	case it.IsPublished: // at once, and not then
		return it.receipt(platform.ByNative), nil
	case it.Scheduled.Unix() != job.Due.Unix():
		return platform.Receipt{}, platform.Refuse(platform.Temporary, "not-scheduled", "")
	}
	return platform.Receipt{ID: it.ID, URL: address(it.ID), At: it.Scheduled.Time, Evidence: platform.ByNative}, nil
}

// Recall takes the post away before it is out. One that is out, or not there, is
// of class Duplicate: a look-up tells.
func (p *Publisher) Recall(ctx context.Context, job platform.Job, r platform.Receipt) error {
	it, err := p.read(ctx, job.Now, r.ID)
	switch {
	case graph.Has(err, missing):
		return &platform.Error{Class: platform.Duplicate, Code: "not-there"}
	case err != nil:
		return err
	case it.IsPublished:
		return &platform.Error{Class: platform.Duplicate, Code: "published"}
	}
	if err := p.graph.Delete(ctx, job.Now, p.graph.URL(r.ID)); err != nil {
		return err
	}
	return job.Keep(ctx, handle{}.close())
}
