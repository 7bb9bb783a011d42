// Package postgres runs a PostgreSQL of its own for a test: Debian's, in a
// folder that goes with the test, reached by a socket in that folder.
package postgres

import (
	"bufio"
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"editorial/internal/need"
)

// Server is a running PostgreSQL.
type Server struct {
	dir  string
	made atomic.Int32 // databases
	args []string
	stop func()
}

// Start starts one that ends with the test. PostgreSQL refuses to run as root;
// where the test is root, it runs as the user postgres or nobody.
func Start(t testing.TB) *Server {
	t.Helper()
	initdb := program(t, "initdb")
	server := program(t, "postgres")
	// Not t.TempDir: only root could enter it, and its name is long for a socket.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	as := unprivileged(t, dir)
	data := filepath.Join(dir, "data")
	run(t, as, initdb, "-D", data, "-U", "editorial", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	// The shell ends it when its input does: also if this program is killed.
	s := &Server{dir: dir, args: append(as, "sh", "-c", `"$@" & p=$!; cat >/dev/null; kill -QUIT $p; wait $p`, "sh", server, "-D", data, "-k", dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=200", "-c", "logging_collector=off")}
	s.start(t)
	t.Cleanup(func() { s.stop() })
	return s
}

func (s *Server) start(t testing.TB) {
	t.Helper()
	cmd := command(s.args...)
	cmd.Dir = s.dir
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.stop = func() { in.Close(); _ = cmd.Wait(); s.stop = func() {} }
	awaitReady(t, out)
}

// Crash ends the server in the middle of whatever it does, as a machine that
// loses its power would; Recover starts it again.
func (s *Server) Crash() { s.stop() }

// Recover starts a server that crashed.
func (s *Server) Recover(t testing.TB) { t.Helper(); s.start(t) }

// awaitReady reads what the server says until it takes connections, and leaves
// the rest to be read and forgotten.
func awaitReady(t testing.TB, out io.Reader) {
	t.Helper()
	var said []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "database system is ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
		said = append(said, lines.Text())
	}
	t.Fatalf("PostgreSQL does not start:\n%s", strings.Join(said, "\n"))
}

// Database makes an empty database and returns its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "db" + strconv.Itoa(int(s.made.Add(1)))
	conn, err := pgx.Connect(t.Context(), s.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "create database "+name); err != nil {
		t.Fatal(err)
	}
	return s.address(name)
}

func (s *Server) address(name string) string {
	return "postgres:///" + name + "?" + url.Values{"host": {s.dir}, "user": {"editorial"}}.Encode()
}

// Socket is the path of the socket that the server listens on.
func (s *Server) Socket() string { return filepath.Join(s.dir, ".s.PGSQL.5432") }

// program finds a program of the newest PostgreSQL; Debian keeps them out of
// PATH.
func program(t testing.TB, name string) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return need.Program(t, name)
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4])
		return n
	}
	return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
}

// unprivileged returns what to write before a command so that it does not run
// as root, and gives the folder to who runs it.
func unprivileged(t testing.TB, dir string) []string {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 != nil || err2 != nil || os.Chown(dir, uid, gid) != nil {
			continue
		}
		return []string{need.Program(t, "setpriv"), "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups", "--"}
	}
	need.Skip(t, "PostgreSQL does not run as root, and there is no other user")
	return nil
}

func run(t testing.TB, as []string, args ...string) {
	t.Helper()
	cmd := command(append(slices.Clone(as), args...)...)
	cmd.Dir = "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", args[0], err, out)
	}
}

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	return cmd
}
