package newsletter_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/internal/need/browser"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
)

type readMail struct {
	Defects []string
	Headers [][2]string
	Type    string
	Date    string
	From    [][2]string
	ReplyTo [][2]string `json:"reply_to"`
	To      [][2]any
	ListID  [3]any `json:"list_id"`
	Parts   [][2]string
	Text    string
	HTML    string
}

// TestPython_readsWhatWasWritten asks a reader that is not ours.
func TestPython_readsWhatWasWritten(t *testing.T) {
	t.Parallel()
	python := need.Python(t, "email", "json")
	s := sample.Site()
	plain, hostile := everything(s), everything(s)
	const title = `Été à vélo, « la » lettre "rapide", du lundi au dimanche et par tous les temps`
	hostile.Intro.Title = "=?utf-8?q?x=0ABcc:?= " + sample.Hostile
	var paths []string
	var files []map[string]publish.File
	for i, o := range []int{0, 1} {
		e, opts := plain, options()
		if o == 1 {
			opts.Title = title
			e, opts.From, opts.Subject = hostile, `"Élise \"B\", et Cie" <lettre@vélo.example>`, ":title"
		}
		made := mailing(t, opts, s, e)
		path := filepath.Join(t.TempDir(), string(rune('a'+i))+".eml")
		if err := os.WriteFile(path, made["mail.eml"].Data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths, files = append(paths, path), append(files, made)
	}
	out, err := exec.Command(python, append([]string{"testdata/readers.py"}, paths...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var mails []readMail
	if err := json.Unmarshal(out, &mails); err != nil {
		t.Fatal(err)
	}
	for i, m := range mails {
		if len(m.Defects) > 0 {
			t.Errorf("%d: defects %q", i, m.Defects)
		}
		if m.Type != "multipart/alternative" || len(m.Parts) != 2 || m.Parts[0][0] != "text/plain" || m.Parts[1][0] != "text/html" {
			t.Errorf("%d: %s of %d parts", i, m.Type, len(m.Parts))
		}
		if d := cmp.Diff(string(files[i]["mail.txt"].Data), m.Text); d != "" {
			t.Errorf("%d: text (-want +got):\n%s", i, d)
		}
		if d := cmp.Diff(string(files[i]["mail.html"].Data), m.HTML); d != "" {
			t.Errorf("%d: HTML (-want +got):\n%s", i, d)
		}
		if m.Date != "2026-11-12T08:00:00+01:00" || len(m.To) != 1 || m.To[0][0] != "undisclosed-recipients" {
			t.Errorf("%d: date %s, to %v", i, m.Date, m.To)
		}
	}
	headers := map[string]string{}
	for _, h := range mails[0].Headers {
		headers[h[0]] = strings.TrimSpace(h[1])
	}
	for key, want := range map[string]string{
		"Subject":               "Avant la pluie, 12 novembre 2026",
		"List-Id":               `"La lettre du guidon" <lettre.velo.example>`,
		"List-Unsubscribe":      "<https://velo.example/lettre/desinscription>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"List-Archive":          "<https://velo.example/blog/newsletter/>",
		"List-Post":             "NO",
		"Content-Language":      "fr, en",
		"Precedence":            "bulk",
		"MIME-Version":          "1.0",
	} {
		if headers[key] != want {
			t.Errorf("%s: %q, want %q", key, headers[key], want)
		}
	}
	if d := cmp.Diff([][2]string{{"L’Atelier du guidon", "lettre@velo.example"}}, mails[0].From); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([][2]string{{"", "bonjour@velo.example"}}, mails[0].ReplyTo); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([][2]string{{`Élise "B", et Cie`, "lettre@xn--vlo-bma.example"}}, mails[1].From); d != "" {
		t.Error(d)
	}
	for i, name := range []string{"La lettre du guidon", publish.Spaces("fr", title)} {
		if d := cmp.Diff([3]any{name, "lettre.velo.example", 0.0}, mails[i].ListID); d != "" {
			t.Errorf("%d: List-Id: %s", i, d)
		}
	}
	for _, h := range mails[1].Headers {
		switch {
		case h[0] == "Bcc":
			t.Error("a title became a header")
		case h[0] == "Subject" && !strings.HasPrefix(strings.TrimSpace(h[1]), "=\u2060?utf-8?q?x=0ABcc:?="):
			t.Errorf("Subject: %q", h[1])
		}
	}
}

// TestBrowser_shutsNobodyOut lets axe-core look at the mail, at the preview and
// at the pages of the archive.
func TestBrowser_shutsNobodyOut(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	s := sample.Site()
	made := mailing(t, options(), s, everything(s))
	pages := map[string][]byte{"/mail.html": made["mail.html"].Data, "/preview/index.html": made["index.html"].Data}
	for name, f := range archive(t, options(), s, everything(s), earlier(s)) {
		pages["/blog/"+name] = f.Data
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".jpg") {
			w.Header().Set("Content-Type", "image/svg+xml")
			w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#789"/></svg>`))
			return
		}
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := pages[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		// The mail's addresses are those of a site that is not there.
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(strings.ReplaceAll(string(data), `src="`+s.URL, `src="/blog/`)))
	}))
	t.Cleanup(server.Close)
	audit := browser.Audit{Widths: []int64{360, 1000}, Missing: "/x"}
	for _, page := range []string{"/preview/", "/blog/newsletter/2026-11-12/", "/blog/newsletter/"} {
		audit.Run(ctx, t, server.URL+page)
	}
	// A mail is shown inside a page that has landmarks of its own.
	audit.Without, audit.Check = []string{"region", "landmark-one-main"}, contrast
	audit.Run(ctx, t, server.URL+"/mail.html")
	// Outlook on the web and on phones marks what it makes dark.
	audit.Widths = []int64{800}
	pages["/outlook.html"] = bytes.Replace(pages["/mail.html"], []byte("<html "), []byte("<html data-ogsc data-ogsb "), 1)
	audit.Run(ctx, t, server.URL+"/outlook.html")
}

// contrast returns texts that stand out by less than 4.5 to 1 (WCAG 2.2,
// 1.4.3) from what is behind them, and a ground that is not of its scheme.
const contrast = `() => {
  const rgb = s => (s.match(/[\d.]+/g) || []).map(Number);
  const clear = s => { const c = rgb(s); return c.length === 4 && c[3] === 0; };
  const light = s => {
    const [r, g, b] = rgb(s).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!clear(c)) return c; } return "rgb(255,255,255)"; };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || !e.checkVisibility()) continue;
    seen++;
    const a = light(getComputedStyle(e).color), b = light(ground(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push("contrast " + ratio.toFixed(2) + ": " + n.data.trim().slice(0, 40));
  }
  if (seen < 20) found.push(seen + " texts");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches || document.documentElement.hasAttribute("data-ogsc");
  const l = light(ground(document.querySelector("h1")));
  if (dark ? l > 0.1 : l < 0.8) found.push("the ground is " + l.toFixed(2) + (dark ? " in the dark" : " in the light"));
  return found;
}`
