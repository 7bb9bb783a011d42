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
	for _, page := range []string{"", "fr/", "fr/freins/", "fr/chaine/", "fr/velo-cargo/", "en/hostile/", "en/old/", "tags/debuter/", "fr/tags/", "archive/", "nowhere/at/all"} {
		audit.Run(ctx, t, server.URL+"/blog/"+page)
	}
}
