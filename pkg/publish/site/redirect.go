package site

import (
	"bytes"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"editorial/pkg/publish"
)

// redirectsName is a file that Netlify and Cloudflare Pages read: they then
// answer at once with the new address.
const redirectsName = "_redirects"

// redirect leads from a former address of a post to its page.
type redirect struct {
	from string // below the site's address, as [publish.Entry.Path] is
	to   *teaser
}

// redirectPage is a page that leads elsewhere.
type redirectPage struct {
	Lang, Dir, Title string
	// Href is the address of the page to go to, Canonical the absolute one.
	Href, Canonical string

	voice *voice
}

// Say is for templates: words of the page's language.
func (r *redirectPage) Say(key string, params ...string) string { return r.voice.say(key, params...) }

func (r *redirectPage) add(h *hasher) {
	h.text(r.Lang, r.Dir, r.Title, r.Href, r.Canonical)
	if r.voice != nil {
		// A page of a language that has no words of ours speaks that of the site.
		h.text(string(r.voice.words.Lang()))
	}
}

// findRedirects lists the former addresses at which nothing else is. Where two
// posts have one, the newer post has it.
func (b *build) findRedirects() {
	names := newNames(b.names())
	for _, a := range b.site.Assets {
		names.add(a.Path)
	}
	for i := range b.teasers {
		t := &b.teasers[i]
		for _, from := range t.entry.Aliases {
			file := publish.PageFile(from)
			ext := strings.ToLower(path.Ext(file))
			letters := slices.ContainsFunc(b.site.Letters, func(l publish.LettersLink) bool { return strings.HasPrefix(file, l.Path) })
			if ext != ".html" && ext != ".htm" || letters || !names.free(file) {
				continue
			}
			names.add(file)
			b.redirects = append(b.redirects, redirect{from, t})
		}
	}
}

// names are files and the folders that they lie in, as file systems see them
// that know neither case nor Unicode form.
type names struct{ files, folders map[string]bool }

func newNames(files []publish.File) names {
	n := names{map[string]bool{}, map[string]bool{}}
	for _, f := range files {
		n.add(f.Path)
	}
	return n
}

func fold(p string) string { return strings.ToLower(norm.NFC.String(p)) }

func (n names) add(file string) {
	file = fold(file)
	n.files[file] = true
	for dir := path.Dir(file); dir != "." && !n.folders[dir]; dir = path.Dir(dir) {
		n.folders[dir] = true
	}
}

// free reports whether a file of that name can be made.
func (n names) free(file string) bool {
	if !fs.ValidPath(file) || strings.ContainsAny(file, "\\:\x00") {
		return false
	}
	file = fold(file)
	if n.files[file] || n.folders[file] {
		return false
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if n.files[dir] {
			return false
		}
	}
	return true
}

// redirectPages makes a page at each former address, and the list of all for
// those who can do without these pages.
func (b *build) redirectPages() error {
	if len(b.redirects) == 0 {
		return nil
	}
	if err := publish.Each(len(b.redirects), func(i int) error {
		r := b.redirects[i]
		e := r.to.entry
		return b.putPage("redirect", publish.PageFile(r.from), &redirectPage{
			Lang: b.langTag(e.Post.Lang), Dir: publish.Direction(e.Post.Lang), Title: r.to.Title,
			Href: b.rel(r.from, e.Path), Canonical: e.URL, voice: b.voice(e.Post.Lang),
		})
	}); err != nil {
		return err
	}
	return b.sink.Put(publish.File{Path: redirectsName, Data: b.redirectList()})
}

func (b *build) redirectList() []byte {
	var list bytes.Buffer
	root := "/"
	if base, err := url.Parse(b.site.URL); err == nil {
		root = base.Path
	}
	for _, r := range b.redirects {
		list.WriteString(inList(root+r.from) + " " + inList(root+r.to.entry.Path) + " 301\n")
	}
	return list.Bytes()
}

// inList is a path as an address in the list, where a colon and a star would
// mean something.
func inList(p string) string {
	return strings.NewReplacer(":", "%3A", "*", "%2A").Replace((&url.URL{Path: p}).EscapedPath())
}
