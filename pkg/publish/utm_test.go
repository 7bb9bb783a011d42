package publish_test

import (
	"net/url"
	"testing"

	"editorial/pkg/publish"
)

func TestTagged_addsToAnAddress(t *testing.T) {
	t.Parallel()
	all := publish.UTM{Source: "mastodon", Medium: "social", Campaign: "été & co"}
	const tags = "utm_source=mastodon&utm_medium=social&utm_campaign=%C3%A9t%C3%A9+%26+co"
	for _, tt := range []struct {
		address string
		u       publish.UTM
		want    string
	}{
		{"https://velo.example/a/", all, "https://velo.example/a/?" + tags},
		{"https://velo.example/a/?b=1&c#d", all, "https://velo.example/a/?b=1&c&" + tags + "#d"},
		{"https://velo.example/a/?", all, "https://velo.example/a/?" + tags},
		{"https://velo.example/a/#?b", all, "https://velo.example/a/?" + tags + "#?b"},
		{"https://velo.example/été/?q=%20x", publish.UTM{Medium: "m"}, "https://velo.example/été/?q=%20x&utm_medium=m"},
		{"https://velo.example/?utm_source=letter", publish.UTM{Source: "x", Medium: "m"}, "https://velo.example/?utm_source=letter&utm_medium=m"},
		{"https://velo.example/a/", publish.UTM{}, "https://velo.example/a/"},
		{"https://velo.example/?a=%zz", all, "https://velo.example/?a=%zz"},
		{"mailto:a@velo.example", all, "mailto:a@velo.example"},
		{"/a/", all, "/a/"},
		{"", all, ""},
	} {
		if got := publish.Tagged(tt.address, tt.u); got != tt.want {
			t.Errorf("%s: %s, not %s", tt.address, got, tt.want)
		}
	}
}

// FuzzTagged: what an address says without the tags is what it said before.
func FuzzTagged(f *testing.F) {
	f.Add("https://velo.example/a/?b=1#c", "x", "é&=#")
	f.Add("http://velo.example?&#", "", " ")
	f.Fuzz(func(t *testing.T, address, source, campaign string) {
		u := publish.UTM{Source: source, Campaign: campaign}
		got := publish.Tagged(address, u)
		if got == address {
			return
		}
		before, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		after, err := url.Parse(got)
		if err != nil || after.EscapedPath() != before.EscapedPath() || after.Fragment != before.Fragment || after.Host != before.Host {
			t.Fatalf("%q became %q: %v", address, got, err)
		}
		q := after.Query()
		for name, values := range before.Query() {
			if len(q[name]) != len(values) {
				t.Fatalf("%q became %q", address, got)
			}
		}
		if again := publish.Tagged(got, u); again != got {
			t.Fatalf("%q is tagged twice: %q", got, again)
		}
	})
}
