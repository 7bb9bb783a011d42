package bluesky

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// Lookup asks the repository for the records by their names.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Finding{}, err
	}
	w, err := message(job)
	if err != nil {
		return platform.Finding{}, err
	}
	if h.DID == "" {
		me, err := p.whoAmI(ctx, job.Now)
		if err != nil {
			return platform.Finding{}, err
		}
		h.DID = me.DID
	}
	for n := len(h.Parts); n < len(w.Parts); n++ {
		there, ok, err := p.get(ctx, job.Now, h.DID, w.Parts[n].Name)
		if err != nil {
			return platform.Finding{}, err
		}
		if !ok {
			return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
		}
		h.Parts = append(h.Parts, there)
	}
	return platform.Finding{Whether: platform.Found, Receipt: p.receipt(h, platform.ByLookup), Handle: h.close()}, nil
}

// get asks for a record, and reports whether there is one.
func (p *Publisher) get(ctx context.Context, now time.Time, did, name string) (there ref, ok bool, err error) {
	_, err = p.query(ctx, now, "com.atproto.repo.getRecord", url.Values{"repo": {did}, "collection": {collection}, "rkey": {name}}, &there)
	if e := platform.As(err); err != nil && e.Code == errNoRecord && e.Class == platform.Invalid {
		return ref{}, false, nil
	}
	if err == nil && (there.URI == "" || there.CID == "") {
		err = platform.Refuse(platform.Temporary, "no-uri", "")
	}
	return there, err == nil, err
}
