package gitsite

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need/forge"
	"editorial/pkg/publish/platform"
)

// TestCheck_rehearsesAPush: who may read and not write is told so, and nothing
// is sent.
func TestCheck_rehearsesAPush(t *testing.T) {
	t.Parallel()
	for _, empty := range []bool{true, false} {
		f := forge.Serve(t, "reads", "s3cret")
		r := remote{t, f.Dir}
		if !empty {
			r.begin("README.md", "theirs\n")
		}
		for token, want := range map[platform.Hidden]struct {
			class platform.Class
			code  string
		}{
			"":       {platform.Auth, "authentication"},
			"wrong":  {platform.Auth, "authentication"},
			"reads":  {platform.Permission, "read-only"},
			"s3cret": {},
		} {
			a := platform.Account{Server: f.URL, Credentials: held{platform.Token{Access: token}}}
			p, err := New(a, filepath.Join(t.TempDir(), "own"), append(os.Environ(), "GIT_CONFIG_GLOBAL="+f.Settings, "GIT_CONFIG_SYSTEM=/dev/null"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = p.Check(t.Context())
			switch e := platform.As(err); {
			case want.class == "" && err == nil:
			case err == nil, e.Class != want.class, e.Code != want.code, token != "" && strings.Contains(e.Error(), string(token)):
				t.Errorf("%q: %v, want %s %s", token.Reveal(), err, want.class, want.code)
			}
		}
		if refs := r.git("for-each-ref", "--format=%(refname)"); empty && refs != "" || !empty && refs != "refs/heads/main\n" {
			t.Errorf("the check left %q", refs)
		}
	}
}

func TestCheck_sha256(t *testing.T) {
	t.Parallel()
	r := newRemote(t, "--object-format=sha256")
	r.begin("README.md", "theirs\n")
	p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
	if _, err := p.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestUnwritable: what forges say (GitHub, GitLab, Gitea, git-http-backend) of a
// key that reads alone, and of a line that is cut.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	failed := exec.Command("false").Run()
	for said, want := range map[string]platform.Class{
		"ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.": platform.Permission,
		"ERROR: Permission to velo/site.git denied to awa.\nfatal: Could not read from remote repository.":                        platform.Permission,
		"remote: You are not allowed to push code to this project.\nfatal: unable to access":                                      platform.Permission,
		"fatal: unable to access 'https://forge.example/': The requested URL returned error: 403":                                 platform.Permission,
		"git@forge.example: Permission denied (publickey).":                                                                       platform.Auth,
		"fatal: the remote end hung up unexpectedly":                                                                              platform.Temporary,
	} {
		if got := platform.ClassOf(unwritable([]byte(said), failed)); got != want {
			t.Errorf("%s: %s, want %s", said, got, want)
		}
	}
}
