package office

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/publish"
)

// site is the state of the office that is public at now.
func (o *Office) site(posts []*content.Post) publish.Site { return o.siteOf(posts, o.out) }

// siteOf is a state of the office: out says when a post went public, if it did.
func (o *Office) siteOf(posts []*content.Post, out func(*content.Post) (time.Time, bool)) publish.Site {
	c := o.Config
	s := publish.Site{
		Title: c.Site.Title, Description: c.Site.Description, URL: c.Site.URL, Lang: c.Site.Lang, Langs: c.Site.Langs, Zone: o.Zone,
		Licence: c.Site.Licence, LicenceURL: c.Site.LicenceURL, Author: c.Site.Author, Email: c.Site.Email, Hub: c.Site.Hub,
		Assets: o.assets(),
	}
	for _, p := range posts {
		if at, ok := out(p); ok {
			e := o.entry(p, at)
			e.Retired = !p.Expires.IsZero() && !p.Expires.Instant.After(o.Now)
			s.Entries = append(s.Entries, e)
		}
	}
	slices.SortFunc(s.Entries, func(a, b publish.Entry) int {
		return cmp.Or(b.Published.Compare(a.Published), strings.Compare(a.Post.ID, b.Post.ID))
	})
	o.illustrate(&s)
	translate(s.Entries)
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
	return e
}

// permalink is the path of a post's page: site.permalink with its parts
// filled in.
func (o *Office) permalink(p *content.Post, day civil.Date) string {
	path := strings.NewReplacer(
		":lang", p.Lang, ":slug", p.Slug,
		":year", fmt.Sprintf("%04d", day.Year), ":month", fmt.Sprintf("%02d", int(day.Month)), ":day", fmt.Sprintf("%02d", day.Day),
	).Replace(o.Config.Site.Permalink)
	return strings.Trim(path, "/") + "/"
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

// assets are the files beside the posts, where they will lie on the site.
func (o *Office) assets() map[string]publish.Asset {
	all := make(map[string]publish.Asset, len(o.Corpus.Assets))
	sizes := o.sizes()
	for _, a := range o.Corpus.Assets {
		s := sizes[a.Path]
		all[a.Path] = publish.Asset{Path: a.Path, Type: mimeType(a.Path), Bytes: a.Size, Width: s.width, Height: s.height}
	}
	return all
}

// mimeType is the type of a file by its name. The host's own table would make
// outputs differ from one machine to the next.
func mimeType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".svg":
		return "image/svg+xml"
	case ".mp3":
		return "audio/mpeg"
	case ".mp4":
		return "video/mp4"
	case ".pdf":
		return "application/pdf"
	}
	return "application/octet-stream"
}
