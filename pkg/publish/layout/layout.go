package layout

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"editorial/pkg/problem"
)

// MaxBytes is the most that a template may write: far more than any page has,
// and less than a machine cannot hold.
const MaxBytes = 32 << 20

// errTooLong stops a template that writes more than [MaxBytes].
var errTooLong = fmt.Errorf("more than %d MB", MaxBytes>>20)

// Files are the templates of one kind of output. They are not changed by their
// methods.
type Files struct {
	Ours fs.FS
	// Own are those that an office has in place of ours, by the same names; nil
	// is none.
	Own fs.FS
	// Dir is how people know the folder of Own: "templates/newsletter".
	Dir string
}

// Read returns a file, and whether it is an own one.
func (f Files) Read(name string) (text string, own bool, err error) {
	if f.Own != nil {
		data, err := fs.ReadFile(f.Own, name)
		if err == nil {
			return string(data), true, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", true, err
		}
	}
	data, err := fs.ReadFile(f.Ours, name)
	return string(data), false, err
}

// Path returns how people know an own file.
func (f Files) Path(name string) string { return path.Join(f.Dir, name) }

// Unknown returns a warning for each own file that takes the place of none of
// ours: most likely its name is misspelt.
func (f Files) Unknown() []problem.Problem {
	if f.Own == nil {
		return nil
	}
	ours := Names(f.Ours)
	var all []problem.Problem
	for _, name := range Names(f.Own) {
		if slices.Contains(ours, name) {
			continue
		}
		all = append(all, problem.Problem{
			Position: problem.Position{File: f.Path(name)}, Code: CodeUnknown, Severity: problem.Warning,
			Params: problem.Params{"known": strings.Join(ours, ", ")},
		})
	}
	return all
}

// Names returns the names of all files of fsys, in order.
func Names(fsys fs.FS) []string {
	var names []string
	// What cannot be read has no name; reading it says why.
	_ = fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return nil
	})
	return names
}

// Template is a parsed set of files. Several goroutines may use it.
type Template struct {
	of    Files
	t     *template.Template
	texts map[string]string // by name
	own   []string          // those of texts that are own, in the order of Parse
	marks marks
}

// Parse parses files together, as one set whose definitions know each other.
// What is wrong with an own one is an error that is a problem.Problem.
func (f Files) Parse(names ...string) (*Template, error) {
	set := &Template{of: f, t: template.New("").Option("missingkey=error"), texts: map[string]string{}}
	for _, name := range names {
		text, own, err := f.Read(name)
		if err != nil {
			return nil, fmt.Errorf("read template %s: %w", name, err)
		}
		set.texts[name] = text
		if own {
			set.own = append(set.own, name)
		}
		if _, err := set.t.New(name).Parse(text); err != nil {
			return nil, set.explain(err, CodeSyntax)
		}
	}
	set.mark()
	return set, nil
}

// Own reports whether one of the files is an own one.
func (t *Template) Own() bool { return len(t.own) > 0 }

// Execute runs a definition, or the file of that name where nothing is defined
// under it: an own "mail.html" need not define "mail". What is wrong with an
// own file is an error that is a problem.Problem.
func (t *Template) Execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := t.Write(&b, name, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Write is Execute into w, which after an error has a part of it.
func (t *Template) Write(w io.Writer, name string, data any) error {
	if t.t.Lookup(name) == nil {
		name += ".html"
	}
	err := t.t.ExecuteTemplate(&limited{w, MaxBytes, MaxSteps, t.marks}, name, data)
	if err == nil {
		return nil
	}
	code := CodeRun
	if escape := (*template.Error)(nil); errors.As(err, &escape) || t.t.Lookup(name) == nil {
		code = CodeSyntax
	}
	return t.explain(err, code)
}

// Sum is the SHA-256 of the files, own ones and ours.
func (t *Template) Sum() [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.texts)) {
		fmt.Fprintf(h, "%q %q\n", name, t.texts[name])
	}
	return [sha256.Size]byte(h.Sum(nil))
}
