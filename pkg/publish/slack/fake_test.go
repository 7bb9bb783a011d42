package slack_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/slack"
	"editorial/pkg/publish/wire"
)

const (
	bot  = "xoxb-1234-secret"
	key  = "XyZ0123456789secret"
	hook = "https://hooks.slack.com/services/T01/B02/" + key
)

// fake is a channel that remembers. Metadata is shown only to those who ask for
// it, pages are short.
type fake struct {
	*httptest.Server
	t *testing.T

	mu      sync.Mutex
	now     time.Time
	said    []note // the oldest first
	endless bool   // there is more than it has, and no way to it
	blind   string // unless "", the error of reading the channel
	scopes  string
	status  int    // unless 0, every answer has it, with
	refuse  string // this body
}

type note struct {
	TS       string          `json:"ts"`
	Text     string          `json:"text"`
	Markup   bool            `json:"mrkdwn"`
	Links    bool            `json:"unfurl_links"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
}

func serve(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, now: publishtest.Now(), scopes: "chat:write,channels:history"}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/auth.test", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-OAuth-Scopes", f.scopes)
		fmt.Fprint(w, `{"ok":true,"url":"https://velo.slack.com/","team":"Vélo","user":"editorial"}`)
	})
	mux.HandleFunc("POST /api/chat.postMessage", func(w http.ResponseWriter, r *http.Request) {
		n := f.take(r)
		fmt.Fprintf(w, `{"ok":true,"channel":"C01","ts":%q}`, n.TS)
	})
	mux.HandleFunc("GET /api/conversations.history", f.history)
	mux.HandleFunc("POST /services/T01/B02/"+key, func(w http.ResponseWriter, r *http.Request) {
		f.take(r)
		fmt.Fprint(w, "ok")
	})
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		w.Header().Set("Date", f.now.Format(http.TimeFormat))
		switch {
		case f.status != 0:
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(f.status)
			fmt.Fprint(w, f.refuse)
		case strings.HasPrefix(r.URL.Path, "/api/") && r.Header.Get("Authorization") != "Bearer "+bot:
			fmt.Fprint(w, `{"ok":false,"error":"invalid_auth"}`)
		default:
			mux.ServeHTTP(w, r)
		}
	})))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) take(r *http.Request) note {
	var n note
	_ = json.NewDecoder(r.Body).Decode(&n)
	f.now = f.now.Add(time.Second)
	n.TS = strconv.FormatInt(f.now.Unix(), 10) + ".000100"
	f.said = append(f.said, n)
	return n
}

func (f *fake) history(w http.ResponseWriter, r *http.Request) {
	if f.blind != "" {
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, f.blind)
		return
	}
	q := r.URL.Query()
	var all []note
	for i := len(f.said) - 1; i >= 0; i-- {
		if n := f.said[i]; n.TS > q.Get("oldest") {
			if q.Get("include_all_metadata") != "true" {
				n.Metadata = nil
			}
			all = append(all, n)
		}
	}
	from, _ := strconv.Atoi(q.Get("cursor"))
	end := min(from+2, len(all))
	body := map[string]any{"ok": true, "messages": all[min(from, end):end], "has_more": end < len(all)}
	if end < len(all) {
		body["response_metadata"] = map[string]string{"next_cursor": strconv.Itoa(end)}
	}
	if f.endless {
		body["has_more"] = true
	}
	_ = json.NewEncoder(w).Encode(body)
}

func (f *fake) count(what string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.said {
		if strings.Contains(html.UnescapeString(s.Text), what) {
			n++
		}
	}
	return n
}

// bot and hook are the two ways to publish.
func (f *fake) bot(via wire.Doer) *slack.Publisher {
	return slack.New(platform.Account{Server: f.URL, Name: "C01", Credentials: publishtest.Fixed(bot)}, via)
}

func (f *fake) hook(via wire.Doer) *slack.Publisher {
	return slack.New(platform.Account{Server: f.URL, Credentials: publishtest.Fixed(hook)}, via)
}
