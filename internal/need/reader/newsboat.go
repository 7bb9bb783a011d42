package reader

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
)

// rows prints what is in newsboat's cache: its feeds and all items.
const rows = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
json.dump({
    "Feeds": [{"URL": u, "Title": t} for u, t in db.execute("SELECT rssurl, title FROM rss_feed")],
    "Items": [{"ID": g, "Title": h, "Link": l, "Content": c, "Published": p}
        for g, h, l, c, p in db.execute("SELECT guid, title, url, content, pubDate FROM rss_item")],
}, sys.stdout)
`

// newsboat reads feeds over HTTP with a program that people use
// (https://newsboat.org), and looks at what it keeps and what it logs. To
// newsboat items of one id are one, whichever feeds they come in.
func newsboat(t testing.TB, dir string, feeds []Feed) []Feed {
	program, python := need.Program(t, "newsboat"), need.Python(t, "sqlite3")
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	home := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(home, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var urls strings.Builder
	for _, f := range feeds {
		if path.Ext(f.Path) == ".xml" {
			urls.WriteString(server.URL + "/" + f.Path + "\n")
		}
	}
	log, cache := filepath.Join(home, "log"), filepath.Join(home, "cache.db")
	cmd := exec.Command(program, "-C", file("config", "show-read-feeds yes\nreload-threads 1\n"), "-u", file("urls", urls.String()),
		"-c", cache, "-d", log, "-l", "3", "-x", "reload")
	cmd.Env = append(os.Environ(), "HOME="+home, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "" {
		t.Errorf("newsboat: %v\n%s", err, out)
	}
	if said, err := os.ReadFile(log); err == nil && len(said) > 0 {
		t.Errorf("newsboat complains:\n%s", said)
	}
	out, err := exec.Command(python, "-c", rows, cache).Output()
	if err != nil {
		t.Fatal(err)
	}
	var kept struct {
		Feeds []struct{ URL, Title string }
		Items []Item
	}
	if err := json.Unmarshal(out, &kept); err != nil {
		t.Fatal(err)
	}
	for _, f := range kept.Feeds {
		if f.Title == "" {
			t.Errorf("newsboat: %s has no title", f.URL)
		}
	}
	if want := strings.Count(urls.String(), "\n"); len(kept.Feeds) != want {
		t.Errorf("newsboat: %d feeds read, %d are there", len(kept.Feeds), want)
	}
	one := Feed{Title: "all", Items: kept.Items}
	whole(&one)
	return []Feed{one}
}
