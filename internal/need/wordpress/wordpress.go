// Package wordpress runs a real WordPress for tests: Debian's, with a MariaDB
// of its own behind a socket and PHP's own web server, on this machine alone.
package wordpress

import (
	"bytes"
	"embed"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
)

//go:embed *.php
var scripts embed.FS

// code is where Debian has the program.
const code = "/usr/share/wordpress"

// patience is how long a server may take until it answers.
const patience = time.Minute

// Site is a WordPress that runs.
type Site struct {
	URL string
	// Passwords are the application passwords of "admin", "author" and
	// "contributor".
	Passwords map[string]string
	dir       string
}

// SQL changes the database behind its back: to let time pass, say.
func (s Site) SQL(t testing.TB, statement string) {
	t.Helper()
	client := need.Program(t, "mariadb", "mysql")
	if out, err := exec.Command(client, "--no-defaults", "-S", filepath.Join(s.dir, "db/s"), "wp", "-e", statement).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// Start installs and starts one; it ends with the test.
func Start(t testing.TB) Site {
	t.Helper()
	php, mariadbd := need.Program(t, "php"), need.Program(t, "mariadbd", "/usr/sbin/mariadbd")
	need.File(t, code+"/wp-settings.php", "WordPress")
	// A short path: that of a socket has at most 107 bytes.
	dir, err := os.MkdirTemp("", "wp")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for _, sub := range []string{"db", "content/uploads"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(dir, scripts); err != nil {
		t.Fatal(err)
	}
	database(t, mariadbd, dir)
	address := free(t)
	s := Site{URL: "http://" + address, Passwords: map[string]string{}, dir: dir}
	env := append(os.Environ(), "EDITORIAL_WP="+dir, "EDITORIAL_WP_CODE="+code, "EDITORIAL_WP_URL="+s.URL)
	install := exec.Command(php, "-d", "display_errors=stderr", filepath.Join(dir, "install.php"))
	install.Env = env
	var stderr bytes.Buffer
	install.Stderr = &stderr
	out, err := install.Output()
	for line := range strings.Lines(string(out)) {
		if name, password, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			s.Passwords[name] = password
		}
	}
	if err != nil || len(s.Passwords) != 3 {
		t.Fatalf("install WordPress: %v: %s%s", err, out, stderr.Bytes())
	}
	server := exec.Command(php, "-d", "opcache.enable=1", "-d", "opcache.enable_cli=1", "-d", "upload_max_filesize=8M", "-d", "post_max_size=8M",
		"-S", address, "-t", filepath.Join(dir, "content"), filepath.Join(dir, "router.php"))
	server.Env = env
	run(t, server, func() bool {
		resp, err := http.Get(s.URL + "/wp-json/")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return s
}

// database starts an empty one. It needs no tables of its own, as it asks nobody
// who they are: only this test can reach the socket.
func database(t testing.TB, mariadbd, dir string) {
	t.Helper()
	db := filepath.Join(dir, "db")
	args := []string{
		"--no-defaults", "--datadir=" + db, "--socket=" + db + "/s", "--pid-file=" + db + "/pid", "--skip-networking", "--skip-grant-tables",
		"--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-buffer-pool-size=32M",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--user=root")
	}
	client := need.Program(t, "mariadb", "mysql")
	run(t, exec.Command(mariadbd, args...), func() bool {
		return exec.Command(client, "--no-defaults", "-S", db+"/s", "-e", "CREATE DATABASE IF NOT EXISTS wp").Run() == nil
	})
}

// run starts a server, waits until it answers, and ends it with the test.
func run(t testing.TB, cmd *exec.Cmd, answers func() bool) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(patience); ; {
		select {
		case <-tick.C:
			if answers() {
				return
			}
		case <-ended:
			t.Fatalf("%s ended: %s", filepath.Base(cmd.Path), said.Bytes())
		case <-end:
			t.Fatalf("%s does not answer", filepath.Base(cmd.Path))
		}
	}
}

// free is an address on this machine where nothing listens.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
