package office

import (
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/calendar/agreed"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Carried is an edition that went out, or may have to some of its readers, with
// the items that it carries.
type Carried struct {
	Key      platform.Key
	Platform string
	State    journal.State
	Items    []string
}

// itemOf names a placement in an edition of a list: to other readers it is
// another item.
func itemOf(e agreed.Entry, list string) string {
	item := string(platform.NewKey(e.Key.Post, e.Key.Connection, e.Key.Occurrence))
	if list != "" {
		item += "/" + list
	}
	return item
}

// keepEditions gives editions that some readers have the key that they went out
// under, wherever their placements are now: the rest of the readers get it then,
// and nobody gets it twice. An edition in a slot that another one was moved away
// from gets a key of its own.
func (o *Office) keepEditions(all []Order) {
	if len(o.deliveries.Carried) == 0 {
		return
	}
	used := map[platform.Key]bool{}
	var elsewhere []*Order // their own key is that of another edition
	for i := range all {
		x := &all[i]
		if here, began := o.carriedAs(x.Key); began && !slices.ContainsFunc(here.Items, func(item string) bool { return slices.Contains(x.Items, item) }) {
			elsewhere = append(elsewhere, x)
			continue
		} else if !began && len(x.Items) > 0 {
			if c, ok := o.carriedWith(x.Platform, x.Items); ok {
				x.Key = c.Key
			}
		}
		used[x.Key] = true
	}
	for _, x := range elsewhere {
		if c, ok := o.carriedWith(x.Platform, x.Items); ok && len(x.Items) > 0 && !used[c.Key] {
			x.Key = c.Key
		} else if len(x.Items) > 0 {
			x.Key = o.freeKey(x, used)
		}
		used[x.Key] = true
	}
}

// carriedAs returns what went out under a key.
func (o *Office) carriedAs(key platform.Key) (Carried, bool) {
	for _, c := range o.deliveries.Carried {
		if c.Key == key {
			return c, true
		}
	}
	return Carried{}, false
}

// carriedWith returns the edition that carries these items and no others: one that
// is out rather than one that is not.
func (o *Office) carriedWith(name string, items []string) (found Carried, ok bool) {
	for _, c := range o.deliveries.Carried {
		if c.Platform == name && sameItems(c.Items, items) && (!ok || found.State != journal.Published) {
			found, ok = c, true
		}
	}
	return found, ok
}

func sameItems(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// freeKey is a key for an order whose own is that of another edition: the slot's
// with a number.
func (o *Office) freeKey(x *Order, used map[platform.Key]bool) platform.Key {
	slot, list, ok := strings.Cut(x.ID, "/")
	if ok {
		list = "/" + list
	}
	for n := 2; ; n++ {
		key := platform.EditionKey(slot+"+"+strconv.Itoa(n)+list, x.Platform)
		if c, began := o.carriedAs(key); !used[key] && (!began || sameItems(c.Items, x.Items)) {
			return key
		}
	}
}
