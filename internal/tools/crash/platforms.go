package crash

import (
	"encoding/json"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// remote is what readers see: of each platform the texts that are out.
type remote struct {
	mu  sync.Mutex
	out map[string][]string // by platform
	n   int
}

// say publishes a text, and returns its number.
func (r *remote) say(name, text string) int {
	r.out[name] = append(r.out[name], text)
	r.n++
	return r.n
}

// count is how often a platform says something with a mark.
func (r *remote) count(name, mark string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, text := range r.out[name] {
		if strings.Contains(text, mark) {
			n++
		}
	}
	return n
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// mastodon is a server of the Mastodon API that ignores idempotency keys, as
// GoToSocial does. The token tells the name of the platform.
func mastodon(r *remote) http.Handler {
	type status struct {
		ID      string    `json:"id"`
		URL     string    `json:"url"`
		Content string    `json:"content"`
		At      time.Time `json:"created_at"`
		Media   []string  `json:"media_attachments"`
	}
	said := map[string][]status{}
	mux := http.NewServeMux()
	who := func(q *http.Request) string {
		return strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer secret-of-")
	}
	mux.HandleFunc("GET /api/v1/accounts/verify_credentials", func(w http.ResponseWriter, q *http.Request) {
		reply(w, 200, map[string]any{"id": who(q), "username": who(q), "acct": who(q)})
	})
	mux.HandleFunc("GET /api/v1/accounts/{id}/statuses", func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		all := slices.Clone(said[q.PathValue("id")])
		slices.Reverse(all)
		if q.URL.Query().Get("max_id") != "" || all == nil {
			all = []status{}
		}
		reply(w, 200, all)
	})
	mux.HandleFunc("POST /api/v1/statuses", func(w http.ResponseWriter, q *http.Request) {
		var body struct {
			Status string `json:"status"`
		}
		if err := json.NewDecoder(q.Body).Decode(&body); err != nil || body.Status == "" {
			reply(w, 422, map[string]any{"error": "Validation failed"})
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		id := strconv.Itoa(r.say(who(q), body.Status))
		s := status{ID: id, URL: "http://m.example/" + id, Content: "<p>" + strings.ReplaceAll(html.EscapeString(body.Status), "\n", "<br>") + "</p>", At: time.Now().UTC(), Media: []string{}}
		said[who(q)] = append(said[who(q)], s)
		reply(w, 200, s)
	})
	return mux
}

// telegram is a server of the Bot API: nobody can look what was said there.
func telegram(r *remote) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{bot}/sendMessage", func(w http.ResponseWriter, q *http.Request) {
		var body struct {
			Chat string `json:"chat_id"`
			Text string `json:"text"`
		}
		if err := json.NewDecoder(q.Body).Decode(&body); err != nil || body.Text == "" {
			reply(w, 400, map[string]any{"ok": false, "error_code": 400, "description": "Bad Request"})
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		id := r.say(strings.TrimPrefix(body.Chat, "@"), body.Text)
		reply(w, 200, map[string]any{"ok": true, "result": map[string]any{"message_id": id, "date": time.Now().Unix(), "chat": map[string]any{"id": 1, "username": body.Chat[1:]}}})
	})
	return mux
}

// bluesky is a repository: a record is put where there is none, or the very same.
// The handle of an account is NAME.test, its password "pw".
func bluesky(r *remote) http.Handler {
	records := map[string]string{}
	mux := http.NewServeMux()
	session := func(w http.ResponseWriter, name string) {
		reply(w, 200, map[string]any{"did": "did:plc:" + name, "handle": name + ".test", "accessJwt": "access-of-" + name, "refreshJwt": "refresh-of-" + name, "active": true})
	}
	who := func(q *http.Request) string {
		return strings.TrimPrefix(strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer access-of-"), "Bearer refresh-of-")
	}
	mux.HandleFunc("POST /xrpc/com.atproto.server.createSession", func(w http.ResponseWriter, q *http.Request) {
		var body struct{ Identifier, Password string }
		_ = json.NewDecoder(q.Body).Decode(&body)
		if body.Password != "pw-pw-pw-pw" {
			reply(w, 401, map[string]any{"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
			return
		}
		session(w, strings.TrimSuffix(body.Identifier, ".test"))
	})
	mux.HandleFunc("POST /xrpc/com.atproto.server.refreshSession", func(w http.ResponseWriter, q *http.Request) { session(w, who(q)) })
	mux.HandleFunc("GET /xrpc/com.atproto.server.getSession", func(w http.ResponseWriter, q *http.Request) { session(w, who(q)) })
	mux.HandleFunc("POST /xrpc/com.atproto.repo.putRecord", func(w http.ResponseWriter, q *http.Request) {
		var body struct {
			Repo, Rkey string
			Record     json.RawMessage
		}
		if err := json.NewDecoder(q.Body).Decode(&body); err != nil {
			reply(w, 400, map[string]any{"error": "InvalidRequest"})
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		at := body.Repo + "/" + body.Rkey
		if old, ok := records[at]; ok && old != string(body.Record) {
			reply(w, 400, map[string]any{"error": "InvalidSwap", "message": "Record was at …"})
			return
		} else if !ok {
			records[at] = string(body.Record)
			r.say(who(q), string(body.Record))
		}
		reply(w, 200, map[string]any{"uri": "at://" + body.Repo + "/app.bsky.feed.post/" + body.Rkey, "cid": "bafy" + body.Rkey})
	})
	mux.HandleFunc("GET /xrpc/com.atproto.repo.getRecord", func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		repo, key := q.URL.Query().Get("repo"), q.URL.Query().Get("rkey")
		value, ok := records[repo+"/"+key]
		if !ok {
			reply(w, 400, map[string]any{"error": "RecordNotFound", "message": "Could not locate record"})
			return
		}
		reply(w, 200, map[string]any{"uri": "at://" + repo + "/app.bsky.feed.post/" + key, "cid": "bafy" + key, "value": json.RawMessage(value)})
	})
	return mux
}

// blueskyExpired says that the token is over.
func blueskyExpired(w http.ResponseWriter, _ *http.Request) {
	reply(w, 400, map[string]any{"error": "ExpiredToken", "message": "Token has expired"})
}
