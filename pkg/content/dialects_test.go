package content_test

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// try is one row of the tables of docs/front-matter.md, and files as that
// program has them.
type try struct {
	row     string // the first cell
	verdict string // the second: read, mapped, kept, refused or passed over
	// files is a txtar archive; what is asked is asked of its first file.
	files string
	// want is "field value; field value"; kept and problem are fields, too, and
	// where they are not named there is nothing of either.
	want string
}

// TestDialects_areReadAsTheReferenceSays: every row of the reference is tried,
// and everything tried stands in the reference.
func TestDialects_areReadAsTheReferenceSays(t *testing.T) {
	t.Parallel()
	rows := dialectRows(t)
	for program, tries := range dialects() {
		for _, tt := range tries {
			t.Run(program+"/"+tt.row, func(t *testing.T) {
				t.Parallel()
				if got, ok := rows[program][tt.row]; !ok || got != tt.verdict {
					t.Errorf("the reference says %q, want %q", got, tt.verdict)
				}
				tt.check(t)
			})
		}
	}
	for program, all := range rows {
		for row := range all {
			if !slices.ContainsFunc(dialects()[program], func(tt try) bool { return tt.row == row }) {
				t.Errorf("%s: nobody tries %q", program, row)
			}
		}
	}
	if len(rows) != 7 {
		t.Errorf("the reference speaks of %v", slices.Sorted(maps.Keys(rows)))
	}
}

// dialectRows returns the verdict by program and row.
func dialectRows(t *testing.T) map[string]map[string]string {
	t.Helper()
	_, text, _ := strings.Cut(reference(t), "## Coming from another program")
	text, _, _ = strings.Cut(text, "\n## ")
	rows := map[string]map[string]string{}
	for _, section := range strings.Split(text, "\n### ")[1:] {
		program, table, _ := strings.Cut(section, "\n")
		rows[program] = map[string]string{}
		for _, m := range regexp.MustCompile(`(?m)^\| (.+?) \| (read|mapped|kept|refused|passed over) \| .* \|$`).FindAllStringSubmatch(table, -1) {
			if _, twice := rows[program][m[1]]; twice {
				t.Errorf("%s: %q twice", program, m[1])
			}
			rows[program][m[1]] = m[2]
		}
	}
	return rows
}

func (tt try) check(t *testing.T) {
	t.Helper()
	archive := txtar.Parse([]byte(tt.files))
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	d := paris(t)
	d.Dialect = &content.Dialect{Langs: []string{"fr", "en"}}
	c, err := content.Load(t.Context(), fsys, d)
	if err != nil || len(archive.Files) == 0 {
		t.Fatalf("%v in %q", err, tt.files)
	}
	got := summary(c, archive.Files[0].Name, archive.Files[0].Data)
	if tt.verdict == "kept" && got["kept"] == "" || tt.verdict == "refused" && got["problem"] == "" || tt.verdict == "passed over" && got["file"] != "none" {
		t.Errorf("not %s: %v", tt.verdict, got)
	}
	want := map[string]string{}
	for _, w := range strings.Split(tt.want, "; ") {
		field, value, _ := strings.Cut(w, " ")
		want[field] = value
	}
	for field := range got {
		if _, asked := want[field]; !asked && field != "kept" && field != "problem" {
			delete(got, field)
		}
	}
	for field, value := range want {
		if _, has := got[field]; !has && value == "" {
			got[field] = ""
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

// summary is what a corpus says of one of its files, by field.
func summary(c *content.Corpus, name string, src []byte) map[string]string {
	got := map[string]string{}
	put := func(field string, values ...string) {
		if text := strings.Join(values, ", "); text != "" {
			got[field] = text
		}
	}
	i := slices.IndexFunc(c.Posts, func(p *content.Post) bool { return p.Path == name })
	isAsset := slices.ContainsFunc(c.Assets, func(a content.Asset) bool { return a.Path == name })
	var problems []string
	for _, p := range c.Problems() {
		if p.File == name {
			problems = append(problems, string(p.Code))
		}
	}
	put("problem", problems...)
	switch {
	case i < 0 && isAsset:
		put("file", "asset")
	case i < 0:
		put("file", "none")
	}
	if i < 0 {
		return got
	}
	p := c.Posts[i]
	put("title", p.Title)
	put("slug", p.Slug)
	put("lang", p.Lang)
	put("date", moment(p.Date))
	put("updated", moment(p.Updated))
	put("expires", moment(p.Expires))
	put("stage", string(p.Stage))
	put("tags", p.Tags...)
	put("categories", p.Categories...)
	put("authors", p.Authors...)
	put("address", p.Address)
	put("aliases", p.Aliases...)
	put("summary", p.Summary)
	put("image", p.Image.Src)
	put("series", p.Series)
	put("translation", p.Translation)
	put("body", strings.TrimSpace(string(p.Body(src))))
	var kept []string
	for _, m := range p.Extra {
		kept = append(kept, m.Key)
	}
	put("kept", kept...)
	return got
}

// moment is a date as the tables write it.
func moment(m civil.Moment) string {
	switch {
	case m.IsZero():
		return ""
	case m.HasClock:
		return m.Local.Date.String() + "T" + m.Local.Clock.String()
	}
	return m.Local.Date.String()
}

// yaml and toml are an archive of one file.
func yaml(name, keys string) string {
	return "-- " + name + " --\n---\ntitle: T\n" + keys + "\n---\nText.\n"
}

func toml(name, keys string) string {
	return "-- " + name + " --\n+++\ntitle = \"T\"\n" + keys + "\n+++\nText.\n"
}

func bare(name, text string) string { return "-- " + name + " --\n" + text + "\n" }

func dialects() map[string][]try {
	return map[string][]try{
		"Hugo": hugo(), "Jekyll": jekyll(), "Eleventy": eleventy(), "Docusaurus": docusaurus(), "Zola": zola(),
		"Pelican and MultiMarkdown": pelican(), "MkDocs": mkdocs(),
	}
}

func hugo() []try {
	return []try{
		{"`date`, `publishDate` (`pubDate`, `published`)", "read", toml("a.md", "date = 2024-05-01T09:30:00+02:00\npubDate = 2024-05-02"), "date 2024-05-02; stage ready"},
		{"`expiryDate` (`unpublishDate`), `lastmod` (`modified`)", "mapped", toml("a.md", "unpublishDate = 2030-01-01\nlastmod = 2024-06-01"), "expires 2030-01-01; updated 2024-06-01; stage draft"},
		{"`2024-05-01-x.md`, `2024-05-01-09-30-00-x.md`", "read", toml("posts/2024-05-01-09-30-00-x.md", ""), "date 2024-05-01T09:30; slug x"},
		{"`draft`", "read", toml("a.md", "date = 2024-05-01\ndraft = true"), "stage draft"},
		{"`headless: true`, `build` with `render` or `list` `never`", "mapped", toml("a.md", "date = 2024-05-01\n[build]\nlist = \"never\""), "stage draft; kept build"},
		{"`slug`", "read", toml("a.md", "slug = \"b\""), "slug b"},
		{"`url`", "mapped", toml("a.md", "url = \"articles/:year/:slug\""), "address /articles/:year/:slug/"},
		{"`aliases`", "read", toml("a.md", "aliases = [\"/posts/old/\", \"older.html\"]"), "aliases /posts/old/, /older.html"},
		{"`aliases` relative to the page (`../old`)", "refused", toml("a.md", "aliases = [\"../old\"]"), "aliases ; problem bad-alias"},
		{"`tags`, `categories`", "read", toml("a.md", "tags = [\"a b\", \"c\"]\ncategories = [\"D\"]"), "tags a b, c, D; categories D"},
		{"`series` with one name", "read", toml("a.md", "series = [\"S\"]"), "series S"},
		{"`series` with several", "refused", toml("a.md", "series = [\"S\", \"T\"]"), "problem not-text"},
		{"`author`, `authors`, `params.author`", "mapped", toml("a.md", "[params]\nauthor = \"John Smith\"\ncolor = \"red\""), "authors John Smith; kept params.color"},
		{"`description`, `summary`", "read", toml("a.md", "description = \"D\"\nsummary = \"S\""), "summary S"},
		{"`images`", "mapped", toml("a.md", "images = [\"https://example.org/a.png\", \"b.png\"]"), "image https://example.org/a.png"},
		{"`x/index.md`", "read", toml("posts/x/index.md", ""), "slug x"},
		{"`_index.md`, `_index.fr.md`", "passed over", toml("posts/_index.fr.md", ""), "file none"},
		{"`x.fr.md`, `x/index.fr.md`", "read", toml("x/index.en.md", "") + toml("x/index.fr.md", ""), "lang en; slug x; translation /x"},
		{"`fr/x.md`, `en/x.md`", "read", toml("en/posts/x.md", "") + toml("fr/posts/x.md", ""), "lang en; translation /posts/x"},
		{"`translationKey`", "mapped", toml("a.md", "translationKey = \"k\""), "translation k"},
		{"`layout`, `type`, `weight`, `menus`, `cascade`, `sitemap`, `outputs`, `resources`, `keywords`, `linkTitle`, `markup`", "kept",
			toml("a.md", "layout = \"l\"\ntype = \"t\"\nweight = 1\nmenus = \"m\"\noutputs = [\"html\"]\nkeywords = [\"k\"]\nlinkTitle = \"T\"\nmarkup = \"goldmark\"\n[sitemap]\ndisable = true\n[cascade]\na = 1\n[[resources]]\nsrc = \"a.png\""),
			"kept layout, type, weight, menus, outputs, keywords, linkTitle, markup, sitemap, cascade, resources"},
		{"posts in `.org`, `.adoc`, `.rst`", "refused", bare("a.org", "#+title: T"), "file none; problem foreign-post"},
		{"`.html` with front matter", "refused", bare("a.html", "---\ntitle: T\n---\n<p>"), "file none; problem foreign-template"},
	}
}

func jekyll() []try {
	return []try{
		{"`_posts/2024-05-01-x.md`, `2024-5-1-x.md`", "read", yaml("_posts/2024-5-1-x.md", "layout: post"), "date 2024-05-01; slug x; stage ready; kept layout"},
		{"`_drafts/x.md`", "read", yaml("_drafts/x.md", "date: 2024-05-01"), "stage draft"},
		{"folders above `_posts`", "mapped", yaml("movies/horror/_posts/2024-05-01-x.md", "categories: [old]"), "categories movies, horror, old; tags old, movies, horror"},
		{"`date: 2024-05-01 09:30:00 +0200`", "read", yaml("a.md", "date: 2024-05-01 09:30:00 +0200"), "date 2024-05-01T09:30"},
		{"`published: false`", "mapped", yaml("_posts/2024-05-01-x.md", "published: false"), "stage draft"},
		{"`permalink`", "read", yaml("a.md", "permalink: /:categories/:title:output_ext"), "address /:categories/:title:output_ext"},
		{"`redirect_from`", "mapped", yaml("a.md", "redirect_from: /old/index.html"), "aliases /old/"},
		{"`redirect_to`", "kept", yaml("a.md", "redirect_to: https://example.org/"), "kept redirect_to"},
		{"`tags: a b`, `categories: a b`", "read", yaml("_posts/2024-05-01-x.md", "tags: a b\ncategories: c d"), "tags a, b, c, d; categories c, d"},
		{"`tag`, `category`", "read", yaml("_posts/2024-05-01-x.md", "tag: a b\ncategory: c d"), "tags a b, c d; categories c d"},
		{"`author`", "mapped", yaml("a.md", "author: Tom"), "authors Tom"},
		{"`excerpt`, `description`", "mapped", yaml("a.md", "excerpt: E"), "summary E"},
		{"`last_modified_at`", "mapped", yaml("a.md", "last_modified_at: 2024-06-01 10:00:00 +0200"), "updated 2024-06-01T10:00"},
		{"`ref`, `lang-ref`, `page_id` with `lang`", "mapped", yaml("a.md", "lang: en\nlang-ref: hello"), "lang en; translation hello"},
		{"`ref` where no language is said", "kept", yaml("a.md", "ref: hello"), "translation ; kept ref"},
		{"`layout`, `excerpt_separator`, `comments`, `toc`", "kept", yaml("a.md", "layout: post\nexcerpt_separator: <!--more-->\ncomments: true\ntoc: true"), "kept layout, excerpt_separator, comments, toc"},
		{"no title", "refused", bare("_posts/2024-05-01-x.md", "---\nlayout: post\n---\nText."), "kept layout; problem no-title"},
		{"`.mkd`, `.mkdn`, `.mkdown`", "read", yaml("_posts/2024-05-01-x.mkdown", ""), "date 2024-05-01; slug x"},
		{"`.textile`", "refused", bare("_posts/2024-05-01-x.textile", "---\ntitle: T\n---\n"), "file none; problem foreign-post"},
		{"`_layouts/`, `_includes/`, `_data/`, `_sass/`, `_plugins/`, `_site/`, `node_modules/`", "passed over", bare("_includes/x.md", "Text."), "file none"},
	}
}

func eleventy() []try {
	return []try{
		{"`---json`, `---toml`", "read", bare("a.md", "---json\n{\"title\": \"T\",\n\"date\": \"2024-05-01\"}\n---\nText."), "title T; date 2024-05-01; body Text."},
		{"`---js`", "refused", bare("a.md", "---js\nconst title = \"T\";\n---\nText."), "problem foreign-front-matter"},
		{"`date` with a day or a time", "read", yaml("a.md", "date: \"2024-05-01T06:00-06:00\""), "date 2024-05-01T14:00"},
		{"`date: Last Modified`, `git Created`", "refused", yaml("a.md", "date: git Last Modified"), "date ; problem bad-date"},
		{"a day anywhere in the path", "read", yaml("blog/2024-05-01/x.md", ""), "date 2024-05-01; slug x"},
		{"`tags` as one text or a list", "read", yaml("a.md", "tags: post with spaces"), "tags post with spaces"},
		{"`permalink`", "read", yaml("a.md", "permalink: this/is/new/index.html"), "address /this/is/new/"},
		{"`permalink` with `{{ … }}`", "refused", yaml("a.md", "permalink: \"/{{ title | slugify }}/\""), "address ; problem template-address"},
		{"`permalink` of a file that is no page (`feed.json`)", "refused", yaml("a.md", "permalink: /feed.json"), "address ; problem bad-address"},
		{"`permalink: false`, `eleventyExcludeFromCollections: true`", "mapped", yaml("a.md", "date: 2024-05-01\npermalink: false"), "stage draft"},
		{"`layout`, `eleventyNavigation`, `pagination`, `eleventyComputed`", "kept", yaml("a.md", "layout: post.njk\neleventyNavigation: {key: a}\npagination: {size: 1}\neleventyComputed: {a: b}"), "kept layout, eleventyNavigation, pagination, eleventyComputed"},
		{"`.njk`, `.liquid`, `.webc`, `.11ty.js` and others", "refused", bare("feed.11ty.js", "x"), "file none; problem foreign-template"},
		{"`en/x.md`, `fr/x.md`", "read", yaml("blog/en/x.md", "") + yaml("blog/fr/x.md", ""), "lang en; translation /blog/x"},
	}
}

func docusaurus() []try {
	return []try{
		{"`2021-04-15-x.md`, `2021-04-15-x/index.md`, `2021/04/15/x.md`", "read", yaml("blog/2021/04/15/x.md", ""), "date 2021-04-15; slug x"},
		{"`authors`, `author`", "read", yaml("a.md", "authors: [slorber, {name: Joel Marcey, url: https://example.org}, {key: yangshun}]"), "authors slorber, Joel Marcey, yangshun"},
		{"`author_url`, `author_title`, `author_image_url`", "kept", yaml("a.md", "author: Joel\nauthor_url: https://example.org/\nauthor_title: Maintainer\nauthor_image_url: a.png"), "authors Joel; kept author_url, author_title, author_image_url"},
		{"`tags` with `label` and `permalink`", "read", yaml("a.md", "tags: [hello, {label: Big News, permalink: /big}]"), "tags hello, Big News"},
		{"`slug: x`, `slug: /x`", "read", yaml("a.md", "slug: /x"), "slug x"},
		{"`slug` of several parts", "refused", yaml("a.md", "slug: /my/path"), "problem bad-slug"},
		{"`draft`", "read", yaml("2021-04-15-x.md", "draft: true"), "stage draft"},
		{"`unlisted: true`", "mapped", yaml("2021-04-15-x.md", "unlisted: true"), "stage draft"},
		{"`last_update` with `date`", "mapped", yaml("a.md", "last_update: {date: 2024-06-01, author: Joel}"), "updated 2024-06-01"},
		{"`description`, `image`", "read", yaml("a.md", "description: D\nimage: https://example.org/a.png"), "summary D; image https://example.org/a.png"},
		{"`# Title` in the text", "mapped", bare("a.md", "---\nslug: x\n---\n\n# The *title* {#id}\n\nText."), "title The title; body Text."},
		{"`i18n/fr/docusaurus-plugin-content-blog/x.md`", "read", yaml("i18n/en/docusaurus-plugin-content-blog/x.md", ""), "lang en"},
		{"`keywords`, `hide_table_of_contents`, `toc_max_heading_level`, `sidebar_label`", "kept", yaml("a.md", "keywords: [a]\nhide_table_of_contents: true\ntoc_max_heading_level: 2\nsidebar_label: S"), "kept keywords, hide_table_of_contents, toc_max_heading_level, sidebar_label"},
		{"`.mdx`", "refused", yaml("2021-04-15-x.mdx", ""), "file none; problem foreign-post"},
	}
}

func zola() []try {
	return []try{
		{"`date`, `updated`", "read", toml("a.md", "date = 2024-05-01\nupdated = 2024-06-01T10:00:00Z"), "date 2024-05-01; updated 2024-06-01T12:00"},
		{"`2018-10-10-x.md`, `2018-10-10.md`, `2018-10-10T08:00:00Z-x.md`", "read", toml("2018-10-10.md", ""), "date 2018-10-10; slug 2018-10-10"},
		{"`draft`", "read", toml("2018-10-10-x.md", "draft = true"), "stage draft"},
		{"`render = false`", "mapped", toml("2018-10-10-x.md", "render = false"), "stage draft"},
		{"`slug`", "read", toml("a.md", "slug = \"élevage\""), "slug élevage"},
		{"`path`", "mapped", toml("a.md", "path = \"2018/07/27/what-is-rust\""), "address /2018/07/27/what-is-rust/; date 2018-07-27; stage ready"},
		{"`aliases`", "read", toml("a.md", "aliases = [\"2018/07/27/what.html\"]"), "aliases /2018/07/27/what.html"},
		{"`authors`", "read", toml("a.md", "authors = [\"The Rust Core Team\"]"), "authors The Rust Core Team"},
		{"`taxonomies` named tags, categories, authors, series", "mapped", toml("a.md", "[taxonomies]\ntags = [\"a b\"]\ncategories = [\"C\"]\nauthors = [\"A\"]\nseries = [\"S\"]"), "tags a b, C; categories C; authors A; series S"},
		{"other `taxonomies`", "kept", toml("a.md", "[taxonomies]\nplaces = [\"Lyon\"]"), "kept taxonomies.places"},
		{"`extra` named authors, image, summary, series, canonical", "mapped", toml("a.md", "[extra]\nauthor = \"A\"\nimage = \"https://example.org/a.png\""), "authors A; image https://example.org/a.png"},
		{"other `extra`", "kept", toml("a.md", "[extra]\ntoc = true\ndate = \"x\""), "date ; kept extra.toc, extra.date"},
		{"`_index.md`, `_index.fr.md`", "passed over", toml("_index.md", ""), "file none"},
		{"`x.md`, `x.fr.md`", "read", toml("x.en.md", "") + toml("x.md", ""), "lang en; translation /x"},
		{"`weight`, `template`, `in_search_index`, `insert_anchor_links`", "kept", toml("a.md", "weight = 1\ntemplate = \"p.html\"\nin_search_index = true\ninsert_anchor_links = \"left\""), "kept weight, template, in_search_index, insert_anchor_links"},
	}
}

func pelican() []try {
	post := func(headers string) string { return bare("a.md", headers+"\n\nText.") }
	return []try{
		{"headers without fences", "read", post("Title: My super title\nDate: 2010-12-03 10:20\nModified: 2010-12-05 19:30"), "title My super title; date 2010-12-03T10:20; updated 2010-12-05T19:30; stage ready; body Text."},
		{"`Summary` and others over several lines", "read", post("Title: T\nSummary: Short version\n    for feeds."), "summary Short version for feeds."},
		{"`Tags`, `Authors` with commas", "read", post("Title: T\nTags: pelican, big bird\nAuthors: Alexis Metaireau, Conan Doyle"), "tags pelican, big bird; authors Alexis Metaireau, Conan Doyle"},
		{"`Tags`, `Authors` with semicolons", "read", post("Title: T\nTags: one, two; three\nAuthor: Doyle, Conan; Awa"), "tags one, two, three; authors Doyle, Conan, Awa"},
		{"`Category`", "mapped", post("Title: T\nCategory: Python"), "tags Python; categories Python"},
		{"`Status: draft`, `hidden`, `skip`", "mapped", post("Title: T\nDate: 2010-12-03\nStatus: hidden"), "stage draft"},
		{"`Status: published`", "mapped", post("Title: T\nStatus: published"), "stage ready"},
		{"another `Status`", "refused", post("Title: T\nStatus: sometimes"), "problem unknown-stage"},
		{"`Slug`, `Lang`", "read", bare("a.md", "Title: T\nSlug: foobar\nLang: en\n\nText.") + bare("b.md", "Title: T\nSlug: foobar\nLang: fr\n\nText."), "slug foobar; lang en; translation //foobar"},
		{"`Translation: true`", "kept", post("Title: T\nTranslation: true"), "translation ; kept Translation"},
		{"`URL`, `Save_as`", "mapped", post("Title: T\nURL: pages/about.html\nSave_as: pages/about.html"), "address /pages/about.html"},
		{"`URL` with `{slug}`", "refused", post("Title: T\nURL: {slug}/"), "problem bad-address"},
		{"`Template`, own keys", "kept", post("Title: T\nTemplate: wide\nGravatar: x"), "kept Template, Gravatar"},
		{"headers without `Title` above a heading", "mapped", bare("a.md", "Date: 2010-12-03\n\nThe title\n=========\n\nText."), "title The title; date 2010-12-03; body Text."},
		{"text that begins like headers, with neither", "refused", bare("a.md", "Date: 2010-12-03\n\nText."), "problem no-front-matter"},
		{"`.rst`", "refused", bare("a.rst", "T\n#\n\n:date: 2010-10-03"), "file none; problem foreign-post"},
	}
}

func mkdocs() []try {
	return []try{
		{"`date`, `date.created`, `date.updated`", "mapped", yaml("a.md", "date:\n  created: 2024-01-31\n  updated: 2024-02-01T12:00:00"), "date 2024-01-31; updated 2024-02-01T12:00; stage ready"},
		{"other dates below `date`", "kept", yaml("a.md", "date:\n  created: 2024-01-31\n  my_custom_date: 2024-02-01"), "date 2024-01-31; kept date.my_custom_date"},
		{"`categories`, `tags`, `authors`", "read", yaml("a.md", "categories: [Search Engines]\ntags: [a]\nauthors: [squidfunk]"), "tags a, Search Engines; categories Search Engines; authors squidfunk"},
		{"`draft`, `slug`, `description`", "read", yaml("a.md", "date: 2024-01-31\ndraft: true\nslug: help\ndescription: D"), "stage draft; slug help; summary D"},
		{"`# Title` in the text", "mapped", bare("a.md", "---\ndate: 2024-01-31\n---\n\n# `mkdocs` and [you](https://example.org/)\n\nText."), "title mkdocs and you; body Text."},
		{"`pin`, `links`, `readtime`, `hide`, `icon`, `search`", "kept", yaml("a.md", "pin: true\nlinks: [a.md]\nreadtime: 15\nhide: [toc]\nicon: a/b\nsearch: {exclude: true}"), "kept pin, links, readtime, hide, icon, search"},
		{"`x.en.md`, `x.fr.md`", "read", yaml("x.en.md", "") + yaml("x.fr.md", ""), "lang en; translation /x"},
	}
}

// TestDialects_ofNobodyInParticular: keys that exports of many programs have.
func TestDialects_ofNobodyInParticular(t *testing.T) {
	t.Parallel()
	for _, tt := range []try{
		{"created", "mapped", yaml("a.md", "created_at: 2024-05-01T09:30:00+02:00"), "date 2024-05-01T09:30; stage ready"},
		{"created and date", "kept", yaml("a.md", "created: 2024-01-01\ndate: 2024-05-01"), "date 2024-05-01; kept created"},
		{"created and published", "kept", yaml("a.md", "published: 2024-05-01\ncreated: 2024-01-01"), "date 2024-05-01; kept created"},
		{"created that nobody can read", "refused", yaml("a.md", "createdAt: 1714554000"), "date ; problem bad-date"},
		{"created and a dated name", "mapped", yaml("2023-01-01-a.md", "created: 2024-05-01"), "date 2024-05-01"},
		{"updated", "mapped", yaml("a.md", "updated_at: 2024-05-01"), "updated 2024-05-01"},
		{"published_at", "mapped", yaml("a.md", "date: 2024-01-01\npublished_at: 2024-05-01"), "date 2024-05-01"},
		{"words near ours", "kept", yaml("a.md", "headline: H\nparent: x\nog_image: y\nauthor_url: z"), "kept headline, parent, og_image, author_url"},
		{"publish_date", "mapped", yaml("a.md", "publish_date: 2024-05-01"), "date 2024-05-01"},
		{"two that guard", "refused", yaml("a.md", "publishDate: 2024-01-01\npublished_at: 2024-05-01"), "date 2024-01-01; problem key-twice"},
		{"status of WordPress", "mapped", yaml("2024-05-01-a.md", "status: private"), "stage draft"},
		{"status of somebody", "kept", yaml("2024-05-01-a.md", "status: accepted"), "stage ready; kept status"},
		{"status and stage", "refused", yaml("a.md", "status: draft\nstage: ready"), "problem draft-but-stage"},
		{"hidden that is no switch", "kept", yaml("2024-05-01-a.md", "hidden: [toc]"), "stage ready; kept hidden"},
		{"hidden in other words", "refused", yaml("2024-05-01-a.md", "private: yes"), "stage draft; problem not-boolean"},
		{"an address elsewhere", "kept", yaml("a.md", "url: https://example.org/x"), "address ; kept url"},
		{"the address of the home page", "refused", yaml("a.md", "url: /index.html\naliases: /"), "address ; problem bad-address, bad-alias"},
		{"an address upward", "refused", yaml("a.md", "url: /../../etc"), "address ; problem bad-address"},
		{"an address with a part that is none", "refused", yaml("a.md", "url: /:foo/x"), "address ; problem bad-address"},
		{"an escaped address", "read", yaml("a.md", "url: /caf%C3%A9/"), "address /café/"},
		{"an alias of WordPress", "refused", yaml("a.md", "aliases: [\"/?p=12\", /x.php, /ok/]"), "aliases /ok/; problem bad-alias, bad-alias"},
		{"days without a year", "read", yaml("2024/05/10-tips.md", ""), "date ; slug 10-tips"},
		{"a folder of a day", "read", yaml("2024/05/01/index.md", ""), "date 2024-05-01; slug 2024-05-01"},
		{"a rule of three numbers", "read", yaml("2024-05-01-30-20-10-rule.md", ""), "date 2024-05-01; slug 30-20-10-rule"},
		{"a title of digits in headers", "read", bare("a.md", "Title: 1984\nDate: 2024-05-01\n\nText."), "title 1984"},
		{"an underlined title", "mapped", bare("a.md", "---\n---\nThe title\n=========\nText."), "title The title; body Text."},
		{"a heading further down", "refused", bare("a.md", "---\n---\nText.\n\n# Not the title\n"), "title ; problem no-title"},
		{"prose with a colon", "refused", bare("a.md", "Note: this is prose\nTitle: of nothing\n"), "problem no-front-matter"},
		{"both of a pair in one language", "read", yaml("x.en.md", "") + yaml("en/x.md", ""), "lang en; translation "},
		{"a pair with a key", "read", yaml("x.en.md", "") + yaml("x.fr.md", "translation: k"), "translation "},
		{"an alias that is the address", "read", yaml("a.md", "aliases: [/x, /y]\npermalink: /x/"), "address /x/; aliases /y/"},
		{"an alias of translations", "mapped", yaml("en/a.md", "aliases: [/x.html, /y]") + yaml("fr/a.md", "aliases: [/x.html, /y]"), "aliases /en/x.html, /en/y/"},
		{"the main one of translations", "read", yaml("fr/a.md", "aliases: [/x.html]") + yaml("en/a.md", "aliases: [/x.html]"), "aliases /x.html"},
		{"an alias of two posts", "refused", yaml("b.md", "aliases: /x/") + yaml("a.md", "aliases: /x"), "problem same-alias"},
	} {
		t.Run(tt.row, func(t *testing.T) { t.Parallel(); tt.check(t) })
	}
}

// TestDialect_keysOfTheOffice: keys by configuration count after the field's
// own name, unless they stand before it.
func TestDialect_keysOfTheOffice(t *testing.T) {
	t.Parallel()
	d := paris(t)
	d.Dialect = &content.Dialect{
		DateKeys: []string{"out_on", "date", "Publié le"}, UpdatedKeys: []string{"revu"}, ExpiresKeys: []string{"until"},
		LangKeys: []string{"langue"}, TranslationKeys: []string{"pair"}, Langs: []string{"fr", "en"},
		LangFolders: map[string]string{"english": "en"}, SpacedTags: true,
	}
	p := content.Read("english/a.md", []byte("---\ntitle: x\npublié le: 2024-01-01\ndate: 2024-02-01\nOut_On: 2024-03-01\nrevu: 2024-04-01\nuntil: 2030-01-01\nlangue: fr-CA\npair: k\ntags: a b\n---\n"), d)
	if len(p.Problems) > 0 || moment(p.Date) != "2024-03-01" || moment(p.Updated) != "2024-04-01" || moment(p.Expires) != "2030-01-01" ||
		p.Lang != "fr-CA" || p.Translation != "k" || !slices.Equal(p.Tags, []string{"a", "b"}) {
		t.Errorf("%v %+v", p.Problems, p)
	}
	if at := p.At("date").String(); at != "english/a.md:5:9" {
		t.Errorf("the date stands at %s", at)
	}
	p = content.Read("english/a.md", []byte("---\ntitle: x\nPublié le: demain\n---\n"), d)
	if got := listed(p.Problems); !slices.Equal(got, []string{"3:12 bad-date"}) || p.Lang != "en" {
		t.Errorf("%v, lang %s", got, p.Lang)
	}
}

// TestHead_saysAllOfAPostInEveryDialect: what is kept of a file between two
// builds makes the same post as the file.
func TestHead_saysAllOfAPostInEveryDialect(t *testing.T) {
	t.Parallel()
	d := paris(t)
	for program, tries := range dialects() {
		for _, tt := range tries {
			for _, f := range txtar.Parse([]byte(tt.files)).Files {
				p := content.Read(f.Name, f.Data, d)
				head, ok := p.Head()
				if !ok {
					continue
				}
				q := head.Post(f.Name, d)
				again, _ := q.Head()
				if diff := cmp.Diff(head, again, cmpopts.IgnoreUnexported(content.Head{})); diff != "" {
					t.Errorf("%s %s: the head changed:\n%s", program, tt.row, diff)
				}
				opts := []cmp.Option{cmpopts.IgnoreUnexported(content.Post{}), cmp.Comparer(sameMoment)}
				if diff := cmp.Diff(p, q, opts...); diff != "" || string(p.Body(f.Data)) != string(q.Body(f.Data)) {
					t.Errorf("%s %s: want -, got +:\n%s", program, tt.row, diff)
				}
			}
		}
	}
}

func TestSegment(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"2024-02-06_mise_en_place": "2024-02-06_mise_en_place", "Été v1.2": "ete-v1-2", "..": "", "日本": "日本", "a:b": "a-b", "con": "post-con",
	} {
		if got := content.Segment(name); got != want || path.Base("x/"+got) == ".." {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
