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
	"editorial/pkg/content/asset"
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

// isFile reports an address whose name ends as that of a file to be copied.
func isFile(dest string) bool {
	t := asset.Type(dest)
	return strings.HasPrefix(t, "image/") || strings.HasPrefix(t, "audio/") || strings.HasPrefix(t, "video/") || strings.HasPrefix(t, "application/pdf") ||
		slices.Contains([]string{".zip", ".gpx", ".epub", ".odt", ".ods", ".docx", ".xlsx", ".csv"}, strings.ToLower(path.Ext(dest)))
}

// picture copies the picture that stands for the post, under whichever key the
// theme has it.
func (s *siteReader) picture(x *source) {
	src := x.post.Image.Src
	if src == "" {
		if src = themePicture(x.post.Front()); src == "" {
			return
		}
		s.set(x, "image", content.Text(src))
	}
	if u, err := url.Parse(src); err == nil && u.Host != "" {
		s.keep(src)
		return
	}
	if to := s.use(x, src, true); to != "" && !strings.HasPrefix(src, "/") && to != path.Join(path.Dir(x.to), src) {
		s.set(x, "image", content.Text("/"+to)) // it stands at the top, not beside
	}
}

// themePicture is the picture under a key of a theme.
func themePicture(front value.Value) string {
	for _, keys := range [][]string{
		{"cover", "image"}, {"cover"}, {"featured_image"}, {"featuredimage"}, {"featureimage"}, {"feature_image"}, {"thumbnail"}, {"banner"},
		{"header", "teaser"}, {"header", "image"}, {"header", "overlay_image"}, {"hero"}, {"og_image"},
	} {
		if v, ok := lookup(front, keys...); ok && v.Kind == value.String && strings.TrimSpace(v.Str) != "" {
			return strings.TrimSpace(v.Str)
		}
	}
	return ""
}

// use finds the file that an address of a post means and has it copied. It
// returns where it will lie, "" for an address that is none of the site's
// files; one that is not there is noted if it must be.
func (s *siteReader) use(x *source, dest string, must bool) string {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return ""
	}
	for _, f := range s.candidates(x, u.Path) {
		if info, err := fs.Stat(s.fsys, f.From); err == nil && info.Mode().IsRegular() {
			if asset.Active(s.fsys, f.From) {
				s.note(problem.Position{File: x.file}, CodeFormat, path.Base(f.From))
				return ""
			}
			if !slices.Contains(x.files, f) {
				x.files = append(x.files, f)
			}
			return f.To
		}
	}
	if must {
		s.note(problem.Position{File: x.file}, CodeMissing, u.Path)
	}
	return ""
}

// candidates are the files that an address may mean, beside the post first.
func (s *siteReader) candidates(x *source, name string) []File {
	var all []File
	try := func(from, to string) {
		if fs.ValidPath(from) && fs.ValidPath(to) && from != "." && to != "." && !hidden(to) {
			all = append(all, File{from, to})
		}
	}
	clean := strings.TrimPrefix(path.Clean("/"+name), "/")
	if !strings.HasPrefix(name, "/") {
		try(path.Join(path.Dir(x.file), name), path.Join(path.Dir(x.to), name))
	}
	for _, root := range s.roots {
		try(path.Join(root, clean), clean)
	}
	return all
}

// hidden reports a path with a name that begins with a dot.
func hidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// bundled takes the files of a post's own folder.
func (s *siteReader) bundled(x *source) {
	_ = fs.WalkDir(s.fsys, x.bundle, func(name string, e fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(strings.TrimPrefix(name, x.bundle), "/")
		switch {
		case err != nil || rel == "":
			return nil
		case strings.HasPrefix(e.Name(), ".") || !plainName(e.Name()):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular() || isText(name):
			return nil
		case asset.Active(s.fsys, name):
			s.note(problem.Position{File: x.file}, CodeFormat, e.Name())
			return nil
		}
		x.files = append(x.files, File{name, path.Join(path.Dir(x.to), rel)})
		return nil
	})
}

// walk goes through the files of a folder; names that no text can hold, links
// and special files are noted, hidden ones passed over.
func (s *siteReader) walk(dir string, each func(name string, e fs.DirEntry) error) error {
	err := fs.WalkDir(s.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case s.ctx.Err() != nil:
			return s.ctx.Err()
		case err != nil && name == dir:
			return err
		case err != nil:
			s.note(problem.Position{File: name}, CodeFormat, path.Base(name))
			return nil
		case name == dir:
			return nil
		case strings.HasPrefix(e.Name(), "."):
			return skip(e)
		case !plainName(e.Name()):
			s.note(problem.Position{File: strings.ToValidUTF8(line(name), "?")}, CodeFormat, line(e.Name()))
			return skip(e)
		case e.IsDir():
			return each(name, e)
		case !e.Type().IsRegular():
			if isText(name) {
				s.note(problem.Position{File: name}, CodeFormat, e.Name())
			}
			return nil
		}
		return each(name, e)
	})
	if errors.Is(err, errFull) {
		return nil
	}
	return err
}

func skip(e fs.DirEntry) error {
	if e.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// plainName reports a name that can stand in a line of text.
func plainName(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\\'
	})
}

// isText reports a file that may be a post, in a format that is read or not.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mkdown", ".html", ".htm":
		return true
	}
	return otherText(name)
}

// otherText reports a post in a format that is not read.
func otherText(name string) bool {
	return slices.Contains([]string{".mdx", ".textile", ".adoc", ".asciidoc", ".rst", ".org", ".pdc", ".haml", ".njk", ".liquid"}, strings.ToLower(path.Ext(name)))
}

// asMarkdown is the name of a post's file here.
func asMarkdown(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return name
	}
	return strings.TrimSuffix(name, path.Ext(name)) + ".md"
}

// readConfig reads a file of settings; ok is false where there is none.
func (s *siteReader) readConfig(name string) (v value.Value, ok bool) {
	src, err := readAll(s.fsys, name, value.MaxBytes)
	if err != nil {
		return value.Value{}, false
	}
	var problems []problem.Problem
	switch path.Ext(name) {
	case ".toml":
		v, problems = value.ParseTOML(name, src, 1)
	case ".json":
		v, problems = value.ParseJSON(name, src, 1)
	default:
		v, problems = value.ParseYAML(name, src, 1)
	}
	if problem.Errors(problems) > 0 {
		s.note(problems[0].Position, CodeConfig, name)
	}
	return v, true
}

// lookup returns a value of a document by its keys, in whatever case.
func lookup(v value.Value, keys ...string) (value.Value, bool) {
	for _, key := range keys {
		i := slices.IndexFunc(v.Map, func(m value.Member) bool { return strings.EqualFold(m.Key, key) })
		if v.Kind != value.Map || i < 0 {
			return value.Value{}, false
		}
		v = v.Map[i].Value
	}
	return v, true
}

// text is a text of a document, "" if it is not there.
func text(v value.Value, keys ...string) string {
	v, ok := lookup(v, keys...)
	if !ok || v.Kind != value.String && !v.Plain {
		return ""
	}
	return strings.TrimSpace(v.Str)
}

// flag is a boolean of a document.
func flag(v value.Value, keys ...string) bool {
	v, ok := lookup(v, keys...)
	return ok && v.Kind == value.Bool && v.Bool
}

// texts are the texts of a list, or one text.
func texts(v value.Value, keys ...string) []string {
	v, ok := lookup(v, keys...)
	switch {
	case !ok:
		return nil
	case v.Kind == value.String || v.Plain && v.Kind != value.Null:
		return []string{v.Str}
	}
	var all []string
	for _, item := range v.List {
		if item.Kind == value.String || item.Plain {
			all = append(all, item.Str)
		}
	}
	return all
}

// setZone takes the zone that the site names, or the other.
func (s *siteReader) setZone(name string, other civil.Zone) {
	s.zone = other
	if zone, err := civil.LoadZone(name); name != "" && err == nil {
		s.zone = zone
	}
}

// setBase takes the address of the site.
func (s *siteReader) setBase(address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawQuery, u.Fragment = "", ""
	s.base = u
}

// at is the address of a path from the top of the site: absolute where the
// site's is known.
func (s *siteReader) at(name string) string {
	if name == "" {
		return ""
	}
	u := &url.URL{Path: "./" + strings.TrimPrefix(name, "/")}
	if s.base == nil {
		return "/" + strings.TrimPrefix(u.EscapedPath(), "./")
	}
	return s.base.ResolveReference(u).String()
}

// absolute is an address if it is absolute, else "": no guid is made of a path.
func absolute(address string) string {
	if strings.HasPrefix(address, "http") {
		return address
	}
	return ""
}

// aliases adds to the aliases of a post.
func (s *siteReader) aliases(x *source, more []string) {
	if len(more) == 0 {
		return
	}
	s.set(x, "aliases", content.Texts(lines(append(texts(x.post.Front(), "aliases"), more...))...))
}

// fill fills in the parts of an address such as ":year"; ok is false where it
// has one that is not known.
func fill(pattern string, parts map[string]string) (string, bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, ":")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		n := 0
		for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] == '_') {
			n++
		}
		name := rest[:n]
		v, ok := parts[name]
		if !ok && strings.HasSuffix(name, "_") {
			name = strings.TrimSuffix(name, "_")
			v, ok = parts[name]
		}
		if !ok {
			return "", false
		}
		b.WriteString(v)
		pattern = rest[len(name):]
	}
}

// dateParts are the parts of an address that a date gives.
func dateParts(t time.Time) map[string]string {
	if t.IsZero() {
		return map[string]string{}
	}
	return map[string]string{
		"year": t.Format("2006"), "month": t.Format("01"), "day": t.Format("02"), "short_year": t.Format("06"),
		"i_month": t.Format("1"), "i_day": t.Format("2"), "monthname": t.Format("January"), "y_day": t.Format("002"), "yearday": t.Format("__2"),
		"weekdayname": t.Format("Monday"), "hour": t.Format("15"), "minute": t.Format("04"), "second": t.Format("05"),
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
