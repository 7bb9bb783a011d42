package office

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/ping"
	"editorial/pkg/publish/site"
)

// Folders of the built files, below the output folder, and of what the
// program remembers between builds.
const (
	PublicDir  = "public"
	PrivateDir = "private"
	StateDir   = ".editorial"
)

// Files below [StateDir]: the list of the files of the last build, that of
// files made since, and the note that stands there while a build is under way.
const (
	manifest   = "built.txt"
	buildLog   = "building.txt"
	unfinished = "unfinished"
)

// Codes of what keeps a build from beginning: the folder of the posts is not
// there, though an earlier build read posts from it; the output would lie
// among the posts.
const (
	CodeContentGone  problem.Code = "content-gone"
	CodeOutInContent problem.Code = "out-in-content"
)

// CodeUnknownFiles is that of files of the site of which no list says who made
// them: they stay.
const CodeUnknownFiles problem.Code = "unknown-files"

// Built is what a build did.
type Built struct {
	// Files are the paths of all files, in order; Changed those whose bytes
	// were not already there; Removed those of the build before that are no
	// longer made.
	Files, Changed, Removed []string
	// Problems are bodies that could not be rendered: their posts are left out.
	Problems []problem.Problem
	// Proposal is the plan that the pages and the calendars for the team show.
	Proposal *Proposal

	found map[string]bool // by what is said
}

// Build makes every output below out. Files are replaced one by one, each
// atomically, and only when their bytes change. A file that an earlier build
// made and this one does not is removed; files of anybody else stay. Of a post
// that broke after it went out, what was last good stays out.
//
// Only one build at a time works on a folder: another one waits its turn.
func (o *Office) Build(ctx context.Context, out string) (built Built, err error) {
	if err := o.outsideContent(out); err != nil {
		return built, err
	}
	if o.unlock == nil { // the office was not loaded to be built
		if o.unlock, err = lockOutput(ctx, out); err != nil {
			return built, err
		}
	}
	defer o.release()
	state, err := openIn(out, StateDir, privateFile, privateDir)
	if err != nil {
		return built, err
	}
	defer state.close()
	before, err := readManifest(state)
	if err != nil {
		return built, err
	}
	if err := o.contentGone(len(before) > 0); err != nil {
		return built, err
	}
	good, err := openLastGood(state)
	if err != nil {
		return built, err
	}
	o.stand(good)
	bodies, closeBodies, err := o.openBodies()
	if err != nil {
		return built, err
	}
	defer closeBodies()
	if err := begin(out, state); err != nil {
		return built, err
	}
	d, err := openDisk(ctx, out, before, o.cacheOf(out))
	if err != nil {
		return built, err
	}
	defer d.close()
	d.corpus = bodies.files
	if err := o.write(ctx, work{good, bodies, d}, &built); err != nil {
		return built, err
	}
	return built, o.end(state, work{good, bodies, d}, d, &built)
}

// end removes what is no longer made, and keeps what the next build must know.
func (o *Office) end(state *folder, w work, d *disk, built *Built) (err error) {
	if built.Removed, err = d.sweep(); err != nil {
		return err
	}
	built.Files, built.Changed = d.list(), sorted(d.changed)
	for _, p := range d.problems {
		built.find(p)
	}
	if n := d.unknown(); n > 0 {
		built.find(problem.Problem{
			Position: problem.Position{File: PublicDir + "/"}, Code: CodeUnknownFiles, Severity: problem.Warning,
			Params: problem.Params{"n": strconv.Itoa(n)},
		})
	}
	if err := w.good.save(o.sources(w.bodies)); err != nil {
		return err
	}
	if err := writeManifest(state, built.Files); err != nil {
		return err
	}
	o.remember(state, d)
	return state.remove(unfinished)
}

// cacheOf returns the cache if it is of the output folder, else an empty one.
func (o *Office) cacheOf(out string) *cache {
	if filepath.Clean(o.cache.dir) == filepath.Clean(out) {
		return o.cache
	}
	return newCache()
}

// remember keeps for the next build what this one has read and made. That it
// could not be kept is no problem of anybody.
func (o *Office) remember(state *folder, d *disk) {
	c := d.known
	if c != o.cache {
		return
	}
	c.end(append(slices.Clone(o.Corpus.Posts), slices.Collect(maps.Values(o.standing))...), d.kept)
	_ = c.save(state)
}

// find notes a problem, once.
func (b *Built) find(p problem.Problem) {
	said := p.Error()
	if b.found[said] {
		return
	}
	if b.found == nil {
		b.found = map[string]bool{}
	}
	b.found[said] = true
	b.Problems = append(b.Problems, p)
}

// begin notes that a build is under way. Where the note is there already, the
// build before was killed or failed, and what it was writing is removed.
func begin(out string, state *folder) error {
	_, err := state.root.Stat(unfinished)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = state.replace(unfinished, nil)
		if err != nil {
			return fmt.Errorf("note the build: %w", err)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for a killed build: %w", err)
	}
	for _, dir := range []string{PublicDir, PrivateDir, StateDir} {
		if err := removeTemporary(filepath.Join(out, dir)); err != nil {
			return fmt.Errorf("tidy %s: %w", dir, err)
		}
	}
	return nil
}

// outsideContent refuses to build among the posts: the next build would read
// what this one made.
func (o *Office) outsideContent(out string) error {
	at, err := filepath.Abs(out)
	if err != nil {
		return fmt.Errorf("find output folder: %w", err)
	}
	posts, err := filepath.Abs(filepath.Join(o.Dir, ContentDir))
	if err != nil {
		return fmt.Errorf("find posts: %w", err)
	}
	if rel, err := filepath.Rel(posts, at); err == nil && filepath.IsLocal(rel) {
		return problem.Problem{Position: problem.Position{File: out}, Code: CodeOutInContent}
	}
	return nil
}

// contentGone keeps a build from removing a whole site because the folder of
// its posts is not there for a moment; before says that there was one.
func (o *Office) contentGone(before bool) error {
	if !before || len(o.Corpus.Posts) > 0 {
		return nil
	}
	_, done, err := o.contentFS()
	if errors.Is(err, fs.ErrNotExist) {
		return problem.Problem{Position: problem.Position{File: ContentDir + "/"}, Code: CodeContentGone}
	}
	if err != nil {
		return err
	}
	return done()
}

// work is what a making of the outputs works with.
type work struct {
	good   *lastGood
	bodies *bodies
	sink   sink
}

// sink is a sink of the office: outputs may have to be made again from the
// beginning.
type sink interface {
	publish.Sink
	// restart makes what has been put count no more.
	restart()
}

// write gives the sink the files of every output. Where a body turns out to be
// broken on the way, what was last good of it stands in its place, or its post
// is left out, and everything is made again.
func (o *Office) write(ctx context.Context, w work, built *Built) error {
	if built.Proposal == nil {
		built.Proposal = o.Propose()
	}
	posts := o.Corpus.Posts
	w.bodies.tryBroken(posts)
	if bad, err := w.bodies.takeBroken(); err != nil {
		return err
	} else if len(bad) > 0 {
		posts = o.without(w.good, posts, bad, built)
	}
	for {
		kept, err := o.passes(ctx, w, posts, built)
		bad, unread := w.bodies.takeBroken()
		if unread != nil {
			return unread
		}
		switch {
		case err == nil:
			for _, x := range bad {
				built.find(x.problem)
			}
			for _, p := range kept {
				w.good.keep(p)
			}
			o.shown = posts
			return nil
		case len(bad) == 0:
			return err
		}
		posts = o.without(w.good, posts, bad, built)
		w.sink.restart()
	}
}

// without puts what was last good of posts in place of those that are broken,
// and leaves those out of which there is nothing.
func (o *Office) without(good *lastGood, posts []*content.Post, bad []broken, built *Built) []*content.Post {
	lost := map[string]bool{}
	sound := sync.OnceValue(o.soundIDs)
	for _, x := range bad {
		built.find(x.problem)
		lost[x.post.Path] = !o.instead(good, x.post, sound)
	}
	return slices.DeleteFunc(slices.Clone(posts), func(p *content.Post) bool { return lost[p.Path] })
}

// pass makes every output of the posts, and returns those that it shows; own
// are the office's templates of pages.
func (o *Office) pass(ctx context.Context, w work, posts []*content.Post, own fs.FS, built *Built) (shown []*content.Post, err error) {
	outputs, site, err := o.outputs(posts, own)
	if err != nil {
		return nil, err
	}
	for _, output := range outputs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := output.Write(site, w.bodies, keyed{w.sink, sha256.Sum256([]byte(output.scope))}); err != nil {
			return nil, fmt.Errorf("%s: %w", output.Name(), err)
		}
		for _, e := range output.Wants(site) {
			shown = append(shown, e.Post)
		}
	}
	if key := o.Config.Site.IndexNow; key != "" && o.Config.Site.Pages {
		name, content := ping.IndexNow{Key: key}.KeyFile()
		if err := w.sink.Put(publish.File{Path: name, Data: []byte(content)}); err != nil {
			return nil, err
		}
	}
	letters, err := o.writeEditions(w, posts, site, built)
	if err != nil {
		return nil, err
	}
	plan, err := o.weekPages(built.Proposal)
	if err != nil {
		return nil, err
	}
	for _, f := range append(plan, o.calendars(built.Proposal)...) {
		if err := w.sink.Put(f); err != nil {
			return nil, err
		}
	}
	return append(shown, letters...), nil
}

// outputs returns the outputs of the public site, pages before the feeds that
// lead to them, and the site itself.
func (o *Office) outputs(posts []*content.Post, own fs.FS) ([]scoped, publish.Site, error) {
	f := o.Config.Feeds
	feedOptions := feed.Options{
		Count: f.Window.Count, Days: f.Window.Age.Days, Tags: f.ByTag, Pillars: f.ByPillar, OneLang: !f.ByLang, Pages: o.Config.Site.Pages,
		TTL: time.Duration(elapsed(f.TTL)) * time.Minute,
	}
	feeds, err := feed.New(feedOptions)
	if err != nil {
		return nil, publish.Site{}, err
	}
	shown := o.site(posts)
	shown.Feeds, shown.Letters = feeds.Links(shown), o.letters()
	all := []scoped{{feeds, fmt.Sprintf("feed %+v", feedOptions)}}
	if !o.Config.Site.Pages {
		return all, shown, nil
	}
	pages, err := site.New(o.siteOptions(own))
	return slices.Insert(all, 0, scoped{pages, fmt.Sprintf("site %+v", o.siteOptions(nil))}), shown, err
}

// siteOptions are those of the pages; their keys know the templates.
func (o *Office) siteOptions(own fs.FS) site.Options {
	robots := map[config.Robots]site.Robots{config.RobotsNoModels: site.NoModels, config.RobotsNone: site.NoRobots}
	return site.Options{Pillars: o.Config.Feeds.ByPillar, Robots: robots[o.Config.Site.Robots], Templates: own}
}

// scoped is an output with what its files depend on beside the site: its
// options, as a text.
type scoped struct {
	publish.Output
	scope string
}

// instead puts the last good text of a post whose body cannot be rendered in
// its place, and reports false if there is none: then the post is left out.
func (o *Office) instead(good *lastGood, broken *content.Post, sound func() map[string]string) bool {
	o.forgetLinks()
	if o.standing == nil {
		o.standing = map[string]*content.Post{}
	}
	delete(o.standing, broken.Path)
	if q, text := good.post(broken.Path, o.defaults()); q != nil && q.Sum != broken.Sum && !elsewhere(q, sound()) {
		o.standing[q.Path], o.byID[q.ID] = q, q
		o.keep(q, text)
		return true
	}
	return false
}

// sources returns the function that gives the texts to keep.
func (o *Office) sources(b *bodies) func(path string) []byte {
	return func(path string) []byte {
		i, ok := slices.BinarySearchFunc(o.Corpus.Posts, path, func(p *content.Post, path string) int { return strings.Compare(p.Path, path) })
		if !ok {
			return nil
		}
		src, err := b.source(o.asItStands(o.Corpus.Posts[i]))
		if err != nil {
			return nil // what was last good of it is not known
		}
		return src
	}
}

// nameOf is the path of a file below the output folder.
func nameOf(f publish.File) string {
	if f.Private {
		return path.Join(PrivateDir, f.Path)
	}
	return path.Join(PublicDir, f.Path)
}

// readManifest returns the files that the builds before made, those of killed
// ones included.
func readManifest(state *folder) ([]string, error) {
	var names []string
	for _, list := range []string{manifest, buildLog} {
		data, err := state.read(list)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read list of files: %w", err)
		}
		names = append(names, strings.FieldsFunc(string(data), func(r rune) bool { return r == '\n' })...)
	}
	return names, nil
}

// writeManifest notes the files that are there now, in order.
func writeManifest(state *folder, names []string) error {
	if _, err := state.replace(manifest, []byte(strings.Join(names, "\n")+"\n")); err != nil {
		return fmt.Errorf("write list of files: %w", err)
	}
	if err := state.remove(buildLog); err != nil {
		return fmt.Errorf("remove list of new files: %w", err)
	}
	return nil
}
