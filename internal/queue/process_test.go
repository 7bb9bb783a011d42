package queue_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/internal/need/postgres"
	"editorial/internal/queue"
	"editorial/internal/store"
	"editorial/pkg/publish/platform"
)

// child is another program on the same database. It tells on stdout what it does,
// and never ends what it works on.
func child(address string) {
	ctx := context.Background()
	s, err := store.Open(ctx, address)
	if err != nil {
		panic(err)
	}
	w := &worker{}
	opts := w.options("child")
	opts.Work = func(_ context.Context, key platform.Key) error { fmt.Println("works on", key); select {} }
	opts.Ticks = []queue.Tick{{Name: "tick", Every: 100 * time.Millisecond, Do: func(context.Context) error { fmt.Println("leads"); return nil }}}
	q, err := queue.Open(ctx, s, opts)
	if err != nil {
		panic(err)
	}
	if err := q.Start(ctx); err != nil {
		panic(err)
	}
	fmt.Println("started")
	_, _ = os.Stdin.Read(make([]byte, 1)) // until the test is over
}

// startChild starts it and returns what it says.
func startChild(t testing.TB, address string) (*exec.Cmd, <-chan string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "QUEUE_TEST_CHILD="+address)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() })
	said := make(chan string, 1000)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			said <- lines.Text()
		}
		close(said)
	}()
	return cmd, said
}

func awaitLine(t testing.TB, said <-chan string, want string) {
	t.Helper()
	for {
		switch line := await(t, said, want); {
		case strings.HasPrefix(line, want):
			return
		case line == "":
			t.Fatalf("the other program ended before %q", want)
		}
	}
}

// testKilled: of two programs the one that leads is killed with work under way.
// The other one takes over: it leads, ticks, and works on the same key.
func testKilled(t *testing.T, address string) {
	other, said := startChild(t, address)
	awaitLine(t, said, "leads")
	ticks := make(chan bool, 1)
	w := begin(t, address, "heir", func(o *queue.Options) {
		o.Ticks = []queue.Tick{{Name: "tick", Every: 100 * time.Millisecond, Do: func(context.Context) error {
			select {
			case ticks <- true:
			default:
			}
			return nil
		}}}
	})
	w.wake(t, "a#masto#1", time.Time{})
	awaitLine(t, said, "works on a#masto#1")
	w.start(t)
	if leads, err := w.Leader(t.Context()); leads || err != nil {
		t.Errorf("two lead: %v", err)
	}
	select {
	case <-ticks:
		t.Error("two tick")
	default:
	}
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	died := time.Now()
	await(t, ticks, "the other leads")
	leadsAfter := time.Since(died)
	if leads, err := w.Leader(t.Context()); !leads || err != nil {
		t.Errorf("%v, %v", leads, err)
	}
	if key := await(t, w.work, "the work of the one that was killed"); key != "a#masto#1" {
		t.Errorf("%q", key)
	}
	t.Logf("leads after %v, works after %v", leadsAfter.Round(time.Millisecond), time.Since(died).Round(time.Millisecond))
}

// TestPostgreSQL_cutOff: the program that leads is cut off from the database with
// work under way, and does not know it. The other one leads and takes the work
// over; the first one, when it is back, leads no more, and works again.
func TestPostgreSQL_cutOff(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	address := server.Database(t)
	line := server.Line(t)
	begun, end := make(chan platform.Key, 10), make(chan bool)
	first := begin(t, line.Through(address), "first", func(o *queue.Options) {
		o.Work = func(_ context.Context, key platform.Key) error {
			begun <- key
			if key == "a" {
				<-end
			}
			return nil
		}
	}).start(t)
	leads := func(w *worker) bool {
		ctx, done := context.WithTimeout(t.Context(), time.Second)
		defer done()
		ok, err := w.Leader(ctx)
		return ok && err == nil
	}
	for !leads(first) {
		time.Sleep(20 * time.Millisecond)
	}
	first.wake(t, "a", time.Time{})
	await(t, begun, "work")
	line.Set(postgres.Silent)
	second := begin(t, address, "second", nil).start(t)
	if key := await(t, second.work, "the work of the one that is cut off"); key != "a" {
		t.Errorf("%q", key)
	}
	if !leads(second) {
		t.Error("who took over does not lead")
	}
	close(end)
	line.Set(postgres.Whole)
	second.stop(t)
	second.wake(t, "b", time.Time{})
	if key := await(t, begun, "the first is back"); key != "b" {
		t.Errorf("%q", key)
	}
}

// TestSQLite_lockedByAnotherProgram: while another program holds the file nothing
// is lost, and all of it is worked on afterwards.
func TestSQLite_lockedByAnotherProgram(t *testing.T) {
	t.Parallel()
	python := need.Python(t, "sqlite3")
	address := filepath.Join(t.TempDir(), "deliveries.db")
	w := begin(t, address, "a", nil).start(t)
	const before = 20
	for n := range before {
		w.wake(t, platform.Key(fmt.Sprint("before ", n)), time.Now().Add(time.Second))
	}
	holder := exec.Command(python, "-c", `import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
c.execute("begin exclusive")
print("held", flush=True)
time.sleep(8)
c.execute("commit")`, address)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	w.wake(t, "meanwhile", time.Time{})
	if err := holder.Wait(); err != nil {
		t.Fatal(err)
	}
	left := map[platform.Key]bool{"meanwhile": true}
	for n := range before {
		left[platform.Key(fmt.Sprint("before ", n))] = true
	}
	for len(left) > 0 {
		delete(left, await(t, w.work, fmt.Sprint(left)))
	}
}
