package flickr

import (
	"context"
	"net/url"

	"editorial/pkg/publish/platform"
)

// Commit makes the photographs public, in their order. It can be repeated.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	h := readHandle(job.Handle, len(w.Photos))
	for _, s := range h.Photos {
		if !photoID(s.ID) {
			return platform.Receipt{}, platform.Refuse(platform.Invalid, "not-prepared", "")
		}
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
