package starter

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/words"
)

//go:embed common en fr
var models embed.FS

// ContentDir is the folder of the posts, and of the pictures beside them.
const ContentDir = "content"

// File is one file of a model office.
type File struct {
	Path string // with forward slashes, below the office's folder
	Data []byte
}

// IsContent reports a post, or a file that posts show.
func (f File) IsContent() bool { return strings.HasPrefix(f.Path, ContentDir+"/") }

// IsPost reports a post.
func (f File) IsPost() bool { return f.IsContent() && path.Ext(f.Path) == ".md" }

// Zone returns the time zone of the model in a language.
func Zone(lang words.Lang) string {
	if lang == words.French {
		return "Europe/Paris"
	}
	return "Europe/London"
}

// country is the one whose public holidays the model keeps.
func country(lang words.Lang) string {
	if lang == words.French {
		return "fr"
	}
	return "gb"
}

// Files returns the model office in a language as it is on a day, in the order
// of the paths.
func Files(lang words.Lang, today civil.Date) ([]File, error) {
	var files []File
	for _, dir := range []string{"common", string(words.New(lang).Lang())} {
		model, err := fs.Sub(models, dir)
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", dir, err)
		}
		err = fs.WalkDir(model, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(model, name)
			if err != nil {
				return err
			}
			f := File{Path: name, Data: data}
			if name == "gitignore" {
				// A file of that name would be obeyed where it lies here.
				f.Path = ".gitignore"
			}
			if text(name) {
				if f.Data, err = fill(data, day{words: words.New(lang), country: country(lang), today: today, file: name}); err != nil {
					return err
				}
			}
			files = append(files, f)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", dir, err)
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// text reports files that have placeholders.
func text(name string) bool { return path.Ext(name) == ".md" || path.Ext(name) == ".toml" }
