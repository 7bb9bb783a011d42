package importer

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

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
