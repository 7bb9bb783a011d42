package office

import (
	"time"

	"editorial/internal/config"
	"editorial/pkg/content"
)

// post returns the post of an id, or nil.
func (o *Office) post(id string) *content.Post { return o.byID[id] }

// publishedOn returns when a post went out on a platform, if it is out there.
//
// On a platform that the program makes itself, the post's own date or its
// agreed placement says when, and the post must be ready. Elsewhere the stage
// "published" says that it is, at its date, unless the agreed calendar has a
// placement of its own for it.
func (o *Office) publishedOn(p *content.Post, platform string) (time.Time, bool) {
	if e, ok := o.agreedOn(p.ID, platform); ok {
		return e.At.Instant, o.outcome(e) == "published"
	}
	if p.HasErrors() || p.Date.IsZero() || p.Date.Instant.After(o.Now) || p.Embargo.Instant.After(o.Now) {
		return time.Time{}, false
	}
	switch p.Stage {
	case content.Published:
		return p.Date.Instant, true
	case content.Ready:
		// An embargo that ends after the date is when it really went out.
		at := p.Date.Instant
		if p.Embargo.Instant.After(at) {
			at = p.Embargo.Instant
		}
		return at, o.Config.Platforms[platform].Kind == config.KindBlog
	}
	return time.Time{}, false
}

// out returns when a post went public on the site, if it is: on a platform of
// kind blog, or, in an office without one, by its date alone.
func (o *Office) out(p *content.Post) (time.Time, bool) {
	if p == o.early.post {
		return o.early.at, true
	}
	p = o.asItStands(p)
	if p.HasErrors() || !p.Edition.IsZero() {
		return time.Time{}, false
	}
	for _, name := range o.platformsOf(p) {
		if o.Config.Platforms[name].Kind == config.KindBlog {
			return o.publishedOn(p, name)
		}
	}
	if o.hasBlog() {
		return time.Time{}, false
	}
	return o.publishedOn(p, "")
}

func (o *Office) hasBlog() bool {
	for _, p := range o.Config.Platforms {
		if p.Kind == config.KindBlog {
			return true
		}
	}
	return false
}
