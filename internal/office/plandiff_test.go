package office

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"editorial/pkg/civil"
)

// sampleFiles are the files of the sample office that it is planned from.
func sampleFiles(t *testing.T) map[string][]byte {
	t.Helper()
	root := filepath.Join("..", "..")
	files := map[string][]byte{}
	for _, name := range PlanFiles() {
		err := filepath.WalkDir(filepath.Join(root, name), func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			rel = filepath.ToSlash(rel)
			if files[rel] = nil; ForPlan(rel) {
				files[rel], err = os.ReadFile(p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func octoberOptions(dir string) Options {
	return Options{Dir: dir, Clock: func(z civil.Zone) (time.Time, error) {
		m, err := z.ParseMoment("2026-10-19T08:00")
		return m.Instant, err
	}}
}

func fromMemory(t *testing.T, files map[string][]byte) *Office {
	t.Helper()
	o, err := LoadFiles(context.Background(), files, octoberOptions("."))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// shown is what counts of a plan.
func shown(o *Office, p *Proposal) []string {
	var all []string
	for _, x := range p.Placements {
		all = append(all, x.At.Format(time.RFC3339)+" "+x.Key.String()+" "+string(x.State))
	}
	for _, l := range p.Left {
		all = append(all, "left "+l.Key.String())
	}
	for _, x := range o.Problems {
		all = append(all, x.Error())
	}
	return all
}

// TestLoadFiles_plansLikeTheFolder: pictures without their bytes make no
// difference.
func TestLoadFiles_plansLikeTheFolder(t *testing.T) {
	t.Parallel()
	disk, err := Load(context.Background(), octoberOptions(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	memory := fromMemory(t, sampleFiles(t))
	was, is := disk.Propose(), memory.Propose()
	if len(is.Placements) < 30 {
		t.Fatalf("%d placements", len(is.Placements))
	}
	if d := cmp.Diff(shown(disk, was), shown(memory, is)); d != "" {
		t.Errorf("folder -, memory +:\n%s", d)
	}
	if d := memory.DiffPlans(disk, was, is); len(d.Changes)+len(d.Work) > 0 {
		t.Errorf("the same plan differs: %+v", d)
	}
}

func TestLoadFiles_withoutAFolderOfPosts(t *testing.T) {
	t.Parallel()
	o := fromMemory(t, map[string][]byte{"config.toml": sampleFiles(t)["config.toml"]})
	if p := o.Propose(); len(p.Placements) > 0 || len(o.Problems) > 0 {
		t.Errorf("%d placements, %v", len(p.Placements), o.Problems)
	}
}

// TestDuties_addUpToTheLoad: the pieces of work due by the end of a week are
// what the planner counts there.
func TestDuties_addUpToTheLoad(t *testing.T) {
	t.Parallel()
	files := sampleFiles(t)
	for _, change := range []string{"", "draft", "nobody"} {
		changed := map[string][]byte{}
		for name, data := range files {
			text := string(data)
			switch change {
			case "draft": // everything owes its hours
				text = strings.ReplaceAll(text, `stage = "ready"`, `stage = "draft"`)
			case "nobody": // hours of people who are none of ours
				text = strings.ReplaceAll(text, `assignee = "nora"`, `assignee = "someone"`)
			}
			changed[name] = []byte(text)
		}
		o := fromMemory(t, changed)
		p := o.Propose()
		if d := cmp.Diff(p.Load, o.loadOf(p, o.owed(p, p.asPlanned()))); d != "" {
			t.Errorf("%s: planner -, duties +:\n%s", change, d)
		}
		minutes := 0
		for i, d := range o.Duties(p) {
			minutes += d.Minutes
			if d.Done && d.Minutes > 0 {
				t.Errorf("%s: %d minutes of what is done", d.Key, d.Minutes)
			}
			if d.Due.After(d.At) {
				t.Errorf("duty %d, %s, is due after it goes out", i, d.Key)
			}
		}
		if minutes == 0 {
			t.Errorf("%q: nobody owes anything", change)
		}
	}
}

// TestDiffPlans_backwardsIsTheOpposite: what moved moves back, what is new is
// removed, what was more is less.
func TestDiffPlans_backwardsIsTheOpposite(t *testing.T) {
	t.Parallel()
	files := sampleFiles(t)
	before := fromMemory(t, files)
	changed := map[string][]byte{}
	for name, data := range files {
		changed[name] = data
	}
	delete(changed, "content/subvention-ville.md")
	changed["config.toml"] = []byte(strings.Replace(string(files["config.toml"]), `hours = "8h"`, `hours = "4h"`, 1))
	changed["content/new.md"] = []byte("+++\ntitle = \"New\"\nplatforms = [\"blog\"]\npriority = 5\nassignee = \"awa\"\neffort = \"4h\"\n+++\nx\n")
	after := fromMemory(t, changed)
	was, is := before.Propose(), after.Propose()
	there, back := after.DiffPlans(before, was, is), before.DiffPlans(after, is, was)
	opposite := map[ChangeKind]ChangeKind{ChangeMoved: ChangeMoved, ChangeNew: ChangeRemoved, ChangeRemoved: ChangeNew}
	type row struct {
		Kind     ChangeKind
		Key      string
		From, To time.Time
	}
	rows := func(d PlanDiff, turn bool) []row {
		var all []row
		for _, c := range d.Changes {
			r := row{c.Kind, c.Key.String(), c.From, c.To}
			if turn {
				r = row{opposite[c.Kind], r.Key, r.To, r.From}
			}
			all = append(all, r)
		}
		return all
	}
	byKey := cmpopts.SortSlices(func(a, b row) bool { return a.Key < b.Key })
	if d := cmp.Diff(rows(there, false), rows(back, true), byKey); d != "" {
		t.Errorf("there -, back and turned round +:\n%s", d)
	}
	var turned []WorkChange
	for _, w := range back.Work {
		turned = append(turned, WorkChange{w.Person, w.Name, w.Week, w.Needed, w.Had, w.Over, w.NeededBefore, w.HadBefore, w.OverBefore})
	}
	if d := cmp.Diff(there.Work, turned); d != "" {
		t.Errorf("work there -, back and turned round +:\n%s", d)
	}
	for _, kind := range []ChangeKind{ChangeMoved, ChangeNew, ChangeRemoved} {
		if posts, placements := there.Posts(kind); posts == 0 || placements < posts {
			t.Errorf("%s: %d posts, %d placements", kind, posts, placements)
		}
	}
	// Each change that the planner can explain is explained by what is so.
	for _, c := range there.Changes {
		switch {
		case c.Kind == ChangeNew && before.post(c.Key.Post) == nil && c.Cause.Code != CauseNewPost,
			c.Kind == ChangeRemoved && after.post(c.Key.Post) == nil && c.Cause.Code != CauseNoPost,
			c.Kind == ChangeMoved && c.Cause.Code == "":
			t.Errorf("%s %s: cause %q", c.Kind, c.Key, c.Cause.Code)
		}
	}
}

// TestDiffAgreed_saysWhatIsWorthMore: nothing moves to a better slot that is
// worth less. A post that moves although its old slot is open and worth more
// says what for.
func TestDiffAgreed_saysWhatIsWorthMore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, data := range sampleFiles(t) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func() *Office {
		o, err := Load(t.Context(), octoberOptions(dir))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := load()
	if _, err := o.Agree(t.Context(), o.Propose()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "content", "bourse-aux-velos.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(src), `deadline = "2026-11-14"`, `deadline = "2026-11-26"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	o = load()
	p := o.Propose()
	codes := map[CauseCode]int{}
	for _, c := range o.DiffAgreed(p).Changes {
		codes[c.Cause.Code]++
		_, value := p.Item(c.Key)
		switch c.Cause.Code {
		case CauseBetter:
			if c.Cause.Reasons[0].Value >= value {
				t.Errorf("%s: %d there, %d here, which is not better", c.Key, c.Cause.Reasons[0].Value, value)
			}
		case CauseEdition, CauseWhole:
			if c.Cause.Reasons[0].Value < value {
				t.Errorf("%s: %d there, %d here, which is better", c.Key, c.Cause.Reasons[0].Value, value)
			}
			if c.Cause.Code == CauseEdition && c.Cause.Least != o.Config.Platforms[c.Key.Platform].Edition.Min {
				t.Errorf("%s: %d posts", c.Key, c.Cause.Least)
			}
		}
	}
	if codes[CauseEdition] != 1 {
		t.Errorf("one post moves to fill an edition; got %v", codes)
	}
}
