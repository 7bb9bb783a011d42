package connect_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/internal/connect"
	"editorial/internal/secret"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

func readAll(resp *http.Response) string {
	data, _ := io.ReadAll(resp.Body)
	return string(data)
}

var begin = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func codeOf(err error) problem.Code {
	var p problem.Problem
	errors.As(err, &p)
	return p.Code
}

// flow is one of a kind, with an app that was registered by hand where the kind
// wants one.
func (f *fake) flow(t *testing.T, kind string) connect.Flow {
	t.Helper()
	app, ok := connect.Of(kind)
	if !ok {
		t.Fatalf("%s is no kind", kind)
	}
	x := connect.Flow{App: app, Via: f.client(), Now: func() time.Time { return begin }}
	if app.Register != "" {
		x.Server = "https://social.example"
		return x
	}
	x.ClientID, x.ClientSecret = "app", "app-s3cr3t"
	x.App.Port = 0 // several tests at once
	f.apps["app"] = fakeApp{secret: "app-s3cr3t", redirects: []string{"loopback"}, pkce: app.PKCE, basic: app.Basic, comma: app.Commas}
	return x
}

// run lets the person allow it in a browser.
func (f *fake) run(t *testing.T, x connect.Flow) (secret.Record, string, error) {
	t.Helper()
	shown := make(chan string, 1)
	x.Show = func(page string) {
		go func() {
			_, body, err := f.browser(page)
			if err != nil {
				t.Error(err)
			}
			shown <- body
		}()
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := x.Run(ctx)
	select {
	case body := <-shown:
		return r, body, err
	case <-ctx.Done():
		return r, "", err
	}
}

func TestFlow_ofEveryKind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind, access, refresh, account string
		expires                        time.Duration // 0: never
		scope                          string
	}{
		{"x", "short-s3cr3t-2", "refresh-s3cr3t-3", "", 2 * time.Hour, "offline.access"},
		{"youtube", "short-s3cr3t-2", "refresh-s3cr3t-3", "", 2 * time.Hour, "https://www.googleapis.com/auth/youtube.upload"},
		{"linkedin", "short-s3cr3t-2", "refresh-s3cr3t-3", "urn:li:person:Ab-1", 60 * 24 * time.Hour, "w_member_social"},
		{"mastodon", "short-s3cr3t-4", "", "library", 0, "write:statuses"},
		{"pixelfed", "short-s3cr3t-4", "", "library", 0, "write:media"},
		{"facebook", "page-s3cr3t-102", "", "102", 0, "pages_manage_posts"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			x := f.flow(t, tt.kind)
			if tt.kind == "facebook" {
				x.Account = "102"
			}
			r, body, err := f.run(t, x)
			if err != nil {
				t.Fatal(err)
			}
			var expires time.Time
			if tt.expires > 0 {
				expires = begin.Add(tt.expires)
			}
			if r.Token.Access.Reveal() != tt.access || r.Token.Refresh.Reveal() != tt.refresh || r.Account != tt.account || !r.Token.Expires.Equal(expires) ||
				!slices.Contains(r.Token.Scopes, tt.scope) {
				t.Errorf("got %s %s %s %v %v", r.Token.Access.Reveal(), r.Token.Refresh.Reveal(), r.Account, r.Token.Expires, r.Token.Scopes)
			}
			if (tt.kind == "mastodon") != (r.ClientID != "") && tt.kind != "pixelfed" {
				t.Errorf("kept the app %q", r.ClientID)
			}
			for _, want := range []string{"close this page", "fermer cette page"} {
				if !strings.Contains(body, want) {
					t.Errorf("the page does not say %q: %s", want, body)
				}
			}
			if strings.Contains(body, "s3cr3t") {
				t.Errorf("the page shows what came back: %s", body)
			}
			for _, line := range f.log {
				if strings.Contains(line, "s3cr3t") {
					t.Errorf("a secret in an address: %s", line)
				}
			}
		})
	}
}

// TestFlow_pasted: kinds that send people to an address of the web only.
func TestFlow_pasted(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"instagram", "threads"} {
		f := newFake(t)
		x := f.flow(t, kind)
		x.Redirect = "https://library.example/back"
		f.apps["app"] = fakeApp{secret: "app-s3cr3t", redirects: []string{x.Redirect}}
		pages := make(chan string, 1)
		x.Show = func(page string) { pages <- page }
		x.Paste = func(context.Context) (string, error) { return f.landed(t, <-pages) + "#_\n", nil }
		r, err := x.Run(t.Context())
		if err != nil || r.Token.Access != "long-s3cr3t-3" || r.Account != "17841400000000001" || !r.Token.Expires.Equal(begin.Add(5183944*time.Second)) {
			t.Errorf("%s: %v %s %v, %v", kind, r.Token.Access.Reveal(), r.Account, r.Token.Expires, err)
		}
	}
}

// landed is the address at which a browser ends that nobody answers.
func (f *fake) landed(t *testing.T, page string) string {
	t.Helper()
	resp, err := f.client().Get(page)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}

func TestFlow_withoutABrowser(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	for name, tt := range map[string]struct {
		change func(string) string
		code   problem.Code
	}{
		"pasted":        {func(s string) string { return "  " + s + " \r\n" }, ""},
		"another state": {func(s string) string { return strings.Replace(s, "state=", "state=x", 1) }, connect.CodePasted},
		"nonsense":      {func(string) string { return "hello" }, connect.CodePasted},
		"nothing":       {func(string) string { return "" }, connect.CodePasted},
	} {
		x := f.flow(t, "x")
		pages := make(chan string, 1)
		x.Show = func(page string) { pages <- page }
		x.Paste = func(context.Context) (string, error) { return tt.change(f.landed(t, <-pages)), nil }
		r, err := x.Run(t.Context())
		if codeOf(err) != tt.code || (err == nil) != (r.Token.Access != "") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFlow_flickr(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	r, body, err := f.run(t, f.flow(t, "flickr"))
	if err != nil || r.Token.Access != "flickr-token" || r.Token.Secret != "flickr-s3cr3t" || !strings.Contains(body, "close this page") {
		t.Errorf("%v %v %s, %v", r.Token.Access.Reveal(), r.Token.Secret.Reveal(), body, err)
	}
	x := f.flow(t, "flickr")
	x.ClientSecret = "wr0ng-s3cr3t"
	if _, err := x.Run(t.Context()); platform.ClassOf(err) != platform.Auth || strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("a wrong secret: %v", err)
	}
}

func TestFlow_refusals(t *testing.T) {
	t.Parallel()
	t.Run("the person says no", func(t *testing.T) {
		t.Parallel()
		f := newFake(t)
		f.deny = true
		_, body, err := f.run(t, f.flow(t, "youtube"))
		if codeOf(err) != connect.CodeDenied || strings.Contains(body, "person said") || strings.Contains(body, "access_denied") {
			t.Errorf("%v; the page: %s", err, body)
		}
		if strings.Contains(err.Error(), "\x1b") {
			t.Errorf("the error holds what a terminal obeys: %q", err)
		}
	})
	t.Run("a wrong app secret", func(t *testing.T) {
		t.Parallel()
		f := newFake(t)
		x := f.flow(t, "x")
		x.ClientSecret = "wr0ng-s3cr3t"
		_, _, err := f.run(t, x)
		var e *platform.Error
		if !errors.As(err, &e) || e.Class != platform.Auth || e.Code != "invalid_client" || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("several pages", func(t *testing.T) {
		t.Parallel()
		f := newFake(t)
		_, _, err := f.run(t, f.flow(t, "facebook"))
		if codeOf(err) != connect.CodePages || !strings.Contains(err.Error(), "101 Library, 102 Museum") || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("got %v", err)
		}
	})
	for name, tt := range map[string]struct {
		kind   string
		change func(*connect.Flow)
		code   problem.Code
	}{
		"no server":     {"mastodon", func(x *connect.Flow) { x.Server = "" }, connect.CodeNoServer},
		"no app":        {"x", func(x *connect.Flow) { x.ClientID = "" }, connect.CodeNoAppAnyPort},
		"no redirect":   {"threads", func(*connect.Flow) {}, connect.CodeNoRedirect},
		"nobody pastes": {"threads", func(x *connect.Flow) { x.Redirect = "https://a.example/" }, connect.CodeNoRedirect},
		"a port that is taken": {"x", func(x *connect.Flow) {
			x.Redirect = "http://" + newFake(t).Listener.Addr().String() + "/callback"
		}, connect.CodePort},
	} {
		f := newFake(t)
		x := f.flow(t, tt.kind)
		x.Show = func(string) { t.Errorf("%s: a page is shown", name) }
		tt.change(&x)
		if _, err := x.Run(t.Context()); codeOf(err) != tt.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFlow_inTime(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	x := f.flow(t, "x")
	x.Show = func(string) {} // the person has gone for a walk
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if _, err := x.Run(ctx); codeOf(err) != connect.CodeTime {
		t.Errorf("got %v", err)
	}
}

// TestLoopback_strangers: what others send to the page changes nothing, and it
// shows nothing of it.
func TestLoopback_strangers(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	x := f.flow(t, "x")
	pages := make(chan string, 1)
	x.Show = func(page string) { pages <- page }
	type end struct {
		r   secret.Record
		err error
	}
	ended := make(chan end, 1)
	go func() {
		r, err := x.Run(t.Context())
		ended <- end{r, err}
	}()
	good := f.landed(t, <-pages)
	u, err := url.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	const evil = "<script>alert(1)</script>"
	for name, tt := range map[string]struct {
		address, method, host string
		status                int
	}{
		"no state":       {"http://" + u.Host + "/callback?code=stolen" + url.QueryEscape(evil), "GET", "", 400},
		"wrong state":    {"http://" + u.Host + "/callback?code=x&state=" + url.QueryEscape(evil), "GET", "", 400},
		"stop":           {"http://" + u.Host + "/callback?error=access_denied", "GET", "", 400},
		"another path":   {"http://" + u.Host + "/" + url.PathEscape(evil), "GET", "", 404},
		"another method": {good, "POST", "", 405},
		"another name":   {good, "GET", "evil.example", 421},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, tt.address, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = tt.host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body := readAll(resp)
		resp.Body.Close()
		if resp.StatusCode != tt.status || strings.Contains(body, "alert") || resp.Header.Get("Referrer-Policy") != "no-referrer" ||
			!strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %d %v %s", name, resp.StatusCode, resp.Header, body)
		}
	}
	select {
	case e := <-ended:
		t.Fatalf("a stranger ended it: %v", e.err)
	default:
	}
	resp, err := http.Get(good)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if e := <-ended; e.err != nil || e.r.Token.Access == "" {
		t.Errorf("the person: %v", e.err)
	}
}

// TestFlow_asksForWhatTheAccountNeeds: an organisation of LinkedIn has scopes of
// its own, and a person's own list goes before all.
func TestFlow_asksForWhatTheAccountNeeds(t *testing.T) {
	t.Parallel()
	for account, want := range map[string]string{"": "openid profile w_member_social", "urn:li:organization:7": "w_organization_social r_organization_social"} {
		f := newFake(t)
		x := f.flow(t, "linkedin")
		x.Account = account
		pages := make(chan string, 1)
		x.Show = func(page string) { pages <- page }
		x.Paste = func(context.Context) (string, error) {
			page := <-pages
			u, err := url.Parse(page)
			if err != nil || u.Query().Get("scope") != want {
				t.Errorf("%q: asks for %q, %v", account, u.Query().Get("scope"), err)
			}
			return f.landed(t, page), nil
		}
		if _, err := x.Run(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
