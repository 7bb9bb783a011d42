package importer_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/importer"
)

// site reads a folder of files and holds the batch to the laws.
func site(t testing.TB, kind importer.Kind, o importer.Options, files map[string]string) importer.Batch {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, src := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	b, err := importer.Read(context.Background(), fsys, ".", kind, o)
	if err != nil {
		t.Fatal(err)
	}
	laws(t, b)
	return b
}

// addresses are where the pages were, by the path of the post.
func addresses(b importer.Batch) map[string]string {
	all := map[string]string{}
	for _, p := range b.Posts {
		all[p.Path] = p.Address
	}
	return all
}

// The addresses were held against Hugo 0.111's own.
func TestRead_hugoAddresses(t *testing.T) {
	t.Parallel()
	front := func(more string) string { return "---\ntitle: \"A note: one, two & three!\"\n" + more + "---\nx\n" }
	pages := map[string]string{
		"content/posts/simple.md":                 front("date: 2023-01-01\n"),
		"content/posts/Upper_Case.md":             front("date: 2023-01-02\n"),
		"content/posts/with space.md":             front("date: 2023-01-03\n"),
		"content/posts/été à l’aube.md":           front("date: 2023-01-04\n"),
		"content/posts/slugged.md":                front("date: 2023-01-05\nslug: My Slug\n"),
		"content/posts/urled.md":                  front("date: 2023-01-06\nurl: /else/where.html\n"),
		"content/posts/bundle/index.md":           front("date: 2023-01-07\n"),
		"content/posts/Nested/deep.md":            front("date: 2023-01-08\n"),
		"content/posts/2022-05-06-dated.md":       front("date: 2023-01-09\n"),
		"content/posts/simple.fr.md":              front("date: 2023-01-10\n"),
		"content/notes/a.md":                      front("date: 2023-01-11T23:30:00-05:00\n"),
		"content/notes/b.md":                      front("date: 2023-01-12\nslug: bee\n"),
		"content/posts/draft.md":                  front("date: 2023-01-12\ndraft: true\n"),
		"content/posts/bundle/resource.md":        "no page of its own",
		"content/posts/section-of-its-own/x/y.md": front("date: 2023-01-13\n"),
	}
	b := site(t, importer.Hugo, options(t), with(pages, "hugo.toml", `
baseURL = "https://old.example/sub"
defaultContentLanguage = "en"
[permalinks]
notes = "/:year/:month/:day/:slug/"
[languages.en]
[languages.fr]
`))
	if d := cmp.Diff(map[string]string{
		"posts/simple.md": "https://old.example/sub/posts/simple/", "posts/Upper_Case.md": "https://old.example/sub/posts/upper_case/",
		"posts/with space.md": "https://old.example/sub/posts/with-space/", "posts/été à l’aube.md": "https://old.example/sub/posts/%C3%A9t%C3%A9-%C3%A0-laube/",
		"posts/slugged.md": "https://old.example/sub/posts/my-slug/", "posts/urled.md": "https://old.example/sub/else/where.html",
		"posts/bundle/index.md": "https://old.example/sub/posts/bundle/", "posts/Nested/deep.md": "https://old.example/sub/posts/nested/deep/",
		"posts/2022-05-06-dated.md": "https://old.example/sub/posts/2022-05-06-dated/", "posts/simple.fr.md": "https://old.example/sub/fr/posts/simple/",
		"notes/a.md": "https://old.example/sub/2023/01/11/a-note-one-two-three/", "notes/b.md": "https://old.example/sub/2023/01/12/bee/",
		"posts/draft.md": "", "posts/section-of-its-own/x/y.md": "https://old.example/sub/posts/section-of-its-own/x/y/",
	}, addresses(b)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	b = site(t, importer.Hugo, options(t), map[string]string{
		"config/_default/hugo.yaml":       "baseURL: https://old.example\ndefaultContentLanguage: fr\ndefaultContentLanguageInSubdir: true\nuglyURLs: true\n",
		"config/_default/languages.yaml":  "en: {contentDir: content}\nfr: {contentDir: contenu}\n",
		"config/_default/permalinks.toml": "posts = '/:sections/:month/:title/'\nnotes = '/n/:filename'\n",
		"content/posts/nested/deep.md":    front("date: 2023-01-08\n"), "content/notes/a.md": front("date: 2023-01-08\n"), "contenu/notes/a.md": front("date: 2023-01-08\n"),
	})
	if d := cmp.Diff(map[string]string{
		"en/posts/nested/deep.md": "https://old.example/en/posts/01/a-note-one-two-three.html",
		"en/notes/a.md":           "https://old.example/en/n/a.html", "fr/notes/a.md": "https://old.example/fr/n/a.html",
	}, addresses(b)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	for _, p := range b.Posts {
		post := content.Read(p.Path, p.Source, content.Defaults{Lang: "fr"})
		if want := p.Path[:2]; post.Lang != want {
			t.Errorf("%s is in %q", p.Path, post.Lang)
		}
		if strings.Contains(p.Path, "notes") && post.Translation == "" {
			t.Errorf("%s: no translation", p.Path)
		}
	}
}

// The settings of a language may stand in a file of its own; what is not read
// of the settings is noted.
func TestRead_hugoLanguageFiles(t *testing.T) {
	t.Parallel()
	b := site(t, importer.Hugo, options(t), map[string]string{
		"config/_default/hugo.toml":         "baseURL = 'https://old.example'\ndefaultContentLanguage = 'fr'\n",
		"config/_default/languages.en.toml": "weight = 2\ncontentDir = 'content/english'\n", "config/_default/languages.fr.toml": "contentDir = 'content/french'\n",
		"config/_default/menus.en.toml": "[[main]]\nname = 'x'\n", "config/_default/menus.fr.toml": "", "config/_default/params.toml": "", "config/_default/module.toml": "",
		"config/production/hugo.toml": "baseURL = 'https://live.example'\n", "config/production/params.toml": "",
		"content/english/posts/a.md": "---\ntitle: a\ndate: 2024-01-01\n---\n", "content/french/posts/a.md": "---\ntitle: a\ndate: 2024-01-01\n---\n",
	})
	if d := cmp.Diff(map[string]string{"en/posts/a.md": "https://live.example/en/posts/a/", "fr/posts/a.md": "https://live.example/posts/a/"}, addresses(b)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if d := cmp.Diff([]string{"field config/production/params.toml 1", "field menus 2", "field module 1"}, codes(b)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// What begins without a slash stands beside the page.
func TestRead_hugoAliases(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"":                  {"/posts/rel", "/rel/", "/posts/a/b.html", "/abs/", "/x"},
		"url: /e/w/here/\n": {"/e/w/rel", "/e/rel/", "/e/w/a/b.html", "/abs/", "/e/x"},
		"url: /here.html\n": {"/rel", "/rel/", "/a/b.html", "/abs/", "/x"},
	} {
		b := site(t, importer.Hugo, options(t), map[string]string{
			"hugo.toml": "", "content/posts/a.md": "---\ntitle: a\ndate: 2024-01-01\n" + address + "aliases: [rel, ../rel/, a/b.html, /abs/, ../x]\n---\n",
		})
		post := content.Read(b.Posts[0].Path, b.Posts[0].Source, content.Defaults{Lang: "fr"})
		var got []string
		for _, m := range post.Front().Map {
			for _, v := range m.Value.List {
				got = append(got, v.Str)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: -want +got\n%s", address, d)
		}
	}
}

func with(files map[string]string, name, src string) map[string]string {
	files[name] = src
	return files
}

func TestRead_jekyllAddresses(t *testing.T) {
	t.Parallel()
	for permalink, want := range map[string][2]string{ // the address, and the id of jekyll-feed
		"":                             {"https://o.example/b/cats/bikes/2023/05/04/Setting-the_brakes.html", "https://o.example/b/cats/bikes/2023/05/04/Setting the_brakes"},
		"pretty":                       {"https://o.example/b/cats/bikes/2023/05/04/Setting-the_brakes/", "https://o.example/b/cats/bikes/2023/05/04/Setting the_brakes"},
		"none":                         {"https://o.example/b/cats/bikes/Setting-the_brakes.html", "https://o.example/b/cats/bikes/Setting the_brakes"},
		"/:year/:i_month-:i_day/:slug": {"https://o.example/b/2023/5-4/setting-the-brakes", "https://o.example/b/2023/5-4/Setting the_brakes"},
		"/:nobody/:knows":              {"", ""},
	} {
		b := site(t, importer.Jekyll, options(t), map[string]string{
			"_config.yml": "url: https://o.example\nbaseurl: /b/\npermalink: " + permalink + "\n",
			"cats/_posts/2023-5-4-Setting the_brakes.md": "---\ntitle: x\ncategory: Bikes\n---\n",
		})
		if len(b.Posts) != 1 {
			t.Fatal(b.Notes)
		}
		p := b.Posts[0]
		guid := strings.ReplaceAll(want[1], " ", "%20")
		if p.Address != want[0] || p.GUID != guid || p.Path != "posts/cats/2023-05-04-Setting the_brakes.md" {
			t.Errorf("%q: %s %s %s", permalink, p.Address, p.GUID, p.Path)
		}
	}
}

// What lies in a site's folder leads nowhere else.
func TestRead_hostileSites(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"hugo.toml":                       {Data: []byte("baseURL = 'javascript:alert(1)'\ncontentDir = '../../etc'\n[permalinks]\nposts = '/:'")},
		"content/posts/a.md":              {Data: []byte("---\ntitle: a\ndate: 2024-01-01\nimage: ../../../../etc/passwd\nslug: ../../x\nurl: //evil.example/x\nid: ../id\n---\n![x](/../../secret.png) ![y](../../../../../../etc/passwd) [z](.git/config.pdf)\n")},
		"content/posts/link.md":           {Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink},
		"content/posts/pipe.md":           {Mode: fs.ModeNamedPipe},
		"content/posts/n\nl.md":           {Data: []byte("---\ntitle: b\n---\n")},
		"content/posts/.hidden.md":        {Data: []byte("---\ntitle: c\n---\n")},
		"content/posts/bad\xff.md":        {Data: []byte("---\ntitle: d\n---\n")},
		"content/posts/page/index.md":     {Data: []byte("---\ntitle: e\ndate: 2024-01-01\n---\n[s](s.svg) ![s](s.svg)")},
		"content/posts/page/s.svg":        {Data: []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")},
		"content/posts/page/run.html":     {Data: []byte("<script>x()</script>")},
		"content/posts/page/ok.png":       {Data: []byte("x")},
		"content/posts/page/.env":         {Data: []byte("x")},
		"content/posts/page/link.png":     {Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink},
		"content/posts/notfront.md":       {Data: []byte("+++\ntitle = ")},
		"static/secret.png":               {Data: []byte("x")},
		"content/posts/windows-1252.md":   {Data: []byte("---\ntitle: \xe9t\xe9\n---\n")},
		"content/posts/misspelt/guard.md": {Data: []byte("---\ntitle: x\nembrago: 2027-01-01\n---\n")},
	}
	o := options(t)
	b, err := importer.Read(context.Background(), fsys, ".", importer.Hugo, o)
	if err != nil || len(b.Posts) > 0 || len(b.Notes) != 1 || b.Notes[0].Code != importer.CodeConfig {
		t.Fatalf("a folder above the site: %+v %v %v", b.Posts, b.Notes, err)
	}
	fsys["hugo.toml"].Data = []byte("baseURL = 'javascript:alert(1)'\n[permalinks]\nposts = '/:'")
	if b, err = importer.Read(context.Background(), fsys, ".", importer.Hugo, o); err != nil {
		t.Fatal(err)
	}
	laws(t, b)
	var got []string
	for _, p := range b.Posts {
		got = append(got, p.Path)
		for _, f := range p.Files {
			got = append(got, f.From+" → "+f.To)
		}
		if strings.Contains(p.GUID+p.Address, "javascript") {
			t.Errorf("%s: %s %s", p.Path, p.GUID, p.Address)
		}
	}
	if d := cmp.Diff([]string{
		"posts/a.md", "static/secret.png → secret.png",
		"posts/page/index.md", "content/posts/page/ok.png → posts/page/ok.png",
		"posts/windows-1252.md",
	}, got); d != "" {
		t.Errorf("-want +got\n%s\n%v", d, b.Notes)
	}
}
