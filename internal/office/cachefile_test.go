package office

import (
	"bytes"
	"reflect"
	"testing"

	"editorial/pkg/publish"
)

// TestCache_keepsAllFacts: what is read from a cache is what was written, with
// every field of the facts of a body.
func TestCache_keepsAllFacts(t *testing.T) {
	t.Parallel()
	facts := publish.Facts{
		Teaser: "a", Summary: "b", Words: 3, Title: true, Links: []publish.Mention{{Dest: "c", Line: 4}},
		Images: []publish.Mention{{Dest: "d", Line: 5, Bare: true}}, Sources: []publish.Mention{{Dest: "e", Line: 6}},
	}
	for i, v := 0, reflect.ValueOf(facts); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("the test does not fill %s", v.Type().Field(i).Name)
		}
	}
	c := newCache()
	c.program = "p"
	key := bodyKey{[32]byte{7}, "fr"}
	c.known.facts[key] = facts
	var file bytes.Buffer
	if err := c.encode(&file); err != nil {
		t.Fatal(err)
	}
	if got := decodeCache(file.Bytes(), "p").known.facts[key]; !reflect.DeepEqual(got, facts) {
		t.Errorf("got %+v, want %+v", got, facts)
	}
}
