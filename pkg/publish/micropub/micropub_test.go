package micropub_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/article"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/micropub"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// creds is a token that stays.
type creds platform.Token

func (c creds) Token(context.Context) (platform.Token, error) { return platform.Token(c), nil }

func (c creds) Renew(context.Context, platform.Token, func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return platform.Token(c), nil
}

func account(server string, options map[string]string) platform.Account {
	return platform.Account{Server: server + "/micropub?of=velo", Name: "velo.example", Credentials: creds{Access: "geheim"}, Options: options}
}

// thing is a post of the fake.
type thing struct {
	url   string
	props map[string][]any
	at    time.Time
	// hidden is how often readers are told that it is not there yet.
	hidden int
}

// fake is a site that takes Micropub. Rich, it keeps drafts, lists its posts and
// tells of each; else it does what the recommendation asks of every server, and
// forgets the uid. Slow, it answers 202.
type fake struct {
	mu         sync.Mutex
	rich, slow bool
	address    string
	posts      []*thing
	files      int
}

func start(t *testing.T, f *fake) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /micropub", f.endpoint)
	mux.HandleFunc("POST /micropub", f.endpoint)
	mux.HandleFunc("POST /media", func(w http.ResponseWriter, r *http.Request) {
		if _, _, err := r.FormFile("file"); err != nil {
			w.WriteHeader(400)
			return
		}
		f.files++
		w.Header().Set("Location", fmt.Sprintf("/up/%d.png", f.files))
		w.WriteHeader(201)
	})
	mux.HandleFunc("GET /{post}", f.page)
	checked := openapi.Check(t, "testdata/openapi.yaml", mux)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		token := r.Header.Get("Authorization")
		if asked := r.URL.Path == "/micropub" || r.URL.Path == "/media"; asked != (token == "Bearer geheim") {
			t.Errorf("%s with the token %q", r.URL.Path, token)
		}
		checked.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	f.address = s.URL
	return s.URL
}

func tell(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (f *fake) endpoint(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch {
	case r.Method == "POST":
		f.post(w, r)
	case q.Get("q") == "config":
		tell(w, 200, map[string]string{"media-endpoint": "/media"})
	case !f.rich:
		tell(w, 400, map[string]string{"error": "invalid_request"})
	case q.Has("url"):
		for _, p := range f.posts {
			if p.url == q.Get("url") {
				tell(w, 200, p.item())
				return
			}
		}
		tell(w, 400, map[string]string{"error": "invalid_request"})
	default:
		items := []any{}
		for i := len(f.posts) - 1; i >= 0 && len(items) < 40; i-- {
			items = append(items, f.posts[i].item())
		}
		list := map[string]any{"items": items}
		if len(f.posts) > len(items) {
			list["paging"] = map[string]string{"after": "more"}
		}
		tell(w, 200, list)
	}
}

func (p *thing) item() map[string]any {
	props := map[string]any{"url": []string{p.url}, "published": []string{p.at.Format(time.RFC3339)}}
	for k, v := range p.props {
		if !strings.HasPrefix(k, "mp-") {
			props[k] = v
		}
	}
	return map[string]any{"type": []string{"h-entry"}, "properties": props}
}

func (f *fake) post(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Action, URL string
		Replace     map[string][]any
		Properties  map[string][]any
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		tell(w, 400, map[string]string{"error": "invalid_request"})
		return
	}
	if in.Action == "update" {
		for _, p := range f.posts {
			if p.url == in.URL {
				for name, values := range in.Replace {
					p.props[name] = values
				}
				w.WriteHeader(204)
				return
			}
		}
		tell(w, 400, map[string]string{"error": "invalid_request"})
		return
	}
	p := &thing{url: fmt.Sprintf("%s/%v-%d", f.address, in.Properties["mp-slug"][0], len(f.posts)), props: in.Properties, at: publishtest.Now().Add(time.Duration(len(f.posts)-100) * time.Minute)}
	if !f.rich {
		delete(p.props, "uid")
	}
	status := 201
	if f.slow {
		status, p.hidden = 202, 3
	}
	f.posts = append(f.posts, p)
	w.Header().Set("Location", p.url)
	w.WriteHeader(status)
}

func (f *fake) page(w http.ResponseWriter, r *http.Request) {
	for _, p := range f.posts {
		if strings.HasSuffix(p.url, r.URL.Path) && p.hidden == 0 {
			fmt.Fprintf(w, "<!DOCTYPE html><title>Vélo</title><h1>%s</h1>", html.EscapeString(fmt.Sprint(p.props["name"][0])))
			return
		} else if p.hidden > 0 {
			p.hidden--
		}
	}
	w.WriteHeader(404)
}

func (f *fake) count(p platform.Post) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, q := range f.posts {
		if q.props["name"][0] == p.Title && q.props["post-status"][0] == "published" {
			n++
		}
	}
	return n
}

func TestPublisher_keepsTheContract(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fake    *fake
		options map[string]string
	}{
		"plain":  {&fake{}, nil},
		"slow":   {&fake{slow: true}, nil},
		"drafts": {&fake{rich: true}, map[string]string{"drafts": "yes"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := c.fake
			address := start(t, f)
			publishtest.Run(t, publishtest.Bench{
				New:   func(via wire.Doer) platform.Publisher { return micropub.New(account(address, c.options), via) },
				Via:   http.DefaultClient,
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p) },
			})
		})
	}
}

func job(t *testing.T, p platform.Post) platform.Job { return publishtest.Job(t, micropub.Format(), p) }

// TestCommit_accepted: a site that takes its time is waited for, and never sent
// the post again.
func TestCommit_accepted(t *testing.T) {
	t.Parallel()
	f := &fake{slow: true}
	address := start(t, f)
	p := publishtest.Post("micropub")
	end := publishtest.Drive(t.Context(), micropub.New(account(address, nil), http.DefaultClient), job(t, p), nil)
	if end.State != journal.Published || end.Commits != 1 || end.Lookups < 3 || f.count(p) != 1 {
		t.Errorf("%+v, %v: %d posts", end, end.Last, f.count(p))
	}
}

func TestLookup_whatAPlainSiteDoesNotTellIsForAPerson(t *testing.T) {
	t.Parallel()
	f := &fake{}
	pub := micropub.New(account(start(t, f), nil), http.DefaultClient)
	if got, err := pub.Lookup(t.Context(), job(t, publishtest.Post("micropub"))); err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v, %v", got, err)
	}
	if pub.Caps().Guarantee != platform.AskAfterLoss {
		t.Errorf("%v", pub.Caps().Guarantee)
	}
}

// TestLookup_ofAListThatIsTooShort: what a list does not have is not out only if
// the list goes back far enough.
func TestLookup_ofAListThatIsTooShort(t *testing.T) {
	t.Parallel()
	item := func(at string) string {
		return `{"properties":{"uid":["x"],"url":["https://velo.example/x"],"published":["` + at + `"]}}`
	}
	for body, want := range map[string]platform.Whether{
		`{"items":[]}`: platform.NotFound,
		`{"items":[` + item("2026-12-01T08:30:00Z") + `]}`:                                                             platform.NotFound,
		`{"items":[` + item("2026-12-01T08:30:00Z") + `],"paging":{"after":"2"}}`:                                      platform.Unknown,
		`{"items":[` + item("2026-12-01T08:30:00Z") + `,` + item("2026-12-01T07:30:00Z") + `],"paging":{"after":"2"}}`: platform.NotFound,
		`{}`: platform.Unknown,
	} {
		pub := micropub.New(account("https://velo.example", map[string]string{"drafts": "yes"}), answers{200, "", body})
		if got, err := pub.Lookup(t.Context(), job(t, publishtest.Post("micropub"))); err != nil || got.Whether != want {
			t.Errorf("%s: %+v, %v; want %v", body, got, err, want)
		}
	}
}

// TestPrepare_findsItsDraft: one whose answer was lost is not left behind.
func TestPrepare_findsItsDraft(t *testing.T) {
	t.Parallel()
	f := &fake{rich: true}
	pub := micropub.New(account(start(t, f), map[string]string{"drafts": "yes"}), http.DefaultClient)
	j := job(t, publishtest.Post("micropub"))
	for range 2 {
		if _, err := pub.Prepare(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	// A text that was written anew goes into the same draft.
	p := publishtest.Post("micropub")
	p.HTML = "<p>Autrement dit.</p>"
	first := j
	j.Message = job(t, p).Message
	h, err := pub.Prepare(t.Context(), j)
	if err != nil || !strings.Contains(fmt.Sprint(f.posts[0].props["content"]), "Autrement dit.") {
		t.Errorf("%v: %v", err, f.posts[0].props)
	}
	first.Handle = h
	if _, err := pub.Commit(t.Context(), first); platform.As(err).Code != "not-prepared" {
		t.Errorf("one message prepared, another sent: %v", err)
	}
	if len(f.posts) != 1 || f.posts[0].props["post-status"][0] != "draft" {
		t.Errorf("%d drafts", len(f.posts))
	}
	if at := f.posts[0].props["photo"][0].(map[string]any); !strings.HasPrefix(at["value"].(string), f.address+"/up/") || at["alt"] != publishtest.Picture().Alt {
		t.Errorf("%v", at)
	}
}

// answers gives one answer to everything.
type answers struct {
	status   int
	location string
	body     string
}

func (a answers) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{"Location": {a.location}}, Body: io.NopCloser(strings.NewReader(a.body)), Request: r}, nil
}

func TestCommit_mapsAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers
		class platform.Class
		code  string
	}{
		"no token any more": {answers{401, "", `{"error":"unauthorized"}`}, platform.Auth, "unauthorized"},
		"scope":             {answers{401, "", `{"error":"insufficient_scope","scope":"create"}`}, platform.Permission, "insufficient_scope"},
		"forbidden":         {answers{403, "", `{"error":"forbidden"}`}, platform.Permission, "forbidden"},
		"bad request":       {answers{400, "", `{"error":"invalid_request","error_description":"no\u001b[31m"}`}, platform.Invalid, "invalid_request"},
		"failed":            {answers{502, "", `<html>`}, platform.Uncertain, ""},
		"moved":             {answers{308, "https://elsewhere.example/", ``}, platform.Auth, "moved"},
		"no location":       {answers{201, "", ``}, platform.Uncertain, "no-location"},
		"strange location":  {answers{201, "javascript:alert(1)", ``}, platform.Uncertain, "no-location"},
	} {
		j := job(t, publishtest.Post("micropub"))
		j.Handle = platform.Handle(`{"ready":"` + article.Of(j.Message) + `"}`)
		_, err := micropub.New(account("https://velo.example", nil), c.answers).Commit(t.Context(), j)
		if e := platform.As(err); err == nil || e.Class != c.class || e.Code != c.code || strings.ContainsAny(err.Error(), "\x1b") || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v, want %s %s", name, err, c.class, c.code)
		}
	}
}

// TestUpload_sendsNoTokenInTheClear: an endpoint for files that is less safe than
// the one that named it gets nothing.
func TestUpload_sendsNoTokenInTheClear(t *testing.T) {
	t.Parallel()
	pub := micropub.New(account("https://velo.example", nil), answers{200, "", `{"media-endpoint":"http://velo.example/media"}`})
	if _, err := pub.Prepare(t.Context(), job(t, publishtest.Post("micropub"))); platform.As(err).Code != "media-endpoint" {
		t.Errorf("%v", err)
	}
}

func TestLookup_waitsAtMostAnHour(t *testing.T) {
	t.Parallel()
	pub := micropub.New(account("https://velo.example", nil), answers{404, "", ``})
	j := job(t, publishtest.Post("micropub"))
	j.Handle, j.Since = platform.Handle(`{"post":"https://velo.example/a"}`), j.Now
	if _, err := pub.Lookup(t.Context(), j); platform.ClassOf(err) != platform.Pending {
		t.Errorf("%v", err)
	}
	j.Now = j.Now.Add(2 * time.Hour)
	if got, err := pub.Lookup(t.Context(), j); err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestLookup_aPageOfTheSiteIsNoPost: some show one, with 200, at every address.
func TestLookup_aPageOfTheSiteIsNoPost(t *testing.T) {
	t.Parallel()
	j := job(t, publishtest.Post("micropub"))
	j.Handle, j.Since = platform.Handle(`{"post":"https://velo.example/a"}`), j.Now
	for page, found := range map[string]bool{
		"": false, "<h1>Bienvenue</h1>": false, "<h1>Cette page sera là bientôt</h1>": false,
		"<h1>\n Régler ses <em>freins</em> avant l&rsquo;hiver</h1>": true, `<data class="u-uid" value="urn:uuid:` + j.Key.UUID() + `">`: true,
	} {
		pub := micropub.New(account("https://velo.example", nil), sites{page})
		got, err := pub.Lookup(t.Context(), j)
		if found && (err != nil || got.Whether != platform.Found) || !found && platform.ClassOf(err) != platform.Pending {
			t.Errorf("%q: %+v, %v", page, got, err)
		}
		late := j
		late.Now = j.Now.Add(2 * time.Hour)
		if got, err = pub.Lookup(t.Context(), late); err != nil || (got.Whether == platform.Found) != found || !found && got.Whether != platform.Unknown {
			t.Errorf("%q, later: %+v, %v", page, got, err)
		}
	}
}

// sites answer no question, and show everybody the same page.
type sites struct{ page string }

func (s sites) Do(r *http.Request) (*http.Response, error) {
	status, body := 200, s.page
	if r.URL.RawQuery != "" {
		status, body = 400, `{"error":"invalid_request"}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func TestCheck(t *testing.T) {
	t.Parallel()
	f := &fake{}
	if s, err := micropub.New(account(start(t, f), nil), http.DefaultClient).Check(t.Context()); err != nil || s.Account != "velo.example" {
		t.Errorf("%+v, %v", s, err)
	}
}
