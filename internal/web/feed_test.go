package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"editorial/internal/web"
)

// answer is what a reader of feeds sees of a response.
type answer struct {
	status                   int
	etag, since, kind, coded string
	body                     string
}

// ask asks as readers of feeds do, who unzip by themselves.
func (r *running) ask(t *testing.T, path string, header ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	h := resp.Header
	a := answer{resp.StatusCode, h.Get("ETag"), h.Get("Last-Modified"), h.Get("Content-Type"), h.Get("Content-Encoding"), string(data)}
	if a.coded == "gzip" {
		unzip, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if data, err = io.ReadAll(unzip); err != nil {
			t.Fatal(err)
		}
		a.body = string(data)
	}
	return a
}

// TestServe_readersFetchFeedsOnce: a reader that has a feed is told so, by tag
// and by date, zipped and plain, until the feed changes, and not because
// something else does.
func TestServe_readersFetchFeedsOnce(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	post := "+++\ntitle = \"Été\"\nslug = \"ete\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\n" +
		strings.Repeat("Un texte assez long pour être compressé. ", 30)
	write(t, dir, "content/ete.md", post)
	r := run(t, dir, web.Options{})
	versions := r.versions(t)
	<-versions
	kinds := map[string]string{
		"/blog/feed.xml": "application/xml; charset=utf-8", "/blog/atom.xml": "application/xml; charset=utf-8", "/blog/feed.json": "application/json",
	}
	known := func(path string, a answer, want int) {
		t.Helper()
		for _, zip := range []string{"identity", "gzip"} {
			for key, value := range map[string]string{"If-None-Match": a.etag, "If-Modified-Since": a.since} {
				if zip == "identity" && key == "If-None-Match" {
					continue // the tag is that of the zipped form
				}
				got := r.ask(t, path, "Accept-Encoding", zip, key, value)
				if got.status != want || (want == http.StatusNotModified) != (got.body == "") {
					t.Errorf("%s, %s, %s %s: %d with %d bytes, want %d", path, zip, key, value, got.status, len(got.body), want)
				}
			}
		}
	}
	first := map[string]answer{}
	for path, kind := range kinds {
		zipped, plain := r.ask(t, path, "Accept-Encoding", "gzip"), r.ask(t, path)
		if zipped.status != http.StatusOK || zipped.coded != "gzip" || zipped.kind != kind || zipped.etag == "" || zipped.since == "" {
			t.Errorf("%s: %+v", path, zipped)
		}
		if plain.coded != "" || plain.body != zipped.body || plain.etag == zipped.etag || plain.since != zipped.since {
			t.Errorf("%s: plain %+v\nzipped %+v", path, plain, zipped)
		}
		known(path, zipped, http.StatusNotModified)
		first[path] = zipped
	}
	replace(t, dir, "content/brouillon.md", "+++\ntitle = \"Autre\"\nid = \"3\"\nstage = \"draft\"\n+++\nToujours secret.\n")
	<-versions
	for path, a := range first {
		known(path, a, http.StatusNotModified)
	}
	replace(t, dir, "content/ete.md", post+"Et plus.\n")
	<-versions
	for path, a := range first {
		known(path, a, http.StatusOK)
		if again := r.ask(t, path, "Accept-Encoding", "gzip"); again.etag == a.etag || again.since == a.since {
			t.Errorf("%s: %s, %s as before", path, again.etag, again.since)
		}
	}
}
