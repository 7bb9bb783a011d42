package importer

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// siteReader reads the folder of a site whose posts are files with front
// matter: they are copied, and changed only where they would mean something
// else here.
type siteReader struct {
	*builder
	config value.Value
	// configFile is where it stands, "" if there is none.
	configFile string
	// zone is that of dates without an offset.
	zone civil.Zone
	// base is the address of the site, nil if it is not known.
	base *url.URL
	// roots are the folders whose files stand at the top of the site.
	roots []string
	// syntax turns what the program runs in a text into Markdown.
	syntax func(s *siteReader, at problem.Position, body []byte) []byte
	parser *markdown.Parser
}

// source is a file with a post.
type source struct {
	file string // in the site
	to   string // below content/
	// bundle is the folder that belongs to the post alone, "" if there is none.
	bundle string
	src    []byte
	post   *content.Post
	files  []File
	// bodyLine is the line of the file on which its text begins.
	bodyLine int
}

// open reads the file of a post. It is nil for one that cannot be read, which
// has been noted.
func (s *siteReader) open(file, to string) (*source, error) {
	at := problem.Position{File: file}
	src, err := readAll(s.fsys, file, content.MaxFile)
	var large TooLargeError
	switch {
	case errors.As(err, &large), errors.Is(err, ErrUnknown), errors.Is(err, fs.ErrPermission):
		s.note(at, CodeFormat, path.Base(file))
		return nil, nil
	case err != nil:
		return nil, err
	}
	if !utf8.Valid(src) {
		src = decode(src)
	}
	x := &source{file: file, to: to, src: src}
	x.post = s.read(x)
	x.bodyLine = x.post.BodyLine
	return x, nil
}

// read reads the post as its program does.
func (s *siteReader) read(x *source) *content.Post {
	return content.Read(x.to, x.src, content.Defaults{Zone: s.zone, Lang: s.Lang})
}

// set changes a field. Front matter that cannot be read stays: its errors are
// told in the end.
func (s *siteReader) set(x *source, field string, v content.Setting) {
	if src, err := content.Set(x.src, []string{field}, v); err == nil {
		x.src = src
		x.post = s.read(x)
	}
}

// finish takes the post, or tells what is wrong with it.
func (s *siteReader) finish(x *source, address, guid string) error {
	at := problem.Position{File: x.file}
	before := s.read(x)
	s.names(x)
	s.dates(x)
	s.body(x)
	s.picture(x)
	if x.post.HasErrors() {
		for _, p := range before.Problems {
			if p.Severity == problem.Error {
				p.File = x.file
				s.batch.Notes, s.counts = append(s.batch.Notes, p), append(s.counts, 1)
			}
		}
		return nil
	}
	if own := x.post.GUID(); own != "" {
		if guid = own; s.guids[own] { // a file copied from another, with its guid
			s.note(at, CodeSameGUID, "")
			guid = own + "#" + x.file
			s.set(x, content.KeyGUID, content.Text(guid))
		}
	}
	if inPreparation(x.post) {
		address, guid = "", x.post.GUID()
	} else if x.post.Date.IsZero() {
		s.note(at, CodeDate, path.Base(x.file))
	}
	key := "file:" + x.file
	if s.base != nil {
		key = "file:" + s.base.String() + "#" + x.file
	}
	return s.add(Post{At: at, Path: x.to, Source: x.src, GUID: guid, Address: address, Key: key, Files: x.files})
}

// inPreparation reports a post that its program did not show.
func inPreparation(p *content.Post) bool {
	v, ok := lookup(p.Front(), "published")
	return flag(p.Front(), "draft") || ok && v.Kind == value.Bool && !v.Bool
}

// names mends an id, a slug and a language that the other program took and
// that cannot be names here.
func (s *siteReader) names(x *source) {
	for _, p := range slices.Clone(x.post.Problems) {
		switch p.Code {
		case content.CodeBadID:
			s.set(x, "id", content.Text("")) // a new one will be given
		case content.CodeBadSlug:
			s.set(x, "slug", content.Text(slugOf(path.Base(strings.Trim(p.Params["value"], "/")))))
		case content.CodeBadLang:
			if lang := knownLang(strings.ReplaceAll(p.Params["value"], "_", "-")); lang != "" {
				s.set(x, "lang", content.Text(lang))
			}
		}
	}
}

// dates gives the dates of a post their offset where the site's zone, without
// it, would make another instant of them.
func (s *siteReader) dates(x *source) {
	if s.zone.Name() == s.Zone.Name() {
		return
	}
	for _, m := range x.post.Front().Map {
		switch strings.ToLower(m.Key) {
		case "date", "publishdate", "pubdate", "published", "updated", "lastmod", "modified", "embargo", "expires", "expirydate", "unpublishdate":
		default:
			continue
		}
		if m.Value.Kind != value.Time && m.Value.Kind != value.String {
			continue
		}
		there, err := s.zone.ParseMoment(m.Value.Str)
		here, err2 := s.Zone.ParseMoment(m.Value.Str)
		if err != nil || err2 != nil || !there.HasClock || there.Instant.Equal(here.Instant) {
			continue
		}
		s.set(x, m.Key, content.Text(there.Instant.Format(time.RFC3339)))
	}
}

// body turns what the program would run in the text into Markdown, and finds
// the files that it shows.
func (s *siteReader) body(x *source) {
	at := problem.Position{File: x.file, Line: x.bodyLine}
	body := s.syntax(s, at, x.post.Body(x.src))
	if ext := strings.ToLower(path.Ext(x.file)); ext == ".html" || ext == ".htm" {
		md, ok := s.markdown(at, string(body), nil)
		if !ok {
			return
		}
		body = []byte(md)
	}
	if !bytes.Equal(body, x.post.Body(x.src)) {
		x.src = append(bytes.Clone(x.src[:len(x.src)-len(x.post.Body(x.src))]), body...)
		x.post = s.read(x)
	}
	if s.parser == nil {
		s.parser = markdown.New()
	}
	if x.bundle != "" {
		s.bundled(x)
	}
	doc, err := s.parser.Parse(x.post.Body(x.src), x.post.Lang)
	if err != nil {
		return // told where the post is written
	}
	for _, i := range doc.Images() {
		s.use(x, i.Dest, true)
		s.keep(i.Dest)
	}
	for _, f := range doc.Sources() {
		s.use(x, f.Dest, true)
		s.keep(f.Dest)
	}
	for _, l := range doc.Links() {
		if isFile(l.Dest) {
			s.use(x, l.Dest, false)
		}
	}
}

// title gives a post without a title one of its file's name.
func (s *siteReader) title(x *source) {
	if x.post.Title != "" || x.post.Syntax == "" {
		return
	}
	if _, ok := lookup(x.post.Front(), "title"); ok && slices.ContainsFunc(x.post.Problems, func(p problem.Problem) bool { return p.Code == content.CodeNotText }) {
		return
	}
	name := cmp.Or(strings.ReplaceAll(strings.ReplaceAll(x.post.Slug, "-", " "), "_", " "), "…")
	first, n := utf8.DecodeRuneInString(name)
	s.note(problem.Position{File: x.file}, CodeUntitled, "")
	s.set(x, "title", content.Text(string(unicode.ToUpper(first))+name[n:]))
}
