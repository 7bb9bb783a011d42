package facebook

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// fields are what is asked of a post.
const fields = "id,message,is_published,created_time,scheduled_publish_time,permalink_url,attachments{unshimmed_url}"

// Lookup asks for the post that was prepared, and without one looks for it among
// the posts of the Page.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Finding{}, err
	}
	if h.Post == "" {
		return p.search(ctx, job, h)
	}
	it, err := p.readBack(ctx, job.Now, h)
	switch {
	case graph.Has(err, missing):
		h = handle{Gone: true}
		return p.search(ctx, job, h)
	case err != nil:
		return platform.Finding{}, err
	case it.IsPublished:
		by := platform.ByLookup
		if h.Scheduled {
			by = platform.ByNative
		}
		return platform.Finding{Whether: platform.Found, Receipt: it.receipt(by), Handle: h.close()}, nil
	case !it.Scheduled.IsZero():
		return waiting(job, it)
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
}

// waiting is what is known of a scheduled post that is not out: nothing, before
// its instant and shortly after. Then the platform will not publish it any more.
func waiting(job platform.Job, it post) (platform.Finding, error) {
	again := it.Scheduled.Add(time.Minute)
	if job.Now.Before(it.Scheduled.Add(patience)) {
		if again.Before(job.Now) {
			again = job.Now.Add(time.Minute)
		}
		return platform.Finding{}, &platform.Error{Class: platform.Pending, Code: "scheduled", Until: again}
	}
	return platform.Finding{Whether: platform.NotFound, Handle: handle{Post: it.ID, Scheduled: true}.close()}, nil
}

// readBack reads what a handle names.
func (p *Publisher) readBack(ctx context.Context, now time.Time, h handle) (post, error) {
	if h.Film {
		it, err := p.readFilm(ctx, now, h.Post)
		return it.post(), err
	}
	return p.read(ctx, now, h.Post)
}

func (p *Publisher) read(ctx context.Context, now time.Time, id string) (post, error) {
	var it post
	_, err := p.graph.Get(ctx, now, p.graph.URL(id), url.Values{"fields": {fields}}, &it)
	return it, err
}

// search looks through what the Page published since the first attempt, and what
// it will publish.
func (p *Publisher) search(ctx context.Context, job platform.Job, h handle) (platform.Finding, error) {
	line := &wire.Dated{Via: p.graph.Via}
	p = p.by(line)
	since := func() string { return strconv.FormatInt(wire.Since(job, line.At).Unix(), 10) }
	ask := fields
	if isFilm(job.Message) {
		ask = listFields
	}
	query := url.Values{"fields": {ask}, "limit": {strconv.Itoa(perPage)}, "since": {since()}}
	it, doubt, err := p.find(ctx, job, "published_posts", query)
	if from := since(); err == nil && it.ID == "" && from != query.Get("since") { // its clock is behind ours
		query.Set("since", from)
		it, doubt, err = p.find(ctx, job, "published_posts", query)
	}
	if err != nil {
		return platform.Finding{}, err
	}
	if it.ID != "" {
		h = handle{Post: it.ID}
		if isFilm(job.Message) && ofFilm(it.ID) {
			h.Film, h.Ready = true, true
		}
		return platform.Finding{Whether: platform.Found, Receipt: it.receipt(platform.ByLookup), Handle: h.close()}, nil
	}
	query.Del("since")
	query.Set("fields", "id,message,scheduled_publish_time")
	planned, more, err := p.find(ctx, job, "scheduled_posts", query)
	switch {
	case err != nil:
		return platform.Finding{}, err
	case planned.ID != "":
		return waiting(job, planned)
	case doubt, more, h.Gone, wire.Blind(job):
		return platform.Finding{Whether: platform.Unknown, Handle: h.close()}, nil
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
}

// by is the publisher with another line.
func (p *Publisher) by(line wire.Doer) *Publisher {
	other := *p
	other.graph.Via = line
	return &other
}

// find looks for the post in a list. doubt: there is one with the same text and
// another link, or more than can be read.
func (p *Publisher) find(ctx context.Context, job platform.Job, list string, query url.Values) (it post, doubt bool, err error) {
	whole, err := graph.Each(ctx, p.graph, job.Now, p.graph.URL(p.page, list), query, func(one post) bool {
		if isFilm(job.Message) {
			one.ID = one.shown()
		}
		if slices.Contains(job.Not, one.ID) {
			return false
		}
		switch alike(one, job.Message) {
		case platform.Found:
			it = one
			return true
		case platform.Unknown:
			doubt = true
		}
		return false
	})
	return it, doubt || !whole, err
}

// alike reports whether a post is the message: the same text and, where the post
// shows one, a link to the same place.
func alike(it post, m platform.Message) platform.Whether {
	var w frozen
	if len(m.Parts) == 0 || json.Unmarshal(m.Wire, &w) != nil || graph.Squeeze(it.Message) != graph.Squeeze(m.Parts[0].Text) {
		return platform.NotFound
	}
	shown := false
	for _, a := range it.Attachments.Data {
		if w.Link == "" || a.Address == "" {
			continue
		}
		if place(a.Address) == place(w.Link) {
			return platform.Found
		}
		shown = true
	}
	if shown {
		return platform.Unknown
	}
	return platform.Found
}

// place is where a link leads, without what tells where readers come from: the
// platform shows the address that a page gives as its own.
func place(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return strings.ToLower(u.Host) + strings.TrimSuffix(u.Path, "/")
}
