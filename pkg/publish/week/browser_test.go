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

// TestSheet_shutsNobodyOut: the calendar to print, on a phone and on a desk.
func TestSheet_shutsNobodyOut(t *testing.T) {
	t.Parallel()
	c := withDuties()
	page := sheet(t, c, c.Whole())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	t.Cleanup(server.Close)
	browser.Audit{Widths: []int64{360, 1200}, Check: allTitlesAreSeen}.Run(browser.Start(t), t, server.URL+"/")
}

// allTitlesAreSeen: no title is cut or hidden on a screen.
const allTitlesAreSeen = `
() => [...document.querySelectorAll(".title")]
  .filter(e => !e.getClientRects().length || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== "visible")
  .map(e => "not seen: " + e.textContent)`

// TestSheet_printsAMonthASheet on A4 and on Letter, landscape, however much
// there is; what is far too much goes on, on sheets of its own.
func TestSheet_printsAMonthASheet(t *testing.T) {
	t.Parallel()
	pages := map[string][]byte{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(pages[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	ctx := browser.Start(t)
	for posts, sheets := range map[int]string{60: "4", 220: "4", 600: "more"} {
		c := crowded(posts)
		pages["/"+fmt.Sprint(posts)] = sheet(t, c, c.Whole())
		for paper, size := range map[string][2]float64{"A4": {8.27, 11.69}, "Letter": {8.5, 11}} {
			if sheets == "more" && paper != "A4" {
				continue
			}
			var pdf string
			landscape := true
			err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/"+fmt.Sprint(posts)), call(func(ctx context.Context) error {
				got, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{Landscape: &landscape, PaperWidth: size[0], PaperHeight: size[1]})
				if err == nil {
					pdf = string(got.Data)
				}
				return err
			}))
			if err != nil {
				t.Fatal(err)
			}
			n := strings.Count(pdf, "/Type /Page\n")
			if sheets == "more" && n <= 4 || sheets != "more" && fmt.Sprint(n) != sheets {
				t.Errorf("%d posts on %s: %d sheets, want %s", posts, paper, n, sheets)
			}
		}
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
