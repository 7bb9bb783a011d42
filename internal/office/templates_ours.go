package office

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"editorial/internal/config"
	"editorial/pkg/publish/layout"
	"editorial/pkg/publish/newsletter"
)

// Template is one of ours, which an office may have its own in place of.
type Template struct {
	// Name is its path below TemplateDir: "newsletter/mail.html".
	Name string
	// Own reports whether the office has its own.
	Own bool
	// Text is ours.
	Text []byte
}

// ourTemplates are ours by kind.
func ourTemplates() map[string]fs.FS {
	return map[string]fs.FS{templateKind: newsletter.Templates()}
}

// Templates returns our templates, by name, and which of them an office in
// that folder has its own of. A folder without an office has none.
func Templates(dir string) ([]Template, error) {
	o := &Office{Dir: dir}
	var all []Template
	for kind, ours := range ourTemplates() {
		own := snapshot{}
		if _, err := os.Stat(dir); err == nil {
			// One that cannot be read is an own one all the same: check says so.
			if fsys, _ := o.templates(kind); fsys != nil {
				own, _ = fsys.(snapshot)
			}
		}
		for _, name := range layout.Names(ours) {
			text, err := fs.ReadFile(ours, name)
			if err != nil {
				return nil, fmt.Errorf("read our template: %w", err)
			}
			_, has := own[name]
			all = append(all, Template{Name: path.Join(kind, name), Own: has, Text: text})
		}
	}
	slices.SortFunc(all, func(a, b Template) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// WriteTemplates writes copies of templates below TemplateDir of the office in
// that folder, to be changed there. A file that is there already is kept. The
// names returned are paths in the office; the error wraps fs.ErrNotExist where
// there is no office.
func WriteTemplates(dir string, templates []Template) (written, kept []string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	if _, err := root.Stat(config.FileName); err != nil {
		return nil, nil, fmt.Errorf("find office: %w", err)
	}
	for _, t := range templates {
		name := path.Join(TemplateDir, t.Name)
		if err := root.MkdirAll(path.Dir(name), publicDir); err != nil {
			return written, kept, fmt.Errorf("make folder: %w", err)
		}
		switch err := writeNew(root, name, t.Text); {
		case errors.Is(err, fs.ErrExist):
			kept = append(kept, name)
		case err != nil:
			return written, kept, fmt.Errorf("write template: %w", err)
		default:
			written = append(written, name)
		}
	}
	return written, kept, nil
}

// writeNew makes a file; one that is there is left alone, with fs.ErrExist.
func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, publicFile)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
