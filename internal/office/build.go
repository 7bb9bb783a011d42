package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/site"
)

// Folders of the built files, below the output folder, and of what the
// program remembers between builds.
const (
	PublicDir  = "public"
	PrivateDir = "private"
	StateDir   = ".editorial"
)

// Files below [StateDir]: the list of the files of the last build, and the
// note that stands there while one is under way.
const (
	manifest   = "built.txt"
	unfinished = "unfinished"
)

// Codes of what keeps a build from beginning: the folder of the posts is not
// there, though an earlier build read posts from it; the output would lie
// among the posts.
const (
	CodeContentGone  problem.Code = "content-gone"
	CodeOutInContent problem.Code = "out-in-content"
)

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

	found map[string]bool
}

// Build makes every output below out. Files are replaced one by one, each
// atomically, and only when their bytes change. A file that an earlier build
// made and this one does not is removed; files of anybody else stay. Of a post
// that broke after it went out, what was last good stays out.
//
// Only one build at a time works on a folder: another one waits its turn.
func (o *Office) Build(ctx context.Context, out string) (Built, error) {
	var built Built
	if err := o.outsideContent(out); err != nil {
		return built, err
	}
	if err := os.MkdirAll(out, publicDir); err != nil {
		return built, fmt.Errorf("make output folder: %w", err)
	}
	state, err := openIn(out, StateDir, privateFile, privateDir)
	if err != nil {
		return built, err
	}
	defer state.close()
	unlock, err := lock(ctx, filepath.Join(out, StateDir, lockName))
	if err != nil {
		return built, err
	}
	defer unlock()
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
	files, err := o.outputs(ctx, good, &built)
	if err != nil {
		return built, err
	}
	if err := publish.CheckPaths(files); err != nil {
		return built, err
	}
	for _, f := range files {
		built.Files = append(built.Files, nameOf(f))
	}
	slices.Sort(built.Files)
	if err := begin(out, state); err != nil {
		return built, err
	}
	// Until the old files are gone the list has both: a build that is killed
	// leaves nothing that the next one does not know.
	if err := writeManifest(state, append(slices.Clone(built.Files), before...)); err != nil {
		return built, err
	}
	if err := clear(out, before, &built); err != nil {
		return built, err
	}
	if err := o.write(ctx, out, files, &built); err != nil {
		return built, err
	}
	if err := sweep(out, before, &built); err != nil {
		return built, err
	}
	if err := good.save(); err != nil {
		return built, err
	}
	if err := writeManifest(state, built.Files); err != nil {
		return built, err
	}
	return built, state.remove(unfinished)
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

// outputs makes the files of every output.
func (o *Office) outputs(ctx context.Context, good *lastGood, built *Built) ([]publish.File, error) {
	f := o.Config.Feeds
	feeds, err := feed.New(feed.Options{
		Count: f.Window.Count, Days: f.Window.Age.Days, Tags: f.ByTag, Pillars: f.ByPillar, OneLang: !f.ByLang, Pages: o.Config.Site.Pages,
		TTL: time.Duration(elapsed(f.TTL)) * time.Minute,
	})
	if err != nil {
		return nil, err
	}
	pages, err := site.New(site.Options{Pillars: f.ByPillar})
	if err != nil {
		return nil, err
	}
	all := []publish.Output{feeds}
	if o.Config.Site.Pages { // before the feeds that lead to them
		all = slices.Insert(all, 0, publish.Output(pages))
	}
	posts, parsed, shown := o.Corpus.Posts, bodies{}, publish.Site{}
	for again := true; again; {
		again = false
		shown = o.site(posts)
		shown.Feeds, shown.Letters = feeds.Links(shown), o.letters()
		for _, output := range all {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			lost := map[string]bool{}
			for _, broken := range parsed.parse(postsOf(output.Wants(shown))...) {
				built.find(broken.problem)
				lost[broken.post.Path] = !o.instead(good, broken.post)
				again = true
			}
			posts = slices.DeleteFunc(slices.Clone(posts), func(p *content.Post) bool { return lost[p.Path] })
		}
	}
	var files []publish.File
	for _, output := range all {
		made, err := output.Files(shown, parsed)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", output.Name(), err)
		}
		files = append(files, made...)
	}
	for _, e := range shown.Entries {
		good.keep(e.Post)
	}
	if built.Proposal == nil {
		built.Proposal = o.Propose()
	}
	if files, err = o.addEditions(files, posts, good, parsed, built); err != nil {
		return nil, err
	}
	plan, err := o.weekPages(built.Proposal)
	if err != nil {
		return nil, err
	}
	files = append(append(files, plan...), o.calendars(built.Proposal)...)
	return o.dropTaken(files, built), nil
}

// instead puts the last good text of a post whose body cannot be rendered in
// its place, and reports false if there is none: then the post is left out.
func (o *Office) instead(good *lastGood, broken *content.Post) bool {
	if o.standing == nil {
		o.standing = map[string]*content.Post{}
	}
	delete(o.standing, broken.Path)
	if q := good.post(broken.Path, o.defaults()); q != nil && !bytes.Equal(q.Source, broken.Source) {
		o.standing[q.Path], o.byID[q.ID] = q, q
		return true
	}
	return false
}

// write puts the files below out.
func (o *Office) write(ctx context.Context, out string, files []publish.File, built *Built) error {
	public, err := openIn(out, PublicDir, publicFile, publicDir)
	if err != nil {
		return err
	}
	defer public.close()
	private, err := openIn(out, PrivateDir, privateFile, privateDir)
	if err != nil {
		return err
	}
	defer private.close()
	corpus, done, err := o.contentFS()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if corpus != nil {
		defer done()
	}
	// Pages and what they show first, so that no feed leads to what is not there.
	pages, rest := []int{}, []int{}
	for i, f := range files {
		if f.Source != "" || path.Ext(f.Path) == ".html" {
			pages = append(pages, i)
		} else {
			rest = append(rest, i)
		}
	}
	changed := make([]bool, len(files))
	shut := make([]*sourceError, len(files))
	for _, part := range [][]int{pages, rest} {
		if err := publish.Each(len(part), func(k int) (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			f, dir := files[part[k]], public
			if f.Private {
				dir = private
			}
			if f.Source != "" {
				changed[part[k]], err = dir.copyFrom(f.Path, corpus, f.Source)
			} else {
				changed[part[k]], err = dir.replace(f.Path, f.Data)
			}
			if errors.As(err, &shut[part[k]]) {
				return nil // one file beside the posts keeps no other back
			}
			if err != nil {
				return fmt.Errorf("write %s: %w", nameOf(f), err)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	for i, f := range files {
		if shut[i] != nil {
			lost := unreadable(f.Source, shut[i])
			lost.Severity = problem.Error
			built.find(lost)
		}
		if changed[i] {
			built.Changed = append(built.Changed, nameOf(f))
		}
	}
	slices.Sort(built.Changed)
	return nil
}

// nameOf is the path of a file below the output folder.
func nameOf(f publish.File) string {
	if f.Private {
		return path.Join(PrivateDir, f.Path)
	}
	return path.Join(PublicDir, f.Path)
}

// readManifest returns the files that the build before made.
func readManifest(state *folder) ([]string, error) {
	data, err := state.read(manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read list of files: %w", err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n"), nil
}

func writeManifest(state *folder, names []string) error {
	slices.Sort(names)
	names = slices.Compact(names)
	if _, err := state.replace(manifest, []byte(strings.Join(names, "\n")+"\n")); err != nil {
		return fmt.Errorf("write list of files: %w", err)
	}
	return nil
}

// clear removes old files that stand where a new one has its folder, and those
// in a folder where a new one has its name.
func clear(out string, before []string, built *Built) error {
	folders := map[string]bool{}
	for _, name := range built.Files {
		for dir := path.Dir(name); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	var inTheWay []string
	for _, name := range before {
		if folders[name] {
			inTheWay = append(inTheWay, name)
			continue
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, made := slices.BinarySearch(built.Files, dir); made {
				inTheWay = append(inTheWay, name)
				break
			}
		}
	}
	return removeMade(out, inTheWay, built)
}

// sweep removes what was made before and no longer is.
func sweep(out string, before []string, built *Built) error {
	var old []string
	for _, name := range before {
		if _, still := slices.BinarySearch(built.Files, name); !still && !slices.Contains(built.Removed, name) {
			old = append(old, name)
		}
	}
	return removeMade(out, old, built)
}

// removeMade removes files that a build made.
func removeMade(out string, names []string, built *Built) error {
	if len(names) == 0 {
		return nil
	}
	f, err := openFolder(out, publicFile, publicDir)
	if err != nil {
		return err
	}
	defer f.close()
	for _, name := range names {
		ours := strings.HasPrefix(name, PublicDir+"/") || strings.HasPrefix(name, PrivateDir+"/")
		if !ours || !safeName(name) {
			continue
		}
		if err := f.remove(name); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		built.Removed = append(built.Removed, name)
	}
	return nil
}
