package gitsite

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"editorial/internal/need"
	"editorial/pkg/publish/platform"
)

// held is a token that does not change.
type held struct{ token platform.Token }

func (h held) Token(context.Context) (platform.Token, error) { return h.token, nil }

func (h held) Renew(context.Context, platform.Token, func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return h.token, nil
}

func TestRun_takesTheTokenToNoOtherHost(t *testing.T) {
	need.Program(t, "git")
	var asked, strange atomic.Int32
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		strange.Add(1)
		t.Errorf("the other host was asked for %s with %q", r.URL, r.Header.Get("Authorization"))
		http.NotFound(w, r)
	}))
	defer other.Close()
	home := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, secret, ok := r.BasicAuth(); !ok || secret != "s3cret" {
			t.Errorf("our host was shown %q", r.Header.Get("Authorization"))
		}
		asked.Add(1)
		http.Redirect(w, r, other.URL+r.URL.String(), http.StatusFound)
	}))
	defer home.Close()
	settings := filepath.Join(t.TempDir(), "gitconfig")
	address := home.URL + "/site.git"
	// Whoever runs us follows redirects, of this address above all.
	if err := os.WriteFile(settings, []byte("[http]\n\tsslVerify = false\n\tfollowRedirects = true\n[http \""+address+"\"]\n\tfollowRedirects = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	account := platform.Account{Server: address, Credentials: held{platform.Token{Access: "s3cret"}}, Options: map[string]string{"branch": "main"}}
	p, err := New(account, filepath.Join(t.TempDir(), "own"), append(os.Environ(), "GIT_CONFIG_GLOBAL="+settings, "GIT_CONFIG_NOSYSTEM=1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Check(t.Context()); err == nil {
		t.Error("a repository that is elsewhere was read")
	}
	if asked.Load() == 0 || strange.Load() > 0 {
		t.Errorf("%d and %d requests", asked.Load(), strange.Load())
	}
}
