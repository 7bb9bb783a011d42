package importer

import (
	"bytes"
	"net/url"
	"strings"

	"editorial/pkg/content"
)

// relink lets links between the posts of a batch lead to their files, where they
// led to the pages of the old site. more are further addresses of posts, with
// the key of their post.
func (b *builder) relink(more map[string]string) {
	to := b.destinations(more)
	if len(to) == 0 {
		return
	}
	link := b.re(`\]\(<?(https?://[^)\s<>]+)>?((?:\s+"[^"\n]*")?\))|<(https?://[^\s<>*_~\[\]` + "`" + `\\]+)>`)
	for i := range b.batch.Posts {
		p := &b.batch.Posts[i]
		if !bytes.Contains(p.Source, []byte("http")) {
			continue
		}
		body := content.Read(p.Path, p.Source, content.Defaults{Zone: b.Zone, Lang: b.Lang}).Body(p.Source)
		md := outsideCode(string(body), 1, func(part string, line int) string {
			return replace(link, part, line, func(g []string, _ int) string {
				address := g[1] + g[3]
				key, fragment := pageKey(address)
				file := to[key]
				switch {
				case file == "":
					return g[0]
				case g[3] != "":
					return "[" + address + "](" + file + fragment + ")"
				}
				return "](" + file + fragment + g[2]
			})
		})
		if md != string(body) {
			p.Source = append(bytes.Clone(p.Source[:len(p.Source)-len(body)]), md...)
		}
	}
}

// destinations are the files of the posts that were out, as links name them, by
// the keys of their old addresses. Two posts that want one file, or had one
// address, are left out: no link can mean one of them.
func (b *builder) destinations(more map[string]string) map[string]string {
	files, to := map[string]int{}, map[string]string{}
	for _, p := range b.batch.Posts {
		files[strings.ToLower(p.Path)]++
	}
	put := func(address, file string) {
		key, _ := pageKey(address)
		if other, ok := to[key]; ok && other != file {
			file = ""
		}
		if key != "" {
			to[key] = file
		}
	}
	byKey := map[string]string{}
	for _, p := range b.batch.Posts {
		if p.Address == "" || files[strings.ToLower(p.Path)] > 1 {
			continue
		}
		file := (&url.URL{Path: "/" + p.Path}).EscapedPath()
		put(p.Address, file)
		byKey[p.Key] = file
	}
	for address, key := range more {
		if file := byKey[key]; file != "" {
			put(address, file)
		}
	}
	return to
}

// pageKey is an address without what leads to the same page, and its fragment
// with the mark in front. It is "" for the front page and what is no address.
func pageKey(address string) (key, fragment string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", ""
	}
	name := strings.TrimSuffix(u.Path, "/")
	if name == "" && u.RawQuery == "" {
		return "", ""
	}
	if u.Fragment != "" {
		fragment = "#" + u.EscapedFragment()
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + name + "?" + u.RawQuery, fragment
}
