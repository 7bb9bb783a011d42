package office

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/internal/need/chance"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/verify"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

const draftConfig = `[site]
title = "Roues"
lang = "fr"
zone = "Europe/Paris"
url = "https://roues.example/"

[[people]]
id = "awa"
hours = "6h"

[plan]
weeks = 6
lock = "48h"

[platforms.blog]
rhythm.times = ["Tue 09:00", "Thu 10:00"]
lead = "1 day"

[platforms.x]
rhythm.times = ["Tue 14:00", "Wed 14:00", "Thu 14:00"]
derives_from = "blog"
lag = "2h"

[platforms.letter]
kind = "newsletter"
rhythm.times = ["Fri 08:00"]
edition = { min = 1, max = 3 }
`

// draftNow is a Monday morning.
func draftNow() time.Time { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC) }

// draftOffice writes an office of posts of every kind that edits meet: with an
// id of their own and without, on one platform and on several, agreed, pinned,
// locked, and more of them than there is room for.
func draftOffice(t *testing.T) string {
	t.Helper()
	files := map[string]string{"config.toml": draftConfig}
	for i := range 9 {
		id := fmt.Sprintf("id = \"p%d\"\n", i)
		if i%3 == 2 {
			id = ""
		}
		platforms := []string{`["blog", "x"]`, `["blog"]`, `["x", "letter"]`, `["blog", "x", "letter"]`}[i%4]
		files[fmt.Sprintf("content/p%d.md", i)] = fmt.Sprintf("+++\ntitle = \"P%d\"\n%sstage = \"ready\"\nassignee = \"awa\"\neffort = \"1h\"\npriority = %d\nplatforms = %s\n+++\nx\n", i, id, 1+i%5, platforms)
	}
	files["content/p4.md"] = strings.Replace(files["content/p4.md"], `stage = "ready"`, `stage = "draft"`, 1)
	files["calendar.txt"] = `# What we agreed

2026-10-20T09:00+02:00[Europe/Paris] blog p0#blog#1 # p0
# ask Awa
2026-10-22T10:00+02:00[Europe/Paris] blog p1#blog#1 pin # p1
2026-10-20T14:00+02:00[Europe/Paris] x p0#x#1 # p0
2026-11-05T10:00+01:00[Europe/Paris] blog p3#blog#1 # p3
`
	return writeOffice(t, files)
}

// edits are the edits that a draft may try: each placement to each slot of its
// platform and to where it stands, each pin off, each left-out post somewhere.
func draftEdits(d *Draft) []Edit {
	var all []Edit
	slots := map[string][]time.Time{}
	inst := &d.Proposal.Instance
	for _, s := range inst.Slots {
		name := inst.Platforms[s.Platform].Name
		slots[name] = append(slots[name], inst.Time(s.At))
	}
	add := func(key calendar.Key) {
		all = append(all, Edit{Key: key})
		for _, at := range slots[key.Platform] {
			all = append(all, Edit{key, at})
		}
	}
	for _, x := range d.Proposal.Placements {
		add(x.Key)
	}
	for _, l := range d.Proposal.Left {
		add(l.Key)
	}
	return all
}

// seen is all that a person sees of a draft.
func seen(d *Draft) string {
	var b strings.Builder
	for _, x := range d.Proposal.Placements {
		fmt.Fprintln(&b, x.Key, x.At, x.State, x.Pinned, x.Locked, x.From)
	}
	for _, l := range d.Proposal.Left {
		fmt.Fprintln(&b, "left", l.Key)
	}
	fmt.Fprintln(&b, d.Proposal.Load, d.Proposal.Gaps, d.Proposal.Problems)
	b.Write(d.Text())
	return b.String()
}

// TestSession_undoesEverything: whatever is edited, undone and done again,
// undoing all of it shows the first state, and doing it again the last.
func TestSession_undoesEverything(t *testing.T) {
	t.Parallel()
	first := loadAt(t, draftOffice(t), draftNow()).Draft()
	start := seen(first)
	choices := rapid.SliceOfN(rapid.IntRange(0, 1<<20), 1, 6)
	for seed := range chance.Seeds(20) { // each plans several times
		s := NewSession(first)
		for _, choice := range choices.Example(seed) {
			switch choice % 6 {
			case 0:
				s.Undo()
			case 1:
				s.Redo()
			default:
				edits := draftEdits(s.Draft())
				before := seen(s.Draft())
				d, err := s.Draft().Edit(edits[choice/6%len(edits)])
				if seen(s.Draft()) != before {
					t.Fatalf("seed %d: an edit changed the draft that it was made on", seed)
				}
				if err == nil {
					s.Do(d)
				}
			}
		}
		last := seen(s.Draft())
		undone := 0
		for s.Undo() {
			undone++
		}
		if seen(s.Draft()) != start || s.Edited() {
			t.Fatalf("seed %d: undoing everything is not the first state", seed)
		}
		for range undone {
			s.Redo()
		}
		if seen(s.Draft()) != last {
			t.Fatalf("seed %d: doing everything again is not the last state", seed)
		}
	}
}

// TestDraft_agreesWhatItShows: edits that are agreed leave the calendar with
// exactly what the draft showed, every edit pinned and every post with its id;
// and planning from that anew breaks no rule.
func TestDraft_agreesWhatItShows(t *testing.T) {
	t.Parallel()
	base := draftOffice(t)
	first := loadAt(t, base, draftNow()).Draft()
	choices := rapid.SliceOfN(rapid.IntRange(0, 1<<20), 0, 4)
	for seed := range chance.Seeds(12) { // each writes to the disk, and waits for it
		dir := copied(t, base)
		d := loadAt(t, dir, draftNow()).Draft()
		for _, choice := range choices.Example(seed) {
			edits := draftEdits(first)
			if next, err := d.Edit(edits[choice%len(edits)]); err == nil {
				d = next
			}
		}
		text := d.Text()
		s := NewSession(d)
		if again, _ := s.Onto(loadAt(t, dir, draftNow())); !bytes.Equal(again.Draft().Text(), text) {
			t.Errorf("seed %d: read again, where nothing changed, it shows\n%s\nand not\n%s", seed, again.Draft().Text(), text)
		}
		if _, err := d.Agree(t.Context()); err != nil {
			t.Fatal(err)
		}
		o := loadAt(t, dir, draftNow())
		if !bytes.Equal(o.agreedSource, text) {
			t.Fatalf("seed %d: wrote\n%s\nshowed\n%s", seed, o.agreedSource, text)
		}
		shown := map[calendar.Key]time.Time{}
		for _, x := range d.Proposal.Placements {
			shown[x.Key] = x.At
		}
		for _, e := range o.Agreed.Entries {
			if at, ok := shown[planKey(e.Key)]; !ok || !sameMinute(at, e.At.Instant) {
				t.Errorf("seed %d: %v is agreed for %v, shown at %v", seed, e.Key, e.At.Instant, at)
			}
			delete(shown, planKey(e.Key))
		}
		if len(shown) > 0 {
			t.Errorf("seed %d: shown and not agreed: %v", seed, shown)
		}
		pins := map[calendar.Key]bool{}
		for _, e := range d.Edits {
			pins[e.Key] = !e.At.IsZero()
		}
		for key, want := range pins {
			if e, ok := o.agreedKey(key); want != (ok && e.Pin) {
				t.Errorf("seed %d: %v: pin %v, want %v", seed, key, ok && e.Pin, want)
			}
		}
		for _, plan := range []*Proposal{d.Proposal, o.Propose()} {
			var doc bytes.Buffer
			if err := json.NewEncoder(&doc).Encode(plan.Instance.Export(plan.Plan)); err != nil {
				t.Fatal(err)
			}
			if _, broken, err := verify.Check(&doc); err != nil || len(broken) > 0 {
				t.Errorf("seed %d: %v, %v", seed, broken, err)
			}
		}
	}
}

// TestDraft_movesFewOthers: what an edit does not touch stays where the screen
// showed it, before anything is agreed.
func TestDraft_movesFewOthers(t *testing.T) {
	t.Parallel()
	first := loadAt(t, filepath.Join("..", ".."), draftNow()).Draft()
	var moved []int
	for _, x := range first.Proposal.Placements {
		if x.Platform != "blog" || x.State == StatePublished {
			continue
		}
		d, err := first.Edit(Edit{x.Key, x.At})
		if err != nil {
			t.Fatal(err)
		}
		moved = append(moved, len(d.Since(first)))
	}
	slices.Sort(moved)
	if len(moved) == 0 || moved[len(moved)/2] > 2 {
		t.Errorf("pinning posts where they stand moves %v", moved)
	}
	moved = nil
	for i, g := range first.Proposal.Gaps {
		if i > 12 {
			break
		}
		for _, x := range first.Proposal.Placements {
			if x.Platform != g.Platform || x.State == StatePublished {
				continue
			}
			if d, err := first.Edit(Edit{x.Key, g.At}); err == nil {
				moved = append(moved, len(d.Last.Lost)+len(d.Last.Besides))
			}
			break
		}
	}
	slices.Sort(moved)
	t.Log(moved)
	if len(moved) == 0 || moved[len(moved)/2] > 4 {
		t.Errorf("moving posts to free slots moves %v others", moved)
	}
}

// copied returns a copy of an office.
func copied(t *testing.T, from string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "office")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestDraft_leavesAChangedFileAlone: who changed the agreed calendar meanwhile
// loses nothing, and the edits can be made on what is there now.
func TestDraft_leavesAChangedFileAlone(t *testing.T) {
	t.Parallel()
	dir := draftOffice(t)
	s := NewSession(loadAt(t, dir, draftNow()).Draft())
	key := calendar.Key{Post: "p3", Platform: "blog", Occurrence: 1}
	d, err := s.Draft().EditWhen(key, "2026-11-10 09:00")
	if err != nil {
		t.Fatal(err)
	}
	s.Do(d)
	file := filepath.Join(dir, AgreedFile)
	theirs, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	theirs = append(theirs, "2026-11-12T10:00+01:00[Europe/Paris] blog p4#blog#1 pin # p4\n"...)
	if err := os.WriteFile(file, theirs, 0o644); err != nil {
		t.Fatal(err)
	}
	var p problem.Problem
	if _, err := d.Agree(t.Context()); !errors.As(err, &p) || p.Code != CodeAgreedChanged {
		t.Fatalf("agreed over somebody's work: %v", err)
	}
	if now, _ := os.ReadFile(file); !bytes.Equal(now, theirs) {
		t.Fatal("the file was written")
	}
	s, refused := s.Onto(loadAt(t, dir, draftNow()))
	if len(refused) > 0 {
		t.Fatal(refused)
	}
	if _, err := s.Draft().Agree(t.Context()); err != nil {
		t.Fatal(err)
	}
	now, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2026-11-12T10:00+01:00[Europe/Paris] blog p4#blog#1 pin", "2026-11-10T09:00+01:00[Europe/Paris] blog p3#blog#1 pin"} {
		if !strings.Contains(string(now), want) {
			t.Errorf("%q is not in\n%s", want, now)
		}
	}
}

// TestSession_ontoGoesOnWithTheClock: where no file changed, what can be undone
// stays, and the plan is that of the present: what has gone out meanwhile is
// out.
func TestSession_ontoGoesOnWithTheClock(t *testing.T) {
	t.Parallel()
	dir := draftOffice(t)
	s := NewSession(loadAt(t, dir, draftNow()).Draft())
	d, err := s.Draft().EditWhen(calendar.Key{Post: "p3", Platform: "blog", Occurrence: 1}, "2026-11-10 09:00")
	if err != nil {
		t.Fatal(err)
	}
	s.Do(d)
	later := draftNow().Add(27 * time.Hour) // after Tuesday 09:00
	s, refused := s.Onto(loadAt(t, dir, later))
	if len(refused) > 0 || len(s.Draft().Edits) != 1 || !s.Edited() {
		t.Fatalf("%d edits, refused %v", len(s.Draft().Edits), refused)
	}
	for _, x := range s.Draft().Proposal.Placements {
		if x.State == StateNew && x.At.Before(later) {
			t.Errorf("%v is planned for what is past", x.Key)
		}
		if x.Key.Post == "p3" && x.Platform == "blog" && !x.Pinned {
			t.Error("the edit is lost")
		}
	}
	if !s.Undo() || s.Edited() {
		t.Error("the edit cannot be undone")
	}
}

// TestDraft_isReadByManyAtOnce: for the race detector.
func TestDraft_isReadByManyAtOnce(t *testing.T) {
	t.Parallel()
	d := loadAt(t, draftOffice(t), draftNow()).Draft()
	var wait sync.WaitGroup
	for _, e := range draftEdits(d)[:12] {
		wait.Go(func() {
			_, _ = d.Edit(e)
			d.Finds(e.Key)
			d.Text()
			if item, _ := d.Proposal.Item(e.Key); item >= 0 {
				d.Office.Reasons(d.Proposal, item)
			}
		})
	}
	wait.Wait()
}

// TestSession_ontoNamesWhatIsNotPossibleAnyMore: an edit of a post that is gone
// is left out and named, the others are made.
func TestSession_ontoNamesWhatIsNotPossibleAnyMore(t *testing.T) {
	t.Parallel()
	dir := draftOffice(t)
	s := NewSession(loadAt(t, dir, draftNow()).Draft())
	for _, post := range []string{"p3", "p4"} {
		d, err := s.Draft().EditWhen(calendar.Key{Post: post, Platform: s.platform(post), Occurrence: 1}, "2026-11-10 11:00")
		if err != nil {
			t.Fatal(err)
		}
		s.Do(d)
	}
	if err := os.Remove(filepath.Join(dir, "content", "p3.md")); err != nil {
		t.Fatal(err)
	}
	next, refused := s.Onto(loadAt(t, dir, draftNow()))
	if len(refused) != 1 || refused[0].Edit.Key.Post != "p3" {
		t.Fatalf("refused: %v", refused)
	}
	if got := next.Draft().Edits; len(got) != 1 || got[0].Key.Post != "p4" {
		t.Errorf("made: %v", got)
	}
	if text := refused[0].Err.Error(); refused[0].Title != "P3" || strings.Contains(text, "p3#") {
		t.Errorf("it is not named by its title: %q, %s", refused[0].Title, text)
	}
}

// TestSession_keepsWhatIsNotPossible: an edit of a post whose file is away is
// made again once it is back, also after it was read a second time without it.
func TestSession_keepsWhatIsNotPossible(t *testing.T) {
	t.Parallel()
	dir := draftOffice(t)
	s := NewSession(loadAt(t, dir, draftNow()).Draft())
	d, err := s.Draft().EditWhen(calendar.Key{Post: "p3", Platform: "blog", Occurrence: 1}, "2026-11-10 09:00")
	if err != nil {
		t.Fatal(err)
	}
	s.Do(d)
	file := filepath.Join(dir, "content", "p3.md")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var refused []Refused
		if s, refused = s.Onto(loadAt(t, dir, draftNow())); len(refused) != 1 || refused[0].Title != "P3" || !s.Edited() {
			t.Fatalf("refused: %v", refused)
		}
	}
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	gone := s.Copy()
	s, refused := s.Onto(loadAt(t, dir, draftNow()))
	if got := s.Draft().Edits; len(refused) > 0 || len(got) != 1 || got[0].Key.Post != "p3" || !s.Draft().Proposal.pinned(got[0].Key) {
		t.Errorf("made: %v, refused: %v", got, refused)
	}
	if given, ok := gone.Forget(); !ok || given.Title != "P3" || gone.Edited() {
		t.Errorf("gave up %v, %v", given, ok)
	}
}

func (p *Proposal) pinned(key calendar.Key) bool {
	return slices.ContainsFunc(p.Placements, func(x Placement) bool { return x.Key == key && x.Pinned })
}

// TestSession_holdsSoMany: of very many edits the last can be undone, all of
// them stay edits, and the first draft is still the first.
func TestSession_holdsSoMany(t *testing.T) {
	t.Parallel()
	first := &Draft{}
	s := NewSession(first)
	for i := range 3 * undoMost {
		s.Do(&Draft{Edits: make([]Edit, i+1)})
	}
	undone := 0
	for s.Undo() {
		undone++
	}
	if undone != undoMost || len(s.drafts) != undoMost+1 || s.First() != first || !s.Edited() {
		t.Errorf("%d undone, %d held", undone, len(s.drafts))
	}
}

func (s *Session) platform(post string) string {
	return s.Draft().Office.platformsOf(s.Draft().Office.post(post))[0]
}

// TestDraft_finds: what is pinned and what is locked is looked at as if it were
// free; what it would find is what a free one finds.
func TestDraft_finds(t *testing.T) {
	t.Parallel()
	d := loadAt(t, draftOffice(t), draftNow()).Draft()
	for _, x := range d.Proposal.Placements {
		reasons := d.Finds(x.Key)
		if len(reasons) == 0 {
			t.Errorf("%v finds no slot", x.Key)
		}
		if !slices.ContainsFunc(reasons, func(r Reason) bool { return r.Rule == "" }) {
			t.Errorf("%v finds no open slot, not even its own", x.Key)
		}
	}
	// A post of which all is pinned by its own date has no choice.
	p := d.Office.post("p1")
	pinned := *p
	pinned.Date = d.Office.moment(draftNow().Add(30 * 24 * time.Hour))
	o := *d.Office
	o.byID = map[string]*content.Post{"p1": &pinned}
	corpus := *d.Office.Corpus
	corpus.Posts = []*content.Post{&pinned}
	o.Corpus = &corpus
	if got := o.Draft().Finds(calendar.Key{Post: "p1", Platform: "blog", Occurrence: 1}); got != nil {
		t.Errorf("finds %v", got)
	}
}
