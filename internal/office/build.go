package office

import (
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
	"editorial/pkg/content/markdown"
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

// manifest is the list of the files of the last build, below [StateDir].
const manifest = "built.txt"

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
}

// Build makes every output below out. Files are replaced one by one, each
// atomically, and only when their bytes change. A file that an earlier build
// made and this one does not is removed; files of anybody else stay.
func (o *Office) Build(ctx context.Context, out string) (Built, error) {
	var built Built
	files, err := o.outputs(ctx, &built)
	if err != nil {
		return built, err
	}
	if err := publish.CheckPaths(files); err != nil {
		return built, err
	}
	if err := os.MkdirAll(out, publicDir); err != nil {
		return built, fmt.Errorf("make output folder: %w", err)
	}
	state, err := openFolder(filepath.Join(out, StateDir), privateFile, privateDir)
	if err != nil {
		return built, err
	}
	defer state.close()
	before, err := readManifest(state)
	if err != nil {
		return built, err
	}
	if err := o.write(ctx, out, files, &built); err != nil {
		return built, err
	}
	if err := sweep(out, before, &built); err != nil {
		return built, err
	}
	if _, err := state.replace(manifest, []byte(strings.Join(built.Files, "\n")+"\n")); err != nil {
		return built, fmt.Errorf("write list of files: %w", err)
	}
	return built, nil
}

// outputs makes the files of every output.
func (o *Office) outputs(ctx context.Context, built *Built) ([]publish.File, error) {
	f := o.Config.Feeds
	feeds, err := feed.New(feed.Options{
		Count: f.Window.Count, Days: f.Window.Age.Days, Tags: f.ByTag, Pillars: f.ByPillar, Pages: true,
		TTL: time.Duration(elapsed(f.TTL)) * time.Minute,
	})
	if err != nil {
		return nil, err
	}
	pages, err := site.New(site.Options{Pillars: f.ByPillar})
	if err != nil {
		return nil, err
	}
	all := []publish.Output{feeds, pages}
	posts, parsed, shown := o.Corpus.Posts, bodies{}, publish.Site{}
	for again := true; again; {
		again = false
		shown = o.site(posts)
		shown.Feeds = feeds.Links(shown)
		for _, output := range all {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for _, e := range output.Wants(shown) {
				if p := parsed.parse(e.Post); p != nil {
					built.Problems = append(built.Problems, *p)
					posts = slices.DeleteFunc(slices.Clone(posts), func(q *content.Post) bool { return q == e.Post })
					again = true
				}
			}
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
	if built.Proposal == nil {
		built.Proposal = o.Propose()
	}
	plan, err := o.weekPages(built.Proposal)
	if err != nil {
		return nil, err
	}
	return append(append(files, plan...), o.calendars(built.Proposal)...), nil
}

// write puts the files below out.
func (o *Office) write(ctx context.Context, out string, files []publish.File, built *Built) error {
	public, err := openFolder(filepath.Join(out, PublicDir), publicFile, publicDir)
	if err != nil {
		return err
	}
	defer public.close()
	private, err := openFolder(filepath.Join(out, PrivateDir), privateFile, privateDir)
	if err != nil {
		return err
	}
	defer private.close()
	corpus, err := os.OpenRoot(filepath.Join(o.Dir, ContentDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("open posts: %w", err)
	}
	if corpus != nil {
		defer corpus.Close()
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		dir, name := public, path.Join(PublicDir, f.Path)
		if f.Private {
			dir, name = private, path.Join(PrivateDir, f.Path)
		}
		changed := false
		if f.Source != "" {
			changed, err = dir.copyFrom(f.Path, corpus.FS(), f.Source)
		} else {
			changed, err = dir.replace(f.Path, f.Data)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		built.Files = append(built.Files, name)
		if changed {
			built.Changed = append(built.Changed, name)
		}
	}
	slices.Sort(built.Files)
	slices.Sort(built.Changed)
	return nil
}

// readManifest returns the files that the build before made.
func readManifest(state *folder) ([]string, error) {
	data, err := state.root.ReadFile(manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read list of files: %w", err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n"), nil
}

// sweep removes what was made before and no longer is.
func sweep(out string, before []string, built *Built) error {
	f, err := openFolder(out, publicFile, publicDir)
	if err != nil {
		return err
	}
	defer f.close()
	for _, name := range before {
		ours := strings.HasPrefix(name, PublicDir+"/") || strings.HasPrefix(name, PrivateDir+"/")
		if _, still := slices.BinarySearch(built.Files, name); still || !ours || !safeName(name) {
			continue
		}
		if err := f.remove(name); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		built.Removed = append(built.Removed, name)
	}
	return nil
}

// bodies are parsed posts by path.
type bodies map[string]*markdown.Document

// Document returns the body of a post.
func (b bodies) Document(p *content.Post) *markdown.Document { return b[p.Path] }

// parse parses a body once; what keeps it from being rendered is a problem.
func (b bodies) parse(p *content.Post) *problem.Problem {
	if _, ok := b[p.Path]; ok {
		return nil
	}
	doc, err := markdown.New().Parse(p.Body, p.Lang)
	if err != nil {
		found := bodyProblem(p, err)
		return &found
	}
	b[p.Path] = doc
	return nil
}
