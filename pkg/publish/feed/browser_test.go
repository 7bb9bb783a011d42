package feed_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"editorial/internal/need/browser"
	"editorial/pkg/publish/internal/sample"
)

// seen says what a person does not see as they should.
const seen = `(() => {
  const found = [], shown = e => e.getClientRects().length > 0, all = s => [...document.querySelectorAll(s)];
  const before = (e, which) => getComputedStyle(e, which).content;
  for (const name of ["item > title", "item > pubDate", "item > link", "entry > title", "entry > published", "channel > title", "feed > title"])
    for (const e of all(name)) if (!shown(e)) found.push(name + " is hidden");
  for (const name of ["guid", "category", "creator", "encoded", "content", "id", "updated", "generator", "docs", "ttl", "language", "enclosure", "author", "rights"])
    for (const e of document.getElementsByTagNameNS("*", name)) if (shown(e)) found.push(e.nodeName + " is shown");
  const self = all("link").find(e => e.getAttribute("rel") == "self");
  if (!shown(self) || !before(self, "::before").includes("LANG")) found.push("nothing says what this is: " + before(self, "::before"));
  if (!before(self, "::after").includes(self.getAttribute("href")) && before(self, "::after") != "attr(href)") found.push("no address: " + before(self, "::after"));
  if (getComputedStyle(document.documentElement).fontFamily != "system-ui, sans-serif") found.push("no style");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
  for (const n of document.childNodes) if (n.nodeType == 7 && n.data.includes("xsl")) found.push("asks for XSLT: " + n.data);
  return found;
})()`

// TestBrowser_showsFeedsToPeople opens feeds as they are in a browser, on a
// phone and on a desk.
func TestBrowser_showsFeedsToPeople(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	dir, _ := write(t, build(t, everything(), sample.Site()))
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	for path, says := range map[string]string{
		"/feed.xml": "Ceci est un flux.", "/atom.xml": "Ceci est un flux.", "/en/feed.xml": "This is a feed.", "/en/atom.xml": "This is a feed.",
		"/tags/debuter/feed.xml": "Ceci est un flux.",
	} {
		for _, width := range []int64{360, 1200} {
			look := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
					Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600,
				})
				return err
			})
			if err := chromedp.Do(ctx, look, chromedp.Navigate(server.URL+path)); err != nil {
				t.Fatal(err)
			}
			found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](strings.ReplaceAll(seen, "LANG", says)))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s, %d px: %s", path, width, f)
			}
		}
	}
}
