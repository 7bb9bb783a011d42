package office

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Order is a placement of the agreed calendar as something to deliver: a post,
// or all posts of an edition.
type Order struct {
	Key      platform.Key
	Platform string
	At       time.Time
	// Item is the placement's key in the calendar; zero of an edition.
	Item calendar.Key
	// Post is nil of an edition, and where the post is gone.
	Post *content.Post
	// ID is the post's, or the edition's.
	ID string
	// Edition reports that it is one, List of which list ("" is all readers);
	// Posts are those in it, its introduction first.
	Edition bool
	List    string
	Posts   []*content.Post
	// Items name the placements that an edition brings the readers of its list.
	Items []string
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
			Key: platform.NewKey(e.Key.Post, e.Key.Connection, e.Key.Occurrence), Platform: e.Platform, Item: planKey(e.Key),
			At: e.At.Instant, Post: o.post(e.Key.Post), ID: e.Key.Post,
		})
	}
	for name, entries := range editions {
		all = append(all, o.editionOrders(name, entries)...)
	}
	o.keepEditions(all)
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

// editionOrders makes one order of all placements of a slot, for each list that
// has something to read then.
func (o *Office) editionOrders(name string, entries []agreed.Entry) []Order {
	slices.SortFunc(entries, func(a, b agreed.Entry) int {
		if c := a.At.Instant.Compare(b.At.Instant); c != 0 {
			return c
		}
		return planKey(a.Key).Compare(planKey(b.Key))
	})
	letters := o.lettersOf(name)
	var all []Order
	slot := 0 // where its orders begin
	for i, e := range entries {
		if i == 0 || !e.At.Instant.Equal(entries[i-1].At.Instant) {
			id := o.slotID(e.At.Instant)
			slot = len(all)
			for _, l := range letters {
				all = append(all, o.editionOrder(l, id, e.At.Instant))
			}
		}
		if p := o.post(e.Key.Post); p != nil {
			for j, l := range letters {
				if takes(l, o.asItStands(p)) {
					all[slot+j].Posts, all[slot+j].Items = append(all[slot+j].Posts, p), append(all[slot+j].Items, itemOf(e, l.List))
				}
			}
		}
	}
	all = slices.DeleteFunc(all, func(x Order) bool { return x.List != "" && len(x.Posts) == 0 })
	return all
}

// slotID names the slot of an edition by its own day and time alone: what other
// editions there are makes no difference.
func (o *Office) slotID(at time.Time) string {
	t := o.Zone.DateTime(at)
	return fmt.Sprintf("%s-%02d%02d", t.Date, t.Hour, t.Minute)
}

// editionOrder is that of a letter, with its introduction alone.
func (o *Office) editionOrder(l config.Letter, id string, at time.Time) Order {
	if l.List != "" {
		id += "/" + l.List
	}
	order := Order{Key: platform.EditionKey(id, l.Platform), Platform: l.Platform, At: at, ID: id, Edition: true, List: l.List}
	if intros := o.intros(l, at); len(intros) > 0 {
		order.Posts = append(order.Posts, intros[0])
	}
	return order
}

// Changed reports whether the file of a post is no longer the one that was read.
func (o *Office) Changed(p *content.Post) (bool, error) {
	fsys, done, err := o.contentFS()
	if err != nil {
		return false, err
	}
	defer done()
	src, err := content.ReadFile(fsys, p.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	}
	return sha256.Sum256(src) != p.Sum, nil
}
