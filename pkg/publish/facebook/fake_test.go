package facebook_test

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// ours is the Page, secret its token.
const (
	ours   = "1000"
	secret = "EAAB-page-token"
)

// entry is a post of the fake.
type entry struct {
	id, message, link string
	photos            []string
	published         bool
	scheduled         int64
	made              time.Time
	comments          []remark
	film              bool
	asked             int // how often its state was
}

type remark struct{ id, from, message string }

// fake is a Page that remembers, with the habits that count here: unpublished
// posts are in no list; a photo hangs on one post for good; a card shows the
// address that its page gives as its own; pages of a list are short, and the
// address of the next holds the token.
type fake struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	now    time.Time
	n      int
	posts  []*entry
	photos map[string]string            // the alternative text, by id
	used   map[string]bool              // photos that hang on a post
	refuse func(r *http.Request) string // unless "", the body of an error
	debug  string                       // what it says of the token
	dead   bool                         // it publishes nothing by itself
	deaf   bool                         // it says yes to an instant, and forgets it
	stuck  bool                         // it does not publish, and says so with 200

	slow      int      // a film is ready at that many questions
	breaks    bool     // nothing can be made of any film
	films     []string // what arrived
	permalink string   // unless "", that of every post
	asked     string   // who asked about the token
}

func serve(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, now: publishtest.Now(), photos: map[string]string{}, used: map[string]bool{},
		debug: `{"data":{"is_valid":true,"expires_at":0,"scopes":["pages_manage_posts","pages_read_engagement"]}}`}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v25.0/{$}", f.batch)
	mux.HandleFunc("GET /v25.0/{id}", f.one)
	mux.HandleFunc("POST /v25.0/{id}", f.update)
	mux.HandleFunc("DELETE /v25.0/{id}", f.remove)
	mux.HandleFunc("POST /v25.0/{page}/photos", f.photo)
	mux.HandleFunc("POST /v25.0/{page}/videos", f.screen)
	mux.HandleFunc("POST /v25.0/{page}/feed", f.create)
	mux.HandleFunc("GET /v25.0/{page}/published_posts", func(w http.ResponseWriter, r *http.Request) {
		since, _ := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64)
		f.list(w, r, func(e *entry) bool { return e.published && e.made.Unix() >= since })
	})
	mux.HandleFunc("GET /v25.0/{page}/scheduled_posts", func(w http.ResponseWriter, r *http.Request) {
		f.list(w, r, func(e *entry) bool { return !e.published && e.scheduled > 0 })
	})
	mux.HandleFunc("GET /v25.0/{id}/comments", f.listComments)
	mux.HandleFunc("POST /v25.0/{id}/comments", f.comment)
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if strings.Contains(r.URL.String(), "EAAB") {
			t.Errorf("a token in the address: %s", r.URL)
		}
		w.Header().Set("X-App-Usage", `{"call_count":28,"total_time":15,"total_cputime":5}`)
		if body := ""; f.refuse != nil {
			if body = f.refuse(r); body != "" {
				fail(w, body)
				return
			}
		}
		if r.Header.Get("Authorization") != "Bearer "+secret && r.URL.Path != "/v25.0/" {
			fail(w, `{"message":"Malformed access token `+r.Header.Get("Authorization")+`","type":"OAuthException","code":190}`)
			return
		}
		w.Header().Set("Date", f.now.UTC().Format(http.TimeFormat))
		mux.ServeHTTP(w, r)
	})))
	t.Cleanup(f.Close)
	return f
}

// fail answers with an error.
func fail(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "text/javascript; charset=UTF-8")
	w.WriteHeader(400)
	_, _ = io.WriteString(w, `{"error":`+body+`}`)
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_ = json.NewEncoder(w).Encode(v)
}

func (f *fake) id() string {
	f.n++
	f.now = f.now.Add(time.Second)
	return strconv.Itoa(5000 + f.n)
}

func (f *fake) find(w http.ResponseWriter, id string) *entry {
	for _, e := range f.posts {
		if e.id == id {
			if !f.dead && e.scheduled > 0 && e.scheduled <= f.now.Unix() {
				e.published = true
			}
			return e
		}
	}
	fail(w, `{"message":"Unsupported request. Object with ID '`+id+`' does not exist, cannot be loaded due to missing permissions","code":100,"error_subcode":33}`)
	return nil
}

func (f *fake) photo(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("source")
	if err != nil {
		fail(w, `{"message":"no file","code":324}`)
		return
	}
	if data, _ := io.ReadAll(file); string(data) != string(publishtest.Picture().Data) {
		f.t.Errorf("a picture of %d bytes", len(data))
	}
	id := f.id()
	f.photos[id] = r.FormValue("alt_text_custom")
	reply(w, map[string]string{"id": id})
}

func (f *fake) screen(w http.ResponseWriter, r *http.Request) {
	file, head, err := r.FormFile("source")
	if err != nil {
		fail(w, `{"message":"no file","code":324}`)
		return
	}
	data, _ := io.ReadAll(file)
	f.films = append(f.films, head.Header.Get("Content-Type")+" "+string(data))
	e := &entry{id: f.id(), message: r.FormValue("description"), film: true, published: r.FormValue("published") != "false"}
	e.made = f.now
	f.posts = append(f.posts, e)
	reply(w, map[string]string{"id": e.id})
}

// state is how far a film is.
func (f *fake) state(e *entry) string {
	switch {
	case f.breaks:
		return "error"
	case e.asked < f.slow:
		return "processing"
	}
	return "ready"
}

func (f *fake) create(w http.ResponseWriter, r *http.Request) {
	e := &entry{message: r.FormValue("message"), link: r.FormValue("link")}
	var attached []struct {
		ID string `json:"media_fbid"`
	}
	_ = json.Unmarshal([]byte(r.FormValue("attached_media")), &attached)
	for _, a := range attached {
		if _, ok := f.photos[a.ID]; !ok {
			fail(w, `{"message":"Invalid parameter","code":100}`)
			return
		}
		if f.used[a.ID] {
			fail(w, `{"message":"These photos were already posted.","code":100,"error_subcode":1366051}`)
			return
		}
		f.used[a.ID] = true
		e.photos = append(e.photos, a.ID)
	}
	e.id = ours + "_" + f.id()
	e.made, e.published = f.now, r.FormValue("published") != "false"
	f.posts = append(f.posts, e)
	reply(w, map[string]string{"id": e.id})
}

func (f *fake) update(w http.ResponseWriter, r *http.Request) {
	e := f.find(w, r.PathValue("id"))
	if e == nil {
		return
	}
	if f.stuck {
		reply(w, map[string]bool{"success": false})
		return
	}
	if e.film && (r.FormValue("published") != "true" || f.state(e) != "ready") || !e.film && r.FormValue("published") != "" {
		fail(w, `{"message":"Invalid parameter","code":100}`)
		return
	}
	if r.FormValue("is_published") == "true" || r.FormValue("published") == "true" {
		e.published = true
	}
	if at := r.FormValue("scheduled_publish_time"); at != "" && !e.published && !f.deaf {
		e.scheduled, _ = strconv.ParseInt(at, 10, 64)
		if d := time.Unix(e.scheduled, 0).Sub(f.now); d < 10*time.Minute || d > 30*24*time.Hour {
			e.scheduled = 0
			fail(w, `{"message":"The specified scheduled publish time is invalid.","code":100}`)
			return
		}
	}
	reply(w, map[string]bool{"success": true})
}

func (f *fake) remove(w http.ResponseWriter, r *http.Request) {
	if e := f.find(w, r.PathValue("id")); e != nil {
		for i := range f.posts {
			if f.posts[i] == e {
				f.posts = append(f.posts[:i], f.posts[i+1:]...)
				break
			}
		}
		reply(w, map[string]bool{"success": true})
	}
}

// showFilm is a film as it is asked for by its own id.
func (f *fake) showFilm(e *entry) map[string]any {
	e.asked++
	return map[string]any{
		"id": e.id, "published": e.published, "created_time": e.made.Format("2006-01-02T15:04:05-0700"),
		"permalink_url": cmp.Or(f.permalink, "/"+ours+"/videos/"+e.id+"/"), "status": map[string]any{"video_status": f.state(e)},
	}
}

func (f *fake) show(e *entry) map[string]any {
	id := e.id
	if e.film { // in lists it is a post, with an id of its own
		id = ours + "_7" + e.id
	}
	v := map[string]any{
		"id": id, "message": strings.ReplaceAll(e.message, "\n\n", "\n \n"), "is_published": e.published,
		"created_time": e.made.Format("2006-01-02T15:04:05-0700"),
	}
	if e.published {
		v["permalink_url"] = cmp.Or(f.permalink, "https://www.facebook.com/velo/posts/"+e.id)
	}
	if e.scheduled > 0 && !e.published {
		v["scheduled_publish_time"] = e.scheduled
	}
	if e.film {
		v["attachments"] = map[string]any{"data": []any{map[string]any{"target": map[string]string{"id": e.id}}}}
	}
	if e.link != "" {
		own, _, _ := strings.Cut(e.link, "?")
		v["attachments"] = map[string]any{"data": []any{map[string]string{"unshimmed_url": own}}}
	}
	return v
}

func (f *fake) one(w http.ResponseWriter, r *http.Request) {
	if id := r.PathValue("id"); id == "me" || id == ours {
		reply(w, map[string]string{"id": ours, "name": "Vélo \x1b[31mVille"})
		return
	}
	e := f.find(w, r.PathValue("id"))
	switch {
	case e == nil:
	case e.film && strings.Contains(r.URL.Query().Get("fields"), "shares"), !e.film && strings.Contains(r.URL.Query().Get("fields"), "status"),
		e.film && strings.Contains(r.URL.Query().Get("fields"), "is_published"):
		fail(w, `{"message":"(#100) Tried accessing nonexisting field","code":100}`)
	case strings.Contains(r.URL.Query().Get("fields"), "reactions"):
		reply(w, map[string]any{
			"id": e.id, "shares": map[string]int{"count": 3}, "reactions": map[string]any{"data": []any{}, "summary": map[string]int{"total_count": 12}},
			"comments": map[string]any{"data": []any{}, "summary": map[string]int{"total_count": len(e.comments)}},
		})
	case e.film:
		reply(w, f.showFilm(e))
	default:
		reply(w, f.show(e))
	}
}

// pages answers with the part of a list that is asked for: two entries.
func (f *fake) pages(w http.ResponseWriter, r *http.Request, all []any) {
	at, _ := strconv.Atoi(r.URL.Query().Get("after"))
	end := min(at+2, len(all))
	body := map[string]any{"data": all[min(at, end):end]}
	if end < len(all) {
		next := strconv.Itoa(end)
		body["paging"] = map[string]any{"cursors": map[string]string{"after": next},
			"next": "https://graph.evil.example/x?" + url.Values{"access_token": {secret}, "after": {next}}.Encode()}
	}
	reply(w, body)
}

func (f *fake) list(w http.ResponseWriter, r *http.Request, want func(*entry) bool) {
	all := []any{}
	for i := len(f.posts) - 1; i >= 0; i-- {
		if want(f.posts[i]) {
			all = append(all, f.show(f.posts[i]))
		}
	}
	f.pages(w, r, all)
}

func (f *fake) listComments(w http.ResponseWriter, r *http.Request) {
	e := f.find(w, r.PathValue("id"))
	if e == nil {
		return
	}
	all := []any{}
	for _, c := range e.comments {
		all = append(all, map[string]any{"id": c.id, "message": c.message, "from": map[string]string{"id": c.from, "name": "N" + c.from}, "created_time": "2026-12-01T09:00:00+0000"})
	}
	f.pages(w, r, all)
}

func (f *fake) comment(w http.ResponseWriter, r *http.Request) {
	if e := f.find(w, r.PathValue("id")); e != nil {
		c := remark{id: f.id(), from: ours, message: r.FormValue("message")}
		e.comments = append(e.comments, c)
		reply(w, map[string]string{"id": c.id})
	}
}

// batch answers what the one call in a batch asks about the token.
func (f *fake) batch(w http.ResponseWriter, r *http.Request) {
	var calls []struct {
		Method string
		URL    string `json:"relative_url"`
	}
	_ = json.Unmarshal([]byte(r.FormValue("batch")), &calls)
	f.asked = r.Header.Get("Authorization")
	if len(calls) != 1 || calls[0].URL != "debug_token?input_token="+secret {
		f.t.Errorf("a batch of %+v", calls)
	}
	code := 200
	if strings.HasPrefix(f.debug, `{"error"`) {
		code = 400
	}
	reply(w, []any{map[string]any{"code": code, "body": f.debug}})
}

// count is how many public posts say something.
func (f *fake) count(what string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range f.posts {
		if e.published && (strings.Contains(e.message, what) || e.link != "" && strings.Contains(e.link, what)) {
			n++
		}
	}
	return n
}

func (f *fake) account() platform.Account {
	return platform.Account{Server: f.URL, Name: ours, Credentials: publishtest.Fixed(secret)}
}

func (f *fake) publisher(via wire.Doer) *facebook.Publisher { return facebook.New(f.account(), via) }

// jobOf is a post on its way; what is kept of it is in the second value.
func jobOf(t *testing.T, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	return publishtest.KeptJob(t, facebook.FormatOf(nil), p)
}
