package feed_test

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"
	"time"

	"editorial/pkg/publish"
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
