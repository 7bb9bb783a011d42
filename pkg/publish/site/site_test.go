package site_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

var update = flag.Bool("update", false, "write the golden files")

// build makes the site's files and stands in for those that a feed output
// would make beside them.
func build(t testing.TB, o site.Options, s publish.Site, texts ...sample.Texts) map[string]publish.File {
	t.Helper()
	pages, err := site.New(o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := publish.Files(pages, s, sample.Bodies(s, texts...))
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]publish.File{}
	for _, f := range files {
		byPath[f.Path] = f
	}
	return byPath
}

// withFeeds is the sample with the feeds that an office of two languages has.
func withFeeds() publish.Site {
	s := sample.Site()
	const rss, atom = "application/rss+xml", "application/atom+xml"
	s.Feeds = []publish.FeedLink{
		{Path: "feed.xml", Type: rss, Title: s.Title}, {Path: "atom.xml", Type: atom, Title: s.Title},
		{Path: "fr/feed.xml", Type: rss, Title: s.Title + " (Français)", Lang: "fr"},
		{Path: "en/feed.xml", Type: rss, Title: s.Title + " (English)", Lang: "en"},
		{Path: "tags/debuter/feed.xml", Type: rss, Title: "Débuter", Topic: "tags/debuter/"},
	}
	return s
}

func TestFiles_areThePromisedOnes(t *testing.T) {
	t.Parallel()
	var got []string
	for name, f := range build(t, site.Options{}, withFeeds()) {
		if f.Source != "" {
			name += " = " + f.Source
		}
		got = append(got, name)
	}
	slices.Sort(got)
	hostile := "script-script-alert-1-script-q-a-31m-b"
	want := []string{
		"404.html", "archive/2026/index.html", "archive/index.html",
		"en/archive/2026/index.html", "en/archive/index.html",
		"en/brakes/index.html", "en/hostile/index.html", "en/index.html", "en/old/index.html", "en/tags/index.html",
		"fr/archive/2026/index.html", "fr/archive/index.html", "fr/canal/index.html", "fr/chaine/index.html",
		"fr/freins/index.html", "fr/index.html", "fr/sans-titre/index.html", "fr/tags/index.html", "fr/velo-cargo/index.html",
		"icon.svg", "img/atelier.jpg = img/atelier.jpg", "img/canal été.jpg = img/canal été.jpg", "index.html",
		"robots.txt", "sitemap.xml", "son/entretien.mp3 = son/entretien.mp3", "style.css",
		"tags/balades/index.html", "tags/debuter/index.html", "tags/etc-passwd/index.html", "tags/index.html",
		"tags/mecanique/index.html", "tags/pret/index.html", "tags/repairs/index.html", "tags/" + hostile + "/index.html",
		"tags/vie-de-l-atelier/index.html",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestFiles_golden(t *testing.T) {
	t.Parallel()
	s := withFeeds()
	plain := sample.Texts{}
	for _, e := range s.Entries { // the engine's HTML has tests of its own
		plain[e.Post.ID] = "Un paragraphe.\n"
	}
	files := build(t, site.Options{}, s, plain)
	for _, name := range []string{"fr/freins/index.html", "fr/index.html", "tags/debuter/index.html", "en/tags/index.html", "404.html", "sitemap.xml", "robots.txt", "icon.svg"} {
		data := files[name].Data
		if name == "404.html" {
			data = bytes.Replace(data, build(t, site.Options{}, s)["style.css"].Data, []byte("…"), 1)
		}
		golden := filepath.Join("testdata", strings.ReplaceAll(name, "/", "_"))
		if *update {
			if err := os.WriteFile(golden, data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Error(err)
		} else if d := cmp.Diff(string(want), string(data)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestFiles_sameBytesTwice(t *testing.T) {
	t.Parallel()
	first, again := build(t, site.Options{Pillars: true}, withFeeds()), build(t, site.Options{Pillars: true}, withFeeds())
	for name, f := range first {
		if !bytes.Equal(f.Data, again[name].Data) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestFiles_refusesPathsThatMeet(t *testing.T) {
	t.Parallel()
	pages, err := site.New(site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"two posts": "fr/freins/", "in another case": "fr/Freins/", "the archive": "archive/", "a tag": "tags/balades/",
		"the home of a language": "fr/", "outside": "../x/", "no folder": "fr/x", "the style": "style.css/", "none": "",
	} {
		s := sample.Site()
		for i := range s.Entries {
			if s.Entries[i].Post.Path == "fr/canal.md" {
				s.Entries[i].Path, s.Entries[i].URL = path, s.URL+path
			}
		}
		if _, err := publish.Files(pages, s, sample.Bodies(s)); !errors.Is(err, publish.ErrPath) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestFiles_retiredPostKeepsItsPageAlone(t *testing.T) {
	t.Parallel()
	for name, f := range build(t, site.Options{}, withFeeds()) {
		own := name == "en/old/index.html"
		if got := bytes.Contains(f.Data, []byte("Winter opening hours")) || bytes.Contains(f.Data, []byte("en/old/")); got != own {
			t.Errorf("%s: names the post: %v", name, got)
		}
		if own && !bytes.Contains(f.Data, []byte(`<meta name="robots" content="noindex">`)) {
			t.Error("search engines may keep the page")
		}
	}
}

func TestFiles_withholdsWhatIsNotOut(t *testing.T) {
	t.Parallel()
	for name, f := range build(t, site.Options{}, withFeeds()) {
		if bytes.Contains(f.Data, []byte("secret")) || strings.Contains(name, "unused") {
			t.Errorf("%s gives it away", name)
		}
	}
}

func TestFiles_datesInTheWordsOfThePage(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for at, want := range map[string]string{
		"2026-10-31T23:30:00Z": `<time datetime="2026-11-01T00:30:00+01:00">1er novembre 2026</time>`,
		"2026-08-02T12:00:00Z": `<time datetime="2026-08-02T14:00:00+02:00">2 août 2026</time>`,
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		e := s.Entries[0]
		e.Published, e.Updated = instant, instant
		one := s
		one.Entries = []publish.Entry{e}
		got := string(build(t, site.Options{}, one)[e.Path+"index.html"].Data)
		if !strings.Contains(strings.ReplaceAll(got, "&#43;", "+"), want) {
			t.Errorf("%s: no %s", at, want)
		}
	}
}

func TestFiles_emptySite(t *testing.T) {
	t.Parallel()
	files := build(t, site.Options{}, publish.Site{URL: "https://x.example/", Lang: "fr", Langs: []string{"fr"}})
	for _, name := range []string{"index.html", "archive/index.html"} {
		if !bytes.Contains(files[name].Data, []byte("Rien n’est encore publié.")) {
			t.Errorf("%s does not say that there is nothing", name)
		}
	}
}

func TestFiles_longArchiveIsCutIntoYears(t *testing.T) {
	t.Parallel()
	s := sample.Many(1200)
	for i := range s.Entries {
		s.Entries[i].Published = s.Entries[i].Published.AddDate(0, 0, -i)
	}
	files := build(t, site.Options{}, s)
	got := string(files["archive/index.html"].Data)
	if n := strings.Count(got, "<time"); n > 500 || n < 300 {
		t.Errorf("%d titles in the archive", n)
	}
	if !strings.Contains(got, `href="../archive/2024/"`) || files["archive/2024/index.html"].Data == nil {
		t.Error("no way to the year 2024")
	}
	checkLinks(t, s, files)
}

func TestNew_refusesBadOptions(t *testing.T) {
	t.Parallel()
	if _, err := site.New(site.Options{Newest: -1}); !errors.Is(err, site.ErrOptions) {
		t.Errorf("got %v", err)
	}
}

func FuzzFiles_nothingRuns(f *testing.F) {
	for _, s := range []string{
		sample.Hostile, "", "a", `"><img src=x onerror=alert(1)>`, "{{.}}", "</title><script>", "\u2028", "javascript:alert(1)",
		"</script>", "<!--", "--></style><script>", "<table><table></table>",
	} {
		f.Add(s, s)
	}
	pages, err := site.New(site.Options{})
	if err != nil {
		f.Fatal(err)
	}
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, text, body string) {
		doc, err := parser.Parse([]byte(body), "fr")
		if err != nil {
			t.Skip() // beyond the limits of the engine
		}
		post := &content.Post{
			ID: "1", Path: "a.md", Slug: "a", Lang: "fr", Title: text, Summary: text, Tags: []string{text},
			Question: text, Canonical: text, Series: text,
		}
		s := publish.Site{Title: text, Description: text, URL: "https://x.example/", Lang: "fr", Langs: []string{"fr"}, Author: text, Licence: text, LicenceURL: text, Email: text}
		s.Entries = []publish.Entry{{Post: post, Path: "a/", URL: s.URL + "a/", Authors: []string{text}, Image: publish.Image{Src: text, Alt: text}}}
		files, err := publish.Files(pages, s, sample.One(doc))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file.Path, ".html") {
				checkInert(t, file.Path, parse(t, file))
			}
		}
	})
}

// TestFiles_nothingTurnsTheTextAround: a title cannot show what is not there,
// nor turn what stands after it.
func TestFiles_nothingTurnsTheTextAround(t *testing.T) {
	t.Parallel()
	for name, f := range build(t, site.Options{Pillars: true}, sample.Turned()) {
		if bytes.ContainsAny(f.Data, sample.Turns) {
			t.Errorf("%s does", name)
		}
	}
}

// TestFiles_longSeriesShowsThePartsAround: a page does not grow with its series.
func TestFiles_longSeriesShowsThePartsAround(t *testing.T) {
	t.Parallel()
	s := sample.Many(200)
	for _, e := range s.Entries {
		e.Post.Series, e.Post.Part, e.Post.Lang = "All", 0, "fr"
	}
	files := build(t, site.Options{}, s)
	for i, want := range map[int]string{0: ` start="176"`, 100: ` start="88"`, 199: ""} {
		page := string(files[s.Entries[i].Path+"index.html"].Data)
		_, list, _ := strings.Cut(page, `id="page:series"`)
		list, _, _ = strings.Cut(list, "</ol>")
		if n := strings.Count(list, "<li>"); n != 25 || !strings.Contains(list, "<ol"+want+">") || strings.Count(list, "aria-current") != 1 {
			t.Errorf("post %d: %d parts in %s", i, n, list)
		}
	}
}

// TestFiles_firstPictureComesFirst: of a page's pictures one is loaded with
// priority, the first, and the others when they come into sight.
func TestFiles_firstPictureComesFirst(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	texts := sample.Texts{}
	for _, e := range s.Entries {
		texts[e.Post.ID] = "![a](../img/canal%20été.jpg)\n\n![b](../img/unused.jpg)\n\n<img src=\"../img/atelier.jpg\" alt=\"c\">\n"
	}
	for name, f := range build(t, site.Options{}, s, texts) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		images := 0
		for n := range parse(t, f).Descendants() {
			if n.Data != "img" {
				continue
			}
			loading, _ := attr(n, "loading")
			priority, _ := attr(n, "fetchpriority")
			if first := images == 0; first != (priority == "high") || first == (loading == "lazy") {
				t.Errorf("%s: picture %d: loading %q, priority %q", name, images, loading, priority)
			}
			images++
		}
	}
}
