package office

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
)

// Folders of the built files, below the output folder.
const (
	PublicDir  = "public"
	PrivateDir = "private"
)

// Built is what a build did.
type Built struct {
	// Files are the paths of all files, in order; Changed those whose bytes
	// were not already there.
	Files, Changed []string
}

// Build makes every output below out. Files are replaced one by one, each
// atomically, and only when their bytes change.
func (o *Office) Build(ctx context.Context, out string) (Built, error) {
	var built Built
	site := o.site()
	feeds, err := feed.New(feed.Options{Count: 20})
	if err != nil {
		return built, err
	}
	for _, output := range []publish.Output{feeds} {
		if err := ctx.Err(); err != nil {
			return built, err
		}
		bodies, err := parse(output.Wants(site))
		if err != nil {
			return built, fmt.Errorf("%s: %w", output.Name(), err)
		}
		files, err := output.Files(site, bodies)
		if err != nil {
			return built, fmt.Errorf("%s: %w", output.Name(), err)
		}
		for _, f := range files {
			name := filepath.Join(PublicDir, filepath.FromSlash(f.Path))
			changed, err := replace(filepath.Join(out, name), f.Data)
			if err != nil {
				return built, fmt.Errorf("write %s: %w", name, err)
			}
			built.Files = append(built.Files, name)
			if changed {
				built.Changed = append(built.Changed, name)
			}
		}
	}
	return built, nil
}

func (o *Office) site() publish.Site {
	c := o.Config.Site
	s := publish.Site{Title: c.Title, Description: c.Description, URL: strings.TrimSuffix(c.URL, "/") + "/", Lang: c.Lang, Zone: o.Zone}
	for _, p := range o.Corpus.Posts {
		if !p.HasErrors() && o.isOut(p) {
			s.Entries = append(s.Entries, publish.Entry{Post: p, Published: p.Date.Instant, URL: s.URL + p.Slug + "/"})
		}
	}
	slices.SortStableFunc(s.Entries, func(a, b publish.Entry) int { return b.Published.Compare(a.Published) })
	return s
}

// bodies are parsed posts by id.
type bodies map[string]*markdown.Document

func (b bodies) Document(p *content.Post) *markdown.Document { return b[p.ID] }

func parse(entries []publish.Entry) (bodies, error) {
	parser := markdown.New()
	b := bodies{}
	for _, e := range entries {
		doc, err := parser.Parse(e.Post.Body, e.Post.Lang)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Post.Path, err)
		}
		b[e.Post.ID] = doc
	}
	return b, nil
}

// replace writes a file whole or not at all, and leaves it alone when it
// already holds these bytes.
func replace(name string, data []byte) (changed bool, err error) {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return false, nil
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, err
	}
	tmp, err := os.CreateTemp(dir, ".editorial-*")
	if err != nil {
		return false, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return err == nil, err
}
