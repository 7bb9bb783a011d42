package web_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/need"
	"editorial/internal/office"
	"editorial/internal/web"
	"editorial/pkg/civil"
)

const settings = `[site]
title = "L’atelier <b>"
description = "Un atelier."
lang = "fr"
zone = "Europe/Paris"
url = "https://roues.example/blog/"
[platforms.blog]
rhythm.times = ["Tue 09:00"]
`

// pixel is the smallest of pictures.
func pixel(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// newOffice writes an office with one post that is out, one that comes due on
// Tuesday and one draft.
func newOffice(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "config.toml", settings)
	write(t, dir, "content/ete.md", "+++\ntitle = \"Été\"\nslug = \"ete\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\nLe *texte*. ![Un vélo](images/vélo.png)\n")
	write(t, dir, "content/mardi.md", "+++\ntitle = \"Mardi\"\nid = \"2\"\nstage = \"ready\"\ndate = \"2026-10-20 09:00\"\n+++\nPas avant mardi.\n")
	write(t, dir, "content/brouillon.md", "+++\ntitle = \"Brouillon\"\nid = \"3\"\nstage = \"draft\"\n+++\nSecret. ![Film](film.mp4)\n")
	write(t, dir, "content/images/vélo.png", pixel(t))
	write(t, dir, "content/film.mp4", strings.Repeat("film", 1000))
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// loader loads an office at the instant that clock says.
func loader(dir string, clock func() time.Time) func(context.Context, *office.Memory) (*office.Office, error) {
	return func(ctx context.Context, m *office.Memory) (*office.Office, error) {
		return office.Load(ctx, office.Options{
			Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return clock(), nil },
			Config: config.Options{ReadFile: os.ReadFile}, Memory: m,
		})
	}
}

func monday() time.Time { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC) }

func newServer(t *testing.T, dir string) *web.Server {
	t.Helper()
	s, err := web.New(t.Context(), web.Options{Dir: dir, Load: loader(dir, monday)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks the handler, guarded as in the program.
func get(t *testing.T, s *web.Server, path string, header ...string) *http.Response {
	t.Helper()
	return ask(s, web.Hosts{}, http.MethodGet, path, header...)
}

func ask(s *web.Server, hosts web.Hosts, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	hosts.Guard(s.Handler()).ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestHandler_answers(t *testing.T) {
	t.Parallel()
	s := newServer(t, newOffice(t))
	for _, tt := range []struct {
		path     string
		status   int
		kind     string
		location string
		holds    string
	}{
		{"/", 302, "", "/blog/", ""},
		{"/blog", 302, "", "/blog/", ""},
		{"/blog/", 200, "text/html; charset=utf-8", "", "<h1 class=\"brand\">"},
		{"/blog/ete/", 200, "text/html; charset=utf-8", "", "<em>texte</em>"},
		{"/blog/ete", 301, "", "./ete/", ""},
		{"/blog/ete?x=1", 301, "", "./ete/?x=1", ""},
		{"/blog/feed.xml", 200, "application/xml; charset=utf-8", "", "<link>https://roues.example/blog/ete/</link>"},
		{"/blog/images/v%C3%A9lo.png", 200, "image/png", "", "IHDR"},
		{"/blog/images/", 404, "text/html; charset=utf-8", "", "n’existe pas"},
		{"/blog/images", 404, "text/html; charset=utf-8", "", ""},
		{"/blog/mardi/", 404, "text/html; charset=utf-8", "", "n’existe pas"},
		{"/elsewhere", 404, "text/html; charset=utf-8", "", ""},
		{"/_plan/", 302, "", "/_private/plan/", ""},
		{"/_plan/2026-W43.html", 302, "", "/_private/plan/2026-W43.html", ""},
		{"/_private/plan", 301, "", "./plan/", ""},
		{"/_private/plan/", 200, "text/html; charset=utf-8", "", "Semaine 43"},
		{"/_private/plan/print.html", 200, "text/html; charset=utf-8", "", "Octobre 2026"},
		{"/_private/", 404, "text/html; charset=utf-8", "", ""},
		{"/_private/calendars/platforms/blog.ics", 200, "text/calendar; charset=utf-8", "", "BEGIN:VCALENDAR"},
		{"/_editorial/", 200, "text/html; charset=utf-8", "", "Brouillon"},
		{"/_editorial/nothing", 404, "text/plain; charset=utf-8", "", ""},
		{"/_editorial/preview/brouillon.md", 200, "text/html; charset=utf-8", "", "<h1>Brouillon</h1>"},
		{"/_editorial/preview/nobody.md", 404, "text/html; charset=utf-8", "", ""},
		{"/_editorial/content/film.mp4", 200, "video/mp4", "", "filmfilm"},
		{"/_editorial/content/brouillon.md", 404, "text/html; charset=utf-8", "", ""},
		{"/_editorial/content/../../config.toml", 307, "", "/config.toml", ""},
		{"/_editorial/content/..%2F..%2Fconfig.toml", 404, "text/html; charset=utf-8", "", ""},
	} {
		r := get(t, s, tt.path)
		text := body(t, r)
		if r.StatusCode != tt.status || tt.kind != "" && r.Header.Get("Content-Type") != tt.kind ||
			r.Header.Get("Location") != tt.location || !strings.Contains(text, tt.holds) {
			t.Errorf("%s: %s %q → %q\n%.300s", tt.path, r.Status, r.Header.Get("Content-Type"), r.Header.Get("Location"), text)
		}
		if strings.Contains(text, "Secret.") && !strings.HasPrefix(tt.path, "/_editorial/preview/") {
			t.Errorf("%s gives a draft away", tt.path)
		}
	}
}

// TestHandler_leadsNowhereWherePagesAreElsewhere: where another program makes
// the pages no link leads to one, and posts are shown as previews.
func TestHandler_leadsNowhereWherePagesAreElsewhere(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	write(t, dir, "config.toml", strings.Replace(settings, "[platforms", "pages = false\n[platforms", 1))
	s := newServer(t, dir)
	if r := get(t, s, "/blog/"); r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/_editorial/" {
		t.Errorf("the home: %s → %s", r.Status, r.Header.Get("Location"))
	}
	start := body(t, get(t, s, "/_editorial/"))
	if !strings.Contains(start, `href="/_editorial/preview/ete.md"`) || strings.Contains(start, `href="/blog/ete/"`) {
		t.Errorf("the post has no preview:\n%s", start)
	}
	if r := get(t, s, "/_editorial/preview/ete.md"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "<em>texte</em>") {
		t.Errorf("the preview is %s", r.Status)
	}
	if feed := body(t, get(t, s, "/blog/feed.xml")); !strings.Contains(feed, "<link>https://roues.example/blog/ete/</link>") {
		t.Errorf("the feed leads elsewhere:\n%s", feed)
	}
}

// TestHandler_ownTemplates: pages are made by the templates of the office, those
// that fail by ours, and the office's page says which and where.
func TestHandler_ownTemplates(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	write(t, dir, "templates/site/end.html", "<footer>of our own</footer>")
	write(t, dir, "templates/site/post.html", "{{define \"main\"}}\n{{.Titel}}{{end}}")
	s := newServer(t, dir)
	for _, path := range []string{"/blog/", "/blog/ete/", "/_editorial/preview/mardi.md"} {
		page := body(t, get(t, s, path))
		if !strings.Contains(page, "<footer>of our own</footer>") || !strings.Contains(page, "<article class=") {
			t.Errorf("%s:\n%s", path, page)
		}
	}
	if start := body(t, get(t, s, "/_editorial/")); !strings.Contains(start, "templates/site/post.html:2:3") {
		t.Errorf("nothing is said of the template:\n%s", start)
	}
}

func TestHandler_onlyReads(t *testing.T) {
	t.Parallel()
	s := newServer(t, newOffice(t))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		if r := ask(s, web.Hosts{}, method, "/blog/"); r.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %s", method, r.Status)
		}
	}
	full, head := get(t, s, "/blog/ete/"), ask(s, web.Hosts{}, http.MethodHead, "/blog/ete/")
	if head.StatusCode != http.StatusOK || body(t, head) != "" || head.Header.Get("Content-Length") != full.Header.Get("Content-Length") {
		t.Errorf("HEAD: %s, %v", head.Status, head.Header)
	}
	if r := ask(s, web.Hosts{}, http.MethodHead, "/blog/nowhere/"); r.StatusCode != http.StatusNotFound || body(t, r) != "" {
		t.Errorf("HEAD of what is not there: %s", r.Status)
	}
}

// TestGuard_turnsAwayNamesThatStrangersPointHere is the defence against DNS
// rebinding: a page of evil.example whose name now means 127.0.0.1.
func TestGuard_turnsAwayNamesThatStrangersPointHere(t *testing.T) {
	t.Parallel()
	s := newServer(t, newOffice(t))
	remote := web.Hosts{Remote: true, Name: "office.lan"}
	for _, tt := range []struct {
		host          string
		local, remote bool
	}{
		{"127.0.0.1:8080", true, true},
		{"127.0.0.1", true, true},
		{"127.8.8.8:1", true, true},
		{"[::1]:8080", true, true},
		{"localhost:8080", true, true},
		{"LOCALHOST", true, true},
		{"office.localhost:8080", true, true},
		{"192.168.1.7:8080", false, true},
		{"[fe80::1]:8080", false, true},
		{"office.lan:8080", false, true},
		{"evil.example:8080", false, false},
		{"evil.example", false, false},
		{"localhost.evil.example", false, false},
		{"127.0.0.1.evil.example:8080", false, false},
		{"127.1", false, false},
		{"", false, false},
		{"evil.example:8080:80", false, false},
	} {
		for _, hosts := range []web.Hosts{{}, remote} {
			want := tt.local
			if hosts.Remote {
				want = tt.remote
			}
			r := ask(s, hosts, http.MethodGet, "/_editorial/preview/brouillon.md", "Host", tt.host)
			if got := r.StatusCode == http.StatusOK; got != want || !want && r.StatusCode != http.StatusForbidden {
				t.Errorf("Host %q, remote %v: %s", tt.host, hosts.Remote, r.Status)
			}
			if !want && strings.Contains(body(t, r), "Secret") {
				t.Errorf("Host %q: gives a draft away", tt.host)
			}
		}
	}
}

func TestListen_refusesWhatOthersReach(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0"} {
		if l, _, err := web.Listen(addr, false); !errors.Is(err, web.ErrRemote) {
			t.Errorf("%s: %v", addr, err)
			if l != nil {
				l.Close()
			}
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		l, _, err := web.Listen(addr, false)
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		l.Close()
	}
}

func TestHandler_everyAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	s := newServer(t, newOffice(t))
	for _, path := range []string{"/", "/blog/ete/", "/blog/nowhere", "/blog/images/v%C3%A9lo.png", "/_private/plan/", "/_private/plan/print.html", "/_editorial/", "/_editorial/preview/brouillon.md", "/_editorial/x"} {
		h := get(t, s, path).Header
		policy := h.Get("Content-Security-Policy")
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, h)
		}
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if script, _, _ := strings.Cut(policy[strings.Index(policy+"script-src", "script-src"):], ";"); strings.Contains(script, "unsafe") || strings.Contains(script, "*") {
			t.Errorf("%s: scripts %q", path, script)
		}
	}
}

func TestHandler_asksAgainOnlyForWhatChanged(t *testing.T) {
	t.Parallel()
	s := newServer(t, newOffice(t))
	tag := get(t, s, "/blog/ete/").Header.Get("ETag")
	if r := get(t, s, "/blog/ete/", "If-None-Match", tag); tag == "" || r.StatusCode != http.StatusNotModified {
		t.Errorf("ETag %q: %s", tag, r.Status)
	}
	zipped := get(t, s, "/blog/style.css", "Accept-Encoding", "br, gzip")
	plain := get(t, s, "/blog/style.css", "Accept-Encoding", "gzip;q=0")
	if zipped.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" || zipped.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Errorf("zipped %v, plain %v", zipped.Header, plain.Header)
	}
	unzip, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unzip); err != nil || string(got) != body(t, plain) {
		t.Errorf("zipped is not plain: %v", err)
	}
	if r := get(t, s, "/_editorial/content/film.mp4", "Range", "bytes=4-7"); r.StatusCode != http.StatusPartialContent || body(t, r) != "film" || r.Header.Get("Content-Range") != "bytes 4-7/4000" {
		t.Errorf("range: %s %v", r.Status, r.Header)
	}
}

// TestHandler_linksLeadNowhereElse: a symbolic link beside the posts does not
// give away a file of the machine.
func TestHandler_linksLeadNowhereElse(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	outside := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(outside, []byte("of the machine"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "content/lien.md", "+++\ntitle = \"Lien\"\nid = \"9\"\nstage = \"published\"\ndate = \"2026-10-02 09:00\"\n+++\n![a](secret.png) ![b](haut.png) ![c](dossier/secret.png)\n")
	for name, to := range map[string]string{"secret.png": outside, "haut.png": "../config.toml", "dossier": filepath.Dir(outside)} {
		if err := os.Symlink(to, filepath.Join(dir, "content", name)); err != nil {
			need.Skip(t, err)
		}
	}
	s := newServer(t, dir)
	// After the start, too: an asset that was a file becomes a link.
	picture := filepath.Join(dir, "content", "images", "vélo.png")
	if err := os.Remove(picture); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, picture); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/blog/secret.png", "/blog/haut.png", "/blog/dossier/secret.png", "/blog/images/v%C3%A9lo.png",
		"/_editorial/content/secret.png", "/_editorial/content/dossier/secret.png", "/_editorial/content/images/v%C3%A9lo.png", "/_editorial/preview/lien.md",
	} {
		r := get(t, s, path)
		if text := body(t, r); strings.Contains(text, "of the machine") || strings.Contains(text, "b2YgdGhlIG1hY2hpbmU") {
			t.Errorf("%s: %s gives away a file of the machine", path, r.Status)
		}
	}
}

func TestHandler_hostileTitlesStayText(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	write(t, dir, "content/evil.md", "+++\ntitle = \"</title></head><script>alert(1)</script>\"\nid = \"8\"\nstage = \"published\"\ndate = \"2026-10-02 09:00\"\nplatforms = [\"<img src=x onerror=alert(1)>\"]\n+++\n<script>alert(2)</script></head></body>\n")
	s := newServer(t, dir)
	for _, path := range []string{"/blog/", "/_editorial/", "/_private/plan/", "/_editorial/preview/evil.md"} {
		text := body(t, get(t, s, path))
		if strings.Contains(text, "<script>alert") || strings.Contains(text, "<img src=x") {
			t.Errorf("%s:\n%s", path, text)
		}
		if n := strings.Count(text, "data-version="); n != 1 {
			t.Errorf("%s: our script stands %d times", path, n)
		}
	}
}

// running is a server that runs as in the program, on any free port.
type running struct {
	url     string
	reports chan web.Report
	done    chan error
	stop    context.CancelFunc
}

func run(t *testing.T, dir string, opts web.Options) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{reports: make(chan web.Report, 100), done: make(chan error, 1), stop: stop}
	opts.Report = func(rep web.Report) { r.reports <- rep }
	opts.Dir = dir
	if opts.Load == nil {
		opts.Load = loader(dir, monday)
	}
	s, err := web.New(ctx, opts)
	if err != nil {
		t.Fatal(err)
	}
	l, hosts, err := web.Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	r.url = "http://" + l.Addr().String()
	go func() { r.done <- s.Run(ctx, l, hosts) }()
	t.Cleanup(func() {
		stop()
		if r.done != nil {
			<-r.done
		}
	})
	return r
}

func (r *running) get(t *testing.T, path string) string {
	t.Helper()
	resp, err := http.Get(r.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return body(t, resp)
}

// versions is the stream of events.
func (r *running) versions(t *testing.T) <-chan string {
	t.Helper()
	resp, err := http.Get(r.url + "/_editorial/events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("events: %v", resp.Header)
	}
	out := make(chan string, 100)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			if v, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- v
			}
		}
	}()
	return out
}

// await waits for a report of these files; more reports may come before.
func (r *running) await(t *testing.T, name string) web.Report {
	t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case rep := <-r.reports:
			for _, f := range rep.Changed {
				if f == name {
					return rep
				}
			}
		case <-late:
			t.Fatalf("no report of %s", name)
		}
	}
}

// replace saves a file as many editors do: another file takes its name.
func replace(t *testing.T, dir, name, text string) {
	t.Helper()
	write(t, dir, ".beside", text)
	if err := os.Rename(filepath.Join(dir, ".beside"), filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

func TestRun_showsWhatChangedAndTellsTheBrowser(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	r := run(t, dir, web.Options{})
	versions := r.versions(t)
	first := <-versions
	if page := r.get(t, "/blog/ete/"); !strings.Contains(page, `data-version="`+first+`"`) {
		t.Errorf("the page is not of version %s:\n%s", first, page)
	}

	replace(t, dir, "content/ete.md", "+++\ntitle = \"Automne\"\nslug = \"ete\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\nAutre.\n")
	r.await(t, "content/ete.md")
	second := <-versions
	if page := r.get(t, "/blog/ete/"); second == first || !strings.Contains(page, "<h1>Automne</h1>") {
		t.Errorf("version %s after %s:\n%s", second, first, page)
	}

	// A new folder, and a file in it that is written later.
	write(t, dir, "content/neuf/a.md", "+++\ntitle = \"A\"\nid = \"5\"\nstage = \"published\"\ndate = \"2026-10-03 09:00\"\n+++\nA.\n")
	<-versions
	write(t, dir, "content/neuf/b.md", "+++\ntitle = \"B\"\nid = \"6\"\nstage = \"published\"\ndate = \"2026-10-03 10:00\"\n+++\nB.\n")
	r.await(t, "content/neuf/b.md")
	<-versions
	if page := r.get(t, "/blog/"); !strings.Contains(page, ">B</a>") {
		t.Errorf("no B:\n%s", page)
	}

	// A picture whose name and size stay the same.
	write(t, dir, "content/film.mp4", strings.Repeat("FILM", 1000))
	r.await(t, "content/film.mp4")
	if got := r.get(t, "/_editorial/content/film.mp4"); !strings.HasPrefix(got, "FILM") {
		t.Errorf("old film: %.20s", got)
	}
}

// TestRun_losesNoChangeBeforeItWatches: a file that changes after it was
// loaded and before anybody watches.
func TestRun_losesNoChangeBeforeItWatches(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	load := loader(dir, monday)
	first := true
	r := run(t, dir, web.Options{Load: func(ctx context.Context, m *office.Memory) (*office.Office, error) {
		o, err := load(ctx, m)
		if first {
			first = false
			replace(t, dir, "content/ete.md", "+++\ntitle = \"Automne\"\nslug = \"ete\"\nid = \"1\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\n+++\nAutre.\n")
		}
		return o, err
	}})
	r.await(t, "content/ete.md")
	if page := r.get(t, "/blog/ete/"); !strings.Contains(page, "<h1>Automne</h1>") {
		t.Errorf("page:\n%s", page)
	}
}

func TestRun_keepsTheLastGoodSite(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	r := run(t, dir, web.Options{})
	replace(t, dir, "config.toml", "[site]\ntitel = \"x\"\n")
	if rep := r.await(t, "config.toml"); !errors.Is(rep.Err, office.ErrConfig) || len(rep.Problems) == 0 {
		t.Errorf("report: %v, %v", rep.Err, rep.Problems)
	}
	if page := r.get(t, "/blog/ete/"); !strings.Contains(page, "<em>texte</em>") || !strings.Contains(page, "dernier bon site") {
		t.Errorf("page:\n%s", page)
	}
	if page := r.get(t, "/_editorial/"); !strings.Contains(page, "config.toml:2:1") || !strings.Contains(page, "title") {
		t.Errorf("office:\n%s", page)
	}
	replace(t, dir, "config.toml", settings)
	rep := r.await(t, "config.toml")
	if errors.Is(rep.Err, office.ErrConfig) {
		// The mistake again: what is saved while the system begins to tell is both
		// told of and found by looking.
		rep = r.await(t, "config.toml")
	}
	if rep.Err != nil {
		t.Errorf("mended: %v", rep.Err)
	}
	if page := r.get(t, "/blog/ete/"); strings.Contains(page, "dernier bon site") {
		t.Errorf("mended, and yet:\n%s", page)
	}
}

// TestRun_aPostComesDue: the clock is looked at when the post comes due.
func TestRun_aPostComesDue(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	due := time.Date(2026, 10, 20, 7, 0, 0, 0, time.UTC)
	var now atomic.Pointer[time.Time]
	before := due.Add(-50 * time.Millisecond)
	now.Store(&before)
	clock := func() time.Time { return *now.Load() }
	s, err := web.New(t.Context(), web.Options{Dir: dir, Load: loader(dir, clock), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	if r := get(t, s, "/blog/mardi/"); r.StatusCode != http.StatusNotFound {
		t.Fatalf("before it is due: %s", r.Status)
	}
	r := run(t, dir, web.Options{Load: loader(dir, clock), Now: clock})
	now.Store(&due)
	if rep := <-r.reports; rep.Changed != nil || rep.Err != nil {
		t.Errorf("report: %+v", rep)
	}
	if page := r.get(t, "/blog/mardi/"); !strings.Contains(page, "<h1>Mardi</h1>") {
		t.Errorf("page:\n%s", page)
	}
}

func TestRun_stopsCleanlyWhileSomebodyListens(t *testing.T) {
	t.Parallel()
	r := run(t, newOffice(t), web.Options{})
	versions := r.versions(t)
	<-versions
	r.stop()
	if err := <-r.done; err != nil {
		t.Errorf("stopped: %v", err)
	}
	r.done = nil
	if _, more := <-versions; more {
		t.Error("the stream goes on")
	}
	if conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://")); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
}

func TestNew_writesNothing(t *testing.T) {
	t.Parallel()
	dir := newOffice(t)
	list := func() string {
		var b bytes.Buffer
		filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
			if err == nil {
				b.WriteString(name + "\n")
			}
			return err
		})
		return b.String()
	}
	before := list()
	s := newServer(t, dir)
	get(t, s, "/blog/")
	get(t, s, "/_editorial/preview/brouillon.md")
	if after := list(); after != before {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
}
