package x

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// fake is X as far as a publisher sees it: it unfolds links, escapes texts,
// refuses the same text twice, turns refresh tokens over, and forgets nothing.
type fake struct {
	t  *testing.T
	mu sync.Mutex

	access, refresh string
	spent           map[string]bool // refresh tokens that were used
	dead            bool            // one came twice: the family is dead
	n               int

	posts []fakePost // the oldest first
	files map[string]*fakeFile

	// Switches.
	behind  time.Duration // its clock is, in what its answers say
	page    int           // posts on a page of the timeline; 0: as asked
	hidden  int           // so many of the newest posts are not on the timeline yet
	beside  bool          // a success names errors besides
	noID    bool          // a success has no id
	slow    int           // a film is ready at that many questions
	failing bool          // films fail
	refuse  string        // the answer to every post, with its status first
	header  http.Header
}

type fakePost struct {
	id, text, reply string
	media           []string
	ai              bool
	at              time.Time
}

type fakeFile struct {
	kind, alt   string
	total, got  int64
	segments    int
	done, ready bool
	asked       int
}

func newFake(t *testing.T) (*fake, *http.Client, platform.Account, *publishtest.Wallet) {
	f := &fake{t: t, access: "access-0", refresh: "refresh-0", spent: map[string]bool{}, files: map[string]*fakeFile{}, n: 100}
	s := httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", f))
	t.Cleanup(s.Close)
	w := publishtest.NewWallet(platform.Token{Access: "access-0", Refresh: "refresh-0", Scopes: scopes()})
	return f, s.Client(), platform.Account{Server: s.URL, ClientID: "app", ClientSecret: "hush", Credentials: w}, w
}

func (f *fake) id() string { f.n++; return strconv.Itoa(f.n) }

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Date", publishtest.Now().Add(-f.behind).Format(http.TimeFormat))
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == "/2/oauth2/token" {
		f.token(w, r, body)
		return
	}
	if f.dead || r.Header.Get("Authorization") != "Bearer "+f.access {
		fails(w, 401, "about:blank", "Unauthorized")
		return
	}
	part := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch path := r.Method + " " + r.URL.Path; {
	case path == "GET /2/users/me":
		for k, v := range f.header {
			w.Header()[k] = v
		}
		answer(w, 200, map[string]any{"data": map[string]string{"id": "7", "username": "velo", "name": "Vélo"}})
	case path == "GET /2/users/7/tweets":
		f.timeline(w, r)
	case path == "POST /2/tweets":
		f.post(w, body)
	case strings.HasPrefix(path, "GET /2/tweets/"):
		answer(w, 200, map[string]any{"data": map[string]any{"id": part[2], "public_metrics": map[string]int{"retweet_count": 2, "quote_count": 1, "like_count": 5, "reply_count": 3, "impression_count": 900, "bookmark_count": 4}}})
	case strings.HasPrefix(r.URL.Path, "/2/media/"):
		f.media(w, r, part, body)
	default:
		fails(w, 404, "https://api.x.com/2/problems/resource-not-found", "")
	}
}

func (f *fake) token(w http.ResponseWriter, r *http.Request, body []byte) {
	id, secret, _ := r.BasicAuth()
	form, _ := io.ReadAll(strings.NewReader(string(body)))
	token := ""
	for _, kv := range strings.Split(string(form), "&") {
		if v, ok := strings.CutPrefix(kv, "refresh_token="); ok {
			token = v
		}
	}
	switch {
	case id != "app" || secret != "hush":
		answer(w, 401, map[string]string{"error": "invalid_client"})
	case f.spent[token]:
		f.dead = true
		answer(w, 400, map[string]string{"error": "invalid_grant"})
	case token != f.refresh || f.dead:
		answer(w, 400, map[string]string{"error": "invalid_grant"})
	default:
		f.spent[token] = true
		f.access, f.refresh = "access-"+f.id(), "refresh-"+f.id()
		answer(w, 200, map[string]any{"access_token": f.access, "refresh_token": f.refresh, "expires_in": 7200, "token_type": "bearer", "scope": strings.Join(scopes(), " ")})
	}
}

// expire ends the present access token.
func (f *fake) expire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.access = "access-" + f.id()
}

func (f *fake) post(w http.ResponseWriter, body []byte) {
	if f.refuse != "" {
		status, text, _ := strings.Cut(f.refuse, " ")
		n, _ := strconv.Atoi(status)
		for k, v := range f.header {
			w.Header()[k] = v
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(n)
		fmt.Fprint(w, text)
		return
	}
	var in struct {
		Text  string
		AI    bool `json:"made_with_ai"`
		Media struct {
			IDs []string `json:"media_ids"`
		}
		Reply struct {
			To string `json:"in_reply_to_tweet_id"`
		}
	}
	if err := json.Unmarshal(body, &in); err != nil {
		fails(w, 400, "https://api.x.com/2/problems/invalid-request", err.Error())
		return
	}
	for _, p := range f.posts {
		if p.text == in.Text && p.reply == in.Reply.To {
			fails(w, 403, "about:blank", "You are not allowed to create a Tweet with duplicate content.")
			return
		}
	}
	for _, id := range in.Media.IDs {
		if m := f.files[id]; m == nil || !m.ready {
			fails(w, 400, "https://api.x.com/2/problems/invalid-request", "Your media IDs are invalid.")
			return
		}
	}
	if in.Reply.To != "" && !slices.ContainsFunc(f.posts, func(p fakePost) bool { return p.id == in.Reply.To }) {
		fails(w, 400, "https://api.x.com/2/problems/invalid-request", "no such post")
		return
	}
	p := fakePost{id: f.id(), text: in.Text, reply: in.Reply.To, media: in.Media.IDs, ai: in.AI, at: publishtest.Now().Add(time.Minute)}
	f.posts = append(f.posts, p)
	out := map[string]any{"data": map[string]string{"id": p.id, "text": p.text}}
	if f.noID {
		out = map[string]any{"errors": []map[string]string{{"title": "Internal"}}}
	}
	if f.beside {
		out["errors"] = []map[string]any{{"title": "Not Found", "type": "https://api.x.com/2/problems/resource-not-found"}}
	}
	answer(w, 201, out)
}

// timeline shows posts as X does: links folded, "&" escaped, files as links.
func (f *fake) timeline(w http.ResponseWriter, r *http.Request) {
	since, err := time.Parse(time.RFC3339, r.URL.Query().Get("start_time"))
	if err != nil {
		fails(w, 400, "https://api.x.com/2/problems/invalid-request", "start_time")
		return
	}
	var list []map[string]any
	shown := f.posts[:len(f.posts)-min(f.hidden, len(f.posts))]
	for _, p := range slices.Backward(shown) {
		if p.at.Before(since) {
			continue
		}
		text := strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(p.text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")
		var urls []map[string]any
		for i, word := range strings.Fields(p.text) {
			if !strings.HasPrefix(word, "https://") {
				continue
			}
			short := fmt.Sprintf("https://t.co/%s%d", p.id, i)
			text = strings.Replace(text, html.EscapeString(word), short, 1)
			expanded := word
			if u, err := url.Parse(word); err == nil {
				expanded = strings.Replace(u.String(), "v%C3%A9lo.fr", "xn--vlo-bma.fr", 1) // paths are escaped, hosts too
			}
			urls = append(urls, map[string]any{"url": short, "expanded_url": expanded, "start": 0, "end": 1})
		}
		for _, m := range p.media {
			short := "https://t.co/m" + m
			text += " " + short
			urls = append(urls, map[string]any{"url": short, "expanded_url": "https://x.com/velo/status/" + p.id + "/photo/1", "media_key": "3_" + m})
		}
		list = append(list, map[string]any{"id": p.id, "text": text, "created_at": p.at.Format("2006-01-02T15:04:05.000Z"), "entities": map[string]any{"urls": urls}})
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("pagination_token"))
	size, _ := strconv.Atoi(r.URL.Query().Get("max_results"))
	if f.page > 0 {
		size = f.page
	}
	meta := map[string]any{"result_count": 0}
	to := min(from+size, len(list))
	if to < len(list) {
		meta["next_token"] = strconv.Itoa(to)
	}
	answer(w, 200, map[string]any{"data": list[min(from, to):to], "meta": meta})
}

func (f *fake) media(w http.ResponseWriter, r *http.Request, part []string, body []byte) {
	last := part[len(part)-1]
	if last == "initialize" {
		var in struct {
			Category string `json:"media_category"`
			Total    int64  `json:"total_bytes"`
		}
		_ = json.Unmarshal(body, &in)
		id := f.id()
		f.files[id] = &fakeFile{kind: in.Category, total: in.Total}
		answer(w, 200, map[string]any{"data": map[string]any{"id": id, "media_key": "3_" + id, "expires_after_secs": 1295999}})
		return
	}
	if last == "metadata" {
		var in struct {
			ID       string
			Metadata struct {
				Alt struct{ Text string } `json:"alt_text"`
			}
		}
		_ = json.Unmarshal(body, &in)
		f.files[in.ID].alt = in.Metadata.Alt.Text
		answer(w, 200, map[string]any{"data": map[string]string{"id": in.ID}})
		return
	}
	id := r.URL.Query().Get("media_id")
	if id == "" {
		id = part[3]
	}
	m := f.files[id]
	if m == nil {
		fails(w, 400, "https://api.x.com/2/problems/invalid-request", "media id")
		return
	}
	switch last {
	case "append":
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		file, _, err := r.FormFile("media")
		if err != nil || r.FormValue("segment_index") != strconv.Itoa(m.segments) {
			fails(w, 400, "https://api.x.com/2/problems/invalid-request", "segment")
			return
		}
		n, _ := io.Copy(io.Discard, file)
		m.got, m.segments = m.got+n, m.segments+1
		answer(w, 200, map[string]any{"data": map[string]any{"expires_at": 1}})
	case "finalize":
		if m.got != m.total {
			fails(w, 400, "https://api.x.com/2/problems/invalid-request", "bytes are missing")
			return
		}
		m.done, m.ready = true, m.kind == "tweet_image"
		out := map[string]any{"id": id, "expires_after_secs": 86400, "size": m.got}
		if !m.ready {
			out["processing_info"] = map[string]any{"state": "pending", "check_after_secs": 7}
		}
		answer(w, 200, map[string]any{"data": out})
	default: // STATUS
		m.asked++
		info := map[string]any{"state": "in_progress", "check_after_secs": 11}
		switch {
		case f.failing:
			info = map[string]any{"state": "failed", "error": map[string]any{"name": "InvalidMedia", "message": "unsupported\x1b[2J codec"}}
		case m.asked >= f.slow:
			m.ready, info = true, map[string]any{"state": "succeeded"}
		}
		answer(w, 200, map[string]any{"data": map[string]any{"id": id, "processing_info": info}})
	}
}

func fails(w http.ResponseWriter, status int, kind, detail string) {
	answer(w, status, map[string]any{"title": http.StatusText(status), "type": kind, "detail": detail, "status": status})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// count is how many public posts say what the post renders to.
func (f *fake) count(t *testing.T, p platform.Post, options map[string]string) int {
	t.Helper()
	m, err := Format{Options: options, asked: true}.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, post := range f.posts {
		if post.text == m.Parts[0].Text && post.reply == "" {
			n++
		}
	}
	return n
}
