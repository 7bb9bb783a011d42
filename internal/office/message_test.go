package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/internal/platforms"
	"editorial/pkg/calendar"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

const tellingConfig = `[site]
title = "Les Roues libres"
lang = "fr"
zone = "Europe/Paris"
url = "https://roues.example/"
licence = "CC BY 4.0"
[platforms.blog]
[platforms.mastodon]
[platforms.x]
[[people]]
id = "awa"
name = "Awa Traoré"
`

func tellingOffice(t *testing.T) (*Office, string) {
	t.Helper()
	dir := writeOffice(t, map[string]string{
		"config.toml": tellingConfig,
		"content/fr/freins.md": "+++\ntitle = \"Freins\"\nid = \"f\"\nslug = \"freins\"\nstage = \"ready\"\ndate = \"2026-10-20 09:00\"\ntags = [\"vélo\"]\nauthors = [\"awa\"]\nquestion = \"Et vous ?\"\nimage = { src = \"a.gif\", alt = \"Une main\" }\n" +
			"[variants.mastodon]\ntitle = \"Les freins\"\ntext = \"un\\n---\\ndeux\"\nfirst_comment = \"Merci.\"\n+++\nDeux [vis](vis.md#x). [Brouillon](plus-tard.md).\n\n![](a.gif) ![Une roue](b.gif) [un film](c.mp4) ![loin](https://velo.example/d.png)\n",
		"content/fr/vis.md":       "+++\ntitle = \"Vis\"\nid = \"v\"\nstage = \"ready\"\ndate = \"2026-10-06 09:00\"\n+++\nx\n",
		"content/fr/plus-tard.md": "+++\ntitle = \"Plus tard\"\nid = \"p\"\nstage = \"draft\"\n+++\nx\n",
		"content/seul.md":         "+++\ntitle = \"Seul\"\nid = \"s\"\nstage = \"ready\"\nplatforms = [\"x\"]\ncanonical = \"https://velo.example/seul/\"\n+++\nSeul.\n",
		"content/lettre.md":       "+++\ntitle = \"Lettre\"\nedition = 2026-10-29\n+++\nx\n",
		"content/fr/a.gif":        "GIF89a\x02\x00\x03\x00\x00\x00\x00",
		"content/fr/b.gif":        "GIF89a\x04\x00\x05\x00\x00\x00\x00",
		"content/fr/c.mp4":        "a film",
	})
	return loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC)), dir
}

func at(o *Office, id, name string, when time.Time) Placement {
	return Placement{Key: calendar.Key{Post: id, Platform: name, Occurrence: 1}, Platform: name, At: when, Post: o.post(id)}
}

func TestMessage_saysAllThatAPlatformMayWant(t *testing.T) {
	t.Parallel()
	o, dir := tellingOffice(t)
	when := time.Date(2026, 10, 22, 10, 30, 0, 0, time.UTC)
	got, problems, err := o.Message(t.Context(), o.post("f"), at(o, "f", "mastodon", when))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "content", "fr", "freins.md"))
	if err != nil {
		t.Fatal(err)
	}
	want := platform.Post{
		Key: "f#mastodon#1", At: when, Lang: "fr", Title: "Les freins", Summary: "Deux vis. Brouillon. un film", Text: "un\n\ndeux", Texts: []string{"un", "deux"}, Thread: true,
		Question: "Et vous ?", Link: "https://roues.example/freins/", Canonical: "https://roues.example/freins/", Tags: []string{"vélo"},
		Media: []platform.Media{
			{Path: "fr/a.gif", Name: "a.gif", Type: "image/gif", Alt: "Une main", Width: 2, Height: 3, Bytes: 13, URL: "https://roues.example/fr/a.gif"},
			{Path: "fr/b.gif", Name: "b.gif", Type: "image/gif", Alt: "Une roue", Width: 4, Height: 5, Bytes: 13, URL: "https://roues.example/fr/b.gif"},
			{Path: "fr/c.mp4", Name: "c.mp4", Type: "video/mp4", Alt: "un film", Bytes: 6, URL: "https://roues.example/fr/c.mp4"},
		},
		Slug: "freins", Authors: []string{"Awa Traoré"}, Licence: "CC BY 4.0", File: "fr/freins.md", Source: source, FirstComment: "Merci.",
		Markdown: string(source[strings.Index(string(source), "Deux ["):]), HTML: got.HTML, Plain: got.Plain,
	}
	for i := range want.Media {
		data, err := os.ReadFile(filepath.Join(dir, "content", filepath.FromSlash(want.Media[i].Path)))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		want.Media[i].Sum = hex.EncodeToString(sum[:])
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, part := range []string{`<a href="https://roues.example/vis/#x">vis</a>`, `src="https://roues.example/fr/b.gif" alt="Une roue" width="4" height="5"`} {
		if !strings.Contains(got.HTML, part) {
			t.Errorf("the HTML lacks %s:\n%s", part, got.HTML)
		}
	}
	if strings.Contains(got.HTML, "plus-tard") || strings.Contains(got.Plain, "http") || !strings.HasPrefix(got.Plain, "Deux vis. Brouillon.") {
		t.Errorf("%s\n%s", got.HTML, got.Plain)
	}
}

func TestMessage_leadsWhereThePageIs(t *testing.T) {
	t.Parallel()
	o, _ := tellingOffice(t)
	out := time.Date(2026, 10, 22, 10, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		id, link string
		at       time.Time
		codes    []problem.Code
	}{
		{"f", "https://roues.example/freins/", out, nil},
		{"f", "https://roues.example/freins/", out.AddDate(0, 0, -5), []problem.Code{CodeLinkEarly}},
		{"v", "https://roues.example/vis/", out, nil},
		{"s", "https://velo.example/seul/", out, nil},
	} {
		m, problems, err := o.Message(t.Context(), o.post(tt.id), at(o, tt.id, "x", tt.at))
		var codes []problem.Code
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		if err != nil || m.Link != tt.link || !slices.Equal(codes, tt.codes) {
			t.Errorf("%s at %s: %q, %v, %v", tt.id, tt.at, m.Link, problems, err)
		}
	}
}

// TestMessage_saysWhereReadersComeFrom: only where it is wished, and only in the
// link of the site's own page.
func TestMessage_saysWhereReadersComeFrom(t *testing.T) {
	t.Parallel()
	o, _ := tellingOffice(t)
	o.Config.UTM = config.UTM{Source: ":platform", Medium: ":campaign", Campaign: "a :slug"}
	mastodon := o.Config.Platforms["mastodon"]
	mastodon.UTM = false
	o.Config.Platforms["mastodon"] = mastodon
	const page = "https://roues.example/freins/"
	for _, tt := range []struct{ id, name, link, canonical string }{
		{"f", "x", page + "?utm_source=x&utm_campaign=a+freins", page},
		{"f", "mastodon", page, page},
		{"s", "x", "https://velo.example/seul/", "https://velo.example/seul/"},
	} {
		m, _, err := o.Message(t.Context(), o.post(tt.id), at(o, tt.id, tt.name, o.Now))
		if err != nil || m.Link != tt.link || m.Canonical != tt.canonical || strings.Contains(m.HTML+m.Markdown, "utm_") {
			t.Errorf("%s on %s: %q, %q, %v", tt.id, tt.name, m.Link, m.Canonical, err)
		}
	}
}

// TestMessage_isMadeOnceForAll: the daemon asks from several goroutines.
func TestMessage_isMadeOnceForAll(t *testing.T) {
	t.Parallel()
	o, _ := tellingOffice(t)
	x := at(o, "f", "x", o.Now)
	all := make([]platform.Post, 8)
	var wait sync.WaitGroup
	for i := range all {
		wait.Go(func() {
			var err error
			if all[i], _, err = o.Message(t.Context(), o.post("f"), x); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, m := range all[1:] {
		if d := cmp.Diff(all[0], m); d != "" {
			t.Fatal(d)
		}
	}
}

func TestMessage_refusesWhatIsNoLongerThere(t *testing.T) {
	t.Parallel()
	o, dir := tellingOffice(t)
	var letter *content.Post
	for _, p := range o.Corpus.Posts {
		if !p.Edition.IsZero() {
			letter = p
		}
	}
	if _, _, err := o.Message(t.Context(), letter, Placement{}); !errors.Is(err, ErrNoPage) {
		t.Errorf("an introduction: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "content", "fr", "b.gif")); err != nil {
		t.Fatal(err)
	}
	m, problems, err := o.Message(t.Context(), o.post("f"), at(o, "f", "x", o.Now.AddDate(0, 1, 0)))
	if err != nil || len(problems) != 1 || problems[0].Code != content.CodeUnreadable || problems[0].Severity != problem.Error || len(m.Media) != 2 {
		t.Errorf("a picture that is gone: %v, %v, %v", m.Media, problems, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "fr", "freins.md"), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Message(t.Context(), o.post("f"), at(o, "f", "x", o.Now)); !errors.Is(err, ErrChanged) {
		t.Errorf("a post that changed: %v", err)
	}
}

func TestWhole_endsWithASentence(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "", "Une phrase": "Une phrase", "Une phrase…": "Une phrase…", "Une phrase. Une autre qui…": "Une phrase.", "Ah ! Non ? Oui mais…": "Ah ! Non ?",
	} {
		if got := whole(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}

func TestReachable_isWhatEverybodyReaches(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://roues.example/a.png": true, "http://localhost:8080/a.png": false, "http://127.0.0.1/a": false, "http://[::1]/a": false, "http://192.168.1.4/a": false,
		"https://93.184.216.34/a": true, "": false, "a.png": false,
	} {
		if got := reachable(address); (got != "") != want || want && got != address {
			t.Errorf("%q: %q", address, got)
		}
	}
}

// TestTell_showsTheBytesThatGoOut: what a preview shows is what the worker
// freezes, now and later.
func TestTell_showsTheBytesThatGoOut(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":       tellingConfig + "[utm]\nsource = \":platform\"\n",
		"calendar.txt":      "2026-10-20T09:00 blog f#blog#1 # freins\n2026-10-21T09:00 blog v#blog#1 # vis\n2026-10-22T12:30 mastodon f#mastodon#1 # freins\n2026-10-23T12:30 x f#x#1 # freins\n",
		"content/freins.md": "+++\ntitle = \"Freins\"\nid = \"f\"\nstage = \"ready\"\nquestion = \"Et vous ?\"\nimage = { src = \"a.gif\", alt = \"Une main\" }\n[variants.x]\nthread = true\n+++\nDeux [vis](vis.md).\n",
		"content/vis.md":    "+++\ntitle = \"Vis\"\nid = \"v\"\nstage = \"ready\"\n+++\nx\n",
		"content/a.gif":     "GIF89a\x02\x00\x03\x00\x00\x00\x00",
	})
	sums := map[string]string{}
	for _, now := range []time.Time{
		time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC), time.Date(2026, 10, 20, 8, 0, 0, 0, time.UTC), time.Date(2026, 10, 22, 10, 29, 59, 0, time.UTC),
	} {
		o := loadAt(t, dir, now)
		told, err := o.Tell(t.Context(), o.Propose(), o.post("f"), "")
		if err != nil || len(told) != 2 {
			t.Fatal(told, err)
		}
		orders, err := o.Orders()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range told {
			if x.Held || len(x.Problems) > 0 {
				t.Errorf("%s at %s: %v", x.Platform, now, x.Problems)
			}
			i := slices.IndexFunc(orders, func(o Order) bool { return o.Platform == x.Platform })
			m, err := o.PostFor(t.Context(), orders[i])
			if err != nil {
				t.Fatal(err)
			}
			message, err := platforms.Formats()[x.Kind].Render(m)
			if err != nil {
				t.Fatal(err)
			}
			_, sum, err := message.Freeze()
			if err != nil {
				t.Fatal(err)
			}
			if sum != x.Sum || sums[x.Platform] != "" && sums[x.Platform] != sum || !strings.Contains(string(x.Frozen), "utm_source="+x.Platform) {
				t.Errorf("%s at %s: shown %s, frozen %s\n%s", x.Platform, now, x.Sum, sum, x.Frozen)
			}
			sums[x.Platform] = sum
		}
	}
}

// TestTell_saysWhatCannotGoOut: a text that cannot be rendered is said nowhere,
// and the worker is told why.
func TestTell_saysWhatCannotGoOut(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":  tellingConfig,
		"calendar.txt": "2026-10-22T12:30 x b#x#1 # b\n",
		"content/b.md": "+++\ntitle = \"B\"\nid = \"b\"\nstage = \"ready\"\n[variants.x]\ntext = \"Mots.\"\n+++\n" + strings.Repeat("> ", 200) + "x\n",
	})
	o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	told, err := o.Tell(t.Context(), o.Propose(), o.post("b"), "x")
	if err != nil || len(told) != 1 || !told[0].Held || told[0].Frozen != nil || len(told[0].Problems) == 0 {
		t.Errorf("%+v, %v", told, err)
	}
	orders, err := o.Orders()
	if err != nil || len(orders) != 1 {
		t.Fatal(orders, err)
	}
	if _, err := o.PostFor(t.Context(), orders[0]); problem.Errors([]problem.Problem{asProblem(err)}) != 1 {
		t.Errorf("the worker is told %v", err)
	}
}

// asProblem is an error as a problem; a warning if it is none.
func asProblem(err error) problem.Problem {
	p := problem.Problem{Severity: problem.Warning}
	errors.As(err, &p)
	return p
}

// TestCheck_looksAtWhatIsNearAndAtOwnWords: not at thousands of texts that may
// still change.
func TestCheck_looksAtWhatIsNearAndAtOwnWords(t *testing.T) {
	t.Parallel()
	post := func(id, more string) string {
		return "+++\ntitle = \"T\"\nid = \"" + id + "\"\nstage = \"ready\"\n" + more + "+++\nx\n"
	}
	dir := writeOffice(t, map[string]string{
		"config.toml": tellingConfig,
		"calendar.txt": "2026-10-20T09:00 x near#x#1 # T\n2026-10-21T09:00 blog near#blog#1 # T\n" +
			"2026-12-01T09:00 x far#x#1 # T\n2026-12-02T09:00 blog far#blog#1 # T\n2026-12-03T09:00 x own#x#1 # T\n2026-12-04T09:00 blog own#blog#1 # T\n",
		"content/near.md": post("near", ""), "content/far.md": post("far", ""), "content/own.md": post("own", "[variants.x]\ntext = \"Mots.\"\n"),
		"content/nowhere.md": post("nowhere", "platforms = [\"x\"]\n[variants.x]\ntext = \""+strings.Repeat("日", 141)+"\"\n"),
		"content/draft.md":   strings.Replace(post("draft", "platforms = [\"x\"]\n[variants.x]\ntext = \""+strings.Repeat("日", 141)+"\"\n"), "ready", "draft", 1),
	})
	o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	problems, err := o.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]problem.Code{}
	for _, p := range problems {
		if strings.HasPrefix(string(p.Code), "platform-") {
			got[p.File] = p.Code
		}
	}
	want := map[string]problem.Code{"content/near.md": CodeLinkEarly, "content/own.md": CodeLinkEarly, "content/nowhere.md": text.CodeTooLong}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestMessage_leadsNowhereWhereThereIsNoPage: in an office without a blog only
// what is out has one, as the build makes it.
func TestMessage_leadsNowhereWhereThereIsNoPage(t *testing.T) {
	t.Parallel()
	post := func(id, more string) string { return "+++\ntitle = \"T\"\nid = \"" + id + "\"\n" + more + "+++\nx\n" }
	dir := writeOffice(t, map[string]string{
		"config.toml":      strings.Replace(tellingConfig, "[platforms.blog]\n", "", 1),
		"content/bare.md":  post("bare", "stage = \"ready\"\n"),
		"content/dated.md": post("dated", "stage = \"ready\"\ndate = \"2026-10-20 09:00\"\n"),
		"content/out.md":   post("out", "stage = \"published\"\ndate = \"2026-10-01 09:00\"\n"),
	})
	o := loadAt(t, dir, time.Date(2026, 10, 21, 6, 0, 0, 0, time.UTC))
	made, err := o.Make(t.Context(), NewMemory())
	if err != nil {
		t.Fatal(err)
	}
	built := publicFiles(t, o, made)
	for id, want := range map[string]bool{"bare": false, "dated": false, "out": true} {
		m, _, err := o.Message(t.Context(), o.post(id), at(o, id, "x", o.Now.Add(time.Hour)))
		if _, there := built[id+"/index.html"]; err != nil || there != want || (m.Link != "") != want || (m.Canonical != "") != want {
			t.Errorf("%s: leads to %q, a page is built: %v, %v", id, m.Link, there, err)
		}
		v, err := o.Preview(t.Context(), o.Propose(), o.post(id))
		if err != nil || v.Paged != want || (len(v.Feeds) > 0) != want {
			t.Errorf("the preview of %s: a page: %v, feeds %v, %v", id, v.Paged, v.Feeds, err)
		}
	}
	o, _ = tellingOffice(t) // one that goes elsewhere than to the blog
	if v, err := o.Preview(t.Context(), o.Propose(), o.post("s")); err != nil || v.Paged || len(v.Feeds) > 0 {
		t.Errorf("not on the blog: a page: %v, feeds %v, %v", v.Paged, v.Feeds, err)
	}
}

// TestMessage_isNotSentWithoutItsPicture, and check says so, once.
func TestMessage_isNotSentWithoutItsPicture(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":      tellingConfig,
		"calendar.txt":     "2026-10-22T12:30 x a#x#1 # a\n2026-10-22T09:00 blog a#blog#1 # a\n",
		"content/a.md":     "+++\ntitle = \"A\"\nid = \"a\"\nstage = \"ready\"\n+++\n![Une roue](gone.png)\n",
		"content/draft.md": "+++\ntitle = \"D\"\nid = \"d\"\nstage = \"draft\"\n+++\n![Une roue](gone.png)\n",
	})
	o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	orders, err := o.Orders()
	if err != nil || len(orders) != 2 {
		t.Fatal(orders, err)
	}
	for _, order := range orders {
		_, err := o.PostFor(t.Context(), order)
		if held := asProblem(err).Code == content.CodeNoImage; held != (order.Platform == "x") {
			t.Errorf("%s is told %v", order.Platform, err)
		}
	}
	problems, err := o.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]problem.Severity{}
	for _, p := range problems {
		if p.Code == content.CodeNoImage {
			got[p.File] = append(got[p.File], p.Severity)
		}
	}
	want := map[string][]problem.Severity{"content/a.md": {problem.Error}, "content/draft.md": {problem.Warning}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestMessage_isNotSentWithoutItsFilm: one that the text leads to or shows, and that
// is gone, holds the post; check and the preview say so. What leads to no film does not.
func TestMessage_isNotSentWithoutItsFilm(t *testing.T) {
	t.Parallel()
	for body, held := range map[string]bool{
		"Voyez [le film](gone.mp4).":                       true,
		"Écoutez [le son](gone.mp3?x=1).":                  true,
		"<video><source src=\"gone.webm\"></video>":        true,
		"Voyez [le film](https://films.example/gone.mp4).": false,
		"Voyez [le plan](gone.pdf).":                       false,
		"Voyez [le film](there.mp4).":                      false,
	} {
		dir := writeOffice(t, map[string]string{
			"config.toml":       tellingConfig,
			"calendar.txt":      "2026-10-22T12:30 x a#x#1 # a\n2026-10-22T09:00 blog a#blog#1 # a\n",
			"content/a.md":      "+++\ntitle = \"A\"\nid = \"a\"\nstage = \"ready\"\n+++\n" + body + "\n",
			"content/there.mp4": "film",
		})
		o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
		orders, err := o.Orders()
		if err != nil || len(orders) != 2 {
			t.Fatal(orders, err)
		}
		for _, order := range orders {
			_, err := o.PostFor(t.Context(), order)
			if got := asProblem(err).Code == CodeNoMedia; got != (held && order.Platform == "x") {
				t.Errorf("%s: %s is told %v", body, order.Platform, err)
			}
		}
		told, err := o.Tell(t.Context(), o.Propose(), o.post("a"), "x")
		if err != nil || len(told) != 1 || told[0].Held != held {
			t.Errorf("%s: the preview says %+v (%v)", body, told, err)
		}
		problems, err := o.Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, p := range problems {
			if p.Code == CodeNoMedia && p.Severity == problem.Error && p.Line > 0 {
				found++
			}
		}
		if found > 1 || (found == 1) != held {
			t.Errorf("%s: check says %v", body, problems)
		}
	}
}

// TestTell_showsWhatWasSent: the journal's bytes, not those that the file gives
// now.
func TestTell_showsWhatWasSent(t *testing.T) {
	t.Parallel()
	dir := writeOffice(t, map[string]string{
		"config.toml":  tellingConfig,
		"calendar.txt": "2026-10-22T12:30 x a#x#1 # a\n",
		"content/a.md": "+++\ntitle = \"A\"\nid = \"a\"\nstage = \"ready\"\nplatforms = [\"x\"]\n+++\nNouveau.\n",
	})
	o := loadAt(t, dir, time.Date(2026, 10, 23, 6, 0, 0, 0, time.UTC))
	tell := func() Telling {
		t.Helper()
		told, err := o.Tell(t.Context(), o.Propose(), o.post("a"), "")
		if err != nil || len(told) != 1 {
			t.Fatal(told, err)
		}
		return told[0]
	}
	fresh := tell()
	old := platform.Message{Kind: "x", Parts: []platform.Part{{Text: "Ancien."}}}
	data, sum, err := old.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	out := time.Date(2026, 10, 22, 10, 30, 4, 0, time.UTC)
	journaled := Frozen{data, sum}
	asked := func(_ context.Context, key platform.Key) (Frozen, bool, error) { return journaled, key == "a#x#1", nil }
	for _, d := range []Delivered{{State: journal.Published, At: out}, {State: journal.Uncertain}, {State: journal.Published, At: out}} {
		if err := o.learnDeliveries(Deliveries{States: map[platform.Key]Delivered{"a#x#1": d}, Frozen: asked}); err != nil {
			t.Fatal(err)
		}
		got := tell()
		if !got.Sent || got.Held || got.Changed != (sum != fresh.Sum) || got.Sum != sum || string(got.Frozen) != string(journaled.Message) || !got.Out.Equal(d.At) {
			t.Errorf("%+v: %+v", d, got)
		}
		for _, l := range o.Posts() {
			want := []Out{{"x", o.local(out), "a#x#1"}}
			if d.State != journal.Published {
				want = nil
			}
			if diff := cmp.Diff(want, l.Out); diff != "" || l.Date.IsZero() != (want == nil) {
				t.Errorf("%+v: listed at %s, %s", d, l.Date, diff)
			}
		}
		if d.State == journal.Uncertain { // and now what the file says
			journaled = Frozen{fresh.Frozen, fresh.Sum}
			sum = fresh.Sum
		}
	}
}

func TestTell_saysWhatHoldsAPost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, more string
		d          Deliveries
		want       journal.Reason
	}{
		{"nothing", "stage = \"ready\"\n", Deliveries{}, ""},
		{"a draft", "stage = \"draft\"\n", Deliveries{}, journal.NotReady},
		{"unapproved", "stage = \"ready\"\napproval = \"wanted\"\n", Deliveries{}, journal.NotApproved},
		{"an embargo", "stage = \"ready\"\nembargo = \"2026-10-25 09:00\"\n", Deliveries{}, journal.Embargoed},
		{"an embargo that ends before", "stage = \"ready\"\nembargo = \"2026-10-21 09:00\"\n", Deliveries{}, ""},
		{"a freeze", "stage = \"ready\"\n", Deliveries{Freezes: []Freeze{{At: time.Date(2026, 10, 18, 6, 0, 0, 0, time.UTC)}}}, journal.Frozen},
		{"a freeze but here", "stage = \"ready\"\n", Deliveries{Freezes: []Freeze{{At: time.Date(2026, 10, 18, 6, 0, 0, 0, time.UTC), Except: "x"}}}, ""},
		{"the journal", "stage = \"ready\"\n", Deliveries{States: map[platform.Key]Delivered{"a#x#1": {State: journal.Held, Reason: journal.OutOfMoney}}}, journal.OutOfMoney},
	} {
		dir := writeOffice(t, map[string]string{
			"config.toml":  tellingConfig,
			"calendar.txt": "2026-10-22T12:30 x a#x#1 # a\n",
			"content/a.md": "+++\ntitle = \"A\"\nid = \"a\"\nplatforms = [\"x\"]\n" + tt.more + "+++\nx\n",
		})
		o := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
		if err := o.learnDeliveries(tt.d); err != nil {
			t.Fatal(err)
		}
		told, err := o.Tell(t.Context(), o.Propose(), o.post("a"), "")
		if err != nil || len(told) != 1 || told[0].Hold != tt.want || told[0].Held != (tt.want != "") {
			t.Errorf("%s: %+v, %v", tt.name, told, err)
		}
	}
}

// TestCheck_warnsOfWhatGoesOutSoon: of what a platform will leave out, once, where
// the program itself sends it; pictures without a text are named by post.
func TestCheck_warnsOfWhatGoesOutSoon(t *testing.T) {
	t.Parallel()
	post := func(id, stage string) string {
		return "+++\ntitle = \"T\"\nid = \"" + id + "\"\nstage = \"" + stage + "\"\n+++\n![](a.gif) [un film](c.webm)\n"
	}
	dir := writeOffice(t, map[string]string{
		"config.toml": strings.Replace(tellingConfig, "[platforms.x]", "[platforms.x]\n[platforms.bluesky]\nlive = true\n[policy]\nalt_text = true\n", 1),
		"calendar.txt": "2026-10-20T09:00 blog near#blog#1 # T\n2026-10-21T09:00 bluesky near#bluesky#1 # T\n2026-10-21T10:00 x near#x#1 # T\n2026-10-21T10:00 bluesky draft#bluesky#1 # T\n" +
			"2026-12-01T09:00 blog far#blog#1 # T\n2026-12-02T09:00 bluesky far#bluesky#1 # T\n",
		"content/near.md": post("near", "ready"), "content/far.md": post("far", "ready"), "content/draft.md": post("draft", "draft"),
		"content/a.gif": "GIF89a\x02\x00\x03\x00\x00\x00\x00", "content/c.webm": "a film",
	})
	problems, err := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC)).Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range problems {
		if p.Severity == problem.Warning && (strings.Contains(string(p.Code), "files") || strings.Contains(string(p.Code), "alt")) {
			got[p.File+" "+string(p.Code)]++
		}
	}
	want := map[string]int{"content/near.md bluesky-files-left-out": 1, "content/near.md alt-text": 1, "content/far.md alt-text": 1, "content/draft.md alt-text": 1}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestFeedsOf_areThoseThatShowAPostNow(t *testing.T) {
	t.Parallel()
	o, _ := tellingOffice(t)
	for id, want := range map[string]bool{"v": true, "f": false, "s": false, "nobody": false} { // "f" is out tomorrow
		feeds, err := o.FeedsOf(id)
		if err != nil || slices.Contains(feeds, "https://roues.example/feed.xml") != want || !want && len(feeds) > 0 {
			t.Errorf("%s: %v, %v", id, feeds, err)
		}
	}
}
