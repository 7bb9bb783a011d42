package connect_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fake stands for the servers of all platforms: it keeps apps, codes and tokens
// as they do, and refuses what they refuse.
type fake struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	apps   map[string]fakeApp
	codes  map[string]fakeCode
	tokens map[string]string // token: what it is
	n      int
	// deny makes the person say no.
	deny bool
	// log are the requests that programs made, with their bodies.
	log []string
}

type fakeApp struct {
	secret    string
	redirects []string
	pkce      bool
	basic     bool
	comma     bool
}

type fakeCode struct {
	client, redirect, challenge string
	scopes                      string
	comma                       bool
}

func newFake(t *testing.T) *fake {
	f := &fake{t: t, apps: map[string]fakeApp{}, codes: map[string]fakeCode{}, tokens: map[string]string{}}
	mux := http.NewServeMux()
	for _, path := range []string{"/i/oauth2/authorize", "/o/oauth2/v2/auth", "/v25.0/dialog/oauth", "/oauth/authorize", "/oauth/v2/authorization"} {
		mux.HandleFunc("GET "+path, f.authorize)
	}
	for _, path := range []string{"/2/oauth2/token", "/token", "/oauth/access_token", "/oauth/token", "/oauth/v2/accessToken", "/v25.0/oauth/access_token"} {
		mux.HandleFunc("POST "+path, f.exchange)
	}
	mux.HandleFunc("GET /v25.0/oauth/access_token", f.lengthen)
	mux.HandleFunc("GET /access_token", f.lengthen)
	mux.HandleFunc("GET /v25.0/me/accounts", f.pages)
	mux.HandleFunc("POST /api/v1/apps", f.register)
	mux.HandleFunc("GET /api/v1/accounts/verify_credentials", f.verify)
	mux.HandleFunc("GET /v2/userinfo", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer short-") {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"sub":"Ab-1","name":"A B"}`)
	})
	mux.HandleFunc("POST /services/oauth/request_token", f.requestToken)
	mux.HandleFunc("GET /services/oauth/authorize", f.authorize1)
	mux.HandleFunc("POST /services/oauth/access_token", f.accessToken1)
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// client sends every request to the fake, whatever host it names, as the guarded
// client would: without following redirects.
func (f *fake) client() *http.Client {
	return &http.Client{Transport: toFake{f}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

type toFake struct{ f *fake }

func (x toFake) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", x.f.Listener.Addr().String()
	return http.DefaultTransport.RoundTrip(r)
}

// browser is the person: it opens the page, and goes where it leads.
func (f *fake) browser(page string) (status int, body string, err error) {
	c := &http.Client{Transport: browserTransport{f}}
	resp, err := c.Get(page)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	var b strings.Builder
	_, err = fmt.Fprint(&b, readAll(resp))
	return resp.StatusCode, b.String(), err
}

// browserTransport sends what is not for this machine to the fake.
type browserTransport struct{ f *fake }

func (x browserTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Hostname() == "127.0.0.1" {
		return http.DefaultTransport.RoundTrip(r)
	}
	return toFake(x).RoundTrip(r)
}

func (f *fake) next(kind string) string {
	f.n++
	return fmt.Sprintf("%s-s3cr3t-%d", kind, f.n)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": code, "error_description": "sent: all your s3cr3ts"})
}

func (f *fake) authorize(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	app, ok := f.apps[q.Get("client_id")]
	switch {
	case !ok, q.Get("response_type") != "code", q.Get("state") == "", len(q.Get("state")) < 32:
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	case !slices.Contains(app.redirects, q.Get("redirect_uri")) && !slices.Contains(app.redirects, "loopback"):
		http.Error(w, "redirect_uri is not registered", http.StatusBadRequest)
		return
	case app.pkce && (q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == ""):
		http.Error(w, "PKCE is required", http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {q.Get("state")}}
	if f.deny {
		back.Set("error", "access_denied")
		back.Set("error_description", "the \x1b[31mperson said <b>no</b>")
	} else {
		code := f.next("code")
		f.codes[code] = fakeCode{q.Get("client_id"), q.Get("redirect_uri"), q.Get("code_challenge"), q.Get("scope"), app.comma}
		back.Set("code", code)
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (f *fake) exchange(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = r.ParseForm()
	f.log = append(f.log, r.URL.String())
	code, ok := f.codes[r.PostForm.Get("code")]
	delete(f.codes, r.PostForm.Get("code")) // good once
	app := f.apps[code.client]
	id, pass := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if app.basic {
		user, p, has := r.BasicAuth()
		if !has || user != id {
			refuse(w, http.StatusUnauthorized, "invalid_client")
			return
		}
		pass = p
	}
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	switch {
	case !ok, r.PostForm.Get("grant_type") != "authorization_code", r.PostForm.Get("redirect_uri") != code.redirect:
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	case id != code.client, pass != app.secret:
		refuse(w, http.StatusUnauthorized, "invalid_client")
		return
	case code.challenge != "" && base64.RawURLEncoding.EncodeToString(sum[:]) != code.challenge:
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	token := f.next("short")
	f.tokens[token] = "short"
	answer := map[string]any{"access_token": token, "token_type": "bearer", "expires_in": 7200, "scope": code.scopes}
	switch {
	case strings.HasPrefix(r.URL.Path, "/2/"), r.URL.Path == "/token":
		answer["refresh_token"] = f.next("refresh")
	case r.URL.Path == "/oauth/access_token":
		answer["user_id"] = json.Number("17841400000000001")
	case r.URL.Path == "/oauth/v2/accessToken":
		answer["expires_in"], answer["refresh_token"], answer["refresh_token_expires_in"] = "5184000", f.next("refresh"), 31536000
	case r.URL.Path == "/oauth/token":
		delete(answer, "expires_in") // Mastodon's do not end
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (f *fake) lengthen(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	grant := q.Get("grant_type")
	given := q.Get("access_token")
	if grant == "fb_exchange_token" {
		given = q.Get("fb_exchange_token")
	}
	if f.tokens[given] != "short" || q.Get("client_secret") != "app-s3cr3t" || !slices.Contains([]string{"fb_exchange_token", "ig_exchange_token", "th_exchange_token"}, grant) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":{"message":"bad %s","type":"OAuthException","code":190}}`, given)
		return
	}
	token := f.next("long")
	f.tokens[token] = "long"
	fmt.Fprintf(w, `{"access_token":%q,"token_type":"bearer","expires_in":5183944}`, token)
}

func (f *fake) pages(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if f.tokens[token] != "long" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	fmt.Fprint(w, `{"data":[{"id":"101","name":"Library","access_token":"page-s3cr3t-101"},{"id":"102","name":"Museum","access_token":"page-s3cr3t-102"}]}`)
}

func (f *fake) register(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = r.ParseForm()
	if r.PostForm.Get("client_name") == "" || r.PostForm.Get("redirect_uris") == "" {
		refuse(w, http.StatusUnprocessableEntity, "Validation failed")
		return
	}
	id, pass := f.next("client"), f.next("app")
	f.apps[id] = fakeApp{secret: pass, redirects: []string{r.PostForm.Get("redirect_uris")}, pkce: true}
	_ = json.NewEncoder(w).Encode(map[string]string{"client_id": id, "client_secret": pass})
}

func (f *fake) verify(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] == "" {
		refuse(w, http.StatusUnauthorized, "The access token is invalid")
		return
	}
	fmt.Fprint(w, `{"acct":"library"}`)
}

// signed checks the signature of OAuth 1.0a by hand (RFC 5849, section 3.4).
func (f *fake) signed(r *http.Request, tokenSecret string) map[string]string {
	params := map[string]string{}
	for part := range strings.SplitSeq(strings.TrimPrefix(r.Header.Get("Authorization"), "OAuth "), ",") {
		k, v, _ := strings.Cut(strings.TrimSpace(part), "=")
		params[k], _ = url.PathUnescape(strings.Trim(v, `"`))
	}
	var names []string
	for k := range params {
		if k != "oauth_signature" {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	var pairs []string
	esc := func(s string) string {
		return strings.NewReplacer("+", "%20", "%7E", "~", "*", "%2A").Replace(url.QueryEscape(s))
	}
	for _, k := range names {
		pairs = append(pairs, esc(k)+"="+esc(params[k]))
	}
	base := "POST&" + esc("https://www.flickr.com"+r.URL.Path) + "&" + esc(strings.Join(pairs, "&"))
	mac := hmac.New(sha1.New, []byte("app-s3cr3t&"+tokenSecret))
	mac.Write([]byte(base))
	if params["oauth_signature"] != base64.StdEncoding.EncodeToString(mac.Sum(nil)) || params["oauth_consumer_key"] != "app" {
		return nil
	}
	return params
}

func (f *fake) requestToken(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.signed(r, "")
	if p == nil {
		http.Error(w, "oauth_problem=signature_invalid&debug=app-s3cr3t", http.StatusUnauthorized)
		return
	}
	f.codes["request-1"] = fakeCode{redirect: p["oauth_callback"]}
	fmt.Fprint(w, "oauth_callback_confirmed=true&oauth_token=request-1&oauth_token_secret=request-s3cr3t")
}

func (f *fake) authorize1(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	code, ok := f.codes[r.URL.Query().Get("oauth_token")]
	if !ok || r.URL.Query().Get("perms") != "write" {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, code.redirect+"?oauth_token=request-1&oauth_verifier=verifier-1", http.StatusFound)
}

func (f *fake) accessToken1(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.signed(r, "request-s3cr3t")
	if p == nil || p["oauth_token"] != "request-1" || p["oauth_verifier"] != "verifier-1" {
		http.Error(w, "oauth_problem=token_rejected", http.StatusUnauthorized)
		return
	}
	fmt.Fprint(w, "fullname=A%20B&oauth_token=flickr-token&oauth_token_secret=flickr-s3cr3t&user_nsid=1%40N01&username=ab")
}
