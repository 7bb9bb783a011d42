package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"editorial/internal/cli"
	"editorial/internal/need/leak"
)

// mastodon is a server that registers apps and gives tokens for codes.
type mastodon struct {
	*httptest.Server
	mu    sync.Mutex
	hunt  *leak.Hunt
	codes map[string]string // code: where it goes
	app   string
	// rude puts all that it was sent into its answers.
	rude  bool
	asked int // of what echo answers
}

func newMastodon(t *testing.T, h *leak.Hunt) *mastodon {
	m := &mastodon{hunt: h, codes: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/apps", func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.app = r.PostFormValue("redirect_uris")
		fmt.Fprintf(w, `{"client_id":"app","client_secret":%q}`, m.hunt.PlantPlain("app"))
	})
	mux.HandleFunc("GET /oauth/authorize", func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		defer m.mu.Unlock()
		q := r.URL.Query()
		if q.Get("redirect_uri") != m.app || q.Get("code_challenge_method") != "S256" {
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		code := m.hunt.PlantPlain("code")
		m.codes[code] = m.app
		http.Redirect(w, r, m.app+"?code="+code+"&state="+q.Get("state"), http.StatusFound)
	})
	mux.HandleFunc("POST /oauth/token", func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		defer m.mu.Unlock()
		_ = r.ParseForm()
		if m.rude {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant", "error_description": r.PostForm.Encode()})
			return
		}
		if m.codes[r.PostForm.Get("code")] != r.PostForm.Get("redirect_uri") {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		fmt.Fprintf(w, `{"access_token":%q,"scope":"read write:statuses"}`, m.hunt.PlantPlain("access"))
	})
	mux.HandleFunc("GET /api/v1/accounts/verify_credentials", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"acct":"library"}`)
	})
	mux.HandleFunc("/", m.echo)
	m.Server = httptest.NewServer(mux)
	t.Cleanup(m.Close)
	return m
}

// become makes it rude, or polite again.
func (m *mastodon) become(rude bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rude = rude
}

// echo answers everything else with all that it was sent, in every manner of
// failing.
func (m *mastodon) echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	m.mu.Lock()
	if !m.rude {
		m.mu.Unlock()
		http.NotFound(w, r)
		return
	}
	m.asked++
	manners := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusOK, http.StatusFound}
	status := manners[m.asked%len(manners)]
	m.mu.Unlock()
	w.Header().Set("Location", "/"+r.Header.Get("Authorization"))
	w.Header().Set("X-Request-Id", r.Header.Get("Authorization"))
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{
		"error": r.Header.Get("Authorization") + " " + string(body), "error_description": r.Header.Get("Authorization"),
		"id": r.Header.Get("Authorization"), "url": "https://social.example/" + r.Header.Get("Authorization"), "uri": r.Header.Get("Authorization"),
	})
}

// desk is an office at whose terminal a person sits.
type desk struct {
	dir     string
	environ []string
	hunt    *leak.Hunt
	// clock is the present; nil is always the same.
	clock func() time.Time
}

func newDesk(t *testing.T, config string) desk {
	t.Helper()
	d := desk{dir: t.TempDir(), hunt: &leak.Hunt{}}
	d.environ = []string{"XDG_CONFIG_HOME=" + filepath.Join(d.dir, "home"), "LANG=C.UTF-8", "BROWSER=true", "HTTPS_PROXY=http://127.0.0.1:1"} // nobody outside is asked
	if err := os.MkdirAll(filepath.Join(d.dir, "office", "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.configure(t, config)
	return d
}

func (d desk) configure(t *testing.T, config string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, "office", "config.toml"), []byte("[site]\ntitle = \"T\"\nurl = \"https://shelf.lib.uk/\"\n"+config), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a command; at hears what it says on stderr as it is said.
func (d desk) run(t *testing.T, in string, at func(string), args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	now := d.clock
	if now == nil {
		now = func() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) }
	}
	code = cli.Main(t.Context(), cli.Env{
		Args: append([]string{"-C", filepath.Join(d.dir, "office")}, args...), In: strings.NewReader(in), Out: &stdout,
		Err: hears{&stderr, at}, Environ: d.environ, Now: now,
	})
	d.hunt.Text(t, "stdout of "+strings.Join(args, " "), stdout.Bytes())
	d.hunt.Text(t, "stderr of "+strings.Join(args, " "), stderr.Bytes())
	return code, stdout.String(), stderr.String()
}

type hears struct {
	to io.Writer
	at func(string)
}

func (h hears) Write(p []byte) (int, error) {
	if h.at != nil {
		h.at(string(p))
	}
	return h.to.Write(p)
}

// allow is a person who opens the page that is printed, and allows it.
func allow(t *testing.T) func(string) {
	address := regexp.MustCompile(`(?m)^  (http://\S+)$`)
	return func(said string) {
		if m := address.FindStringSubmatch(said); m != nil {
			go func() {
				resp, err := http.Get(m[1])
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					t.Errorf("the page of %s answers %s", m[1], resp.Status)
				}
			}()
		}
	}
}

// TestConnect_session: a Mastodon account through the browser, an app password
// that is typed, what is known of both, and what is left of them afterwards.
func TestConnect_session(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	m := newMastodon(t, d.hunt)
	d.configure(t, fmt.Sprintf(`
[platforms.toots]
kind = "mastodon"
connection = { server = %q }
[platforms.sky]
kind = "bluesky"
connection = { account = "library.example" }
[platforms.x]
[platforms.blog]
`, m.URL))
	if code, out, errs := d.run(t, "", allow(t), "connect", "toots"); code != 0 || !strings.Contains(out, "toots is connected as library; the secret is encrypted in .editorial/secrets.age, which "+filepath.Join(d.dir, "home")) {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	password := d.hunt.PlantPlain("apppassword")
	if code, out, errs := d.run(t, password+"\nmore\n", nil, "connect", "sky"); code != 0 || !strings.Contains(out, "sky is connected as library.example;") {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	_, out, _ := d.run(t, "", nil, "connect", "--list")
	if want := "2 of 3 platforms are connected\n✓ sky    library.example, in .editorial/secrets.age, not live: nothing goes out\n✓ toots  library, in .editorial/secrets.age, not live: nothing goes out, lacks write:media\n· x      not connected: a person puts its posts there\n"; out != want {
		t.Errorf("got:\n%s", out)
	}
	_, out, _ = d.run(t, "", nil, "connect", "--list", "--json")
	var doc struct {
		Connections []struct {
			Platform, Where string
			Connected       bool
			Missing         []string `json:"missing_scopes"`
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Connections) != 3 || !doc.Connections[1].Connected || doc.Connections[1].Where != "file" ||
		len(doc.Connections[1].Missing) != 1 {
		t.Errorf("%v\n%s", err, out)
	}
	if _, out, _ = d.run(t, "", nil, "doctor"); !strings.Contains(out, "sky: connected as library.example") || !strings.Contains(out, "toots: what it was not allowed: write:media") {
		t.Errorf("doctor:\n%s", out)
	}
	d.hunt.Folder(t, d.dir)
	if code, out, _ := d.run(t, "", nil, "disconnect", "toots"); code != 0 || !strings.Contains(out, "forgotten") {
		t.Errorf("disconnect: %d\n%s", code, out)
	}
	if _, out, _ := d.run(t, "", nil, "disconnect", "toots"); !strings.Contains(out, "was not connected") {
		t.Errorf("disconnect twice:\n%s", out)
	}
	if _, out, _ = d.run(t, "", nil, "connect", "--list"); !strings.Contains(out, "1 of 3") {
		t.Errorf("got:\n%s", out)
	}
}

func TestConnect_withoutABrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	m := newMastodon(t, d.hunt)
	d.configure(t, fmt.Sprintf("[platforms.mastodon]\nconnection = { server = %q }\n", m.URL))
	read, write := io.Pipe()
	address := regexp.MustCompile(`(?m)^  (http://\S+)$`)
	person := func(said string) {
		if m := address.FindStringSubmatch(said); m != nil {
			go func() {
				c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
				resp, err := c.Get(m[1])
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
				fmt.Fprintln(write, resp.Header.Get("Location"))
			}()
		}
	}
	var out, errs bytes.Buffer
	code := cli.Main(t.Context(), cli.Env{
		Args: []string{"-C", filepath.Join(d.dir, "office"), "connect", "mastodon", "--no-browser"}, In: read, Out: &out, Err: hears{&errs, person},
		Environ: d.environ, Now: time.Now,
	})
	if code != 0 || !strings.Contains(out.String(), "mastodon is connected as library") {
		t.Errorf("%d\n%s\n%s", code, out.String(), errs.String())
	}
}

func TestConnect_whatCanGoWrong(t *testing.T) {
	t.Parallel()
	d := newDesk(t, `
[platforms.mastodon]
[platforms.bluesky]
[platforms.telegram]
connection = { account = "@library" }
[platforms.x]
[platforms.threads]
connection = { client_id = "1" }
[platforms.blog]
[platforms.far]
kind = "mastodon"
connection = { server = "https://social.invalid" }
`)
	d.environ = append(d.environ, "EDITORIAL_PLATFORMS_FAR_CONNECTION_ACCOUNT=me")
	for _, tt := range []struct {
		args []string
		in   string
		code int
		want string
	}{
		{[]string{"connect"}, "", 2, "name one platform"},
		{[]string{"connect", "twitter"}, "", 2, "config.toml has no platform \"twitter\""},
		{[]string{"connect", "blog"}, "", 2, "has no account to connect"},
		{[]string{"connect", "mastodon"}, "", 1, "no server is named"},
		{[]string{"connect", "bluesky"}, "hello", 1, "no account is named"},
		{[]string{"connect", "telegram"}, "\n", 2, "no token was given"},
		{[]string{"connect", "telegram", "--token-file", "/nowhere/at/all"}, "", 1, "no such file"},
		{[]string{"connect", "x"}, "", 1, "with the redirect address http://127.0.0.1:8484/callback"},
		{[]string{"connect", "threads"}, "", 1, "an address of the web only"},
		{[]string{"connect", "far"}, "", 1, "could not be asked"},
		{[]string{"disconnect"}, "", 2, "disconnect PLATFORM"},
		{[]string{"disconnect", "blog"}, "", 2, "has no account to connect"},
	} {
		code, out, errs := d.run(t, tt.in, nil, tt.args...)
		if code != tt.code || !strings.Contains(errs, tt.want) || out != "" {
			t.Errorf("%v: %d\n%s\n%s", tt.args, code, out, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(d.dir, "office", ".editorial", "secrets.age")); err == nil {
		t.Error("something was kept")
	}
	d.environ = append(d.environ, "EDITORIAL_SECRETS=keyring")
	if code, _, errs := d.run(t, "token", nil, "connect", "telegram"); code != 2 || !strings.Contains(errs, "there is none here") {
		t.Errorf("no keyring: %d\n%s", code, errs)
	}
}

// TestSecrets_neverAppear: secrets in the environment, in files, in config.toml
// and in the vault; and no command, whatever goes wrong, prints or writes one.
func TestSecrets_neverAppear(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	m := newMastodon(t, d.hunt)
	d.configure(t, "[platforms.telegram]\nconnection = { account = \"a\" }\n")
	if code, _, errs := d.run(t, "123456:"+d.hunt.PlantPlain("typed"), nil, "connect", "telegram"); code != 0 { // and an identity, open: trying a passphrase takes long
		t.Fatal(errs)
	}
	file := filepath.Join(d.dir, "token")
	if err := os.WriteFile(file, []byte(d.hunt.Plant("file")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	quoted := func(s string) string { return "'''" + s + "'''" }
	d.configure(t, fmt.Sprintf(`
[platforms.mastodon]
connection = { server = %q }
[platforms.bluesky]
connection = { account = "a" }
[platforms.wordpress]
connection = { server = %q, account = "a" }
[platforms.x]
connection = { client_id = "id", client_secret = %s }
[platforms.flickr]
connection = { tokn = %s }
`, m.URL, m.URL, quoted(d.hunt.Plant("infile")), `"misspelt"`))
	d.environ = append(d.environ,
		"EDITORIAL_PLATFORMS_BLUESKY_CONNECTION_PASSWORD="+d.hunt.Plant("environment"),
		"EDITORIAL_PLATFORMS_WORDPRESS_CONNECTION_PASSWORD_FILE="+file,
		"EDITORIAL_PLATFORMS_MASTODON_CONECTION_TOKEN="+d.hunt.Plant("misnamed"), // a name that is misspelt
		"EDITORIAL_IDENTITY_PASSPHRASE="+d.hunt.PlantPlain("passphrase"),
		"HTTPS_PROXY=http://user:"+d.hunt.PlantPlain("proxy")+"@127.0.0.1:1",
	)
	commands := func() {
		t.Helper()
		for _, args := range [][]string{
			{}, {"config", "show"}, {"config", "show", "--json"}, {"config", "show", "platforms.x"}, {"check"}, {"check", "--json"}, {"doctor"}, {"doctor", "--json"},
			{"doctor", "--online"}, {"connect", "--list"}, {"connect", "--list", "--json"}, {"connect", "bluesky"}, {"plan"}, {"build"}, {"list", "--json"},
			{"--set", "platforms.x.connection.token=" + d.hunt.PlantPlain("flag"), "config", "show"},
			{"connect", "nowhere", "--token-file", file}, {"disconnect", "wordpress"},
		} {
			d.run(t, "", nil, args...)
		}
	}
	commands() // with a configuration that is broken
	d.configure(t, fmt.Sprintf("[platforms.mastodon]\nconnection = { server = %q }\n[platforms.bluesky]\nconnection = { account = \"a\" }\n[platforms.wordpress]\nconnection = { server = %q, account = \"a\" }\n", m.URL, m.URL))
	m.become(true)
	if code, _, errs := d.run(t, "", allow(t), "connect", "mastodon"); code != 1 || !strings.Contains(errs, "invalid_grant") {
		t.Errorf("a rude server: %d\n%s", code, errs)
	}
	m.become(false)
	if code, _, errs := d.run(t, "", allow(t), "connect", "mastodon"); code != 0 {
		t.Errorf("%d\n%s", code, errs)
	}
	commands()
	d.hunt.Folder(t, d.dir, "token")
	d.hunt.Text(t, "the environment of this test", []byte(strings.Join(os.Environ(), "\n")))
}

// TestSecrets_neverAppearInADelivery: posts go out on a server that sends back the
// token it was given, in errors, ids and addresses; and neither the screens, nor
// the database with its journal, nor a backup, nor the log of the worker has it.
func TestSecrets_neverAppearInADelivery(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	m := newMastodon(t, d.hunt)
	var seconds atomic.Int64 // whoever waits for an instant finds it past
	d.clock = func() time.Time {
		return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(seconds.Add(25)) * time.Second)
	}
	// An account for every manner of failing, since one waits between its posts.
	names := []string{"toots", "p1", "p2", "p3", "p4", "p5", "p6"}
	var config, calendar strings.Builder
	for n, name := range names {
		if n > 0 {
			d.environ = append(d.environ, "EDITORIAL_PLATFORMS_"+strings.ToUpper(name)+"_CONNECTION_TOKEN="+d.hunt.Plant(name))
		}
		fmt.Fprintf(&config, "[platforms.%s]\nkind = \"mastodon\"\nlive = true\nconnection = { server = %q }\n", name, m.URL)
		fmt.Fprintf(&calendar, "2026-12-01T08:30 %s post-1#%s#1\n", name, name)
	}
	d.configure(t, config.String())
	if code, _, errs := d.run(t, "", allow(t), "connect", "toots"); code != 0 {
		t.Fatal(errs)
	}
	m.become(true)
	text := "---\nid: post-1\ntitle: \"Post 1\"\nslug: post-1\nstage: ready\nplatforms: [" + strings.Join(names, ", ") + "]\n---\n\nText.\n"
	if err := os.WriteFile(filepath.Join(d.dir, "office", "content", "post-1.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, "office", "calendar.txt"), []byte(calendar.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"publish", "--dry-run"}, {"publish", "--dry-run", "--json"}, {"publish"}, {"publish", "--json"}, {"status"}, {"status", "--json"}, {"deliveries"},
		{"deliveries", "--json"}, {"reconcile"}, {"retry", "post-1"}, {"publish", "post-1"}, {"status", "--json"}, {"deliveries", "--json"}, {"doctor", "--online"},
		{"doctor", "--online", "--json"}, {"backup", filepath.Join(d.dir, "backup")}, {"freeze", "--reason", "test"}, {"status"},
	} {
		d.run(t, "", nil, args...)
	}
	m.mu.Lock()
	asked := m.asked
	m.mu.Unlock()
	if asked == 0 {
		t.Error("nothing was sent: the test looks in the wrong place")
	}
	if _, out, _ := d.run(t, "", nil, "deliveries"); strings.Count(out, "Post 1") < len(names) {
		t.Errorf("the deliveries are not there:\n%s", out)
	}
	d.hunt.Folder(t, d.dir)
}
