// Package watch tells when the files of an office change, and when the clock
// changes what is made of them.
package watch

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"editorial/internal/config"
	"editorial/internal/office"
)

const (
	// settle is how long nothing must happen before a change counts as made:
	// editors write in several steps, and git many files.
	settle = 80 * time.Millisecond
	// settleMax is the longest that changes wait for each other.
	settleMax = time.Second
	// pollEvery is how often files are looked at where nobody tells.
	pollEvery = time.Second
)

// watchFiles sends the files of the office that changed since they were as in seen,
// below its folder, until the context ends. The system tells of changes; where
// it cannot (it has run out of watches, or the disk is of a kind that does not
// tell), the files are looked at once a second.
func watchFiles(ctx context.Context, dir string, seen Seen, out chan<- []string) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		poll(ctx, dir, seen, out, pollEvery)
		return
	}
	told := follower{dir: dir, watcher: w, known: maps.Clone(seen), born: map[string]bool{}, watched: map[string]bool{}}
	ok := w.Add(dir) == nil
	for _, name := range folders() {
		ok = ok && told.add(told.within(name))
	}
	// Only now does the system tell: what changed before is found by looking.
	now := Look(dir)
	told.changed = differ(seen, now)
	maps.Copy(told.known, now)
	if ok {
		ok = told.run(ctx, out)
	}
	w.Close()
	if !ok && ctx.Err() == nil {
		poll(ctx, dir, seen, out, pollEvery) // rather one change too many than one lost
	}
}

// follower turns what the system tells into changes of the office.
type follower struct {
	dir     string
	watcher *fsnotify.Watcher
	changed map[string]bool
	// known are the files of before the last change that was passed on, born
	// those that have come since.
	known Seen
	born  map[string]bool
	// watched are the folders that the system tells of, as it names them; moved
	// says that one of them went since the last change that was passed on.
	watched map[string]bool
	moved   bool
}

// folders are those of the office that are followed with all below them.
func folders() []string { return []string{office.ContentDir, office.TemplateDir} }

// followed reports whether a path below the office is one of these folders or
// lies in one.
func followed(rel string) bool {
	return slices.ContainsFunc(folders(), func(name string) bool { return rel == name || strings.HasPrefix(rel, name+"/") })
}

// within is a folder of the office. The separator makes a link to a folder be
// followed.
func (f *follower) within(name string) string {
	return filepath.Join(f.dir, name) + string(filepath.Separator)
}

// add watches a folder and all below it. It reports false where the system has
// no more watches; what is gone again is no failure.
func (f *follower) add(top string) bool {
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // not there, or not for us: nothing to watch
		}
		if !d.IsDir() {
			return nil
		}
		if name != top && hidden(d.Name()) {
			return fs.SkipDir
		}
		switch err := f.watcher.Add(name); {
		case err == nil:
			f.watched[filepath.Clean(name)] = true
		case there(name):
			return err
		}
		return nil
	})
	return err == nil
}

// drop watches a folder and all below it no longer, for it has gone or has
// another name. The system follows a folder and not its name: it would go on
// telling under the old one, or nothing at all once both names were watched.
func (f *follower) drop(top string) {
	top = filepath.Clean(top)
	if !f.watched[top] {
		return
	}
	f.moved = true
	for name := range f.watched {
		if name == top || strings.HasPrefix(name, top+string(filepath.Separator)) {
			_ = f.watcher.Remove(name) // what is gone is watched no more
			delete(f.watched, name)
		}
	}
}

// again watches all folders once more where one of them went: it may have come
// back under a name that was told too early. Who is told of the change reads
// the files after that, so that nothing is missed between the two.
func (f *follower) again() bool {
	ok := true
	if f.moved {
		for _, name := range folders() {
			ok = f.add(f.within(name)) && ok
		}
	}
	f.moved = false
	return ok
}

// run passes changes on; it reports false if the system stopped telling.
func (f *follower) run(ctx context.Context, out chan<- []string) bool {
	var quiet, late <-chan time.Time
	var send chan<- []string
	if len(f.changed) > 0 {
		send = out
	}
	for {
		var list []string
		if send != nil {
			list = slices.Sorted(maps.Keys(f.changed))
		}
		select {
		case <-ctx.Done():
			return true
		case e, ok := <-f.watcher.Events:
			if !ok || !f.note(e) {
				return false
			}
			if len(f.changed) > 0 {
				quiet, send = time.After(settle), nil
				if late == nil {
					late = time.After(settleMax)
				}
			}
		case _, ok := <-f.watcher.Errors:
			if !ok {
				return false
			}
			f.changed[office.ContentDir] = true // too much happened to be told
			send = out
		case <-quiet:
			if !f.again() {
				return false
			}
			quiet, late, send = nil, nil, f.ready(out)
		case <-late:
			if !f.again() {
				return false
			}
			quiet, late, send = nil, nil, f.ready(out)
		case send <- list:
			f.changed, send = map[string]bool{}, nil
		}
	}
}

// ready takes out of the changes what came and went again between two of them:
// editors and sed write a file of another name first. It returns out if
// anything is left to pass on.
func (f *follower) ready(out chan<- []string) chan<- []string {
	maps.DeleteFunc(f.changed, func(name string, _ bool) bool {
		_, before := f.known[name]
		return f.born[name] && !before && !there(filepath.Join(f.dir, filepath.FromSlash(name)))
	})
	for name := range f.born {
		if f.changed[name] {
			f.known[name] = mark{}
		}
	}
	clear(f.born)
	if len(f.changed) == 0 {
		return nil
	}
	return out
}

// note remembers an event; false: a new folder cannot be watched.
func (f *follower) note(e fsnotify.Event) bool {
	name, ok := officeFile(f.dir, e.Name)
	if !ok || e.Op == fsnotify.Chmod {
		return true
	}
	f.changed[name] = true
	if e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove) {
		f.drop(e.Name)
	}
	if e.Has(fsnotify.Create) {
		f.born[name] = true
	}
	if e.Has(fsnotify.Create) && followed(name) && folder(e.Name) {
		return f.add(e.Name + string(filepath.Separator))
	}
	return true
}

// officeFile returns the path of a file below the office's folder, if the
// office is made of it.
func officeFile(dir, name string) (string, bool) {
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		return "", false
	}
	rel = filepath.ToSlash(rel)
	if rel == config.FileName || rel == office.AgreedFile {
		return rel, true
	}
	if !followed(rel) {
		return "", false
	}
	for part := range strings.SplitSeq(rel, "/") {
		if hidden(part) {
			return "", false
		}
	}
	return rel, true
}

// hidden reports whether a name is that of a file which editors keep beside
// the one that a person writes: locks, copies, and the file with which Vim
// tries whether it may write.
func hidden(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".swp", ".swo", ".swx":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") || name == "4913"
}

func there(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func folder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

// mark tells one state of a file from the next.
type mark struct {
	size int64
	time time.Time
}

// poll looks at all files again and again.
func poll(ctx context.Context, dir string, before Seen, out chan<- []string, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := Look(dir)
		changed := differ(before, now)
		before = now
		if len(changed) == 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case out <- slices.Sorted(maps.Keys(changed)):
		}
	}
}

// differ returns the files that came, changed or went.
func differ(before, now Seen) map[string]bool {
	changed := map[string]bool{}
	for name, m := range now {
		if before[name] != m {
			changed[name] = true
		}
	}
	for name := range before {
		if _, still := now[name]; !still {
			changed[name] = true
		}
	}
	return changed
}

// Seen is the state of every file of an office.
type Seen map[string]mark

// Look notes the state of every file of the office in a folder.
func Look(dir string) Seen {
	seen := Seen{}
	add := func(name string, info fs.FileInfo) {
		if rel, ok := officeFile(dir, name); ok {
			seen[rel] = mark{info.Size(), info.ModTime()}
		}
	}
	for _, name := range []string{config.FileName, office.AgreedFile} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			add(filepath.Join(dir, name), info)
		}
	}
	for _, top := range folders() {
		_ = filepath.WalkDir(filepath.Join(dir, top)+string(filepath.Separator), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // what cannot be read is not there
			}
			if info, err := d.Info(); err == nil {
				add(name, info)
			}
			return nil
		})
	}
	return seen
}
