package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"syscall"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Options are the layers above the file.
type Options struct {
	// Environ are the variables as "NAME=value"; those that do not begin with
	// [Prefix] are not looked at.
	Environ []string
	// Set are flags of the form "key=value", the later over the earlier.
	Set []string
	// ReadFile reads a file with a secret, outside the office's folder. Nil
	// means that none can be read.
	ReadFile func(name string) ([]byte, error)
}

// Read reads config.toml from the office's folder and lays the environment and
// flags over it. The problems are all that were found, sorted; with an error
// among them the configuration must not be used. A file that is missing, too
// large, a pipe or a device is such a problem; the error is for one that cannot
// be read.
func Read(fsys fs.FS, opts Options) (Config, Origins, []problem.Problem, error) {
	src, err := ReadRegular(fsys, FileName, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Default(), Origins{}, []problem.Problem{missing(FileName, err)}, nil
	}
	if refused := (problem.Problem{}); errors.As(err, &refused) {
		return Default(), Origins{}, []problem.Problem{refused}, nil
	}
	if err != nil {
		return Default(), Origins{}, nil, fmt.Errorf("read configuration: %w", err)
	}
	c, origins, problems := Parse(src, opts)
	return c, origins, problems, nil
}

// maxFile is the most bytes of a config.toml: the most that is read as TOML.
const maxFile = value.MaxBytes

// ReadRegular reads a regular file of at most so many bytes. A pipe, which
// would be waited for, a device and a longer file are each a [problem.Problem],
// and a folder is an error of the system.
func ReadRegular(fsys fs.FS, name string, most int64) ([]byte, error) {
	refused := func(code problem.Code) error {
		return problem.Problem{Position: problem.Position{File: name}, Code: code, Params: problem.Params{"max": strconv.FormatInt(most, 10)}}
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	case !info.Mode().IsRegular():
		return nil, refused(CodeNotRegular)
	case info.Size() > most:
		return nil, refused(value.CodeTooLarge)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// It may grow while it is read.
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, refused(value.CodeTooLarge)
	}
	return data, err
}

// ReadDir is Read for a folder of the machine. A folder that is not there has
// no config.toml, either.
func ReadDir(dir string, opts Options) (Config, Origins, []problem.Problem, error) {
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return Default(), Origins{}, []problem.Problem{missing(filepath.Join(dir, FileName), err)}, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Default(), Origins{}, nil, fmt.Errorf("open office: %w", err)
	}
	defer root.Close()
	return Read(root.FS(), opts)
}

func missing(file string, cause error) problem.Problem {
	return problem.Problem{
		Position: problem.Position{File: file}, Code: CodeMissingFile, Params: problem.Params{"file": FileName}, Cause: cause,
	}
}

// Parse is Read for the bytes of a config.toml.
func Parse(src []byte, opts Options) (Config, Origins, []problem.Problem) {
	root, problems := value.ParseTOML(FileName, src, 1)
	l := layers{root: root, over: Origins{}, problems: problems}
	broken := problem.Errors(problems) > 0
	l.environment(opts.Environ, opts.ReadFile)
	l.flags(opts.Set)

	d := &decoder{problems: l.problems, origins: Origins{}, places: Origins{}, over: l.over, wrong: map[string]bool{}}
	c := Default()
	d.into(reflect.ValueOf(&c).Elem(), l.root, spot{at: Origin{Source: FromFile, Position: problem.Position{File: FileName}}})
	check := &checker{d, &c}
	check.finish()
	if !broken {
		// Of a file that was only read in part it cannot be said what is missing.
		check.all()
	}
	found := once(d.problems)
	problem.Sort(found)
	return c, d.origins, found
}

// once leaves out what a date is not when TOML could not read it already.
func once(ps []problem.Problem) []problem.Problem {
	unread := map[problem.Position]bool{}
	for _, p := range ps {
		if p.Code == value.CodeSyntax {
			unread[p.Position] = true
		}
	}
	return slices.DeleteFunc(ps, func(p problem.Problem) bool {
		return unread[p.Position] && (p.Code == CodeNotDate || p.Code == CodeNotClock)
	})
}
