package markdown_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content/markdown"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestDocument_everything renders one post with all that a post can have.
func TestDocument_everything(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(filepath.Join("testdata", "everything.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := markdown.New().Parse(src, "fr")
	if err != nil {
		t.Fatal(err)
	}
	site := func(dest string) string {
		if dest[0] == '#' || strings.Contains(dest, ":") {
			return dest
		}
		return "https://site.example/" + strings.TrimPrefix(dest, "/")
	}
	page, err := doc.HTML(markdown.Options{Resolve: site, Image: func(string) (int, int) { return 640, 480 }, Lazy: true, IDPrefix: "p1-", HeadingShift: 1})
	if err != nil {
		t.Fatal(err)
	}
	bare, err := doc.HTML(markdown.Options{})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "everything.html", page)
	golden(t, "everything.bare.html", bare)
	golden(t, "everything.txt", doc.Text(72, site))
	golden(t, "everything.wide.txt", doc.Text(0, nil))
	for _, out := range []string{page, bare} {
		checkSafe(t, out)
	}
	checkLinks(t, page, doc.Text(72, site))
	for line := range strings.SplitSeq(doc.Text(72, site), "\n") {
		if strings.Contains(line, " ") && len([]rune(line)) > 72 {
			t.Errorf("longer than 72: %q", line)
		}
	}
}

func TestDocument_tellsWhatItHolds(t *testing.T) {
	t.Parallel()
	doc, err := markdown.New().Parse([]byte(`# One *two*

[a **b**](c "t") <d@e.example> www.f.example ![g](h\_i.png)

## One two

<p><a href="j?k&amp;l">m
n</a> <img src="o p.png" alt="q"></p>

Under
---

x[^1] [r](<javascript:s>)

[^1]: [u](v)
`), "en")
	if err != nil {
		t.Fatal(err)
	}
	links := []markdown.Link{
		{Dest: "c", Text: "a b", Line: 3}, {Dest: "mailto:d@e.example", Text: "d@e.example", Line: 3},
		{Dest: "http://www.f.example", Text: "www.f.example", Line: 3}, {Dest: "j?k&l", Text: "m n", Line: 7},
		{Dest: "javascript:s", Text: "r", Line: 13}, {Dest: "v", Text: "u", Line: 15},
	}
	images := []markdown.Image{{Dest: "h_i.png", Alt: "g", Line: 3}, {Dest: "o p.png", Alt: "q", Line: 7}}
	headings := []markdown.Heading{
		{Level: 1, ID: "one-two", Text: "One two", Line: 1}, {Level: 2, ID: "one-two-1", Text: "One two", Line: 5},
		{Level: 2, ID: "under", Text: "Under", Line: 10},
	}
	if diff := cmp.Diff(links, doc.Links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(images, doc.Images()); diff != "" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(headings, doc.Headings()); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	if got, want := doc.Words(), 2+2+1+1+1+2+2+1+2+1; got != want {
		t.Errorf("%d words, want %d", got, want)
	}
}

func TestHeadings_haveReadableIDs(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for _, c := range [][3]string{
		{"L'été à Paris", "fr", "l-ete-a-paris"},
		{"Œuvres d’art : où ?", "fr", "oeuvres-d-art-ou"},
		{"Don't *panic*, `now`", "en", "dont-panic-now"},
		{"Straße & Ångström", "de", "strasse-angstrom"},
		{"Привет, мир", "ru", "привет-мир"},
		{"日本語 の 見出し", "ja", "日本語-の-見出し"},
		{"1. Premier", "fr", "1-premier"},
		{"!!!", "en", "section"},
		{"Own {#my-ID_2}", "en", "my-ID_2"},
		{"Not own {#a b}", "en", "not-own-a-b"},
		{strings.Repeat("long words ", 20), "en", "long-words-long-words-long-words-long-words-long-words-long-words-long-words"},
	} {
		doc, err := p.Parse([]byte("# "+c[0]), c[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Headings()[0].ID; got != c[2] {
			t.Errorf("%s: got %s, want %s", c[0], got, c[2])
		}
	}
	doc, err := p.Parse([]byte("# a\n# a\n# a-1\n# b {#a}\n"), "en")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, h := range doc.Headings() {
		if seen[h.ID] {
			t.Errorf("id %s is given twice", h.ID)
		}
		seen[h.ID] = true
	}
}

func TestHTML_keepsHarmlessRawHTML(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for src, want := range map[string]string{
		"<figure class=\"wide hero\"><img src=\"/é.jpg\" alt=\"A\"><figcaption>B &amp; C</figcaption></figure>": `<figure class="wide"><img src="/%C3%A9.jpg" alt="A" /><figcaption>B &amp; C</figcaption></figure>`,
		"<details open><summary>s</summary>\n\n*t*\n\n</details>":                                               "<details open=\"open\"><summary>s</summary>\n<p><em>t</em></p>\n</details>",
		"press <kbd>Ctrl</kbd>, <abbr title=\"x&quot;y\">z</abbr>, H<sub>2</sub>O<br>next":                      `<p>press <kbd>Ctrl</kbd>, <abbr title="x&quot;y">z</abbr>, H<sub>2</sub>O<br />next</p>`,
		"<video src=\"v.mp4\" poster=\"p.jpg\" autoplay width=640></video>":                                     `<p><video src="v.mp4" poster="p.jpg" width="640" controls="controls"></video></p>`,
		"<iframe src=\"https://v.example/1\" title=\"Film\" allowfullscreen></iframe>":                          `<p><a href="https://v.example/1">Film</a></p>`,
		"<ul><li>a<li>b</ul>":                          `<ul><li>a</li><li>b</li></ul>`,
		"<table><tr><td>a<td>b<tr><td>c</table>":       `<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>`,
		"<p>a<p>b":                                     `<p>a</p><p>b</p>`,
		"a <b>b <i>c</b> d":                            `<p>a <b>b <i>c</i></b> d</p>`,
		"a <span>b\n\nc</span> d":                      "<p>a <span>b</span></p>\n<p>c d</p>",
		"- <div>a\n- b":                                "<ul>\n<li>\n<div>a\n</div></li>\n<li>b</li>\n</ul>",
		"Use the <script> tag, or <style>, or <font>.": `<p>Use the &lt;script&gt; tag, or &lt;style&gt;, or .</p>`,
		"see <img src=\"a.png\" srcset=\"a.png 1x, javascript:x 2x, b,c.png 640w\">": `<p>see <img src="a.png" alt="" srcset="a.png 1x, b%2Cc.png 640w" /></p>`,
		"<a href=\"javascript:x\">a</a> <a href=\"MAILTO:b@c.d\">e</a>":              `<p><a>a</a> <a href="MAILTO:b@c.d">e</a></p>`,
		"<!-- more -->\n\na <!-- b --> c":                                            `<p>a  c</p>`,
		"<h2 id=\"x\" onclick=\"y\">z</h2>":                                          `<h2>z</h2>`,
	} {
		got := strings.TrimSpace(html(t, p, src, "zxx", markdown.Options{}))
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", src, got, want)
		}
		checkSafe(t, got)
	}
}

func TestHTML_doesAsToldForMarkdownAndRawHTMLAlike(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	var asked []string
	opts := markdown.Options{
		Resolve:      func(dest string) string { asked = append(asked, dest); return "https://s.example/" + dest },
		Image:        func(dest string) (int, int) { return len(dest), 9 },
		Lazy:         true,
		IDPrefix:     "p-",
		HeadingShift: 4,
	}
	got := html(t, p, "# A\n\n[b](#a) ![c](d\\&e.png)\n\n<h3>f</h3><a href=\"#a\">g</a><img src=\"d&amp;e.png\" alt=\"c\"><img src=h width=1 height=2>\n\nx[^1]\n\n[^1]: y\n", "zxx", opts)
	img := `<img src="https://s.example/d&amp;e.png" alt="c" width="7" height="9" loading="lazy" decoding="async" />`
	want := `<h5 id="p-a">A</h5>
<p><a href="https://s.example/#p-a">b</a> ` + img + `</p>
<h6>f</h6><a href="https://s.example/#p-a">g</a>` + img + `<img src="https://s.example/h" alt="" width="1" height="2" loading="lazy" decoding="async" />
<p>x<sup id="p-fnref:1"><a href="https://s.example/#p-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>
<section class="footnotes" role="doc-endnotes">
<hr />
<ol>
<li id="p-fn:1">
<p>y` + "\u00a0" + `<a href="https://s.example/#p-fnref:1" class="footnote-backref" role="doc-backlink">↩` + "\ufe0e" + `</a></p>
</li>
</ol>
</section>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"#p-a", "d&e.png", "#p-a", "d&e.png", "h", "#p-fn:1", "#p-fnref:1"}, asked); diff != "" {
		t.Errorf("asked to resolve (-want +got):\n%s", diff)
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for _, c := range []struct {
		src  string
		max  int
		want string
	}{
		{"# Title\n\nShort *one*.", 80, "Short one."},
		{"First sentence. Second one is longer. Third.", 40, "First sentence. Second one is longer. …"},
		{"First sentence. Second one is longer. Third.", 20, "First sentence. …"},
		{"A sentence that is much too long for what there is room for", 24, "A sentence that is much…"},
		{"A sentence that is much too long, for what", 34, "A sentence that is much too long…"},
		{"Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"},
		{"exact", 5, "exact"}, {"exact", 4, "exa…"}, {"exact", 1, "…"}, {"exact", 0, ""}, {"", 9, ""},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 e\u0301t", 3, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…"},
		{"- one\n- two\n\n```\ncode\n```\n\n|a|\n|-|\n|b|\n\n![c](d) end", 80, "one two end"},
		{"<p>raw <b>HTML</b></p><p>too</p>", 80, "raw HTML too"},
	} {
		doc, err := p.Parse([]byte(c.src), "en")
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Excerpt(c.max); got != c.want {
			t.Errorf("%q, %d: got %q, want %q", c.src, c.max, got, c.want)
		}
	}
}

// TestDocument_isSafeForManyGoroutines is for the race detector.
func TestDocument_isSafeForManyGoroutines(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	src, err := os.ReadFile(filepath.Join("testdata", "everything.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := p.Parse(src, "fr")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := doc.HTML(markdown.Options{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			mine, err := p.Parse(src, "fr")
			if err != nil {
				t.Error(err)
				return
			}
			for _, d := range []*markdown.Document{doc, mine} {
				if got, _ := d.HTML(markdown.Options{}); got != want {
					t.Error("not the same HTML")
				}
				d.Text(72, nil)
				d.Excerpt(100)
				d.Words()
			}
		})
	}
	wg.Wait()
}

// TestParse_keepsNothingOfTheSource: the caller may use its bytes again.
func TestParse_keepsNothingOfTheSource(t *testing.T) {
	t.Parallel()
	src := []byte("a *b* [c](d)\n\n    e\n\n<b>f</b>\n")
	doc, err := markdown.New().Parse(src, "en")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := doc.HTML(markdown.Options{})
	for i := range src {
		src[i] = 'X'
	}
	if got, _ := doc.HTML(markdown.Options{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestHTML_namesTheBoxOfATask: a field without a name shuts people out.
func TestHTML_namesTheBoxOfATask(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"- [ ] To *do* [here](x.md) \"now\" <b>&": `<input aria-label="To do here “now” &amp;" disabled="" type="checkbox" /> To`,
		"- [x] ![a photo](x.jpg)":                 `<input checked="" aria-label="a photo" disabled="" type="checkbox" /> <img`,
		"- [x] ![](x.jpg)":                        `<input checked="" aria-hidden="true" disabled="" type="checkbox" /> <img`,
	} {
		doc, err := markdown.New().Parse([]byte(src), "en")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := doc.HTML(markdown.Options{}); err != nil || !strings.Contains(got, want) {
			t.Errorf("%q: %s, %v", src, got, err)
		}
	}
}
