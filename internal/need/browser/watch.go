package browser

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Watcher notes what pages do that should do nothing: a script that is so much
// as parsed, a place that is left, a word sent to others.
type Watcher struct {
	ctx context.Context
	// host is the server of the pages; pictures may come from some others.
	host     string
	pictures []string
	// Script is how the path of the one script begins that pages may have.
	Script string
	// secret is what no address of others may hold that is asked for.
	secret string

	mu    sync.Mutex
	at    string // the page that is looked at
	found []string
}

// Watch returns a Watcher of the pages of a host. Pictures and films may be
// asked for at other hosts, too; nothing else may.
func Watch(ctx context.Context, t testing.TB, host, secret string, pictures ...string) *Watcher {
	t.Helper()
	w := &Watcher{ctx: ctx, host: host, secret: secret, pictures: pictures}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, w.note); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := chromedp.Call(ctx, debugger.Enable, debugger.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: sentinel})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Visit opens a page, touches everything on it as a reader might, and returns
// what it did, and what could run if it were touched otherwise.
func (w *Watcher) Visit(address string) ([]string, error) {
	w.mu.Lock()
	w.at, w.found = address, nil
	w.mu.Unlock()
	err := chromedp.Do(w.ctx, chromedp.Navigate(address))
	for range 5 { // while the page before is still on its way elsewhere
		if err == nil {
			break
		}
		err = chromedp.Do(w.ctx, chromedp.Navigate(address))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	held, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](strings.ReplaceAll(touch, "SCRIPT", strconv.Quote(w.Script)), func(p *runtime.EvaluateParams) { p.UserGesture = ptr(true) }))
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil && len(w.found) == 0 { // else it has left while it was touched
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	w.at = ""
	return slices.Compact(slices.Sorted(slices.Values(append(w.found, held...)))), nil
}

func ptr[T any](v T) *T { return &v }

// note hears what the browser says.
func (w *Watcher) note(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	find := func(format string, args ...any) { w.found = append(w.found, fmt.Sprintf(format, args...)) }
	switch ev := ev.(type) {
	case *debugger.EventScriptParsed:
		if ev.URL != ours && (w.Script == "" || !strings.HasPrefix(ev.URL, "http://"+w.host+w.Script)) {
			find("a script is parsed, %d characters long, of %s line %d", ev.Length, ev.URL, ev.StartLine+1)
		}
	case *debugger.EventScriptFailedToParse:
		find("a script fails to parse, of %s line %d", ev.URL, ev.StartLine+1)
	case *runtime.EventConsoleAPICalled:
		find("something is said on the console")
	case *runtime.EventExceptionThrown:
		find("a script fails")
	case *page.EventJavascriptDialogOpening:
		find("a dialog opens: %s", ev.Message)
	case *page.EventWindowOpen:
		find("a window opens: %s", ev.URL)
	case *page.EventFrameAttached:
		find("a frame is attached")
	case *page.EventFrameRequestedNavigation:
		if w.Script != "" && ev.Reason == page.ClientNavigationReasonReload {
			return // our own script loads a page anew that has changed
		}
		find("it leads by itself to %s", ev.URL)
	case *page.EventFrameNavigated:
		if w.at != "" && ev.Frame.URL != withoutFragment(w.at) {
			find("it has become %s", ev.Frame.URL)
		}
	case *network.EventRequestWillBeSent:
		w.asked(ev, find)
	}
}

func (w *Watcher) asked(ev *network.EventRequestWillBeSent, find func(string, ...any)) {
	u, err := url.Parse(ev.Request.URL)
	if err == nil && u.Host != w.host && strings.Contains(ev.Request.URL, w.secret) {
		find("the text is carried off to %.200s", ev.Request.URL)
	}
	switch picture := ev.Type == network.ResourceTypeImage || ev.Type == network.ResourceTypeMedia; {
	case err != nil:
		find("it asks for %s", ev.Request.URL)
	case u.Scheme == "data" && picture, u.Host == w.host && ev.Request.Method == "GET":
	case u.Scheme != "http" && u.Scheme != "https", !picture || !slices.Contains(w.pictures, u.Host), ev.Request.Method != "GET":
		find("it asks for %s %.200s as %s", ev.Request.Method, ev.Request.URL, ev.Type)
	}
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

// ours is the name of the watcher's own scripts.
const ours = "watcher:"

// sentinel stands in for what hostile texts call, before they are read.
const sentinel = `
for (const name of ["steal", "alert", "confirm", "prompt", "print", "open"])
  Object.defineProperty(window, name, {value: () => { console.log(name) }});
//# sourceURL=watcher:`

// touch does to each element what a reader might, and lists what could run,
// ask for input, load a page or change how the page is read. It is a list of
// its own, read off the page as the browser has it.
const touch = `
(() => {
  const found = [];
  const schemes = ["http:", "https:", "mailto:", "tel:", "sms:", "ftp:", "geo:", "xmpp:", "matrix:", "irc:", "ircs:", "webcal:", "feed:"];
  addEventListener("click", e => e.preventDefault(), true);
  addEventListener("submit", e => e.preventDefault(), true);
  for (const e of document.querySelectorAll("*")) {
    const name = e.localName, shown = e.outerHTML.slice(0, 200);
    if (["iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal", "fencedframe", "form", "button", "textarea", "select", "dialog",
      "template", "math", "foreignobject", "use", "animate", "set", "handler"].includes(name)) found.push("an element: " + shown);
    if (name == "script" && e.type != "application/ld+json" && !(e.src && new URL(e.src).host == location.host && SCRIPT && new URL(e.src).pathname.startsWith(SCRIPT))) found.push("a script: " + shown);
    if (name == "style" && e.closest("body")) found.push("a style in the text: " + shown);
    if (name == "meta" && ["refresh", "set-cookie"].includes((e.httpEquiv || "").toLowerCase())) found.push("a command: " + shown);
    if (name == "input" && !(e.type == "checkbox" && e.disabled)) found.push("a field: " + shown);
    if (name == "link" && /stylesheet|import|pre|icon|manifest/.test(e.rel) && new URL(e.href).host != location.host && !e.href.startsWith("data:")) found.push("a file of others: " + shown);
    for (const a of e.attributes) {
      if (/^on/i.test(a.localName)) found.push("a handler: " + shown);
      if (["srcdoc", "formaction", "action", "ping", "background", "attributionsrc", "autofocus", "is", "slot"].includes(a.localName)) found.push("an attribute: " + shown);
      if (["href", "src", "poster", "cite", "data"].includes(a.localName)) {
        let scheme = "";
        try { scheme = new URL(a.value, document.baseURI).protocol } catch {}
        const picture = name == "img" && a.value.startsWith("data:image/") || name == "link" && e.rel == "icon" && scheme == "data:";
        if (scheme && !schemes.includes(scheme) && !picture) found.push("an address: " + shown);
      }
      if (["location", "document", "cookie", "body", "config", "querySelectorAll"].includes(a.value) && ["id", "name"].includes(a.localName)) found.push("a name that shadows: " + shown);
    }
    for (const type of ["click", "mouseover", "focus", "error", "load", "toggle", "wheel", "copy", "animationstart", "beforetoggle"])
      e.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
  }
  return found;
})()
//# sourceURL=watcher:`
