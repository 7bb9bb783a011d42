package web_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"editorial/internal/need"
	"editorial/internal/web"
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

// TestBrowser_showsWhatIsWritten opens a page, changes the post and waits for
// the page to say so by itself.
func TestBrowser_showsWhatIsWritten(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	dir := newOffice(t)
	r := run(t, dir, web.Options{})
	if err := chromedp.Do(ctx, chromedp.Navigate(r.url+"/blog/ete/")); err != nil {
		t.Fatal(err)
	}
	title, err := chromedp.Run(ctx, chromedp.Text("h1"))
	if err != nil || title != "Été" {
		t.Fatalf("before: %q, %v", title, err)
	}
	replace(t, dir, "content/ete.md", "+++\ntitle = \"Automne\"\nslug = \"ete\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\n**Autre.**\n")
	if err := chromedp.Do(ctx, chromedp.WaitReady(".body strong")); err != nil {
		t.Fatalf("the page did not change: %v", err)
	}
	// What is broken is said on the page that is open.
	replace(t, dir, "config.toml", "[site]\ntitel = \"x\"\n")
	if _, err := chromedp.Run(ctx, chromedp.Text(".editorial-banner a")); err != nil {
		t.Fatalf("no banner: %v", err)
	}
}

// TestBrowser_pagesObeyTheirPolicy: the pages look as they should under the
// policy that they are sent with, and axe-core finds nothing in ours.
func TestBrowser_pagesObeyTheirPolicy(t *testing.T) {
	t.Parallel()
	axe := need.Axe(t)
	ctx := browser(t)
	dir := newOffice(t)
	write(t, dir, "content/faux.md", "+++\ntitle = \"Faux\"\nplatforms = [\"blug\"]\n+++\nx\n")
	r := run(t, dir, web.Options{})
	for _, path := range []string{"/_editorial/", "/_private/plan/", "/blog/ete/", "/blog/nowhere/", "/_editorial/preview/brouillon.md"} {
		for _, width := range []int64{360, 1200} {
			err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
				return err
			}), chromedp.Navigate(r.url+path), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: axe})
				return err
			}))
			if err != nil {
				t.Fatal(err)
			}
			found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](check, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s, %d px: %s", path, width, f)
			}
		}
	}
}

const check = `
(async () => {
  const found = (await axe.run({})).violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | "));
  if (![...document.styleSheets].some(s => s.cssRules.length > 5)) found.push("no style");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
  return found;
})()`
