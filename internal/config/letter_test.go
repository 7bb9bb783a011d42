package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// TestLetters_haveTheTextsOfTheirList: what a list does not say is the
// newsletter's, and no two have one identifier.
func TestLetters_haveTheTextsOfTheirList(t *testing.T) {
	t.Parallel()
	const head = "[site]\ntitle = 'T'\nlang = 'fr'\nlangs = ['en']\n[[audiences]]\nid = 'voisins'\n[platforms.newsletter]\n"
	for name, c := range map[string]struct{ src, want string }{
		"one letter": {
			"[newsletter]\ntitle = 'L'\nlist_id = 'l.example.org'\nlanguages = ['fr', 'en']\n",
			"newsletter/ L <l.example.org> [fr en] takes [] for [] archive true",
		},
		"two newsletters": {
			"[platforms.the_members]\nkind = 'newsletter'\n[newsletter]\nlist_id = 'l.example.org'\n",
			"newsletter/  <l.example.org> [] takes [] for [] archive true; the_members/  <the-members.l.example.org> [] takes [] for [] archive false",
		},
		"by language": {
			"[newsletter]\ntitle = 'L'\nlist_id = 'l.example.org'\n[[newsletter.lists]]\nid = 'fr'\nlanguages = ['fr']\n[[newsletter.lists]]\nid = 'en'\nlanguages = ['en']\ntitle = 'E'\nlist_id = 'e.example.org'\narchive = false\n",
			"newsletter/fr L <fr.l.example.org> [fr] takes [fr] for [] archive true; newsletter/en E <e.example.org> [en] takes [en] for [] archive false",
		},
		"by audience, of another newsletter": {
			"[platforms.members]\nkind = 'newsletter'\narchive = true\n[newsletter]\nlist_id = 'l.example.org'\nlanguages = ['en', 'fr']\n[[newsletter.lists]]\nid = 'near'\nplatform = 'members'\naudiences = ['voisins']\n",
			"members/near  <near.members.l.example.org> [en fr] takes [] for [voisins] archive true; newsletter/  <l.example.org> [en fr] takes [] for [] archive true",
		},
		"without an identifier": {
			"[[newsletter.lists]]\nid = 'fr'\n", "newsletter/fr  <> [] takes [] for [] archive true",
		},
	} {
		c.src = head + c.src
		got, _, problems := config.Parse([]byte(c.src), config.Options{})
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		var all []string
		for _, l := range got.Letters() {
			all = append(all, fmt.Sprintf("%s/%s %s <%s> %v takes %v for %v archive %v", l.Platform, l.List, l.Title, l.ListID, l.Languages, l.Takes, l.For, l.Archive))
		}
		if d := cmp.Diff(c.want, strings.Join(all, "; ")); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestLetters_mayEachHaveTheirWayOut: nothing is missing that every list has.
func TestLetters_mayEachHaveTheirWayOut(t *testing.T) {
	t.Parallel()
	const src = "site.title = 'T'\n[platforms.newsletter]\nlive = true\n[newsletter]\nfrom = 'us@velo.example'\npostal_address = 'Nantes'\n" +
		"[[newsletter.lists]]\nid = 'a'\nunsubscribe_url = 'https://velo.example/a'\n[[newsletter.lists]]\nid = 'b'\n"
	_, _, problems := config.Parse([]byte(src), config.Options{})
	if len(problems) != 1 || problems[0].Code != config.CodeLiveLacking {
		t.Errorf("%v", problems)
	}
	if _, _, problems = config.Parse([]byte(src+"unsubscribe_url = 'https://velo.example/b'\n"), config.Options{}); problem.Errors(problems) > 0 {
		t.Errorf("%v", problems)
	}
}
