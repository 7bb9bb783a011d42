package site_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/site"
)

// keeper is a sink that remembers files and their keys, and says that it has
// those of the site before.
type keeper struct {
	publish.Memory
	has map[string]string // path → key

	mu  sync.Mutex
	hit map[string]bool
}

func (k *keeper) Has(path string, _ bool, key string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key == "" || k.has[path] != key {
		return false
	}
	k.hit[path] = true
	return true
}

// writeInto makes the site for a sink that has files of these keys already, and
// returns those that were put, and those that it had.
func writeInto(t testing.TB, pages *site.Pages, s publish.Site, bodies publish.Bodies, has map[string]string) (map[string]publish.File, map[string]bool, error) {
	t.Helper()
	sink := &keeper{has: has, hit: map[string]bool{}}
	if err := pages.Write(s, bodies, sink); err != nil {
		return nil, nil, err
	}
	files, err := sink.Files()
	byPath := map[string]publish.File{}
	for _, f := range files {
		byPath[f.Path] = f
	}
	return byPath, sink.hit, err
}

// written are bodies by their post, parsed when somebody asks.
type written struct {
	parser *markdown.Parser
	texts  map[*content.Post]*string

	mu     sync.Mutex
	parsed map[string]*markdown.Document
	asked  int // for a document
}

func (w *written) document(p *content.Post) *markdown.Document {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := *w.texts[p]
	key := p.Lang + "\x00" + text
	if w.parsed[key] == nil {
		doc, err := w.parser.Parse([]byte(text), p.Lang)
		if err != nil {
			return nil
		}
		w.parsed[key] = doc
	}
	return w.parsed[key]
}

func (w *written) Document(p *content.Post) *markdown.Document {
	w.mu.Lock()
	w.asked++
	w.mu.Unlock()
	return w.document(p)
}

func (w *written) Facts(p *content.Post) (publish.Facts, bool) {
	doc := w.document(p)
	if doc == nil {
		return publish.Facts{}, false
	}
	return publish.FactsOf(doc), true
}

const everyLink = `# A title

See [brakes](freins.md#x), [the canal](/fr/canal/), ![a workshop](../img/atelier.jpg), [a sound](../son/entretien.mp3?x=1) and
[elsewhere](https://elsewhere.example/), [what moved](/moved/).

<video src="../img/film.mp4" poster="../img/unused.jpg"></video>
<img src="../img/atelier.jpg" srcset="../img/big.jpg 2x" alt="again">
<blockquote cite="canal.md">Cited, <q cite="/moved/">and <del cite="velo-cargo.md#x">again</del></q></blockquote>
`

// texts are the sample site, with a text for every post.
func texts(w *written) publish.Site {
	s := withFeeds()
	s.Assets["img/film.mp4"] = publish.Asset{Path: "img/film.mp4", Type: "video/mp4"}
	s.Assets["img/big.jpg"] = publish.Asset{Path: "img/big.jpg", Type: "image/jpeg", Width: 9, Height: 9}
	s.Letters = []publish.LettersLink{{Path: "newsletter/fr/", Langs: []string{"fr"}}, {Path: "newsletter/all/"}}
	s.Entries[0].Aliases = []string{"moved/", "moved.html"}
	w.texts = map[*content.Post]*string{}
	for i, e := range s.Entries {
		text := "Some words of the text " + fmt.Sprint(i) + ".\n"
		if i%2 == 1 {
			text = everyLink + text
		}
		w.texts[e.Post] = &text
		e.Post.Sum = sha256.Sum256([]byte(text))
	}
	return s
}

// change is something that can be different in a site.
type change struct {
	name string
	do   func()
}

// changes lists all that can be: every field of the site, of its entries and
// posts, and of whatever these hold.
func changes(s *publish.Site, w *written) []change {
	var all []change
	add := func(name string, do func()) { all = append(all, change{name, do}) }
	for i := range s.Entries {
		p := s.Entries[i].Post
		for _, more := range []string{"More.\n", "\n[More](../img/unused.jpg) text.\n"} {
			add(p.Path+" text", func() {
				*w.texts[p] += more
				p.Sum = sha256.Sum256([]byte(*w.texts[p]))
			})
		}
	}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch at := v.Addr().Interface().(type) {
		case *time.Time:
			add(name, func() { *at = at.Add(25 * time.Hour) })
			add(name+" a little", func() { *at = at.Add(time.Minute) })
			return
		case *civil.Zone:
			add(name, func() {
				if z, err := civil.LoadZone("Pacific/Auckland"); err == nil {
					*at = z
				}
			})
			return
		case *[]*publish.Entry:
			add(name, func() { *at = nil })
			return
		}
		switch v.Kind() {
		case reflect.String:
			add(name, func() { v.SetString(v.String() + "-é") })
			add(name+" empty", func() { v.SetString("") })
		case reflect.Bool:
			add(name, func() { v.SetBool(!v.Bool()) })
		case reflect.Int, reflect.Int64:
			add(name, func() { v.SetInt(v.Int() + 7) })
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(name+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(name, v.Elem())
			}
		case reflect.Slice:
			if n := v.Len(); n > 0 {
				add(name+" shorter", func() { v.SetLen(n - 1) })
				add(name+" turned", func() { reflect.Swapper(v.Interface())(0, n-1) })
			}
			for i := range min(v.Len(), 4) { // of eight posts, four have all that a post can have
				walk(fmt.Sprintf("%s[%d]", name, i), v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				old := v.MapIndex(key)
				value := reflect.New(old.Type()).Elem()
				value.Set(old)
				add(fmt.Sprintf("%s[%v] gone", name, key), func() { v.SetMapIndex(key, reflect.Value{}) })
				from := len(all)
				walk(fmt.Sprintf("%s[%v]", name, key), value)
				for i := from; i < len(all); i++ {
					set := all[i].do
					all[i].do = func() {
						set()
						v.SetMapIndex(key, value)
					}
				}
			}
		}
	}
	walk("site", reflect.ValueOf(s).Elem())
	return all
}

// TestKeys_sameKeySameBytes: whatever changes in a site, a page that is said
// to be the same is the same, and so are the files that it uses.
func TestKeys_sameKeySameBytes(t *testing.T) {
	t.Parallel()
	pages, err := site.New(site.Options{Pillars: true})
	if err != nil {
		t.Fatal(err)
	}
	w := &written{parser: markdown.New(), parsed: map[string]*markdown.Document{}}
	before, _, err := writeInto(t, pages, texts(w), w, nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for path, f := range before {
		keys[path] = f.Key
	}
	s := texts(w)
	n := len(changes(&s, w))
	chance := rand.New(rand.NewPCG(1, 2))
	bytesChanged, kept := 0, 0
	try := func(twice bool, picks ...int) {
		s := texts(w)
		list := changes(&s, w)
		name := ""
		for _, i := range picks {
			if err := protect(list[i].do); err == nil {
				name += list[i].name + "; "
			}
		}
		whole, _, err := writeInto(t, pages, s, w, nil)
		if errors.Is(err, publish.ErrPath) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for path, f := range whole {
			switch old, ok := before[path]; {
			case !ok:
			case !bytes.Equal(old.Data, f.Data):
				bytesChanged++
				if f.Key != "" && f.Key == old.Key {
					t.Errorf("%s: %s has the same key and other bytes", name, path)
				}
			case f.Key != "" && f.Key == old.Key:
				kept++
			}
		}
		if !twice {
			return
		}
		some, hit, err := writeInto(t, pages, s, w, keys)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for path := range hit {
			some[path] = before[path]
		}
		for path, f := range whole {
			switch got, ok := some[path]; {
			case !ok, got.Source != f.Source:
				t.Errorf("%s: %s is not there", name, path)
			case !bytes.Equal(got.Data, f.Data):
				t.Errorf("%s: %s has other bytes", name, path)
			}
		}
		if len(some) != len(whole) {
			t.Errorf("%s: %d files, not %d", name, len(some), len(whole))
		}
	}
	for i := range n {
		try(false, i)
	}
	for range 60 {
		try(true, chance.IntN(n), chance.IntN(n), chance.IntN(n))
	}
	t.Logf("%d changes: %d files have other bytes, %d are kept", n, bytesChanged, kept)
	if bytesChanged < 1000 || kept < 1000 {
		t.Errorf("little was compared: %d files have other bytes, %d are kept", bytesChanged, kept)
	}
}

// protect returns an error where a change can no longer be made, after others.
func protect(do func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	do()
	return nil
}

// TestKeys_nothingIsDoneTwice: of a site that is there already no page is
// made and no body parsed; of one post that changed, its own page alone.
func TestKeys_nothingIsDoneTwice(t *testing.T) {
	t.Parallel()
	pages, err := site.New(site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &written{parser: markdown.New(), parsed: map[string]*markdown.Document{}}
	s := texts(w)
	before, _, err := writeInto(t, pages, s, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if w.asked != len(s.Entries) {
		t.Errorf("%d posts, %d bodies", len(s.Entries), w.asked)
	}
	keys := map[string]string{}
	for path, f := range before {
		keys[path] = f.Key
	}
	w.asked = 0
	again, hit, err := writeInto(t, pages, s, w, keys)
	if err != nil {
		t.Fatal(err)
	}
	for path, f := range again {
		if f.Source == "" && path != "style.css" && path != "icon.svg" && path != "robots.txt" && path != "_redirects" {
			t.Errorf("%s is made again", path)
		}
	}
	if w.asked > 0 || len(hit)+len(again) != len(before) {
		t.Errorf("%d bodies parsed, %d files of %d", w.asked, len(hit)+len(again), len(before))
	}
	for _, e := range s.Entries {
		if e.Post.Path == "fr/freins.md" {
			*w.texts[e.Post] += "More.\n"
			e.Post.Sum = sha256.Sum256([]byte(*w.texts[e.Post]))
		}
	}
	touched, _, err := writeInto(t, pages, s, w, keys)
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	for _, f := range touched {
		if f.Key != "" {
			made++
		}
	}
	if w.asked != 1 || made != 1 || touched["fr/freins/index.html"].Key == "" {
		t.Errorf("one post changed: %d pages, %d bodies", made, w.asked)
	}
}
