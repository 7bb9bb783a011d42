package office

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// LoadFiles is [Load] for an office that is not in a folder, but in memory: the
// bytes of its files by their path below it. It can be planned and not built,
// and it knows nothing of what was built before.
func LoadFiles(ctx context.Context, files map[string][]byte, opts Options) (*Office, error) {
	fsys := newMemoryFS(files)
	o := &Office{Dir: opts.Dir, looked: &lookedAt{files: map[string]looked{}}, shelf: &shelf{}, kept: map[[sha256.Size]byte][]byte{}, Corpus: &content.Corpus{}}
	var err error
	if o.Config, o.Origins, o.Problems, err = config.Read(fsys, opts.Config); err != nil {
		return o, err
	}
	if problem.Errors(o.Problems) > 0 {
		return o, ErrConfig
	}
	if o.Zone, err = civil.LoadZone(o.Config.Site.Zone); err != nil {
		return o, err
	}
	if o.Now, err = opts.Clock(o.Zone); err != nil {
		return o, err
	}
	posts, err := fs.Sub(fsys, ContentDir)
	if err != nil {
		return o, fmt.Errorf("load posts: %w", err)
	}
	if _, ok := fsys.dirs[ContentDir]; ok {
		if o.Corpus, err = content.Load(ctx, posts, o.defaults()); err != nil {
			return o, fmt.Errorf("load posts: %w", err)
		}
	}
	o.know()
	if err := o.loadAgreed(fsys); err != nil {
		return o, err
	}
	o.compare()
	problem.Sort(o.Problems)
	return o, nil
}

// ForPlan says whether the bytes of a file of an office count for its plan:
// those of pictures do not.
func ForPlan(name string) bool {
	if name == config.FileName || name == AgreedFile || content.IsMarkdown(name) {
		return true
	}
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm" // one that begins as a post is refused
}

// PlanFiles are the files and folders that an office is planned from, what
// must be there first.
func PlanFiles() []string { return []string{config.FileName, AgreedFile, ContentDir} }

// memoryFS is a snapshot that knows what its folders hold, however many there are.
type memoryFS struct {
	snapshot
	dirs map[string][]fs.DirEntry
}

func newMemoryFS(files map[string][]byte) *memoryFS {
	t := &memoryFS{snapshot: files, dirs: map[string][]fs.DirEntry{".": nil}}
	for name, data := range files {
		t.add(name, snapshotInfo{name: path.Base(name), size: int64(len(data))})
	}
	for _, entries := range t.dirs {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return t
}

// add enters a file or a folder into the folder above it.
func (t *memoryFS) add(name string, info snapshotInfo) {
	dir := path.Dir(name)
	_, known := t.dirs[dir]
	t.dirs[dir] = append(t.dirs[dir], fs.FileInfoToDirEntry(info))
	if !known {
		t.add(dir, snapshotInfo{name: path.Base(dir), dir: true})
	}
}

// Open opens a file or a folder.
func (t *memoryFS) Open(name string) (fs.File, error) {
	if _, ok := t.snapshot[name]; !ok && fs.ValidPath(name) {
		if entries, ok := t.dirs[name]; ok {
			return &openDir{info: snapshotInfo{name: path.Base(name), dir: true}, rest: slices.Clone(entries)}, nil
		}
	}
	return t.snapshot.Open(name)
}
