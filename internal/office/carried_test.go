package office

import (
	"slices"
	"strings"
	"testing"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// TestKeepEditions: orders and what went out, as "SLOT ITEM ITEM…", and the slots
// of the keys that the orders then have.
func TestKeepEditions(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		orders, carried, want []string
	}{
		"nothing went out":             {[]string{"1 a b", "2 c"}, nil, []string{"1", "2"}},
		"where it was":                 {[]string{"1 a b", "2 c"}, []string{"1 a b"}, []string{"1", "2"}},
		"moved":                        {[]string{"2 b a"}, []string{"1 a b"}, []string{"1"}},
		"moved to where another was":   {[]string{"1 c", "2 a b"}, []string{"1 a b"}, []string{"1+2", "1"}},
		"two changed places":           {[]string{"1 c", "2 a b"}, []string{"1 a b", "2 c"}, []string{"2", "1"}},
		"three went round":             {[]string{"1 c", "2 a", "3 b"}, []string{"1 a", "2 b", "3 c"}, []string{"3", "1", "2"}},
		"one more in it":               {[]string{"1 a b c"}, []string{"1 a b"}, []string{"1"}},
		"a part of it moved":           {[]string{"1 a", "2 b"}, []string{"1 a b"}, []string{"1", "2"}},
		"another one with a part":      {[]string{"2 a c"}, []string{"1 a b"}, []string{"2"}},
		"to others":                    {[]string{"2 a/en"}, []string{"1 a"}, []string{"2"}},
		"of a list":                    {[]string{"1/en c/en", "2/en a/en"}, []string{"1/en a/en"}, []string{"1+2/en", "1/en"}},
		"taken up under its own key":   {[]string{"1 c", "2 a b"}, []string{"1 a b", "1+2 c"}, []string{"1+2", "1"}},
		"not even begun there, at 1+2": {[]string{"1 d", "2 a b"}, []string{"1 a b", "1+2 c"}, []string{"1+3", "1"}},
		"an introduction alone":        {[]string{"1"}, []string{"1 a"}, []string{"1"}},
		"one that is out counts":       {[]string{"3 a"}, []string{"1 a", "2 a !", "4 a"}, []string{"2"}},
	} {
		o := &Office{}
		for _, text := range tt.carried {
			f := strings.Fields(text)
			c := Carried{Key: platform.EditionKey(f[0], "n"), Platform: "n", State: journal.Prepared, Items: f[1:]}
			if n := len(c.Items) - 1; n >= 0 && c.Items[n] == "!" {
				c.State, c.Items = journal.Published, c.Items[:n]
			}
			o.deliveries.Carried = append(o.deliveries.Carried, c, Carried{Key: platform.EditionKey("9", "m"), Platform: "m", Items: c.Items})
		}
		var all []Order
		for _, text := range tt.orders {
			f := strings.Fields(text)
			all = append(all, Order{Key: platform.EditionKey(f[0], "n"), Platform: "n", ID: f[0], Edition: true, Items: f[1:]})
		}
		o.keepEditions(all)
		var got []string
		for _, x := range all {
			got = append(got, strings.TrimSuffix(strings.TrimPrefix(string(x.Key), "edition:"), "#n#1"))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
