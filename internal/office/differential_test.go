package office

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/pkg/civil"
)

var steps = flag.Int("steps", 40, "steps of each random sequence of the differential test")

// TestBuild_isThatOfAnEmptyFolder: whatever happens to an office between two
// builds, the second leaves the bytes that a build with no memory makes.
func TestBuild_isThatOfAnEmptyFolder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, seed)
			w.compare("at first")
			for i := range *steps {
				w.compare(fmt.Sprintf("step %d: %s", i, w.step()))
				if t.Failed() {
					return
				}
			}
		})
	}
}

// world is an office that things happen to.
type world struct {
	*testing.T
	dir, out string
	r        *rand.Rand
	now      time.Time
	posts    []string // paths below content
	next     int
	config   map[string]string
	// runs is where a program builds that runs all the time, and memory what it
	// remembers; told are the files that changed since it built.
	runs   string
	memory *Memory
	told   []string
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{
		T: t, dir: t.TempDir(), r: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC),
		config: map[string]string{"title": "Les Roues libres", "permalink": "/:lang/:slug/", "count": "4", "by_tag": "true", "pages": "true", "lang": "fr", "author": "Ada"},
	}
	w.out, w.runs, w.memory = w.dir, t.TempDir(), NewMemory()
	w.configure()
	for range 8 {
		w.add()
	}
	w.write("content/img/roue.png", "a picture")
	return w
}

func (w *world) write(name, text string) {
	w.Helper()
	name = filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
	w.tell(name)
}

// tell tells the program that runs of a file that changed, as the system does.
func (w *world) tell(name string) {
	rel, err := filepath.Rel(w.dir, name)
	if err != nil {
		w.Fatal(err)
	}
	w.told = append(w.told, filepath.ToSlash(rel))
}

func (w *world) read(name string) string {
	w.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	if err != nil {
		w.Fatal(err)
	}
	return string(data)
}

func (w *world) configure() {
	c := w.config
	w.write("config.toml", fmt.Sprintf(`[site]
title = %q
description = "Un atelier."
lang = %q
author = %q
langs = ["fr", "en"]
zone = "Europe/Paris"
url = "https://roues.example/"
permalink = %q
pages = %s
[feeds]
window.count = %s
by_tag = %s
[newsletter]
from = "a@roues.example"
[platforms.blog]
kind = "blog"
rhythm.times = ["Tue 09:00"]
[platforms.newsletter]
kind = "newsletter"
rhythm.times = ["Thu 08:00"]
edition = { min = 1, max = 5 }
archive = true
`, c["title"], c["lang"], c["author"], c["permalink"], c["pages"], c["count"], c["by_tag"]))
}

func (w *world) add() {
	w.next++
	lang := []string{"fr", "en"}[w.r.IntN(2)]
	path := fmt.Sprintf("%s/post-%d.md", lang, w.next)
	w.posts = append(w.posts, path)
	w.write("content/"+path, w.text(w.next))
}

// text is a post, out or to come, that leads to others.
func (w *world) text(n int) string {
	day := w.now.AddDate(0, 0, w.r.IntN(60)-50)
	other := w.posts[w.r.IntN(len(w.posts))]
	return fmt.Sprintf("+++\nid = \"p%d\"\ntitle = \"Titre %d\"\nstage = \"ready\"\ndate = \"%s\"\ntags = [\"t%d\"]\nseries = \"s%d\"\ntranslation = \"k%d\"\n+++\n# Un titre\n\nTexte %d, [un autre](/%s#x), ![roue](/img/roue.png), [un ancien](/old/%d/).\n",
		n, w.r.IntN(100), day.Format("2006-01-02 15:04"), w.r.IntN(3), w.r.IntN(2), n/2, w.r.IntN(100), other, 1+w.r.IntN(3))
}

// step does one thing to the office and says what.
func (w *world) step() string {
	path := w.posts[w.r.IntN(len(w.posts))]
	name := "content/" + path
	switch n := w.r.IntN(30); n {
	case 0, 1:
		w.write(name, w.read(name)+fmt.Sprintf("\nEncore %d.\n", w.r.IntN(10)))
		return "a longer text"
	case 2:
		w.write(name, strings.Replace(w.read(name), "title = \"", "title = \"Un ", 1))
		return "another title"
	case 3:
		w.add()
		return "a new post"
	case 4:
		if len(w.posts) < 5 {
			return "nothing"
		}
		w.remove(path)
		return "a post less"
	case 5:
		to := fmt.Sprintf("%s-moved-%d.md", strings.TrimSuffix(path, ".md"), w.r.IntN(1000))
		text := w.read(name)
		w.remove(path)
		w.write("content/"+to, text)
		w.posts = append(w.posts, to)
		return "a post has another name"
	case 6:
		w.write(name, strings.Replace(w.read(name), "title = ", "title ? ", 1))
		return "a post breaks"
	case 7:
		w.write(name, strings.ReplaceAll(w.read(name), "title ? ", "title = "))
		return "a post is mended, if it was broken"
	case 8:
		w.config["title"] = fmt.Sprintf("Les Roues %d", w.r.IntN(5))
		w.configure()
		return "another name of the site"
	case 9:
		w.config["permalink"] = []string{"/:lang/:slug/", "/:year/:slug/"}[w.r.IntN(2)]
		w.configure()
		return "other addresses"
	case 10:
		w.config["count"] = fmt.Sprint(w.r.IntN(6))
		w.config["by_tag"] = fmt.Sprint(w.r.IntN(2) == 0)
		w.configure()
		return "other feeds"
	case 11:
		w.now = w.now.Add(time.Duration(w.r.IntN(200)) * time.Hour)
		return "time passes"
	case 12:
		w.now = w.now.Add(-time.Duration(w.r.IntN(50)) * time.Hour)
		return "the clock goes back"
	case 13:
		w.write("content/img/roue.png", fmt.Sprintf("picture %d", w.r.IntN(10)))
		return "another picture"
	case 14:
		return "somebody writes into the output: " + w.tamper(func(name string) error {
			return os.WriteFile(name, []byte("x"), 0o644)
		})
	case 15:
		return "somebody removes from the output: " + w.tamper(os.Remove)
	case 16:
		w.sameTime(name)
		return "a file of the same size and time"
	case 17:
		return "the cache is damaged: " + w.damage()
	case 18:
		w.config["pages"] = fmt.Sprint(w.r.IntN(3) > 0)
		w.configure()
		return "with or without pages"
	case 19:
		w.write(name, strings.Replace(w.read(name), "\ntitle = ", "\nsubject = ", 1))
		return "a post whose title is its heading"
	case 20:
		w.pair(path)
		return "a translation that only the paths pair"
	case 21:
		w.write(name, strings.Replace(w.read(name), "+++\n", fmt.Sprintf("+++\npermalink = \"/own/%d.html\"\n", w.r.IntN(5)), 1))
		return "an address of its own"
	case 22:
		w.write("templates/site/style.css", fmt.Sprintf("body { color: #%03d }\n", w.r.IntN(4)))
		return "another style"
	case 23:
		text := fmt.Sprintf("{{define \"main\"}}<h1>{{.Title}}</h1><p>%d</p>{{end}}\n", w.r.IntN(4))
		if w.r.IntN(4) == 0 {
			text = "{{define \"main\"}}{{.Nothing}}" // ours is used then
		}
		if w.r.IntN(3) == 0 {
			text += fmt.Sprintf("{{define \"top\"}}<p>%d</p>{{end}}\n", w.r.IntN(4))
		}
		w.write("templates/site/"+[]string{"tags.html", "list.html", "missing.html", "post.html"}[w.r.IntN(4)], text)
		return "another template"
	case 24, 25:
		text := regexp.MustCompile(`\naliases = .*`).ReplaceAllString(w.read(name), "")
		if n := w.r.IntN(4); n > 0 {
			text = strings.Replace(text, "\ntitle = ", fmt.Sprintf("\naliases = [\"/old/%d/\"]\ntitle = ", n), 1)
		}
		w.write(name, text)
		return "another former address"
	case 27:
		w.config["author"] = fmt.Sprintf("Ada %d", w.r.IntN(2))
		w.configure()
		return "another author"
	case 28:
		w.config["lang"] = []string{"fr", "en"}[w.r.IntN(2)]
		w.configure()
		return "another main language"
	default:
		at := time.Now().Add(time.Duration(w.r.IntN(48)-24) * time.Hour)
		if err := os.Chtimes(filepath.Join(w.dir, name), at, at); err != nil {
			w.Fatal(err)
		}
		w.tell(filepath.Join(w.dir, name))
		return "a file of another time"
	}
}

// pair gives a post a translation in the other folder, and neither a key.
func (w *world) pair(path string) {
	lang, base, _ := strings.Cut(path, "/")
	other := map[string]string{"fr": "en", "en": "fr"}[lang] + "/" + base
	text := strings.Replace(w.read("content/"+path), "\ntranslation = ", "\nwas = ", 1)
	w.write("content/"+path, text)
	if !slices.Contains(w.posts, other) {
		w.posts = append(w.posts, other)
	}
	w.next++
	w.write("content/"+other, strings.Replace(text, "\nid = \"p", fmt.Sprintf("\nid = \"q%d", w.next), 1))
}

func (w *world) remove(path string) {
	name := filepath.Join(w.dir, "content", path)
	if err := os.Remove(name); err != nil {
		w.Fatal(err)
	}
	w.tell(name)
	w.posts = slices.DeleteFunc(w.posts, func(p string) bool { return p == path })
}

// tamper does something to a file of the output.
func (w *world) tamper(do func(name string) error) string {
	var names []string
	for name := range tree(w.T, w.out) {
		names = append(names, name)
	}
	slices.Sort(names)
	name := names[w.r.IntN(len(names))]
	for _, out := range []string{w.out, w.runs} {
		if err := do(filepath.Join(out, name)); err != nil {
			w.Fatal(err)
		}
	}
	return name
}

// sameTime gives a file other bytes, and the size and time that it had.
func (w *world) sameTime(name string) {
	name = filepath.Join(w.dir, name)
	info, err := os.Stat(name)
	if err != nil {
		w.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		w.Fatal(err)
	}
	data = bytes.Replace(data, []byte("Texte"), []byte("Prose"), 1)
	if err := os.WriteFile(name, data, 0o644); err != nil {
		w.Fatal(err)
	}
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		w.Fatal(err)
	}
	w.tell(name)
}

// damage does something to the cache.
func (w *world) damage() string {
	name := filepath.Join(w.out, StateDir, cacheName)
	data, err := os.ReadFile(name)
	if err != nil || len(data) == 0 {
		return "there is none"
	}
	at := w.r.IntN(len(data))
	switch w.r.IntN(3) {
	case 0:
		data = data[:at]
	case 1:
		data[at] ^= byte(1 + w.r.IntN(255))
	default:
		data = append(data, "x"...)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		w.Fatal(err)
	}
	return fmt.Sprintf("at %d", at)
}

// compare builds, in a new program and in one that runs, and builds in an empty
// folder, and compares.
func (w *world) compare(what string) {
	w.Helper()
	clean := w.TempDir()
	if err := os.MkdirAll(filepath.Join(clean, StateDir), 0o700); err != nil {
		w.Fatal(err)
	}
	for _, kept := range []string{goodIndex, goodDir} { // what stands in for broken posts is no cache
		from := filepath.Join(w.out, StateDir, kept)
		info, err := os.Stat(from)
		switch {
		case err != nil:
		case info.IsDir():
			err = os.CopyFS(filepath.Join(clean, StateDir, kept), os.DirFS(from))
		default:
			var data []byte
			if data, err = os.ReadFile(from); err == nil {
				err = os.WriteFile(filepath.Join(clean, StateDir, kept), data, 0o600)
			}
		}
		if err != nil && !os.IsNotExist(err) {
			w.Fatal(err)
		}
	}
	w.build(clean, nil)
	found := w.build(w.out, nil)
	w.memory.Forget(w.told)
	w.told = nil
	if running := w.build(w.runs, w.memory); !slices.Equal(running, found) {
		w.Errorf("%s: a program that runs says\n%q, not\n%q", what, running, found)
	}
	want := tree(w.T, clean)
	w.same(what, want, tree(w.T, w.out))
	w.same(what+", while the program runs", want, tree(w.T, w.runs))
}

func (w *world) same(what string, want, got map[string]string) {
	w.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if old, ok := got[name]; !ok || old != want[name] {
			w.Errorf("%s: %s: there %t\n got %.1500s\nwant %.1500s", what, name, ok, old, want[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			w.Errorf("%s: %s is left over", what, name)
		}
	}
}

// build builds, and returns what is wrong with the office.
func (w *world) build(out string, m *Memory) (found []string) {
	w.Helper()
	o, err := Load(w.Context(), Options{
		Dir: w.dir, Clock: func(civil.Zone) (time.Time, error) { return w.now, nil }, Config: config.Options{ReadFile: os.ReadFile},
		Out: out, Build: true, Memory: m,
	})
	if err != nil {
		w.Fatal(err, o.Problems)
	}
	if _, err := o.Build(w.Context(), out); err != nil {
		w.Fatal(err)
	}
	for _, p := range o.Problems {
		found = append(found, fmt.Sprint(p.Position, p.Severity, p.Code, p.Params))
	}
	return found
}

// tree returns the bytes of the output by their names.
func tree(t *testing.T, out string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, top := range []string{PublicDir, PrivateDir} {
		err := fs.WalkDir(os.DirFS(out), top, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(filepath.Join(out, name))
			files[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
