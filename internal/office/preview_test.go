package office

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"editorial/internal/config"
	"editorial/pkg/civil"
)

func loadAt(t *testing.T, dir string, now time.Time) *Office {
	t.Helper()
	o, err := Load(t.Context(), Options{
		Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return now, nil }, Config: config.Options{ReadFile: os.ReadFile},
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func writeOffice(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const previewConfig = `[site]
title = "Les Roues libres"
description = "Un atelier."
lang = "fr"
zone = "Europe/Paris"
url = "https://roues.example/"
[platforms.blog]
rhythm.times = ["Tue 09:00"]
`

func previewOffice(t *testing.T) string {
	return writeOffice(t, map[string]string{
		"config.toml":       previewConfig,
		"content/ouvert.md": "+++\ntitle = \"Ouvert\"\nid = \"o\"\nstage = \"published\"\ndate = \"2026-10-01 09:00\"\ntags = [\"vélo\"]\n+++\nVenez. [Là](freins.md)\n",
		"content/freins.md": "+++\ntitle = \"Freins\"\nid = \"f\"\nstage = \"ready\"\ndate = \"2026-10-20 09:00\"\ntags = [\"vélo\"]\nquestion = \"Et vous ?\"\n+++\nDeux [vis](ouvert.md#x). ![Une roue](roue.png)\n",
		"content/roue.png":  "a picture",
	})
}

// TestPreview_isThePageThatComes: what a preview shows before is what the
// build makes when the time has come, byte for byte.
func TestPreview_isThePageThatComes(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	before := loadAt(t, dir, time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	post, err := before.Find("freins")
	if err != nil {
		t.Fatal(err)
	}
	v, err := before.Preview(t.Context(), before.Propose(), post)
	if err != nil {
		t.Fatal(err)
	}
	after := loadAt(t, dir, time.Date(2026, 10, 20, 7, 0, 0, 0, time.UTC))
	made, err := after.Make(t.Context(), NewMemory())
	if err != nil {
		t.Fatal(err)
	}
	want := publicFiles(t, after, made)
	compared, shown := 0, false
	for _, f := range v.files {
		if f.Private || f.Source != "" || f.Path == "calendar.ics" {
			continue
		}
		compared++
		shown = shown || f.Path == "freins/index.html"
		if got := string(f.Data); got != want[f.Path] {
			t.Errorf("%s: the preview shows\n%s\nand the build makes\n%s", f.Path, got, want[f.Path])
		}
	}
	if compared < 3 || !shown || want["freins/index.html"] == "" {
		t.Errorf("compared %d files", compared)
	}
	// And before its time it is not in what a build makes.
	early, err := before.Make(t.Context(), NewMemory())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range publicFiles(t, before, early) {
		if strings.Contains(data, "Et vous") {
			t.Errorf("%s gives the post away", name)
		}
	}
}

// publicFiles returns what was made for everybody, and what is made when
// somebody asks.
func publicFiles(t *testing.T, o *Office, made Made) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, f := range made.Files {
		if !f.Private && f.Source == "" {
			files[f.Path] = string(f.Data)
		}
	}
	for name := range made.Later {
		f, err := o.Render(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(f.Data)
	}
	return files
}

// TestMake_isWhatABuildWrites for everybody, byte for byte.
func TestMake_isWhatABuildWrites(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	now := time.Date(2026, 10, 20, 7, 0, 0, 0, time.UTC)
	o := loadAt(t, dir, now)
	made, err := o.Make(t.Context(), NewMemory())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loadAt(t, dir, now).Build(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for name, data := range tree(t, dir) {
		if below, ok := strings.CutPrefix(name, PublicDir+"/"); ok && below != "roue.png" {
			want[below] = data
		}
	}
	if d := cmp.Diff(want, publicFiles(t, o, made)); d != "" || len(made.Later) < 10 {
		t.Errorf("%d for later; built -, made +:\n%s", len(made.Later), d)
	}
}

// TestPage_standsAlone: no address of the page is relative, so that it can be
// opened from anywhere.
func TestPage_standsAlone(t *testing.T) {
	t.Parallel()
	o := loadAt(t, previewOffice(t), time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	post, err := o.Find("freins")
	if err != nil {
		t.Fatal(err)
	}
	v, err := o.Preview(context.Background(), o.Propose(), post)
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.Page(v, o.OnDisk())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	styles, pictures := 0, 0
	for n := range doc.Descendants() {
		if n.Data == "style" && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "--paper") {
			styles++
		}
		for _, a := range n.Attr {
			if a.Key != "href" && a.Key != "src" {
				continue
			}
			if n.Data == "img" && strings.HasPrefix(a.Val, "data:image/png;base64,") {
				pictures++
			}
			if !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://roues.example/") && !strings.HasPrefix(a.Val, "data:") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	if styles != 1 || pictures != 1 || !strings.Contains(string(page), `href="https://roues.example/ouvert/#x"`) {
		t.Errorf("%d styles, %d pictures:\n%s", styles, pictures, page)
	}
}

func TestNextChange(t *testing.T) {
	t.Parallel()
	dir := previewOffice(t)
	for now, want := range map[string]string{
		"2026-10-19T06:00:00Z": "2026-10-19T22:00:00Z", // the next day begins
		"2026-10-19T22:00:00Z": "2026-10-20T07:00:00Z", // the post comes due
		"2026-10-20T07:00:00Z": "2026-10-20T22:00:00Z",
		"2026-10-24T23:00:00Z": "2026-10-25T23:00:00Z", // a day of 25 hours
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := loadAt(t, dir, at).NextChange().UTC().Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}
