package office

import (
	"cmp"
	"fmt"
	"io/fs"
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
	bodies *bodies
	// good has the last good texts; it may be nil.
	good *lastGood
	// kept are the posts of editions that are out.
	kept []*content.Post
	// problems are bodies that cannot be rendered: their posts are left out.
	problems []problem.Problem
}

// writeEditions gives the sink the files of every newsletter: the archive of
// the editions that are out, for everybody, and the last of them and the edition
// to come as mails, for the team. In place of a template of the office that fails ours is used. It returns
// the posts of the editions that are out.
func (o *Office) writeEditions(w work, posts []*content.Post, present publish.Site, built *Built) ([]*content.Post, error) {
	letters := o.Config.Letters()
	if len(letters) == 0 {
		return nil, nil
	}
	ed := &editor{Office: o, posts: posts, good: w.good, bodies: w.bodies}
	var files []publish.File // kept until all templates have worked
	found, err := o.withTemplates(templateKind, func(own fs.FS, dropped []string) error {
		files, ed.kept = nil, nil
		held := mailTemplate(dropped)
		if held { // a page and its style are of one piece
			own = without(own, "mail.html", "mail.css")
		}
		for _, l := range letters {
			opts := letterOptions(l)
			opts.Templates, opts.NoMessage, opts.NoIndex = own, held, o.Config.Site.Robots == config.RobotsNone
			made, err := ed.letter(opts, l, present, built.Proposal)
			if err != nil {
				return err
			}
			files = append(files, made...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := w.sink.Put(f); err != nil {
			return nil, err
		}
	}
	for _, p := range slices.Concat(found, ed.problems) {
		built.find(p)
	}
	return ed.kept, nil
}

// templateKind is the folder of the newsletters' templates, below TemplateDir.
const templateKind = "newsletter"

// mailTemplate reports whether a template of the mail is among those: the
// message is then not what the office wants, and nobody should send it.
func mailTemplate(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return name == "mail.html" || name == "mail.css" })
}

// letter makes the files of one newsletter, or of one of its lists.
func (ed *editor) letter(opts newsletter.Options, l config.Letter, present publish.Site, p *Proposal) ([]publish.File, error) {
	out := ed.out(l, present)
	archive, err := newsletter.NewArchive(opts, out)
	if err != nil {
		return nil, err
	}
	files, err := archive.Files(present, ed.bodies)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", archive.Name(), err)
	}
	if len(out) > 0 { // it is sent once its page is there
		made, err := ed.mailing(opts, out[len(out)-1], present)
		if err != nil {
			return nil, err
		}
		files = append(files, made...)
	}
	next, future, ok := ed.next(l, p)
	if !ok {
		return files, nil
	}
	made, err := ed.mailing(opts, next, future)
	return append(files, made...), err
}

// mailing makes the files of one edition as mail.
func (ed *editor) mailing(opts newsletter.Options, e newsletter.Edition, s publish.Site) ([]publish.File, error) {
	mailing, err := newsletter.NewMailing(opts, e)
	if err != nil {
		return nil, err
	}
	files, err := mailing.Files(s, ed.bodies)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", mailing.Name(), err)
	}
	return files, nil
}

// sound returns a post as it may be shown: the last good one in place of one
// that broke, or nil if its body cannot be rendered and never could.
func (ed *editor) sound(p *content.Post) *content.Post {
	p = ed.asItStands(p)
	if _, ok := ed.bodies.Facts(p); ok {
		return p
	}
	if found, ok := ed.bodies.problem(p); ok {
		ed.problems = append(ed.problems, found)
	}
	if ed.good == nil {
		return nil
	}
	ed.instead(ed.good, p, ed.soundIDs)
	if q := ed.asItStands(p); q != p {
		if _, ok := ed.bodies.Facts(q); ok {
			return q
		}
	}
	return nil
}

// newsletters returns the names of the platforms that are newsletters.
func (o *Office) newsletters() []string {
	return slices.DeleteFunc(o.PlatformNames(), func(name string) bool { return o.Config.Platforms[name].Kind != config.KindNewsletter })
}

// letters returns the archives that have an edition.
func (o *Office) letters() []publish.LettersLink {
	var all []publish.LettersLink
	for _, l := range o.Config.Letters() {
		if l.Archive && slices.ContainsFunc(o.mailed(l.Platform), func(group []agreed.Entry) bool { return o.holds(l, group) }) {
			all = append(all, publish.LettersLink{Path: letterFolder(l), Langs: l.Takes})
		}
	}
	return all
}

// holds reports whether an edition has a post for the readers of a letter.
func (o *Office) holds(l config.Letter, group []agreed.Entry) bool {
	return slices.ContainsFunc(group, func(e agreed.Entry) bool {
		p := o.post(e.Key.Post)
		return p != nil && takes(l, p)
	})
}

// letterFolder is where the archive of a newsletter lies, and of each of its
// lists. A second newsletter does not move the first.
func letterFolder(l config.Letter) string {
	dir := "newsletter/"
	if l.Platform != "newsletter" {
		dir += publish.Slug(l.Platform) + "/"
	}
	if l.List != "" {
		dir += publish.Slug(l.List) + "/"
	}
	return dir
}

func letterOptions(l config.Letter) newsletter.Options {
	name := l.Platform
	if l.List != "" {
		name += "/" + l.List
	}
	return newsletter.Options{
		Name: name, Folder: letterFolder(l), Title: l.Title, From: l.From, ReplyTo: l.ReplyTo, PostalAddress: l.PostalAddress, Why: l.Why,
		UnsubscribeURL: l.UnsubscribeURL, ListID: l.ListID, Subject: l.Subject, Languages: l.Languages, Archive: l.Archive,
	}
}

// takes reports whether a post, or an introduction, is for the readers of a
// letter: in a language of theirs, for an audience of theirs or for all.
func takes(l config.Letter, p *content.Post) bool {
	spoken := l.Takes == nil || slices.ContainsFunc(l.Takes, func(lang string) bool { return publish.Base(lang) == publish.Base(p.Lang) })
	return spoken && (l.For == nil || p.Audience == "" || slices.Contains(l.For, p.Audience))
}

// out returns the editions of a letter that are out, oldest first: what the
// agreed calendar has in the newsletter's slots of the past. One without a post
// and an introduction for these readers is none.
func (ed *editor) out(l config.Letter, s publish.Site) []newsletter.Edition {
	var all []newsletter.Edition
	for _, group := range ed.mailed(l.Platform) {
		at := group[0].At.Instant
		e := newsletter.Edition{ID: editionID(ed.Zone, all, at), At: ed.local(at), Now: ed.Now, Number: len(all) + 1}
		if intro := ed.intro(l, at); intro != nil && public(intro, ed.Now) {
			e.Intro = intro
		}
		for _, placed := range group {
			if p := ed.post(placed.Key.Post); takes(l, ed.asItStands(p)) {
				ed.add(&e, l.Platform, p, s)
			}
		}
		if e.Intro == nil && len(e.Posts) == 0 && l.List != "" {
			continue
		}
		sortPosts(e.Posts)
		ed.keep(e)
		all = append(all, e)
	}
	return all
}

// keep notes the posts of an edition that is out.
func (ed *editor) keep(e newsletter.Edition) {
	if e.Intro != nil {
		ed.kept = append(ed.kept, e.Intro)
	}
	for _, x := range e.Posts {
		ed.kept = append(ed.kept, x.Post)
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

// next returns the edition that comes next for the readers of a letter, and the
// site as it will be then if all goes as planned.
func (ed *editor) next(l config.Letter, p *Proposal) (newsletter.Edition, publish.Site, bool) {
	var last time.Time
	for _, x := range p.Placements {
		if x.Platform != l.Platform || !x.At.After(ed.Now) || x.Post == nil || x.At.Equal(last) {
			continue
		}
		last = x.At
		if ed.intro(l, last) == nil && !slices.ContainsFunc(p.Placements, func(y Placement) bool {
			return y.Platform == l.Platform && y.At.Equal(last) && y.Post != nil && takes(l, y.Post)
		}) {
			continue
		}
		e, future := ed.edition(l, p, last)
		return e, future, true
	}
	return newsletter.Edition{}, publish.Site{}, false
}

// edition puts the edition of an instant to come together.
func (ed *editor) edition(l config.Letter, p *Proposal, at time.Time) (newsletter.Edition, publish.Site) {
	planned := ed.planned(p, at)
	future := ed.siteOf(ed.posts, func(post *content.Post) (time.Time, bool) {
		if at, ok := ed.Office.out(post); ok {
			return at, true
		}
		at, ok := planned[post]
		return at, ok
	})
	before := ed.out(l, future)
	e := newsletter.Edition{ID: editionID(ed.Zone, before, at), At: at, Now: ed.Now, Number: len(before) + 1}
	e.Intro = ed.intro(l, at)
	for _, x := range p.Placements {
		if x.Platform == l.Platform && x.At.Equal(at) && x.Post != nil && takes(l, x.Post) {
			ed.add(&e, l.Platform, x.Post, future)
		}
	}
	sortPosts(e.Posts)
	return e, future
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

// intro returns the introduction of the edition of an instant for the readers of
// a letter, or nil: of several the one for their audience, then the one in the
// first of their languages.
func (ed *editor) intro(l config.Letter, at time.Time) *content.Post {
	for _, p := range ed.intros(l, at) {
		if p = ed.sound(p); p != nil {
			return p
		}
	}
	return nil
}

// intros returns the introductions that an edition could have, the best first.
func (o *Office) intros(l config.Letter, at time.Time) []*content.Post {
	day := o.Zone.Date(at)
	var all []*content.Post
	for _, p := range o.Corpus.Posts {
		p = o.asItStands(p)
		if p.Edition == day && !p.HasErrors() && takes(l, p) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *content.Post) int {
		return cmp.Or(cmp.Compare(stranger(l, a), stranger(l, b)), cmp.Compare(turn(l, a), turn(l, b)))
	})
	return all
}

// stranger is 0 for an introduction that is for just these readers.
func stranger(l config.Letter, p *content.Post) int {
	if (p.Audience == "") == (l.For == nil) {
		return 0
	}
	return 1
}

// turn is the place of an introduction's language among those of a letter.
func turn(l config.Letter, p *content.Post) int {
	i := slices.IndexFunc(l.Languages, func(lang string) bool { return publish.Base(lang) == publish.Base(p.Lang) })
	if i < 0 {
		return len(l.Languages)
	}
	return i
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
