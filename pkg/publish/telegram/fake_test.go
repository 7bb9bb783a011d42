package telegram_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/telegram"
	"editorial/pkg/publish/wire"
)

const secret = "123456:AAE-key_of_the_bot"

// fake is a chat that remembers.
type fake struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	said   []note
	films  []string
	member string // what getChatMember says
	refuse string // unless "", the body of every answer, with
	status int    // this status
}

type note struct {
	text   string
	photos int // or films
	silent string
	topic  string
}

func serve(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, member: `{"status":"administrator","can_post_messages":true}`}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{bot}/sendMessage", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Chat   string `json:"chat_id"`
			Text   string
			Silent bool `json:"disable_notification"`
			Topic  int  `json:"message_thread_id"`
		}
		_ = json.NewDecoder(r.Body).Decode(&in)
		f.take(w, in.Chat, note{in.Text, 0, fmt.Sprint(in.Silent), fmt.Sprint(in.Topic)}, 1)
	})
	mux.HandleFunc("POST /{bot}/sendPhoto", func(w http.ResponseWriter, r *http.Request) {
		f.take(w, r.FormValue("chat_id"), note{r.FormValue("caption"), f.file(r, "photo", publishtest.Picture()), r.FormValue("disable_notification"), r.FormValue("message_thread_id")}, 1)
	})
	mux.HandleFunc("POST /{bot}/sendVideo", func(w http.ResponseWriter, r *http.Request) {
		f.films = append(f.films, r.FormValue("width")+"×"+r.FormValue("height")+" "+r.FormValue("duration")+" s")
		f.take(w, r.FormValue("chat_id"), note{r.FormValue("caption"), f.file(r, "video", publishtest.Film()), r.FormValue("disable_notification"), r.FormValue("message_thread_id")}, 1)
	})
	mux.HandleFunc("POST /{bot}/sendMediaGroup", func(w http.ResponseWriter, r *http.Request) {
		var media []struct{ Media, Caption string }
		_ = json.Unmarshal([]byte(r.FormValue("media")), &media)
		n := 0
		for _, m := range media {
			n += f.file(r, strings.TrimPrefix(m.Media, "attach://"), publishtest.Picture())
		}
		f.take(w, r.FormValue("chat_id"), note{media[0].Caption, n, r.FormValue("disable_notification"), r.FormValue("message_thread_id")}, len(media))
	})
	mux.HandleFunc("POST /{bot}/getMe", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ok":true,"result":{"id":123456,"username":"velo_bot"}}`)
	})
	mux.HandleFunc("POST /{bot}/getChat", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ok":true,"result":{"id":-1001,"type":"channel"}}`)
	})
	mux.HandleFunc("POST /{bot}/getChatMember", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"ok":true,"result":%s}`, f.member)
	})
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.refuse != "" {
			w.WriteHeader(f.status)
			fmt.Fprint(w, f.refuse)
			return
		}
		if !strings.HasPrefix(r.URL.Path, "/bot"+secret+"/") {
			fail(w, 404, `"Not Found"`, "")
			return
		}
		mux.ServeHTTP(w, r)
	})))
	t.Cleanup(f.Close)
	return f
}

func fail(w http.ResponseWriter, code int, description, more string) {
	w.WriteHeader(code)
	fmt.Fprintf(w, `{"ok":false,"error_code":%d,"description":%s%s}`, code, description, more)
}

// file is 1 if the file that is wanted arrived.
func (f *fake) file(r *http.Request, field string, want publishtest.File) int {
	file, head, err := r.FormFile(field)
	if err != nil {
		f.t.Error(field, err)
		return 0
	}
	if data, _ := io.ReadAll(file); string(data) != string(want.Data) || head.Header.Get("Content-Type") != want.Type {
		f.t.Errorf("a file of %d bytes, %s", len(data), head.Header.Get("Content-Type"))
	}
	return 1
}

// take keeps a note, as so many messages.
func (f *fake) take(w http.ResponseWriter, chat string, n note, messages int) {
	if chat != "@velo" && chat != "-1001234" {
		fail(w, 400, `"Bad Request: chat not found"`, "")
		return
	}
	f.said = append(f.said, n)
	one := map[string]any{"message_id": len(f.said), "date": 1796115600, "chat": map[string]any{"id": -1001234}}
	if chat == "@velo" {
		one["chat"] = map[string]any{"id": -1001234, "username": "velo"}
	}
	var result any = one
	if messages > 1 {
		result = []any{one, one}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func (f *fake) count(what string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.said {
		if strings.Contains(s.text, what) {
			n++
		}
	}
	return n
}

func (f *fake) account() platform.Account {
	return platform.Account{Server: f.URL, Name: "@velo", Credentials: publishtest.Fixed(secret)}
}

func (f *fake) publisher(via wire.Doer) *telegram.Publisher { return telegram.New(f.account(), via) }
