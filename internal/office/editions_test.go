package office_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/civil"
)

// write makes an office of files and returns its folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// build builds an office and returns what it made, by path.
func build(t *testing.T, dir, now string) map[string]string {
	t.Helper()
	o, err := office.Load(context.Background(), office.Options{
		Dir: dir, Config: config.Options{},
		Clock: func(z civil.Zone) (time.Time, error) {
			m, err := z.ParseMoment(now)
			return m.Instant, err
		},
	})
	if err != nil {
		t.Fatalf("%v: %v", err, o.Problems)
	}
	out := t.TempDir()
	built, err := o.Build(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]string{}
	for _, name := range built.Files {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		made[name] = string(data)
	}
	return made
}

const letters = `
[site]
title = "Les Roues libres"
zone = "Europe/Paris"
url = "https://roues.example/"
[platforms.blog]
rhythm.times = ["Tue 09:00"]
[platforms.newsletter]
rhythm.times = ["Thu 08:00", "Thu 18:00"]
edition = { min = 1, max = 6 }
[platforms.members]
kind = "newsletter"
archive = true
rhythm.times = ["Fri 08:00"]
edition = { min = 1, max = 6 }
[newsletter]
from = "lettre@roues.example"
`

func post(id, more, body string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"Title of " + id + "\"\nstage = \"ready\"\n" + more + "\n+++\n" + body
}

func picture(t *testing.T, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBuild_everyNewsletterHasAFolder(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"config.toml":         letters,
		"content/a.md":        post("a", `platforms = ["newsletter"]`, "Text of a.\n\n![A map](img/map.png)\n"),
		"content/b.md":        post("b", `platforms = ["newsletter"]`, "Text of b."),
		"content/c.md":        post("c", `platforms = ["members"]`, "Text of c."),
		"content/img/map.png": picture(t, 1104, 20),
		"calendar.txt": `2026-10-22T08:00 newsletter a#newsletter#1 # a
2026-10-22T18:00 newsletter b#newsletter#1 # b
2026-10-23T08:00 members c#members#1 # c
`,
	})
	before := build(t, dir, "2026-10-22T07:59")
	for _, name := range []string{"private/editions/2026-10-22/mail.eml", "private/editions/members/2026-10-23/mail.eml", "private/editions/2026-10-22/img/map.png"} {
		if before[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	if got := before["private/editions/2026-10-22/mail.html"]; !strings.Contains(got, `width="552" height="10"`) {
		t.Errorf("the picture is not measured, or not scaled: %s", got)
	}
	for name, data := range before {
		if strings.HasPrefix(name, "public/") && (strings.Contains(name, "newsletter") || strings.Contains(data, "Text of")) {
			t.Errorf("%s is out too early", name)
		}
	}
	if before["public/img/map.png"] == "" {
		t.Error("the mail shows a picture that nobody can load")
	}
	between := build(t, dir, "2026-10-22T12:00")
	if between["private/editions/2026-10-22-1800/mail.txt"] == "" || between["public/newsletter/2026-10-22/index.html"] == "" || between["public/img/map.png"] == "" {
		t.Error("the second edition of a day, or the first, is missing")
	}
	after := build(t, dir, "2026-10-23T08:00")
	for name, want := range map[string]string{
		"public/newsletter/2026-10-22/index.html": "Text of a.", "public/newsletter/2026-10-22-1800/index.html": "Text of b.",
		"public/newsletter/members/2026-10-23/index.html": "Text of c.",
	} {
		if !strings.Contains(after[name], want) {
			t.Errorf("%s: no %q", name, want)
		}
	}
}

// TestBuild_introductionThatIsNotReadyIsNotPublic: the edition goes out
// without it.
func TestBuild_introductionThatIsNotReadyIsNotPublic(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{
		"draft": "draft = true", "under embargo": "embargo = 2026-11-01", "ready": "",
	} {
		dir := write(t, map[string]string{
			"config.toml":      letters,
			"content/a.md":     post("a", `platforms = ["newsletter"]`, "Text of a."),
			"content/intro.md": "+++\ntitle = \"Secret\"\nedition = 2026-10-22\n" + more + "\n+++\nSecret words.\n",
			"calendar.txt":     "2026-10-22T08:00 newsletter a#newsletter#1 # a\n",
		})
		if got := build(t, dir, "2026-10-22T07:59")["private/editions/2026-10-22/mail.txt"]; !strings.Contains(got, "Secret words.") {
			t.Errorf("%s: the team does not see it", name)
		}
		var public []string
		for file, data := range build(t, dir, "2026-10-22T08:00") {
			if strings.HasPrefix(file, "public/") && strings.Contains(data, "Secret") {
				public = append(public, file)
			}
		}
		slices.Sort(public)
		if name != "ready" && public != nil {
			t.Errorf("%s: %v", name, public)
		}
		if want := []string{"public/newsletter/2026-10-22/index.html", "public/newsletter/index.html"}; name == "ready" && !slices.Equal(public, want) {
			t.Errorf("%s: %v", name, public)
		}
	}
}

// TestBuild_bodyThatCannotBeReadStaysOut: the rest of the edition stands.
func TestBuild_bodyThatCannotBeReadStaysOut(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"config.toml":  letters,
		"content/a.md": post("a", `platforms = ["newsletter"]`, strings.Repeat("*a_ ", 200_000)),
		"content/b.md": post("b", `platforms = ["newsletter"]`, "Text of b."),
		"calendar.txt": "2026-10-22T08:00 newsletter a#newsletter#1 # a\n2026-10-22T08:00 newsletter b#newsletter#1 # b\n",
	})
	for _, now := range []string{"2026-10-22T07:59", "2026-10-22T08:00"} {
		made := build(t, dir, now)
		text := made["private/editions/2026-10-22/mail.txt"] + made["public/newsletter/2026-10-22/index.html"]
		if !strings.Contains(text, "Text of b.") || strings.Contains(text, "Title of a") {
			t.Errorf("%s: %s", now, text)
		}
	}
}

// TestBuild_noMessageWhileAPostIsNotReady: nobody sends a draft by mistake, and
// the team sees which it is.
func TestBuild_noMessageWhileAPostIsNotReady(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ stage, note string }{
		"ready":  {"ready", ""},
		"idea":   {"idea", "Title of b (idea)"},
		"draft":  {"draft", "Title of b (draft)"},
		"review": {"review", "Title of b (in review)"},
	} {
		dir := write(t, map[string]string{
			"config.toml":  letters,
			"content/a.md": post("a", `platforms = ["newsletter"]`, "Text of a."),
			"content/b.md": strings.Replace(post("b", `platforms = ["newsletter"]`, "Text of b."), `"ready"`, `"`+tt.stage+`"`, 1),
			"calendar.txt": "2026-10-22T08:00 newsletter a#newsletter#1 # a\n2026-10-22T08:00 newsletter b#newsletter#1 # b\n",
		})
		made := build(t, dir, "2026-10-22T07:00")
		const folder = "private/editions/2026-10-22/"
		if got := made[folder+"mail.eml"] != ""; got != (tt.note == "") {
			t.Errorf("%s: a message: %t", name, got)
		}
		if page := made[folder+"index.html"]; strings.Contains(page, "Not ready") != (tt.note != "") || !strings.Contains(page, tt.note) {
			t.Errorf("%s: the page for the team says %s", name, page)
		}
		if made[folder+"mail.txt"] == "" || made[folder+"mail.html"] == "" {
			t.Errorf("%s: no preview of the mail", name)
		}
	}
}

// TestBuild_filesThatRunStayOut: what a post leads to has the rights of the
// site where it lies below it.
func TestBuild_filesThatRunStayOut(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"config.toml": letters,
		"content/a.md": post("a", `date = "2026-10-20 09:00"
platforms = ["blog", "newsletter"]
image = { src = "cover.svg", alt = "A cover" }`, `See [the demo](demo.html), [the code](/code.js) and [the plan](plan.svg).

![A drawing](draw.svg)
`),
		"content/demo.html": "<script>alert(1)</script>", "content/code.js": "alert(1)",
		"content/plan.svg":  `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"content/draw.svg":  `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
		"content/cover.svg": `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"calendar.txt":      "2026-10-20T09:00 blog a#blog#1 # a\n2026-10-22T08:00 newsletter a#newsletter#1 # a\n",
	})
	for _, now := range []string{"2026-10-21T08:00", "2026-10-22T08:00"} {
		made := build(t, dir, now)
		if !strings.Contains(made["public/a/index.html"], `<a href="../plan.svg">`) || made["public/plan.svg"] == "" {
			t.Errorf("a picture that does nothing is gone: %s", made["public/a/index.html"])
		}
		for name, data := range made {
			for _, file := range []string{"demo.html", "code.js", "draw.svg", "cover.svg"} {
				if strings.Contains(name, file) || strings.Contains(data, file) {
					t.Errorf("%s: %s leads to %s", now, name, file)
				}
			}
		}
	}
	o, err := office.Load(context.Background(), office.Options{Dir: dir, Clock: func(z civil.Zone) (time.Time, error) {
		m, err := z.ParseMoment("2026-10-21T08:00")
		return m.Instant, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	found, err := o.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		if f.Code == office.CodeActive {
			got = append(got, f.Error())
		}
	}
	want := []string{
		`content/a.md:7:9: asset-active file="cover.svg"`, `content/a.md:9: asset-active file="code.js"`,
		`content/a.md:9: asset-active file="demo.html"`, `content/a.md:11: asset-active file="draw.svg"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestBuild_robotsNoneIsSaidOnEveryPage: on those of newsletters, too.
func TestBuild_robotsNoneIsSaidOnEveryPage(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"config.toml":  strings.Replace(letters, "[platforms.blog]", "robots = \"none\"\n[platforms.blog]", 1),
		"content/a.md": post("a", `platforms = ["members"]`, "Text of a."),
		"calendar.txt": "2026-10-23T08:00 members a#members#1 # a\n",
	})
	pages := 0
	for name, data := range build(t, dir, "2026-10-24T08:00") {
		if !strings.HasPrefix(name, "public/") || !strings.HasSuffix(name, ".html") {
			continue
		}
		pages++
		if !strings.Contains(data, `<meta name="robots" content="noindex">`) {
			t.Errorf("%s may be indexed", name)
		}
	}
	if pages < 4 {
		t.Errorf("%d pages", pages)
	}
}

// TestBuild_pagesLeadToTheLettersOfTheirLanguage: and the sitemap to all that
// there are.
func TestBuild_pagesLeadToTheLettersOfTheirLanguage(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"config.toml": `[site]
title = "Les Roues libres"
lang = "fr"
langs = ["fr", "en"]
zone = "Europe/Paris"
url = "https://roues.example/"
[platforms.blog]
rhythm.times = ["Tue 09:00"]
[platforms.newsletter]
rhythm.times = ["Thu 08:00"]
edition = { min = 1, max = 6 }
[newsletter]
from = "lettre@roues.example"
[[newsletter.lists]]
id = "fr"
languages = ["fr"]
[[newsletter.lists]]
id = "en"
languages = ["en"]
`,
		"content/fr/a.md": post("a", `platforms = ["blog", "newsletter"]`, "Texte."),
		"content/en/b.md": post("b", `platforms = ["blog", "newsletter"]`, "Text."),
		"calendar.txt": `2026-10-20T09:00 blog a#blog#1 # a
2026-10-20T09:00 blog b#blog#1 # b
2026-10-22T08:00 newsletter a#newsletter#1 # a
2026-10-22T08:00 newsletter b#newsletter#1 # b
`,
	})
	made, seen := build(t, dir, "2026-10-24T08:00"), map[string]int{}
	for name, data := range made {
		if !strings.HasSuffix(name, ".html") || !strings.HasPrefix(name, "public/") || strings.HasPrefix(name, "public/newsletter/") {
			continue
		}
		lang, other := "fr", "en"
		if strings.HasPrefix(name, "public/en/") || strings.Contains(name, "/b/") {
			lang, other = other, lang
		}
		seen[lang]++
		if !strings.Contains(data, "newsletter/"+lang+`/"`) || strings.Contains(data, "newsletter/"+other+`/"`) {
			t.Errorf("%s does not lead to the letters in %s", name, lang)
		}
	}
	if seen["fr"] < 3 || seen["en"] < 3 {
		t.Errorf("pages: %v", seen)
	}
	for _, lang := range []string{"fr", "en"} {
		if made["public/newsletter/"+lang+"/index.html"] == "" || !strings.Contains(made["public/sitemap.xml"], "<loc>https://roues.example/newsletter/"+lang+"/</loc>") {
			t.Errorf("no archive in %s, or not in the sitemap", lang)
		}
	}
}
