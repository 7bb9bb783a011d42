package office

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/newsletter"
)

// editor puts editions together.
type editor struct {
	*Office
	// posts are those that may be public.
	posts  []*content.Post
	parsed bodies
	// good has the last good texts, and keeps those of editions that are out;
	// it may be nil.
	good *lastGood
	// problems are bodies that cannot be rendered: their posts are left out.
	problems []problem.Problem
}

// addEditions makes the files of every newsletter: the archive of the editions
// that are out, for everybody, and the edition to come, for the team. A picture
// that an output before them copies is not copied again.
func (o *Office) addEditions(files []publish.File, posts []*content.Post, good *lastGood, parsed bodies, built *Built) ([]publish.File, error) {
	ed := &editor{Office: o, posts: posts, good: good, parsed: parsed}
	letters := o.newsletters()
	if len(letters) == 0 {
		return files, nil
	}
	present := o.site(posts)
	for _, name := range letters {
		archive, err := newsletter.NewArchive(o.letterOptions(name), ed.out(name, present))
		if err != nil {
			return nil, err
		}
		if files, err = addOutput(files, archive, present, parsed); err != nil {
			return nil, err
		}
		next, future, ok := ed.next(name, built.Proposal)
		if !ok {
			continue
		}
		mailing, err := newsletter.NewMailing(o.letterOptions(name), next)
		if err != nil {
			return nil, err
		}
		if files, err = addOutput(files, mailing, future, parsed); err != nil {
			return nil, err
		}
	}
	for _, found := range ed.problems {
		built.find(found)
	}
	return files, nil
}

// addOutput adds the files of an output whose bodies are parsed.
func addOutput(files []publish.File, output publish.Output, s publish.Site, parsed bodies) ([]publish.File, error) {
	made, err := output.Files(s, parsed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", output.Name(), err)
	}
	for _, f := range made {
		copied := f.Source != "" && slices.ContainsFunc(files, func(g publish.File) bool {
			return g.Path == f.Path && g.Private == f.Private && g.Source == f.Source
		})
		if !copied {
			files = append(files, f)
		}
	}
	return files, nil
}

// sound returns a post as it may be shown: the last good one in place of one
// that broke, or nil if its body cannot be rendered and never could.
func (ed *editor) sound(p *content.Post) *content.Post {
	p = ed.asItStands(p)
	bad := ed.parsed.parse(p)
	if len(bad) == 0 {
		return p
	}
	ed.problems = append(ed.problems, bad[0].problem)
	if ed.good == nil {
		return nil
	}
	ed.instead(ed.good, p)
	if q := ed.asItStands(p); q != p && len(ed.parsed.parse(q)) == 0 {
		return q
	}
	return nil
}

// newsletters returns the names of the platforms that are newsletters.
func (o *Office) newsletters() []string {
	return slices.DeleteFunc(o.PlatformNames(), func(name string) bool { return o.Config.Platforms[name].Kind != config.KindNewsletter })
}

// letters returns the path of the first archive that has an edition, or "".
func (o *Office) letters() string {
	for _, name := range o.newsletters() {
		if o.Config.Platforms[name].Archive && len(o.mailed(name)) > 0 {
			return letterFolder(name)
		}
	}
	return ""
}

// letterFolder is where the archive of a newsletter lies. A second newsletter
// does not move the first.
func letterFolder(name string) string {
	if name == "newsletter" {
		return "newsletter/"
	}
	return "newsletter/" + publish.Slug(name) + "/"
}

func (o *Office) letterOptions(name string) newsletter.Options {
	n := o.Config.Newsletter
	return newsletter.Options{
		Name: name, Folder: letterFolder(name), Title: n.Title, From: n.From, ReplyTo: n.ReplyTo, PostalAddress: n.PostalAddress, Why: n.Why,
		UnsubscribeURL: n.UnsubscribeURL, ListID: n.ListID, Subject: n.Subject, Languages: n.Languages, Archive: o.Config.Platforms[name].Archive,
	}
}

// out returns the editions of a newsletter that are out, oldest first: what the
// agreed calendar has in its slots of the past.
func (ed *editor) out(name string, s publish.Site) []newsletter.Edition {
	var all []newsletter.Edition
	for _, group := range ed.mailed(name) {
		at := group[0].At.Instant
		e := newsletter.Edition{ID: editionID(ed.Zone, all, at), At: ed.local(at), Number: len(all) + 1}
		if intro := ed.intro(at); intro != nil && public(intro, ed.Now) {
			e.Intro = intro
		}
		for _, placed := range group {
			ed.add(&e, name, ed.post(placed.Key.Post), s)
		}
		sortPosts(e.Posts)
		ed.keep(e)
		all = append(all, e)
	}
	return all
}

// keep remembers the texts of an edition that is out.
func (ed *editor) keep(e newsletter.Edition) {
	if ed.good == nil {
		return
	}
	if e.Intro != nil {
		ed.good.keep(e.Intro)
	}
	for _, x := range e.Posts {
		ed.good.keep(x.Post)
	}
}

// mailed returns the placements that went out, by edition, oldest first.
func (o *Office) mailed(name string) [][]agreed.Entry {
	var all []agreed.Entry
	for _, e := range o.Agreed.Entries {
		if e.Platform == name && o.outcome(e) == calendar.StatePublished {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b agreed.Entry) int {
		return cmp.Or(a.At.Instant.Compare(b.At.Instant), planKey(a.Key).Compare(planKey(b.Key)))
	})
	var groups [][]agreed.Entry
	for i, e := range all {
		if i == 0 || !e.At.Instant.Equal(all[i-1].At.Instant) {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], e)
	}
	return groups
}

// next returns the edition that comes next, and the site as it will be then if
// all goes as planned.
func (ed *editor) next(name string, p *Proposal) (newsletter.Edition, publish.Site, bool) {
	i := slices.IndexFunc(p.Placements, func(x Placement) bool {
		return x.Platform == name && x.At.After(ed.Now) && x.Post != nil
	})
	if i < 0 {
		return newsletter.Edition{}, publish.Site{}, false
	}
	at := p.Placements[i].At
	planned := ed.planned(p, at)
	future := ed.siteOf(ed.posts, func(post *content.Post) (time.Time, bool) {
		if at, ok := ed.Office.out(post); ok {
			return at, true
		}
		at, ok := planned[post]
		return at, ok
	})
	before := ed.out(name, future)
	e := newsletter.Edition{ID: editionID(ed.Zone, before, at), At: at, Number: len(before) + 1}
	e.Intro = ed.intro(at)
	for _, x := range p.Placements {
		if x.Platform == name && x.At.Equal(at) && x.Post != nil {
			ed.add(&e, name, x.Post, future)
		}
	}
	sortPosts(e.Posts)
	return e, future, true
}

// planned returns when the posts to come will be public on the site, up to an
// instant, as the proposal has it.
func (ed *editor) planned(p *Proposal, by time.Time) map[*content.Post]time.Time {
	at := map[*content.Post]time.Time{}
	for _, x := range p.Placements {
		if x.At.After(ed.Now) && !x.At.After(by) && ed.Config.Platforms[x.Platform].Kind == config.KindBlog {
			if _, ok := at[x.Post]; !ok { // the first of several
				at[x.Post] = x.At
			}
		}
	}
	return at
}

// add adds a post to an edition: with its page, where it has one.
func (ed *editor) add(e *newsletter.Edition, name string, post *content.Post, s publish.Site) {
	if post = ed.sound(post); post == nil {
		return
	}
	entry := publish.Entry{}
	if i := slices.IndexFunc(s.Entries, func(x publish.Entry) bool { return x.Post == post }); i >= 0 {
		entry = s.Entries[i]
	} else {
		entry = ed.entry(post, e.At)
		entry.Path, entry.URL = "", ""
		entry.Image = picture(publish.NewLinks(s), post)
	}
	e.Posts = append(e.Posts, entry)
	if v, ok := post.Variants[name]; ok {
		if e.Variants == nil {
			e.Variants = map[string]content.Variant{}
		}
		e.Variants[post.ID] = v
	}
}

// sortPosts puts the most important posts first, then the newest.
func sortPosts(posts []publish.Entry) {
	slices.SortStableFunc(posts, func(a, b publish.Entry) int {
		return cmp.Or(cmp.Compare(b.Post.Priority, a.Post.Priority), b.Published.Compare(a.Published), cmp.Compare(a.Post.ID, b.Post.ID))
	})
}

// intro returns the introduction of the edition of an instant, or nil.
func (ed *editor) intro(at time.Time) *content.Post {
	day := ed.Zone.Date(at)
	for _, p := range ed.Corpus.Posts {
		p = ed.asItStands(p)
		if p.Edition == day && !p.HasErrors() {
			if p = ed.sound(p); p != nil {
				return p
			}
		}
	}
	return nil
}

// public reports whether an introduction may be read by everybody.
func public(intro *content.Post, now time.Time) bool {
	return (intro.Stage == content.Ready || intro.Stage == content.Published) && !intro.Embargo.Instant.After(now)
}

// editionID names an edition after its day; the second of a day after its
// time too.
func editionID(zone civil.Zone, before []newsletter.Edition, at time.Time) string {
	t := zone.DateTime(at)
	id := t.Date.String()
	if slices.ContainsFunc(before, func(e newsletter.Edition) bool { return e.ID == id }) {
		return fmt.Sprintf("%s-%02d%02d", id, t.Hour, t.Minute)
	}
	return id
}
