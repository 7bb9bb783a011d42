package office

import (
	"time"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
)

// HoldOf says why an order must not go out at an instant, "" if it may; detail is
// the name of what is wrong, again when it ends by itself.
func (o *Office) HoldOf(order Order, now time.Time) (why journal.Reason, detail string, again time.Time) {
	if order.Edition {
		for _, p := range order.Posts {
			why, _, again := o.holdPost(p, now)
			if why == "" {
				why, _, again = o.unapproved(p, now)
			}
			if why != "" {
				return why, p.Path, again
			}
		}
		if len(order.Posts) == 0 {
			return journal.NotReady, "no-post", time.Time{}
		}
		return "", "", time.Time{}
	}
	if order.Post == nil {
		return journal.NotReady, "no-post", time.Time{}
	}
	if why, detail, again = o.holdPost(order.Post, now); why != "" || o.makes(order.Platform) {
		return why, detail, again
	}
	return o.unapproved(order.Post, now)
}

// holdPost is HoldOf for one post.
func (o *Office) holdPost(p *content.Post, now time.Time) (why journal.Reason, detail string, again time.Time) {
	switch {
	case p.HasErrors():
		for _, x := range p.Problems {
			if x.Severity == problem.Error {
				return journal.NotReady, string(x.Code), time.Time{}
			}
		}
		return journal.NotReady, "", time.Time{}
	case p.Stage != content.Ready && p.Stage != content.Published:
		return journal.NotReady, string(p.Stage), time.Time{}
	case p.Embargo.Instant.After(now):
		return journal.Embargoed, "", p.Embargo.Instant
	case !p.Expires.IsZero() && !now.Before(p.Expires.Instant):
		return journal.TooLate, "expires", time.Time{}
	case !p.Deadline.IsZero() && now.After(p.Deadline.Instant):
		return journal.TooLate, "deadline", time.Time{}
	}
	return "", "", time.Time{}
}
