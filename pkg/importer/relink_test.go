package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/importer"
)

// text is the body of a post of a batch, by the end of its path.
func text(t *testing.T, b importer.Batch, name string) string {
	t.Helper()
	for _, p := range b.Posts {
		if strings.HasSuffix(p.Path, name) {
			return string(content.Read(p.Path, p.Source, content.Defaults{}).Body(p.Source))
		}
	}
	t.Fatalf("no %s in %v", name, b.Posts)
	return ""
}

// Links between posts lead to their files; those to anything else stay.
func TestRead_wordpressLinksBetweenPosts(t *testing.T) {
	t.Parallel()
	out := func(name string) string {
		return "<wp:post_name>" + name + "</wp:post_name><link>https://old.example/2024/" + name + "/</link><wp:post_date>2024-01-01 09:00:00</wp:post_date>"
	}
	for link, want := range map[string]string{
		`<a href="https://old.example/2024/two/">x</a>`:            "[x](/posts/2024-01-01-two.md)",
		`<a href="http://www.old.example/2024/two#part">x</a>`:     "[x](/posts/2024-01-01-two.md#part)",
		`<a href="/2024/two/" title="to">x</a>`:                    `[x](/posts/2024-01-01-two.md "to")`,
		`<a href="https://old.example/?p=2">x</a>`:                 "[x](/posts/2024-01-01-two.md)",
		`<a href="/2024/earlier/">x</a>`:                           "[x](/posts/2024-01-01-two.md)",
		`https://old.example/2024/two/`:                            "[https://old.example/2024/two/](/posts/2024-01-01-two.md)",
		`<a href="https://old.example/?p=3">x</a>`:                 "[x](https://old.example/?p=3)", // a draft
		`<a href="https://old.example/2024/nowhere/">x</a>`:        "[x](https://old.example/2024/nowhere/)",
		`<a href="https://old.example/">x</a>`:                     "[x](https://old.example/)",
		`<a href="https://other.example/2024/two/">x</a>`:          "[x](https://other.example/2024/two/)",
		`<a href="https://old.example/2024/two/?share=x">x</a>`:    "[x](https://old.example/2024/two/?share=x)",
		`<code>[x](https://old.example/2024/two/)</code>`:          "`[x](https://old.example/2024/two/)`",
		`<img src="https://old.example/2024/two/a.png" alt="pic">`: "![pic](https://old.example/2024/two/a.png)",
	} {
		b := read(t, importer.WordPress, wxr(
			wpPost("1", link, out("one")),
			wpPost("2", "y", out("two")+"<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>earlier</wp:meta_value></wp:postmeta>"),
			strings.Replace(wpPost("3", "z", out("three")), ">publish<", ">draft<", 1),
		))
		if got := strings.TrimSpace(text(t, b, "one.md")); got != want {
			t.Errorf("%s: -want +got\n%s", link, cmp.Diff(want, got))
		}
	}
}

func TestRead_feedLinksBetweenPosts(t *testing.T) {
	t.Parallel()
	b := read(t, importer.Feed, `<rss version="2.0"><channel><title>x</title><link>https://old.example/</link>
<item><title>One</title><link>https://old.example/one.html</link><guid>1</guid><pubDate>Mon, 01 Apr 2024 10:00:00 +0200</pubDate>
<description>&lt;p&gt;&lt;a href="two.html"&gt;x&lt;/a&gt; &lt;a href="three.html"&gt;y&lt;/a&gt;&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://old.example/two.html</link><guid>2</guid><pubDate>Mon, 01 Apr 2024 10:00:00 +0200</pubDate><description>z</description></item>
</channel></rss>`)
	if got, want := text(t, b, "one.md"), "[x](/posts/2024-04-01-two.md) [y](https://old.example/three.html)\n"; got != want {
		t.Errorf("got %q", got)
	}
}

// Files of the old site that a text links are listed as its pictures are.
func TestRead_linkedUploads(t *testing.T) {
	t.Parallel()
	b := read(t, importer.WordPress, wxr(wpPost("1", `<a href="/wp-content/uploads/a.pdf">a</a> <a href="https://old.example/b.zip">b</a>
<a href="https://other.example/c.pdf">c</a> <a href="/about/">d</a> <img src="/e.png">`, "")))
	if d := cmp.Diff([]string{"https://old.example/b.zip", "https://old.example/e.png", "https://old.example/wp-content/uploads/a.pdf"}, b.Media); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// What raw HTML shows is copied as pictures of Markdown are, or named.
func TestRead_filesOfRawHTML(t *testing.T) {
	t.Parallel()
	src := "---\ntitle: a\ndate: 2024-01-01\n---\n" +
		"<video poster=\"/v/p.png\" controls><source src=\"/v/a.mp4\"><source src=\"/v/gone.webm\"></video>\n\n" +
		"<video src=\"/v/b.mp4\"></video>\n\n<img src=\"/v/c.png\" srcset=\"/v/c-2.png 2x\">\n"
	files := func(root string) map[string]string {
		all := map[string]string{}
		for _, name := range []string{"p.png", "a.mp4", "b.mp4", "c.png", "c-2.png"} {
			all[root+"v/"+name] = "x"
		}
		return all
	}
	for _, b := range []importer.Batch{
		site(t, importer.Hugo, options(t), with(with(files("static/"), "hugo.toml", ""), "content/posts/a.md", src)),
		site(t, importer.Jekyll, options(t), with(with(files(""), "_config.yml", ""), "_posts/2024-01-01-a.md", src)),
	} {
		got := map[string]bool{}
		for _, f := range b.Posts[0].Files {
			got[f.To] = true
		}
		if d := cmp.Diff(map[string]bool{"v/p.png": true, "v/a.mp4": true, "v/b.mp4": true, "v/c.png": true, "v/c-2.png": true}, got); d != "" {
			t.Errorf("%s: -want +got\n%s", b.Kind, d)
		}
		if d := cmp.Diff([]string{"missing /v/gone.webm 1"}, codes(b)); d != "" {
			t.Errorf("%s: -want +got\n%s", b.Kind, d)
		}
	}
}

// An entry of Atom may be in another language than its feed.
func TestRead_atomLanguages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ feed, entry, content, want string }{
		"of the entry":               {"", ` xml:lang="de"`, "", "de"},
		"of its text":                {"", ` xml:lang="en"`, ` xml:lang="de"`, "de"},
		"of the feed":                {` xml:lang="de"`, "", "", "de"},
		"the office's, in another's": {` xml:lang="de"`, ` xml:lang="fr"`, "", "fr"},
		"none that is known":         {"", ` xml:lang="?"`, "", "fr"},
	} {
		b := read(t, importer.Feed, `<feed xmlns="http://www.w3.org/2005/Atom"`+c.feed+`><title>x</title><id>x</id><entry`+c.entry+`><title>a</title><id>1</id>
<published>2024-04-01T10:00:00+02:00</published><content type="html"`+c.content+`>x</content></entry></feed>`)
		if post := content.Read(b.Posts[0].Path, b.Posts[0].Source, content.Defaults{Lang: "fr"}); post.Lang != c.want {
			t.Errorf("%s: %q", name, post.Lang)
		}
	}
}
