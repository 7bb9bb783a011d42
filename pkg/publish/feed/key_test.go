package feed_test

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

// TestKeys_followTheBytes changes every field of a site, its posts, pictures
// and files in turn: where the bytes of a feed become others, so must its key.
func TestKeys_followTheBytes(t *testing.T) {
	t.Parallel()
	feeds := newFeeds(t, everything())
	write := func(s publish.Site) *ledger {
		l := newLedger()
		if err := feeds.Write(s, sample.Bodies(s), l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	before, changes := write(read(sample.Site())), 0
	if before.keys["feed.xml"] == "" {
		t.Fatal("no key")
	}
	try := func(name string, s publish.Site) {
		after, changed := write(s), false
		for path, data := range after.files {
			if _, feed := before.keys[path]; !feed || bytes.Equal(data, before.files[path]) {
				continue
			}
			changed = true
			if after.keys[path] == before.keys[path] {
				t.Errorf("%s: other bytes of %s under the same key", name, path)
			}
		}
		if changed {
			changes++
		}
	}
	parts := map[string]func(*publish.Site) any{
		"site":  func(s *publish.Site) any { return s },
		"entry": func(s *publish.Site) any { return &s.Entries[6] }, // with a picture
		"post":  func(s *publish.Site) any { return s.Entries[6].Post },
		"image": func(s *publish.Site) any { return &s.Entries[6].Image },
	}
	for name, part := range parts {
		probe := sample.Site()
		typ := reflect.TypeOf(part(&probe)).Elem()
		for i := range typ.NumField() {
			s := read(sample.Site())
			if field := reflect.ValueOf(part(&s)).Elem().Field(i); field.CanSet() && alter(field) {
				try(name+"."+typ.Field(i).Name, s)
			}
		}
	}
	for path := range sample.Site().Assets {
		for i := range reflect.TypeFor[publish.Asset]().NumField() {
			s := read(sample.Site())
			a := s.Assets[path]
			if alter(reflect.ValueOf(&a).Elem().Field(i)) {
				s.Assets[path] = a
				try(fmt.Sprintf("asset %s.%d", path, i), s)
			}
		}
	}
	if changes < 30 {
		t.Errorf("only %d changes showed", changes)
	}
}

// TestKeys_followWhereLinksLead changes every field of an entry, and of its
// post, that another one links to in all the ways that [publish.NewLinks] knows.
// A feed that shows only the other must not keep its key with other bytes.
func TestKeys_followWhereLinksLead(t *testing.T) {
	t.Parallel()
	feeds, err := feed.New(feed.Options{Count: 1})
	if err != nil {
		t.Fatal(err)
	}
	write := func(change func(target *publish.Entry)) *ledger {
		s := read(sample.Site())
		first, target := &s.Entries[0], &s.Entries[3]
		target.Aliases = []string{"former/", "moved/"}
		text := fmt.Sprintf("[file](/%s) [page](/%s) [address](%s) [former](/former/) [moved](https://velo.example/blog/moved/#x) [new](/more) [later](/morex/)\n",
			target.Post.Path, target.Path, target.URL)
		bodies := sample.Bodies(s, sample.Texts{first.Post.ID: text})
		change(target)
		l := newLedger()
		if err := feeds.Write(s, bodies, l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	before, changed := write(func(*publish.Entry) {}), map[string]bool{}
	if before.keys["feed.xml"] == "" || !bytes.Contains(before.files["feed.xml"], []byte(">former</a>")) {
		t.Fatalf("%q", before.files["feed.xml"])
	}
	try := func(name string, change func(*publish.Entry)) {
		after := write(change)
		if bytes.Equal(before.files["feed.xml"], after.files["feed.xml"]) {
			return
		}
		changed[name] = true
		if before.keys["feed.xml"] == after.keys["feed.xml"] {
			t.Errorf("%s: other bytes under the same key", name)
		}
	}
	for i := range reflect.TypeFor[publish.Entry]().NumField() {
		try("Entry."+reflect.TypeFor[publish.Entry]().Field(i).Name, func(e *publish.Entry) { alter(reflect.ValueOf(e).Elem().Field(i)) })
	}
	for i := range reflect.TypeFor[content.Post]().NumField() {
		field := reflect.TypeFor[content.Post]().Field(i)
		if field.IsExported() && field.Name != "Sum" {
			try("Post."+field.Name, func(e *publish.Entry) { alter(reflect.ValueOf(e.Post).Elem().Field(i)) })
		}
	}
	try("no aliases", func(e *publish.Entry) { e.Aliases = nil })
	try("one alias", func(e *publish.Entry) { e.Aliases = e.Aliases[:1] })
	for _, name := range []string{"Entry.Path", "Entry.URL", "Entry.Aliases", "Post.Path", "no aliases", "one alias"} {
		if !changed[name] {
			t.Errorf("%s changes nothing", name)
		}
	}
}

// alter gives a field another value, if it is of a kind that it knows.
func alter(v reflect.Value) bool {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = x.Add(time.Hour)
		return true
	case *[]string:
		*x = append([]string{"more"}, *x...)
		return true
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		return false
	}
	return true
}
