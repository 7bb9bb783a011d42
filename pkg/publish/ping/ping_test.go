package ping_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/ping"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"

	"github.com/google/go-cmp/cmp"
)

// server answers pings and keeps their bodies.
type server struct {
	*httptest.Server
	bodies []string
	status int
	header http.Header
}

func serve(t *testing.T) *server {
	t.Helper()
	s := &server{status: http.StatusNoContent, header: http.Header{}}
	s.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.bodies = append(s.bodies, string(body))
		for k, v := range s.header {
			w.Header()[k] = v
		}
		w.WriteHeader(s.status)
		if s.status > 399 {
			fmt.Fprint(w, "no\x1b[2J")
		}
	})))
	t.Cleanup(s.Close)
	return s
}

// pings are both kinds, on a server.
func pings(s *server) map[string]func(via wire.Doer, urls []string) ping.Outcome {
	ctx, now := context.Background(), publishtest.Now()
	return map[string]func(wire.Doer, []string) ping.Outcome{
		"hub": func(via wire.Doer, urls []string) ping.Outcome {
			return ping.Hub(s.URL+"/hub").Tell(ctx, via, urls, now)
		},
		"indexnow": func(via wire.Doer, urls []string) ping.Outcome {
			return ping.IndexNow{Endpoint: s.URL + "/indexnow", Site: "https://velo.example/", Key: "3f2a9c1e-d"}.Tell(ctx, via, urls, now)
		},
	}
}

func TestPings_sortWhatAnAnswerMeans(t *testing.T) {
	page := []string{"https://velo.example/feed.xml"}
	minute := publishtest.Now().Add(time.Minute)
	for _, tc := range []struct {
		status int
		header http.Header
		want   ping.Outcome
	}{
		{200, nil, ping.Outcome{Told: 1}},
		{202, nil, ping.Outcome{Told: 1}},
		{204, nil, ping.Outcome{Told: 1}},
		{302, nil, ping.Outcome{Refused: page, Why: "302 "}},
		{400, nil, ping.Outcome{Refused: page, Why: "400 no[2J"}},
		{403, nil, ping.Outcome{Refused: page, Why: "403 no[2J"}},
		{422, nil, ping.Outcome{Refused: page, Why: "422 no[2J"}},
		{429, http.Header{"Retry-After": {"60"}}, ping.Outcome{Later: page, Until: minute, Why: "429 no[2J"}},
		{503, nil, ping.Outcome{Later: page, Why: "503 no[2J"}},
	} {
		s := serve(t)
		s.status, s.header = tc.status, tc.header
		for name, tell := range pings(s) {
			if d := cmp.Diff(tc.want, tell(s.Client(), page)); d != "" {
				t.Errorf("%s, %d: %s", name, tc.status, d)
			}
		}
	}
}

// Whatever goes wrong, the addresses are told of again or were told.
func TestPings_loseNothing(t *testing.T) {
	pages := []string{"https://velo.example/a/", "https://velo.example/b/"}
	for _, fault := range publishtest.Faults() {
		s := serve(t)
		s.status = http.StatusOK
		for name, tell := range pings(s) {
			line := &publishtest.Line{Via: s.Client(), Fault: fault, At: 1, Now: publishtest.Now}
			o := tell(line, pages)
			if o.Told+len(o.Later) != 2 || len(o.Refused) > 0 {
				t.Errorf("%s, %s: %+v", name, fault, o)
			}
		}
	}
}

func TestIndexNow_tellsOnlyOfItsSite(t *testing.T) {
	s := serve(t)
	i := ping.IndexNow{Endpoint: s.URL + "/indexnow", Site: "https://velo.example/blog/", Key: "3f2a9c1e-d"}
	o := i.Tell(t.Context(), s.Client(), []string{"https://velo.example/é/", "https://autre.example/", "javascript:alert(1)", "https://velo.example.evil.example/"}, publishtest.Now())
	if o.Told != 1 || len(o.Refused) != 3 || o.Why != "another host" {
		t.Errorf("%+v", o)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(s.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"host": "velo.example", "key": "3f2a9c1e-d", "keyLocation": "https://velo.example/blog/3f2a9c1e-d.txt", "urlList": []any{"https://velo.example/é/"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if name, content := i.KeyFile(); name != "3f2a9c1e-d.txt" || content != "3f2a9c1e-d" {
		t.Errorf("%s: %s", name, content)
	}
}

func TestIndexNow_tellsTenThousandAtATime(t *testing.T) {
	s := serve(t)
	var pages []string
	for i := range 10_001 {
		pages = append(pages, fmt.Sprint("https://velo.example/", i))
	}
	o := ping.IndexNow{Endpoint: s.URL + "/indexnow", Site: "https://velo.example/", Key: "3f2a9c1e-d"}.Tell(t.Context(), s.Client(), pages, publishtest.Now())
	if o.Told != 10_001 || len(s.bodies) != 2 {
		t.Errorf("told %d in %d requests", o.Told, len(s.bodies))
	}
}

func TestValidKey(t *testing.T) {
	for key, want := range map[string]bool{
		"12345678": true, "1234567": false, strings.Repeat("a", 128): true, strings.Repeat("a", 129): false,
		"abc-DEF-123": true, "../../etc": false, "clé-clé-clé": false, "": false,
	} {
		if got := ping.ValidKey(key); got != want {
			t.Errorf("%q: %t", key, got)
		}
	}
	s := serve(t)
	if o := (ping.IndexNow{Endpoint: s.URL, Site: "https://velo.example", Key: "../../x.."}).Tell(t.Context(), s.Client(), []string{"https://velo.example/"}, publishtest.Now()); len(o.Refused) != 1 || len(s.bodies) > 0 {
		t.Errorf("%+v", o)
	}
}
