package content

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Codes of addresses that a post asks for.
const (
	CodeBadAddress      problem.Code = "bad-address"
	CodeTemplateAddress problem.Code = "template-address"
	CodeBadAlias        problem.Code = "bad-alias"
	CodeSameAlias       problem.Code = "same-alias"
)

// Parts returns the names of the parts that an address may have, each written
// after a colon: site.permalink, and a post's own. docs/config.md says what
// they stand for.
func Parts() []string {
	return []string{
		"lang", "otherlang", "slug", "id", "title", "filename", "contentbasename", "slugorfilename", "slugorcontentbasename", "slugortitle",
		"path", "section", "sections", "category", "categories", "pillar", "year", "short_year", "month", "i_month", "day", "i_day",
		"y_day", "output_ext",
	}
}

// CutPart cuts a pattern at its first part: what stands before it, its name,
// and what follows. The name is "" where no part follows.
func CutPart(pattern string) (before, name, after string) {
	for at := 0; ; {
		i := strings.IndexByte(pattern[at:], ':')
		if i < 0 {
			return pattern, "", ""
		}
		i += at
		n := i + 1
		for n < len(pattern) && (pattern[n] >= 'a' && pattern[n] <= 'z' || pattern[n] == '_') {
			n++
		}
		word := strings.TrimRight(pattern[i+1:n], "_")
		if slices.Contains(Parts(), word) {
			return pattern[:i], word, pattern[i+1+len(word):]
		}
		at = n
	}
}

// located reads where the page of a post is, and was.
func (r *reader) located(f field) bool {
	p, key, v := r.p, f.m.Key, f.m.Value
	switch f.name {
	case "permalink":
		r.wantedAddress(f)
	case "aliases", "redirect_from":
		for i, s := range r.texts(key, v, false) {
			alias, ok := pagePath(s)
			if !ok || strings.Contains(alias, ":") {
				at := v.At
				if v.Kind == value.List && i < len(v.List) {
					at = v.List[i].At
				}
				p.warning(at, CodeBadAlias, problem.Params{"value": shorten(s)})
				continue
			}
			p.Aliases = merge(p.Aliases, []string{alias})
		}
	default:
		return false
	}
	return true
}

// wantedAddress reads the address that a post asks for. An absolute one is that of
// something else; Eleventy's false means that there is no page.
func (r *reader) wantedAddress(f field) {
	p, key, v := r.p, f.m.Key, f.m.Value
	if v.Kind == value.Bool && !v.Bool {
		r.holdBack(v.At)
		return
	}
	s := r.text(key, v)
	if s == "" {
		return
	}
	if strings.Contains(s, "{{") || strings.Contains(s, "{%") {
		p.problem(v.At, CodeTemplateAddress, problem.Params{"key": key, "value": shorten(s)})
		return
	}
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		r.keep(f)
		return
	}
	address, ok := pagePath(s)
	if !ok || !knownParts(address) {
		p.problem(v.At, CodeBadAddress, problem.Params{"key": key, "value": shorten(s)})
		return
	}
	p.Address = address
}

// pagePath makes the path of a page of what a post has for it: from the top of
// the site, in plain Unicode, a folder unless it names an .html file. It
// reports false for what cannot be one, and for the home page.
func pagePath(s string) (string, bool) {
	if strings.Contains(s, "%") {
		plain, err := url.PathUnescape(s)
		if err != nil {
			return "", false
		}
		s = plain
	}
	s = strings.TrimPrefix(s, "/")
	if base := path.Base(s); base == "index.html" || base == "index.htm" {
		s = strings.TrimSuffix(s, base)
	}
	ext := strings.HasSuffix(s, ".html") || strings.HasSuffix(s, ".htm") || strings.HasSuffix(s, ":output_ext")
	s = strings.TrimSuffix(s, "/")
	for part := range strings.SplitSeq(s, "/") {
		if !goodSlug(strings.ReplaceAll(part, ":", "x")) {
			return "", false
		}
	}
	switch strings.ToLower(path.Ext(s)) {
	case ".php", ".asp", ".aspx", ".jsp", ".cgi", ".json", ".xml", ".rss", ".atom", ".txt", ".ics", ".css", ".js":
		return "", false // no page
	}
	if !ext {
		s += "/"
	}
	return "/" + s, true
}

// knownParts reports whether every :word of an address is one of its parts.
func knownParts(address string) bool {
	for {
		before, name, after := CutPart(address)
		if strings.Contains(before, ":") {
			return false
		}
		if name == "" {
			return true
		}
		address = after
	}
}

// aliases settles who has a former address that several posts claim. Of
// translations it is the one in the site's main language, and the others have
// it below their language, as Hugo makes them; of others only one can have it.
func (c *Corpus) aliases(main string) {
	owners := map[string][]*Post{}
	for _, p := range c.Posts {
		for _, alias := range p.Aliases {
			owners[alias] = append(owners[alias], p)
		}
	}
	for _, p := range c.Posts {
		for i, alias := range p.Aliases {
			all := owners[alias]
			switch first := all[0]; {
			case len(all) > 1 && p.Lang != main && translations(all):
				p.Aliases[i] = "/" + strings.ToLower(p.Lang) + alias
			case p != first && !translations(all):
				p.warning(p.At("aliases"), CodeSameAlias, problem.Params{"value": alias, "other": first.Path})
			}
		}
	}
}

// translations reports posts that are translations of each other.
func translations(all []*Post) bool {
	return all[0].Translation != "" && !slices.ContainsFunc(all, func(p *Post) bool { return p.Translation != all[0].Translation })
}
