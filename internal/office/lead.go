package office

import (
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/publish"
)

// lead is where links lead from one instant until another: between the two no
// page appears. A message is made several times, and many messages at a time.
type lead struct {
	links *publish.Links
	// addresses are those of all pages as file systems see them.
	addresses   map[string]bool
	from, until time.Time // until is zero where nothing comes any more
}

// holds reports whether it says where links lead at an instant.
func (l *lead) holds(at time.Time) bool {
	return l.links != nil && !at.Before(l.from) && (l.until.IsZero() || at.Before(l.until))
}

// linksWith returns where links lead now if a post has a page that is public
// from an instant, zero if it has none. The caller has said.one.
func (o *Office) linksWith(post *content.Post, page time.Time) *publish.Links {
	i, known := slices.BinarySearchFunc(o.Corpus.Posts, post.Path, func(p *content.Post, path string) int { return strings.Compare(p.Path, path) })
	if o.said == nil || o.early.post != nil || !known || o.Corpus.Posts[i] != post {
		return publish.NewLinks(o.siteWith(post, page))
	}
	l := o.lead()
	post = o.asItStands(post)
	at, out := o.out(post)
	switch {
	case out && at.Equal(page), !out && page.IsZero():
		return l.links
	case !out && len(post.Aliases) == 0:
		e := o.entry(post, page)
		if key := folded(e.Path); !l.addresses[key] && !l.links.Page(e.Path) {
			return l.links.With(e)
		}
	}
	return publish.NewLinks(o.siteWith(post, page))
}

// siteWith is the site with the page of a post, which is public from an instant,
// zero if it has none.
func (o *Office) siteWith(post *content.Post, page time.Time) publish.Site {
	return o.plainSiteOf(o.Corpus.Posts, func(p *content.Post) (time.Time, bool) {
		if p.Path == post.Path {
			return page, !page.IsZero()
		}
		return o.out(p)
	})
}

// lead returns where links lead now, made only if nobody asked before.
func (o *Office) lead() *lead {
	made := &o.said.lead
	for i := range made {
		if made[i].holds(o.Now) {
			made[0], made[i] = made[i], made[0]
			return &made[0]
		}
	}
	s := o.plainSiteOf(o.Corpus.Posts, o.out)
	l := lead{links: publish.NewLinks(s), addresses: make(map[string]bool, len(s.Entries))}
	for _, e := range s.Entries {
		l.addresses[folded(e.Path)] = true
	}
	l.from, l.until = o.steadyTime()
	made[0], made[1] = l, made[0]
	return &made[0]
}

// steadyTime returns between which instants, the second excluded, the same posts
// are out as now: those at which some go out that [Office.out] knows.
func (o *Office) steadyTime() (from, until time.Time) {
	turn := func(t time.Time) {
		switch {
		case t.IsZero():
		case t.After(o.Now):
			if until.IsZero() || t.Before(until) {
				until = t
			}
		case t.After(from):
			from = t
		}
	}
	for _, p := range o.Corpus.Posts {
		p = o.asItStands(p)
		turn(p.Date.Instant)
		turn(p.Embargo.Instant)
	}
	for _, e := range o.Agreed.Entries {
		if o.Config.Platforms[e.Key.Connection].Kind == config.KindBlog {
			turn(e.At.Instant)
		}
	}
	return from, until
}

// forgetLinks has links looked up anew: other posts are out.
func (o *Office) forgetLinks() {
	if o.said == nil {
		return
	}
	o.said.one.Lock()
	defer o.said.one.Unlock()
	o.said.lead = [2]lead{}
}
