package inline_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"editorial/pkg/publish/newsletter/inline"
)

// apply inlines a sheet and returns the body's content.
func apply(t testing.TB, sheet, body string) (string, *inline.Sheet) {
	t.Helper()
	s, err := inline.Parse(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return again(t, s, body), s
}

func again(t testing.TB, s *inline.Sheet, body string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><body>" + body))
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(doc)
	var b strings.Builder
	if err := html.Render(&b, doc); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), "<body")
	_, rest, _ = strings.Cut(rest, ">")
	inner, _, _ := strings.Cut(rest, "</body>")
	return inner
}

func TestApply_doesTheCascade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sheet, body, want string }{
		"element":                         {`p{color:red}`, `<p>a</p>`, `<p style="color:red">a</p>`},
		"later wins":                      {`p{color:red}p{color:blue}`, `<p></p>`, `<p style="color:blue"></p>`},
		"class over element, wherever":    {`.a{color:red}p{color:blue}`, `<p class="a"></p>`, `<p class="a" style="color:red"></p>`},
		"id over classes":                 {`#i{color:red}.a.b.c{color:blue}`, `<p id="i" class="a b c"></p>`, `<p id="i" class="a b c" style="color:red"></p>`},
		"style attribute over id":         {`#i{color:red}`, `<p id="i" style="color:blue"></p>`, `<p id="i" style="color:blue"></p>`},
		"important over style attribute":  {`p{color:red!important}`, `<p style="color:blue"></p>`, `<p style="color:red"></p>`},
		"important over more specific":    {`p{color:red ! important}#i{color:blue}`, `<p id="i"></p>`, `<p id="i" style="color:red"></p>`},
		"important in the page over all":  {`#i{color:red!important}`, `<p id="i" style="color:blue!important"></p>`, `<p id="i" style="color:blue!important"></p>`},
		"a shorthand after its longhand":  {`p{margin-top:1px}p{margin:0}`, `<p></p>`, `<p style="margin-top:1px;margin:0"></p>`},
		"a longhand after its shorthand":  {`p{margin:0}p.a{margin-top:1px}`, `<p class="a"></p>`, `<p class="a" style="margin:0;margin-top:1px"></p>`},
		"other properties stay":           {`p{color:red}`, `<p style="margin:2px"></p>`, `<p style="color:red;margin:2px"></p>`},
		"descendants, children, siblings": {`div p{a:b}div>p{c:d}h1+p{e:f}`, `<div><h1></h1><p></p></div>`, `<div><h1></h1><p style="a:b;c:d;e:f"></p></div>`},
		"lists of selectors":              {`h1,h2 , .a{b:c}`, `<h2></h2><p class="a"></p>`, `<h2 style="b:c"></h2><p class="a" style="b:c"></p>`},
		"attributes, first child":         {`a[href^="http"]{b:c}:first-child{d:e}`, `<a href="https://x/"></a>`, `<a href="https://x/" style="d:e;b:c"></a>`},
		"strings with ; and }":            {`p{font-family:"a;b}",c;d:url(x;y)}`, `<p></p>`, `<p style="font-family:&#34;a;b}&#34;,c;d:url(x;y)"></p>`},
		"case":                            {`P{COLOR:Red}`, `<p></p>`, `<p style="color:Red"></p>`},
		"comments":                        {`/*{*/p/*}*/{/*;*/a:b/**/c;/**/}`, `<p></p>`, `<p style="a:b/**/c"></p>`},
		"broken declarations are dropped": {`p{a;b:;:c;*d:e;f:g;h:(;i:j)}`, `<p style="k:'l"></p>`, `<p style="f:g;h:(;i:j)"></p>`},
		"nothing matches":                 {`h1{a:b}`, `<p></p>`, `<p></p>`},
		"nothing in the rule":             {`p{}`, `<p></p>`, `<p></p>`},
	} {
		got, s := apply(t, c.sheet, c.body)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if twice := again(t, s, got); twice != got {
			t.Errorf("%s: applied again: %s", name, twice)
		}
	}
}

func TestRest_keepsWhatCannotBeInlined(t *testing.T) {
	t.Parallel()
	const sheet = `@import "x.css";
p,a:hover,a::before{color:red}
.x:is(.y){a:b}
@media (max-width: 30em) { .a { color: blue !important } @media print { b { c: d } } }
a:visited{}`
	got, s := apply(t, sheet, `<p class="a"><a href="x">x</a></p>`)
	if want := `<p class="a" style="color:red"><a href="x">x</a></p>`; got != want {
		t.Errorf("got %s", got)
	}
	const want = `@import "x.css";
a:hover,a::before{color:red}
.x:is(.y){a:b}
@media (max-width: 30em){.a { color: blue !important } @media print { b { c: d } }}
`
	if d := cmp.Diff(want, s.Rest()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if _, err := inline.Parse(s.Rest()); err != nil {
		t.Errorf("the rest is no sheet: %v", err)
	}
}

func TestApply_leavesTheHeadAlone(t *testing.T) {
	t.Parallel()
	s, err := inline.Parse(`*{a:b}`)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(strings.NewReader(`<head><title>x</title></head><body><style>p{}</style><script></script><template><p></p></template></body>`))
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(doc)
	var b strings.Builder
	if err := html.Render(&b, doc); err != nil {
		t.Fatal(err)
	}
	const want = `<html style="a:b"><head><title>x</title></head><body style="a:b"><style>p{}</style><script></script><template><p></p></template></body></html>`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestParse_refusesBrokenSheets(t *testing.T) {
	t.Parallel()
	for _, sheet := range []string{"p{", "p{a:b", "p", "p{a:(}", "}", "@media{p{}", "p{a:b}}"} {
		if _, err := inline.Parse(sheet); !errors.Is(err, inline.ErrSheet) {
			t.Errorf("%q: got %v", sheet, err)
		}
	}
}

// FuzzApply: whatever the sheet and the page, the page keeps its text and its
// elements, applying twice is applying once, and what stays is a sheet.
func FuzzApply(f *testing.F) {
	f.Add(`p{color:red!important}a:hover{b:c}@media x{p{d:e}}`, `a:b;c:"d`)
	f.Add(`*{a:b;a:c!important}`, `a:d!important;e`)
	f.Add(`p{a:url(x;y)}`, `\`)
	f.Add(`p{a:b\}`, `a:'`)
	f.Fuzz(func(t *testing.T, sheet, style string) {
		s, err := inline.Parse(sheet)
		if err != nil {
			return
		}
		once := again(t, s, `<p class="a" style="`+html.EscapeString(style)+`">text<b>x</b></p>`)
		if twice := again(t, s, once); twice != once {
			t.Errorf("once:  %s\ntwice: %s", once, twice)
		}
		doc, err := html.Parse(strings.NewReader(once))
		if err != nil {
			t.Fatal(err)
		}
		var shape strings.Builder
		for n := range doc.Descendants() {
			shape.WriteString(n.Data + " ")
			for _, a := range n.Attr {
				if a.Key != "style" && a.Key != "class" {
					t.Errorf("a new attribute %s", a.Key)
				}
			}
		}
		if shape.String() != "html head body p text b x " {
			t.Errorf("the page became %s", shape.String())
		}
		if _, err := inline.Parse(s.Rest()); err != nil {
			t.Errorf("the rest is no sheet: %v", err)
		}
	})
}

func BenchmarkApply(b *testing.B) {
	var sheet, page strings.Builder
	for _, name := range strings.Fields("a b c d e f g h i j k l m n o p q r s t") {
		sheet.WriteString("." + name + " p, td." + name + "{color:red;margin:0;font:1rem/1.5 serif}")
		page.WriteString(strings.Repeat(`<table><tr><td class="`+name+`"><p>text <a href="x">link</a></p></td></tr></table>`, 5))
	}
	s, err := inline.Parse(sheet.String())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		doc, err := html.Parse(strings.NewReader(page.String()))
		if err != nil {
			b.Fatal(err)
		}
		s.Apply(doc)
	}
}
