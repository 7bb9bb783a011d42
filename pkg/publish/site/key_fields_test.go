package site

import (
	"reflect"
	"testing"
)

// TestKeys_coverEveryFieldOfAPage: whatever a template can show of a page, but for
// that of a post, whose key TestKeys_sameKeySameBytes holds against its bytes, is
// in its key.
func TestKeys_coverEveryFieldOfAPage(t *testing.T) {
	t.Parallel()
	// Fields that others stand for.
	apart := map[string]string{
		"urlSet.XMLName": "the same for all", "siteIndex.XMLName": "the same for all",
	}
	for _, zero := range []keyed{
		&page{frame: &frame{}}, &frame{}, &link{}, &feedLink{}, &meta{}, &date{}, &figure{}, &homePage{}, &card{}, &row{},
		&listPage{}, &group{}, &ldPosting{}, &ldThing{}, &ldImage{}, &ldBlog{}, &urlSet{}, &sitemapURL{}, &redirectPage{}, &siteIndex{},
	} {
		kind := reflect.TypeOf(zero).Elem()
		for i := range kind.NumField() {
			field := kind.Field(i)
			name := kind.Name() + "." + field.Name
			if !field.IsExported() || apart[name] != "" {
				continue
			}
			v := reflect.New(kind)
			v.Elem().Set(reflect.ValueOf(zero).Elem())
			something(t, name, v.Elem().Field(i))
			var before, after hasher
			zero.add(&before)
			other, ok := v.Interface().(keyed)
			if !ok {
				t.Fatalf("%s has no key", kind.Name())
			}
			other.add(&after)
			if before.key() == after.key() {
				t.Errorf("the key does not cover %s", name)
			}
		}
	}
}

// something gives a field another value than the zero one.
func something(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Struct:
		something(t, name, v.Field(0))
	case reflect.Interface:
		v.Set(reflect.ValueOf(links{{Text: "x"}}))
	default:
		t.Fatalf("%s: a %s", name, v.Kind())
	}
}

// TestHasher_tellsListsApart: the same characters in other fields are another
// key.
func TestHasher_tellsListsApart(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i, list := range [][]string{{}, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"", "ab"}, {"ab", ""}, {"\x01a"}, {"a\x01"}} {
		var h hasher
		h.text(list...)
		if other, ok := seen[h.key()]; ok {
			t.Errorf("lists %d and %d have one key", i, other)
		}
		seen[h.key()] = i
	}
}
