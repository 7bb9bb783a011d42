package connect_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"editorial/internal/need/browser"
)

// TestFlow_inARealBrowser: Chromium follows the platform's page back to ours, and
// shows it in both languages.
func TestFlow_inARealBrowser(t *testing.T) {
	t.Parallel()
	tab := browser.Start(t)
	f := newFake(t)
	x := f.flow(t, "x")
	x.App.Authorize = f.URL + "/i/oauth2/authorize" // the browser asks nobody else
	seen := make(chan string, 1)
	x.Show = func(page string) {
		go func() {
			err := chromedp.Do(tab, chromedp.Navigate(page))
			if err != nil {
				t.Error(err)
			}
			shown, err := chromedp.Run(tab, chromedp.Text("main"))
			if err != nil {
				t.Error(err)
			}
			seen <- shown
		}()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	r, err := x.Run(ctx)
	if err != nil || r.Token.Access == "" {
		t.Fatalf("%v", err)
	}
	if shown := <-seen; !strings.Contains(shown, "close this page") || !strings.Contains(shown, "fermer cette page") {
		t.Errorf("it shows %q", shown)
	}
}
