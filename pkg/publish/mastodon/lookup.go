package mastodon

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

const (
	// page is how many statuses are read at once: the most that Mastodon gives.
	// Source: docs.joinmastodon.org/methods/accounts, July 2026.
	page = 40
	// maxPages is how many pages are read before it is said that one cannot
	// tell.
	maxPages = 10
)

// Lookup reads back what the account said since the first attempt.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h, err := open(job)
	if err != nil {
		return platform.Finding{}, err
	}
	if waits, err := p.waits(ctx, job, &h); err != nil || waits { // on the server, and so not out
		return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, err
	}
	if h.Account == "" {
		if h.Account, err = p.whoAmI(ctx, job.Now); err != nil {
			return platform.Finding{}, err
		}
	}
	said, all, err := p.since(ctx, h.Account, job)
	if err != nil {
		return platform.Finding{}, err
	}
	if wire.Blind(job) { // our clock went back: nobody knows from where on to look
		all = false
	}
	for n := len(h.Parts); n < len(job.Message.Parts); n++ {
		i := slices.IndexFunc(said, func(s status) bool { return !slices.Contains(job.Not, s.ID) && is(s, job, h, n) })
		if i < 0 {
			return p.missing(ctx, job, h, said, all)
		}
		h.Parts = append(h.Parts, said[i].part())
	}
	by := platform.ByLookup
	if h.Handing {
		by = platform.ByNative
	}
	return platform.Finding{Whether: platform.Found, Receipt: h.receipt(by), Handle: h.close()}, nil
}

// since returns what an account said since a job began, the newest first, and
// whether that is all of it.
func (p *Publisher) since(ctx context.Context, account string, job platform.Job) (said []status, all bool, err error) {
	query := url.Values{"limit": {strconv.Itoa(page)}, "exclude_reblogs": {"true"}}
	for range maxPages {
		var some []status
		a, err := p.read(ctx, p.at("/api/v1/accounts", account, "statuses")+"?"+query.Encode(), job.Now, &some)
		if err != nil {
			return nil, false, err
		}
		from := wire.Since(job, a.At) // statuses carry the time of the server's clock
		for _, s := range some {
			if s.CreatedAt.Before(from) {
				return said, true, nil
			}
			if s.Reblog == nil {
				said = append(said, s)
			}
		}
		if len(some) == 0 {
			return said, true, nil
		}
		query.Set("max_id", some[len(some)-1].ID)
	}
	return said, false, nil
}

// is reports whether a status is the n-th post of a job: it carries a file that
// was uploaded for it, or says the same to the same.
func is(s status, job platform.Job, h handle, n int) bool {
	if n == 0 && carries(s, h) {
		return true
	}
	return s.ReplyTo == h.before(n) && len(s.Media) == files(job, n) && same(s.Content, job.Message.Parts[n].Text)
}

// carries reports whether a status has one of our files.
func carries(s status, h handle) bool {
	for _, m := range s.Media {
		if slices.ContainsFunc(h.Media, func(f file) bool { return f.ID == m.ID }) {
			return true
		}
	}
	return false
}

// files is how many files hang on the n-th post.
func files(job platform.Job, n int) int {
	if n == 0 {
		return len(job.Message.Media)
	}
	return 0
}

// before is the id of the post that the n-th one answers, "" of the first.
func (h handle) before(n int) string {
	if n == 0 {
		return ""
	}
	return h.Parts[n-1].ID
}

// missing says what it means that a post was not found: nothing, where not all
// could be read, where another post leads to the same page, or where our files
// hang on a post that is not there any more.
func (p *Publisher) missing(ctx context.Context, job platform.Job, h handle, said []status, all bool) (platform.Finding, error) {
	unknown := platform.Finding{Whether: platform.Unknown, Handle: h.close()}
	n := len(h.Parts)
	if !all || slices.ContainsFunc(said, func(s status) bool {
		return !slices.Contains(job.Not, s.ID) && s.ReplyTo == h.before(n) && leadsAs(s.Content, job.Message.Parts[n].Text)
	}) {
		return unknown, nil
	}
	if n > 0 || len(h.Media) == 0 {
		return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
	}
	for _, f := range h.Media {
		a, err := p.call(ctx, wire.Get(p.at("/api/v1/media", f.ID)), job.Now)
		switch {
		case a.Status == http.StatusNotFound && job.Now.Sub(h.Uploaded) < keptUnattached:
			return unknown, nil
		case a.Status == http.StatusNotFound:
			h.Media, h.Uploaded = nil, time.Time{} // swept away: anew
			return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
		case err != nil:
			return platform.Finding{}, wire.Harmless(err)
		}
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
}
