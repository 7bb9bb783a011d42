package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"editorial/internal/need/leak"
)

// daemon is "editorial run" as a program of its own, and what it says.
type daemon struct {
	t   *testing.T
	cmd *exec.Cmd
	// lines are those of stderr; all that was read is in log.
	lines chan string
	log   bytes.Buffer
}

// startDaemon starts one in an office, by a clock that begins at an instant.
func startDaemon(t *testing.T, dir, clock string, args ...string) *daemon {
	t.Helper()
	d := &daemon{t: t, cmd: exec.Command("editorial", append([]string{"run", "-C", dir}, args...)...), lines: make(chan string, 1024)}
	d.cmd.Env = append(os.Environ(), "TEST_CLOCK="+clock, "LANG=C.UTF-8", "GOTRACEBACK=system", "HOME="+t.TempDir())
	out, err := d.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.cmd.Process.Kill() })
	go func() {
		defer close(d.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			d.lines <- s.Text()
		}
	}()
	return d
}

// await reads what it says until a line has all these parts.
func (d *daemon) await(parts ...string) {
	d.t.Helper()
	for line := range d.lines {
		d.log.WriteString(line + "\n")
		has := true
		for _, p := range parts {
			has = has && strings.Contains(line, p)
		}
		if has {
			return
		}
	}
	d.t.Fatalf("ended without %q:\n%s", parts, d.log.String())
}

// end sends it a signal, and returns all that it said.
func (d *daemon) end(s os.Signal) (code int, log string) {
	_ = d.cmd.Process.Signal(s)
	for line := range d.lines {
		d.log.WriteString(line + "\n")
	}
	_ = d.cmd.Wait()
	return d.cmd.ProcessState.ExitCode(), d.log.String()
}

// putFile puts a file in the place of another, at once.
func putFile(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
}

const runConfig = "[site]\ntitle = \"V\"\nzone = \"UTC\"\nurl = \"https://v.example/\"\n"

func runPost(id string, platforms ...string) string {
	return fmt.Sprintf("---\nid: %s\ntitle: Post %s\nstage: ready\nplatforms: [%s]\n---\nx\n", id, id, strings.Join(platforms, ", "))
}

// freeAddress is one of this machine that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// health asks until the daemon answers with a status, and returns its answer.
func health(t *testing.T, address string, status int) (answer struct {
	OK         bool
	Problem    string
	Deliveries map[string]int
}) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ; ctx.Err() == nil; <-tick.C {
		r, err := http.Get("http://" + address)
		if err != nil {
			continue
		}
		err = json.NewDecoder(r.Body).Decode(&answer)
		r.Body.Close()
		if r.StatusCode == status && err == nil {
			return answer
		}
	}
	t.Fatalf("never %d: %+v", status, answer)
	return answer
}

// TestRun_survivesBrokenFiles: while the configuration or the calendar cannot be
// read the daemon says so, cancels nothing and sends nothing; when they can, what
// came due meanwhile goes out, once.
func TestRun_survivesBrokenFiles(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]string{"config.toml": "[site\n", "calendar.txt": "2026-12-01T09:00 telegram\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRemote()
			t.Cleanup(r.web.Close)
			dir, address := t.TempDir(), freeAddress(t)
			good := map[string]string{
				"config.toml":  runConfig + fmt.Sprintf("[platforms.telegram]\nlive = true\n[platforms.telegram.connection]\nserver = %q\naccount = \"@velo\"\ntoken = \"1:secretsecretsecretsecretsecretsecr\"\n", r.web.URL),
				"calendar.txt": "2026-12-01T08:00+00:00[UTC] telegram a#telegram#1 # a\n2026-12-01T12:00+00:00[UTC] telegram b#telegram#1 # b\n",
			}
			for name, text := range good {
				putFile(t, dir, name, text)
			}
			putFile(t, dir, "content/a.md", runPost("a", "telegram"))
			putFile(t, dir, "content/b.md", runPost("b", "telegram"))
			d := startDaemon(t, dir, "2026-12-01T07:59:50Z", "--health", address)
			if got := health(t, address, http.StatusOK); !got.OK || got.Deliveries["planned"]+got.Deliveries["leased"]+got.Deliveries["prepared"] != 2 {
				t.Errorf("at the start: %+v", got)
			}
			putFile(t, dir, name, broken)
			d.await("level=ERROR", "the office cannot be read")
			if got := health(t, address, http.StatusServiceUnavailable); got.OK || got.Problem == "" || got.Deliveries["cancelled"] != 0 {
				t.Errorf("broken: %+v", got)
			}
			d.await("level=ERROR", "key=a#telegram#1") // its instant has come
			r.mu.Lock()
			if r.calls != 0 {
				t.Errorf("%d messages while the office cannot be read", r.calls)
			}
			r.mu.Unlock()
			putFile(t, dir, name, good[name])
			d.await("key=a#telegram#1", "state=published")
			if got := health(t, address, http.StatusOK); got.Deliveries["published"] != 1 || got.Deliveries["planned"] != 1 {
				t.Errorf("mended: %+v", got)
			}
			code, log := d.end(syscall.SIGINT)
			r.mu.Lock()
			defer r.mu.Unlock()
			if n := r.calls; n != 1 || strings.Contains(log, "panic") {
				t.Errorf("exit code %d, %d messages\n%s", code, n, log)
			}
		})
	}
}

// rude is a server that answers every call with all that it was sent, in another
// manner of failing by account.
type rude struct {
	hanging chan struct{} // an account hangs
	done    chan struct{}
}

func (r *rude) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	sent, _ := httputil.DumpRequest(q, true)
	echo := func(status int) {
		w.Header().Set("X-Sent", strings.ReplaceAll(q.Header.Get("Authorization")+q.URL.Path, "\n", ""))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{
			"ok": false, "error_code": status, "description": string(sent), "error": string(sent), "error_description": q.URL.String(),
		})
	}
	switch {
	case bytes.Contains(sent, []byte("acc0")):
		panic(http.ErrAbortHandler)
	case bytes.Contains(sent, []byte("acc1")):
		echo(http.StatusBadRequest)
	case bytes.Contains(sent, []byte("acc2")):
		echo(http.StatusUnauthorized)
	case bytes.Contains(sent, []byte("acc3")):
		echo(http.StatusInternalServerError)
	case bytes.Contains(sent, []byte("acc4")):
		w.Header().Set("Location", "http://127.0.0.1:1"+q.URL.String())
		w.WriteHeader(http.StatusFound)
	default:
		select {
		case r.hanging <- struct{}{}:
		default:
		}
		<-r.done
	}
}

// TestRun_tellsNoSecret: a daemon whose platforms throw its tokens back at it, and
// that is then ended in the middle of a call with the stacks of all its parts, has
// told none of them: not in its log, nor in the dump, the journal, the database or
// what the commands say afterwards.
func TestRun_tellsNoSecret(t *testing.T) {
	t.Parallel()
	var hunt leak.Hunt
	r := &rude{make(chan struct{}, 1), make(chan struct{})}
	web := httptest.NewServer(r)
	t.Cleanup(web.Close)
	var once sync.Once
	release := func() { once.Do(func() { close(r.done) }) }
	t.Cleanup(release)
	dir := t.TempDir()
	const accounts = 6 // the last one hangs
	config, calendar := runConfig, ""
	for i := range accounts {
		telegram, mastodon := fmt.Sprintf("%d:", 1000+i)+hunt.PlantPlain(fmt.Sprintf("telegramacc%d", i)), hunt.PlantPlain(fmt.Sprintf("mastodonacc%d", i))
		config += fmt.Sprintf("[platforms.t%d]\nkind = \"telegram\"\nlive = true\n[platforms.t%d.connection]\nserver = %q\naccount = \"@acc%d\"\ntoken = %q\n", i, i, web.URL, i, telegram)
		config += fmt.Sprintf("[platforms.m%d]\nkind = \"mastodon\"\nlive = true\n[platforms.m%d.connection]\nserver = %q\ntoken = %q\n", i, i, web.URL, mastodon)
		for _, p := range []string{"t", "m"} {
			id := fmt.Sprintf("p%s%d", p, i)
			calendar += fmt.Sprintf("2026-12-01T08:00+00:00[UTC] %s%d %s#%s%d#1 # x\n", p, i, id, p, i)
			putFile(t, dir, "content/"+id+".md", runPost(id, fmt.Sprintf("%s%d", p, i)))
		}
	}
	putFile(t, dir, "config.toml", config)
	putFile(t, dir, "calendar.txt", calendar)
	d := startDaemon(t, dir, "2026-12-01T07:59:58Z")
	told := map[string]bool{}
	for len(told) < 2*(accounts-1) {
		line, ok := <-d.lines
		if !ok {
			t.Fatalf("it ended:\n%s", d.log.String())
		}
		d.log.WriteString(line + "\n")
		if _, rest, ok := strings.Cut(line, "key="); ok && !strings.Contains(rest, "#t5#") && !strings.Contains(rest, "#m5#") {
			told[strings.Fields(rest)[0]] = true
		}
	}
	<-r.hanging
	_, log := d.end(syscall.SIGQUIT)
	release()
	if !strings.Contains(log, "goroutine ") || !strings.Contains(log, "error=") {
		t.Errorf("no dump, or no errors:\n%s", log)
	}
	hunt.Text(t, "the log and the dump", []byte(log))
	for _, args := range [][]string{{"status"}, {"status", "--json"}, {"deliveries", "--json"}, {"deliveries", "--journal"}, {"publish", "--dry-run"}, {"doctor"}, {"config"}} {
		cmd := exec.Command("editorial", append(args, "-C", dir)...)
		cmd.Env = append(os.Environ(), "TEST_CLOCK=2026-12-01T08:00:10Z", "HOME="+t.TempDir())
		out, err := cmd.CombinedOutput()
		if len(out) == 0 {
			t.Errorf("%v says nothing: %v", args, err)
		}
		hunt.Text(t, strings.Join(args, " "), out)
	}
	hunt.Folder(t, dir, "config.toml")
}
