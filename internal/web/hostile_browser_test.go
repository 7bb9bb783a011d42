package web_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"editorial/internal/need/browser"
	"editorial/internal/need/hostile"
	"editorial/internal/web"
)

// TestBrowser_nothingRunsWhilePeopleWrite: what the team sees of hostile posts,
// sound and broken, and of a configuration that is broken, runs nothing but our
// own script.
func TestBrowser_nothingRunsWhilePeopleWrite(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	dir := newOffice(t)
	quoted := func(s string) string { // as TOML has it
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, `\U%08X`, r)
		}
		return `"` + b.String() + `"`
	}
	paths := []string{"/_editorial/", "/_private/plan/", "/blog/", "/blog/nowhere/<script>steal()</script>"}
	for i, text := range hostile.Texts() {
		write(t, dir, fmt.Sprintf("content/t%d.md", i), "+++\ntitle = "+quoted(text)+"\nsummary = "+quoted(text)+"\nstage = \"ready\"\ndate = \"2026-10-20 09:00\"\nplatforms = [\"blog\"]\n+++\n"+text+"\n")
		write(t, dir, fmt.Sprintf("content/b%d.md", i), "+++\ntitle = "+quoted(text)+"\nplatforms = ["+quoted(text)+"]\npillar = "+quoted(text)+"\ndate = "+quoted(text)+"\nslug = "+quoted(text)+"\n+++\n{{< "+text+" >}}\n")
		if i%6 == 0 {
			paths = append(paths, fmt.Sprintf("/_editorial/preview/t%d.md", i), fmt.Sprintf("/_editorial/preview/b%d.md", i))
		}
	}
	write(t, dir, "content/<img src=x onerror=steal()>.md", "+++\ntitle = 1\n+++\n")
	r := run(t, dir, web.Options{})
	w := browser.Watch(ctx, t, strings.TrimPrefix(r.url, "http://"), hostile.Secret, "roues.example", "evil.example")
	w.Script = "/_editorial/live."
	visit := func(path string) {
		t.Helper()
		at := r.url + (&url.URL{Path: path}).EscapedPath()
		found, err := w.Visit(at)
		// The page before may have been loading itself anew just then.
		for tries := 0; tries < 3 && interrupted(r.url, found, err); tries++ {
			found, err = w.Visit(at)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s", path, f)
		}
	}
	for _, path := range paths {
		visit(path)
	}
	// The same with a configuration that has become useless, once that is said.
	visit("/blog/")
	replace(t, dir, "config.toml", "[site]\n"+quoted(hostile.Texts()[0])+" = 1\ntitle = "+quoted(hostile.Texts()[3])+"\nlang = "+quoted(hostile.Texts()[1])+"\n")
	if err := chromedp.Do(ctx, chromedp.WaitReady(".editorial-banner a")); err != nil {
		t.Fatal(err)
	}
	visit("/_editorial/")
	visit("/blog/")
}

// interrupted reports whether a visit ended on another page of our own, or in
// none: that is what a page does which loads itself anew.
func interrupted(ours string, found []string, err error) bool {
	if err != nil {
		return strings.Contains(err.Error(), "navigated or closed")
	}
	return len(found) > 0 && !slices.ContainsFunc(found, func(f string) bool { return !strings.HasPrefix(f, "it has become "+ours+"/") })
}
