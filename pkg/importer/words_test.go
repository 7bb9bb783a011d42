package importer_test

import (
	"html"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	nethtml "golang.org/x/net/html"

	"editorial/pkg/content/markdown"
	"editorial/pkg/importer"
)

// letters are the words of HTML as a browser has them, without what typography
// may change.
func letters(t testing.TB, src string) []string {
	t.Helper()
	doc, err := nethtml.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == nethtml.TextNode:
			b.WriteString(n.Data)
		case n.Type == nethtml.ElementNode && strings.Contains(" p li div summary details address h1 h2 h3 td th br div pre blockquote figcaption dt dd ", " "+n.Data+" "):
			b.WriteString(" ")
		}
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("#*_<>[](){}|~`\\+=$%^&@/", r)
	})
}

// What readers read of an imported post is what they read before: text that
// looks like Markdown, front matter, shortcodes or marks of a merge is still
// text.
func TestRead_everyWordIsStillThere(t *testing.T) {
	t.Parallel()
	parser := markdown.New()
	for _, src := range []string{
		"<p>Plain.</p>", "<h2>Two</h2><p>a</p><h3>Three &amp; four</h3>",
		"<p>1. no list</p><p>2) none</p><p>- no</p><p>+ no</p><p># no</p><p>&gt; no</p><p>=====</p><p>---</p><p>+++</p><p>~~~</p><p>```</p>",
		"<p>a *b* _c_ ~d~ ~~e~~ `f` [g](h) ![i](j) [k]: l &lt;m&gt; &amp;copy; \\n \\* $o$ ^p^ [^q] ==r==</p>",
		"<p>snake_case and 2*3*4 and a__b__c and http://x.example/a_b_c and x@y.example</p>",
		"<p>{{ x }} {% y %} {{&lt; z &gt;}} :::note !!! warning</p>", "<p>| a | b |</p><p>| - | - |</p>",
		"<p>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD</p><p>=======</p><p>&gt;&gt;&gt;&gt;&gt;&gt;&gt; x</p>",
		"<ul><li>a</li><li><p>b</p><ul><li>c<ol><li>d</li></ol></li></ul></li></ul><ol start=3><li>e</li></ol>",
		"<blockquote><p>a</p><blockquote>b</blockquote></blockquote><pre><code>&lt;a&gt;\n```\n*b*</code></pre>",
		"<table><tr><th>a|b</th><td>c<br>d</td></tr><tr><td colspan=2>e</td></tr></table>", "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
		"<dl><dt>a</dt><dd>b</dd></dl><details><summary>c</summary><p>d</p></details><address>e</address>",
		"<p><b>a</b>b<i>c</i><b> d </b>e<b><i>f</i></b><a href='x'>g<b>h</b></a><sup>2</sup><sub>3</sub><kbd>k</kbd><q>q</q></p>",
		"<p>\u00a0a\u00a0: «\u00a0b\u00a0» c\u202f!</p><p>الأ 日本 😀</p>", "<p>a</p>\n\n\n<p>   b   </p>tail<br><br>x",
		"<div>a<div>b<p>c</p></div> d</div>", "<p>a<p>b<p>c", "a & b < c > d", "<a href='https://x.example/(a)_b'>a</a> <a href='a b'>b</a> <a>c</a>",
		"<p>1986. A great year.</p><p>a\\</p><p>end\\<br>x</p><p>    four</p><p>\tt</p>", "<h1></h1><p></p><p>x</p><em></em><strong> </strong>",
	} {
		b := read(t, importer.Feed, `<rss version="2.0"><channel><item><title>t</title><guid>1</guid><description>`+html.EscapeString(src)+`</description></item></channel></rss>`)
		md := body(t, b)
		doc, err := parser.Parse([]byte(md), "en")
		if err != nil {
			t.Fatal(err)
		}
		out, err := doc.HTML(markdown.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(letters(t, src), letters(t, out)); d != "" {
			t.Errorf("%s\nbecame\n%s\nand\n%s\n-want +got\n%s", src, md, out, d)
		}
	}
}
