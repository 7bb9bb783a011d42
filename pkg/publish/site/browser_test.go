package site_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"editorial/internal/need"
	"editorial/pkg/publish"
	"editorial/pkg/publish/site"
)

// serve is a web server of files below a path of its own, as on a shared host.
func serve(t *testing.T, s publish.Site, files map[string]publish.File, below string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _ := strings.CutPrefix(r.URL.Path, below)
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		f, ok := files[name]
		switch {
		case !ok:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(files["404.html"].Data)
		case strings.HasSuffix(f.Source, ".jpg"):
			w.Write(picture(s.Assets[f.Source]))
		default:
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(f.Data))
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func picture(a publish.Asset) []byte {
	m := image.NewRGBA(image.Rect(0, 0, a.Width/10, a.Height/10))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			m.Set(x, y, color.RGBA{uint8(2 * x), uint8(2 * y), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		return nil
	}
	return b.Bytes()
}

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

// TestPages_shutNobodyOut lets axe-core look at the pages as people see them:
// on a phone and on a desk, light and dark; and no page may be wider than its
// window.
func TestPages_shutNobodyOut(t *testing.T) {
	t.Parallel()
	axe := need.Axe(t)
	ctx := browser(t)
	s := withFeeds()
	server := serve(t, s, build(t, site.Options{}, s), "/blog/")
	pages := []string{"", "fr/", "fr/freins/", "fr/chaine/", "fr/velo-cargo/", "en/hostile/", "en/old/", "tags/debuter/", "fr/tags/", "archive/", "nowhere/at/all"}
	for _, width := range []int64{390, 1280} {
		for _, page := range pages {
			if err := chromedp.Do(ctx, look(width, "light"), chromedp.Navigate(server.URL+"/blog/"+page)); err != nil {
				t.Fatal(err)
			}
			if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: axe})
				return err
			})); err != nil {
				t.Fatal(err)
			}
			for scheme, rules := range map[string]string{"light": "{}", "dark": `{runOnly: ["color-contrast", "link-in-text-block"]}`} {
				if err := chromedp.Do(ctx, look(width, scheme)); err != nil {
					t.Fatal(err)
				}
				found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string]("("+check+")("+rules+")", chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					t.Errorf("/%s, %s, %d px: %s", page, scheme, width, f)
				}
			}
		}
	}
}

// check runs axe, in light with all its rules, best practices included; in
// dark, where nothing but colours changes, with those about colours.
const check = `
async (rules) => {
  const found = (await axe.run(rules)).violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | "));
  if (!document.styleSheets.length) found.push("no style");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
  for (const i of document.images) if (i.complete && !i.naturalWidth && !i.src.endsWith("hostile/x")) found.push("no picture: " + i.src);
  return found;
}`
