package publish

import (
	"net/url"
	"path"
	"strings"

	"editorial/pkg/content"
)

// Links says where the addresses that stand in posts lead. An author writes
// them as files see each other: "autre.md#suite" is the page of that post,
// "photo.jpg" the file beside the post, "/img/plan.png" a file from the top of
// the corpus. A Links may be used by several goroutines.
type Links struct {
	base *url.URL
	// below is the address of the base where that of a plain path is just the
	// two in a row, else "".
	below  string
	posts  map[string]*Entry // by path of the file
	pages  map[string]*Entry // by path of the page, or a former one
	assets map[string]Asset  // by path of the file
	placed map[string]string // path below the site → path of the file
	// more is one page besides those, or nil.
	more *Entry
}

// NewLinks returns the links of a site, which must not change afterwards.
func NewLinks(s Site) *Links {
	l := &Links{
		posts: make(map[string]*Entry, len(s.Entries)), pages: make(map[string]*Entry, len(s.Entries)),
		assets: s.Assets, placed: make(map[string]string, len(s.Assets)),
	}
	var err error
	if l.base, err = url.Parse(s.URL); err != nil {
		l.base = &url.URL{Path: "/"}
	}
	if at := l.URL("x"); l.base.String()+"x" == at {
		l.below = l.base.String()
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		l.posts[e.Post.Path], l.pages[e.Path] = e, e
	}
	for i := range s.Entries {
		for _, former := range s.Entries[i].Aliases { // a link to where a page was leads to where it is
			if e := &s.Entries[i]; l.pages[former] == nil {
				l.pages[former] = e
			}
		}
	}
	for name, a := range s.Assets {
		if old, ok := l.placed[a.Path]; !ok || name < old {
			l.placed[a.Path] = name
		}
	}
	return l
}

// With returns the links of the same site with one page more, of a post that has
// none there. Nothing may lead to its address yet, nor may it have had others.
func (l *Links) With(e Entry) *Links {
	all := *l
	all.more = &e
	return &all
}

// Page reports whether a path below the site is that of a page, or was.
func (l *Links) Page(path string) bool { return l.page(path) != nil }

// post returns the page of the post in a file, or nil.
func (l *Links) post(file string) *Entry {
	if l.more != nil && l.more.Post.Path == file {
		return l.more
	}
	return l.posts[file]
}

// page returns the page at a path below the site, or nil.
func (l *Links) page(path string) *Entry {
	if l.more != nil && l.more.Path == path {
		return l.more
	}
	return l.pages[path]
}

// Target is where an address leads.
type Target struct {
	// URL is absolute. It is "" where the address leads nowhere, such as to a
	// post that is not out or an active file: show the text of such a link alone.
	URL string
	// Entry is set for a page of the site, Source and Asset for a file that
	// posts use; Suffix is then the query and fragment ("#suite"), or "".
	Entry  *Entry
	Source string
	Asset  Asset
	Suffix string
}

// Target returns where dest leads from the text of post. The post need not be
// out: what is relative to a page is then relative to the site.
func (l *Links) Target(post *content.Post, dest string) Target {
	switch {
	case strings.HasPrefix(dest, "https://") && !strings.Contains(dest, l.base.Host):
		return Target{URL: dest}
	case dest != "" && bare(dest):
		if t, ok := l.file(beside(post, dest), ""); ok {
			return t
		}
	}
	return l.target(post, dest)
}

func (l *Links) target(post *content.Post, dest string) Target {
	u, err := url.Parse(strings.TrimSpace(dest))
	switch {
	case err != nil || u.Opaque != "":
		return Target{URL: dest}
	case u.Scheme != "" || u.Host != "":
		return l.foreign(u, dest)
	}
	suffix := suffixOf(u)
	u.Path = plainPath(u.Path)
	own := l.post(post.Path)
	if u.Path == "" {
		if own == nil {
			return Target{URL: l.base.String() + suffix, Suffix: suffix}
		}
		return page(own, suffix)
	}
	file := beside(post, u.Path)
	if t, ok := l.file(file, suffix); ok {
		return t
	}
	if content.IsMarkdown(file) {
		return Target{} // a post that is not out, or that is not there
	}
	from := l.base
	if own != nil {
		from = from.ResolveReference(&url.URL{Path: own.Path})
	}
	abs := from.ResolveReference(u)
	if t := l.foreign(abs, abs.String()); t.Entry != nil || t.Source != "" || t.URL == "" {
		return t
	}
	// "/fr/velo/" is a page even where the site lies below a path.
	if e := l.page(strings.TrimPrefix(u.Path, "/")); e != nil {
		return page(e, suffix)
	}
	return Target{URL: abs.String()}
}

// file is the target of a file of the corpus that is out, if it is one.
func (l *Links) file(name, suffix string) (Target, bool) {
	if e := l.post(name); e != nil {
		return page(e, suffix), true
	}
	a, ok := l.assets[name]
	if !ok {
		return Target{}, false
	}
	return l.asset(name, a, suffix), true
}

// beside is the path inside the corpus of what a post calls p.
func beside(post *content.Post, p string) string {
	dir := ""
	if !strings.HasPrefix(p, "/") {
		dir = "/" + post.Path[:strings.LastIndexByte(post.Path, '/')+1]
	}
	return strings.TrimPrefix(path.Clean(dir+p), "/")
}

// bare reports whether an address is a path that has nothing to decode.
func bare(p string) bool {
	for i := range len(p) {
		if c := p[i]; c != '/' && c != '.' && !unescaped(c) {
			return false
		}
	}
	return !strings.HasPrefix(p, "//")
}

// unescaped reports whether a byte stands for itself in an address, wherever.
func unescaped(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// foreign is the target of an absolute address, which may be one of ours.
func (l *Links) foreign(u *url.URL, dest string) Target {
	if u.Scheme == "" {
		u = l.base.ResolveReference(u)
		dest = u.String()
	}
	below, ok := strings.CutPrefix(u.Path, l.base.Path)
	if !ok || u.Scheme != l.base.Scheme || u.Host != l.base.Host || u.User != nil {
		return Target{URL: dest}
	}
	if e := l.page(below); e != nil {
		return page(e, suffixOf(u))
	}
	if name, ok := l.placed[below]; ok {
		return l.asset(name, l.assets[name], suffixOf(u))
	}
	return Target{URL: dest}
}

// plainPath is a path between posts as every editor understands it: Zola begins
// one from the top with @/, Pelican each with {filename}, {static} or {attach}.
func plainPath(p string) string {
	if below, ok := strings.CutPrefix(p, "@/"); ok {
		return "/" + below
	}
	for _, mark := range []string{"{filename}", "{static}", "{attach}"} {
		if below, ok := strings.CutPrefix(p, mark); ok {
			return below
		}
	}
	return p
}

func page(e *Entry, suffix string) Target {
	return Target{URL: e.URL + suffix, Entry: e, Suffix: suffix}
}

func (l *Links) asset(name string, a Asset, suffix string) Target {
	if a.Active {
		return Target{}
	}
	return Target{URL: l.URL(a.Path) + suffix, Source: name, Asset: a, Suffix: suffix}
}

// URL returns the absolute address of a path below the site, escaped.
func (l *Links) URL(p string) string {
	if l.below != "" && plain(p) {
		return l.below + p
	}
	return l.resolve(p)
}

func (l *Links) resolve(p string) string {
	return l.base.ResolveReference(&url.URL{Path: "./" + p}).String()
}

// Relative returns the address of a path below the site as the page of the
// folder from ("fr/velo/") sees it, escaped.
func Relative(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	if up == "" {
		up = "./" // never empty, and no first segment that reads as a scheme
	}
	if plain(to) {
		return up + to
	}
	return up + escaped(to)
}

func escaped(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// plain reports whether a path stands for itself in an address: nothing in it
// is escaped, no part of it is empty, "." or "..".
func plain(p string) bool {
	last := byte('/')
	for i := range len(p) {
		c := p[i]
		if !unescaped(c) && (c != '.' && c != '/' || last == '/') {
			return false
		}
		last = c
	}
	return true
}

// Absolute returns a function for markdown.Options.Resolve that makes every
// address of the post's text absolute, for feeds and mail.
func (l *Links) Absolute(post *content.Post) func(dest string) string {
	return func(dest string) string { return l.Target(post, dest).URL }
}

// Size returns a function for markdown.Options.Image: the width and height in
// pixels of a picture in the post's text, 0 where unknown.
func (l *Links) Size(post *content.Post) func(dest string) (width, height int) {
	return func(dest string) (int, int) {
		a := l.Target(post, dest).Asset
		return a.Width, a.Height
	}
}

func suffixOf(u *url.URL) string {
	s := ""
	if u.RawQuery != "" || u.ForceQuery {
		s = "?" + u.RawQuery
	}
	if f := u.EscapedFragment(); f != "" {
		s += "#" + f
	}
	return s
}
