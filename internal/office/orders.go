package office

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/newsletter"
	"editorial/pkg/publish/platform"
)

// Order is a placement of the agreed calendar as something to deliver: a post,
// or all posts of an edition.
type Order struct {
	Key      platform.Key
	Platform string
	At       time.Time
	// Post is nil of an edition, and where the post is gone.
	Post *content.Post
	// ID is the post's, or the edition's.
	ID string
	// Edition reports that it is one; Posts are those in it.
	Edition bool
	Posts   []*content.Post
}

// Orders returns what the agreed calendar wants delivered, by instant and key.
// The error is a problem where the calendar cannot be read.
func (o *Office) Orders() ([]Order, error) {
	if o.agreedBroken {
		return nil, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedBroken}
	}
	var all []Order
	editions := map[string][]agreed.Entry{}
	for _, e := range o.Agreed.Entries {
		p, ok := o.Config.Platforms[e.Platform]
		switch {
		case !ok || o.intoEdition(e):
			continue
		case p.Kind == config.KindNewsletter:
			editions[e.Platform] = append(editions[e.Platform], e)
			continue
		}
		all = append(all, Order{
			Key: platform.NewKey(e.Key.Post, e.Key.Connection, e.Key.Occurrence), Platform: e.Platform, At: e.At.Instant, Post: o.post(e.Key.Post), ID: e.Key.Post,
		})
	}
	for name, entries := range editions {
		all = append(all, o.editionOrders(name, entries)...)
	}
	slices.SortFunc(all, func(a, b Order) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.Key), string(b.Key))
	})
	return all, nil
}

// intoEdition reports whether an entry names a platform that takes nothing by
// itself: feeds are made of what is on the site.
func (o *Office) intoEdition(e agreed.Entry) bool {
	return o.Config.Platforms[e.Platform].Kind == config.KindRSS
}

// editionOrders makes one order of all placements of a slot.
func (o *Office) editionOrders(name string, entries []agreed.Entry) []Order {
	slices.SortFunc(entries, func(a, b agreed.Entry) int {
		if c := a.At.Instant.Compare(b.At.Instant); c != 0 {
			return c
		}
		return planKey(a.Key).Compare(planKey(b.Key))
	})
	var all []Order
	var before []newsletter.Edition
	for i, e := range entries {
		if i == 0 || !e.At.Instant.Equal(entries[i-1].At.Instant) {
			id := editionID(o.Zone, before, e.At.Instant)
			before = append(before, newsletter.Edition{ID: id})
			all = append(all, Order{Key: platform.EditionKey(id, name), Platform: name, At: e.At.Instant, ID: id, Edition: true})
		}
		if p := o.post(e.Key.Post); p != nil {
			all[len(all)-1].Posts = append(all[len(all)-1].Posts, p)
		}
	}
	return all
}

// Changed reports whether the file of a post is no longer the one that was read.
func (o *Office) Changed(p *content.Post) (bool, error) {
	fsys, done, err := o.contentFS()
	if err != nil {
		return false, err
	}
	defer done()
	info, err := fs.Stat(fsys, p.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if p.Info != nil {
		was, ok1 := markOf(p.Info)
		is, ok2 := markOf(info)
		if ok1 && ok2 && was == is {
			return false, nil
		}
	}
	return true, nil
}
