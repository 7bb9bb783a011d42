package office

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"sync"

	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// Codes of what only a thorough check looks for.
const (
	CodeAltText problem.Code = "alt-text"
	CodeNoID    problem.Code = "no-id"
	CodeActive  problem.Code = "asset-active"
)

// Check returns every problem of the office: those of loading, of the bodies,
// and of the calendar.
func (o *Office) Check(ctx context.Context) ([]problem.Problem, error) {
	b, done, err := o.openBodies()
	if err != nil {
		return nil, err
	}
	defer done()
	all, err := o.checkAgainst(ctx, o.Propose(), b)
	if err != nil {
		return nil, err
	}
	templates, err := o.checkSite(b, 0)
	if err != nil {
		return nil, err
	}
	all = append(all, templates...)
	problem.Sort(all)
	return all, nil
}

// checkAgainst is Check for an office that has been planned already.
func (o *Office) checkAgainst(ctx context.Context, plan *Proposal, b *bodies) ([]problem.Problem, error) {
	all := slices.Clone(o.Problems)
	links := o.allLinks()
	o.fileLinks() // made before several goroutines ask for it
	found := make([][]problem.Problem, len(o.Corpus.Posts))
	if err := publish.Each(len(found), func(i int) error {
		found[i] = o.checkBody(b, links, o.Corpus.Posts[i])
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	all = append(slices.Concat(all, slices.Concat(found...)), plan.Problems...)
	editions, err := o.checkEditions(plan, b)
	if err != nil {
		return nil, err
	}
	all = append(all, editions...)
	told, err := o.checkTold(ctx, plan, b, links)
	if err != nil {
		return nil, err
	}
	all = append(all, told...)
	if _, err := b.takeBroken(); err != nil {
		return nil, err
	}
	o.judge(plan, all)
	problem.Sort(all)
	return slices.CompactFunc(all, func(a, b problem.Problem) bool { return a.Error() == b.Error() }), nil
}

// judge makes errors of pictures and films that are not there where a ready post is not out
// yet, or still goes somewhere: it is not sent without them.
func (o *Office) judge(plan *Proposal, all []problem.Problem) {
	if !slices.ContainsFunc(all, isAbsent) {
		return
	}
	waits := map[string]bool{}
	for _, p := range o.Corpus.Posts {
		if p.Stage == content.Ready {
			_, out := o.out(p)
			waits[ContentDir+"/"+p.Path] = !out
		}
	}
	for _, x := range slices.Concat(plan.Placements, plan.Removed) {
		if x.Post != nil && x.Post.Stage == content.Ready && x.State != StatePublished && !o.makes(x.Platform) {
			waits[ContentDir+"/"+x.Post.Path] = true
		}
	}
	for i, p := range all {
		if isAbsent(p) && waits[p.File] {
			all[i].Severity = problem.Error
		}
	}
}

func (o *Office) checkBody(b *bodies, links *publish.Links, p *content.Post) []problem.Problem {
	at := func(line int) problem.Position {
		return problem.Position{File: ContentDir + "/" + p.Path, Line: line}
	}
	var ps []problem.Problem
	if p.IDDerived && p.Edition.IsZero() && !p.HasErrors() {
		ps = append(ps, problem.Problem{Position: at(1), Code: CodeNoID, Severity: problem.Info, Params: problem.Params{"id": p.ID}})
	}
	if !p.Read() {
		return ps
	}
	for _, f := range b.foreign(p) {
		ps = append(ps, problem.Problem{
			Position: at(p.BodyLine + f.Line - 1), Code: f.Code, Severity: problem.Warning, Params: problem.Params{"text": f.Text, "n": strconv.Itoa(f.N)},
		})
	}
	facts, ok := b.Facts(p)
	if !ok {
		if found, ok := b.problem(p); ok {
			ps = append(ps, found)
		}
		return ps
	}
	ps = append(ps, checkLinks(links, facts, p)...)
	ps = append(ps, o.checkAssets(p, facts)...)
	if o.Config.Policy.AltText {
		for _, image := range facts.Images {
			if image.Bare {
				ps = append(ps, problem.Problem{
					Position: at(p.BodyLine + image.Line - 1), Code: CodeAltText, Severity: problem.Warning, Params: problem.Params{"image": image.Dest},
				})
			}
		}
		if p.Image.Src != "" && p.Image.Alt == "" {
			pos := p.At("image")
			pos.File = ContentDir + "/" + pos.File
			ps = append(ps, problem.Problem{Position: pos, Code: CodeAltText, Severity: problem.Warning, Params: problem.Params{"image": p.Image.Src}})
		}
	}
	return ps
}

// checkAssets looks for links to files that could run on the site: no page
// leads there.
func (o *Office) checkAssets(p *content.Post, facts publish.Facts) []problem.Problem {
	var ps []problem.Problem
	links := o.fileLinks()
	look := func(dest string, at problem.Position) {
		t := links.Target(p, dest)
		if t.Source == "" {
			return
		}
		switch l := o.look(t.Source); {
		case l.err != nil:
			ps = append(ps, cannotOpen(t.Source, l.err))
		case l.active:
			at.File = ContentDir + "/" + p.Path
			ps = append(ps, problem.Problem{Position: at, Code: CodeActive, Severity: problem.Warning, Params: problem.Params{"file": t.Source}})
		}
	}
	if p.Image.Src != "" {
		look(p.Image.Src, p.At("image"))
	}
	for _, l := range facts.Links {
		look(l.Dest, problem.Position{Line: p.BodyLine + l.Line - 1})
	}
	for _, i := range facts.Images {
		look(i.Dest, problem.Position{Line: p.BodyLine + i.Line - 1})
	}
	return ps
}

// fileLinks says which files beside the posts an address leads to.
func (o *Office) fileLinks() *publish.Links {
	if o.filesBy == nil {
		files := make(map[string]publish.Asset, len(o.Corpus.Assets))
		for _, a := range o.Corpus.Assets {
			files[a.Path] = publish.Asset{Path: a.Path}
		}
		o.filesBy = publish.NewLinks(publish.Site{URL: o.Config.Site.URL, Assets: files})
	}
	return o.filesBy
}

// looked is what was seen of a file beside the posts.
type looked struct {
	active bool  // it could run on the site
	err    error // it cannot be opened
}

// lookedAt are the files beside the posts that have been opened.
type lookedAt struct {
	mu    sync.Mutex
	files map[string]looked
}

// look opens a file beside the posts, once: a post may link to it many times.
// Several goroutines may ask.
func (o *Office) look(name string) looked {
	o.looked.mu.Lock()
	defer o.looked.mu.Unlock()
	if l, ok := o.looked.files[name]; ok {
		return l
	}
	l := looked{}
	if fsys, done, err := o.contentFS(); err == nil { // else said elsewhere
		defer done()
		f, err := fsys.Open(name)
		if l.err = err; err == nil {
			l.err = f.Close()
			l.active = asset.Active(fsys, name)
		}
	}
	o.looked.files[name] = l
	return l
}

// cannotOpen says that a file beside the posts cannot be opened.
func cannotOpen(name string, err error) problem.Problem {
	detail := err.Error()
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		detail = at.Err.Error()
	}
	return problem.Problem{
		Position: problem.Position{File: ContentDir + "/" + name}, Code: content.CodeUnreadable, Severity: problem.Warning,
		Params: problem.Params{"detail": detail}, Cause: err,
	}
}

// bodyProblem turns what the Markdown engine says into a finding of the post.
func bodyProblem(p *content.Post, err error) problem.Problem {
	file := ContentDir + "/" + p.Path
	var e *markdown.Error
	if errors.As(err, &e) {
		return e.Problem(file, p.BodyLine)
	}
	return problem.Problem{Position: problem.Position{File: file, Line: p.BodyLine}, Code: markdown.CodeUnparsed, Cause: err}
}
