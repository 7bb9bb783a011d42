package office

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/pkg/calendar/forecast"
)

// chronicle is the history that a test tells git, by git's own fast-import: what
// follows is a list of commits.
type chronicle struct {
	t      *testing.T
	dir    string
	stream strings.Builder
}

func tell(t *testing.T) *chronicle {
	t.Helper()
	need.Program(t, "git")
	h := &chronicle{t: t, dir: t.TempDir()}
	h.git("init", "-q", "-b", "main")
	h.stream.WriteString("reset refs/heads/main\n")
	h.commit(since(-1)).file("config.toml", `[site]
title = "T"
lang = "en"
url = "https://a.example/"
zone = "Europe/Paris"
platforms = ["blog"]
[[people]]
id = "awa"
hours = "30h"
[formats.article]
effort = "4h"
[formats.video]
effort = "12h"
[formats.question]
effort = "30m"
[platforms.blog]
rhythm.times = ["Mon 09:00", "Wed 09:00", "Fri 09:00"]
`)
	return h
}

// since is noon (UTC) of a day of the year 2026.
func since(day float64) time.Time {
	return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(day * 24 * float64(time.Hour)))
}

func (h *chronicle) environ() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CEILING_DIRECTORIES=" + filepath.Dir(h.dir)}
}

func (h *chronicle) git(args ...string) {
	h.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", h.dir}, args...)...)
	cmd.Env = h.environ()
	if args[0] == "fast-import" {
		cmd.Stdin = strings.NewReader(h.stream.String())
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (h *chronicle) commit(at time.Time) *chronicle {
	fmt.Fprintf(&h.stream, "commit refs/heads/main\nauthor a <a@a> %d +0000\ncommitter a <a@a> %d +0000\ndata 1\nx\n", at.Unix(), since(300).Unix())
	return h
}

func (h *chronicle) file(name, text string) *chronicle {
	fmt.Fprintf(&h.stream, "M 100644 inline %q\ndata %d\n%s\n", name, len(text), text)
	return h
}

// post is a file of a post.
func (h *chronicle) post(name, stage, more string) *chronicle {
	return h.file("content/"+name, fmt.Sprintf("---\ntitle: %s\nstage: %s\n%s---\nText.\n", strings.TrimSuffix(name, ".md"), stage, more))
}

func (h *chronicle) move(from, to string) *chronicle {
	fmt.Fprintf(&h.stream, "R content/%s content/%s\n", from, to)
	return h
}

func (h *chronicle) remove(name string) *chronicle {
	fmt.Fprintf(&h.stream, "D content/%s\n", name)
	return h
}

func (h *chronicle) write(name, text string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, "content", name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// checkout ends the history; what is committed lies in the folder then.
func (h *chronicle) checkout() {
	h.t.Helper()
	h.git("fast-import", "--quiet")
	h.git("checkout", "-q", "-f", "main")
}

// lives are the tracks of an office at an instant, as text, by what they are
// called at last.
func (h *chronicle) lives(now time.Time) map[string]string {
	h.t.Helper()
	o := loadAt(h.t, h.dir, now)
	past, err := o.past(context.Background(), h.environ())
	if err != nil || past.Missing != "" {
		h.t.Fatalf("%v, %q %s", err, past.Missing, past.Detail)
	}
	tracks, of := past.meet(o)
	names := map[string]string{}
	for id, l := range of {
		names[id] = l.path
	}
	for i, l := range past.lives {
		names[fmt.Sprintf("\x00%d", i)] = "(" + l.path + ")"
	}
	all := map[string]string{}
	for _, tr := range tracks {
		var text []string
		if !tr.Seen {
			text = append(text, "?")
		}
		for _, s := range tr.Steps {
			text = append(text, fmt.Sprintf("%s %.4g", s.Stage, s.At.Sub(since(0)).Hours()/24))
		}
		all[names[tr.ID]] = strings.Join(text, ", ")
	}
	return all
}

func TestPast_followsPosts(t *testing.T) {
	t.Parallel()
	h := tell(t)
	h.commit(since(0)).post("a.md", "idea", "id: a\n").post("gone.md", "idea", "").post("given-up.md", "idea", "").post("twin-1.md", "draft", "summary: one\n").post("twin-2.md", "idea", "summary: two\n")
	h.commit(since(1)).post("draft-key.md", "draft", "").file("content/notes.txt", "no post").file("content/.hidden/x.md", "---\ntitle: x\n---\n")
	h.commit(since(2)).post("a.md", "draft", "id: a\n").remove("gone.md").post("letter.md", "draft", "edition: 2026-02-01\n")
	h.commit(since(3)).move("a.md", "b.md").file("content/broken.md", "---\ntitle: [\n").post("twin-1.md", "idea", "summary: two\n").post("twin-2.md", "draft", "summary: one\n")
	h.commit(since(4)).post("b.md", "reveiw", "id: a\n").post("broken.md", "review", "")
	h.commit(since(5)).post("b.md", "review", "id: a\n").post("given-up.md", "archived", "").file("content/draft-key.md", "---\ntitle: d\ndraft: false\ndate: 2026-02-01\n---\n")
	// Taken away, and back later under another name, with its id.
	h.commit(since(6)).remove("b.md")
	h.commit(since(8)).post("2026/c.md", "draft", "id: a\n")
	// Clocks disagree: a later commit that claims to be older.
	h.commit(since(7)).post("2026/c.md", "ready", "id: a\n")
	h.checkout()
	want := map[string]string{
		"2026/c.md":    "idea 0, draft 2, review 5, gone 6, draft 8, ready 8",
		"draft-key.md": "draft 1, ready 5",
		"broken.md":    "review 4",
		"(gone.md)":    "idea 0, gone 2",
		"given-up.md":  "idea 0, gone 5",
		"twin-1.md":    "draft 0, idea 3",
		"twin-2.md":    "idea 0, draft 3",
	}
	if d := cmp.Diff(want, h.lives(since(20))); d != "" {
		t.Error(d)
	}
	// What stands in the folder and is not committed is so from now on.
	h.write("draft-key.md", "---\ntitle: d\nstage: review\n---\n")
	h.write("new.md", "---\ntitle: n\nstage: idea\n---\n")
	if err := os.Rename(filepath.Join(h.dir, "content", "2026", "c.md"), filepath.Join(h.dir, "content", "d.md")); err != nil {
		t.Fatal(err)
	}
	want["draft-key.md"] = "draft 1, ready 5, review 20"
	want["new.md"] = "idea 20"
	want["d.md"], want["2026/c.md"] = want["2026/c.md"], ""
	delete(want, "2026/c.md")
	if d := cmp.Diff(want, h.lives(since(20))); d != "" {
		t.Error(d)
	}
}

// TestPast_knowsNoMoreThanWas: a history that is looked at from an earlier
// instant has nothing later in it.
func TestPast_knowsNoMoreThanWas(t *testing.T) {
	t.Parallel()
	h := tell(t)
	h.commit(since(0)).post("a.md", "idea", "")
	h.commit(since(5)).post("a.md", "draft", "").post("b.md", "draft", "")
	h.commit(since(9)).post("a.md", "ready", "").remove("b.md")
	h.checkout()
	// The folder is as it is now.
	if d := cmp.Diff(map[string]string{"a.md": "idea 0, draft 5, ready 7", "(b.md)": "draft 5"}, h.lives(since(7))); d != "" {
		t.Error(d)
	}
}

// TestPast_whatWasThereAtFirst has begun nobody knows when.
func TestPast_whatWasThereAtFirst(t *testing.T) {
	t.Parallel()
	h := &chronicle{t: t, dir: t.TempDir()}
	need.Program(t, "git")
	h.git("init", "-q", "-b", "main")
	h.commit(since(0)).file("config.toml", "[site]\ntitle = \"T\"\nlang = \"en\"\nurl = \"https://a.example/\"\nzone = \"UTC\"\n").post("a.md", "idea", "")
	h.commit(since(1)).post("b.md", "idea", "").move("a.md", "c.md")
	h.checkout()
	if d := cmp.Diff(map[string]string{"b.md": "idea 1", "c.md": "?, idea 0"}, h.lives(since(2))); d != "" {
		t.Error(d)
	}
}

// TestForecast_learnsFromGit: an office whose posts are known to take a while,
// told to git and read back, is forecast as well as its posts allow.
func TestForecast_learnsFromGit(t *testing.T) {
	t.Parallel()
	h := tell(t)
	r := rand.New(rand.NewPCG(7, 7))
	medians := map[string][3]float64{"article": {6, 4, 2}, "question": {2, 1, 0.5}, "video": {10, 8, 3}}
	kinds := []string{"article", "question", "video"}
	type event struct {
		at               float64
		name, stage, end string
	}
	var events []event
	now := 290.0
	for i := range 110 {
		at, kind, name := float64(i)*2.6, kinds[r.IntN(3)], fmt.Sprintf("p%03d.md", i)
		more := fmt.Sprintf("id: p%03d\nformat: %s\nassignee: awa\nlogged: %dm\n", i, kind, 60+10*(i%4))
		for s, stage := range []string{"idea", "draft", "review"} {
			events = append(events, event{at, name, stage, more})
			at += medians[kind][s] * math.Exp(0.6*r.NormFloat64())
		}
		if at < now-10 {
			more += fmt.Sprintf("date: %s\n", since(at+2).Format("2006-01-02"))
		}
		events = append(events, event{at, name, "ready", more})
	}
	slices.SortStableFunc(events, func(a, b event) int { return int(math.Copysign(1, a.at-b.at)) })
	for _, e := range events {
		if e.at < now {
			h.commit(since(e.at)).post(e.name, e.stage, e.end)
		}
	}
	h.checkout()
	ask := func() *Forecast {
		f, err := loadAt(t, h.dir, since(now)).Forecast(context.Background(), h.environ())
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := ask()
	if !f.Enough || f.Posts != 110 || f.Finished < 90 || f.Past.Changes < 400 {
		t.Fatalf("enough %v, %d of %d posts, %d changes", f.Enough, f.Finished, f.Posts, f.Past.Changes)
	}
	if f.Score.Cases < 300 || f.Score.Skill() < 0.25 {
		t.Errorf("%d cases, Brier %.3f against %.3f", f.Score.Cases, f.Score.Brier, f.Score.Base)
	}
	half := map[string]time.Duration{}
	for _, k := range f.Took {
		half[k.Format] = k.Half
		if k.Logged == 0 || k.LoggedHalf < 60 || k.LoggedHalf > 90 {
			t.Errorf("%s: %d minutes logged in %d posts", k.Format, k.LoggedHalf, k.Logged)
		}
	}
	// The medians of sums of three log-normal stays.
	for kind, days := range map[string]float64{"article": 14, "question": 4, "video": 24} {
		if got := half[kind].Hours() / 24; got < 0.7*days || got > 1.4*days {
			t.Errorf("%s: half within %.1f days, known to be about %.0f", kind, got, days)
		}
	}
	for _, s := range f.Slots {
		if s.Chance < 0 || s.Chance > 1 || !s.At.After(since(now)) || s.Due.After(s.At) || s.Outlook == OutlookReady && s.Chance != 1 {
			t.Errorf("%+v", s)
		}
		for _, p := range s.Posts {
			if len(s.Posts) == 1 && p.Chance != s.Chance {
				t.Errorf("%+v", s)
			}
		}
	}
	if len(f.Starts) == 0 {
		t.Error("no idea is to be begun")
	}
	today := f.Proposal.Instance.Zone.Date(since(now))
	for _, s := range f.Starts {
		if !s.Late && (s.By.Before(today) || s.Chance < 0.79) || s.Late && s.Chance >= 0.8 {
			t.Errorf("%+v", s)
		}
	}
	again := ask()
	if d := cmp.Diff(f.Score, again.Score); d != "" {
		t.Error(d)
	}
	for i := range f.Slots {
		if f.Slots[i].Chance != again.Slots[i].Chance {
			t.Errorf("%v: %v, then %v", f.Slots[i].At, f.Slots[i].Chance, again.Slots[i].Chance)
		}
	}
}

// TestForecast_fillsFreeSlots with posts that only people's hours keep out.
func TestForecast_fillsFreeSlots(t *testing.T) {
	t.Parallel()
	h := tell(t)
	for i := range 12 {
		name, at := fmt.Sprintf("p%02d.md", i), float64(i)
		h.commit(since(at)).post(name, "draft", "format: article\n")
		h.commit(since(at+0.5)).post(name, "ready", "date: 2026-01-20\nformat: article\n")
	}
	// More work than anybody has hours for.
	h.commit(since(24)).post("huge.md", "draft", "id: huge\nassignee: awa\neffort: 900h\n")
	h.checkout()
	f, err := loadAt(t, h.dir, since(30)).Forecast(context.Background(), h.environ())
	if err != nil {
		t.Fatal(err)
	}
	if !f.Enough || len(f.Proposal.Left) != 1 || len(f.Slots) < 10 {
		t.Fatalf("enough %v, %d left out, %d slots", f.Enough, len(f.Proposal.Left), len(f.Slots))
	}
	var chances []float64
	total := 0.0
	for _, s := range f.Slots {
		if len(s.Others) != 1 || s.Others[0].Key.Post != "huge" || s.Others[0].Chance != s.Chance {
			t.Errorf("%+v", s)
		}
		chances = append(chances, s.Chance)
		total += s.Chance
	}
	if total <= 0.3 || total > 1.0001 {
		t.Errorf("one post fills at most one slot: %v", chances)
	}
}

// TestForecast_anErrorIsNotReady: a post that cannot go out as it stands is not
// called ready, whatever its stage.
func TestForecast_anErrorIsNotReady(t *testing.T) {
	t.Parallel()
	h := tell(t)
	for i := range 12 {
		name, at := fmt.Sprintf("p%02d.md", i), float64(i)
		h.commit(since(at)).post(name, "draft", "")
		h.commit(since(at+0.5)).post(name, "ready", "date: 2026-01-20\n")
	}
	h.commit(since(20)).post("a.md", "ready", "id: a\n")
	h.checkout()
	outlook := func() (Outlook, float64) {
		h.t.Helper()
		f, err := loadAt(t, h.dir, since(30)).Forecast(context.Background(), h.environ())
		if err != nil || !f.Enough {
			t.Fatalf("%v, enough %v", err, f.Enough)
		}
		for _, s := range f.Slots {
			if len(s.Posts) > 0 {
				return s.Outlook, s.Chance
			}
		}
		t.Fatal("it has no slot")
		return "", 0
	}
	if o, c := outlook(); o != OutlookReady || c != 1 {
		t.Errorf("without an error: %s, %v", o, c)
	}
	agreed := "2026-02-02T09:00+01:00[Europe/Paris] blog a#blog#1\n"
	if err := os.WriteFile(filepath.Join(h.dir, AgreedFile), []byte(agreed), 0o600); err != nil {
		t.Fatal(err)
	}
	h.write("a.md", "---\nid: a\ntitle: a\nstage: ready\nid: b\n---\n")
	if o, c := outlook(); o != OutlookChance || c <= 0 || c >= 1 {
		t.Errorf("with an error: %s, %v", o, c)
	}
}

// TestForecast_reckonsWhereNothingIsKnown.
func TestForecast_reckonsWhereNothingIsKnown(t *testing.T) {
	t.Parallel()
	h := tell(t)
	h.commit(since(0)).post("small.md", "idea", "id: small\nassignee: awa\neffort: 6h\ndate: 2026-02-09 09:00\n")
	h.commit(since(0)).post("much.md", "idea", "id: much\nassignee: awa\neffort: 90h\ndate: 2026-02-11 09:00\n")
	h.commit(since(0)).post("done.md", "ready", "id: done\ndate: 2026-02-13 09:00\n")
	h.commit(since(0)).post("who-knows.md", "draft", "id: unsaid\ndate: 2026-02-16 09:00\n")
	h.checkout()
	f, err := loadAt(t, h.dir, since(30)).Forecast(context.Background(), h.environ()) // Saturday 31 January
	if err != nil {
		t.Fatal(err)
	}
	if f.Enough || !f.People || f.Score.Cases != 0 {
		t.Fatalf("%+v", f)
	}
	got := map[string]string{}
	for _, s := range f.Slots {
		for _, p := range s.Posts {
			got[p.Key.Post] = fmt.Sprint(s.Outlook, " ", p.Done)
		}
		if s.Chance != 0 {
			t.Errorf("a chance: %+v", s)
		}
	}
	// 30 h a week less a fifth are 4 h 48 a day: six hours until Tuesday 3
	// February, and 90 more until Friday 27 February.
	want := map[string]string{"small": "enough 2026-02-03", "much": "late 2026-02-27", "done": "ready 0000-00-00", "unsaid": "unknown 0000-00-00"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	by := map[string]string{}
	for _, s := range f.Starts {
		by[s.Key.Post] = fmt.Sprintf("%s %v %s", s.By, s.Late, s.Outlook)
	}
	// What is due on Monday 9 February at nine is done on Thursday and Friday.
	if d := cmp.Diff(map[string]string{"small": "2026-02-05 false enough", "much": "0000-00-00 true late"}, by); d != "" {
		t.Error(d)
	}
}

// TestForecast_withoutGit: said, and no failure.
func TestForecast_withoutGit(t *testing.T) {
	h := tell(t)
	h.commit(since(0)).post("a.md", "idea", "")
	h.checkout()
	t.Setenv("PATH", "")
	f, err := loadAt(t, h.dir, since(3)).Forecast(context.Background(), h.environ())
	if err != nil || f.Past.Missing != PastNoGit || f.Enough || f.Needed != forecast.Needed {
		t.Errorf("%v, %+v", err, f)
	}
}

// TestForecast_endsWithItsContext.
func TestForecast_endsWithItsContext(t *testing.T) {
	t.Parallel()
	h := tell(t)
	h.commit(since(0)).post("a.md", "idea", "")
	h.checkout()
	ctx, cancel := context.WithCancel(context.Background())
	o := loadAt(t, h.dir, since(3))
	cancel()
	if _, err := o.Forecast(ctx, h.environ()); err == nil {
		t.Error("it went on")
	}
}
