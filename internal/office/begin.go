package office

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"editorial/internal/config"
	"editorial/internal/starter"
	"editorial/pkg/civil"
	"editorial/pkg/words"
)

// Begun is what [Begin] did.
type Begun struct {
	// Exists: there is a config.toml already, and nothing was written.
	Exists bool
	// Created and Kept are the files that were written, and those of somebody
	// else that had their names already and stayed as they were; in order.
	Created, Kept []string
	// Posts is the folder that holds Markdown already, so that no sample posts
	// were written; "" if none does.
	Posts string
	// Unignored are the lines that a .gitignore which was kept lacks.
	Unignored []string
}

// Begin writes the model office of a language into a folder, made if it is not
// there. No file that exists is ever touched, nor anything outside the folder,
// wherever symbolic links in it lead. config.toml is written last: while it is
// not there, the office is not begun, and Begin completes what another was
// writing when it was stopped. No file is there before it is whole.
func Begin(dir string, lang words.Lang, clock func(civil.Zone) (time.Time, error)) (Begun, error) {
	var b Begun
	if _, err := os.Lstat(filepath.Join(dir, config.FileName)); err == nil {
		b.Exists = true
		return b, nil
	}
	zone, err := civil.LoadZone(starter.Zone(lang))
	if err != nil {
		return b, err
	}
	now, err := clock(zone)
	if err != nil {
		return b, err
	}
	today := zone.Date(now)
	files, err := starter.Files(lang, today)
	if err != nil {
		return b, err
	}
	f, err := openFolder(dir, publicFile, publicDir)
	if err != nil {
		return b, err
	}
	defer f.close()
	posts, err := postsIn(f.root.FS())
	if err != nil {
		return b, err
	}
	if len(posts) > 0 {
		if begun, ok := interrupted(f, posts, lang, today); ok {
			files = begun
		} else {
			b.Posts = firstFolder(posts[0])
		}
	}
	slices.SortStableFunc(files, func(x, y starter.File) int {
		return boolToInt(x.Path == config.FileName) - boolToInt(y.Path == config.FileName)
	})
	for _, file := range files {
		if file.IsContent() && b.Posts != "" {
			continue
		}
		created, err := f.create(file.Path, file.Data)
		switch {
		case err != nil:
			return b, fmt.Errorf("write %s: %w", file.Path, err)
		case created:
			b.Created = append(b.Created, file.Path)
		case !f.has(file):
			b.Kept = append(b.Kept, file.Path)
			if file.Path == ".gitignore" {
				b.Unignored = unignored(f, file.Data)
			}
		}
	}
	slices.Sort(b.Created)
	return b, nil
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// resumable is for how many days an office that was begun and not completed is
// still known: what the model says depends on the day.
const resumable = 31

// interrupted returns the model that another Begin was writing when it was
// stopped: the one of the latest day on which all these posts are its own.
func interrupted(f *folder, posts []string, lang words.Lang, today civil.Date) ([]starter.File, bool) {
	for ago := range resumable {
		files, err := starter.Files(lang, today.AddDays(-ago))
		if err != nil {
			return nil, false
		}
		ours := map[string]starter.File{}
		for _, file := range files {
			ours[file.Path] = file
		}
		foreign := func(name string) bool {
			file, ok := ours[name]
			return !ok || !f.has(file)
		}
		if !slices.ContainsFunc(posts, foreign) {
			return files, true
		}
		if slices.ContainsFunc(posts, func(name string) bool { return ours[name].Path == "" }) {
			return nil, false // on no other day either
		}
	}
	return nil, false
}

// has reports whether a file of the model is there, byte for byte.
func (f *folder) has(file starter.File) bool {
	data, err := f.read(file.Path)
	return err == nil && bytes.Equal(data, file.Data)
}

// postsIn returns the files of the posts that somebody has already, of this
// program, of Hugo or of Jekyll. What is being written is none.
func postsIn(fsys fs.FS) ([]string, error) {
	var posts []string
	for _, dir := range []string{ContentDir, "_posts"} {
		err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
			switch ext := strings.ToLower(path.Ext(name)); {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case !e.IsDir() && !Leftover(name) && (ext == ".md" || ext == ".markdown"):
				posts = append(posts, name)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look for posts: %w", err)
		}
	}
	return posts, nil
}

// firstFolder is the folder that a path begins with.
func firstFolder(name string) string {
	dir, _, _ := strings.Cut(name, "/")
	return dir
}

// unignored returns the lines of ours that the folder's own .gitignore lacks.
func unignored(f *folder, ours []byte) []string {
	theirs, err := f.read(".gitignore")
	if err != nil {
		theirs = nil
	}
	have := map[string]bool{}
	for line := range strings.Lines(string(theirs)) {
		have[strings.Trim(strings.TrimSpace(line), "/")] = true
	}
	var lacks []string
	for line := range strings.Lines(string(ours)) {
		if line = strings.TrimSpace(line); !have[strings.Trim(line, "/")] {
			lacks = append(lacks, line)
		}
	}
	return lacks
}
