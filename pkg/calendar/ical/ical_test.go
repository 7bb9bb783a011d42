package ical_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/pkg/calendar/ical"
	"editorial/pkg/civil"
)

func zone(t testing.TB, name string) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment(t testing.TB, z civil.Zone, s string) civil.Moment {
	t.Helper()
	m, err := z.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sample is a small office in Paris.
func sample(t testing.TB) ical.Calendar {
	z := zone(t, "Europe/Paris")
	at := func(s string) time.Time { return moment(t, z, s).Instant }
	return ical.Calendar{
		Name: "Atelier vélo : blog",
		Zone: z,
		Events: []ical.Event{
			{
				UID: ical.UID("publish", "b#blog#1"), Start: at("2026-12-01 09:00"), End: at("2026-12-01 09:30"),
				Summary:     "Bien choisir sa chaîne ; huile, sel et « patience » — un titre assez long pour être plié deux fois au moins",
				Description: "Billet : chaine-et-sel\nAuteur : Léa, 2 h\\semaine", URL: "https://example.org/fr/chaîne-et-sel/",
				Categories: []string{"entretien", "hiver, froid"}, Status: ical.Agreed, Modified: at("2026-11-20 18:00:05"),
			},
			{UID: ical.UID("publish", "a#blog#1"), Start: at("2026-10-20 09:00"), Summary: "Back to the workshop 🚲", URL: "javascript:alert(1)", Busy: true},
			{UID: ical.UID("publish", "c#blog#1"), Start: at("2026-10-25T02:30+01:00"), Summary: "In the second half past two", Status: ical.Cancelled},
		},
		Todos: []ical.Todo{
			{UID: ical.UID("due", "b#blog#1"), Due: moment(t, z, "2026-11-27"), Summary: "Relire : chaîne et sel", URL: "https://example.org/", Priority: 1, Estimate: 150 * time.Minute},
			{UID: ical.UID("due", "a#blog#1"), Due: moment(t, z, "2026-10-16 18:00"), Summary: "Finish the workshop post", Done: true, Modified: at("2026-10-16 17:00")},
			{UID: ical.UID("due", "e#blog#1"), Due: moment(t, z, "2026-10-25T02:30+01:00"), Summary: "Half past two, the second", Begun: true, Percent: 40, Priority: 9, Estimate: 20 * time.Minute},
			{UID: ical.UID("due", "d#blog#1"), Summary: "Some day"},
		},
	}
}

var update = flag.Bool("update", false, "rewrite the golden files")

func TestEncode_golden(t *testing.T) {
	t.Parallel()
	got := sample(t).Encode()
	checkLines(t, got)
	file := filepath.Join("testdata", "sample.ics")
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
	shuffled := sample(t)
	slices.Reverse(shuffled.Events)
	slices.Reverse(shuffled.Todos)
	if !bytes.Equal(shuffled.Encode(), got) {
		t.Error("the order of the events changes the file")
	}
}

func TestEncode_isReadAlikeByOthers(t *testing.T) {
	t.Parallel()
	c := sample(t)
	for name, got := range newReaders(t).read(t, c.Encode()) {
		var want []component
		for _, e := range c.Events {
			x := component{Kind: "VEVENT", UID: e.UID, Start: utc(e.Start), Stamp: utc(e.Start), Summary: e.Summary, Description: e.Description, Categories: e.Categories}
			x.Status = map[ical.Status]string{ical.Planned: "TENTATIVE", ical.Agreed: "CONFIRMED", ical.Cancelled: "CANCELLED"}[e.Status]
			if !e.End.IsZero() {
				x.End = utc(e.End)
			}
			if !e.Modified.IsZero() {
				x.Stamp, x.Modified = utc(e.Modified), utc(e.Modified)
			}
			if name == "icalendar" && len(x.Categories) > 1 {
				// icalendar 4 undoes the escape and then splits at every comma.
				x.Categories = strings.Split(strings.Join(x.Categories, ","), ",")
			}
			if strings.HasPrefix(e.URL, "https:") {
				x.URL = strings.ReplaceAll(e.URL, "î", "%C3%AE")
			}
			want = append(want, x)
		}
		for _, d := range c.Todos {
			x := component{Kind: "VTODO", UID: d.UID, Stamp: utc(d.Due.Instant), Summary: d.Summary, URL: d.URL, Status: "NEEDS-ACTION"}
			if d.Due.HasClock {
				x.Due = utc(d.Due.Instant)
			} else {
				x.Due = d.Due.String()
			}
			if d.Done {
				x.Status, x.Stamp, x.Modified = "COMPLETED", utc(d.Modified), utc(d.Modified)
			}
			if d.Priority > 0 {
				x.Priority = fmt.Sprint(d.Priority)
			}
			switch {
			case d.Done:
				x.Percent = "100"
			case d.Begun:
				x.Status, x.Percent = "IN-PROCESS", fmt.Sprint(d.Percent)
			}
			if d.Estimate > 0 && !d.Done {
				x.Estimate = map[time.Duration]string{150 * time.Minute: "PT2H30M", 20 * time.Minute: "PT20M"}[d.Estimate]
			}
			if d.Due.IsZero() {
				x.Stamp = "1970-01-01T00:00:00Z"
			}
			want = append(want, x)
		}
		byUID := func(a, b component) int { return strings.Compare(a.Kind+a.UID, b.Kind+b.UID) }
		slices.SortFunc(want, byUID)
		slices.SortFunc(got, byUID)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func utc(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// zones are those with something odd about them: none, half an hour, Ramadan,
// the south, a smaller "summer" time, midnight, 45 minutes, rules that ended,
// a day that was skipped.
func zones() []string {
	return []string{
		"Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo", "Europe/Dublin",
		"Asia/Beirut", "Pacific/Chatham", "America/Santiago", "Africa/Abidjan", "Asia/Kolkata", "Africa/Cairo", "Europe/Istanbul",
		"America/Ciudad_Juarez", "Pacific/Apia", "Asia/Tehran", "America/Nuuk", "UTC", "Etc/GMT+5", "Europe/London", "Africa/Juba",
	}
}

// aroundChanges has an event on both sides of every change of offset in these
// years, and every thirty days.
func aroundChanges(z civil.Zone, first, last int) ical.Calendar {
	from, to := time.Date(first, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(last, 12, 31, 0, 0, 0, 0, time.UTC)
	c := ical.Calendar{Name: z.Name(), Zone: z}
	add := func(t time.Time) {
		id := fmt.Sprintf("%d", len(c.Events))
		c.Events = append(c.Events, ical.Event{UID: id, Start: t, End: t.Add(30 * time.Minute), Summary: "n" + id})
	}
	for t := from; t.Before(to); t = t.AddDate(0, 0, 30) {
		add(t)
	}
	for _, p := range z.Periods(from, to) {
		if p.Start.After(from) && p.Start.Before(to) {
			for _, d := range []time.Duration{-2 * time.Hour, -90 * time.Minute, -30 * time.Minute, -time.Second, 0, 30 * time.Minute, 90 * time.Minute, 3 * time.Hour} {
				add(p.Start.Add(d))
			}
		}
	}
	return c
}

// foreign gives the zone a name that no reader knows, so that it must read our
// VTIMEZONE.
func foreign(ics []byte, name, as string) []byte {
	ics = bytes.ReplaceAll(ics, []byte("TZID:"+name+"\r\n"), []byte("TZID:"+as+"\r\n"))
	return bytes.ReplaceAll(ics, []byte("TZID="+name+":"), []byte("TZID="+as+":"))
}

func TestTimezone_givesOtherReadersTheSameInstants(t *testing.T) {
	t.Parallel()
	r := newReaders(t)
	for i, name := range zones() {
		if testing.Short() && i > 4 {
			break
		}
		for _, years := range [][2]int{{2026, 2026}, {2022, 2031}, {2011, 2012}, {2040, 2040}} {
			c := aroundChanges(zone(t, name), years[0], years[1])
			ics := c.Encode()
			checkLines(t, ics)
			for reader, found := range r.read(t, foreign(ics, name, fmt.Sprintf("X-%d-%d", i, years[1]))) {
				if len(found) != len(c.Events) {
					t.Errorf("%s %s %v: %d events of %d", reader, name, years, len(found), len(c.Events))
				}
				for _, f := range found {
					var n int
					fmt.Sscan(f.UID, &n)
					if e := c.Events[n]; f.Start != utc(e.Start) || f.End != utc(e.End) {
						t.Errorf("%s %s: got %s to %s, want %s to %s", reader, name, f.Start, f.End, utc(e.Start), utc(e.End))
					}
				}
			}
		}
	}
}

func TestTimezone_isPresentInAnEmptyCalendar(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"UTC", "Europe/Paris"} {
		lines := checkLines(t, ical.Calendar{Zone: zone(t, name)}.Encode())
		if !slices.Contains(lines, "BEGIN:VTIMEZONE") || !slices.Contains(lines, "BEGIN:STANDARD") {
			t.Errorf("%s: %v", name, lines)
		}
	}
}

func TestEncode_keepsHostileTextInItsPlace(t *testing.T) {
	t.Parallel()
	evil := "x\r\nEND:VEVENT\r\nBEGIN:VALARM\nACTION:DISPLAY\u2028ATTACH:file\x00\x1b[2J\u202e\xff"
	c := ical.Calendar{Name: evil, Zone: zone(t, "Europe/Paris"), Events: []ical.Event{{
		UID: evil, Start: time.Unix(1.8e9, 0), Summary: evil, Description: evil, Categories: []string{evil, "", "\n"},
		URL: "https://example.org/\r\nATTACH:x",
	}}}
	lines := checkLines(t, c.Encode())
	for _, l := range lines {
		if strings.HasPrefix(l, "ATTACH") || strings.HasPrefix(l, "BEGIN:VALARM") || strings.HasPrefix(l, "URL") {
			t.Errorf("%q", l)
		}
	}
	want := `SUMMARY:x END:VEVENT BEGIN:VALARM ACTION:DISPLAY ATTACH:file[2J` + "\uFFFD"
	if !slices.Contains(lines, want) {
		t.Errorf("no %q in %q", want, lines)
	}
	for name, found := range newReaders(t).read(t, c.Encode()) {
		if len(found) != 1 || found[0].Summary != strings.TrimPrefix(want, "SUMMARY:") || len(found[0].Categories) != 1 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestUID_dependsOnKindAndKeyAlone(t *testing.T) {
	t.Parallel()
	// A change of this value makes every subscriber see everything twice.
	if got, want := ical.UID("publish", "0f3c#blog#1"), "b1fea402-fec1-5709-82dc-b88cae345a7a"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if ical.UID("due", "a") == ical.UID("publish", "a") {
		t.Error("the kind does not count")
	}
}

// TestKhal_listsEventsAtOurInstants imports the calendars into khal, as a
// person would, and asks it for a list in UTC.
func TestKhal_listsEventsAtOurInstants(t *testing.T) {
	t.Parallel()
	khal := need.Program(t, "khal")
	for i, name := range []string{"Europe/Paris", "Australia/Lord_Howe", "Africa/Casablanca"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := aroundChanges(zone(t, name), 2026, 2026)
			c.Todos = sample(t).Todos // khal has no use for them, and must not stumble
			dir := t.TempDir()
			ics := filepath.Join(dir, "c.ics")
			conf := filepath.Join(dir, "config")
			for file, text := range map[string]string{
				ics: string(foreign(c.Encode(), name, fmt.Sprintf("X-%d", i))),
				conf: "[calendars]\n[[office]]\npath = " + filepath.Join(dir, "office") + "\n[sqlite]\npath = " + filepath.Join(dir, "db") +
					"\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M:%S\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n" +
					"datetimeformat = %Y-%m-%dT%H:%M:%S\nlongdatetimeformat = %Y-%m-%dT%H:%M:%S\n",
			} {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(filepath.Join(dir, "office"), 0o700); err != nil {
				t.Fatal(err)
			}
			run := func(args ...string) string {
				cmd := exec.Command(khal, append([]string{"-c", conf}, args...)...)
				cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir, "LC_ALL=C.UTF-8", "TZ=UTC")
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("khal %v: %v\n%s", args, err, out)
				}
				return string(out)
			}
			run("import", "--batch", "-a", "office", ics)
			var got, want []string
			for line := range strings.Lines(run("list", "--once", "--day-format", "", "--format", "{start-long} {end-long} {title}", "2026-01-01", "2027-01-02")) {
				if line = strings.TrimSpace(line); line != "" {
					got = append(got, line)
				}
			}
			for _, e := range c.Events {
				want = append(want, strings.ReplaceAll(utc(e.Start)+" "+utc(e.End)+" "+e.Summary, "Z ", " "))
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
