//go:build !race

package crash

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/internal/need/postgres"
)

// TestMain adds the flags of the long run. The program that is killed is another
// one: under the race detector nothing more would be found.
func TestMain(m *testing.M) {
	flag.Int("kills", 40, "how often the program is killed, on each database")
	flag.Uint64("seed", 1, "what kills and failures follow from")
	m.Run()
}

func kills() int { return flag.Lookup("kills").Value.(flag.Getter).Get().(int) }

func seed() uint64 { return flag.Lookup("seed").Value.(flag.Getter).Get().(uint64) }

// accounts is how many accounts of each kind there are, and each how many
// placements: accounts want time between two posts.
const accounts = 12

// trial is one run on one database.
type trial struct {
	t        *testing.T
	bin, dir string
	environ  []string
	remote   *remote
	chance   *chance
	posts    []placed
	logs     *os.File
	left     map[string]int // deliveries by state, summed over all kills
	nodes    int            // programs at once
	asked    chan struct{}  // a platform is called
}

// placed is a placement and the words it is known by.
type placed struct{ platform, mark string }

func TestCrash_SQLite(t *testing.T) {
	t.Parallel()
	newTrial(t, "", 1).run()
}

// Two daemons share a database; either is killed.
func TestCrash_PostgreSQL(t *testing.T) {
	t.Parallel()
	newTrial(t, postgres.Start(t).Database(t), 2).run()
}

func newTrial(t *testing.T, database string, nodes int) *trial {
	t.Helper()
	if testing.Short() {
		need.Skip(t, fmt.Errorf("a run of minutes"))
	}
	tr := &trial{t: t, dir: t.TempDir(), remote: &remote{out: map[string][]string{}}, chance: newChance(seed(), 1), left: map[string]int{}, nodes: nodes, asked: make(chan struct{})}
	tr.bin = filepath.Join(t.TempDir(), "editorial")
	if out, err := exec.Command("go", "build", "-o", tr.bin, "editorial/cmd/editorial").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	tr.environ = append(os.Environ(), "EDITORIAL_DELIVERY_DATABASE="+database, "EDITORIAL_LANG=en", "HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	if database == "" {
		tr.environ = slices.DeleteFunc(tr.environ, func(kv string) bool { return strings.HasPrefix(kv, "EDITORIAL_DELIVERY_DATABASE=") })
	}
	tr.office()
	return tr
}

// office writes an office whose placements come due while it is killed.
func (tr *trial) office() {
	serve := func(s *server) string {
		s.chance, s.asked = newChance(seed(), 2), tr.asked
		web := httptest.NewServer(s)
		tr.t.Cleanup(web.Close)
		return web.URL
	}
	kinds := []struct{ kind, connection string }{
		{"mastodon", fmt.Sprintf("server = %q\ntoken = \"secret-of-NAME\"", serve(&server{platform: mastodon(tr.remote)}))},
		{"bluesky", fmt.Sprintf("server = %q\naccount = \"NAME.test\"\npassword = \"pw-pw-pw-pw\"", serve(&server{platform: bluesky(tr.remote), expire: blueskyExpired}))},
		{"telegram", fmt.Sprintf("server = %q\naccount = \"@NAME\"\ntoken = \"1:secretsecretsecretsecretsecretsecr\"", serve(&server{platform: telegram(tr.remote)}))},
	}
	var config, calendar strings.Builder
	config.WriteString("[site]\ntitle = \"Crash\"\nurl = \"https://crash.example/\"\nzone = \"UTC\"\n\n[platforms.blog]\nlate.within = \"2 days\"\n")
	window := time.Duration(max(20, kills()/3)) * time.Second
	start := time.Now().Add(3 * time.Second)
	each := max(1, int(window/time.Minute))
	n := 0
	total := accounts*len(kinds)*each + 5
	write := func(platform string) {
		n++
		mark := fmt.Sprintf("mark%05d", n)
		at := start.Add(window * time.Duration(n) / time.Duration(total)).UTC()
		tr.posts = append(tr.posts, placed{platform, mark})
		name := filepath.Join(tr.dir, "content", mark+".md")
		put(tr.t, name, fmt.Sprintf("---\nid: %s\ntitle: \"Post %s\"\nslug: %s\nstage: ready\nplatforms: [%s]\n---\n\nText of %s.\n", mark, mark, mark, platform, mark))
		fmt.Fprintf(&calendar, "%s+00:00[UTC] %s %s#%s#1\n", at.Format("2006-01-02T15:04:05"), platform, mark, platform)
	}
	for round := range each {
		for _, k := range kinds {
			for i := range accounts {
				name := fmt.Sprintf("%s%d", k.kind, i)
				if round == 0 {
					fmt.Fprintf(&config, "\n[platforms.%s]\nkind = %q\nlive = true\nlate.within = \"2 days\"\n[platforms.%s.connection]\n%s\n", name, k.kind, name, strings.ReplaceAll(k.connection, "NAME", name))
				}
				write(name)
			}
		}
	}
	for range 5 {
		write("blog")
	}
	put(tr.t, filepath.Join(tr.dir, "config.toml"), config.String())
	put(tr.t, filepath.Join(tr.dir, "calendar.txt"), calendar.String())
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run kills, lets what is left come to its end, and counts.
func (tr *trial) run() {
	var err error
	if tr.logs, err = os.Create(filepath.Join(tr.t.TempDir(), "log")); err != nil {
		tr.t.Fatal(err)
	}
	defer tr.logs.Close()
	var group sync.WaitGroup
	for range tr.nodes {
		group.Go(func() {
			for range kills() / tr.nodes {
				tr.kill()
			}
		})
	}
	group.Wait()
	for state, n := range tr.states() {
		tr.left[state] += n
	}
	tr.settle()
	tr.count()
}

// kill starts the program and kills it after a while, at whatever it is doing.
func (tr *trial) kill() {
	cmd := exec.Command(tr.bin, "run", "-C", tr.dir)
	if tr.chance.below(4) == 0 {
		cmd = exec.Command(tr.bin, "publish", "-C", tr.dir)
	}
	cmd.Env, cmd.Stdout, cmd.Stderr = tr.environ, tr.logs, tr.logs
	if err := cmd.Start(); err != nil {
		tr.t.Error(err)
		return
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var asked <-chan struct{} // in the midst of a call of a platform
	if tr.chance.below(2) == 0 {
		asked = tr.asked
	}
	select {
	case <-done: // publish had nothing to do
		return
	case <-asked:
		time.Sleep(time.Duration(tr.chance.below(3)) * time.Millisecond)
	case <-time.After(time.Duration(50+tr.chance.below(950)) * time.Millisecond):
	}
	_ = cmd.Process.Kill()
	<-done
	if tr.chance.below(5) == 0 {
		states := tr.states()
		tr.remote.mu.Lock()
		for state, n := range states {
			tr.left[state] += n
		}
		tr.remote.mu.Unlock()
	}
}

// row is a delivery as "deliveries --json" tells it.
type row struct {
	Key, Platform, Kind, State, Reason, Detail string
	Due                                        time.Time
}

func (tr *trial) rows() []row {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, tr.bin, "deliveries", "--json", "-C", tr.dir)
	cmd.Env = tr.environ
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	var doc struct{ Deliveries []row }
	if err := json.Unmarshal(out, &doc); err != nil {
		tr.t.Errorf("%v in %s", err, out)
	}
	return doc.Deliveries
}

func (tr *trial) states() map[string]int {
	all := map[string]int{}
	for _, r := range tr.rows() {
		all[r.State]++
	}
	return all
}

// ended are the states in which what was due may rest.
func ended(r row) bool {
	return slices.Contains([]string{"published", "failed", "held", "missed", "cancelled"}, r.State) || r.State == "uncertain" && r.Reason == "cannot-look"
}

// settle lets the program run, unharmed, until nothing is on its way.
func (tr *trial) settle() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, tr.bin, "run", "-C", tr.dir)
	cmd.Env, cmd.Stdout, cmd.Stderr = tr.environ, tr.logs, tr.logs
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Start(); err != nil {
		tr.t.Fatal(err)
	}
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for n := 1; ; n++ {
		<-tick.C
		if n%15 == 0 { // as a person would who does not want to wait
			ask := exec.CommandContext(ctx, tr.bin, "reconcile", "-C", tr.dir)
			ask.Env, ask.Stdout, ask.Stderr = tr.environ, tr.logs, tr.logs
			_ = ask.Run()
		}
		rows := tr.rows()
		if len(rows) == len(tr.posts) && !slices.ContainsFunc(rows, func(r row) bool { return !ended(r) }) || ctx.Err() != nil {
			break
		}
	}
	cancel()
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() != 130 && cmd.ProcessState.ExitCode() != 0 {
		tr.t.Errorf("the program ends with %v", err)
	}
}

// count holds what the journal says against what readers see.
func (tr *trial) count() {
	rows := map[string]row{}
	for _, r := range tr.rows() {
		rows[r.Platform+" "+strings.SplitN(r.Key, "#", 2)[0]] = r
	}
	sums := map[string]int{}
	twice, lost, unsaid := 0, 0, 0
	for _, p := range tr.posts {
		r, ok := rows[p.platform+" "+p.mark]
		if !ok {
			lost++
			tr.t.Errorf("%s on %s: nobody knows of it", p.mark, p.platform)
			continue
		}
		sums[r.State]++
		if !ended(r) {
			tr.t.Errorf("%s on %s: still %s (%s) %s", p.mark, p.platform, r.State, r.Reason, r.Detail)
		}
		if p.platform == "blog" {
			if _, err := os.Stat(filepath.Join(tr.dir, "public", p.mark, "index.html")); r.State == "published" && err != nil {
				lost++
				tr.t.Errorf("%s: published, and no page: %v", p.mark, err)
			}
			continue
		}
		n := tr.remote.count(p.platform, p.mark)
		switch {
		case n > 1:
			twice++
			tr.t.Errorf("%s on %s: out %d times, %s", p.mark, p.platform, n, r.State)
		case n == 0 && r.State == "published":
			lost++
			tr.t.Errorf("%s on %s: published, it says, and is not", p.mark, p.platform)
		case n == 1 && r.State != "published" && r.State != "uncertain":
			unsaid++
			tr.t.Errorf("%s on %s: out, and said to be %s (%s) %s", p.mark, p.platform, r.State, r.Reason, r.Detail)
		}
		if r.State == "uncertain" && r.Kind != "telegram" {
			tr.t.Errorf("%s on %s: uncertain, though it can be looked up: %s", p.mark, p.platform, r.Detail)
		}
		if r.State == "failed" || r.State == "held" {
			tr.t.Logf("%s on %s: %s (%s) %s", p.mark, p.platform, r.State, r.Reason, r.Detail)
		}
	}
	sum := 0
	for _, s := range []string{"published", "uncertain", "failed", "held", "missed", "cancelled"} {
		sum += sums[s]
	}
	if sum != len(tr.posts) {
		tr.t.Errorf("due %d, ended %d", len(tr.posts), sum)
	}
	tr.t.Logf("%d kills, %d due = %v; twice %d, lost %d, unsaid %d; states seen after kills %v", kills(), len(tr.posts), sums, twice, lost, unsaid, tr.left)
	if tr.t.Failed() {
		if data, err := os.ReadFile(tr.logs.Name()); err == nil {
			tr.t.Logf("the end of the log:\n%s", data[max(0, len(data)-6000):])
		}
	}
}
