package site_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

func parse(t testing.TB, f publish.File) *html.Node {
	t.Helper()
	if !utf8.Valid(f.Data) {
		t.Errorf("%s: not UTF-8", f.Path)
	}
	doc, err := html.Parse(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return doc
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// checkLinks follows every link, picture and style of every page, as a
// browser would from the address of the site, to a file and, where there is a
// fragment, to an element in it.
func checkLinks(t *testing.T, s publish.Site, files map[string]publish.File) {
	t.Helper()
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]bool{}
	for name, f := range files {
		if strings.HasSuffix(name, ".html") {
			ids[name] = map[string]bool{}
			for n := range parse(t, f).Descendants() {
				if id, ok := attr(n, "id"); ok {
					ids[name][id] = true
				}
			}
		}
	}
	feeds := map[string]bool{}
	for _, f := range s.Feeds {
		feeds[f.Path] = true
	}
	for name := range ids {
		page := base.ResolveReference(&url.URL{Path: strings.TrimSuffix(name, "index.html")})
		for n := range parse(t, files[name]).Descendants() {
			for _, key := range []string{"href", "src"} {
				ref, ok := attr(n, key)
				if !ok {
					continue
				}
				u, err := page.Parse(ref)
				if err != nil || ref == "" {
					t.Errorf("%s: %s=%q: %v", name, key, ref, err)
					continue
				}
				below, ours := strings.CutPrefix(u.Path, base.Path)
				if u.Host != base.Host || !ours {
					continue
				}
				if below == "" || strings.HasSuffix(below, "/") {
					below += "index.html"
				}
				if _, ok := files[below]; !ok && !feeds[below] && !strings.HasSuffix(below, "hostile/x") {
					t.Errorf("%s: %s leads to %s, which is not there", name, ref, below)
				}
				if u.Fragment != "" && !ids[below][u.Fragment] {
					t.Errorf("%s: %s leads to no element", name, ref)
				}
				if relative(ref) && strings.HasPrefix(ref, "/") && name != "404.html" {
					t.Errorf("%s: %s works at one address only", name, ref)
				}
			}
		}
	}
}

func relative(ref string) bool {
	u, err := url.Parse(ref)
	return err == nil && u.Scheme == "" && u.Host == ""
}

func TestLinks_leadToFiles(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://velo.example/blog/", "http://127.0.0.1:8080/"} {
		for _, o := range []site.Options{{}, {Pillars: true, IndexFiles: true}} {
			s := withFeeds()
			old := s.URL
			s.URL = address
			for i := range s.Entries {
				e := &s.Entries[i]
				e.URL = address + e.Path
				e.Image.Src = strings.Replace(e.Image.Src, old, address, 1)
			}
			files := build(t, o, s)
			checkLinks(t, s, files)
		}
	}
}

// TestLinks_workFromADisk: with IndexFiles every relative link names a file.
func TestLinks_workFromADisk(t *testing.T) {
	t.Parallel()
	s := withFeeds()
	for name, f := range build(t, site.Options{IndexFiles: true}, s) {
		if !strings.HasSuffix(name, ".html") || name == "404.html" {
			continue
		}
		for n := range parse(t, f).Descendants() {
			ref, _ := attr(n, "href")
			path, _, _ := strings.Cut(ref, "#")
			if relative(ref) && (strings.HasSuffix(path, "/") || strings.HasPrefix(ref, "/")) {
				t.Errorf("%s: %s is a folder", name, ref)
			}
		}
	}
}

func TestPages_basicRules(t *testing.T) {
	t.Parallel()
	for name, f := range build(t, site.Options{Pillars: true}, withFeeds()) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		doc := parse(t, f)
		checkInert(t, name, doc)
		count, level, ids := map[string]int{}, 0, map[string]bool{}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			if id, ok := attr(n, "id"); ok && ids[id] {
				t.Errorf("%s: id %s twice", name, id)
			} else if ok {
				ids[id] = true
			}
			switch n.Data {
			case "html":
				if lang, _ := attr(n, "lang"); lang != "fr" && lang != "en" {
					t.Errorf("%s: lang=%q", name, lang)
				}
			case "h1", "h2", "h3", "h4", "h5", "h6":
				if l := int(n.Data[1] - '0'); l > level+1 {
					t.Errorf("%s: h%d after h%d", name, l, level)
				} else {
					level = l
				}
			case "img":
				if _, ok := attr(n, "alt"); !ok {
					t.Errorf("%s: picture without alt", name)
				}
				if src, _ := attr(n, "src"); strings.Contains(src, "img/") {
					if w, _ := attr(n, "width"); w == "" {
						t.Errorf("%s: %s has no width", name, src)
					}
				}
			}
		}
		for _, once := range []string{"h1", "main", "title"} {
			if count[once] != 1 {
				t.Errorf("%s: %d %s", name, count[once], once)
			}
		}
	}
}

// checkInert looks for anything that could run, and reads the data.
func checkInert(t testing.TB, name string, doc *html.Node) {
	t.Helper()
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			var ld map[string]any
			if kind, _ := attr(n, "type"); kind != "application/ld+json" {
				t.Errorf("%s: script of type %q", name, kind)
			} else if err := json.Unmarshal([]byte(n.FirstChild.Data), &ld); err != nil || ld["@context"] != "https://schema.org" {
				t.Errorf("%s: data: %v", name, err)
			}
		case "style":
			if name != "404.html" {
				t.Errorf("%s: style", name)
			}
		case "iframe", "object", "embed", "form", "base":
			t.Errorf("%s: %s", name, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			address := a.Key == "href" || a.Key == "src" || a.Key == "srcset" || a.Key == "action"
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || address && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")) {
				t.Errorf("%s: %s=%q", name, a.Key, a.Val)
			}
		}
	}
}

// TestPages_haveEachIDOnce: whatever ids a text takes for its headings.
func TestPages_haveEachIDOnce(t *testing.T) {
	t.Parallel()
	s := withFeeds()
	text, hostile := "A note[^1].\n\n[^1]: Here.\n\n", sample.Texts{}
	for _, name := range []string{"main", "tags", "ask", "series", "newest", "page-tags", "page:tags", "fn:1", "fnref:1"} {
		text += "## " + name + "\n\n## Own {#" + name + "}\n\n"
	}
	for _, e := range s.Entries {
		hostile[e.Post.ID] = text
	}
	pages, err := site.New(site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := publish.Files(pages, s, sample.Bodies(s, hostile))
	if err != nil {
		t.Fatal(err)
	}
	ids := regexp.MustCompile(`\sid="([^"]*)"`)
	for _, f := range files {
		seen := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(string(f.Data), -1) {
			if seen[m[1]] {
				t.Errorf("%s: %s twice", f.Path, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(string(f.Data), -1) {
			if !seen[m[1]] {
				t.Errorf("%s: nothing has the id %s", f.Path, m[1])
			}
		}
	}
}
