package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Limits, in bytes of a file and in posts. A larger export can be cut in two:
// what was imported is not imported again.
const (
	MaxBytes = 256 << 20
	MaxPosts = 50_000
)

// Kind is what something was made by.
type Kind string

const (
	Hugo      Kind = "hugo"
	Jekyll    Kind = "jekyll"
	WordPress Kind = "wordpress"
	CSV       Kind = "csv"
	Feed      Kind = "feed"
)

// Kinds returns all kinds, in the order in which they are named.
func Kinds() []Kind { return []Kind{Hugo, Jekyll, WordPress, CSV, Feed} }

// ErrUnknown is returned by [Recognise] for what is of no kind, and by [Read]
// for what is not of the kind that was named.
var ErrUnknown = errors.New("nothing that can be imported")

// TooLargeError is returned by [Read] for a file of more than [MaxBytes].
type TooLargeError struct{ Name string }

func (e TooLargeError) Error() string {
	return fmt.Sprintf("%s has more than %d bytes", e.Name, MaxBytes)
}

// Options are what the office says.
type Options struct {
	// Zone is the office's: that of dates without an offset whose own zone is
	// not known.
	Zone civil.Zone
	// Lang is the main language of the office.
	Lang string
	// Now decides which dates of a table are to come.
	Now time.Time
	// Pages asks for pages too, where the source tells them from posts.
	Pages bool
	// Skip are folders at the top of a Jekyll site that are none of its own: the
	// office's, where it lies in the same folder.
	Skip []string
	// Platforms are the office's by the words that a table may have for them, in
	// lower case.
	Platforms map[string]string
	// Person returns the office's id of a person, or the name itself; nil: the
	// name itself.
	Person func(name string) string
}

func (o Options) person(name string) string {
	if o.Person == nil {
		return name
	}
	return o.Person(name)
}

// Batch is what was read, in the order of the source.
type Batch struct {
	Kind  Kind
	Posts []Post
	// Media are the addresses of pictures and recordings that posts show and
	// that stay where they are: each once, in order.
	Media []string
	// Notes say what was not converted, or not as it was: each kind once, with
	// its number ("n") and the place where it first stands.
	Notes []problem.Problem
}

// Post is a post to be written.
type Post struct {
	// At is where it stands in the source.
	At problem.Position
	// Path is where it would lie below content/. It is a plain relative path.
	Path string
	// Source is the file. It has no id yet, no guid and no address of its past.
	Source []byte
	// GUID is the id that readers of its feed know, "" if there is none.
	GUID string
	// Address is that of its page as it was: absolute, or a path that begins
	// with a slash; "" if it is not known.
	Address string
	// Key tells it from the other posts of the source where neither GUID nor
	// Address does. It is never empty.
	Key string
	// Files are to lie beside it.
	Files []File
}

// File is a file of the source to be copied.
type File struct {
	From string // inside the source
	To   string // below content/, a plain relative path
}

// Recognise says what lies there: name is a file of fsys, or "." for the
// folder itself. The error wraps [ErrUnknown] if it is nothing known.
func Recognise(fsys fs.FS, name string) (Kind, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return recogniseFolder(fsys)
	}
	head, err := readHead(fsys, name)
	if err != nil {
		return "", err
	}
	text := strings.ToLower(string(decode(head)))
	ext := strings.ToLower(path.Ext(name))
	switch begin := strings.TrimSpace(text); {
	case strings.Contains(text, "wordpress.org/export/") || strings.Contains(text, "<wp:wxr_version"):
		return WordPress, nil
	case strings.Contains(text, "<rss") || strings.Contains(text, "<feed") || strings.Contains(text, "<rdf:rdf"):
		return Feed, nil
	case strings.HasPrefix(begin, "{") && strings.Contains(text, "jsonfeed.org/version"):
		return Feed, nil
	case ext == ".csv" || ext == ".tsv":
		return CSV, nil
	}
	return "", fmt.Errorf("%s: %w", name, ErrUnknown)
}

// recogniseFolder looks for what only one of the two programs has.
func recogniseFolder(fsys fs.FS) (Kind, error) {
	is := func(name string, dir bool) bool {
		info, err := fs.Stat(fsys, name)
		return err == nil && info.IsDir() == dir
	}
	switch {
	case is("_config.yml", false), is("_config.yaml", false), is("_config.toml", false), is("_posts", true):
		return Jekyll, nil
	case slices.ContainsFunc(hugoConfigs(), func(name string) bool { return is(name, false) }) && is("content", true),
		is("config/_default", true) && is("content", true):
		return Hugo, nil
	}
	return "", ErrUnknown
}

// Read reads the source. What is wrong with single posts is a note; the error
// is one that keeps everything from being read: [TooLargeError], one that wraps
// [ErrUnknown], the context's or the file system's.
func Read(ctx context.Context, fsys fs.FS, name string, kind Kind, o Options) (Batch, error) {
	b := &builder{Options: o, ctx: ctx, fsys: fsys, name: name}
	b.batch.Kind = kind
	var err error
	switch kind {
	case Hugo:
		err = b.hugo()
	case Jekyll:
		err = b.jekyll()
	case WordPress:
		err = b.wordpress()
	case CSV:
		err = b.csv()
	case Feed:
		err = b.feed()
	default:
		err = fmt.Errorf("%q: %w", kind, ErrUnknown)
	}
	b.finish()
	return b.batch, err
}

// builder collects a batch.
type builder struct {
	Options
	ctx   context.Context
	fsys  fs.FS
	name  string
	batch Batch

	notes  map[noteKey]int // index in batch.Notes
	counts []int
	media  map[string]bool
	guids  map[string]bool
	html   *htmlReader
	marks  map[string]*regexp.Regexp
}

// re is an expression, compiled once.
func (b *builder) re(expr string) *regexp.Regexp {
	re, ok := b.marks[expr]
	if !ok {
		if b.marks == nil {
			b.marks = map[string]*regexp.Regexp{}
		}
		re = regexp.MustCompile(expr)
		b.marks[expr] = re
	}
	return re
}

// add takes a post, unless there are too many.
func (b *builder) add(p Post) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if len(b.batch.Posts) == MaxPosts {
		b.fail(p.At, CodeTooManyPosts, problem.Params{"max": fmt.Sprint(MaxPosts)})
		return errFull
	}
	if p.GUID != "" && b.guids[p.GUID] {
		if b.batch.Kind == Feed { // to readers, it is the same item
			b.note(p.At, CodeTwice, "")
			return nil
		}
		// A copy of another post, as WordPress makes them with some tools.
		b.note(p.At, CodeSameGUID, "")
		p.Key, p.GUID = p.Key+"#"+p.GUID, ""
	}
	if b.guids == nil {
		b.guids = map[string]bool{}
	}
	b.guids[p.GUID] = true
	b.batch.Posts = append(b.batch.Posts, p)
	return nil
}

// errFull ends the reading of a source with too many posts. It reaches nobody.
var errFull = errors.New("too many posts")

// file reads the file of a source whole.
func (b *builder) file() ([]byte, error) { return readAll(b.fsys, b.name, MaxBytes) }

// readAll reads a regular file of at most max bytes.
func readAll(fsys fs.FS, name string, max int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: %w", name, ErrUnknown)
	case info.Size() > max:
		return nil, TooLargeError{name}
	}
	data, err := io.ReadAll(io.LimitReader(f, max+1))
	if err == nil && int64(len(data)) > max {
		return nil, TooLargeError{name}
	}
	return data, err
}

// readHead reads how a file begins.
func readHead(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fmt.Errorf("%s: %w", name, ErrUnknown))
	}
	head := make([]byte, 8<<10)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return head[:n], err
}
