package publish_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
)

// linked is a site below a path, with two posts that are out, one that is not,
// and two assets.
func linked() (s publish.Site, from, hidden *content.Post) {
	from = &content.Post{ID: "1", Path: "fr/velo.md"}
	hidden = &content.Post{ID: "3", Path: "fr/secret.md"}
	other := &content.Post{ID: "2", Path: "fr/été/autre.md"}
	return publish.Site{
		URL: "https://x.org/blog/",
		Entries: []publish.Entry{
			{Post: from, Path: "fr/velo/", URL: "https://x.org/blog/fr/velo/"},
			{Post: other, Path: "fr/autre/", URL: "https://x.org/blog/fr/autre/"},
		},
		Assets: map[string]publish.Asset{
			"fr/photo d’été.jpg": {Path: "fr/photo d’été.jpg", Type: "image/jpeg", Width: 800, Height: 600},
			"img/plan.png":       {Path: "img/plan.png", Type: "image/png"},
			"fr/app.html":        {Path: "fr/app.html", Active: true},
		},
	}, from, hidden
}

func TestLinks_Target(t *testing.T) {
	t.Parallel()
	s, from, hidden := linked()
	links := publish.NewLinks(s)
	for _, tt := range []struct {
		from       *content.Post
		dest, want string
		ours       string // path of the page's post or of the asset
	}{
		// files, as the author sees them
		{from, "été/autre.md", "https://x.org/blog/fr/autre/", "fr/été/autre.md"},
		{from, "%C3%A9t%C3%A9/autre.md#suite", "https://x.org/blog/fr/autre/#suite", "fr/été/autre.md"},
		{from, "/fr/été/autre.md?a=1#b", "https://x.org/blog/fr/autre/?a=1#b", "fr/été/autre.md"},
		{from, "./velo.md", "https://x.org/blog/fr/velo/", "fr/velo.md"},
		{from, "photo%20d’été.jpg", "https://x.org/blog/fr/photo%20d%E2%80%99%C3%A9t%C3%A9.jpg", "fr/photo d’été.jpg"},
		{from, "../img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		{from, "/img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		{from, "../../../img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		// files, as Zola and Pelican write them
		{from, "@/fr/été/autre.md#suite", "https://x.org/blog/fr/autre/#suite", "fr/été/autre.md"},
		{from, "{filename}été/autre.md", "https://x.org/blog/fr/autre/", "fr/été/autre.md"},
		{from, "{filename}/fr/velo.md", "https://x.org/blog/fr/velo/", "fr/velo.md"},
		{from, "{static}/img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		{from, "{attach}../img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		{from, "@/fr/secret.md", "", ""},
		// pages, as a browser sees them
		{from, "#notes", "https://x.org/blog/fr/velo/#notes", "fr/velo.md"},
		{from, "../autre/", "https://x.org/blog/fr/autre/", "fr/été/autre.md"},
		{from, "/fr/autre/", "https://x.org/blog/fr/autre/", "fr/été/autre.md"},
		{from, "/blog/fr/autre/", "https://x.org/blog/fr/autre/", "fr/été/autre.md"},
		{from, "https://x.org/blog/fr/autre/#a", "https://x.org/blog/fr/autre/#a", "fr/été/autre.md"},
		{from, "//x.org/blog/img/plan.png", "https://x.org/blog/img/plan.png", "img/plan.png"},
		{from, "/about", "https://x.org/about", ""},
		{from, "more.html", "https://x.org/blog/fr/velo/more.html", ""},
		// elsewhere
		{from, "https://example.com/a?b#c", "https://example.com/a?b#c", ""},
		{from, "http://x.org/blog/fr/autre/", "http://x.org/blog/fr/autre/", ""},
		{from, "//example.com/a", "https://example.com/a", ""},
		{from, "mailto:a@x.org", "mailto:a@x.org", ""},
		{from, "tel:+33123456789", "tel:+33123456789", ""},
		// nowhere
		{from, "secret.md", "", ""},
		{from, "app.html#a", "", ""},
		{from, "/fr/app.html", "", ""},
		{from, "https://x.org/blog/fr/app.html", "", ""},
		{from, "../app.html", "", ""},
		{from, "secret.markdown#suite", "", ""},
		{from, "/fr/SECRET.MD", "", ""},
		{from, "_index.md", "", ""},
		{from, "missing.md#a", "", ""},
		// from a post that has no page
		{hidden, "velo.md", "https://x.org/blog/fr/velo/", "fr/velo.md"},
		{hidden, "#a", "https://x.org/blog/#a", ""},
		{hidden, "more.html", "https://x.org/blog/more.html", ""},
	} {
		got := links.Target(tt.from, tt.dest)
		ours := got.Source
		if got.Entry != nil {
			ours = got.Entry.Post.Path
		}
		if got.URL != tt.want || ours != tt.ours {
			t.Errorf("%s from %s:\n got %s (%s)\nwant %s (%s)", tt.dest, tt.from.Path, got.URL, ours, tt.want, tt.ours)
		}
		if abs := links.Absolute(tt.from)(tt.dest); abs != got.URL {
			t.Errorf("%s: Absolute says %s", tt.dest, abs)
		}
	}
	w, h := links.Size(from)("photo%20d’été.jpg")
	if w != 800 || h != 600 {
		t.Errorf("size: got %d × %d", w, h)
	}
}

// TestLinks_toFormerAddresses: a link to where a page was leads to where it is,
// unless something is there.
func TestLinks_toFormerAddresses(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	a, b := &s.Entries[0], &s.Entries[1]
	a.Aliases, b.Aliases = []string{"old/a.html", b.Path, "both/"}, []string{"both/"}
	links := publish.NewLinks(s)
	for dest, want := range map[string]string{
		"/old/a.html#x": a.URL + "#x", "https://velo.example/blog/old/a.html": a.URL, "/" + b.Path: b.URL, "/both/": a.URL, "/old/b.html": "https://velo.example/old/b.html",
	} {
		if got := links.Target(s.Entries[2].Post, dest).URL; got != want {
			t.Errorf("%s leads to %s, want %s", dest, got, want)
		}
	}
}

func FuzzLinks_leavesNothingRelative(f *testing.F) {
	for _, s := range []string{"autre.md#x", "//h", "?q", "a:b", "../..", "/", "%zz", "\\\\h", "x\ny", "http:", "a b", "./:a"} {
		f.Add(s)
	}
	s, from, _ := linked()
	links := publish.NewLinks(s)
	f.Fuzz(func(t *testing.T, dest string) {
		got := links.Target(from, dest)
		if got.URL == dest || got.URL == "" {
			return
		}
		u, err := url.Parse(got.URL)
		if err != nil || !u.IsAbs() {
			t.Errorf("%q: got %q, %v", dest, got.URL, err)
		}
	})
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Vélo":                   "velo",
		"  Été à Paris !  ":      "ete-a-paris",
		"Cœur & Straße":          "coeur-strasse",
		"C++":                    "cplusplus",
		"C#":                     "csharp",
		"日本語":                    "日本語",
		"Привет мир":             "привет-мир",
		"हिन्दी":                 "हिन्दी",
		"../../etc/passwd":       "etc-passwd",
		"..":                     "x-5ec1f7e7",
		"CON":                    "con-",
		"com1":                   "com1-",
		"a\x00b\xffc":            "a-bc",
		"🚲":                      "x-26687195",
		strings.Repeat("ab", 90): strings.Repeat("ab", 40),
	} {
		if got := publish.Slug(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzSlug_isOnePlainName(f *testing.F) {
	for _, s := range []string{"", ".", "a/b", "é", "\u0301", "#\u0301", "A \u0301", "İ", "ǅ", "aux"} {
		f.Add(s)
	}
	f.Add(strings.Repeat("0", 76) + " #")
	f.Fuzz(func(t *testing.T, s string) {
		slug := publish.Slug(s)
		if err := publish.CheckPaths([]publish.File{{Path: slug}}); err != nil || strings.Contains(slug, "/") || len(slug) > 100 {
			t.Errorf("%q: got %q, %v", s, slug, err)
		}
		if !strings.HasSuffix(slug, "-") && !strings.HasPrefix(slug, "x-") {
			if again := publish.Slug(slug); again != slug {
				t.Errorf("%q: %q becomes %q", s, slug, again)
			}
		}
	})
}

func TestTags_joinsSpellings(t *testing.T) {
	t.Parallel()
	entry := func(id, lang string, retired bool, tags ...string) publish.Entry {
		return publish.Entry{Retired: retired, Post: &content.Post{ID: id, Lang: lang, Tags: tags}}
	}
	s := publish.Site{Entries: []publish.Entry{
		entry("a", "fr", false, "Vélo", "velo", " "), entry("b", "fr", false, "Vélo"),
		entry("c", "en", false, "velo", "C#"), entry("d", "en", true, "gone"),
	}}
	type topic struct {
		Name, Path, Lang string
		Entries          int
	}
	var got []topic
	for _, tag := range publish.Tags(s) {
		got = append(got, topic{tag.Name, tag.Path, tag.Lang, len(tag.Entries)})
	}
	if d := cmp.Diff([]topic{{"C#", "tags/csharp/", "en", 1}, {"Vélo", "tags/velo/", "", 3}}, got); d != "" {
		t.Error(d)
	}
}

func TestSite_languages(t *testing.T) {
	t.Parallel()
	s := publish.Site{Lang: "fr", Langs: []string{"fr", "pt-BR"}, Entries: []publish.Entry{
		{Post: &content.Post{ID: "a", Lang: "fr-CA"}}, {Post: &content.Post{ID: "b", Lang: "PT-br"}}, {Post: &content.Post{ID: "c", Lang: "de"}},
	}}
	for lang, want := range map[string]int{"": 3, "fr": 1, "pt-BR": 1, "de": 0} {
		if got := len(s.In(lang)); lang != "de" && got != want {
			t.Errorf("%q: got %d entries, want %d", lang, got, want)
		}
	}
	if got := s.LangOf("de"); got != "" {
		t.Errorf("de: got %q", got)
	}
	if s.Home("pt-BR") != "pt-br/" || s.Home("") != "" || (publish.Site{Langs: []string{"fr"}}).Home("fr") != "" {
		t.Error("homes of languages")
	}
}

func TestHeadline_standsInForAMissingTitle(t *testing.T) {
	t.Parallel()
	long := "Un texte assez long pour que la coupe tombe, entre deux mots, avant la fin de la phrase."
	for _, tt := range []struct {
		post content.Post
		text string
		want string
	}{
		{content.Post{Title: " Deux\nlignes "}, "x", "Deux lignes"},
		{content.Post{Summary: "Résumé"}, "x", "Résumé"},
		{content.Post{}, long, "Un texte assez long pour que la coupe tombe, entre deux mots, avant…"},
		{content.Post{Slug: "2026-velo"}, " \n", "2026-velo"},
		{content.Post{Title: "Photo \u202egnp.exe\u202c \u2066et\u2069 \u2067\u2068\u202a\u202b\u202dfin"}, "", "Photo gnp.exe et fin"},
		{content.Post{Summary: "a \u202e b"}, "", "a b"},
		{content.Post{Title: "\u202e\u2069", Slug: "s"}, "\u202e", "s"},
		{content.Post{Title: "שלום\u200f, עולם"}, "", "שלום\u200f, עולם"}, // a mark turns nothing around
	} {
		if got := publish.Headline(&tt.post, tt.text); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestCheckPaths_findsCollisions(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		files []publish.File
		want  string
	}{
		"fine":         {[]publish.File{{Path: "a/b"}, {Path: "a/c"}, {Path: "d"}, {Path: "d", Private: true}}, ""},
		"same":         {[]publish.File{{Path: "a"}, {Path: "a"}}, `taken by "a"`},
		"case":         {[]publish.File{{Path: "A/x"}, {Path: "a/X"}}, `taken by "A/x"`},
		"unicode form": {[]publish.File{{Path: "é"}, {Path: "e\u0301"}}, `taken by`},
		"folder":       {[]publish.File{{Path: "a/b/c"}, {Path: "a"}}, `also the folder of "a/b/c"`},
		"outside":      {[]publish.File{{Path: "../a"}}, "not a plain"},
		"rooted":       {[]publish.File{{Path: "/a"}}, "not a plain"},
		"backslash":    {[]publish.File{{Path: `a\..\b`}}, "not a plain"},
		"empty":        {[]publish.File{{Path: ""}}, "not a plain"},
	} {
		err := publish.CheckPaths(tt.files)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
