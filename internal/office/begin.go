package office

import (
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
	// Created and Kept are the files that were written, and those that had
	// their names already and stayed as they were; in order.
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
// not there, the office is not begun.
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
	files, err := starter.Files(lang, zone.Date(now))
	if err != nil {
		return b, err
	}
	f, err := openFolder(dir, publicFile, publicDir)
	if err != nil {
		return b, err
	}
	defer f.close()
	if b.Posts, err = postsIn(f.root.FS()); err != nil {
		return b, err
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
		default:
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

// errPosts ends a walk that found a post.
var errPosts = errors.New("posts")

// postsIn returns the folder of the posts that somebody has already, of this
// program, of Hugo or of Jekyll.
func postsIn(fsys fs.FS) (string, error) {
	for _, dir := range []string{ContentDir, "_posts"} {
		err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
			switch ext := strings.ToLower(path.Ext(name)); {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case !e.IsDir() && (ext == ".md" || ext == ".markdown"):
				return errPosts
			}
			return nil
		})
		if errors.Is(err, errPosts) {
			return dir, nil
		}
		if err != nil {
			return "", fmt.Errorf("look for posts: %w", err)
		}
	}
	return "", nil
}

// unignored returns the lines of ours that the folder's own .gitignore lacks.
func unignored(f *folder, ours []byte) []string {
	theirs, err := f.root.ReadFile(".gitignore")
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
