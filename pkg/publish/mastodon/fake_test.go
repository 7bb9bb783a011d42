package mastodon_test

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/publishtest"
)

// face is which server the fake is.
type face string

const (
	honours face = "a Mastodon that honours the key for an hour"
	fails   face = "a Mastodon that fails on a repeat"
	ignores face = "a GoToSocial that ignores the key"
)

// fake is a server of the Mastodon API that remembers.
type fake struct {
	*httptest.Server
	t    *testing.T
	face face

	mu        sync.Mutex
	now       time.Time
	n         int
	statuses  []*toot
	scheduled []*toot
	media     map[string]*upload
	keys      map[string]*toot
	bodies    []string // of the statuses that were asked for
	token     string
	slow      int                                           // unless 0, a film is ready at that many questions
	breaks    bool                                          // nothing can be made of any film
	rewrite   func(text string) string                      // unless nil, the HTML of a text
	refuse    func(http.ResponseWriter, *http.Request) bool // true: it answered
}

type toot struct {
	id, text, html, replyTo, visibility, language, spoiler string
	media                                                  []string
	at                                                     time.Time
	likes                                                  int
	by                                                     string
	shared                                                 bool
}

type upload struct {
	alt      string
	data     []byte
	kind     string // "image" or "video"
	broken   bool   // nothing can be made of it
	asked    int
	attached string
}

const ours = "109"

func serve(t *testing.T, as face) *fake {
	t.Helper()
	f := &fake{t: t, face: as, now: publishtest.Now(), media: map[string]*upload{}, keys: map[string]*toot{}, token: "tok-1"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/accounts/verify_credentials", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-RateLimit-Limit", "300")
		w.Header().Set("X-RateLimit-Remaining", "297")
		w.Header().Set("X-RateLimit-Reset", f.now.Add(5*time.Minute).Format("2006-01-02T15:04:05.000000Z"))
		reply(w, 200, map[string]any{"id": ours, "username": "velo", "acct": "velo"})
	})
	mux.HandleFunc("GET /api/v2/instance", f.instance)
	mux.HandleFunc("GET /api/v1/accounts/{id}/statuses", f.list)
	mux.HandleFunc("POST /api/v2/media", f.upload)
	mux.HandleFunc("GET /api/v1/media/{id}", f.ask)
	mux.HandleFunc("POST /api/v1/statuses", f.create)
	mux.HandleFunc("GET /api/v1/statuses/{id}", f.one)
	mux.HandleFunc("GET /api/v1/statuses/{id}/context", f.context)
	mux.HandleFunc("GET /api/v1/scheduled_statuses", f.listScheduled)
	mux.HandleFunc("GET /api/v1/scheduled_statuses/{id}", f.oneScheduled)
	mux.HandleFunc("DELETE /api/v1/scheduled_statuses/{id}", f.unschedule)
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		w.Header().Set("Date", f.now.UTC().Format(http.TimeFormat))
		if f.refuse != nil && f.refuse(w, r) {
			return
		}
		if r.Header.Get("Authorization") != "Bearer "+f.token {
			reply(w, 401, map[string]any{"error": "The access token is invalid"})
			return
		}
		mux.ServeHTTP(w, r)
	})))
	t.Cleanup(f.Close)
	return f
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (f *fake) next() string {
	f.n++
	f.now = f.now.Add(time.Second)
	return strconv.Itoa(1000 + f.n)
}

func (f *fake) instance(w http.ResponseWriter, _ *http.Request) {
	statuses, media := map[string]any{"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23}, map[string]any{"image_size_limit": 16777216, "video_size_limit": 103809024}
	if f.face == ignores {
		statuses, media = map[string]any{"max_characters": 5000, "max_media_attachments": 6, "characters_reserved_per_url": 25}, map[string]any{"image_size_limit": 41943040, "video_size_limit": 41943040}
	}
	reply(w, 200, map[string]any{"configuration": map[string]any{"statuses": statuses, "media_attachments": media}})
}

func (f *fake) upload(w http.ResponseWriter, r *http.Request) {
	file, head, err := r.FormFile("file")
	if err != nil {
		reply(w, 422, map[string]any{"error": err.Error()})
		return
	}
	data, _ := io.ReadAll(file)
	id := "m" + f.next()
	kind, _, _ := strings.Cut(head.Header.Get("Content-Type"), "/")
	m := &upload{alt: r.FormValue("description"), data: data, kind: kind, broken: f.breaks && kind == "video"}
	f.media[id] = m
	if f.face == ignores {
		m.asked = f.slow + 9
		reply(w, 200, map[string]any{"id": id, "type": kind, "url": "https://fake.example/" + id})
		return
	}
	reply(w, 202, map[string]any{"id": id, "type": kind, "url": nil})
}

// ready is whether a file can be attached.
func (f *fake) ready(m *upload) bool {
	if m.kind == "video" {
		return m.asked >= max(2, f.slow)
	}
	return m.asked >= 2
}

func (f *fake) ask(w http.ResponseWriter, r *http.Request) {
	m, ok := f.media[r.PathValue("id")]
	if !ok || m.attached != "" && f.face != ignores {
		reply(w, 404, map[string]any{"error": "Record not found"})
		return
	}
	if m.broken {
		reply(w, 422, map[string]any{"error": "Error processing thumbnail for uploaded media"})
		return
	}
	if m.asked++; !f.ready(m) {
		reply(w, 206, map[string]any{"id": r.PathValue("id"), "url": nil})
		return
	}
	reply(w, 200, map[string]any{"id": r.PathValue("id"), "url": "https://fake.example/x"})
}

func (f *fake) create(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Status, Visibility, Language string
		Spoiler                      string    `json:"spoiler_text"`
		MediaIDs                     []string  `json:"media_ids"`
		ReplyTo                      string    `json:"in_reply_to_id"`
		Scheduled                    time.Time `json:"scheduled_at"`
	}
	body, _ := io.ReadAll(r.Body)
	f.bodies = append(f.bodies, string(body))
	if err := json.Unmarshal(body, &in); err != nil {
		reply(w, 422, map[string]any{"error": err.Error()})
		return
	}
	key := r.Header.Get("Idempotency-Key")
	if old, ok := f.keys[key]; ok && f.face != ignores && in.Scheduled.IsZero() && f.now.Sub(old.at) < time.Hour {
		if f.face == fails {
			reply(w, 500, map[string]any{"error": "Internal server error"})
			return
		}
		reply(w, 200, f.show(old))
		return
	}
	wrong := 422
	if f.face == ignores {
		wrong = 400
	}
	if utf8.RuneCountInString(in.Status) > 700 {
		reply(w, wrong, map[string]any{"error": "Validation failed: Text character limit of 500 exceeded"})
		return
	}
	if in.ReplyTo != "" && f.find(in.ReplyTo) == nil {
		reply(w, 404, map[string]any{"error": "Record not found"})
		return
	}
	for _, id := range in.MediaIDs {
		switch m := f.media[id]; {
		case m == nil || !f.ready(m):
			reply(w, wrong, map[string]any{"error": "Cannot attach files that have not finished processing. Try again in a moment!"})
			return
		case m.attached != "":
			reply(w, wrong, map[string]any{"error": "Bad Request: media already attached to status"})
			return
		}
	}
	if in.Visibility == "" {
		in.Visibility = "unlisted"
	}
	s := &toot{
		id: f.next(), text: in.Status, html: f.html(in.Status), replyTo: in.ReplyTo, visibility: in.Visibility, language: in.Language,
		spoiler: in.Spoiler, media: in.MediaIDs, at: f.now, by: "velo",
	}
	for _, id := range in.MediaIDs {
		f.media[id].attached = s.id
	}
	if !in.Scheduled.IsZero() && in.Scheduled.Sub(f.now) >= 5*time.Minute {
		s.at = in.Scheduled
		f.scheduled = append(f.scheduled, s)
		reply(w, 200, f.showScheduled(s))
		return
	}
	f.statuses = append(f.statuses, s)
	f.keys[key] = s
	reply(w, 200, f.show(s))
}

// html writes a text as the server shows it.
func (f *fake) html(text string) string {
	if f.rewrite != nil {
		return f.rewrite(text)
	}
	s := html.EscapeString(text)
	s = regexp.MustCompile(`https?://[^\s<&]+(&amp;[^\s<&]+)*`).ReplaceAllStringFunc(s, func(link string) string {
		if f.face == ignores {
			return `<a href="` + link + `" rel="nofollow noreferrer noopener" target="_blank">` + link + `</a>`
		}
		rest := strings.TrimPrefix(link, "https://")
		cut := min(30, len(rest))
		return `<a href="` + link + `" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="ellipsis">` + rest[:cut] + `</span><span class="invisible">` + rest[cut:] + `</span></a>`
	})
	s = regexp.MustCompile(`(^|\s)@(\w+)@social.org\b`).ReplaceAllString(s, `$1<span class="h-card"><a href="https://other.example/@$2" class="u-url mention">@<span>$2</span></a></span>`)
	s = regexp.MustCompile(`#(\pL+)`).ReplaceAllString(s, `<a href="https://fake.example/tags/$1" class="mention hashtag" rel="tag">#<span>$1</span></a>`)
	if f.face == ignores {
		return "<p>" + strings.ReplaceAll(s, "\n", "<br>") + "</p>"
	}
	return "<p>" + strings.ReplaceAll(strings.ReplaceAll(s, "\n\n", "</p><p>"), "\n", "<br />") + "</p>"
}

func (f *fake) find(id string) *toot {
	for _, s := range f.statuses {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (f *fake) show(s *toot) map[string]any {
	var media []map[string]any
	for _, id := range s.media {
		media = append(media, map[string]any{"id": id, "type": "image"})
	}
	v := map[string]any{
		"id": s.id, "url": "https://fake.example/@velo/" + s.id, "uri": "https://fake.example/users/velo/statuses/" + s.id,
		"created_at": s.at.Format("2006-01-02T15:04:05.000Z"), "content": s.html, "in_reply_to_id": nil, "reblog": nil,
		"media_attachments": media, "visibility": s.visibility, "favourites_count": s.likes, "reblogs_count": 1, "replies_count": 0,
		"account": map[string]any{"id": ours, "acct": s.by},
	}
	if s.shared {
		v["reblog"] = map[string]any{"id": "1"}
	}
	if s.replyTo != "" {
		v["in_reply_to_id"] = s.replyTo
	}
	return v
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("id") != ours {
		reply(w, 404, map[string]any{"error": "Record not found"})
		return
	}
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	all := []map[string]any{}
	for _, s := range slices.Backward(f.statuses) {
		if m := r.URL.Query().Get("max_id"); m != "" && s.id >= m || s.by != "velo" {
			continue
		}
		if len(all) < limit {
			all = append(all, f.show(s))
		}
	}
	reply(w, 200, all)
}

func (f *fake) one(w http.ResponseWriter, r *http.Request) {
	if s := f.find(r.PathValue("id")); s != nil {
		v := f.show(s)
		n := 0
		for _, other := range f.statuses {
			if other.replyTo == s.id {
				n++
			}
		}
		v["replies_count"] = n
		reply(w, 200, v)
		return
	}
	reply(w, 404, map[string]any{"error": "Record not found"})
}

func (f *fake) context(w http.ResponseWriter, r *http.Request) {
	below := map[string]bool{r.PathValue("id"): true}
	all := []map[string]any{}
	for _, s := range f.statuses {
		if below[s.replyTo] {
			below[s.id] = true
			all = append(all, f.show(s))
		}
	}
	reply(w, 200, map[string]any{"ancestors": []any{}, "descendants": all})
}

func (f *fake) showScheduled(s *toot) map[string]any {
	return map[string]any{"id": s.id, "scheduled_at": s.at.Format("2006-01-02T15:04:05.000Z"), "params": map[string]any{"text": s.text}, "media_attachments": f.show(s)["media_attachments"]}
}

func (f *fake) listScheduled(w http.ResponseWriter, r *http.Request) {
	all := []map[string]any{}
	for _, s := range slices.Backward(f.scheduled) {
		if m := r.URL.Query().Get("max_id"); m == "" || s.id < m {
			all = append(all, f.showScheduled(s))
		}
	}
	reply(w, 200, all)
}

func (f *fake) oneScheduled(w http.ResponseWriter, r *http.Request) {
	for _, s := range f.scheduled {
		if s.id == r.PathValue("id") {
			reply(w, 200, f.showScheduled(s))
			return
		}
	}
	reply(w, 404, map[string]any{"error": "Record not found"})
}

func (f *fake) unschedule(w http.ResponseWriter, r *http.Request) {
	for i, s := range f.scheduled {
		if s.id == r.PathValue("id") {
			f.scheduled = slices.Delete(f.scheduled, i, i+1)
			reply(w, 200, map[string]any{})
			return
		}
	}
	reply(w, 404, map[string]any{"error": "Record not found"})
}

// strike is the clock of the server: what is scheduled until then goes out, with
// another id.
func (f *fake) strike(now time.Time) {
	f.now = now
	for _, s := range f.scheduled {
		if !s.at.After(now) {
			s.id = f.next()
			f.statuses = append(f.statuses, s)
		}
	}
	f.scheduled = slices.DeleteFunc(f.scheduled, func(s *toot) bool { return !s.at.After(now) })
}

// count is how many statuses say something.
func (f *fake) count(text string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, s := range f.statuses {
		if strings.Contains(s.text, text) {
			n++
		}
	}
	return n
}

func (f *fake) String() string { return fmt.Sprintf("%s, %d statuses", f.face, len(f.statuses)) }
