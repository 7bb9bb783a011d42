package markdown_test

import (
	"strings"
	"testing"
	"unicode"

	"editorial/pkg/content/markdown"
)

// hostile is what somebody might write to make a post run, load or pretend
// something.
func hostile() map[string]string {
	return map[string]string{
		"script block":              "<script>steal()</script>",
		"script in a line":          "Hello <script>steal()</script> world",
		"script never closed":       "text <script>steal()",
		"script in capitals":        "<ScRiPt SRC=//evil.example/x.js></sCrIpT>",
		"script inside a tag":       "<scr<script>ipt>steal()</scr</script>ipt>",
		"script after svg":          "<svg><script>steal()</script></svg>",
		"svg with a handler":        `<svg onload="steal()"><circle r="5"/></svg>`,
		"svg foreign object":        "<svg><foreignObject><iframe src=javascript:steal()></foreignObject></svg>",
		"svg animates an address":   "<svg><a><animate attributeName=href values=javascript:steal() /><text>x</text></a></svg>",
		"math with an address":      `<math><maction actiontype="statusline" xlink:href="javascript:steal()">x</maction></math>`,
		"math breeds style":         "<math><mtext><table><mglyph><style><img src=x onerror=steal()>",
		"noscript breeds image":     `<noscript><p title="</noscript><img src=x onerror=steal()>">`,
		"template":                  "<template><script>steal()</script></template>",
		"handler":                   `<img src=x onerror="steal()">`,
		"handler without spaces":    `<img/src=x/onerror=steal()>`,
		"handler in a line":         `a <b onmouseover=steal()>b</b>`,
		"handler in capitals":       `<b ONCLICK="steal()">b</b>`,
		"handler after a newline":   "<b\nonclick\n=\nsteal()>b</b>",
		"handler on details":        `<details open ontoggle=steal()><summary>x</summary></details>`,
		"handler in a link title":   `[a](x "onmouseover=steal() \" onclick=\"steal()")`,
		"quote breaks an attribute": `![" onerror="steal()](x "\" onload=\"steal()")`,
		"javascript link":           "[x](javascript:steal())",
		"javascript capitals":       "[x](JaVaScRiPt:steal())",
		"javascript by entity":      "[x](javascript&colon;steal())",
		"javascript by number":      "[x](&#106;avascript:steal())",
		"javascript by hex":         "[x](&#x6A&#x61;vascript&#x3a;steal())",
		"javascript after space":    "[x](<  javascript:steal()>)",
		"javascript after control":  "[x](&#1;javascript:steal())",
		"javascript with a tab":     "[x](<java&Tab;script:steal()>)",
		"javascript with a newline": "[x](<java&NewLine;script:steal()>)",
		"javascript by escape":      `[x](javascript\:steal())`,
		"javascript by definition":  "[x]\n\n[x]: javascript:steal()",
		"javascript autolink":       "<javascript:steal()>",
		"javascript image":          "![x](javascript:steal())",
		"javascript in raw link":    `<a href="javascript:steal()">x</a>`,
		"javascript raw, entity":    `<a href="&#x6a;avascript:steal()">x</a>`,
		"javascript raw, tab":       "<a href=\"java\tscript:steal()\">x</a>",
		"javascript raw, newline":   "<a href=\"java\nscript:steal()\">x</a>",
		"javascript raw, control":   "<a href=\"\x01javascript:steal()\">x</a>",
		"javascript in cite":        `<blockquote cite="javascript:steal()">x</blockquote>`,
		"javascript as poster":      `<video poster="javascript:steal()" src="x.mp4"></video>`,
		"javascript in srcset":      `<img src=a.png srcset="javascript:steal() 1x, b.png 2x">`,
		"javascript in formaction":  `<form><button formaction="javascript:steal()">x</button></form>`,
		"vbscript":                  "[x](vbscript:steal())",
		"data page":                 "[x](data:text/html;base64,PHNjcmlwdD4=)",
		"data image":                "![x](data:image/png;base64,AAAA)",
		"data svg":                  `<img src="data:image/svg+xml,<svg onload=steal()>">`,
		"blob and filesystem":       "[a](blob:https://x/1) [b](filesystem:http://x/1)",
		"file":                      "[x](file:///etc/passwd)",
		"view-source":               "[x](view-source:javascript:steal())",
		"iframe":                    `<iframe src="https://video.example/1" title="A film"></iframe>`,
		"iframe with a script":      `<iframe src="javascript:steal()"></iframe>`,
		"iframe with a document":    `<iframe srcdoc="<script>steal()</script>"></iframe>`,
		"iframe breaks its title":   `<iframe src="https://x/" title="&quot;><script>steal()</script>"></iframe>`,
		"object and embed":          `<object data="x.swf"><embed src="x.swf"></object>`,
		"applet":                    `<applet code=x></applet>`,
		"base":                      `<base href="https://evil.example/">`,
		"meta refresh":              `<meta http-equiv="refresh" content="0;url=javascript:steal()">`,
		"link to a stylesheet":      `<link rel="stylesheet" href="https://evil.example/x.css">`,
		"style block":               "<style>body{display:none}</style>",
		"style attribute":           `<div style="position:fixed;inset:0">x</div>`,
		"foreign class":             `<div class="overlay fixed caption">x</div>`,
		"form":                      `<form action="https://evil.example/"><input name=password type=password><button>go</button></form>`,
		"textarea swallows":         "<textarea>",
		"select":                    "<select><option>x<script>steal()</script></select>",
		"plaintext":                 "<plaintext>all the rest",
		"xmp":                       "<xmp><img src=x onerror=steal()></xmp>",
		"title breeds image":        "<title><img src=x onerror=steal()></title>",
		"id shadows":                `<a id="location" name="document">x</a><img name="cookie" src=x>`,
		"id of a footnote":          "a[^1]\n\n[^1]: b\n\n<li id=\"fn:1\">x</li>",
		"heading id with a quote":   `# x {#"><script>steal()</script>}`,
		"heading with a tag":        "# <img src=x onerror=steal()>",
		"language of code":          "```\"><script>steal()</script>\nx\n```",
		"language by entity":        "```&quot;&gt;&lt;script&gt;\nx\n```",
		"comment that ends early":   "<!--><script>steal()</script>-->",
		"comment with dashes":       "<!-- --!><script>steal()</script> -->",
		"conditional comment":       "<!--[if IE]><script>steal()</script><![endif]-->",
		"CDATA":                     "<![CDATA[<script>steal()</script>]]>",
		"CDATA end":                 "]]> <b>]]></b> `]]>`",
		"PHP":                       "<?php echo '<script>steal()</script>' ?>",
		"doctype":                   `<!DOCTYPE html [<!ENTITY x "y">]>`,
		"unclosed attribute":        `<img src="x" title="<script>steal()</script>`,
		"unclosed tags":             "<div><b><i><table><tr><td>",
		"closing what is not open":  "</div></section></body></html></li></ul>",
		"closing our list":          "- a</li></ul>\n- b</li></ul><b>\n",
		"closing our footnotes":     "x[^1]\n\n[^1]: y</li></ol></section><h1>z",
		"links in one another":      `<a href=a>[b](c) <a href=d>e</a> <http://f.example></a>`,
		"paragraph in a line":       "a <p>b <div>c</p> d</div>",
		"backtick attribute":        "<img src=`x` onerror=`steal()`>",
		"null":                      "<scr\x00ipt>steal()</script>",
		"control characters":        "a\x01\x02\x08\x0b\x0c\x1b\x7f\u0080\u009f\ufffe\uffff b",
		"not UTF-8":                 "a\xff\xfe\xc0\x80 [b](c\xff) ![\xff](d)",
		"entities for controls":     "&#0; &#1; &#27; &#x7f; &#x80; &#xFFFE; &#xD800; &#x110000; `&#1;`",
		"raw entities for controls": `<span title="&#0;&#1;&#27;">&#1;</span>`,
		"half an entity":            "&#x; &#; &#99999999; &nosuch; &amp",
		"namespaced attribute":      `<img src=x xlink:href="javascript:steal()" xml:base="x">`,
		"duplicate attribute":       `<a href="ok" href="javascript:steal()">x</a>`,
		"ping and target":           `<a href="x" ping="https://evil.example" target="_top" download>x</a>`,
		"autoplay":                  `<video autoplay src="x.mp4"></video>`,
		"crossorigin and lowsrc":    `<img src=x lowsrc="javascript:steal()" dynsrc=x crossorigin>`,
		"marquee, blink, keygen":    "<marquee><blink><keygen></marquee>",
		"custom element":            "<x-y onclick=steal()>z</x-y>",
		"slot and part":             `<span slot=a part=b is=c contenteditable tabindex=1 accesskey=x>y</span>`,
		"isindex":                   `<isindex prompt="x" action="javascript:steal()">`,
		"attributes by braces":      "# x {onclick=steal() style=color:red}\n\ny {onclick=steal()}\n{onclick=steal()}",
	}
}

func TestHTML_isInertWhateverIsWritten(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for name, src := range hostile() {
		for _, around := range []string{"%", "- %", "> %\n", "| a |\n|---|\n| % |\n", "para % graph", "# %", "*%*", "[%](x)", "x[^1]\n\n[^1]: %", "<details>%\n\nafter *it*\n"} {
			src := strings.ReplaceAll(around, "%", src)
			doc, err := p.Parse([]byte(src), "en")
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, opts := range []markdown.Options{{}, {
				Resolve: func(d string) string { return "https://site.example/" + d },
				Image:   func(string) (int, int) { return 3, 4 }, Lazy: true, IDPrefix: "p-", HeadingShift: 2,
			}} {
				out, err := doc.HTML(opts)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				checkSafe(t, out)
			}
			checkText(t, doc)
			if t.Failed() {
				t.Fatalf("%s: %q", name, src)
			}
		}
	}
}

// TestHTML_holdsResolversToTheRules: an address does not become harmless by
// being returned from our own code.
func TestHTML_holdsResolversToTheRules(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	src := "[a](b) ![c](d) <http://e.example> x[^1]\n\n<a href=f>g</a> <img src=h srcset='i 1x'>\n\n[^1]: j\n"
	out := html(t, p, src, "en", markdown.Options{Resolve: func(string) string { return " java\nscript:steal()" }})
	checkSafe(t, out)
}

// checkText asserts what holds for every plain text.
func checkText(t testing.TB, doc *markdown.Document) {
	t.Helper()
	for _, width := range []int{0, 30, 72} {
		text := doc.Text(width, nil)
		for _, r := range text {
			if unicode.IsControl(r) && r != '\n' {
				t.Errorf("control character %U in text %.300q", r, text)
				break
			}
		}
	}
	for _, max := range []int{0, 1, 2, 10, 160} {
		s := doc.Excerpt(max)
		if n := graphemeCount(s); n > max {
			t.Errorf("excerpt of %d characters, %d allowed: %q", n, max, s)
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("control character in excerpt %q", s)
		}
	}
}
