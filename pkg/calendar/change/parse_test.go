package change_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar/change"
)

func names() change.Names {
	return change.Names{Platforms: []string{"blog", "film", "letter", "x"}, People: []string{"awa", "leo"}}
}

func TestParse(t *testing.T) {
	t.Parallel()
	every := func(platform string, n, weeks int) change.Change {
		return change.Change{Kind: change.Rhythm, Platform: platform, N: n, Every: weeks}
	}
	tests := []struct {
		text string
		want []change.Change
	}{
		{"blog=2/week", []change.Change{every("blog", 2, 0)}},
		{" blog = 2 / semaine ", []change.Change{every("blog", 2, 0)}},
		{"platforms.blog=2/w", []change.Change{every("blog", 2, 0)}},
		{"film=1/2weeks", []change.Change{every("film", 1, 2)}},
		{"film=1/2 semaines", []change.Change{every("film", 1, 2)}},
		{"letter=2/mois", []change.Change{{Kind: change.Rhythm, Platform: "letter", N: 2, Monthly: true}}},
		{"x=0", []change.Change{every("x", 0, 0)}},
		{"person.awa=6h", []change.Change{{Kind: change.SetHours, Person: "awa", N: 360}}},
		{"personne.awa=1h30", []change.Change{{Kind: change.SetHours, Person: "awa", N: 90}}},
		{"people.leo=0", []change.Change{{Kind: change.SetHours, Person: "leo"}}},
		{"person.leo=+45m", []change.Change{{Kind: change.Hours, Person: "leo", N: 45}}},
		{"person.leo=-2h, blog=1/week", []change.Change{{Kind: change.Hours, Person: "leo", N: -120}, every("blog", 1, 0)}},
	}
	for _, test := range tests {
		got, err := change.Parse(test.text, names())
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
		} else if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}

func TestParse_wrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text   string
		reason change.Reason
		near   string
	}{
		{"", change.NoForm, ""},
		{"blog", change.NoForm, ""},
		{"=2/week", change.NoForm, ""},
		{"blog=", change.NoForm, ""},
		{"blog=2/week,", change.NoForm, ""},
		{"blog=1/week,blog=2/week", change.Twice, ""},
		{"person.awa=6h, person.awa=+1h", change.Twice, ""},
		{"blag=2/week", change.NoPlatform, "blog"},
		{"awa=6h", change.NoPlatform, "person.awa"},
		{"person.aws=6h", change.NoPerson, "awa"},
		{"person.=6h", change.NoPerson, ""},
		{"person.awa=six", change.NoHours, ""},
		{"person.awa=6", change.NoHours, ""},
		{"person.awa=2 days", change.NoHours, ""},
		{"person.awa=200h", change.NoHours, ""},
		{"person.awa=+", change.NoHours, ""},
		{"blog=2", change.NoRate, ""},
		{"blog=/week", change.NoRate, ""},
		{"blog=-1/week", change.NoRate, ""},
		{"blog=2/day", change.NoRate, ""},
		{"blog=2/0weeks", change.NoRate, ""},
		{"blog=2/3months", change.NoRate, ""},
		{"blog=51/week", change.NoRate, ""},
		{"blog=99999999999999999999/week", change.NoRate, ""},
	}
	for _, test := range tests {
		_, err := change.Parse(test.text, names())
		var got *change.ParseError
		if !errors.As(err, &got) || got.Reason != test.reason || got.Near != test.near {
			t.Errorf("%q: %+v, want %s near %q", test.text, err, test.reason, test.near)
		}
	}
}

// FuzzParse: whatever somebody types, what is understood can be done.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"blog=2/week", "film=1/2weeks, person.awa=+2h", "letter=4/month", "x=0", "person.leo=-1h30", "x=50/50w", "letter=50/mois"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		changes, err := change.Parse(text, names())
		if err != nil {
			return
		}
		if len(changes) > 4 {
			changes = changes[:4]
		}
		in := change.Apply(office(t), changes...)
		for _, p := range in.Platforms {
			slots(t, in, p.Name) // fails where the rhythm has problems
		}
		for _, p := range in.People {
			if p.Minutes < 0 {
				t.Errorf("%q: %s has %d minutes", text, p.Name, p.Minutes)
			}
		}
	})
}
