package importer

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// jekyllSite is what the settings of a site say.
type jekyllSite struct {
	permalink string
	authors   value.Value
	refs      map[string]string // name of a post, or file of the site → its file here
}

// jekyllFile is a file of the site that holds a post or a page.
type jekyllFile struct {
	file, to string
	category []string // folders above _posts
	draft    bool
	page     bool
}

// jekyll reads the folder of a Jekyll site.
func (b *builder) jekyll() error {
	s := &siteReader{builder: b, roots: []string{"."}}
	j := &jekyllSite{refs: map[string]string{}}
	for _, name := range []string{"_config.yml", "_config.yaml", "_config.toml"} {
		if v, ok := s.readConfig(name); ok {
			s.config = v
			break
		}
	}
	for _, name := range []string{"_data/authors.yml", "_data/authors.yaml", "_data/authors.json"} {
		if v, ok := s.readConfig(name); ok {
			j.authors = v
			break
		}
	}
	s.setBase(text(s.config, "url") + "/" + strings.Trim(text(s.config, "baseurl"), "/"))
	s.setZone(text(s.config, "timezone"), s.Zone)
	j.permalink = jekyllStyle(text(s.config, "permalink"))
	s.syntax = j.liquid
	files, err := j.files(s)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := j.post(s, f); err != nil {
			return full(err)
		}
	}
	return nil
}

// jekyllStyle is the address that a named style stands for.
func jekyllStyle(permalink string) string {
	switch permalink {
	case "", "date":
		return "/:categories/:year/:month/:day/:title:output_ext"
	case "pretty":
		return "/:categories/:year/:month/:day/:title/"
	case "ordinal":
		return "/:categories/:year/:y_day/:title:output_ext"
	case "none":
		return "/:categories/:title:output_ext"
	}
	return permalink
}

// files finds posts and drafts; pages and the documents of other collections
// are counted.
func (j *jekyllSite) files(s *siteReader) ([]jekyllFile, error) {
	var all []jekyllFile
	out := strings.Trim(firstOf(text(s.config, "destination"), "_site"), "./")
	err := s.walk(".", func(name string, e fs.DirEntry) error {
		if e.IsDir() {
			switch {
			case name == out, slices.Contains(s.Skip, name), name == "vendor", e.Name() == "node_modules":
				return fs.SkipDir
			case slices.Contains([]string{"_layouts", "_includes", "_sass", "_data", "_plugins", "_site", "_assets"}, e.Name()):
				return fs.SkipDir
			}
			return nil
		}
		f, ok := j.file(s, name)
		if ok {
			all = append(all, f)
		}
		return nil
	})
	for _, f := range all {
		j.refs[f.file] = f.to
		for _, name := range []string{f.file, f.to} { // days may have one digit there
			stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
			j.refs[stem], j.refs[path.Join(path.Join(f.category...), stem)] = f.to, f.to
		}
	}
	return all, err
}

// file says what a file of the site is.
func (j *jekyllSite) file(s *siteReader, name string) (jekyllFile, bool) {
	at := problem.Position{File: name}
	if !isText(name) {
		return jekyllFile{}, false
	}
	parts := strings.Split(name, "/")
	kind := slices.IndexFunc(parts, func(p string) bool { return p == "_posts" || p == "_drafts" })
	switch {
	case kind >= 0 && otherText(name):
		s.note(at, CodeFormat, path.Ext(name))
		return jekyllFile{}, false
	case kind >= 0:
		below := path.Join(parts[kind+1:]...)
		f := jekyllFile{file: name, category: parts[:kind], draft: parts[kind] == "_drafts"}
		f.to = path.Join("posts", path.Join(parts[:kind]...), asMarkdown(below))
		if parts[kind] == "_posts" && !s.re(`^\d{4}-\d\d?-\d\d?-.`).MatchString(path.Base(name)) {
			s.note(at, CodeDate, path.Base(name)) // Jekyll passes it over
			return f, false
		}
		f.to = j.path(s, f)
		return f, true
	case otherText(name) || !hasFront(s.fsys, name):
		return jekyllFile{}, false
	case strings.HasPrefix(parts[0], "_"):
		s.note(at, CodeType, parts[0])
		return jekyllFile{}, false
	case !s.Pages:
		s.note(at, CodePage, "")
		return jekyllFile{}, false
	}
	return jekyllFile{file: name, to: path.Join("pages", asMarkdown(name)), page: true}, true
}

// hasFront reports a file with front matter: Jekyll copies others as they are.
func hasFront(fsys fs.FS, name string) bool {
	head, err := readHead(fsys, name)
	return err == nil && strings.HasPrefix(strings.TrimPrefix(string(head), "\ufeff"), "---")
}

// post takes a post or a page.
func (j *jekyllSite) post(s *siteReader, f jekyllFile) error {
	x, err := s.open(f.file, f.to)
	if x == nil || err != nil {
		return err
	}
	if x.post.Syntax == "" {
		s.note(problem.Position{File: f.file}, CodeFormat, path.Base(f.file))
		return nil
	}
	s.title(x)
	categories := j.words(s, x, "categories", "category")
	j.words(s, x, "tags", "tag")
	j.keys(s, x)
	j.names(s, x)
	if f.draft && !inPreparation(x.post) {
		s.set(x, "draft", content.Flag(true))
	}
	name := j.address(x, f, append(slices.Clone(f.category), categories...))
	guid := ""
	if !f.page && name != "" {
		// What jekyll-feed calls an entry: its address without the extension.
		guid = absolute(s.at(path.Join(path.Dir(strings.TrimSuffix(name, "/")), firstOf(text(x.post.Front(), "slug"), stemOf(f.file)))))
	}
	return s.finish(x, s.at(name), guid)
}

// path is the file of a post here: days of one digit get a second one.
func (j *jekyllSite) path(s *siteReader, f jekyllFile) string {
	m := s.re(`^(\d{4})-(\d\d?)-(\d\d?)-(.+)$`).FindStringSubmatch(path.Base(f.to))
	if m == nil {
		return f.to
	}
	two := func(n string) string { return strings.Repeat("0", 2-len(n)) + n }
	return path.Join(path.Dir(f.to), m[1]+"-"+two(m[2])+"-"+two(m[3])+"-"+m[4])
}

// stemOf is the name of a post's file without its day and extension.
func stemOf(file string) string {
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return regexp.MustCompile(`^\d{4}-\d\d?-\d\d?-`).ReplaceAllString(stem, "")
}

// words are the terms of a post. In the plural, Jekyll parts a text at its
// spaces; here only commas part.
func (j *jekyllSite) words(s *siteReader, x *source, plural, singular string) []string {
	v, ok := lookup(x.post.Front(), plural)
	if !ok {
		return texts(x.post.Front(), singular)
	}
	if v.Kind != value.String && !v.Plain {
		return texts(x.post.Front(), plural)
	}
	all := strings.Fields(v.Str)
	if len(all) > 1 && !strings.Contains(v.Str, ",") {
		s.set(x, plural, content.Texts(all...))
	}
	return all
}

// keys gives keys of Jekyll and its plugins the names that they have here.
func (j *jekyllSite) keys(s *siteReader, x *source) {
	front := x.post.Front()
	// An excerpt is HTML there, and text here.
	if excerpt := text(front, "excerpt"); excerpt != "" && x.post.Summary == excerpt {
		if plain := plainText(excerpt); plain != excerpt {
			s.set(x, "summary", content.Text(plain))
		}
	}
	if x.post.Updated.IsZero() {
		for _, key := range []string{"last_modified_at", "modified_date", "last_updated"} {
			v, ok := lookup(front, key)
			if !ok || v.Kind != value.Time && v.Kind != value.String {
				continue
			}
			if _, err := s.zone.ParseMoment(v.Str); err == nil {
				s.set(x, "updated", content.Text(v.Str))
				break
			}
		}
	}
	s.aliases(x, texts(front, "redirect_from"))
	if to := text(front, "redirect_to"); to != "" {
		s.note(problem.Position{File: x.file}, CodeField, "redirect_to")
	}
}

// names gives authors the names that _data/authors.yml has for their keys.
func (j *jekyllSite) names(s *siteReader, x *source) {
	changed := false
	all := slices.Clone(x.post.Authors)
	for i, key := range all {
		name := firstOf(text(j.authors, key, "name"), text(j.authors, key, "display_name"))
		if own := s.person(key); own != key {
			name = own
		} else if name != "" {
			name = s.person(name)
		}
		if name != "" && name != key {
			all[i], changed = name, true
		}
	}
	if changed {
		s.set(x, "authors", content.Texts(all...))
	}
}

// address is the path of a post as Jekyll makes it, "" if that is not known.
func (j *jekyllSite) address(x *source, f jekyllFile, categories []string) string {
	pattern := firstOf(text(x.post.Front(), "permalink"), j.permalink)
	if f.page {
		if own := text(x.post.Front(), "permalink"); own != "" {
			return own
		}
		name := strings.TrimSuffix(f.file, path.Ext(f.file))
		if path.Base(name) == "index" {
			return strings.TrimSuffix("/"+strings.TrimSuffix(name, "index"), "/") + "/"
		}
		if strings.HasSuffix(j.permalink, "/") {
			return "/" + name + "/"
		}
		return "/" + name + ".html"
	}
	for i, c := range categories {
		categories[i] = strings.ToLower(c)
	}
	categories = lines(categories)
	stem := firstOf(text(x.post.Front(), "slug"), stemOf(f.file))
	parts := dateParts(x.post.Date.Instant)
	slugs := make([]string, len(categories))
	for i, c := range categories {
		slugs[i] = jekyllSlug(c, "")
	}
	for key, v := range map[string]string{
		"categories": strings.Join(categories, "/"), "slugified_categories": strings.Join(slugs, "/"), "output_ext": ".html",
		"title": jekyllSlug(stem, "._~!$&'()+,;=@"), "slug": strings.ToLower(jekyllSlug(stem, "")), "name": strings.ToLower(jekyllSlug(stem, "")), "collection": "posts",
	} {
		parts[key] = v
	}
	filled, ok := fill(pattern, parts)
	if !ok {
		return ""
	}
	for strings.Contains(filled, "//") {
		filled = strings.ReplaceAll(filled, "//", "/")
	}
	return "/" + strings.TrimPrefix(filled, "/")
}

// jekyllSlug is a name as Jekyll writes it in addresses: letters, digits and
// some marks, a hyphen for others.
func jekyllSlug(s, marks string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(marks, r):
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
