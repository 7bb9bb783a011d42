package office

import (
	"cmp"
	"context"
	"io/fs"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// Made is what a build would write, in memory.
type Made struct {
	// Files are those of every output. A file with a Source is a copy of that
	// path below [ContentDir].
	Files []publish.File
	// Later are the files that [Office.Render] makes, by their paths: what they
	// are made of has the same name as long as it is the same.
	Later map[string]string
	// Problems are all of the office's, those of bodies and of the plan
	// included, sorted.
	Problems []problem.Problem
	Proposal *Proposal
}

// Make makes every output and writes nothing. What was last good it has from m,
// and leaves there for the next time.
func (o *Office) Make(ctx context.Context, m *Memory) (Made, error) {
	if err := o.contentGone(len(m.good.before) > 0); err != nil {
		return Made{}, err
	}
	var built Built
	o.stand(m.good)
	bodies, done, err := o.openBodies()
	if err != nil {
		return Made{}, err
	}
	defer done()
	files := newMemory(nil)
	files.lazy = true
	if err := o.write(ctx, work{m.good, bodies, files}, &built); err != nil {
		return Made{}, err
	}
	all, err := o.checkAgainst(ctx, built.Proposal, bodies)
	if err != nil {
		return Made{}, err
	}
	templates, err := o.checkSite(bodies, templateTries)
	if err != nil {
		return Made{}, err
	}
	all = append(all, templates...)
	problem.Sort(all)
	m.turn(o.sources(bodies))
	o.last = m.good.memory
	return Made{Files: files.all(), Later: files.later, Problems: all, Proposal: built.Proposal}, nil
}

// Render makes one of the files that Make left for later.
func (o *Office) Render(path string) (publish.File, error) {
	bodies, done, err := o.openBodies()
	if err != nil {
		return publish.File{}, err
	}
	defer done()
	var made publish.File
	_, err = o.withTemplates(siteKind, func(own fs.FS, _ []string) (err error) {
		made, err = o.render(bodies, own, path)
		return err
	})
	return made, err
}

func (o *Office) render(bodies *bodies, own fs.FS, path string) (publish.File, error) {
	outputs, shown, err := o.outputs(o.shown, own)
	if err != nil {
		return publish.File{}, err
	}
	files := newMemory(func(name string, _ bool) bool { return name == path })
	for _, output := range outputs {
		if err := output.Write(shown, bodies, files); err != nil {
			_, unread := bodies.takeBroken()
			return publish.File{}, cmp.Or(unread, err)
		}
		if f, ok := files.files[PublicDir+"/"+path]; ok {
			return f, nil
		}
	}
	return publish.File{}, fs.ErrNotExist
}

// NextChange returns the next instant at which an output may change though no
// file does: a post comes due, an embargo ends, a post expires, a day begins.
func (o *Office) NextChange() time.Time {
	day := o.Zone.Date(o.Now).AddDays(1)
	next := o.Zone.Instant(day.At(civil.Clock{}))
	sooner := func(t time.Time) {
		if t.After(o.Now) && t.Before(next) {
			next = t
		}
	}
	for _, p := range o.Corpus.Posts {
		for _, m := range []time.Time{p.Date.Instant, p.Updated.Instant, p.Embargo.Instant, p.Expires.Instant} {
			sooner(m)
		}
	}
	for _, e := range o.Agreed.Entries {
		sooner(e.At.Instant)
	}
	return next
}
