package office

import (
	"context"
	"errors"
	"io/fs"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/site"
)

// siteKind is the folder of the pages' templates, below TemplateDir.
const siteKind = "site"

// passes makes every output, with the office's templates of pages: where one
// fails, ours stands in its place, and everything is made again.
func (o *Office) passes(ctx context.Context, w work, posts []*content.Post, built *Built) (shown []*content.Post, err error) {
	if !o.Config.Site.Pages {
		return o.pass(ctx, w, posts, nil, built)
	}
	again := false
	found, err := o.withTemplates(siteKind, func(own fs.FS, _ []string) (err error) {
		if again {
			w.sink.restart()
		}
		again = true
		if own != nil {
			for _, p := range site.Unknown(own) {
				built.find(p)
			}
		}
		shown, err = o.pass(ctx, w, posts, own, built)
		return err
	})
	for _, p := range found {
		built.find(p)
	}
	return shown, err
}

// checkSite finds what is wrong with the office's templates of pages: it makes
// the pages, and throws them away.
func (o *Office) checkSite(b *bodies) ([]problem.Problem, error) {
	if !o.Config.Site.Pages {
		return nil, nil
	}
	var unknown []problem.Problem
	found, err := o.withTemplates(siteKind, func(own fs.FS, _ []string) error {
		if own == nil {
			return nil
		}
		pages, err := site.New(o.siteOptions(own))
		if err != nil {
			return err
		}
		unknown = site.Unknown(own)
		return pages.Write(o.shown(b), b, nowhere{})
	})
	return append(found, unknown...), err
}

// shown is the site of the posts whose bodies can be shown.
func (o *Office) shown(b *bodies) publish.Site {
	var posts []*content.Post
	for _, p := range o.Corpus.Posts {
		if _, ok := b.Facts(o.asItStands(p)); ok {
			posts = append(posts, p)
		}
	}
	return o.site(posts)
}

// nowhere is a sink that forgets the files that it is given, and begins none.
type nowhere struct{}

// Put does nothing.
func (nowhere) Put(publish.File) error { return nil }

// Has returns false.
func (nowhere) Has(string, bool, string) bool { return false }

// Open returns an error.
func (nowhere) Open(string, bool, string) (publish.FileWriter, error) {
	return nil, errors.ErrUnsupported
}
