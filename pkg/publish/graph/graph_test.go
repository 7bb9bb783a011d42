package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

const secret = "EAAB-secret+1"

func now() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) }

// serve answers every request in one way.
func serve(t *testing.T, h http.HandlerFunc) graph.Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return graph.Client{Via: s.Client(), Base: s.URL + "/v25.0", Credentials: publishtest.Fixed(secret)}
}

func TestClient_knowsErrorsByTheirNumbers(t *testing.T) {
	for _, tc := range []struct {
		status, code, sub int
		transient         bool
		want              platform.Class
	}{
		{500, 1, 0, false, platform.Uncertain},
		{500, 2, 0, true, platform.Uncertain},
		{400, 3, 0, false, platform.Permission},
		{400, 4, 0, true, platform.Rate},
		{403, 10, 0, false, platform.Permission},
		{400, 17, 0, false, platform.Rate},
		{400, 32, 0, false, platform.Rate},
		{400, 100, 0, false, platform.Invalid},
		{400, 100, 33, false, platform.Invalid},
		{400, 102, 0, false, platform.Auth},
		{400, 190, 0, false, platform.Auth},
		{400, 190, 463, false, platform.Auth},
		{400, 199, 0, false, platform.Invalid},
		{403, 200, 0, false, platform.Permission},
		{403, 200, 1404078, false, platform.Permission},
		{400, 299, 0, false, platform.Permission},
		{400, 341, 0, false, platform.Rate},
		{400, 368, 0, false, platform.Invalid},
		{400, 368, 1390008, false, platform.Rate},
		{400, 506, 0, false, platform.Duplicate},
		{400, 613, 0, false, platform.Rate},
		{400, 80001, 0, false, platform.Rate},
		{400, 324, 1366046, false, platform.Invalid},
		{400, 100, 1366051, false, platform.Duplicate},
		{400, 4, 2207051, false, platform.Uncertain},
		{400, 9007, 2207027, false, platform.Pending},
		{400, 9, 2207042, false, platform.Quota},
		{200, 1, 0, false, platform.Uncertain}, // success and error at once
		{200, 4711, 0, false, platform.Uncertain},
		{400, 4711, 0, false, platform.Invalid},
		{400, 4711, 0, true, platform.Uncertain},
		{401, 4711, 0, false, platform.Auth},
		{403, 4711, 0, false, platform.Permission},
		{429, 4711, 0, false, platform.Rate},
		{503, 4711, 0, false, platform.Uncertain},
	} {
		t.Run(fmt.Sprintf("%d %d %d", tc.status, tc.code, tc.sub), func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tc.status)
				// the words name other codes, which must not count
				_ = json.NewEncoder(w).Encode(map[string]any{"id": "1", "error": map[string]any{
					"message": "post 190 of page 613, 506", "code": tc.code, "error_subcode": tc.sub, "is_transient": tc.transient,
				}})
			})
			_, err := c.Post(t.Context(), now(), c.URL("1", "feed"), url.Values{}, nil)
			if got := platform.ClassOf(err); err == nil || got != tc.want {
				t.Errorf("%v, want %s", err, tc.want)
			}
			_, err = c.Get(t.Context(), now(), c.URL("1"), nil, nil)
			if got := platform.ClassOf(err); got == platform.Uncertain {
				t.Errorf("reading: %v", err)
			}
		})
	}
}

func TestClient_neverTellsTheToken(t *testing.T) {
	for name, answer := range map[string]string{
		"in an error":      `{"error":{"message":"Malformed access token ` + secret + `","code":190}}`,
		"in no JSON":       `<html>` + url.QueryEscape(secret) + `</html>`,
		"in the user's":    `{"error":{"message":"x","error_user_msg":"` + secret + `","code":100}}`,
		"in a cut success": `{"id": "` + secret,
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.String(), "EAAB") {
					t.Errorf("the token is in the address %s", r.URL)
				}
				if r.Header.Get("Authorization") != "Bearer "+secret {
					t.Errorf("sent as %q", r.Header)
				}
				if strings.HasPrefix(answer, `{"err`) {
					w.WriteHeader(400)
				}
				_, _ = w.Write([]byte(answer))
			})
			var into struct{ ID string }
			a, err := c.Post(t.Context(), now(), c.URL("me", "feed"), url.Values{}, &into)
			if err == nil || strings.Contains(err.Error(), "EAAB") || strings.Contains(string(a.Body), "EAAB") {
				t.Errorf("%v: %s", err, a.Body)
			}
		})
	}
}

func TestClient_saysWhenToComeAgain(t *testing.T) {
	for _, tc := range []struct {
		header, value string
		want          time.Duration
	}{
		{"Retry-After", "30", 30 * time.Second},
		{"X-Business-Use-Case-Usage", `{"12":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":19}]}`, 19 * time.Minute},
		{"X-Business-Use-Case-Usage", `{"12":[{"estimated_time_to_regain_access":1e9}]}`, 24 * time.Hour},
		{"X-Business-Use-Case-Usage", `{"12":[{"estimated_time_to_regain_access":-5}]}`, 0},
		{"X-App-Usage", `no JSON`, 0},
	} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tc.header, tc.value)
			w.WriteHeader(400)
			_, _ = w.Write([]byte(`{"error":{"code":32}}`))
		})
		_, err := c.Post(t.Context(), now(), c.URL("1"), nil, nil)
		e := platform.As(err)
		if tc.want == 0 && !e.Until.IsZero() || tc.want > 0 && !e.Until.Equal(now().Add(tc.want)) {
			t.Errorf("%s %s: %v, want %v", tc.header, tc.value, e.Until, tc.want)
		}
	}
}

func TestUsage_isTheWorst(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-App-Usage", `{"call_count":12,"total_time":40,"total_cputime":3}`)
		w.Header().Set("X-Business-Use-Case-Usage", `{"1":[{"call_count":55}],"2":[{"total_cputime":7}]}`)
		_, _ = w.Write([]byte(`{}`))
	})
	a, err := c.Get(t.Context(), now(), c.URL("me"), nil, nil)
	if percent, wait := graph.Usage(a); err != nil || percent != 55 || wait != 0 {
		t.Errorf("%d %v (%v)", percent, wait, err)
	}
}

// The address of the next page holds the token and leads where the answer says:
// only its cursor counts.
func TestEach_readsPagesOfItsOwnServer(t *testing.T) {
	asked := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Query().Has("access_token") || r.URL.Query().Get("fields") != "id" {
			t.Errorf("asked for %s", r.URL)
		}
		next := map[string]string{
			"":  "https://evil.example/?access_token=x&fields=all&after=b",
			"b": "https://evil.example/?after=c",
			"c": "https://evil.example/?after=c", // and again, for ever
		}[r.URL.Query().Get("after")]
		_ = json.NewEncoder(w).Encode(map[string]any{"data": []any{map[string]string{"id": r.URL.Query().Get("after")}}, "paging": map[string]string{"next": next}})
	})
	var got []string
	type entry struct{ ID string }
	whole, err := graph.Each(t.Context(), c, now(), c.URL("1", "feed"), url.Values{"fields": {"id"}}, func(e entry) bool {
		got = append(got, e.ID)
		return false
	})
	if err != nil || !whole || strings.Join(got, ",") != ",b,c" || asked != 3 {
		t.Errorf("%q whole %v (%v), asked %d times", got, whole, err, asked)
	}
}

func TestEach_saysThatItGaveUp(t *testing.T) {
	n := 0
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		fmt.Fprintf(w, `{"data":[],"paging":{"next":"https://x.example/?after=%d"}}`, n)
	})
	whole, err := graph.Each(t.Context(), c, now(), c.URL("1"), nil, func(struct{}) bool { return false })
	if err != nil || whole || n > 100 {
		t.Errorf("whole %v (%v) after %d pages", whole, err, n)
	}
}

func TestHas_doesNotTakePartsOfNumbers(t *testing.T) {
	for code, want := range map[string]bool{"100": true, "100/33": true, "1004": false, "10": false} {
		if got := graph.Has(&platform.Error{Code: code}, "100"); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestURL_escapesItsParts(t *testing.T) {
	if got := (graph.Client{Base: "https://g.example/v1"}).URL("../me?x", "feed"); got != "https://g.example/v1/..%2Fme%3Fx/feed" {
		t.Errorf("%s", got)
	}
}

func TestLink_isOneOfTheWeb(t *testing.T) {
	for in, want := range map[string]bool{
		"https://www.facebook.com/a/posts/1": true, "http://x.example/": false, "javascript:alert(1)": false, "https://": false,
		"https://a@b.example/": false, "https://x.example/\x1b[2J": false, "": false, "https://x.example/" + strings.Repeat("a", 2000): false,
	} {
		if got := graph.Link(in); (got == in && in != "") != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
