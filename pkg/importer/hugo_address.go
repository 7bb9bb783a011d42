package importer

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

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
