package content

import (
	"path"
	"strings"
)

// pair makes translations of each other what the paths of their files say
// are: velo.md and velo.en.md, velo/index.fr.md and velo/index.en.md,
// fr/velo.md and en/velo.md; in headers without fences, posts of one slug, as
// in Pelican. A post with a translation of its own is left alone, and so are
// posts of which two are in one language.
func (c *Corpus) pair(d Defaults) {
	if c.oneLang() {
		return
	}
	alike := make(map[string]int, len(c.Posts))
	for _, p := range c.Posts {
		alike[roughly(p)]++
	}
	groups := map[string][]*Post{}
	for _, p := range c.Posts {
		if p.Translation == "" && p.Edition.IsZero() && alike[roughly(p)] > 1 {
			key := d.family(p)
			groups[key] = append(groups[key], p)
		}
	}
	for key, group := range groups {
		langs := make(map[string]bool, len(group))
		for _, p := range group {
			langs[p.Lang] = true
		}
		if len(group) < 2 || len(langs) < len(group) {
			continue
		}
		for _, p := range group {
			p.Translation = key
		}
	}
}

// oneLang reports whether all posts are in one language.
func (c *Corpus) oneLang() bool {
	for _, p := range c.Posts {
		if p.Lang != c.Posts[0].Lang {
			return false
		}
	}
	return true
}

// family is what the translations of a post share of its path: no slash begins
// a key that an author writes with a slug in mind.
func (d Defaults) family(p *Post) string {
	if p.Syntax == Headers {
		return "//" + p.Slug
	}
	place := d.Place(p.Path)
	return "/" + path.Join(path.Join(place.Dirs...), place.Base)
}

// roughly is a part of what posts of one family share, and cheap: most posts
// have no translation.
func roughly(p *Post) string {
	if p.Syntax == Headers {
		return p.Slug
	}
	base, _, _ := strings.Cut(path.Base(p.Path), ".")
	return base
}
