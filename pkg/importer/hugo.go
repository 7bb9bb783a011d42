package importer

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// hugoConfigs are the files in which Hugo's settings may stand.
func hugoConfigs() []string {
	var all []string
	for _, dir := range []string{"", hugoDefaults + "/"} {
		for _, base := range []string{"hugo", "config"} {
			for _, ext := range configExtensions() {
				all = append(all, dir+base+ext)
			}
		}
	}
	return all
}

// hugoSite is what the settings of a site say.
type hugoSite struct {
	dirs       map[string]string // folder of the posts → language
	langs      []string
	lang       string // the default one
	inSubdir   bool   // it has a folder of its own on the site, too
	ugly       bool
	keepCase   bool
	permalinks map[string]string // by section
	sections   []string          // those of posts; nil: all
	refs       map[string]string // language and how a page may be named → its file here
	now        string            // the language of the page that is read
}

// hugo reads the folder of a Hugo site.
func (b *builder) hugo() error {
	s := &siteReader{builder: b}
	h := &hugoSite{dirs: map[string]string{}, permalinks: map[string]string{}, refs: map[string]string{}}
	h.settings(s)
	s.syntax = h.shortcodes
	files, err := h.files(s)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := h.post(s, f, files); err != nil {
			return full(err)
		}
	}
	return nil
}

// full is no error for a source with too many posts, which has been told.
func full(err error) error {
	if err == errFull {
		return nil
	}
	return err
}

// settings reads what matters of the configuration.
func (h *hugoSite) settings(s *siteReader) {
	for _, name := range hugoConfigs() {
		if v, ok := s.readConfig(name); ok {
			s.config, s.configFile = v, name
			break
		}
	}
	h.production(s)
	part := func(name string) value.Value {
		if v, ok := lookup(s.config, name); ok {
			return v
		}
		v, _ := s.readSetting(name)
		return v
	}
	c := s.config
	s.setBase(text(c, "baseURL"))
	s.setZone(text(c, "timeZone"), civil.UTC()) // Hugo's own, where it is not told
	s.roots = []string{"static", "assets"}
	if dirs := texts(c, "staticDir"); len(dirs) > 0 {
		s.roots = append(dirs, "assets")
	}
	h.lang = firstOf(knownLang(text(c, "defaultContentLanguage")), knownLang(text(c, "languageCode")), "en")
	h.inSubdir = flag(c, "defaultContentLanguageInSubdir")
	h.ugly, h.keepCase = flag(c, "uglyURLs"), flag(c, "disablePathToLower")
	main := firstOf(strings.Trim(text(c, "contentDir"), "/"), "content")
	for _, m := range part("languages").Map {
		h.language(m.Key, m.Value)
	}
	h.settingsByLanguage(s)
	if len(h.dirs) == 0 {
		h.dirs[main] = ""
	}
	permalinks := part("permalinks")
	if page, ok := lookup(permalinks, "page"); ok && page.Kind == value.Map {
		permalinks = page
	}
	for _, m := range permalinks.Map {
		if m.Value.Kind == value.String {
			h.permalinks[m.Key] = m.Value.Str
		}
	}
	h.sections = texts(part("params"), "mainSections")
}

// production puts the settings of the published site before the others, as Hugo
// does, and notes its files with settings of one kind alone, which are not read.
func (h *hugoSite) production(s *siteReader) {
	const dir = "config/production"
	files, _ := fs.ReadDir(s.fsys, dir) // sorted; none where there is no such folder
	for _, e := range files {
		file := dir + "/" + e.Name()
		base, _, _ := strings.Cut(e.Name(), ".")
		switch {
		case e.IsDir() || !slices.Contains(configExtensions(), path.Ext(file)):
		case base != "hugo" && base != "config":
			s.note(problem.Position{File: line(file)}, CodeField, line(file))
		default:
			if v, ok := s.readConfig(file); ok && v.Kind == value.Map {
				s.config.Kind, s.config.Map = value.Map, append(v.Map, s.config.Map...)
			}
		}
	}
}

// language takes a language of the site and what its settings say.
func (h *hugoSite) language(key string, v value.Value) {
	if knownLang(key) == "" {
		return
	}
	if !slices.ContainsFunc(h.langs, func(l string) bool { return strings.EqualFold(l, key) }) {
		h.langs = append(h.langs, key)
	}
	if dir := strings.Trim(text(v, "contentDir"), "/"); dir != "" {
		h.dirs[dir] = key
	}
}

// settingsByLanguage reads the files that hold the settings of one language,
// such as languages.fr.toml, and notes the settings that mean nothing here.
func (h *hugoSite) settingsByLanguage(s *siteReader) {
	for _, key := range []string{"menu", "menus"} {
		if _, ok := lookup(s.config, key); ok {
			s.note(problem.Position{File: s.configFile}, CodeField, "menus")
		}
	}
	files, _ := fs.ReadDir(s.fsys, hugoDefaults) // sorted; none where there is no such folder
	for _, e := range files {
		name := e.Name()
		ext := path.Ext(name)
		if e.IsDir() || !slices.Contains(configExtensions(), ext) {
			continue
		}
		file := hugoDefaults + "/" + name
		switch key, lang, _ := strings.Cut(strings.TrimSuffix(name, ext), "."); key {
		case "languages":
			if lang == "" {
				continue // read above
			}
			if v, ok := s.readConfig(file); ok {
				h.language(lang, v)
			}
		case "menu":
			s.note(problem.Position{File: file}, CodeField, "menus")
		case "hugo", "config", "permalinks", "params":
			if lang != "" {
				s.note(problem.Position{File: file}, CodeField, name)
			}
		default:
			s.note(problem.Position{File: file}, CodeField, line(key))
		}
	}
}

// hugoDefaults is the folder of the settings of every environment.
const hugoDefaults = "config/_default"

func configExtensions() []string { return []string{".toml", ".yaml", ".yml", ".json"} }

// readSetting reads the file of the settings below one key.
func (s *siteReader) readSetting(key string) (value.Value, bool) {
	for _, ext := range configExtensions() {
		if v, ok := s.readConfig(hugoDefaults + "/" + key + ext); ok {
			return v, true
		}
	}
	return value.Value{}, false
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// hugoFile is a file of the site that holds a page.
type hugoFile struct {
	file, dir string // in the site, and the folder of posts that it is in
	rel       string // in that folder, without the language
	lang      string
	to        string
}

// files finds the pages.
func (h *hugoSite) files(s *siteReader) ([]hugoFile, error) {
	var all []hugoFile
	var dirs []string
	for dir := range h.dirs {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		if !fs.ValidPath(dir) {
			s.note(problem.Position{}, CodeConfig, "contentDir: "+dir)
			continue
		}
		err := s.walk(dir, func(name string, e fs.DirEntry) error {
			if e.IsDir() {
				if h.dirs[name] != "" && name != dir {
					return fs.SkipDir // the folder of another language
				}
				return nil
			}
			return h.file(s, &all, dir, name)
		})
		if err != nil {
			return nil, err
		}
	}
	for _, f := range all {
		name := strings.TrimSuffix(strings.TrimSuffix(f.rel, path.Ext(f.rel)), "/index")
		lang := strings.ToLower(firstOf(f.lang, h.lang))
		for _, key := range []string{name, path.Base(name)} {
			key = lang + ":" + key
			if to, ok := h.refs[key]; ok && to != f.to && !strings.HasSuffix(key, ":"+name) {
				h.refs[key] = "" // two pages of one name: no link can mean one
			} else if !ok {
				h.refs[key] = f.to
			}
		}
	}
	return all, nil
}

// file takes a file that holds a page.
func (h *hugoSite) file(s *siteReader, all *[]hugoFile, dir, name string) error {
	at := problem.Position{File: name}
	rel := strings.TrimPrefix(name, dir+"/")
	base := path.Base(rel)
	switch {
	case !isText(name):
		return nil // a file that posts show
	case otherText(name):
		s.note(at, CodeFormat, path.Ext(name))
		return nil
	}
	f := hugoFile{file: name, dir: dir, rel: rel, lang: h.dirs[dir], to: asMarkdown(rel)}
	if len(h.dirs) > 1 && f.lang != "" {
		f.to = f.lang + "/" + f.to
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	if before, lang, ok := cutLast(stem, "."); ok && slices.ContainsFunc(h.langs, func(l string) bool { return strings.EqualFold(l, lang) }) {
		f.lang, stem = lang, before
		f.rel = path.Join(path.Dir(rel), before+path.Ext(base))
	}
	if stem == "_index" {
		s.note(at, CodeType, "_index.md")
		return nil
	}
	if bundle := path.Dir(rel); stem != "index" && inBundle(s.fsys, dir, bundle) {
		return nil // a resource of the page whose folder it is in
	}
	if section, _, below := strings.Cut(f.rel, "/"); !below || len(h.sections) > 0 && !slices.Contains(h.sections, section) {
		if !s.Pages {
			s.note(at, CodePage, "")
			return nil
		}
	}
	*all = append(*all, f)
	return nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 1 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// inBundle reports whether a folder, or one above it, belongs to one page.
func inBundle(fsys fs.FS, dir, folder string) bool {
	for ; folder != "."; folder = path.Dir(folder) {
		for _, name := range []string{"index.md", "index.html", "index.markdown"} {
			if _, err := fs.Stat(fsys, path.Join(dir, folder, name)); err == nil {
				return true
			}
		}
	}
	return false
}

// post takes a page.
func (h *hugoSite) post(s *siteReader, f hugoFile, all []hugoFile) error {
	x, err := s.open(f.file, f.to)
	if x == nil || err != nil {
		return err
	}
	if path.Base(f.rel) == "index"+path.Ext(f.rel) && path.Dir(f.rel) != "." {
		x.bundle = path.Dir(f.file)
	}
	lang := firstOf(f.lang, h.lang)
	h.now = strings.ToLower(lang)
	if known := knownLang(lang); known != "" && x.post.Lang != known {
		s.set(x, "lang", content.Text(known))
	}
	if x.post.Translation == "" && slices.ContainsFunc(all, func(o hugoFile) bool { return o.file != f.file && o.rel == f.rel }) {
		s.set(x, "translation", content.Text(strings.TrimSuffix(strings.TrimSuffix(f.rel, path.Ext(f.rel)), "/index")))
	}
	s.title(x)
	name := h.address(s, x, f, lang)
	h.aliases(s, x, name)
	address := s.at(name)
	return s.finish(x, address, absolute(address))
}

// aliases resolves the aliases of a page that begin without a slash: in Hugo
// they stand beside its address. Where that is not known, they are noted.
func (h *hugoSite) aliases(s *siteReader, x *source, address string) {
	all, changed := slices.Clone(texts(x.post.Front(), "aliases")), false
	for i, alias := range all {
		if alias == "" || strings.HasPrefix(alias, "/") || strings.Contains(alias, "://") {
			continue
		}
		if address == "" {
			s.note(problem.Position{File: x.file}, CodeField, "aliases")
			continue
		}
		all[i], changed = path.Join("/", path.Dir(strings.TrimSuffix(address, "/")), alias), true
		if strings.HasSuffix(alias, "/") && all[i] != "/" {
			all[i] += "/"
		}
	}
	if changed {
		s.set(x, "aliases", content.Texts(all...))
	}
}

// address is the path of a page as Hugo makes it, "" if that is not known.
func (h *hugoSite) address(s *siteReader, x *source, f hugoFile, lang string) string {
	prefix := ""
	if len(h.langs) > 1 && (!strings.EqualFold(lang, h.lang) || h.inSubdir) {
		prefix = strings.ToLower(lang) + "/"
	}
	if own := text(x.post.Front(), "url"); own != "" {
		if strings.HasPrefix(own, "/") {
			return own
		}
		return "/" + prefix + own
	}
	stem := strings.TrimSuffix(path.Base(f.rel), path.Ext(f.rel))
	dir := path.Dir(f.rel)
	if stem == "index" && dir != "." {
		stem, dir = path.Base(dir), path.Dir(dir)
	}
	if dir == "." {
		dir = ""
	}
	section, _, _ := strings.Cut(dir, "/")
	slug := text(x.post.Front(), "slug")
	name := path.Join(dir, firstOf(slug, stem))
	if pattern := h.permalinks[section]; pattern != "" {
		parts := dateParts(wallClock(x.post))
		for key, v := range map[string]string{
			"slug": firstOf(slug, x.post.Title), "title": x.post.Title, "filename": stem, "contentbasename": stem,
			"slugorfilename": firstOf(slug, stem), "slugorcontentbasename": firstOf(slug, stem), "section": section, "sections": h.nested(s, f.dir, dir),
		} {
			parts[key] = v
		}
		filled, ok := fill(pattern, parts)
		if !ok {
			return ""
		}
		name = strings.Trim(filled, "/")
	}
	name = h.urlize(name)
	if h.ugly {
		return "/" + prefix + name + ".html"
	}
	return "/" + prefix + name + "/"
}

// nested are the sections that a folder is in: the first always is one, those
// below it only with a page of their own.
func (h *hugoSite) nested(s *siteReader, dir, folder string) string {
	parts := strings.Split(folder, "/")
	for i := 1; i < len(parts); i++ {
		own, _ := fs.Glob(s.fsys, path.Join(dir, path.Join(parts[:i+1]...), "_index.*"))
		if len(own) == 0 {
			return path.Join(parts[:i]...)
		}
	}
	return folder
}

// wallClock is the date of a page as its author wrote it: in addresses Hugo
// keeps the offset of the date, whatever the zone of the site.
func wallClock(p *content.Post) time.Time {
	t := p.Date.Instant
	for _, m := range p.Front().Map {
		if m.Value.At == p.At("publishDate") || m.Value.At == p.At("date") {
			for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05-07:00"} {
				if written, err := time.Parse(layout, m.Value.Str); err == nil && written.Equal(t) {
					return written
				}
			}
		}
	}
	return t
}

// urlize is a path as Hugo writes it in addresses.
func (h *hugoSite) urlize(name string) string {
	if !h.keepCase {
		name = strings.ToLower(name)
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(name) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("._-/~+@", r):
			b.WriteRune(r)
		case unicode.IsSpace(r) && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return b.String()
}
