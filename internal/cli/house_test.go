package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"editorial/internal/courier"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// TestCheckAccounts: of the live accounts each is asked at its platform, and what
// somebody must see to has its sentence and its command.
func TestCheckAccounts(t *testing.T) {
	t.Parallel()
	status := http.StatusUnauthorized
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, `{"id":"1","acct":"velo","error":"revoked"}`)
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	config := fmt.Sprintf(`site = { title = "V", url = "https://v.example/" }
[platforms.toots]
kind = "mastodon"
live = true
connection = { server = %q, token = "t" }
[platforms.asleep]
kind = "mastodon"
connection = { server = %q, token = "t" }
[platforms.x]
live = true
connection = { account = "v" }
`, server.URL, server.URL)
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{dir: dir, words: words.New(words.English), redact: &secret.Redactor{}, Env: Env{
		Now:     func() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) },
		Environ: []string{"EDITORIAL_SECRETS=file", "XDG_CONFIG_HOME=" + dir},
	}}
	ask := func() (got []string) {
		t.Helper()
		all, err := a.checkAccounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			line := c.Platform
			for _, n := range c.Found {
				n.Subject = c.Platform
				_, command, _ := a.sayNotice(n)
				line += " " + n.Code + " → " + command
			}
			if c.Unasked != nil {
				line += " unasked"
			}
			got = append(got, line)
		}
		return got
	}
	awaited := "x connection-awaited → editorial -C " + dir + " connect x"
	if got := ask(); !slices.Equal(got, []string{"toots connection-refused-given → ", awaited}) {
		t.Errorf("%q", got)
	}
	status = http.StatusOK
	if got := ask(); !slices.Equal(got, []string{"toots", awaited}) {
		t.Errorf("%q", got)
	}
	status = http.StatusBadGateway
	if got := ask(); !slices.Equal(got, []string{"toots unasked", awaited}) {
		t.Errorf("%q", got)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := a.checkAccounts(ctx); err == nil {
		t.Error("cut short, and it knows")
	}
}

// TestFetchFeed_whichAndHow: the feed of a site that the office makes itself, on the
// web, by a line that reaches nobody within.
func TestFetchFeed_whichAndHow(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		"[site]\nurl = 'https://10.0.0.1/'\n[platforms.blog]\n":                                                  "https://10.0.0.1/feed.xml private-address",
		"[site]\nurl = 'https://10.0.0.1/x/'\n[platforms.a]\nkind = 'blog'\n":                                    "https://10.0.0.1/x/feed.xml private-address",
		"[site]\nurl = 'http://v.example/'\n[platforms.blog]\n":                                                  "",
		"[site]\nurl = 'https://10.0.0.1/'\n[platforms.blog]\n[delivery]\nwatch_feed = false\n":                  "",
		"[site]\nurl = 'https://10.0.0.1/'\n[platforms.x]\n":                                                     "",
		"[site]\nurl = 'https://10.0.0.1/'\npages = false\n[platforms.blog]\n":                                   "",
		"[site]\nurl = 'https://10.0.0.1/'\n[platforms.blog]\nconnection = { server = 'https://wp.example/' }\n": "",
		"[site]\nurl = 'https://localhost/'\n[platforms.blog]\n":                                                 "",
		"[site]\n[platforms.blog]\n":                                                                             "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		a := &app{dir: dir, words: words.New(words.English), redact: &secret.Redactor{}, Env: Env{Now: time.Now, Environ: []string{"EDITORIAL_SECRETS=file", "XDG_CONFIG_HOME=" + dir}}}
		got, err := a.fetchFeed(t.Context(), courier.Fetched{})
		text := got.Address
		if err != nil {
			text += " " + platform.As(err).Code
		}
		if text != want {
			t.Errorf("%s: %q (%v), want %q", config, text, err, want)
		}
	}
}
