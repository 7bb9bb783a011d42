package week_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"editorial/internal/need/browser"
)

// serve is a web server of the pages.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	files := build(t, office())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, r.URL.Path, time.Time{}, bytes.NewReader(files[strings.TrimPrefix(r.URL.Path, "/")]))
	}))
	t.Cleanup(server.Close)
	return server
}

func call(f func(context.Context) error) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error { return f(ctx) })
}

// TestPages_shutNobodyOut lets axe-core look at the pages on a phone and on a
// desk, light and dark; exactly one of grid and list is to be seen.
func TestPages_shutNobodyOut(t *testing.T) {
	t.Parallel()
	server := serve(t)
	ctx := browser.Start(t)
	audit := browser.Audit{Widths: []int64{360, 1200}, Check: oneOfGridAndList}
	for _, name := range []string{"index.html", "2026-W43.html", "2026-W45.html"} {
		audit.Run(ctx, t, server.URL+"/"+name)
	}
}

const oneOfGridAndList = `
() => {
  const found = [];
  const seen = s => getComputedStyle(document.querySelector(s)).display !== "none";
  if (seen(".grid") === seen(".days")) found.push("grid and list: both, or none");
  if (seen(".grid") !== innerWidth > 960) found.push("the grid at " + innerWidth);
  return found;
}`

// TestPages_aWeekPrintsOnOneSheet: A4, landscape, whatever the paper in the
// printer.
func TestPages_aWeekPrintsOnOneSheet(t *testing.T) {
	t.Parallel()
	server := serve(t)
	ctx := browser.Start(t)
	for name, pages := range map[string]int{"2026-W43.html": 1, "index.html": 2} {
		var pdf []byte
		own := true
		err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/"+name), call(func(ctx context.Context) error {
			got, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &own})
			if err == nil {
				pdf = []byte(got.Data)
			}
			return err
		}))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(strings.Count(string(pdf), "/Type /Page\n"), strings.Contains(string(pdf), "/MediaBox [0 0 841.")); got != fmt.Sprint(pages, true) {
			t.Errorf("%s: pages and A4 landscape: %s, want %d true", name, got, pages)
		}
	}
}
