package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"editorial/pkg/publish/newsletter/lint"
)

// told writes findings as "code@offset what".
func told(found []lint.Finding) string {
	var all []string
	for _, f := range found {
		all = append(all, fmt.Sprintf("%s@%d %s", strings.TrimPrefix(string(f.Code), "mail-"), f.Offset, f.What))
	}
	return strings.Join(all, "; ")
}

func TestHTML_findsWhatMailProgramsDoNotShow(t *testing.T) {
	t.Parallel()
	const size = ` width="9" height="9" alt=""`
	for src, want := range map[string]string{
		"<p>x<script>a()</script>":                                             "script@4 <script>",
		"<p onclick='x'>":                                                      "script@3 onclick",
		`<a title="on" href=" JavaScript:x">`:                                  "script@14 javascript:",
		"<form><input type=text><button>x</button></form>":                     "form@0 <form>; form@6 <input>; form@23 <button>",
		"é<svg></svg><video src=x></video>":                                    "element@2 <svg>; element@13 <video>",
		"<link rel='preload StyleSheet' href='x.css'>":                         "style-sheet@0 <link>",
		"<link rel=canonical href=/x>":                                         "",
		"<style>@import 'x'; @font-face { src: url(x) }</style>":               "style-sheet@7 @import; font@20 @font-face",
		"<style>@media (width < 9px) { a:hover { position : fixed } }</style>": "layout@40 position: fixed",
		"<style>a { display: flex!important; color: red }</style>":             "layout@11 display: flex",
		`<p style="color:red;display:grid">`:                                   "layout@20 display: grid",
		`<p style="position: static; background: #fff">`:                       "",
		`<td style="background:url(x)" background="x">`:                        "background@11 background: url(x); background@30 background",
		`<p style="width: calc(100% - 1px); color: var(--x); --x: red">`:       "style@10 width: calc(100% - 1px); style@35 color: var(--x); style@52 --x: red",
		`<img src="https://x.example/a.png"` + size + `>`:                      "",
		`<img src="https://x.example/a.png" width="" alt="x">`:                 "picture@0 width, height",
		`<img src="https://x.example/a.png?x" width=1 height=1>`:               "picture@0 alt",
		`<img src="https://x.example/a.SVG?x"` + size + `>`:                    "picture-type@5 .svg",
		`<img src="https://x.example/a.webp"` + size + `>`:                     "picture-type@5 .webp",
		`<img src="data:image/png;base64,x"` + size + `>`:                      "picture-type@5 data:",
		`<a href="#ZgotmplZ">x</a>`:                                            "address@3 #ZgotmplZ",
		`<img src="/a.png"` + size + `><a href="b">x</a><a href="#c">x</a>`:    "address@5 /a.png; address@49 b",
		"<style>" + strings.Repeat("a{color:red}\n", 700) + "</style>":         "style-long@7 9100 > 8192",
		"<style>a{color:red} /* position: fixed */</style>":                    "",
		"<textarea><script></textarea><!-- <script> -->":                       "form@0 <textarea>",
	} {
		if d := cmp.Diff(want, told(lint.HTML(src))); d != "" {
			t.Errorf("%s: %s", src, d)
		}
	}
}

// TestBlank_keepsPlaces: what stands in any branch of a template is looked at,
// where it stands.
func TestBlank_keepsPlaces(t *testing.T) {
	t.Parallel()
	src := "{{define \"}}é\"}}<p>\n{{/* <script> }} */}}{{if .X}}<img src=\"{{.Src}}\" alt=\"{{.Alt}}\"{{if .W}} width=\"{{.W}}\"{{end}}>{{else}}<svg>{{end}}"
	blank := lint.Blank(src)
	if len(blank) != len(src) || strings.Count(blank, "\n") != strings.Count(src, "\n") || strings.Contains(blank, "{") {
		t.Errorf("%q", blank)
	}
	at := func(what string) int { return strings.Index(src, what) }
	want := fmt.Sprintf("picture@%d height; element@%d <svg>", at("<img"), at("<svg"))
	if d := cmp.Diff(want, told(lint.HTML(blank))); d != "" {
		t.Error(d)
	}
}

func TestCSS_takesNoSelectorForAProperty(t *testing.T) {
	t.Parallel()
	src := "@media print { position:hover { color: red } }\n.x { content: ';}'; }"
	if d := cmp.Diff(fmt.Sprintf("style@%d content: ';}'", strings.Index(src, "content")), told(lint.CSS(src))); d != "" {
		t.Error(d)
	}
}

// FuzzHTML: a place is inside the source, nothing fails, and a script that a
// browser would run is found.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p style='a:b'>", "<style>a{b:c", "<img src=x", "{{if \"}}\"}}<script>", "<a href=javascript:x>", "\x00<svg/onload=x>", "<p style=\"&#112;osition:fixed\">"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		found := lint.HTML(src)
		scripts := false
		for _, x := range found {
			if x.Offset < 0 || x.Offset > len(src) {
				t.Errorf("%+v", x)
			}
			scripts = scripts || x.Code == lint.CodeScript
		}
		if blank := lint.Blank(src); len(blank) != len(src) {
			t.Errorf("%q", blank)
		}
		for _, x := range lint.CSS(src) {
			if x.Offset < 0 || x.Offset > len(src) {
				t.Errorf("%+v", x)
			}
		}
		doc, err := html.Parse(strings.NewReader(src))
		if err != nil {
			return
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "script" && n.Namespace == "" && !scripts {
				t.Errorf("%q: a script is not found", src)
			}
		}
	})
}
