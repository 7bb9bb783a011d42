// Package browser is for tests that look at pages as people do: in a browser
// without a window, on a phone and on a desk, light and dark.
package browser

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"editorial/internal/need"
)

// Start starts a browser that asks nobody outside. The test is skipped where
// there is none.
func Start(t *testing.T) context.Context {
	t.Helper()
	path := need.Program(t, "chromium", "chromium-browser", "google-chrome")
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// Audit is what is looked for.
type Audit struct {
	// Widths are those of the window.
	Widths []int64
	// Without are rules of axe-core that do not apply.
	Without []string
	// Missing ends the address of the picture that may be missing, if any.
	Missing string
	// Check is a function in JavaScript that returns a list of what else is
	// wrong; "" looks for nothing else.
	Check string
}

// Run lets axe-core look at a page at every width, light and dark. The page
// must have a style, no missing picture, and be no wider than its window.
func (a Audit) Run(ctx context.Context, t *testing.T, url string) {
	t.Helper()
	axe := need.Axe(t)
	rules := map[string]map[string]bool{}
	for _, name := range a.Without {
		rules[name] = map[string]bool{"enabled": false}
	}
	all, err := json.Marshal(map[string]any{"rules": rules})
	if err != nil {
		t.Fatal(err)
	}
	missing, err := json.Marshal(a.Missing)
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range a.Widths {
		if err := chromedp.Do(ctx, look(width, "light"), chromedp.Navigate(url)); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: axe})
			return err
		})); err != nil {
			t.Fatal(err)
		}
		// In dark nothing but colours changes.
		for scheme, options := range map[string]string{"light": string(all), "dark": `{"runOnly": ["color-contrast", "link-in-text-block"]}`} {
			if err := chromedp.Do(ctx, look(width, scheme)); err != nil {
				t.Fatal(err)
			}
			found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string]("("+check+")("+options+", "+string(missing)+")", chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if a.Check != "" {
				more, err := chromedp.Run(ctx, chromedp.Evaluate[[]string]("("+a.Check+")()"))
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, more...)
			}
			for _, f := range found {
				t.Errorf("%s, %s, %d px: %s", url, scheme, width, f)
			}
		}
	}
}

// look sets the width of the window and whether it is dark.
func look(width int64, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
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
	})
}

// check runs axe with all its rules, best practices included.
const check = `
async (rules, missing) => {
  const found = (await axe.run(rules)).violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | "));
  if (![...document.styleSheets].some(s => s.cssRules.length)) found.push("no style");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
  for (const i of document.images) if (i.complete && !i.naturalWidth && !(missing && i.src.endsWith(missing))) found.push("no picture: " + i.src);
  return found;
}`
