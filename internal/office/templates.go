package office

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"
	"syscall"
	"unicode/utf8"

	"editorial/internal/config"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// TemplateDir holds the templates that an office has in place of ours: a
// folder for each kind of output, "templates/newsletter".
const TemplateDir = "templates"

// CodeTemplateUnreadable is the problem of a template that cannot be read: it
// is no regular file, too large, no text in UTF-8, or leads out of the office.
const CodeTemplateUnreadable problem.Code = "template-unreadable"

// Limits of an office's templates of one kind.
const (
	templateMax  = 1 << 20 // bytes of a file
	templatesMax = 500     // files
)

// templates returns what the office has in place of our templates of a kind
// ("newsletter", "site"), by their names below its folder of that kind: nil
// where it has none. They are read at once and whole, so that what is made of
// them is of one state of the folder; no link leads out of the office. Hidden
// files, and the copies that editors leave ("mail.html~"), are passed over.
//
// The error joins a problem.Problem for each file that cannot be read; the
// files that can be are returned nevertheless.
func (o *Office) templates(kind string) (fs.FS, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	r := templateReader{root: root, files: snapshot{}}
	r.dir(path.Join(TemplateDir, kind), "")
	if len(r.files) == 0 {
		return nil, errors.Join(r.problems...)
	}
	return r.files, errors.Join(r.problems...)
}

// withTemplates calls work with the office's templates of a kind, and again
// without each one that has an error (a problem.Problem with its place), until
// what is left works: a template that fails holds up nothing else. It returns
// what is wrong with the templates; dropped, which work gets too, are the names
// of those that are left out, also because they cannot be read. What else work
// says is the error.
func (o *Office) withTemplates(kind string, work func(own fs.FS, dropped []string) error) ([]problem.Problem, error) {
	own, err := o.templates(kind)
	found, err := templateProblems(err)
	if err != nil {
		return nil, err
	}
	within := path.Join(TemplateDir, kind) + "/"
	var dropped []string
	for _, p := range found {
		dropped = append(dropped, strings.TrimPrefix(p.File, within))
	}
	for {
		err := work(own, dropped)
		var p problem.Problem
		ok := errors.As(err, &p)
		name, below := strings.CutPrefix(p.File, within)
		files, _ := own.(snapshot)
		if _, there := files[name]; !ok || !below || !there {
			return found, err
		}
		dropped, found = append(dropped, name), append(found, p)
		own = without(own, name)
	}
}

// without returns templates less some of them; nil where none is left.
func without(own fs.FS, names ...string) fs.FS {
	files, _ := own.(snapshot)
	files = maps.Clone(files)
	for _, name := range names {
		delete(files, name)
	}
	if len(files) == 0 {
		return nil
	}
	return files
}

// templateProblems takes what [Office.templates] says apart; anything else is
// an error.
func templateProblems(err error) ([]problem.Problem, error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, err
	}
	var found []problem.Problem
	for _, e := range joined.Unwrap() {
		p, ok := e.(problem.Problem)
		if !ok {
			return nil, err
		}
		found = append(found, p)
	}
	return found, nil
}

// templateReader reads the files of a folder and of those below it.
type templateReader struct {
	root     *os.Root
	files    snapshot
	full     bool // there are more than are read
	problems []error
}

// dir reads a folder; below is its name inside the folder of the kind.
func (r *templateReader) dir(name, below string) {
	entries, err := fs.ReadDir(r.root.FS(), name)
	if below == "" && errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.unreadable(name, err)
	}
	for _, e := range entries {
		at, short := path.Join(name, e.Name()), path.Join(below, e.Name())
		switch {
		case r.full:
			return
		case strings.HasPrefix(e.Name(), "."), strings.HasSuffix(e.Name(), "~"):
		case e.IsDir():
			r.dir(at, short)
		case len(r.files) == templatesMax:
			r.full = true
			r.unreadable(name, fmt.Errorf("more than %d files", templatesMax))
		default:
			r.file(at, short)
		}
	}
}

func (r *templateReader) file(name, short string) {
	data, err := config.ReadRegular(r.root.FS(), name, templateMax)
	if err == nil && textual(name) && !utf8.Valid(data) {
		err = errors.New("not UTF-8")
	}
	if err != nil {
		r.unreadable(name, err)
		return
	}
	r.files[short] = data
}

// textual reports whether a file of that name is read as text: one that is
// copied as it is, such as a picture, may have any bytes.
func textual(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".css", ".txt", ".xml", ".xsl", ".svg", ".js", ".json":
		return true
	}
	return false
}

func (r *templateReader) unreadable(name string, err error) {
	cause := err
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		cause = at.Err // its path is the position
	}
	switch p := (problem.Problem{}); {
	case errors.As(err, &p) && p.Code == value.CodeTooLarge:
		cause = errors.New("too large")
	case errors.As(err, &p), errors.Is(err, syscall.EISDIR):
		cause = errors.New("not a regular file")
	}
	r.problems = append(r.problems, problem.Problem{
		Position: problem.Position{File: name}, Code: CodeTemplateUnreadable,
		Params: problem.Params{"detail": cmp.Or(cause, err).Error()}, Cause: err,
	})
}
