package feed_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"editorial/internal/need"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

// write puts files below a folder and returns the paths of the feeds in XML.
func write(t *testing.T, files map[string][]byte) (dir string, feeds []string) {
	t.Helper()
	dir = t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".xml") {
			feeds = append(feeds, path)
		}
	}
	slices.Sort(feeds)
	return dir, feeds
}

// bodyOf is the HTML that an item must carry, from the engine itself, with
// what the feed adds.
func bodyOf(t *testing.T, s publish.Site, e publish.Entry) string {
	t.Helper()
	links := publish.NewLinks(s)
	body, err := sample.Bodies(s).Document(e.Post).HTML(markdown.Options{Resolve: links.Absolute(e.Post), Image: links.Size(e.Post)})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

type readFeed struct {
	Bozo, Version, Title, Link, Language string
	Links                                [][2]string
	Updated                              int64
	Items                                []struct {
		ID         string
		Permalink  bool
		Link       string
		Title      string
		Published  int64
		Content    string
		Authors    []string
		Tags       []string
		Enclosures [][3]string
	}
}

func TestFeedparser_readsWhatWasWritten(t *testing.T) {
	t.Parallel()
	python := need.Python(t, "feedparser")
	s := sample.Site()
	dir, paths := write(t, build(t, everything(), s))
	out, err := exec.Command(python, append([]string{"testdata/read.py"}, paths...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var feeds []readFeed
	if err := json.Unmarshal(out, &feeds); err != nil {
		t.Fatal(err)
	}
	entries := map[string]publish.Entry{}
	for _, e := range s.Entries {
		entries[feed.GUID(e.Post.ID)] = e
	}
	for i, got := range feeds {
		name, _ := filepath.Rel(dir, paths[i])
		wantVersion := map[bool]string{true: "atom10", false: "rss20"}[filepath.Base(name) == "atom.xml"]
		if got.Bozo != "" || got.Version != wantVersion {
			t.Errorf("%s: %s, %s", name, got.Version, got.Bozo)
		}
		for _, want := range [][2]string{{"self", s.URL + filepath.ToSlash(name)}, {"hub", s.Hub}} {
			if !slices.Contains(got.Links, want) {
				t.Errorf("%s: no link %s in %v", name, want, got.Links)
			}
		}
		if len(got.Items) == 0 {
			t.Errorf("%s: no items", name)
		}
		for _, it := range got.Items {
			e, ok := entries[it.ID]
			if !ok {
				t.Errorf("%s: item %s is no post", name, it.ID)
				continue
			}
			if it.Permalink && wantVersion == "rss20" || it.Link != e.URL || it.Published != e.Published.Unix() {
				t.Errorf("%s: %s: permalink %v, link %s, published %d", name, it.ID, it.Permalink, it.Link, it.Published)
			}
			if e.Post.Title == sample.Hostile {
				if strings.Contains(it.Title, "<script") && wantVersion == "rss20" {
					t.Errorf("%s: a reader sees a script in %q", name, it.Title)
				}
				continue
			}
			if e.Post.Title != "" && it.Title != e.Post.Title || it.Title == "" {
				t.Errorf("%s: title %q, want %q", name, it.Title, e.Post.Title)
			}
			if want := strings.TrimSpace(bodyOf(t, s, e)); !strings.HasPrefix(it.Content, want) {
				t.Errorf("%s: content (-want +got):\n%s", name, cmp.Diff(want, it.Content))
			}
			if len(e.Authors) > 0 && !cmp.Equal(it.Authors, e.Authors) || !cmp.Equal(it.Tags, e.Post.Tags) {
				t.Errorf("%s: authors %q, tags %q", name, it.Authors, it.Tags)
			}
			if e.Image.Src != "" && len(it.Enclosures) != 1 {
				t.Errorf("%s: %s: enclosures %v", name, e.Post.Path, it.Enclosures)
			}
		}
		if got.Updated == 0 {
			t.Errorf("%s: no date of its own", name)
		}
	}
}

func TestGofeed_readsWhatWasWritten(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	files := build(t, feed.Options{}, s)
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "fr/feed.xml", "en/feed.json"} {
		got, err := gofeed.NewParser().Parse(bytes.NewReader(files[name]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := s.In(strings.TrimSuffix(name[:strings.LastIndex(name, "/")+1], "/"))
		if got.FeedLink != s.URL+name || len(got.Items) != len(want) {
			t.Errorf("%s: self %s, %d items, want %d", name, got.FeedLink, len(got.Items), len(want))
			continue
		}
		for i, e := range want {
			it := got.Items[i]
			if it.GUID != feed.GUID(e.Post.ID) || it.Link != e.URL || !it.PublishedParsed.Equal(e.Published) {
				t.Errorf("%s: item %d: %s %s %s", name, i, it.GUID, it.Link, it.Published)
			}
			runsNothing(t, name, it.Content)
			if e.Post.Title != "" && e.Post.Title != sample.Hostile && it.Title != e.Post.Title {
				t.Errorf("%s: title %q, want %q", name, it.Title, e.Post.Title)
			}
			if e.Post.Title != sample.Hostile && !strings.HasPrefix(it.Content, strings.TrimSpace(bodyOf(t, s, e))) {
				t.Errorf("%s: %s: other content", name, e.Post.Path)
			}
		}
	}
}

// runsNothing parses HTML as a browser does and looks for what could run.
func runsNothing(t *testing.T, name, content string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "iframe") {
			t.Errorf("%s: <%s> in %s", name, n.Data, content)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "javascript:") {
				t.Errorf("%s: %s=%q in %s", name, a.Key, a.Val, content)
			}
		}
	}
}

func TestXmllint_findsNothing(t *testing.T) {
	t.Parallel()
	xmllint := need.Program(t, "xmllint")
	files := build(t, everything(), sample.Site())
	_, paths := write(t, files)
	if out, err := exec.Command(xmllint, append([]string{"--noout", "--nonet"}, paths...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestNewsboat_countsItemsOnce lets a reader that people use fetch a feed,
// and again after titles, addresses and the domain have changed: no item may
// come back.
func TestNewsboat_countsItemsOnce(t *testing.T) {
	t.Parallel()
	newsboat := need.Program(t, "newsboat")
	python := need.Python(t, "sqlite3")
	s := sample.Site()
	dir, _ := write(t, build(t, feed.Options{}, s))
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()

	home := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config, urls, cache := write("config", "show-read-feeds yes\n"), write("urls", server.URL+"/feed.xml\n"), filepath.Join(home, "cache.db")
	unread := func() string {
		cmd := exec.Command(newsboat, "-C", config, "-u", urls, "-c", cache, "-x", "reload", "print-unread")
		cmd.Env = append(os.Environ(), "HOME="+home, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	if got := unread(); !strings.HasPrefix(got, "7 ") {
		t.Errorf("first time: %q", got)
	}

	for i := range s.Entries {
		s.Entries[i].Post.Title, s.Entries[i].URL = "Changed", "https://moved.example/"+s.Entries[i].Path
	}
	s.URL = "https://moved.example/"
	if err := os.WriteFile(filepath.Join(dir, "feed.xml"), build(t, feed.Options{}, s)["feed.xml"], 0o644); err != nil {
		t.Fatal(err)
	}
	if got := unread(); !strings.HasPrefix(got, "7 ") {
		t.Errorf("after the move: %q", got)
	}

	query := "import sqlite3, sys; [print(r[0]) for r in sqlite3.connect(sys.argv[1]).execute('SELECT guid FROM rss_item ORDER BY guid')]"
	out, err := exec.Command(python, "-c", query, cache).Output()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, e := range s.Current() {
		want = append(want, feed.GUID(e.Post.ID))
	}
	slices.Sort(want)
	if d := cmp.Diff(want, strings.Fields(string(out))); d != "" {
		t.Errorf("guids in newsboat's cache (-want +got):\n%s", d)
	}
}
