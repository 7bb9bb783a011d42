package connections_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
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
