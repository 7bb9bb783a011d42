package site_test

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

// TestRedirects_leadFromFormerAddresses: each former address of a post has a
// page that leads to the post's, unless something else is there.
func TestRedirects_leadFromFormerAddresses(t *testing.T) {
	t.Parallel()
	s := withFeeds()
	s.Letters = []publish.LettersLink{{Path: "newsletter/"}}
	for i := range s.Entries {
		switch e := &s.Entries[i]; e.Post.Path {
		case "fr/freins.md":
			e.Aliases = []string{
				"2019/03/freins.html", "vieux/régler ses freins/", "Fr/Freins/", "archive/", "FR/FREINS/", "fr/canal/index.html", "newsletter/", "../out/",
				"feed.xml", "img/atelier.jpg/", "style.css/x/", "commun/", "", "/abs/", "a:b/",
			}
		case "en/hostile.md":
			e.Aliases = []string{"commun/", "x*/"} // newer, so it has it
		case "en/old.md":
			e.Aliases = []string{"expired/"}
		}
	}
	before, files := build(t, site.Options{}, withFeeds()), build(t, site.Options{}, s)
	want := map[string]string{
		"2019/03/freins.html": "fr/freins/", "vieux/régler ses freins/index.html": "fr/freins/", "commun/index.html": "en/hostile/", "x*/index.html": "en/hostile/",
		"expired/index.html": "en/old/",
	}
	for name, f := range files {
		if _, ok := before[name]; ok || name == "_redirects" {
			continue
		}
		to, ok := want[name]
		if !ok {
			t.Errorf("%s is made", name)
			continue
		}
		delete(want, name)
		doc := parse(t, f)
		checkInert(t, name, doc)
		at, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		at = at.ResolveReference(&url.URL{Path: "./" + strings.TrimSuffix(name, "index.html")})
		found := map[string]string{}
		for n := range doc.Descendants() {
			href, _ := attr(n, "href")
			content, _ := attr(n, "content")
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "a":
				found["link"] = resolve(t, at, href)
			case n.Data == "link":
				found["canonical"] = resolve(t, at, href)
			case n.Data == "meta" && strings.HasPrefix(content, "0; url="):
				found["refresh"] = resolve(t, at, strings.TrimPrefix(content, "0; url="))
			case n.Data == "meta" && content == "noindex":
				found["noindex"] = s.URL + to
			}
		}
		for _, key := range []string{"link", "canonical", "refresh", "noindex"} {
			if found[key] != s.URL+to {
				t.Errorf("%s: %s is %q", name, key, found[key])
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not made: %v", want)
	}
	list := `/blog/commun/ /blog/en/hostile/ 301
/blog/x%2A/ /blog/en/hostile/ 301
/blog/2019/03/freins.html /blog/fr/freins/ 301
/blog/vieux/r%C3%A9gler%20ses%20freins/ /blog/fr/freins/ 301
/blog/expired/ /blog/en/old/ 301
`
	if got := string(files["_redirects"].Data); got != list {
		t.Errorf("_redirects:\n%s", got)
	}
}

func resolve(t *testing.T, at *url.URL, ref string) string {
	t.Helper()
	u, err := at.Parse(ref)
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}

// TestFiles_pageMayBeAFile: a page at the address of an .html file, as old
// sites have them, is linked and links as others do.
func TestFiles_pageMayBeAFile(t *testing.T) {
	t.Parallel()
	s := withFeeds()
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Post.Path == "fr/canal.md" {
			e.Path = "2026/canal.html"
			e.URL = s.URL + e.Path
		}
	}
	files := build(t, site.Options{}, s, sample.Texts{})
	if _, ok := files["2026/canal.html"]; !ok {
		t.Error("it is not made")
	}
	checkLinks(t, s, files)
	if sitemap := string(files["sitemap.xml"].Data); !strings.Contains(sitemap, "<loc>"+s.URL+"2026/canal.html</loc>") {
		t.Error("the sitemap does not know it")
	}
}

// TestRedirects_keyKnowsTheLanguageSpoken: a page in a language that has no
// words of ours speaks that of the site, and is another one when that changes.
func TestRedirects_keyKnowsTheLanguageSpoken(t *testing.T) {
	t.Parallel()
	of := func(lang string) publish.File {
		s := withFeeds()
		s.Lang = lang
		e := &s.Entries[0]
		e.Post.Lang = "de"
		e.Aliases = []string{"moved/"}
		return build(t, site.Options{}, s)["moved/index.html"]
	}
	english, french := of("en"), of("fr")
	if string(english.Data) == string(french.Data) {
		t.Fatal("both speak one language")
	}
	if english.Key == french.Key {
		t.Error("other words have the same key")
	}
}
