package office

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/problem"
)

// imported imports a site into an office and returns the slugs of the posts by
// their paths below content/posts.
func imported(t *testing.T, dir string) (Imported, map[string]string) {
	t.Helper()
	done, err := loadAt(t, dir, importNow()).Import(t.Context(), ImportWish{Path: filepath.Join(dir, "site")})
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]string{}
	for _, p := range done.Posts {
		slugs[strings.TrimPrefix(p.Path, "content/posts/")] = p.Slug
	}
	return done, slugs
}

// told are the codes of what was told, with the counts.
func told(done Imported) []string {
	var all []string
	for _, p := range done.Problems {
		all = append(all, strings.TrimSpace(string(p.Code)+" "+p.Params["n"]))
	}
	slices.Sort(all)
	return all
}

// Posts of one batch are never taken for each other, whatever they share, and
// the second import knows them all.
func TestImport_onesOfABatchAreOthers(t *testing.T) {
	t.Parallel()
	front := func(more string) string { return "---\ntitle: A\n" + more + "---\n" }
	for name, c := range map[string]struct {
		permalink string
		files     map[string]string
		slugs     map[string]string
		told      []string
	}{
		"two languages at one address": {
			"", map[string]string{
				"_config.yml": "permalink: pretty\n", "_posts/2024-01-01-a.md": front("lang: en\n") + "English.\n",
				"_posts/fr/2024-01-01-a.md": front("lang: fr\n") + "Français.\n",
			}, map[string]string{"2024-01-01-a.md": "a", "fr/2024-01-01-a.md": "a-2"}, []string{"import-slug 1"},
		},
		"two languages, each with addresses of its own": {
			"permalink = '/:lang/:slug/'\n", map[string]string{
				"_config.yml": "url: https://old.example\npermalink: pretty\n", "_posts/2024-01-01-a.md": front("lang: en\n") + "English.\n",
				"_posts/fr/2024-01-01-a.md": front("lang: fr\n") + "Français.\n",
			}, map[string]string{"2024-01-01-a.md": "a", "fr/2024-01-01-a.md": "a"}, []string{"import-guid 1"},
		},
		"three posts of one address": {
			"", map[string]string{
				"_config.yml": "permalink: /same/\n", "_posts/2024-01-01-a.md": front(""), "_posts/x/2024-01-01-a.md": front(""), "_posts/y/2024-01-01-a.md": front(""),
			}, map[string]string{"2024-01-01-a.md": "a", "x/2024-01-01-a.md": "a-2", "y/2024-01-01-a.md": "a-3"}, []string{"import-slug 2"},
		},
		"two posts of one id": {
			"", map[string]string{
				"_config.yml": "", "_posts/2024-01-01-a.md": front("id: one-id\n"), "_posts/2024-01-01-b.md": front("id: one-id\n"),
			}, map[string]string{"2024-01-01-a.md": "a", "2024-01-01-b.md": "b"}, []string{"import-guid 1"},
		},
		"two posts of one guid": {
			"", map[string]string{
				"_config.yml": "", "_posts/2024-01-01-a.md": front("guid: one-guid\n"), "_posts/2024-01-01-b.md": front("guid: one-guid\n"),
			}, map[string]string{"2024-01-01-a.md": "a", "2024-01-01-b.md": "b"}, []string{"import-guid 1"},
		},
		"a translation does not take the address of what it translates": {
			"", map[string]string{
				"hugo.toml":            "defaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n",
				"content/posts/one.md": front("date: 2024-01-01\n"), "content/posts/one.fr.md": front("date: 2024-01-01\n"),
			}, map[string]string{"one.md": "one", "one.fr.md": "one-2"}, []string{"import-slug 1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"config.toml": strings.Replace(importConfig, "lang = \"en\"\n", "lang = \"en\"\nlangs = [\"en\", \"fr\"]\n"+c.permalink, 1)}
			for name, src := range c.files {
				files["site/"+name] = src
			}
			dir := writeOffice(t, files)
			done, slugs := imported(t, dir)
			if d := cmp.Diff(c.slugs, slugs); d != "" || done.Known != 0 {
				t.Errorf("%d known; -want +got\n%s", done.Known, d)
			}
			if d := cmp.Diff(c.told, told(done)); d != "" {
				t.Errorf("told -want +got\n%s", d)
			}
			found, err := loadAt(t, dir, importNow()).Check(t.Context())
			if err != nil || problem.Errors(found) > 0 {
				t.Errorf("check: %v %v", err, found)
			}
			if done, slugs := imported(t, dir); done.Known != len(c.slugs) || len(slugs) > 0 {
				t.Errorf("the second import: %d known, made %v", done.Known, slugs)
			}
		})
	}
}

// A post of the office that has the address of another is the same only with
// the same text; with another text, what was not imported is an error, and in
// another language it is another post.
func TestImport_addressAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		front, text string
		known, made int
		told        []string
	}{
		"the same text":    {"", "The text, as it *was*.\n", 1, 0, []string{"import-same 1"}},
		"another text":     {"", "Something else.\n", 0, 0, []string{"import-other"}},
		"another language": {"lang: fr\n", "Autre chose.\n", 0, 1, []string{"import-slug 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := writeOffice(t, map[string]string{
				"config.toml":        strings.Replace(importConfig, "lang = \"en\"\n", "lang = \"en\"\nlangs = [\"en\", \"fr\"]\n", 1),
				"content/posts/a.md": "---\ntitle: A\nslug: a\naliases: [/old/a/]\n---\nThe text, as it was.\n",
				"site/_config.yml":   "permalink: /old/:title/\n", "site/_posts/2024-01-01-a.md": "---\ntitle: A\n" + c.front + "---\n" + c.text,
			})
			before, err := os.ReadFile(filepath.Join(dir, "content/posts/a.md"))
			if err != nil {
				t.Fatal(err)
			}
			done, slugs := imported(t, dir)
			if done.Known != c.known || len(slugs) != c.made || !slices.Equal(told(done), c.told) {
				t.Errorf("%d known, made %v, told %v", done.Known, slugs, told(done))
			}
			if errors := problem.Errors(done.Problems); (errors > 0) != (c.known+c.made == 0) {
				t.Errorf("%d errors: %v", errors, done.Problems)
			}
			if after, err := os.ReadFile(filepath.Join(dir, "content/posts/a.md")); err != nil || string(after) != string(before) {
				t.Errorf("%v: the post of the office is %q", err, after)
			}
		})
	}
}

// Links between posts lead to where the posts lie, whatever lay there before.
func TestImport_linksFollow(t *testing.T) {
	t.Parallel()
	item := func(name, text string) string {
		return "<item><title>" + name + "</title><link>https://old.example/" + name + "</link><guid>" + name + "</guid><pubDate>Fri, 01 Mar 2024 09:30:00 -0500</pubDate><description>" +
			text + "</description></item>"
	}
	links := `&lt;a href="/two"&gt;x&lt;/a&gt; &lt;a href="/three"&gt;y&lt;/a&gt; &lt;a href="/four"&gt;z&lt;/a&gt;`
	dir := writeOffice(t, map[string]string{
		"config.toml": importConfig, "old.xml": oldFeed(item("one", links), item("two", "x"), item("three", "y"), item("four", "z")),
		"content/posts/2024-03-01-two.md": "---\ntitle: Mine\nslug: mine\n---\n", "content/elsewhere/3.md": "---\ntitle: three\nslug: three\nguid: three\n---\n",
	})
	done, err := loadAt(t, dir, importNow()).Import(t.Context(), ImportWish{Path: filepath.Join(dir, "old.xml")})
	if err != nil || len(done.Posts) != 3 || done.Known != 1 {
		t.Fatalf("%v %+v", err, done)
	}
	got, err := os.ReadFile(filepath.Join(dir, "content/posts/2024-03-01-one.md"))
	if want := "[x](/posts/2024-03-01-two-2.md) [y](/elsewhere/3.md) [z](/posts/2024-03-01-four.md)"; err != nil || !strings.Contains(string(got), want) {
		t.Errorf("%v\n%s", err, got)
	}
	if found, err := loadAt(t, dir, importNow()).Check(t.Context()); err != nil || problem.Errors(found) > 0 {
		t.Errorf("check: %v %v", err, found)
	}
}
