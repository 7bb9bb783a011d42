package publish_test

import (
	"testing"

	"editorial/pkg/publish"
)

// TestSite_LettersIn: readers are led to what they can read.
func TestSite_LettersIn(t *testing.T) {
	t.Parallel()
	list := func(path string, langs ...string) publish.LettersLink {
		return publish.LettersLink{Path: path, Langs: langs}
	}
	fr, en, both, all := list("fr/", "fr"), list("en/", "en"), list("both/", "en", "fr"), list("all/")
	for _, c := range []struct {
		letters []publish.LettersLink
		lang    string
		want    string
	}{
		{nil, "fr", ""},
		{[]publish.LettersLink{fr, en}, "fr", "fr/"},
		{[]publish.LettersLink{fr, en}, "en", "en/"},
		{[]publish.LettersLink{fr, en}, "en-GB", "en/"},
		{[]publish.LettersLink{fr, en}, "de", "fr/"},
		{[]publish.LettersLink{both, fr}, "fr", "fr/"},
		{[]publish.LettersLink{en, all, both}, "fr", "both/"},
		{[]publish.LettersLink{en, all}, "fr", "all/"},
		{[]publish.LettersLink{all, list("members/")}, "fr", "all/"},
	} {
		if got := (publish.Site{Letters: c.letters}).LettersIn(c.lang); got != c.want {
			t.Errorf("%v in %q: %q, want %q", c.letters, c.lang, got, c.want)
		}
	}
}
