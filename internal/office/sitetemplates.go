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

// templateTries is how many posts the templates of pages are tried on where
// somebody waits for the answer.
const templateTries = 50

// checkSite finds what is wrong with the office's templates of pages: it makes
// the pages of so many posts, the newest, and throws them away; 0 is all.
func (o *Office) checkSite(b *bodies, most int) ([]problem.Problem, error) {
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
		return pages.Write(o.showable(b, most), b, nowhere{})
	})
	return append(found, unknown...), err
}

// showable is the site of so many posts whose bodies can be shown; 0 is all.
func (o *Office) showable(b *bodies, most int) publish.Site {
	s := o.site(o.Corpus.Posts)
	var entries []publish.Entry
	for _, e := range s.Entries {
		if most > 0 && len(entries) == most {
			break
		}
		if _, ok := b.Facts(e.Post); ok {
			entries = append(entries, e)
		}
	}
	for i := range entries {
		entries[i].Translations = nil // some may have been left out
	}
	translate(entries)
	s.Entries = entries
	return s
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
