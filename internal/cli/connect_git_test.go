package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need/forge"
)

// TestConnect_git: a repository is tried as it is, a token is asked for only where
// git has nothing that is taken, and nothing is pushed.
func TestConnect_git(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "[platforms.site]\nkind = \"git\"\n")
	read, write := d.hunt.PlantPlain("read"), d.hunt.PlantPlain("write")
	f := forge.Serve(t, read, write)
	d.environ = append(d.environ, "PATH="+os.Getenv("PATH"), "GIT_CONFIG_GLOBAL="+f.Settings, "GIT_CONFIG_SYSTEM=/dev/null", "NO_PROXY=127.0.0.1")
	said := func(code int, in string, want string, args ...string) {
		t.Helper()
		got, out, errs := d.run(t, in, nil, args...)
		if got != code || !strings.Contains(out+errs, want) {
			t.Errorf("%v: %d, want %d and %q\n%s\n%s", args, got, code, want, out, errs)
		}
	}
	said(2, "", `hint: write server = "https://forge.example/you/site.git" below [platforms.site.connection]`, "connect", "site")
	said(0, "", "site  not connected: a person puts its posts there", "connect", "--list")

	at := func(connection string) {
		d.configure(t, "[platforms.site]\nkind = \"git\"\nconnection = "+connection+"\n")
	}
	at(`{ options = { repository = "` + filepath.Join(d.dir, "nothing") + `" } }`)
	said(1, "", "there is no repository "+filepath.Join(d.dir, "nothing"), "connect", "site")
	said(1, "", "site: git cannot push to it", "doctor", "--online")
	said(2, "", "leave --token-file out", "connect", "site", "--token-file", "-")
	at(`{ options = { repository = "https://awa:geheim@velo.example/x.git" } }`)
	if _, out, errs := d.run(t, "", nil, "connect", "site"); strings.Contains(out+errs, "geheim") || !strings.Contains(errs, "holds a password") {
		t.Errorf("%s\n%s", out, errs)
	}

	at(`{ options = { repository = "` + f.Dir + `" } }`)
	said(0, "", "site: "+f.Dir+" can be read and pushed to, with what this machine's git has itself", "connect", "site")
	said(0, "", "site  by this machine's own git, not live: nothing goes out", "connect", "--list")
	said(0, "", `"where": "machine"`, "connect", "--list", "--json")
	said(0, "", "site can be read and pushed to", "doctor", "--online")

	at(fmt.Sprintf("{ server = %q, account = \"velo\" }", f.URL))
	said(1, "", "site: git cannot push to it", "doctor", "--online")
	said(2, "", "no token was given", "connect", "site")
	said(1, read+"\n", "can be read, and not pushed to", "connect", "site", "--token-file", "-")
	said(1, "wrong\n", "does not take the token", "connect", "site")
	if _, err := os.Stat(filepath.Join(d.dir, "office", ".editorial", "secrets.age")); err == nil {
		t.Error("a token that is refused was kept")
	}
	said(0, write+"\n", "site is connected as velo; the secret is encrypted", "connect", "site")
	said(0, "", "can be read and pushed to, with the token that is there already", "connect", "site")
	said(0, "", "site can be read and pushed to", "doctor", "--online")
	d.environ = append(d.environ, "LANG=fr_FR.UTF-8")
	said(0, "", "se lit, et on peut y pousser, avec le jeton qui est déjà là.", "connect", "site")
	if refs, err := os.ReadDir(filepath.Join(f.Dir, "refs", "heads")); err != nil || len(refs) > 0 {
		t.Errorf("%v %v: something was pushed", refs, err)
	}
}
