package office

import (
	"cmp"
	"path"
	"slices"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// CodeAssetTaken says that a file of the posts has a name that the site needs.
const CodeAssetTaken problem.Code = "asset-taken"

// dropTaken leaves out the copies of files of the posts that would overwrite
// what is made, or lie in a folder of its name: a problem of that file, and of
// no other.
func (o *Office) dropTaken(files []publish.File, built *Built) []publish.File {
	type place struct {
		private bool
		path    string
	}
	names, folders := map[place]bool{}, map[place]bool{}
	take := func(f publish.File) {
		names[place{f.Private, folded(f.Path)}] = true
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			folders[place{f.Private, folded(dir)}] = true
		}
	}
	taken := func(f publish.File) bool {
		at := place{f.Private, folded(f.Path)}
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			if names[place{f.Private, folded(dir)}] {
				return true
			}
		}
		return names[at] || folders[at]
	}
	var copies []publish.File
	kept := make([]publish.File, 0, len(files))
	for _, f := range files {
		if f.Source != "" {
			copies = append(copies, f)
			continue
		}
		take(f)
		kept = append(kept, f)
	}
	slices.SortFunc(copies, func(a, b publish.File) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Source, b.Source))
	})
	for _, f := range copies {
		if taken(f) {
			built.find(problem.Problem{
				Position: problem.Position{File: ContentDir + "/" + f.Source}, Code: CodeAssetTaken, Params: problem.Params{"value": nameOf(f)},
			})
			continue
		}
		take(f)
		kept = append(kept, f)
	}
	return kept
}
