package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"editorial/internal/need/browser"
	"editorial/internal/web"
)

// TestBrowser_showsWhatIsWritten opens a page, changes the post and waits for
// the page to say so by itself.
func TestBrowser_showsWhatIsWritten(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
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
	ctx := browser.Start(t)
	dir := newOffice(t)
	write(t, dir, "content/faux.md", "+++\ntitle = \"Faux\"\nplatforms = [\"blug\"]\n+++\nx\n")
	r := run(t, dir, web.Options{})
	audit := browser.Audit{Widths: []int64{360, 1200}, Missing: "film.mp4"}
	for _, path := range []string{"/_editorial/", "/_private/plan/", "/blog/ete/", "/blog/nowhere/", "/_editorial/preview/brouillon.md"} {
		audit.Run(ctx, t, r.url+path)
	}
}
