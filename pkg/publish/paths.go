package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ErrPath is wrapped by what [CheckPaths] finds.
var ErrPath = errors.New("output path")

// CheckPath returns an error for a path that is not a plain relative path.
func CheckPath(name string) error {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:\x00") {
		return fmt.Errorf("%w %q: not a plain relative path", ErrPath, name)
	}
	return nil
}

// CheckPaths returns an error for every path that is not a plain relative
// path, that two files share, or that is a file to one and a folder to the
// other. Paths that differ in case or in Unicode form only are the same: on
// some file systems they are.
func CheckPaths(files []File) error {
	type key struct {
		private bool
		path    string
	}
	var errs []error
	kept := map[key]string{}
	folders := map[key]string{}
	fold := func(f File, p string) key { return key{f.Private, strings.ToLower(norm.NFC.String(p))} }
	for _, f := range files {
		if err := CheckPath(f.Path); err != nil {
			errs = append(errs, err)
			continue
		}
		k := fold(f, f.Path)
		if other, ok := kept[k]; ok {
			errs = append(errs, fmt.Errorf("%w %q: taken by %q", ErrPath, f.Path, other))
			continue
		}
		kept[k] = f.Path
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			folders[fold(f, dir)] = f.Path
		}
	}
	for _, f := range files {
		if inside, ok := folders[fold(f, f.Path)]; ok && kept[fold(f, f.Path)] == f.Path {
			errs = append(errs, fmt.Errorf("%w %q: a file, but also the folder of %q", ErrPath, f.Path, inside))
		}
	}
	return errors.Join(errs...)
}
