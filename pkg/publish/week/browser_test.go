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

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"editorial/internal/need"
)

// browser starts a browser without a window that asks nobody outside.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := need.Program(t, "chromium", "chromium-browser", "google-chrome")
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

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
// desk, light and dark; no page may be wider than its window, and exactly one
// of grid and list is to be seen.
func TestPages_shutNobodyOut(t *testing.T) {
	t.Parallel()
	axe := need.Axe(t)
	server := serve(t)
	ctx := browser(t)
	for _, name := range []string{"index.html", "2026-W43.html", "2026-W45.html"} {
		for _, width := range []int64{360, 1200} {
			for _, scheme := range []string{"light", "dark"} {
				found, err := axeOn(ctx, server.URL+"/"+name, width, scheme, axe)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					t.Errorf("%s, %d px, %s: %s", name, width, scheme, f)
				}
			}
		}
	}
}

func axeOn(ctx context.Context, url string, width int64, scheme, axe string) ([]string, error) {
	err := chromedp.Do(ctx, call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600,
		})
		if err != nil {
			return err
		}
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}), chromedp.Navigate(url), call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: axe})
		return err
	}))
	if err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[[]string](check, chromedp.EvalAwaitPromise))
}

const check = `
(async () => {
  const found = (await axe.run({})).violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | "));
  if (!document.styleSheets.length) found.push("no style");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
  const seen = s => getComputedStyle(document.querySelector(s)).display !== "none";
  if (seen(".grid") === seen(".days")) found.push("grid and list: both, or none");
  if (seen(".grid") !== innerWidth > 960) found.push("the grid at " + innerWidth);
  return found;
})()`

// TestPages_aWeekPrintsOnOneSheet: A4, landscape, whatever the paper in the
// printer.
func TestPages_aWeekPrintsOnOneSheet(t *testing.T) {
	t.Parallel()
	server := serve(t)
	ctx := browser(t)
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
