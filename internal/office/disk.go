package office

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// disk is the sink of a build: it puts files below the output folder, one by
// one, each whole or not at all, and only where its bytes change.
type disk struct {
	ctx             context.Context
	public, private *folder
	corpus          fs.FS // of copies; nil without posts

	mu sync.Mutex
	// before are the files of the builds before, listed in was, and folders those that they
	// lie in. Before a file that is not among them is made, its name goes into
	// the journal: what a killed build made, the next one knows.
	before, folders map[string]bool
	was             []string
	journal         *os.File
	names           *register
	made, changed   map[string]bool
	// problems are copies that could not have their names.
	problems []problem.Problem
	// known are files that a build before made, as they were then; kept is
	// what the next one may know of those of this build.
	known *cache
	kept  map[string]cachedFile
	// dir is the output folder, assets how files beside the posts were found.
	dir string
	// real are folders that no link leads to.
	real map[string]bool
	// touched are files that this build put, though a later pass of it may not.
	touched map[string]bool
}

// openDisk opens the output folder. before are the files of the builds before.
func openDisk(ctx context.Context, out string, before []string, known *cache) (*disk, error) {
	n := len(known.files) // the list is whatever somebody wrote
	d := &disk{
		ctx: ctx, dir: out, known: known, before: make(map[string]bool, n), folders: map[string]bool{},
		touched: make(map[string]bool, n), real: map[string]bool{},
	}
	// The cache knows files, too, should the list have been lost.
	for _, name := range before {
		d.wasThere(name)
	}
	for name := range known.files {
		d.wasThere(name)
	}
	var err error
	if d.public, err = openIn(out, PublicDir, publicFile, publicDir); err != nil {
		return nil, err
	}
	if d.private, err = openIn(out, PrivateDir, privateFile, privateDir); err != nil {
		return nil, errors.Join(err, d.close())
	}
	if err := regularOrNone(filepath.Join(out, StateDir, buildLog)); err != nil {
		return nil, errors.Join(err, d.close())
	}
	if d.journal, err = os.OpenFile(filepath.Join(out, StateDir, buildLog), os.O_WRONLY|os.O_CREATE|os.O_APPEND, privateFile); err != nil {
		return nil, errors.Join(fmt.Errorf("open list of new files: %w", err), d.close())
	}
	d.restart()
	return d, nil
}

// wasThere notes a file of the builds before.
func (d *disk) wasThere(name string) {
	if d.before[name] {
		return
	}
	d.before[name] = true
	d.was = append(d.was, name)
	for dir := path.Dir(name); dir != "." && !d.folders[dir]; dir = path.Dir(dir) {
		d.folders[dir] = true
	}
}

func (d *disk) close() error {
	var errs []error
	for _, f := range []*folder{d.public, d.private} {
		if f != nil {
			errs = append(errs, f.close())
		}
	}
	if d.journal != nil {
		errs = append(errs, d.journal.Close())
	}
	return errors.Join(errs...)
}

// restart begins anew: what has been put counts no more.
func (d *disk) restart() {
	n := len(d.before)
	d.names, d.made, d.changed, d.problems = newRegister(n), make(map[string]bool, n), map[string]bool{}, nil
	d.kept = make(map[string]cachedFile, n)
}

// Has reports whether a file is there as a build before made it of what the
// key names.
func (d *disk) Has(path string, private bool, key string) bool {
	return key != "" && d.has(publish.File{Path: path, Private: private, Key: key})
}

func (d *disk) has(f publish.File) bool {
	name := nameOf(f)
	old, ok := d.known.files[name]
	if !ok || f.Key != string(old.key[:]) || !d.there(name, old.mark) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if ok, err := d.claim(f, name); err != nil || !ok {
		return false // putting it will say why
	}
	d.made[name], d.kept[name] = true, old
	return true
}

// there reports whether a file is there and has not been touched since it had
// a mark.
func (d *disk) there(name string, m mark) bool {
	if !d.known.running && !m.older(d.known.ended) {
		return false
	}
	now, ok := markAt(d.at(name))
	return ok && now == m && d.isFolder(path.Dir(name))
}

// at is where a file of the output lies.
func (d *disk) at(name string) string {
	return d.dir + string(filepath.Separator) + filepath.FromSlash(name)
}

// isFolder reports whether a name below the output folder is that of a folder,
// and no link leads there.
func (d *disk) isFolder(name string) bool {
	if name == "." {
		return true
	}
	d.mu.Lock()
	known := d.real[name]
	d.mu.Unlock()
	if known {
		return true
	}
	if !folderAt(d.at(name)) || !d.isFolder(path.Dir(name)) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.real[name] = true
	return true
}

// Put writes a file.
func (d *disk) Put(f publish.File) error {
	if f.Source != "" {
		f.Key = d.sourceKey(f.Source)
		if f.Key != "" && d.has(f) {
			return nil
		}
	}
	ok, err := d.take(f)
	if err != nil || !ok {
		return err
	}
	to, changed := d.folder(f.Private), false
	if f.Source != "" {
		changed, err = to.copyFrom(f.Path, d.corpus, f.Source)
	} else {
		changed, err = to.replace(f.Path, f.Data)
	}
	return d.done(f, changed, err)
}

// sourceKey names the state of a file beside the posts, or is "" where it may
// have changed as this build began.
func (d *disk) sourceKey(source string) string {
	info, err := fs.Stat(d.corpus, source)
	if err != nil {
		return ""
	}
	m, ok := markOf(info)
	if !ok || !m.older(d.known.now) {
		return ""
	}
	return m.key()
}

// Open begins a file.
func (d *disk) Open(name string, private bool, key string) (publish.FileWriter, error) {
	f := publish.File{Path: name, Private: private, Key: key}
	if _, err := d.take(f); err != nil {
		return nil, err
	}
	w, err := d.folder(private).rewrite(name)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", nameOf(f), err)
	}
	return &diskFile{w, d, f}, nil
}

type diskFile struct {
	*rewrite
	disk *disk
	file publish.File
}

// Write takes the next bytes, unless the build has been stopped.
func (f *diskFile) Write(b []byte) (int, error) {
	if err := f.disk.ctx.Err(); err != nil {
		return 0, err
	}
	return f.rewrite.Write(b)
}

// Close puts the file.
func (f *diskFile) Close() error {
	changed, err := f.rewrite.close()
	return f.disk.done(f.file, changed, err)
}

// Abandon leaves the file as it was.
func (f *diskFile) Abandon() { f.rewrite.abandon() }

func (d *disk) folder(private bool) *folder {
	if private {
		return d.private
	}
	return d.public
}

// take is claim for who has not locked the disk.
func (d *disk) take(f publish.File) (ok bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.claim(f, nameOf(f))
}

// claim gives a file its name and makes room for it; ok is false for a copy
// that may not have it, or has it already. The disk is locked.
func (d *disk) claim(f publish.File, name string) (ok bool, err error) {
	if err := d.ctx.Err(); err != nil {
		return false, err
	}
	lost, err := d.names.take(f)
	var p problem.Problem
	switch {
	case errors.Is(err, errCopied):
		return false, nil
	case errors.As(err, &p):
		d.problems = append(d.problems, p)
		return false, nil
	case err != nil:
		return false, err
	}
	for _, other := range lost {
		d.problems = append(d.problems, taken(other))
		delete(d.made, nameOf(other))
		if err := d.folder(other.Private).removeWithin(f.Path, other.Path); err != nil {
			return false, fmt.Errorf("remove %s: %w", nameOf(other), err)
		}
	}
	d.touched[name] = true
	if d.before[name] {
		return true, nil
	}
	if _, err := d.journal.WriteString(name + "\n"); err != nil {
		return false, fmt.Errorf("note new file: %w", err)
	}
	return true, d.makeRoom(f, name)
}

// makeRoom removes old files that stand where a new one has its folder, and
// those in a folder where it has its name.
func (d *disk) makeRoom(f publish.File, name string) error {
	var old []string
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if d.before[dir] {
			old = append(old, dir)
		}
	}
	if d.folders[name] {
		for other := range d.before {
			if strings.HasPrefix(other, name+"/") {
				old = append(old, other)
			}
		}
	}
	for _, other := range old {
		_, below, _ := strings.Cut(other, "/")
		if !safeName(below) {
			continue
		}
		if err := d.folder(f.Private).removeWithin(f.Path, below); err != nil {
			return fmt.Errorf("remove %s: %w", other, err)
		}
	}
	return nil
}

// done counts a file that was put.
func (d *disk) done(f publish.File, changed bool, err error) error {
	if shut := (*sourceError)(nil); errors.As(err, &shut) {
		// One file beside the posts keeps no other back.
		lost := cannotOpen(f.Source, shut)
		lost.Severity = problem.Error
		d.mu.Lock()
		defer d.mu.Unlock()
		d.problems = append(d.problems, lost)
		if name := nameOf(f); d.before[name] {
			d.made[name] = true // what was copied before stays
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", nameOf(f), err)
	}
	name := nameOf(f)
	m, marked := d.markOf(f)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made[name] = true
	if changed {
		d.changed[name] = true
	}
	if marked {
		d.kept[name] = cachedFile{m, [sha256.Size]byte([]byte(f.Key))}
	}
	return nil
}

// markOf returns the mark of a file that has just been put, if it has a key.
func (d *disk) markOf(f publish.File) (mark, bool) {
	if len(f.Key) != sha256.Size {
		return mark{}, false
	}
	return markAt(d.at(nameOf(f)))
}

// sweep removes what was made before, or by a pass of this build that did not
// count, and was not made now. It returns the names of what was there before.
func (d *disk) sweep() ([]string, error) {
	left := map[string]bool{} // whether it was there before
	for name := range d.touched {
		if !d.made[name] {
			left[name] = false
		}
	}
	for name := range d.before {
		if !d.made[name] {
			left[name] = true
		}
	}
	if len(left) == 0 {
		return nil, nil
	}
	inUse := make(map[string]bool, len(d.made))
	for name := range d.made {
		for dir := path.Dir(name); dir != "." && !inUse[dir]; dir = path.Dir(dir) {
			inUse[dir] = true
		}
	}
	var removed []string
	for _, name := range slices.Sorted(maps.Keys(left)) {
		if left[name] {
			removed = append(removed, name)
		}
		if inUse[name] || d.below(name) {
			continue
		}
		top, below, _ := strings.Cut(name, "/")
		if top != PublicDir && top != PrivateDir || !safeName(below) {
			continue
		}
		if err := d.folder(top == PrivateDir).remove(below); err != nil {
			return nil, fmt.Errorf("remove %s: %w", name, err)
		}
	}
	return removed, nil
}

// unknown returns how many files of the site this build did not make, where
// no build before is known to have made any: those of a lost list are among
// them. Hidden ones are anybody's.
func (d *disk) unknown() (n int) {
	if slices.ContainsFunc(d.was, func(name string) bool { return strings.HasPrefix(name, PublicDir+"/") }) {
		return 0
	}
	_ = fs.WalkDir(d.public.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // it is counted for a word, and nothing hangs on it
		case name != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir() && !d.made[PublicDir+"/"+name]:
			n++
		}
		return nil
	})
	return n
}

// below reports whether a file was made where another has its folder: then it
// has made room already.
func (d *disk) below(name string) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if d.made[dir] {
			return true
		}
	}
	return false
}

// list returns the files that were made, in order: nearly that in which those
// of the build before were listed.
func (d *disk) list() []string {
	names := make([]string, 0, len(d.made))
	for _, name := range d.was {
		if d.made[name] {
			names = append(names, name)
		}
	}
	if len(names) < len(d.made) {
		for name := range d.made {
			if !d.before[name] {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func sorted(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
