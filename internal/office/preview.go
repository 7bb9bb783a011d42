package office

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
)

// ErrNoPage is wrapped by the errors of [Office.Preview] for a post that can
// have no page of its own.
var ErrNoPage = errors.New("the post has no page")

// widthOfMail is the width of plain text in a newsletter.
const widthOfMail = 72

// Preview is a post as it will stand when it is out.
type Preview struct {
	Post *content.Post
	// Title and Summary are those that lists and feeds show.
	Title, Summary string
	// Entry says where its page will be and what stands beside it.
	Entry publish.Entry
	// Out reports whether the post is out already; Planned, whether the date
	// of the entry is one of the plan or of the post itself, and not just now.
	Out, Planned bool
	// Paged reports whether the site will have a page of it; without one it is in
	// no feed either.
	Paged bool
	// Placements and Left are where the plan has it, and does not.
	Placements []Placement
	Left       []Left
	// Words of the text, and the minutes that it takes to read them.
	Words, Minutes int
	// Text is the post as plain text, every link with its address.
	Text   string
	Links  []PreviewLink
	Images []PreviewImage
	// Feeds are the files of the feeds that will carry it.
	Feeds []string
	// Problems are those of this post.
	Problems []problem.Problem

	files []publish.File
}

// PreviewLink is a link of the text.
type PreviewLink struct {
	Text, Dest string
	Line       int // of the file
	// URL is where it leads; "" means nowhere, such as to a post that is not
	// out. Page is the path of the post that it leads to, or "".
	URL, Page string
}

// PreviewImage is a picture of the post or of its text.
type PreviewImage struct {
	Src, Alt string
	Line     int // of the file; 0 for the post's own picture
	// Missing pictures lie neither beside the posts nor on the web.
	Missing bool
}

// Preview shows the post as it will stand when it is out: at the time that the
// plan has for it, or its own, or now. Everything is made by the code that
// makes the site, of a site to which the post has been added; nothing is
// written.
//
// A post whose text cannot be rendered has a Preview with that problem and no
// page. The introduction of an edition is no post: the error is ErrNoPage.
func (o *Office) Preview(ctx context.Context, plan *Proposal, post *content.Post) (*Preview, error) {
	v := &Preview{Post: post}
	for _, x := range plan.Placements {
		if x.Post == post {
			v.Placements = append(v.Placements, x)
		}
	}
	for _, l := range plan.Left {
		if l.Post == post {
			v.Left = append(v.Left, l)
		}
	}
	if !post.Edition.IsZero() {
		return v, ErrNoPage
	}
	at := v.date(o)
	v.Paged = !o.plannedPage(plan, post, at).IsZero()
	later := *o // the same office, with the post out
	later.early.post, later.early.at = post, at
	later.Config.Site.Pages = true // where another program makes them, ours show the text
	bodies, done, err := o.openBodies()
	if err != nil {
		return v, err
	}
	defer done()
	v.Problems = o.problemsOf(plan, post, bodies)
	doc := bodies.Document(post)
	if _, err := bodies.takeBroken(); err != nil {
		return v, err
	}
	if doc == nil {
		v.Title, v.Entry = cmp.Or(post.Title, post.Slug), later.entry(post, at)
		return v, nil
	}
	shown := later.site(o.Corpus.Posts)
	for _, e := range shown.Entries {
		if e.Post == post {
			v.Entry = e
		}
	}
	v.read(shown, doc)
	built := Built{Proposal: plan}
	files := newMemory(v.shows)
	if err := later.write(ctx, work{newLastGood(), bodies, files}, &built); err != nil {
		return v, err
	}
	v.files = files.all()
	if v.Paged {
		v.Feeds, err = later.feedsOf(post)
	}
	return v, err
}

// shows reports whether a file belongs to the page of the post: it does itself,
// and so does what is no page and no feed.
func (v *Preview) shows(name string, _ bool) bool {
	switch path.Ext(name) {
	case ".html", ".xml", ".json":
		return name == publish.PageFile(v.Entry.Path)
	}
	return true
}

// FeedsOf returns the addresses of the feeds that show a post now, in order.
func (o *Office) FeedsOf(id string) ([]string, error) {
	post := o.post(id)
	if post == nil {
		return nil, nil
	}
	if _, out := o.out(post); !out {
		return nil, nil
	}
	paths, err := o.feedsOf(post)
	for i := range paths {
		paths[i] = o.Config.Site.URL + paths[i]
	}
	return paths, err
}

// AddressesOf returns the addresses of the page of a post on the site: the present
// one, and below it those of its aliases; none where it is not out.
func (o *Office) AddressesOf(id string) []string {
	post := o.post(id)
	if post == nil {
		return nil
	}
	at, out := o.out(post)
	if !out {
		return nil
	}
	e := o.entry(post, at)
	all := []string{e.URL}
	for _, former := range e.Aliases {
		all = append(all, o.Config.Site.URL+(&url.URL{Path: former}).EscapedPath())
	}
	return all
}

// feedsOf returns the files of the feeds that show a post, in order.
func (o *Office) feedsOf(post *content.Post) ([]string, error) {
	outputs, shown, err := o.outputs(o.Corpus.Posts, nil)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, output := range outputs {
		if feeds, ok := output.Output.(*feed.Feeds); ok {
			paths = append(paths, feeds.Of(shown, post.ID)...)
		}
	}
	slices.Sort(paths)
	return paths, nil
}

// date is when the post will be out on the site.
func (v *Preview) date(o *Office) time.Time {
	v.Planned = true
	if at, ok := o.out(v.Post); ok {
		v.Out = true
		return at
	}
	for _, own := range []bool{true, false} {
		for _, x := range v.Placements {
			if !own || o.makes(x.Platform) {
				return x.At
			}
		}
	}
	if !v.Post.Date.IsZero() {
		return v.Post.Date.Instant
	}
	v.Planned = false
	return o.Now
}

// problemsOf are the findings about one post.
func (o *Office) problemsOf(plan *Proposal, post *content.Post, b *bodies) []problem.Problem {
	all := slices.Concat(o.Problems, o.checkBody(b, o.allLinks(), post), plan.Problems)
	all = slices.DeleteFunc(all, func(p problem.Problem) bool { return p.File != ContentDir+"/"+post.Path })
	o.judge(plan, all)
	problem.Sort(all)
	return slices.CompactFunc(all, func(a, b problem.Problem) bool { return a.Error() == b.Error() })
}

// read fills in what the text says.
func (v *Preview) read(s publish.Site, doc *markdown.Document) {
	links := publish.NewLinks(s)
	p := v.Post
	excerpt := doc.Excerpt(publish.SummaryRunes)
	v.Title = publish.Spaces(p.Lang, publish.Headline(p, excerpt))
	v.Summary = publish.Spaces(p.Lang, publish.Summary(p, excerpt, publish.SummaryRunes))
	v.Words = doc.Words()
	v.Minutes = max(1, publish.Minutes(v.Words))
	v.Text = doc.Text(widthOfMail, links.Absolute(p))
	for _, l := range doc.Links() {
		link := PreviewLink{Text: l.Text, Dest: l.Dest, Line: p.BodyLine + l.Line - 1}
		if strings.HasPrefix(l.Dest, "#") {
			link.URL = l.Dest
		} else {
			t := links.Target(p, l.Dest)
			link.URL = t.URL
			if t.Entry != nil {
				link.Page = t.Entry.Post.Path
			}
		}
		v.Links = append(v.Links, link)
	}
	add := func(src, alt string, line int) {
		t := links.Target(p, src)
		own := t.Source != "" || !strings.HasPrefix(t.URL, s.URL)
		v.Images = append(v.Images, PreviewImage{Src: src, Alt: alt, Line: line, Missing: !own || t.URL == ""})
	}
	if p.Image.Src != "" {
		add(p.Image.Src, p.Image.Alt, 0)
	}
	for _, i := range doc.Images() {
		add(i.Dest, i.Alt, p.BodyLine+i.Line-1)
	}
}
