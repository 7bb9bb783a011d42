package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/value"
)

var update = flag.Bool("update", false, "write the golden files")

func build(t testing.TB, o feed.Options, s publish.Site, texts ...sample.Texts) map[string][]byte {
	t.Helper()
	feeds, err := feed.New(o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := publish.Files(feeds, s, sample.Bodies(s, texts...))
	if err != nil {
		t.Fatal(err)
	}
	if err := publish.CheckPaths(files); err != nil {
		t.Fatal(err)
	}
	byPath := map[string][]byte{}
	for _, f := range files {
		byPath[f.Path] = f.Data
	}
	return byPath
}

// everything is every feed that the package can make.
func everything() feed.Options {
	return feed.Options{Tags: true, Pillars: true, Pages: true, TTL: time.Hour}
}

// small is a site whose feeds a person can read in full.
func small() publish.Site {
	s := sample.Site()
	s.Langs = []string{"fr"}
	s.Entries = []publish.Entry{s.Entries[len(s.Entries)-2]} // the brakes, in French
	return s
}

func TestFiles_golden(t *testing.T) {
	t.Parallel()
	for name, data := range build(t, everything(), small(), sample.Texts{small().Entries[0].Post.ID: "Un frein bien réglé ne crie pas.\n"}) {
		golden := filepath.Join("testdata", "small", strings.ReplaceAll(name, "/", "_"))
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
				t.Fatal(err)
			}
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

func TestFiles_areThePromisedOnes(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	got := slices.Sorted(func(yield func(string) bool) {
		for name := range build(t, feed.Options{Tags: true, Count: 3}, s) {
			if !yield(name) {
				return
			}
		}
	})
	want := []string{
		"atom.xml", "en/atom.xml", "en/feed.json", "en/feed.xml", "feed-en.css", "feed-fr.css", "feed.json", "feed.xml",
		"fr/atom.xml", "fr/feed.json", "fr/feed.xml", "tags/balades/feed.xml", "tags/debuter/feed.xml",
		"tags/etc-passwd/feed.xml", "tags/mecanique/feed.xml", "tags/pret/feed.xml", "tags/repairs/feed.xml",
		"tags/script-script-alert-1-script-q-a-31m-b/feed.xml", "tags/vie-de-l-atelier/feed.xml",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	feeds, err := feed.New(feed.Options{Tags: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range feeds.Links(s) {
		if !slices.Contains(got, link.Path) {
			t.Errorf("link to %s, which is not made", link.Path)
		}
	}
}

// TestFiles_laws holds what every feed must be, whatever the site.
func TestFiles_laws(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	first, again := build(t, everything(), s), build(t, everything(), sample.Site())
	for name, data := range first {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s: other bytes the second time", name)
		}
		if err := wellFormed(name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_, items, _ := bytes.Cut(data, []byte("</title>")) // after the address of the style sheet
		for _, leak := range []string{"Winter opening hours", "secret.md", "href=&#34;/", `href="/`, `src="/`, `href="../`, `src="../`, `href=""`} {
			if bytes.Contains(items, []byte(leak)) {
				t.Errorf("%s: holds %s", name, leak)
			}
		}
	}
}

func TestFiles_emptySiteIsValid(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	s.Entries, s.Title, s.Description, s.Author = nil, "", "", ""
	files := build(t, everything(), s)
	for name, data := range files {
		if err := wellFormed(name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !bytes.Contains(files["atom.xml"], []byte("<updated>1970-01-01T00:00:00Z</updated>")) {
		t.Errorf("atom.xml: no fixed date:\n%s", files["atom.xml"])
	}
	if !bytes.Contains(files["feed.json"], []byte(`"items": []`)) {
		t.Errorf("feed.json: no empty list:\n%s", files["feed.json"])
	}
}

func TestGUID(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"0192A1B0-0000-7000-8000-000000000001": "urn:uuid:0192a1b0-0000-7000-8000-000000000001",
		"https://old.example/?p=12":            "https://old.example/?p=12",
		"tag:old.example,2009:12":              "tag:old.example,2009:12",
		"my-post":                              "urn:uuid:98f2b5b3-8d4e-53a3-ac09-9f1d1a4c8cd4",
		"https://old.example/?p=12 ":           "urn:uuid:f6b9f3ab-5c9f-5b3c-a2b8-1a2f0a4a3f1e",
	} {
		got := feed.GUID(id)
		if strings.HasPrefix(want, "urn:uuid:") && !strings.Contains(want, strings.ToLower(id)) {
			if !strings.HasPrefix(got, "urn:uuid:") || len(got) != len(want) {
				t.Errorf("%q: got %q", id, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

func TestGUID_outlivesTitleSlugPathAndDomain(t *testing.T) {
	t.Parallel()
	before, after := sample.Site(), sample.Site()
	after.URL = "http://elsewhere.example/"
	for i := range after.Entries {
		e := &after.Entries[i]
		e.Post.Title, e.Post.Slug, e.Post.Path = "Another title", "other", "moved/"+e.Post.Path
		e.Path, e.URL = "p/"+e.Post.ID+"/", after.URL+"p/"+e.Post.ID+"/"
	}
	old, moved := build(t, feed.Options{}, before), build(t, feed.Options{}, after)
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		was, is := ids(t, name, old[name]), ids(t, name, moved[name])
		if len(was) != 7 {
			t.Errorf("%s: %d ids", name, len(was))
		}
		if d := cmp.Diff(was, is); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for _, tt := range []struct {
		o    feed.Options
		want int
	}{
		{feed.Options{}, 7}, {feed.Options{Count: 2}, 2}, {feed.Options{Days: 7}, 4},
		{feed.Options{Days: 7, Count: 3}, 3}, {feed.Options{Count: 100, Days: 5000}, 7},
	} {
		if got := len(ids(t, "feed.json", build(t, tt.o, s)["feed.json"])); got != tt.want {
			t.Errorf("%+v: got %d items, want %d", tt.o, got, tt.want)
		}
	}
}

func TestOf_namesTheFeedsThatShowAPost(t *testing.T) {
	t.Parallel()
	s, feeds := sample.Site(), newFeeds(t, feed.Options{Tags: true, Count: 3})
	files := build(t, feed.Options{Tags: true, Count: 3}, s)
	for _, e := range s.Entries {
		var want []string
		for name, data := range files {
			if bytes.Contains(data, []byte(feed.GUID(e.Post.ID))) {
				want = append(want, name)
			}
		}
		slices.Sort(want)
		got := feeds.Of(s, e.Post.ID)
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", e.Post.Path, d)
		}
	}
	if got := feeds.Of(s, "unknown"); got != nil {
		t.Errorf("an unknown post is in %q", got)
	}
}

func TestNew_refusesBadOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []feed.Options{
		{Formats: []feed.Format{"rdf"}}, {Formats: []feed.Format{feed.RSS, feed.RSS}}, {Count: -1}, {Days: -1}, {TTL: -1},
	} {
		if _, err := feed.New(o); !errors.Is(err, feed.ErrOptions) {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

func TestDates_takeTheZoneOfTheSite(t *testing.T) {
	t.Parallel()
	s := small()
	for at, want := range map[string]string{
		"2026-10-25T00:30:00Z": "Sun, 25 Oct 2026 02:30:00 +0200", // the first of two
		"2026-10-25T01:30:00Z": "Sun, 25 Oct 2026 02:30:00 +0100",
		"1901-01-01T00:00:00Z": "Tue, 01 Jan 1901 00:00:00 +0000", // Paris was 9 min 21 s ahead
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		s.Entries[0].Published, s.Entries[0].Updated = instant, instant
		got := build(t, feed.Options{}, s)["feed.xml"]
		if !bytes.Contains(got, []byte("<pubDate>"+want+"</pubDate>")) {
			t.Errorf("%s: no %s in\n%s", at, want, got)
		}
	}
}

func FuzzFiles_areReadable(f *testing.F) {
	for _, s := range []string{sample.Hostile, "", "a", "]]>", "<![CDATA[", "\xed\xa0\x80", "&#0;", "&amp;lt;", "\u0085\u2028", "<", "a<b", "R&B"} {
		f.Add(s, s)
	}
	feeds, err := feed.New(feed.Options{Tags: true})
	if err != nil {
		f.Fatal(err)
	}
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, title, body string) {
		doc, err := parser.Parse([]byte(body), "en")
		if err != nil {
			t.Skip() // beyond the limits of the engine
		}
		post := &content.Post{ID: "1", Path: "a.md", Slug: "a", Lang: "en", Title: title, Tags: []string{title}}
		s := publish.Site{Title: title, Description: body, URL: "https://x.example/", Lang: "en", Langs: []string{"en"}, Licence: title}
		s.Entries = []publish.Entry{{Post: post, Published: time.Unix(0, 0), Path: "a/", URL: s.URL + "a/", Authors: []string{title}}}
		files, err := publish.Files(feeds, s, sample.One(doc))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if err := wellFormed(file.Path, file.Data); err != nil {
				t.Errorf("%s: %v\n%s", file.Path, err, file.Data)
			}
		}
	})
}

// wellFormed parses strictly. encoding/xml lets some characters through that
// XML 1.0 forbids, so these are looked for as well.
func wellFormed(name string, data []byte) error {
	if i := bytes.IndexFunc(data, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff
	}); i >= 0 {
		return errors.New("forbidden character")
	}
	if strings.HasSuffix(name, ".json") {
		var v map[string]any
		dec := json.NewDecoder(bytes.NewReader(data))
		if err := dec.Decode(&v); err != nil {
			return err
		}
		return nil
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// ids reads the ids of the items, in order, without the package's own types.
func ids(t *testing.T, name string, data []byte) []string {
	t.Helper()
	if strings.HasSuffix(name, ".json") {
		var doc struct{ Items []struct{ ID string } }
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, it := range doc.Items {
			all = append(all, it.ID)
		}
		return all
	}
	var doc struct {
		GUIDs []string `xml:"channel>item>guid"`
		IDs   []string `xml:"entry>id"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return append(doc.GUIDs, doc.IDs...)
}

// TestFiles_nothingTurnsTheTextAround: in a reader a title stands among those
// of others.
func TestFiles_nothingTurnsTheTextAround(t *testing.T) {
	t.Parallel()
	for name, data := range build(t, everything(), sample.Turned()) {
		if bytes.ContainsAny(data, sample.Turns) {
			t.Errorf("%s does", name)
		}
	}
}

// A post from another program keeps the id under which readers know it, in
// every format that can say it.
func TestGUID_ofAnotherProgramStays(t *testing.T) {
	t.Parallel()
	for guid, atom := range map[string]string{
		"https://old.example/?p=12&x=1":      "https://old.example/?p=12&amp;x=1",
		"https://old.example/été":            "https://old.example/été",
		"tag:old.example,2009:12":            "tag:old.example,2009:12",
		"4711":                               "urn:uuid:",
		"0192a1b0-0000-7000-8000-0000000001": "urn:uuid:",
	} {
		s := sample.Site()
		s.Entries[0].Post.Extra = append(s.Entries[0].Post.Extra, value.Member{Key: "guid", Value: value.Value{Kind: value.String, Str: guid}})
		files := build(t, feed.Options{}, s)
		if strings.HasPrefix(atom, "urn:uuid:") {
			atom = feed.GUID(guid)
		}
		for path, want := range map[string]string{
			"feed.xml":  `<guid isPermaLink="false">` + strings.ReplaceAll(guid, "&", "&amp;") + "</guid>",
			"atom.xml":  "<id>" + atom + "</id>",
			"feed.json": `"id": "` + guid + `"`,
		} {
			// An ampersand may be written as a number, too.
			if !bytes.Contains(bytes.ReplaceAll(files[path], []byte("&#x26;"), []byte("&amp;")), []byte(want)) {
				t.Errorf("%s: no %s", path, want)
			}
		}
	}
}

// FuzzTitle: every format says the title of a post as it is, made one clean
// line, once each reader has undone what the format escapes.
func FuzzTitle(f *testing.F) {
	for _, s := range []string{sample.Hostile, "a", "R&B", "a<b", "<b>", "&amp;lt;", "&#60;", "]]>", "<![CDATA[", "\u2028\u202e", "\xed\xa0\x80", "a\r\nb", " x ", "<", "<é", "a <  b", "</title>", "&#0\x000"} {
		f.Add(s)
	}
	feeds, err := feed.New(feed.Options{})
	if err != nil {
		f.Fatal(err)
	}
	doc, err := markdown.New().Parse(nil, "zxx")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, title string) {
		post := &content.Post{ID: "1", Path: "a.md", Slug: "a", Lang: "zxx", Title: title}
		want := publish.Headline(post, "")
		// What could begin a tag is escaped once more for readers that take a
		// title for HTML; what is broken is left out.
		plain := func(s string) string {
			whole := strings.NewReplacer("\uFFFD", "")
			return strings.Join(strings.Fields(whole.Replace(html.UnescapeString(whole.Replace(s)))), "")
		}
		same := func(got string) bool { return plain(got) == plain(want) }
		s := publish.Site{Title: "x", URL: "https://x.example/", Lang: "zxx", Langs: []string{"zxx"}}
		s.Entries = []publish.Entry{{Post: post, Published: time.Unix(0, 0), Path: "a/", URL: s.URL + "a/"}}
		files, err := publish.Files(feeds, s, sample.One(doc))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			switch file.Path {
			case "feed.xml":
				var got struct {
					Titles []string `xml:"channel>item>title"`
				}
				if err := xml.Unmarshal(file.Data, &got); err != nil || len(got.Titles) != 1 || !same(got.Titles[0]) {
					t.Errorf("RSS: %q, want %q, %v", got.Titles, want, err)
				}
			case "atom.xml":
				var got struct {
					Titles []string `xml:"entry>title"`
				}
				if err := xml.Unmarshal(file.Data, &got); err != nil || len(got.Titles) != 1 || !same(got.Titles[0]) {
					t.Errorf("Atom: %q, want %q, %v", got.Titles, want, err)
				}
			case "feed.json":
				var got struct{ Items []struct{ Title string } }
				if err := json.Unmarshal(file.Data, &got); err != nil || len(got.Items) != 1 || !same(got.Items[0].Title) {
					t.Errorf("JSON: %+v, want %q, %v", got, want, err)
				}
			}
		}
	})
}

// TestFiles_everyAddressOfATextIsAbsolute: a reader does not know what an
// address is relative to. No attribute that holds one is passed over.
func TestFiles_everyAddressOfATextIsAbsolute(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	at := slices.IndexFunc(s.Entries, func(e publish.Entry) bool { return e.Post.Path == "fr/velo-cargo.md" })
	s.Entries[at].Aliases = []string{"old/"}
	var text strings.Builder
	text.WriteString("# T {#t}\n\n[a](canal.md) [b](#t) [c](/nowhere/) ![d](../img/atelier.jpg) e[^1]\n\n[^1]: f\n\n")
	for _, element := range []string{"a", "audio", "blockquote", "del", "img", "ins", "q", "video", "source", "track", "p", "td", "li", "table", "ol", "col"} {
		for _, key := range []string{"href", "src", "srcset", "poster", "cite", "longdesc", "background", "action", "data", "usemap", "profile", "manifest", "ping"} {
			for _, dest := range []string{"/old/", "canal.md", "../img/atelier.jpg", "nowhere/"} {
				fmt.Fprintf(&text, "<div><%s %s=\"%s\">x</%s></div>\n\n", element, key, dest, element)
			}
		}
	}
	feeds := newFeeds(t, feed.Options{Formats: []feed.Format{feed.JSON}})
	files, err := publish.Files(feeds, s, sample.Bodies(s, sample.Texts{s.Entries[at].Post.ID: text.String()}))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		for _, m := range regexp.MustCompile(`(?:href|src|srcset|poster|cite)=\\"([^"]+)\\"`).FindAllSubmatch(f.Data, -1) {
			found++
			if !bytes.HasPrefix(m[1], []byte("https://")) {
				t.Errorf("%s: %s", f.Path, m[0])
			}
		}
		for _, m := range regexp.MustCompile(`=\\"(?:\.\./|/|canal|nowhere)[^"]*"`).FindAll(f.Data, -1) {
			t.Errorf("%s: %s", f.Path, m)
		}
		if f.Path == "fr/feed.json" && !bytes.Contains(f.Data, []byte(`<q cite=\"https://velo.example/blog/fr/velo-cargo/\">`)) {
			t.Errorf("%s: no address of a quotation", f.Path)
		}
	}
	if found < 50 {
		t.Errorf("only %d addresses", found)
	}
}
