package browser

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Stop is an element that the Tab key comes to.
type Stop struct {
	// HTML is its start tag.
	HTML string `json:"html"`
	// Seen reports whether it is in the window, and marked.
	Seen bool `json:"seen"`
}

// Walk goes through a page with the Tab key alone, to its end. It returns what
// it came to, and the start tags of all that it should come to, in order. A page
// that holds it fast is an error of the test.
func Walk(ctx context.Context, t *testing.T, url string) (stops []Stop, all []string) {
	t.Helper()
	if err := chromedp.Do(ctx, look(1000, "light"), chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	all, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](focusable))
	if err != nil {
		t.Fatal(err)
	}
	for range len(all) + 1 {
		stop, err := press(ctx, kb.Tab)
		if err != nil {
			t.Fatal(err)
		}
		if stop.HTML == "" {
			return stops, all
		}
		stops = append(stops, stop)
	}
	t.Errorf("%s: the Tab key does not come to an end", url)
	return stops, all
}

// Enter presses the first element of a page with the keyboard and returns what
// has the focus then.
func Enter(ctx context.Context, t *testing.T, url string) Stop {
	t.Helper()
	if err := chromedp.Do(ctx, look(1000, "light"), chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	if _, err := press(ctx, kb.Tab); err != nil {
		t.Fatal(err)
	}
	stop, err := press(ctx, kb.Enter)
	if err != nil {
		t.Fatal(err)
	}
	return stop
}

// press presses a key and returns what has the focus then: no HTML if nothing.
func press(ctx context.Context, key string) (Stop, error) {
	if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
		return Stop{}, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[Stop](focus))
}

const tag = `(e => e.cloneNode(false).outerHTML.replace(/<\/[a-z0-9]+>$/, ""))`

const focusable = `[...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]")]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).map(` + tag + `)`

const focus = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {html: "", seen: false};
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {html: ` + tag + `(e), seen: inside && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1};
})()`
