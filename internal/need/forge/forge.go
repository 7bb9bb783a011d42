// Package forge is a forge of git, in tests: a repository that everybody reads
// over https, and to which a token pushes.
package forge

import (
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
)

// Forge serves one empty, bare repository. Its tokens stand for any name.
type Forge struct {
	// Dir is the repository, URL its address.
	Dir, URL string
	// Settings are those with which git trusts the forge: GIT_CONFIG_GLOBAL.
	Settings string
}

// Serve begins a forge at which the token write may push, and the token read may
// not; it ends with the test. The test needs git.
func Serve(t testing.TB, read, write string, initArgs ...string) Forge {
	t.Helper()
	need.Program(t, "git")
	program, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	f := Forge{Dir: filepath.Join(root, "site.git"), Settings: filepath.Join(root, "gitconfig")}
	if err := os.WriteFile(f.Settings, []byte("[http]\n\tsslVerify = false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{append(append([]string{"init", "-q", "--bare", "-b", "main"}, initArgs...), f.Dir), {"--git-dir", f.Dir, "config", "http.receivepack", "true"}} {
		cmd := exec.Command(program, args...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v: %s", args, err, out)
		}
	}
	backend := &cgi.Handler{Path: program, Args: []string{"http-backend"}, Env: []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_GLOBAL=/dev/null"}}
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		_, token, _ := q.BasicAuth()
		pushes := strings.HasSuffix(q.URL.Path, "git-receive-pack") || strings.HasSuffix(q.URL.RawQuery, "git-receive-pack")
		switch {
		case pushes && token == read:
			http.Error(w, "no", http.StatusForbidden)
		case pushes && token != write:
			w.Header().Set("WWW-Authenticate", "Basic")
			http.Error(w, "who?", http.StatusUnauthorized)
		default:
			backend.ServeHTTP(w, q)
		}
	}))
	t.Cleanup(s.Close)
	f.URL = s.URL + "/site.git"
	return f
}
