package office

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar"
	"editorial/pkg/publish/journal"
)

// leadingOffice has posts that link to each other, come out one after the other,
// and want each other's addresses.
func leadingOffice(t *testing.T) (*Office, string) {
	t.Helper()
	all := "[a](a.md) [b](b.md#x) [c](c.md) [d](d.md) [e](e.md) [f](f.md) [same](/same/) [old](https://roues.example/old/) [b](/b/)\n"
	post := func(id, front string) string {
		return fmt.Sprintf("+++\ntitle = %q\nid = %q\n%s+++\n%s", id, id, front, all)
	}
	dir := writeOffice(t, map[string]string{
		"config.toml":  tellingConfig,
		"content/a.md": post("a", "stage = \"ready\"\ndate = \"2026-10-06 09:00\"\naliases = [\"/old/\"]\n"),
		"content/b.md": post("b", "stage = \"ready\"\n"),
		"content/c.md": post("c", "stage = \"ready\"\ndate = \"2026-10-20 09:00\"\nembargo = \"2026-10-21 09:00\"\nslug = \"same\"\n"),
		"content/d.md": post("d", "stage = \"ready\"\nslug = \"Same\"\n"),
		"content/e.md": post("e", "stage = \"draft\"\naliases = [\"/b/\"]\n"),
		"content/f.md": post("f", "stage = \"ready\"\nplatforms = [\"x\"]\n"),
		"calendar.txt": "2026-10-20T10:00+02:00[Europe/Paris] blog b#blog#1\n2026-10-22T10:00+02:00[Europe/Paris] blog d#blog#1\n2026-10-20T12:00+02:00[Europe/Paris] x b#x#1\n",
	})
	return loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC)), dir
}

// TestMessage_saysTheSameWhateverWasAskedBefore: links that are remembered from
// other messages lead where they would lead without.
func TestMessage_saysTheSameWhateverWasAskedBefore(t *testing.T) {
	t.Parallel()
	o, _ := leadingOffice(t)
	alone := *o
	alone.said = nil
	r := rand.New(rand.NewPCG(5, 6))
	remembered := 0
	for range 400 {
		id := string("abcdef"[r.IntN(6)])
		when := time.Date(2026, 10, 19, 22, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(80)) * time.Hour)
		x := Placement{Key: calendar.Key{Post: id, Platform: "mastodon", Occurrence: 1}, Platform: "mastodon", At: when, Post: o.post(id)}
		if o.said.lead[0].holds(when) || o.said.lead[1].holds(when) {
			remembered++
		}
		got, problems, err := o.Message(t.Context(), x.Post, x)
		want, wanted, werr := alone.Message(t.Context(), x.Post, x)
		for i := range want.Media {
			got.Media[i].Sum = want.Media[i].Sum
		}
		if diff := cmp.Diff(want, got); diff != "" || !errors.Is(err, werr) || len(problems) != len(wanted) {
			t.Fatalf("%s at %s: %s%v %v, %v %v", id, when, diff, err, werr, problems, wanted)
		}
	}
	if remembered < 100 {
		t.Errorf("links were remembered %d times of 400", remembered)
	}
}

func TestChanged_asksForWhatIsWritten(t *testing.T) {
	t.Parallel()
	o, dir := leadingOffice(t)
	is := func(want bool) {
		t.Helper()
		if got, err := o.Changed(o.post("a")); got != want || err != nil {
			t.Errorf("changed: %v %v, want %v", got, err, want)
		}
	}
	is(false)
	name := filepath.Join(dir, "content", "a.md")
	if err := os.Chtimes(name, time.Time{}, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	is(false) // nobody wrote anything
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(text, '!'), 0o644); err != nil {
		t.Fatal(err)
	}
	is(true)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	is(true)
}

func TestHoldOf_waitsUntilAPostHasCooledOff(t *testing.T) {
	t.Parallel()
	o, dir := leadingOffice(t)
	o.Config.Policy.CoolOff.Minutes = 60
	written := time.Date(2026, 10, 20, 9, 30, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "content", "b.md"), time.Time{}, written); err != nil {
		t.Fatal(err)
	}
	order := Order{Platform: "x", Post: o.post("b")}
	if why, _, again := o.HoldOf(order, written.Add(59*time.Minute)); why != journal.CoolOff || !again.Equal(written.Add(time.Hour)) {
		t.Errorf("an hour has not passed: %q until %s", why, again)
	}
	if why, detail, _ := o.HoldOf(order, written.Add(time.Hour)); why != "" {
		t.Errorf("an hour has passed: %q %s", why, detail)
	}
}
