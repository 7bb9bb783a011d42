package office

import (
	"cmp"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/publish"
)

// site is the state of the office that is public at now.
func (o *Office) site(posts []*content.Post) publish.Site { return o.siteOf(posts, o.out) }

// siteOf is a state of the office: out says when a post went public, if it did.
func (o *Office) siteOf(posts []*content.Post, out func(*content.Post) (time.Time, bool)) publish.Site {
	s := o.plainSiteOf(posts, out)
	o.illustrate(&s)
	translate(s.Entries)
	return s
}

// plainSiteOf is siteOf without what pages show of each other: enough to know
// where links lead.
func (o *Office) plainSiteOf(posts []*content.Post, out func(*content.Post) (time.Time, bool)) publish.Site {
	c := o.Config
	s := publish.Site{
		Title: c.Site.Title, Description: c.Site.Description, URL: c.Site.URL, Lang: c.Site.Lang, Langs: c.Site.Langs, Zone: o.Zone,
		Licence: c.Site.Licence, LicenceURL: c.Site.LicenceURL, Author: c.Site.Author, Email: c.Site.Email, Hub: c.Site.Hub,
		Assets: o.assets(),
	}
	for _, p := range posts {
		p = o.asItStands(p)
		if at, ok := out(p); ok {
			e := o.entry(p, at)
			e.Retired = !p.Expires.IsZero() && !p.Expires.Instant.After(o.Now)
			s.Entries = append(s.Entries, e)
		}
	}
	slices.SortFunc(s.Entries, func(a, b publish.Entry) int {
		return cmp.Or(b.Published.Compare(a.Published), strings.Compare(a.Post.ID, b.Post.ID))
	})
	s.Entries = oneAddress(s.Entries)
	return s
}

// entry is a post as outputs show it, out (or to be out) at an instant.
func (o *Office) entry(p *content.Post, at time.Time) publish.Entry {
	e := publish.Entry{Post: p, Published: o.local(at), Updated: o.local(at)}
	if p.Updated.Instant.After(at) && !p.Updated.Instant.After(o.Now) {
		e.Updated = o.local(p.Updated.Instant)
	}
	e.Path = o.permalink(p, o.Zone.Date(at))
	e.URL = o.Config.Site.URL + (&url.URL{Path: e.Path}).EscapedPath()
	for _, author := range p.Authors {
		e.Authors = append(e.Authors, o.PersonName(author))
	}
	for _, former := range p.Aliases {
		e.Aliases = append(e.Aliases, strings.TrimPrefix(former, "/"))
	}
	return e
}

// illustrate gives every entry its picture with an absolute address.
func (o *Office) illustrate(s *publish.Site) {
	links := publish.NewLinks(*s)
	for i := range s.Entries {
		s.Entries[i].Image = picture(links, s.Entries[i].Post)
	}
}

func picture(links *publish.Links, p *content.Post) publish.Image {
	if p.Image.Src == "" {
		return publish.Image{}
	}
	t := links.Target(p, p.Image.Src)
	return publish.Image{
		Src: t.URL, Alt: p.Image.Alt, Credit: p.Image.Credit, Licence: p.Image.Licence,
		Type: t.Asset.Type, Width: t.Asset.Width, Height: t.Asset.Height, Bytes: t.Asset.Bytes,
	}
}

// translate ties the entries that are one text in several languages.
func translate(entries []publish.Entry) {
	groups := map[string][]*publish.Entry{}
	for i := range entries {
		if key := entries[i].Post.Translation; key != "" {
			groups[key] = append(groups[key], &entries[i])
		}
	}
	for i := range entries {
		e := &entries[i]
		for _, other := range groups[e.Post.Translation] {
			if other != e {
				e.Translations = append(e.Translations, other)
			}
		}
		slices.SortFunc(e.Translations, func(a, b *publish.Entry) int { return strings.Compare(a.Post.Lang, b.Post.Lang) })
	}
}

// PersonName returns the name to show of a person's id, or the id itself.
func (o *Office) PersonName(id string) string {
	for _, p := range o.Config.People {
		if p.ID == id && p.Name != "" {
			return p.Name
		}
	}
	return id
}

// shelf holds the files beside the posts, read when the first asks.
type shelf struct {
	once sync.Once
	by   map[string]publish.Asset
}

// assets are the files beside the posts, where they will lie on the site. The
// headers of pictures are read once: outputs give every picture its size. Several
// goroutines may ask.
func (o *Office) assets() map[string]publish.Asset {
	o.shelf.once.Do(func() { o.shelf.by = o.readAssets() })
	return o.shelf.by
}

func (o *Office) readAssets() map[string]publish.Asset {
	all := make(map[string]publish.Asset, len(o.Corpus.Assets))
	fsys, done, err := o.contentFS()
	if err == nil {
		defer done()
	}
	known := make(map[string]cachedAsset, len(o.Corpus.Assets))
	for _, a := range o.Corpus.Assets {
		made := publish.Asset{Path: a.Path, Type: asset.Type(a.Path), Bytes: a.Size}
		c, ok := o.cache.asset(a)
		if !ok {
			c = look(fsys, a, made.Type)
		}
		if c.mark != (mark{}) {
			known[a.Path] = c
		}
		made.Active, made.Width, made.Height = c.active, c.width, c.height
		all[a.Path] = made
	}
	o.cache.learnAssets(known)
	return all
}

// look reads what outputs must know of a file beside the posts.
func look(fsys fs.FS, a content.Asset, kind string) cachedAsset {
	if fsys == nil {
		return cachedAsset{active: true}
	}
	c := cachedAsset{active: asset.Active(fsys, a.Path)}
	if m, ok := markOf(a.Info); ok {
		c.mark = m
	}
	if strings.HasPrefix(kind, "image/") {
		// A picture that does not say its size is shown without one.
		c.width, c.height, _ = asset.Size(fsys, a.Path)
	}
	return c
}
