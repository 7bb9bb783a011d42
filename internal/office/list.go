package office

import (
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// Listed is a post as lists show it.
type Listed struct {
	Path, ID, Title, Slug, Lang, URL string
	Stage                            content.Stage
	Draft                            bool
	// Date is when the post is or was wanted out, or else went out first; zero:
	// not said.
	Date            time.Time
	Tags, Platforms []string
	Problems        []problem.Problem
	// Out is where the journal has it as published, in order of time.
	Out []Out
	// Page is the path of the post's page below the site's address, if it is
	// out; else "".
	Page string
}

// Out is where and when a post went out, under the key of its delivery.
type Out struct {
	Platform string
	At       time.Time
	Key      platform.Key
}

// Addresses returns where on the web that is which went out, by the keys of
// deliveries, as far as the journal knows.
func (o *Office) Addresses(ctx context.Context) (map[platform.Key]string, error) {
	if o.deliveries.Addresses == nil {
		return nil, nil
	}
	return o.deliveries.Addresses(ctx)
}

// outs returns where posts went out, as the journal has it, by post.
func (o *Office) outs() map[string][]Out {
	all := map[string][]Out{}
	for _, e := range o.Agreed.Entries {
		key := o.deliveryKey(e)
		if d := o.deliveries.States[key]; d.State == journal.Published {
			all[e.Key.Post] = append(all[e.Key.Post], Out{e.Platform, o.local(d.At), key})
		}
	}
	for _, outs := range all {
		slices.SortStableFunc(outs, func(a, b Out) int { return a.At.Compare(b.At) })
	}
	return all
}

// Posts returns all posts, in the order of their paths.
func (o *Office) Posts() []Listed {
	all := make([]Listed, 0, len(o.Corpus.Posts))
	outs := o.outs()
	for _, p := range o.Corpus.Posts {
		l := Listed{
			Path: ContentDir + "/" + p.Path, ID: p.ID, Title: p.Title, Slug: p.Slug, Lang: p.Lang, Stage: p.Stage,
			Draft: p.Stage != content.Ready && p.Stage != content.Published, Tags: p.Tags, Platforms: o.platformsOf(p), Out: outs[p.ID], Problems: inOffice(p.Problems),
		}
		date := p.Date.Instant
		if at, ok := o.out(p); ok {
			date = at
			l.Page = o.entry(p, at).Path
		}
		switch {
		case !date.IsZero():
			l.Date = o.local(date)
		case len(l.Out) > 0:
			l.Date = l.Out[0].At
		}
		if p.Edition.IsZero() && p.Slug != "" {
			l.URL = o.entry(p, date).URL
		}
		all = append(all, l)
	}
	return all
}

// inOffice returns problems of posts with their paths in the office.
func inOffice(ps []problem.Problem) []problem.Problem {
	all := slices.Clone(ps)
	for i := range all {
		all[i].File = ContentDir + "/" + all[i].File
	}
	return all
}

// Stages says how many posts are in which stage, in the order of production.
func (o *Office) Stages(w *words.Words) string {
	n := map[content.Stage]int{}
	for _, p := range o.Corpus.Posts {
		n[p.Stage]++
	}
	var parts []string
	for _, s := range content.Stages() {
		if n[s] > 0 {
			parts = append(parts, w.Say("stage.count-"+string(s), problem.Params{"n": strconv.Itoa(n[s])}))
		}
	}
	return strings.Join(parts, ", ")
}

// ErrNoPost is returned by [Office.Find] for a name that no post has.
var ErrNoPost = errors.New("no such post")

// ManyPostsError is returned by [Office.Find] for a name that several have.
type ManyPostsError struct{ Paths []string }

func (e ManyPostsError) Error() string { return "several posts: " + strings.Join(e.Paths, ", ") }

// Find returns the post of a path, slug or id, or the only one whose slug or
// file begins with the name, or whose title or path holds it.
func (o *Office) Find(name string) (*content.Post, error) {
	name = strings.TrimPrefix(name, "./")
	for _, p := range o.Corpus.Posts {
		if name == p.Path || name == ContentDir+"/"+p.Path || name == p.ID {
			return p, nil
		}
	}
	pick := func(match func(*content.Post) bool) (*content.Post, error) {
		var found []*content.Post
		var paths []string
		for _, p := range o.Corpus.Posts {
			if match(p) {
				found, paths = append(found, p), append(paths, ContentDir+"/"+p.Path)
			}
		}
		switch len(found) {
		case 0:
			return nil, ErrNoPost
		case 1:
			return found[0], nil
		}
		return nil, ManyPostsError{paths}
	}
	if p, err := pick(func(p *content.Post) bool { return p.Slug == name }); !errors.Is(err, ErrNoPost) {
		return p, err
	}
	low := strings.ToLower(name)
	if p, err := pick(func(p *content.Post) bool {
		return strings.HasPrefix(p.Slug, low) || strings.HasPrefix(path.Base(p.Path), low)
	}); err == nil {
		return p, nil
	}
	return pick(func(p *content.Post) bool {
		return strings.Contains(strings.ToLower(p.Title), low) || strings.Contains(p.Path, low)
	})
}
