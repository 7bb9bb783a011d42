package flickr

import (
	"context"
	"net/url"
	"slices"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Commit makes the photographs public, in their order. It can be repeated.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	h := readHandle(job.Handle, len(w.Photos))
	if slices.ContainsFunc(h.Photos, func(s sent) bool { return !photoID(s.ID) }) { // no post goes out without all of them
		again, err := p.Prepare(ctx, job)
		if err != nil {
			return platform.Receipt{}, wire.Harmless(err)
		}
		h = readHandle(again, len(w.Photos))
	}
	for i, s := range h.Photos {
		// Comments and tags by everybody, as Flickr has it from the first.
		err := p.call(ctx, job.Now, job.Key, "flickr.photos.setPerms", url.Values{
			"photo_id": {s.ID}, "is_public": {"1"}, "is_friend": {"0"}, "is_family": {"0"}, "perm_comment": {"3"}, "perm_addmeta": {"2"},
		}, nil)
		if err == nil {
			continue
		}
		e := *platform.As(err)
		if i > 0 && (e.Class == platform.Invalid || e.Class == platform.Permission) {
			e.Code = "partly-out" // somebody deleted one meanwhile, say
		}
		return platform.Receipt{}, &e
	}
	return h.receipt(platform.ByResponse), nil
}
