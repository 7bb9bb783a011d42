package content

import (
	"slices"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// This file reads what only one other program has: docs/front-matter.md says
// which.

// isNest reports a table in which another program keeps fields: Zola's
// taxonomies and extra, Hugo's params.
func isNest(m value.Member) bool {
	if m.Value.Kind != value.Map {
		return false
	}
	switch strings.ToLower(m.Key) {
	case "taxonomies", "extra", "params":
		return true
	}
	return false
}

// inside adds the fields of such a table that the post does not have itself.
// The rest is kept.
func (r *reader) inside(nest value.Member, fields []field) []field {
	takes := []string{"authors", "image", "summary", "series", "canonical"}
	if strings.EqualFold(nest.Key, "taxonomies") {
		takes = []string{"tags", "tag", "categories", "authors", "series"}
	}
	for _, m := range nest.Value.Map {
		name, rank, ok := fieldOf(m.Key)
		m.Key = nest.Key + "." + m.Key
		ok = ok && slices.Contains(takes, name)
		if ok && !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			fields = append(fields, field{name, rank, &m})
			continue
		}
		r.p.Extra = append(r.p.Extra, m)
	}
	return fields
}

// withheld reads the keys by which other programs keep a post out of their
// lists and feeds, and reports whether m is one of them. There is no page here
// that stands in no list: such a post is a draft.
func (r *reader) withheld(m value.Member) bool {
	switch strings.ToLower(m.Key) {
	case "unlisted", "hidden", "private", "headless", "eleventyexcludefromcollections":
		return r.switched(m, true)
	case "render": // Zola
		return r.switched(m, false)
	case "build", "_build": // Hugo
		for _, key := range []string{"render", "list"} {
			inner, _ := m.Value.Get(key)
			if inner.Str == "never" || inner.Kind == value.Bool && !inner.Bool {
				r.holdBack(inner.At)
			}
		}
	}
	return false
}

// switched holds the post back where a switch stands at the given side, and
// reports whether it is a switch. A text that means one is an error, as in
// draft.
func (r *reader) switched(m value.Member, side bool) bool {
	v := m.Value
	if v.Kind == value.Bool {
		if v.Bool == side {
			r.holdBack(v.At)
		}
		return true
	}
	switch strings.ToLower(v.Str) {
	case "yes", "on", "true", "1", "no", "off", "false", "0":
		r.wrong(CodeNotBoolean, m.Key, v)
		r.holdBack(v.At)
		return true
	}
	return false
}

// holdBack makes the post a draft.
func (r *reader) holdBack(at problem.Position) { r.draft, r.stageAt = true, at }

// keep keeps a field that means nothing in this post.
func (r *reader) keep(f field) { r.p.Extra = append(r.p.Extra, *f.m) }

// datesOf reads a table of dates as MkDocs has it, and returns the date of the
// post, which has the key then.
func (r *reader) datesOf(key *string, v value.Value) value.Value {
	created, ok := v.Get("created")
	if v.Kind != value.Map || !ok {
		return v
	}
	for _, m := range v.Map {
		switch m.Key {
		case "created":
		case "updated":
			if m := r.moment(*key+".updated", m.Value); r.p.Updated.IsZero() {
				r.p.Updated = m
			}
		default:
			r.p.Extra = append(r.p.Extra, value.Member{Key: *key + "." + m.Key, At: m.At, Value: m.Value})
		}
	}
	*key += ".created"
	return created
}

// created reads when a post was begun: its date, where nothing else in its
// front matter says one.
func (r *reader) created(f field) {
	if r.dateSaid {
		r.keep(f)
		return
	}
	r.p.Date = r.moment(f.m.Key, f.m.Value)
	r.hasDate = r.hasDate || f.m.Value.Kind != value.Null
}

// derivedDate is the date that the path of the file says, or the address of
// the page.
func (r *reader) derivedDate() (civil.Moment, bool) {
	switch {
	case r.place.HasClock:
		return r.d.Zone.Moment(civil.DateTime{Date: r.place.Date, Clock: r.place.Clock}), true
	case !r.place.Date.IsZero():
		return r.d.Zone.Day(r.place.Date), true
	}
	parts := strings.Split(strings.Trim(r.p.Address, "/"), "/")
	for i := range max(len(parts)-3, 0) {
		if day, ok := dayOf(parts[i], parts[i+1], parts[i+2]); ok {
			return r.d.Zone.Day(day), true
		}
	}
	return civil.Moment{}, false
}

// status reads Pelican's status, and that of exports from WordPress. What it
// does not know is only kept, except in Pelican's own headers.
func (r *reader) status(f field) {
	if f.m.Value.Kind == value.Null {
		return
	}
	if !isText(f.m.Value) {
		r.keep(f)
		return
	}
	s := strings.ToLower(r.text(f.m.Key, f.m.Value))
	_, own := r.d.Stages[s]
	switch {
	case s == "draft", s == "hidden", s == "skip", s == "private", s == "pending":
		r.holdBack(f.m.Value.At)
	case s == "published", s == "publish":
		r.final = true
	case own || slices.Contains(Stages(), Stage(s)) || r.p.Syntax == Headers:
		if r.stage == "" {
			r.readStage(f.m.Key, f.m.Value)
		}
	default:
		r.keep(f)
	}
}

// translation reads the key that translations share. Pelican has true or false
// here, and pairs by slug.
func (r *reader) translation(f field) {
	if f.m.Value.Kind == value.Bool {
		r.keep(f)
		return
	}
	r.p.Translation = r.text(f.m.Key, f.m.Value)
}

// ref reads what pairs translations on Jekyll's multilingual sites. In a post
// that does not say its language it may be anything.
func (r *reader) ref(f field) {
	if !r.langSaid || !isText(f.m.Value) || r.p.Translation != "" {
		r.keep(f)
		return
	}
	r.p.Translation = r.text(f.m.Key, f.m.Value)
}

// categories adds categories: they are tags, too.
func (r *reader) categories(names []string) {
	r.p.Categories = merge(r.p.Categories, names)
	r.p.Tags = merge(r.p.Tags, names)
}
