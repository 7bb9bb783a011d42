package cli_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"editorial/internal/cli"
	"editorial/internal/need/browser"
	"editorial/internal/need/hostile"
)

// TestWatcher_seesWhatRuns: texts that nobody has made harmless do what they
// are meant to, or the watcher would prove nothing.
func TestWatcher_seesWhatRuns(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>%s<p>%s</p>'\">", r.URL.Query().Get("body"), hostile.Secret)
	}))
	t.Cleanup(server.Close)
	w := watch(t, ctx, server)
	cases := map[string]string{
		"<p>Nothing.": "", `<img src="https://picture.example/a.png" alt="">`: "", `<a href="https://evil.example/">x</a>`: "", `<script type="application/ld+json">{}</script>`: "",
		"<script>steal()</script>":                                       "a script is parsed",
		"<script>steal(</script>":                                        "a script fails",
		`<b onclick="steal()">x</b>`:                                     "a handler",
		`<img src=x onerror=steal()>`:                                    "a script is parsed",
		`<a href="java&Tab;script:steal()">x</a>`:                        "an address",
		`<svg onload=steal()>`:                                           "a script is parsed",
		`<iframe srcdoc="<script>1</script>"></iframe>`:                  "a frame is attached",
		`<style>body{background:url(https://evil.example/)}</style>`:     "it asks for GET https://evil.example/",
		`<link rel=stylesheet href="https://evil.example/x.css">`:        "it asks for GET https://evil.example/x.css",
		`<form action="https://evil.example/"><button>x</button></form>`: "an element: <form",
		`<img src='https://picture.example/?`:                            "the text is carried off",
		`<base href="https://evil.example/"><img src=x>`:                 "it asks for GET https://evil.example/x",
		`<div style="background:url(https://evil.example/y)">x</div>`:    "it asks for GET https://evil.example/y",
		`<video src="https://evil.example/v" autoplay></video>`:          "it asks for GET https://evil.example/v",
	}
	order := slices.Sorted(maps.Keys(cases))
	// Last, as it may lead away when the next page is there already.
	const away = `<meta http-equiv=refresh content="0;url=https://evil.example/">`
	cases[away] = "https://evil.example/" // seen, or followed
	for _, body := range append(order, away) {
		want := cases[body]
		found, err := w.Visit(server.URL + "/?body=" + url.QueryEscape(body))
		if err != nil {
			t.Fatal(err)
		}
		if all := strings.Join(found, "\n"); want == "" && all != "" || !strings.Contains(all, want) {
			t.Errorf("%s: %s, want %q", body, all, want)
		}
	}
}

// TestHostile_nothingRuns builds an office of hostile posts and opens all that
// came of it: pages, feeds as a browser and as a reader shows them, archived
// letters and mails to send, what the team sees, previews.
func TestHostile_nothingRuns(t *testing.T) {
	t.Parallel()
	ctx := browser.Start(t)
	dir := hostileSite(t)
	if d := does(t, dir, "build"); d.code != cli.ExitOK {
		t.Fatal(d.errOut)
	}
	for _, name := range []string{"text-0", "text-9", "text-26", "body-0", "body-77"} {
		if d := does(t, dir, "preview", name, "--html", filepath.Join(dir, "public", "preview-"+name+".html")); d.code != cli.ExitOK {
			t.Errorf("%s: %s", name, d.errOut)
		}
	}
	readers(t, dir)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	w := watch(t, ctx, server)
	pages := made(t, dir)
	for _, kind := range []string{"public/feed.xml", "public/atom.xml", "public/feed.json", "public/reader-rss.html", "public/text-0/", "public/tags/", "public/newsletter/", "private/editions/", "private/plan/", "public/preview-text-0.html", "public/404.html"} {
		if !slices.ContainsFunc(pages, func(p string) bool { return strings.HasPrefix(p, kind) }) {
			t.Errorf("nothing was made of %s", kind)
		}
	}
	for _, page := range pages {
		found, err := w.Visit(server.URL + "/" + (&url.URL{Path: page}).EscapedPath())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s", page, f)
		}
	}
	t.Logf("%d pages", len(pages))
	// A feed is shown to people whatever its titles are.
	for _, feed := range []string{"feed.xml", "atom.xml"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/public/"+feed)); err != nil {
			t.Fatal(err)
		}
		n, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.querySelectorAll('item, entry').length"))
		if err != nil || n < 100 {
			t.Errorf("%s shows %d posts, %v", feed, n, err)
		}
	}
}

func watch(t *testing.T, ctx context.Context, server *httptest.Server) *browser.Watcher {
	t.Helper()
	host := strings.TrimPrefix(server.URL, "http://")
	return browser.Watch(ctx, t, host, hostile.Secret, "picture.example", "site.example")
}

// hostileSite is an office in which each text of a post, of its front matter
// and of the configuration would run.
func hostileSite(t *testing.T) string {
	t.Helper()
	texts := hostile.Texts()
	quoted := func(s string) string { // as TOML has it
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, `\U%08X`, r)
		}
		return `"` + b.String() + `"`
	}
	name := quoted(`Site</title></script><script>steal()</script>"><img src=x onerror=steal()>`)
	config := strings.NewReplacer(`title = "Site"`, "title = "+name+"\ndescription = "+name+"\nauthor = "+name+"\nlicence = "+name,
		`title = "Letter"`, "title = "+name, `why = "You asked."`, "why = "+name, `postal_address = "1 Road"`, "postal_address = "+name,
		`by_tag = true`, "by_tag = true\nwindow.count = 1000", `role = "reminder"`, "role = "+name+"\nedition = { min = 1, max = 100 }").Replace(hostileConfig)
	files := map[string]string{"config.toml": config + "[[people]]\nid = \"p\"\nname = " + name + "\n"}
	var calendar strings.Builder
	for i, text := range texts {
		q := quoted(text + " " + hostile.Secret)
		next := quoted(texts[(i+1)%len(texts)])
		files[fmt.Sprintf("content/text-%d.md", i)] = "+++\nid = \"text-" + fmt.Sprint(i) + "\"\ntitle = " + q + "\nsummary = " + q + "\nquestion = " + q + "\ninvite = " + q + "\nauthors = [\"p\", " + q +
			"]\ntags = [" + q + "]\nseries = " + next + "\npart = " + fmt.Sprint(i+1) + "\nimage = { src = " + quoted(text) + ", alt = " + q + ", credit = " + q + ", licence = " + q +
			" }\nstage = \"published\"\ndate = 2026-01-01\nplatforms = [\"blog\", \"newsletter\"]\n+++\n" + text + "\n\n" + hostile.Secret + "\n"
		fmt.Fprintf(&calendar, "2026-%s-%02dT08:00 newsletter text-%d#newsletter#1\n", []string{"10", "11"}[i%2], []int{29, 5}[i%2], i)
	}
	for i, body := range hostile.Bodies() {
		files[fmt.Sprintf("content/body-%d.md", i)] = outPost("platforms = [\"blog\"]", body+"\n\n"+hostile.Secret+" 'x' \"y\" > *z*\n")
	}
	long := strings.Repeat("&<", 20_000)
	files["content/long.md"] = "+++\ntitle = \"" + long + "\"\nstage = \"published\"\ndate = 2026-01-02\nplatforms = [\"blog\"]\n+++\n" + long + "\n"
	// Letters hold the text of their introduction whole.
	for i, day := range []string{"2026-10-29", "2026-11-05"} {
		files["content/intro-"+day+".md"] = "+++\ntitle = " + name + "\nedition = " + day + "\nstage = \"ready\"\n+++\n" + hostile.Bodies()[len(hostile.Bodies())-1-i]
	}
	files["calendar.txt"] = calendar.String()
	return hostileOffice(t, files)
}

// made lists what a browser can open, a text that is the same on two pages
// once.
func made(t *testing.T, dir string) []string {
	t.Helper()
	var pages []string
	seen := map[string]bool{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch ext := filepath.Ext(name); {
		case err != nil || e.IsDir() || !strings.HasPrefix(rel, "public/") && !strings.HasPrefix(rel, "private/"):
			return err
		case strings.HasPrefix(rel, "public/body-") && ext == ".html":
			data, err := os.ReadFile(name)
			_, body, _ := strings.Cut(string(data), `<div class="body">`)
			body, _, _ = strings.Cut(body, `<footer class="after">`)
			if err != nil || seen[body] {
				return err
			}
			seen[body] = true
		case strings.HasPrefix(rel, "public/tags/") && ext != ".html", rel == "public/sitemap.xml":
			return nil // feeds like the others, and what a browser shows by a script of its own
		case !slices.Contains([]string{".html", ".xml", ".json", ".svg", ".txt"}, ext):
			return nil
		}
		pages = append(pages, strings.TrimSuffix(rel, "index.html"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// readers writes the items of the feeds as a reader shows them: their HTML,
// one after the other, with titles as they are.
func readers(t *testing.T, dir string) {
	t.Helper()
	var rss struct {
		Items []struct {
			Title       string `xml:"title"`
			Description string `xml:"description"`
			Content     string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
		} `xml:"channel>item"`
	}
	data, err := os.ReadFile(filepath.Join(dir, "public", "feed.xml"))
	if err == nil {
		err = xml.Unmarshal(data, &rss)
	}
	if err != nil || len(rss.Items) < 100 {
		t.Fatalf("%d items, %v", len(rss.Items), err)
	}
	var page strings.Builder
	page.WriteString("<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>x</title>")
	for _, item := range rss.Items {
		page.WriteString("<h2>" + item.Title + "</h2><p>" + item.Description + "</p>" + item.Content + "\n")
	}
	put(t, dir, "public/reader-rss.html", page.String())
}
