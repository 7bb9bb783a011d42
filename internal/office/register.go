package office

import (
	"errors"
	"fmt"
	"path"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// CodeAssetTaken says that a file of the posts has a name that the site needs.
const CodeAssetTaken problem.Code = "asset-taken"

// register knows whose name is whose among the files of one build, as file
// systems see names that know neither case nor Unicode form.
//
// What outputs make has its name before any copy of a file beside the posts:
// such a file is left out, and has that as its problem.
type register struct {
	files   map[string]publish.File // without their bytes, by their folded names
	folders map[string]inside       // by their folded names
}

// inside is what lies in a folder: one of the files made, and all copies.
type inside struct {
	made   string
	copies []string // folded names
}

// newRegister returns a register that has room for so many files.
func newRegister(files int) *register {
	return &register{files: make(map[string]publish.File, files), folders: make(map[string]inside, files)}
}

// errCopied: the same copy has been put before.
var errCopied = errors.New("copied already")

// take gives a file its name. It returns the copies that lose theirs by it; a
// problem where the file itself is a copy that may not have it; [errCopied];
// or an error that wraps [publish.ErrPath].
func (r *register) take(f publish.File) (lost []publish.File, err error) {
	if err := publish.CheckPath(f.Path); err != nil {
		return nil, err
	}
	at := folded(nameOf(f))
	in := r.inTheWay(at)
	if f.Source != "" {
		switch {
		case len(in) == 1 && in[0].Source == f.Source && in[0].Path == f.Path:
			return nil, errCopied
		case len(in) > 0 || r.folders[at].made != "":
			return nil, taken(f)
		}
	}
	for _, other := range in {
		if other.Source == "" {
			return nil, fmt.Errorf("%w %q: taken by %q", publish.ErrPath, f.Path, other.Path)
		}
	}
	if made := r.folders[at].made; made != "" {
		return nil, fmt.Errorf("%w %q: a file, but also the folder of %q", publish.ErrPath, f.Path, made)
	}
	for _, other := range in {
		delete(r.files, folded(nameOf(other)))
	}
	r.add(at, f)
	return in, nil
}

// inTheWay returns the files that have a name, that lie below it, or that it
// lies below.
func (r *register) inTheWay(at string) []publish.File {
	var all []publish.File
	if other, ok := r.files[at]; ok {
		all = append(all, other)
	}
	// Where one of the files made lies in a folder, nothing has the name of that
	// folder, nor of one above it.
	for dir := path.Dir(at); dir != "." && r.folders[dir].made == ""; dir = path.Dir(dir) {
		if other, ok := r.files[dir]; ok {
			all = append(all, other)
		}
	}
	for _, name := range r.folders[at].copies {
		if other, ok := r.files[name]; ok {
			all = append(all, other)
		}
	}
	return all
}

func (r *register) add(at string, f publish.File) {
	r.files[at] = publish.File{Path: f.Path, Private: f.Private, Source: f.Source}
	for dir := path.Dir(at); dir != "."; dir = path.Dir(dir) {
		in := r.folders[dir]
		switch {
		case f.Source != "":
			in.copies = append(in.copies, at)
		case in.made != "":
			return // and so do those above
		default:
			in.made = f.Path
		}
		r.folders[dir] = in
	}
}

// taken is the problem of a copy that may not have its name.
func taken(f publish.File) problem.Problem {
	return problem.Problem{
		Position: problem.Position{File: ContentDir + "/" + f.Source}, Code: CodeAssetTaken, Params: problem.Params{"value": nameOf(f)},
	}
}
