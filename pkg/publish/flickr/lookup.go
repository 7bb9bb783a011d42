package flickr

import (
	"context"
	"net/url"

	"editorial/pkg/publish/platform"
)

// Lookup asks each photograph whether it is public: by its id, or where nobody
// knows it any more by its machine tag.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Finding{}, err
	}
	h := readHandle(job.Handle, len(w.Photos))
	all := true
	for i := range h.Photos {
		public, err := p.public(ctx, job, &h.Photos[i], i)
		if err != nil {
			return platform.Finding{}, err
		}
		all = all && public
	}
	if all {
		return platform.Finding{Whether: platform.Found, Receipt: h.receipt(platform.ByLookup), Handle: h.bytes()}, nil
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.bytes()}, nil
}

func (p *Publisher) public(ctx context.Context, job platform.Job, s *sent, i int) (bool, error) {
	if s.ID == "" {
		found, err := p.search(ctx, job.Now, job.Key.Part(i+1))
		s.ID = found.ID
		return found.ID != "" && found.Public, err
	}
	var said struct {
		Perms struct {
			Public int `json:"ispublic"`
		} `json:"perms"`
	}
	err := p.call(ctx, job.Now, job.Key, "flickr.photos.getPerms", url.Values{"photo_id": {s.ID}}, &said)
	if err != nil && platform.As(err).Code == "1" { // somebody deleted it
		return false, nil
	}
	return said.Perms.Public == 1, err
}
