package office

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"editorial/internal/config"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// Codes of what is wrong with the address of a post: two posts would have one
// page, or the site has a page of its own there.
const (
	CodeSameAddress  problem.Code = "same-address"
	CodeTakenAddress problem.Code = "taken-address"
)

// permalink is the path of a post's page: the address that it asks for itself,
// or site.permalink, with its parts filled in. A part that the post has not is
// left out.
func (o *Office) permalink(p *content.Post, day civil.Date) string {
	pattern := cmp.Or(p.Address, o.Config.Site.Permalink)
	filled := append(make([]byte, 0, 64), '/')
	for len(pattern) > 0 {
		before, name, after := content.CutPart(pattern)
		filled = append(filled, before...)
		filled, pattern = o.appendPart(filled, name, p, day), after
	}
	address := path.Clean(string(filled))[1:]
	if strings.HasSuffix(address, ".html") || strings.HasSuffix(address, ".htm") {
		return address
	}
	return address + "/"
}

// appendPart appends what a part of an address stands for.
func (o *Office) appendPart(b []byte, name string, p *content.Post, day civil.Date) []byte {
	switch name {
	case "lang":
		return append(b, p.Lang...)
	case "otherlang":
		if p.Lang != o.Config.Site.Lang { // in lower case, as Hugo has it
			return append(b, strings.ToLower(p.Lang)...)
		}
	case "slug":
		return append(b, p.Slug...)
	case "id":
		return append(b, publish.Slug(p.ID)...)
	case "pillar":
		if p.Pillar != "" {
			return append(b, publish.Slug(p.Pillar)...)
		}
	case "output_ext":
		return append(b, ".html"...)
	case "category", "categories":
		return appendCategories(b, name, p.Categories)
	case "year", "short_year", "month", "i_month", "day", "i_day", "y_day":
		return appendDay(b, name, day)
	case "title", "path", "filename", "contentbasename", "slugorfilename", "slugorcontentbasename", "slugortitle", "section", "sections":
		return o.appendPlace(b, name, p)
	}
	return b
}

// appendDay appends a part of a date. Those of Jekyll that begin with i_ have
// no zero in front.
func appendDay(b []byte, name string, day civil.Date) []byte {
	switch name {
	case "year":
		return fmt.Appendf(b, "%04d", day.Year)
	case "short_year":
		return fmt.Appendf(b, "%02d", day.Year%100)
	case "month":
		return fmt.Appendf(b, "%02d", int(day.Month))
	case "i_month":
		return strconv.AppendInt(b, int64(day.Month), 10)
	case "day":
		return fmt.Appendf(b, "%02d", day.Day)
	case "i_day":
		return strconv.AppendInt(b, int64(day.Day), 10)
	case "y_day":
		return fmt.Appendf(b, "%03d", time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).YearDay())
	}
	return b
}

// appendCategories appends the first category, or a folder of each.
func appendCategories(b []byte, name string, categories []string) []byte {
	for i, category := range categories {
		if i > 0 && name == "category" {
			break
		}
		if i > 0 {
			b = append(b, '/')
		}
		b = append(b, publish.Slug(category)...)
	}
	return b
}

// appendPlace appends what the path of the file says. Hugo's :title is the
// title; Jekyll's, below _posts, is the file's name, as it is typed.
func (o *Office) appendPlace(b []byte, name string, p *content.Post) []byte {
	place := o.defaults().Place(p.Path)
	switch name {
	case "title":
		switch {
		case !place.Jekyll && p.Title != "":
			return append(b, publish.Slug(p.Title)...)
		case p.Has("slug"):
			return append(b, p.Slug...)
		}
		return append(b, cmp.Or(content.Segment(place.Stem), p.Slug)...)
	case "slugortitle":
		if p.Has("slug") || p.Title == "" {
			return append(b, p.Slug...)
		}
		return append(b, publish.Slug(p.Title)...)
	case "slugorfilename", "slugorcontentbasename":
		if p.Has("slug") {
			return append(b, p.Slug...)
		}
		return append(b, cmp.Or(content.Segment(place.Base), p.Slug)...)
	case "filename", "contentbasename":
		return append(b, cmp.Or(content.Segment(place.Base), p.Slug)...)
	case "section":
		place.Dirs = place.Dirs[:min(1, len(place.Dirs))]
	}
	for _, dir := range place.Dirs {
		b = append(append(b, content.Segment(dir)...), '/')
	}
	if name == "path" {
		b = append(b, cmp.Or(content.Segment(place.Base), p.Slug)...)
	}
	return b
}

// addresses holds back the posts whose pages would overwrite each other. Each
// names the other: which of the two keeps the address, only a person can say.
// Posts of the same slug may share a site whose addresses have the language or
// the year; one that has no date yet has no year to meet another in.
func (o *Office) addresses() {
	first := make(map[string]*content.Post, len(o.Corpus.Posts))
	told := map[*content.Post]bool{}
	tell := func(p, other *content.Post, address string) {
		p.Problems = append(p.Problems, problem.Problem{
			Position: addressAt(p), Code: CodeSameAddress, Params: problem.Params{"value": address, "other": ContentDir + "/" + other.Path},
		})
	}
	for _, p := range o.Corpus.Posts {
		if !p.Edition.IsZero() || p.HasErrors() {
			continue
		}
		address := o.permalink(p, o.day(p))
		key := folded(address)
		if o.Config.Site.Pages && o.ownAddress(key) {
			p.Problems = append(p.Problems, problem.Problem{
				Position: addressAt(p), Code: CodeTakenAddress, Params: problem.Params{"value": address},
			})
			continue
		}
		other, taken := first[key]
		if !taken {
			first[key] = p
			continue
		}
		tell(p, other, address)
		if !told[other] {
			told[other] = true
			tell(other, p, address)
		}
	}
	o.aliases(first)
}

// addressAt is where a post says its address.
func addressAt(p *content.Post) problem.Position {
	if p.Address != "" {
		return p.At("permalink")
	}
	return p.At("slug")
}

// ownAddress reports whether the site has, or may come to have, a page of its
// own at a folded address: homes, archives, tags, pillars and the newsletter.
func (o *Office) ownAddress(address string) bool {
	site := publish.Site{Langs: o.Config.Site.Langs}
	for _, lang := range append([]string{""}, o.Config.Site.Langs...) {
		below, ok := strings.CutPrefix(address, site.Home(lang))
		if !ok {
			continue
		}
		if below == "" || below == "/" {
			return true
		}
		first, rest, _ := strings.Cut(below, "/")
		rest = strings.TrimSuffix(rest, "/")
		switch first {
		case "archive":
			if _, err := strconv.Atoi(rest); rest == "" || err == nil && len(rest) == len("2026") {
				return true
			}
		case "tags", "pillars", "newsletter":
			if !strings.Contains(rest, "/") {
				return true
			}
		}
	}
	return false
}

// oneAddress leaves one entry for each address: of last good texts that would
// meet on one page, the one that had it first. Entries are newest first.
func oneAddress(entries []publish.Entry) []publish.Entry {
	taken := make(map[string]bool, len(entries))
	for i, e := range slices.Backward(entries) {
		key := folded(e.Path)
		if taken[key] {
			entries = slices.Delete(entries, i, i+1)
		}
		taken[key] = true
	}
	return entries
}

// folded is an address as file systems see it that know neither case nor
// Unicode form.
func folded(address string) string { return strings.ToLower(norm.NFC.String(address)) }

// day is the day in the address of a post's page: that of its agreed placement
// on the blog, or of its own date. It is zero while there is none.
func (o *Office) day(p *content.Post) civil.Date {
	for _, name := range o.platformsOf(p) {
		if o.Config.Platforms[name].Kind == config.KindBlog {
			if e, ok := o.agreedOn(p.ID, name); ok {
				return o.Zone.Date(e.At.Instant)
			}
			break
		}
	}
	if p.Date.IsZero() {
		return civil.Date{}
	}
	return o.Zone.Date(p.Date.Instant)
}
