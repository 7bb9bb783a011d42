package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// enough is the free space in bytes below which a build may fail half-way.
const enough = 200 << 20

// namesShown is how many files a finding names.
const namesShown = 3

// writable tries every folder that is written to. A folder that is not there
// yet is made by those who need it.
func writable(p Patient, files fs.FS) (Finding, bool) {
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return found(Mend, "not-writable", problem.Params{"dirs": "."})
	}
	defer root.Close()
	var not []string
	for _, name := range []string{".", office.ContentDir, office.PublicDir, office.PrivateDir, office.StateDir} {
		if _, err := fs.Stat(files, name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		trial := path.Join(name, office.Temporary("doctor"))
		f, err := root.OpenFile(trial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		switch {
		case err == nil:
			_ = f.Close()
			_ = root.Remove(trial)
		case !errors.Is(err, fs.ErrExist): // left by a doctor that was killed
			not = append(not, name)
		}
	}
	if len(not) > 0 {
		return found(Mend, "not-writable", problem.Params{"dirs": strings.Join(not, ", ")})
	}
	return found(Well, "writable", nil)
}

// private folders are for their owner alone.
func private(_ Patient, files fs.FS) (Finding, bool) {
	if runtime.GOOS == "windows" {
		return Finding{}, false // permissions stand elsewhere there
	}
	var open []string
	there := false
	for _, name := range []string{office.PrivateDir, office.StateDir} {
		info, err := fs.Stat(files, name)
		if err != nil {
			continue
		}
		there = true
		if info.Mode().Perm()&0o077 != 0 {
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return found(Mend, "private-open", problem.Params{"dirs": strings.Join(open, " ")})
	}
	if !there {
		return Finding{}, false
	}
	return found(Well, "private", nil)
}

func disk(p Patient, _ fs.FS) (Finding, bool) {
	free, known := p.Free(p.Dir)
	if !known {
		return Finding{}, false
	}
	params := problem.Params{"free": size(free)}
	if free < enough {
		return found(Mend, "disk-full", params)
	}
	return found(Well, "disk", params)
}

// size is rounded down, so that nobody hopes for more than there is.
func size(n uint64) string {
	if n < 10<<30 {
		return strconv.FormatUint(n>>20, 10) + " MB"
	}
	return strconv.FormatUint(n>>30, 10) + " GB"
}

// capitals looks whether the file system takes a and A for the same.
func capitals(p Patient, files fs.FS) (Finding, bool) {
	a, err := fs.Stat(files, config.FileName)
	if err != nil {
		return Finding{}, false
	}
	b, err := fs.Stat(files, strings.ToUpper(config.FileName))
	if err == nil && os.SameFile(a, b) {
		return found(Note, "capitals-alike", nil)
	}
	return Finding{}, false
}

// leftovers are files that a run was writing when it was killed. While a build
// writes they may be its own.
func leftovers(p Patient, files fs.FS) (Finding, bool) {
	if office.Building(p.Dir) {
		return found(Note, "building", nil)
	}
	var left []string
	for _, dir := range []string{".", office.ContentDir, office.PublicDir, office.PrivateDir, office.StateDir} {
		_ = fs.WalkDir(files, dir, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fs.SkipDir
			case e.IsDir() && dir == "." && name != ".":
				return fs.SkipDir
			case office.Leftover(name):
				left = append(left, name)
			}
			return nil
		})
	}
	if len(left) > 0 {
		slices.Sort(left)
		return found(Mend, "leftovers", problem.Params{"n": strconv.Itoa(len(left)), "files": some(left)})
	}
	return Finding{}, false
}

// conflicts looks for the marks that git leaves in files that it could not
// merge.
func conflicts(p Patient, files fs.FS) (Finding, bool) {
	names := []string{config.FileName, office.AgreedFile}
	if p.Office != nil {
		for _, post := range p.Office.Corpus.Posts {
			names = append(names, path.Join(office.ContentDir, post.Path))
		}
	}
	var torn []string
	for _, name := range names {
		src, err := config.ReadRegular(files, name, content.MaxFile)
		if err == nil && len(value.Conflicts(src)) > 0 {
			torn = append(torn, name)
		}
	}
	if len(torn) > 0 {
		return found(Mend, "conflicts", problem.Params{"n": strconv.Itoa(len(torn)), "files": some(torn)})
	}
	return Finding{}, false
}

// some names the first of some files.
func some(names []string) string {
	if len(names) <= namesShown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, … (%d)", strings.Join(names[:namesShown], ", "), len(names))
}
