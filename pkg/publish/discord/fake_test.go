package discord_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/discord"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// secret is the address of the webhook, key the part of it that nobody may know.
const (
	key    = "AbC-dEf_0123456789"
	secret = "https://discord.com/api/webhooks/777/" + key
)

// fake is a channel that remembers.
type fake struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	said   map[string]note
	last   string // the query of the last message
	status int    // unless 0, every answer has it, with
	refuse string // this body
}

type note struct {
	Content     string `json:"content"`
	Username    string `json:"username"`
	Flags       int    `json:"flags"`
	Attachments []struct{ Filename, Description string }
	files       int
}

func serve(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, said: map[string]note{}}
	mux := http.NewServeMux()
	const base = "/api/v10/webhooks/777/" + key
	mux.HandleFunc("GET "+base, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Limit", "5")
		w.Header().Set("X-RateLimit-Remaining", "4")
		fmt.Fprint(w, `{"id":"777","name":"Vélo","guild_id":"11","channel_id":"22","token":"`+key+`"}`)
	})
	mux.HandleFunc("POST "+base, f.post)
	mux.HandleFunc("GET "+base+"/messages/{id}", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := f.said[r.PathValue("id")]; !ok {
			fail(w, 404, `{"message":"Unknown Message","code":10008}`)
			return
		}
		fmt.Fprint(w, show(r.PathValue("id")))
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, 404, `{"message":"Unknown Webhook","code":10015}`)
	})
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.status != 0 {
			fail(w, f.status, f.refuse)
			return
		}
		mux.ServeHTTP(w, r)
	})))
	t.Cleanup(f.Close)
	return f
}

func fail(w http.ResponseWriter, status int, body string) {
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func show(id string) string {
	return `{"id":"` + id + `","channel_id":"22","timestamp":"2026-12-01T08:00:00.000000+00:00"}`
}

func (f *fake) post(w http.ResponseWriter, r *http.Request) {
	var n note
	if err := r.ParseMultipartForm(1 << 20); err == nil {
		_ = json.Unmarshal([]byte(r.FormValue("payload_json")), &n)
		for i := range n.Attachments {
			file, head, err := r.FormFile("files[" + strconv.Itoa(i) + "]")
			if err != nil {
				f.t.Error(err)
				continue
			}
			want := publishtest.Picture()
			if head.Header.Get("Content-Type") == "video/mp4" {
				want = publishtest.Film()
			}
			if data, _ := io.ReadAll(file); string(data) != string(want.Data) || head.Filename != n.Attachments[i].Filename {
				f.t.Errorf("%s of %d bytes", head.Filename, len(data))
			}
			n.files++
		}
	} else {
		_ = json.NewDecoder(r.Body).Decode(&n)
	}
	id := strconv.Itoa(100 + len(f.said))
	f.said[id], f.last = n, r.URL.RawQuery
	fmt.Fprint(w, show(id))
}

func (f *fake) count(what string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.said {
		if strings.Contains(s.Content, what) {
			n++
		}
	}
	return n
}

func (f *fake) publisher(via wire.Doer, options map[string]string) *discord.Publisher {
	return discord.New(platform.Account{Server: f.URL, Credentials: publishtest.Fixed(secret), Options: options}, via)
}
