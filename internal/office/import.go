package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/importer"
	"editorial/pkg/problem"
)

// ImportWish says what is to be imported.
type ImportWish struct {
	// Path is a file, or the folder of a site, on this machine.
	Path string
	// From is what made it, "" to look.
	From string
	// Pages asks for pages, too.
	Pages bool
	// DryRun writes nothing.
	DryRun bool
}

// ImportedPost is a post that was made, or would be.
type ImportedPost struct {
	Path, ID, GUID, Title, Slug string
	Stage                       content.Stage
	// Alias is the address that its page had before, "" where it is the same.
	Alias string
	// From is where it stands in the source.
	From problem.Position
}

// Imported is what an import did, or would do.
type Imported struct {
	Kind  string
	Posts []ImportedPost
	// Files are the copied files, below the office.
	Files []string
	// Known counts the posts that the office had already.
	Known int
	// Media are addresses of pictures and recordings that stay where they are.
	Media []string
	// Problems say what was not converted, and, as errors, what stayed behind.
	Problems []problem.Problem
}

// ImportUnknownError is returned by [Office.Import] for what cannot be
// imported, or not as what was named.
type ImportUnknownError struct{ Path, From string }

func (e ImportUnknownError) Error() string { return e.Path + " cannot be imported" }

// ImportMissingError is returned by [Office.Import] for a path where nothing is.
type ImportMissingError struct{ Path string }

func (e ImportMissingError) Error() string { return e.Path + " is not there" }

// ErrImportSelf is returned by [Office.Import] for a Hugo site in the office's
// own folder: its posts are the office's already.
var ErrImportSelf = errors.New("the posts are the office's already")

// ImportTooLargeError is returned by [Office.Import] for a file that is too
// large.
type ImportTooLargeError struct{ Path string }

func (e ImportTooLargeError) Error() string { return e.Path + " is too large" }

// ImportKinds are the names that ImportWish.From may have.
func ImportKinds() []string {
	var names []string
	for _, k := range importer.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// Import turns what another program holds into posts below content/. Nothing
// that is there is ever changed, and what was imported once is not imported
// again. Each post and file is there whole or not at all, a post after the
// files that it shows; whatever stops an import, the next goes on.
func (o *Office) Import(ctx context.Context, w ImportWish) (Imported, error) {
	var done Imported
	root, name, err := openSource(w.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return done, ImportMissingError{filepath.ToSlash(w.Path)}
	case err != nil:
		return done, err
	}
	defer root.Close()
	fsys := root.FS()
	kind := importer.Kind(w.From)
	if kind == "" {
		if kind, err = importer.Recognise(fsys, name); err != nil {
			return done, importError(w, err)
		}
	}
	if kind == importer.Hugo && o.isOffice(root) {
		return done, ErrImportSelf
	}
	done.Kind = string(kind)
	options := o.importOptions(w)
	if o.isOffice(root) {
		options.Skip = []string{ContentDir, "public", "private", ArchetypeDir}
	}
	batch, err := importer.Read(ctx, fsys, name, kind, options)
	if err != nil {
		return done, importError(w, err)
	}
	done.Media = batch.Media
	s := newSettler(o, w.DryRun)
	s.at = func(p problem.Position) problem.Position {
		p.File = filepath.ToSlash(w.Path)
		return p
	}
	if name == "." {
		s.at = func(p problem.Position) problem.Position {
			p.File = path.Join(filepath.ToSlash(w.Path), p.File)
			return p
		}
	}
	for _, p := range batch.Notes {
		p.Position = s.at(p.Position)
		done.Problems = append(done.Problems, p)
	}
	err = s.settle(ctx, batch, fsys, &done)
	problem.Sort(done.Problems)
	return done, err
}

// isOffice reports whether a folder is the office's.
func (o *Office) isOffice(root *os.Root) bool {
	there, err := root.Stat(".")
	here, err2 := os.Stat(o.Dir)
	return err == nil && err2 == nil && os.SameFile(there, here)
}

// openSource opens the folder of a site, or that of a file; name is the file in
// it, or ".".
func openSource(source string) (root *os.Root, name string, err error) {
	dir, err := filepath.EvalSymlinks(source)
	if err != nil {
		return nil, "", err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, "", err
	}
	name = "."
	if !info.IsDir() {
		dir, name = filepath.Dir(dir), filepath.Base(dir)
	}
	root, err = os.OpenRoot(dir)
	return root, name, err
}

// importError is what the importer found, for people.
func importError(w ImportWish, err error) error {
	var large importer.TooLargeError
	var at *fs.PathError
	switch {
	case errors.As(err, &large):
		return ImportTooLargeError{filepath.ToSlash(w.Path)}
	case errors.Is(err, importer.ErrUnknown),
		w.From != "" && errors.As(err, &at) && errors.Is(err, fs.ErrNotExist): // a folder that the named program would have
		return ImportUnknownError{filepath.ToSlash(w.Path), w.From}
	}
	return fmt.Errorf("import %s: %w", filepath.ToSlash(w.Path), err)
}

// importOptions are what the importer must know of the office.
func (o *Office) importOptions(w ImportWish) importer.Options {
	people := map[string]string{}
	for _, p := range o.Config.People {
		people[strings.ToLower(p.Name)] = p.ID
		people[strings.ToLower(p.ID)] = p.ID
	}
	platforms := map[string]string{}
	for _, name := range o.PlatformNames() {
		// A kind is another word for the only platform of its kind.
		kind := string(o.Config.Platforms[name].Kind)
		if _, taken := platforms[kind]; taken {
			delete(platforms, kind)
		} else if kind != "" {
			platforms[kind] = name
		}
	}
	for _, name := range o.PlatformNames() {
		platforms[strings.ToLower(name)] = name
	}
	return importer.Options{
		Zone: o.Zone, Lang: o.Config.Site.Lang, Now: o.Now, Pages: w.Pages, Platforms: platforms,
		Person: func(name string) string {
			if id := people[strings.ToLower(name)]; id != "" {
				return id
			}
			return name
		},
	}
}

// blog is the first platform that is a blog, or "".
func (o *Office) blog() string {
	for _, name := range o.PlatformNames() {
		if o.Config.Platforms[name].Kind == config.KindBlog {
			return name
		}
	}
	return ""
}
