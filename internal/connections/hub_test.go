package connections_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/pkg/publish/ping"
)

// TestTellHub_tellsOfEachFeed, also a hub on this very machine: the office names
// it.
func TestTellHub_tellsOfEachFeed(t *testing.T) {
	t.Parallel()
	var heard []string
	status := http.StatusNoContent
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard = append(heard, r.PostFormValue("hub.mode")+" "+r.PostFormValue("hub.url"))
		w.WriteHeader(status)
	}))
	t.Cleanup(hub.Close)
	feeds := []string{"https://velo.example/atom.xml", "https://velo.example/feed.xml"}
	b := open(t, "[site]\nhub = \""+hub.URL+"/\"\n", nil)
	if err := b.TellHub(t.Context(), feeds, begin); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"publish " + feeds[0], "publish " + feeds[1]}, heard); d != "" {
		t.Error(d)
	}
	status = http.StatusServiceUnavailable
	if err := b.TellHub(t.Context(), feeds, begin); err == nil {
		t.Error("a hub that is away took them")
	}
	heard = nil
	if err := open(t, "", nil).TellHub(t.Context(), feeds, begin); err != nil || heard != nil {
		t.Errorf("no hub: %v, %v", heard, err)
	}
}

// TestTellSearch_tellsOfPagesOfASiteOnTheWeb: not of one on this machine, nor of
// one that search engines may not read.
func TestTellSearch_tellsOfPagesOfASiteOnTheWeb(t *testing.T) {
	t.Parallel()
	var heard []string
	search := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		heard = append(heard, string(body))
	}))
	t.Cleanup(search.Close)
	for config, want := range map[string]int{
		"url = 'https://velo.example/'\nindexnow = '8f14e45f-ceea'":                       1,
		"url = 'https://velo.example/'":                                                   0,
		"url = 'https://velo.example/'\nindexnow = '8f14e45f-ceea'\nrobots = 'none'":      0,
		"url = 'http://localhost:8080/'\nindexnow = '8f14e45f-ceea'":                      0,
		"indexnow = '8f14e45f-ceea'":                                                      0,
		"url = 'http://127.0.0.1/'\nindexnow = '8f14e45f-ceea'\nhub = 'http://a.example'": 0,
	} {
		heard = nil
		b := open(t, "[site]\n"+config+"\n", nil)
		b.Search, b.Via = search.URL, search.Client()
		refused, err := b.TellSearch(t.Context(), []string{"https://velo.example/a/"}, begin)
		if len(heard) != want || refused != "" || err != nil {
			t.Errorf("%s: %s, %v, heard %q", config, refused, err, heard)
		}
		if want == 0 {
			continue
		}
		if !strings.Contains(heard[0], `"keyLocation":"https://velo.example/8f14e45f-ceea.txt"`) {
			t.Errorf("%s", heard[0])
		}
		if refused, err := b.TellSearch(t.Context(), []string{"https://other.example/"}, begin); refused == "" || err != nil {
			t.Errorf("another site's: %q, %v", refused, err)
		}
		search.Close()
		if refused, err := b.TellSearch(t.Context(), []string{"https://velo.example/a/"}, begin); refused != "" || err == nil {
			t.Errorf("nobody there: %q, %v", refused, err)
		}
	}
}

// TestIndexNow_keysAreThoseOfTheConfiguration: what config.toml may have is what a
// ping takes.
func TestIndexNow_keysAreThoseOfTheConfiguration(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"12345678", "1234567", strings.Repeat("a", 128), strings.Repeat("a", 129), "abc-DEF-123", "../../etc", "clé-clé-clé", "a b c d e"} {
		c, _, problems := config.Parse([]byte("[site]\ntitle = 'T'\nindexnow = '"+key+"'\n"), config.Options{})
		if taken := len(problems) == 0 && c.Site.IndexNow == key; taken != ping.ValidKey(key) {
			t.Errorf("%q: %v", key, problems)
		}
	}
}
