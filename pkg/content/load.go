package content

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/problem"
)

// MaxFiles is how many files a corpus may have, posts and others.
const MaxFiles = 200_000

// Load reads a folder: every Markdown file is a post ([IsMarkdown]), every
// other regular file an asset.
//
// What begins with a dot is passed over, Hugo's _index.md, which describes a
// list, and folders of templates (_layouts). What other programs make posts or
// pages of, and nobody reads here (.mdx, .njk), is a problem. Symbolic links, pipes, sockets and devices are never opened; each is
// a problem, as is a file that cannot be read, is larger than [MaxFile], or has
// a name with control characters. The result does not depend on how many
// processors read: posts and assets stand in the order of their paths.
//
// The only errors are the context's and an unreadable root.
func Load(ctx context.Context, fsys fs.FS, d Defaults) (*Corpus, error) {
	return Reload(ctx, fsys, d, nil)
}

// Known remembers files between two loads. Several goroutines may ask.
type Known interface {
	// Post returns the post of a file ([Head.Post]) if nothing can have changed
	// in it since it was read. It says so of no file of which it is not sure.
	// The post is the caller's ([Post.Copy]).
	Post(name string, info fs.FileInfo, d Defaults) (*Post, bool)
	// Read is told what a file was when it was read.
	Read(name string, info fs.FileInfo)
}

// Reload is [Load] that reads no file that is known; known may be nil.
func Reload(ctx context.Context, fsys fs.FS, d Defaults, known Known) (*Corpus, error) {
	c := &Corpus{}
	// Posts are read while further ones are looked for.
	found := make(chan foundFile, 256)
	var one sync.Mutex // of c.Posts
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			r := opener{fsys: fsys, d: d, known: known}
			var posts []*Post
			for f := range found {
				if ctx.Err() == nil {
					posts = append(posts, r.post(f))
				}
			}
			one.Lock()
			defer one.Unlock()
			c.Posts = append(c.Posts, posts...)
		})
	}
	err := c.walk(ctx, fsys, func(f foundFile) { found <- f })
	close(found)
	readers.Wait()
	if err = cmp.Or(err, ctx.Err()); err != nil {
		c.Posts = nil
		return c, err
	}
	c.compare(d) // puts posts in their order
	return c, nil
}

// foundFile is a file that is a post.
type foundFile struct {
	name  string
	entry fs.DirEntry
}

// errFull ends a walk that found too many files.
var errFull = errors.New("too many files")

// walk finds the files of the posts, and notes assets and problems.
func (c *Corpus) walk(ctx context.Context, fsys fs.FS, post func(foundFile)) error {
	seen := 0
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case name == ".":
			return err
		}
		base := path.Base(name)
		skip := func() error {
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if seen++; seen > MaxFiles {
			c.found(problem.Error, "", CodeTooManyFiles, problem.Params{"max": strconv.Itoa(MaxFiles)}, nil)
			return errFull
		}
		switch {
		case strings.HasPrefix(base, "."), passedOver(base) && e != nil && e.IsDir():
			return skip()
		case !goodFileName(base):
			c.found(problem.Error, strconv.QuoteToASCII(name), CodeFileName, nil, nil)
			return skip()
		case err != nil:
			c.found(problem.Error, name, CodeUnreadable, problem.Params{"detail": detail(err)}, err)
			return skip()
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			c.special(name, e.Type())
			return nil
		case isPost(base):
			post(foundFile{name, e})
			return nil
		case isSection(base), c.refuse(fsys, name):
			return nil
		}
		info, err := e.Info()
		if err != nil {
			c.found(problem.Warning, name, CodeUnreadable, problem.Params{"detail": detail(err)}, err)
			return nil
		}
		c.Assets = append(c.Assets, Asset{Path: name, Size: info.Size(), Info: info})
		return nil
	})
	if errors.Is(err, errFull) {
		err = nil
	}
	return err
}

// IsMarkdown reports whether a name is that of a text in Markdown: a post, or
// Hugo's _index.md.
func IsMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown":
		return true
	}
	return false
}

// isPost reports whether a file of that name is a post.
func isPost(base string) bool { return IsMarkdown(base) && !isSection(base) }

// isSection reports the file that describes a list, in one language or all:
// _index.md, _index.fr.md.
func isSection(base string) bool { return strings.HasPrefix(base, "_index.") && IsMarkdown(base) }

// goodFileName reports a name that can stand in a line of text.
func goodFileName(base string) bool {
	return utf8.ValidString(base) && !strings.ContainsFunc(base, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// special reports what is neither a folder nor a regular file. Only where a
// post should be does it hold something back.
func (c *Corpus) special(name string, t fs.FileMode) {
	severity, code := problem.Warning, CodeSpecialFile
	if isPost(path.Base(name)) {
		severity = problem.Error
	}
	if t&fs.ModeSymlink != 0 {
		code = CodeSymlink
	}
	c.found(severity, name, code, nil, nil)
}

func (c *Corpus) found(s problem.Severity, file string, code problem.Code, params problem.Params, cause error) {
	c.Found = append(c.Found, problem.Problem{Position: problem.Position{File: file}, Severity: s, Code: code, Params: params, Cause: cause})
}

// opener reads posts, one after the other.
type opener struct {
	fsys  fs.FS
	d     Defaults
	known Known
	buf   []byte
}

// post reads a post; one that cannot be read has that as its problem.
func (r *opener) post(f foundFile) *Post {
	if r.known != nil {
		if info, err := f.entry.Info(); err == nil && info.Mode().IsRegular() {
			if p, ok := r.known.Post(f.name, info, r.d); ok {
				return p
			}
		}
	}
	p, err := r.read(f.name)
	if err == nil {
		return p
	}
	p = newPost(f.name, r.d.Place(f.name), r.d)
	code, params := CodeUnreadable, problem.Params{"detail": detail(err)}
	switch {
	case errors.Is(err, errTooLarge):
		code, params = CodeFileTooLarge, problem.Params{"max": strconv.Itoa(MaxFile)}
	case errors.Is(err, errSpecial):
		code, params = CodeSpecialFile, nil
	}
	p.Problems = []problem.Problem{{Position: problem.Position{File: f.name}, Code: code, Params: params, Cause: err}}
	return p
}

func (r *opener) read(name string) (*Post, error) {
	src, info, err := readFile(r.fsys, name, r.buf)
	if err != nil {
		return nil, err
	}
	r.buf = src
	if r.known != nil {
		r.known.Read(name, info)
	}
	return Read(name, src, r.d), nil
}

// ReadFile reads the file of a post, as [Load] does.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	src, _, err := readFile(fsys, name, nil)
	return src, err
}

var (
	errTooLarge = errors.New("file too large")
	errSpecial  = errors.New("not a regular file")
)

// readFile reads a regular file up to MaxFile, into a buffer if it is large
// enough. What the folder said of it is asked again of the open file: it may
// have been replaced between the two.
func readFile(fsys fs.FS, name string, buf []byte) ([]byte, fs.FileInfo, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, errSpecial
	case info.Size() > MaxFile:
		return nil, nil, errTooLarge
	}
	src := buf[:0]
	if int64(cap(src)) <= info.Size() {
		src = make([]byte, 0, info.Size()+1)
	}
	for {
		n, err := f.Read(src[len(src):cap(src)])
		src = src[:len(src)+n]
		switch {
		case len(src) > MaxFile:
			return nil, nil, errTooLarge
		case errors.Is(err, io.EOF):
			return src, info, nil
		case err != nil:
			return nil, nil, err
		case len(src) == cap(src):
			src = append(src, 0)[:len(src)]
		}
	}
}

// detail is what the system said, without the path that stands before it.
func detail(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
