package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// moving is a clock that begins at the instant that TEST_CLOCK says and goes on
// from there; without one it is the real one. A command that sends refuses a clock
// that stands still.
func moving() func() time.Time {
	from, err := time.Parse(time.RFC3339, os.Getenv("TEST_CLOCK"))
	if err != nil {
		return time.Now
	}
	begun := time.Now()
	return func() time.Time { return from.Add(time.Since(begun)) }
}

// remoteServer is a Mastodon and a Telegram at once: what it was told is kept. The
// former can be asked what is out, the latter cannot.
type remoteServer struct {
	mu    sync.Mutex
	web   *httptest.Server
	said  []remoteStatus
	calls int
	// fail is what becomes of the next message: "drop" (it never arrives), "lose"
	// (the answer is lost), "refuse" (it is not taken) or "deny" (the token is no
	// good).
	fail string
}

type remoteStatus struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Content string    `json:"content"`
	At      time.Time `json:"created_at"`
	Media   []string  `json:"media_attachments"`
}

func newRemote() *remoteServer {
	r := &remoteServer{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{bot}/sendMessage", func(w http.ResponseWriter, q *http.Request) {
		var body struct {
			Chat string `json:"chat_id"`
			Text string `json:"text"`
		}
		if err := json.NewDecoder(q.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		r.hear(w, body.Text, func(code int, why string) any {
			return map[string]any{"ok": false, "error_code": code, "description": why}
		}, func(s remoteStatus) any {
			id, _ := strconv.Atoi(s.ID)
			return map[string]any{"ok": true, "result": map[string]any{"message_id": id, "date": s.At.Unix(), "chat": map[string]any{"id": 1, "username": "velo"}}}
		})
	})
	mux.HandleFunc("POST /api/v1/statuses", func(w http.ResponseWriter, q *http.Request) {
		var body struct {
			Status string `json:"status"`
		}
		if err := json.NewDecoder(q.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		r.hear(w, body.Status, func(_ int, why string) any { return map[string]any{"error": why} }, func(s remoteStatus) any { return s })
	})
	mux.HandleFunc("GET /api/v1/accounts/verify_credentials", func(w http.ResponseWriter, _ *http.Request) {
		remoteReply(w, http.StatusOK, map[string]any{"id": "1", "username": "velo", "acct": "velo"})
	})
	mux.HandleFunc("GET /api/v1/accounts/{id}/statuses", func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		all := append([]remoteStatus{}, r.said...)
		slices.Reverse(all)
		if q.URL.Query().Get("max_id") != "" {
			all = []remoteStatus{}
		}
		remoteReply(w, http.StatusOK, all)
	})
	r.web = httptest.NewServer(mux)
	return r
}

func remoteReply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// hear takes a message, or fails.
func (r *remoteServer) hear(w http.ResponseWriter, text string, refused func(int, string) any, taken func(remoteStatus) any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	fail := r.fail
	r.fail = ""
	switch fail {
	case "drop":
		panic(http.ErrAbortHandler)
	case "refuse":
		remoteReply(w, http.StatusBadRequest, refused(http.StatusBadRequest, "Bad Request: not here"))
		return
	case "deny":
		remoteReply(w, http.StatusUnauthorized, refused(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	id := strconv.Itoa(len(r.said) + 1)
	s := remoteStatus{ID: id, URL: "https://m.example/@velo/" + id, Content: "<p>" + html.EscapeString(text) + "</p>", At: time.Now().UTC(), Media: []string{}}
	r.said = append(r.said, s)
	if fail == "lose" {
		panic(http.ErrAbortHandler)
	}
	remoteReply(w, http.StatusOK, taken(s))
}

// count is how many messages a pattern fits.
func (r *remoteServer) count(pattern *regexp.Regexp) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.said {
		if pattern.MatchString(html.UnescapeString(s.Content)) {
			n++
		}
	}
	return n
}

// cmdRemote is the command of scripts for platforms:
//
//	remote start FILE…           one starts; REMOTE in the files becomes its address
//	remote drop|lose|refuse|deny  what becomes of the next message
//	remote out N PATTERN          N messages that fit are out
//	remote calls N                N messages were sent, whatever became of them
func cmdRemote(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: remote start|drop|lose|refuse|deny|out|calls")
	}
	if args[0] == "start" {
		startRemote(ts, args[1:])
		return
	}
	r, ok := ts.Value(remoteKey{}).(*remoteHolder)
	if !ok || r.server == nil {
		ts.Fatalf("remote: not started")
	}
	switch {
	case args[0] == "out" && len(args) == 3:
		if n := r.server.count(regexp.MustCompile(args[2])); fmt.Sprint(n) != args[1] {
			ts.Fatalf("%d messages fit %q, want %s: %v", n, args[2], args[1], r.server.said)
		}
	case args[0] == "calls" && len(args) == 2:
		r.server.mu.Lock()
		defer r.server.mu.Unlock()
		if fmt.Sprint(r.server.calls) != args[1] {
			ts.Fatalf("%d messages were sent, want %s", r.server.calls, args[1])
		}
	case slices.Contains([]string{"drop", "lose", "refuse", "deny"}, args[0]):
		r.server.mu.Lock()
		defer r.server.mu.Unlock()
		r.server.fail = args[0]
	default:
		ts.Fatalf("remote: %q", args)
	}
}

// cmdExits is the command of scripts that runs a program and holds its exit code
// against a number: exits 2 editorial publish --now …
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code, err = failed.ExitCode(), nil
	}
	ts.Check(err)
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// remoteKey is where a script's environment keeps its server.
type remoteKey struct{}

type remoteHolder struct{ server *remoteServer }

func startRemote(ts *testscript.TestScript, files []string) {
	h := ts.Value(remoteKey{}).(*remoteHolder)
	h.server = newRemote()
	ts.Defer(h.server.web.Close)
	for _, name := range files {
		path := ts.MkAbs(name)
		text, err := os.ReadFile(path)
		ts.Check(err)
		ts.Check(os.WriteFile(path, regexp.MustCompile(`\bREMOTE\b`).ReplaceAll(text, []byte(h.server.web.URL)), 0o600))
	}
}
