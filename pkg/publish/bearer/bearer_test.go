package bearer_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// server takes "good" and gives what the test says for a refresh token.
func server(t *testing.T, status int, body string, seen *url.Values) (bearer.Session, *publishtest.Wallet) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			data, _ := io.ReadAll(r.Body)
			*seen, _ = url.ParseQuery(string(data))
			seen.Set("header", r.Header.Get("Authorization"))
			w.Header().Set("Date", "Tue, 01 Dec 2026 09:00:00 GMT")
			w.WriteHeader(status)
			fmt.Fprint(w, body)
			return
		}
		if r.Header.Get("Authorization") != "Bearer good" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(s.Close)
	w := publishtest.NewWallet(platform.Token{Access: "stale", Refresh: "r&1"})
	return bearer.Session{Account: platform.Account{Server: s.URL, ClientID: "a:b", ClientSecret: "c d", Credentials: w}, Via: s.Client(), Endpoint: s.URL + "/token"}, w
}

func TestDo_renewsWhatIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		class  platform.Class // "" where it goes through
		code   string
	}{
		"a new pair":       {status: 200, body: `{"access_token":"good","refresh_token":"r2","expires_in":60}`},
		"a new access":     {status: 200, body: `{"access_token":"good"}`},
		"nothing":          {status: 200, body: `{}`, class: platform.Temporary, code: "unreadable-token"},
		"half":             {status: 200, body: `{"access_token":"secret`, class: platform.Temporary, code: "unreadable-token"},
		"spent":            {status: 400, body: `{"error":"invalid_grant","error_description":"r&1"}`, class: platform.Auth, code: "invalid_grant"},
		"an unknown app":   {status: 401, body: `{"error":"invalid_client"}`, class: platform.Auth, code: "invalid_client"},
		"too fast":         {status: 429, body: ``, class: platform.Rate},
		"broken":           {status: 502, body: `secret`, class: platform.Temporary},
		"still no good":    {status: 200, body: `{"access_token":"bad"}`},
		"a strange lie":    {status: 200, body: `{"access_token":"good","expires_in":99999999999999}`},
		"a negative life":  {status: 200, body: `{"access_token":"good","expires_in":-1}`},
		"a page of a wall": {status: 403, body: `<html>r&1</html>`, class: platform.Auth},
	} {
		var seen url.Values
		s, w := server(t, c.status, c.body, &seen)
		a, err := s.Do(t.Context(), time.Time{}, func() (wire.Request, error) { return wire.Get(s.Account.Server + "/x"), nil })
		if c.class == "" {
			want := http.StatusOK
			if name == "still no good" {
				want = http.StatusUnauthorized
			}
			if err != nil || a.Status != want || w.Renewed != 1 {
				t.Errorf("%s: %v %v, renewed %d", name, a.Status, err, w.Renewed)
			}
			token, _ := w.Token(t.Context())
			if name == "a new pair" && (token.Refresh != "r2" || !token.Expires.Equal(time.Date(2026, 12, 1, 9, 1, 0, 0, time.UTC))) {
				t.Errorf("%v until %v", token.Refresh.Reveal(), token.Expires)
			}
			if name == "a new access" && token.Refresh != "r&1" {
				t.Errorf("the refresh token that lives on is %q", token.Refresh.Reveal())
			}
		} else {
			var e *platform.Error
			if !errors.As(err, &e) || e.Class != c.class || e.Code != c.code {
				t.Errorf("%s: %v", name, err)
			} else if text := err.Error(); strings.Contains(text, "secret") || strings.Contains(text, "r&1") {
				t.Errorf("%s: %s", name, text)
			}
		}
		if seen.Get("grant_type") != "refresh_token" || seen.Get("refresh_token") != "r&1" || seen.Get("client_id") != "a:b" || seen.Get("client_secret") != "c d" {
			t.Errorf("%s: %v", name, seen)
		}
	}
}

func TestDo_provesTheAppByHeader(t *testing.T) {
	t.Parallel()
	var seen url.Values
	s, _ := server(t, 200, `{"access_token":"good"}`, &seen)
	s.Basic = true
	if _, err := s.Do(t.Context(), time.Time{}, func() (wire.Request, error) { return wire.Get(s.Account.Server + "/x"), nil }); err != nil {
		t.Fatal(err)
	}
	if seen.Get("header") != "Basic YSUzQWI6Yytk" { // a%3Ab:c+d
		t.Errorf("%q", seen.Get("header"))
	}
	if seen.Has("client_secret") {
		t.Errorf("%v", seen)
	}
}

// TestDo_withoutRefresh: who has no refresh token is told, and nothing more.
func TestDo_withoutRefresh(t *testing.T) {
	t.Parallel()
	var seen url.Values
	s, _ := server(t, 200, `{}`, &seen)
	s.Account.Credentials = publishtest.NewWallet(platform.Token{Access: "stale"})
	a, err := s.Do(t.Context(), time.Time{}, func() (wire.Request, error) { return wire.Get(s.Account.Server + "/x"), nil })
	if err != nil || a.Status != http.StatusUnauthorized || seen != nil {
		t.Errorf("%v %v %v", a.Status, err, seen)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	if m := bearer.Missing([]string{"a"}, []string{"a", "b"}); len(m) != 1 || m[0] != "b" {
		t.Error(m)
	}
	if m := bearer.Missing(nil, []string{"a"}); m != nil {
		t.Error(m)
	}
}
