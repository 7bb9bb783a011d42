package site_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need/browser"
	"editorial/pkg/publish"
	"editorial/pkg/publish/site"
)

// serve is a web server of files below a path of its own, as on a shared host.
func serve(t *testing.T, s publish.Site, files map[string]publish.File, below string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _ := strings.CutPrefix(r.URL.Path, below)
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		f, ok := files[name]
		switch {
		case !ok:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(files["404.html"].Data)
		case strings.HasSuffix(f.Source, ".jpg"):
			w.Write(picture(s.Assets[f.Source]))
		default:
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(f.Data))
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func picture(a publish.Asset) []byte {
	m := image.NewRGBA(image.Rect(0, 0, a.Width/10, a.Height/10))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			m.Set(x, y, color.RGBA{uint8(2 * x), uint8(2 * y), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		return nil
	}
	return b.Bytes()
}

// TestPages_shutNobodyOut lets axe-core look at the pages as people see them.
func TestPages_shutNobodyOut(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	s := withFeeds()
	server := serve(t, s, build(t, site.Options{}, s), "/blog/")
	audit := browser.Audit{Widths: []int64{390, 1280}, Missing: "hostile/x"}
	for _, page := range []string{"", "fr/", "fr/freins/", "fr/chaine/", "fr/velo-cargo/", "en/hostile/", "en/old/", "tags/debuter/", "fr/tags/", "archive/", "fr/archive/2026/", "nowhere/at/all"} {
		audit.Run(ctx, t, server.URL+"/blog/"+page)
	}
}

// TestPages_byKeyboard: the Tab key comes to every link, in the order of the
// page, marks each, and leaves the page at its end; the first leads past the
// navigation.
func TestPages_byKeyboard(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	s := withFeeds()
	files := build(t, site.Options{}, s)
	server := serve(t, s, files, "/blog/")
	for _, page := range []string{"", "fr/freins/", "fr/chaine/", "en/hostile/", "archive/2026/", "tags/", "nowhere"} {
		stops, all := browser.Walk(ctx, t, server.URL+"/blog/"+page)
		var got []string
		for _, stop := range stops {
			got = append(got, stop.HTML)
			if !stop.Seen {
				t.Errorf("%s: nobody sees that %s has the focus", page, stop.HTML)
			}
		}
		if d := cmp.Diff(all, got); d != "" {
			t.Errorf("%s (-all +come to):\n%s", page, d)
		}
		if len(all) < 5 || !strings.HasPrefix(all[0], `<a class="skip"`) {
			t.Errorf("%s: %q come first", page, all)
		}
	}
	if main := browser.Enter(ctx, t, server.URL+"/blog/fr/freins/"); !strings.HasPrefix(main.HTML, "<main") {
		t.Errorf("the first link leads to %q", main.HTML)
	}
}
