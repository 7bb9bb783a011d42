package wordpress

import (
	"context"
	"encoding/json"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

// Lookup finds the entry by its id, or by its mark. A draft is not out, and is
// taken up by its id. What lies in the bin was thrown away by somebody, and may
// have been out before: that is for a person to say.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h := article.Held[handle](job.Handle)
	e, err := p.find(ctx, job, h)
	if err != nil {
		return platform.Finding{}, err
	}
	if e == nil {
		return platform.Finding{Whether: platform.NotFound}, nil
	}
	switch e.Status {
	case published:
		by := platform.ByLookup
		if h.Native {
			by = platform.ByNative
		}
		return platform.Finding{Whether: platform.Found, Receipt: receipt(*e, by)}, nil
	case trash, "private":
		return platform.Finding{Whether: platform.Unknown}, nil
	case future:
		// Planned there. Once its time is over nothing but a commit brings it
		// out: the timer of WordPress runs when somebody visits the site.
		if e.at().IsZero() || e.at().After(job.Now) {
			return platform.Finding{Whether: platform.Unknown}, nil
		}
	}
	h.Post = e.ID
	raw, err := json.Marshal(h)
	if err != nil {
		return platform.Finding{}, err
	}
	return platform.Finding{Whether: platform.NotFound, Handle: raw}, nil
}
