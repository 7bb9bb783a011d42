package newsletter_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/newsletter"
	"editorial/pkg/publish/newsletter/lint"
)

func parse(t testing.TB, data []byte) *html.Node {
	t.Helper()
	if !utf8.Valid(data) {
		t.Error("not UTF-8")
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// checkInert looks for what could run or load in a mail or page.
func checkInert(t testing.TB, data []byte) {
	t.Helper()
	for n := range parse(t, data).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Script, atom.Iframe, atom.Object, atom.Embed, atom.Form, atom.Base, atom.Link, atom.Input:
			if rel, _ := attr(n, "rel"); rel != "canonical" {
				t.Errorf("<%s>", n.Data)
			}
		case atom.Style:
			if n.Parent.DataAtom != atom.Head {
				t.Error("<style> outside the head")
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s=%q", a.Key, a.Val)
			}
			if u, err := url.Parse(a.Val); a.Key == "href" || a.Key == "src" {
				if err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel", "data"}, u.Scheme) || u.Scheme == "data" && a.Key == "href" {
					t.Errorf("%s=%q", a.Key, a.Val)
				}
			}
			if a.Key == "style" && (strings.Contains(a.Val, "url(") || strings.Contains(a.Val, "expression")) {
				t.Errorf("style=%q", a.Val)
			}
		}
	}
}

// checkMail holds the HTML of a mail to the rules of mails, and the text to
// carry all its links.
func checkMail(t testing.TB, page, text []byte) {
	t.Helper()
	doc := parse(t, page)
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if id, ok := attr(n, "id"); ok {
			if ids[id] {
				t.Errorf("the id %q comes twice", id)
			}
			ids[id] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if role, _ := attr(n, "role"); role == "article" {
			for _, key := range []string{"lang", "dir", "aria-label"} {
				if value, _ := attr(n, key); value == "" {
					t.Errorf("the mail has no %s", key)
				}
			}
		}
		switch n.DataAtom {
		case atom.A:
			if href, ok := attr(n, "href"); ok {
				checkLink(t, href, ids, string(text))
			}
		case atom.Img:
			src, _ := attr(n, "src")
			if u, err := url.Parse(src); err != nil || !u.IsAbs() {
				t.Errorf("picture %q", src)
			}
			if _, ok := attr(n, "alt"); !ok {
				t.Errorf("picture %q without alt", src)
			}
			w, _ := attr(n, "width")
			h, _ := attr(n, "height")
			if h == "" || w == "" {
				t.Errorf("picture %q is %q by %q", src, w, h)
			}
			if strings.HasPrefix(src, "https://velo.example/") && !strings.HasSuffix(src, "hostile/x") {
				if wide, err := strconv.Atoi(w); err != nil || wide > 552 || h == "auto" {
					t.Errorf("picture %q is %q by %q", src, w, h)
				}
			}
			if style, _ := attr(n, "style"); !strings.Contains(style, "max-width:") {
				t.Errorf("picture %q can be wider than a phone", src)
			}
		case atom.Table:
			if role, _ := attr(n, "role"); role != "presentation" && !within(n, "border-collapse") {
				t.Error("a table of the layout says that it is one of data")
			}
		}
	}
	for _, line := range strings.Split(string(text), "\n") {
		if n := displaywidth.String(line); n > 72 && !strings.Contains(line, "https://") && strings.Contains(line, " ") && !strings.HasPrefix(line, "|") && !strings.Contains(line, "  ") {
			t.Errorf("%d columns of text: %s", n, line)
		}
	}
}

// within reports whether the style of an element has a property.
func within(n *html.Node, property string) bool {
	style, _ := attr(n, "style")
	return strings.Contains(style, property)
}

func checkLink(t testing.TB, href string, ids map[string]bool, text string) {
	t.Helper()
	if id, ok := strings.CutPrefix(href, "#"); ok {
		if !ids[id] {
			t.Errorf("link to %q, which is not there", href)
		}
		return
	}
	u, err := url.Parse(href)
	if err != nil || !u.IsAbs() {
		t.Errorf("link %q is not absolute", href)
		return
	}
	want := href
	if u.Scheme == "mailto" {
		if want, err = url.PathUnescape(u.Opaque); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(text, want) {
		t.Errorf("the text has no %s", want)
	}
}

// TestMail_textIsComplete compares the words: what the HTML says in any of its
// forms is in the text, as often.
func TestMail_textIsComplete(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	photo := of(s, "-fr/freins", "-fr/velo-cargo", "-en/brakes")
	photo.Intro.Summary = "Trois gestes et une balade."
	turned := sample.Turned()
	for name, c := range map[string]struct {
		site    publish.Site
		edition newsletter.Edition
	}{
		"all": {s, everything(s)}, "one": {s, of(s, "en/brakes")}, "without pages": {s, photo}, "an introduction alone": {s, of(s)},
		"turned": {turned, newsletter.Edition{ID: "2026-11-12", At: turned.Entries[0].Published, Posts: turned.Entries}},
	} {
		files := mailing(t, options(), c.site, c.edition)
		if lacking := lackingWords(files["mail.html"].Data, files["mail.txt"].Data); len(lacking) > 0 {
			t.Errorf("%s: the text lacks %v", name, lacking)
		}
		if n := len(lackingWords(files["mail.html"].Data, nil)); n < 20 {
			t.Errorf("%s: %d words", name, n)
		}
	}
}

// TestMail_textCarriesEveryLink: also those that stand for what mail programs do
// not show, with the words of the HTML.
func TestMail_textCarriesEveryLink(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	s.Assets["img/plan.svg"] = publish.Asset{Path: "img/plan.svg", Type: "image/svg+xml", Width: 10, Height: 10}
	s.Assets["img/photo été.webp"] = publish.Asset{Path: "img/photo été.webp", Type: "image/webp", Width: 10, Height: 10}
	for _, body := range []string{
		"Voici ![la photo](</img/photo été.webp>), ![](/img/plan.svg) et ![là](https://a.example/x.AVIF?w=1).",
		"![seule](</img/photo été.webp>)",
		"[![le plan](/img/plan.svg)](https://a.example/ailleurs) et [![](/img/plan.svg)](https://a.example/)",
		"[![perdu](/img/plan.svg)](nulle-part.md)",
		`<p><img src="/img/plan.svg" alt="brut"> <a href="https://a.example/b"><img src="/img/plan.svg"></a></p>`,
		`<video src="https://a.example/f.mp4" controls title="Le film"></video>`,
		`Un son : <audio controls><source src="https://a.example/s.mp3"></audio> et un film <video controls src="/f.mp4"></video>.`,
		"<audio controls>\n<source src=\"https://a.example/s.ogg\">\n<source src=\"https://a.example/s.mp3\">\n</audio>\n",
		"- ![](/img/plan.svg)\n\n| a | b |\n| - | - |\n| ![](/img/plan.svg) | [c](https://a.example/c) |\n",
	} {
		doc, err := markdown.New().Parse([]byte(body), "fr")
		if err != nil {
			t.Fatal(err)
		}
		m, err := newsletter.NewMailing(options(), newsletter.Edition{
			ID: "2026-11-12", At: s.Entries[0].Published, Posts: []publish.Entry{{Post: &content.Post{ID: "1", Path: "a.md", Lang: "fr", Title: "A"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		files, err := m.Files(s, docs{"1": doc})
		if err != nil {
			t.Fatal(err)
		}
		page, text := find(files, "mail.html"), find(files, "mail.txt")
		failed := t.Failed()
		checkMail(t, page, text)
		if lacking := lackingWords(page, text); len(lacking) > 0 {
			t.Errorf("the text lacks %v", lacking)
		}
		if t.Failed() && !failed {
			t.Logf("%s\n%s", body, text)
		}
	}
}

func TestMail_keepsTheRules(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	files := mailing(t, options(), s, everything(s))
	checkMail(t, files["mail.html"].Data, files["mail.txt"].Data)
	for _, name := range []string{"mail.html", "index.html"} {
		checkInert(t, files[name].Data)
	}
	if n := len(files["mail.html"].Data); n > newsletter.MaxBytes/2 {
		t.Errorf("the mail has %d bytes", n)
	}
	if bytes.ContainsFunc(files["mail.txt"].Data, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
		t.Error("a control character in the text")
	}
	for name, f := range archive(t, options(), s, everything(s)) {
		if strings.HasSuffix(name, ".html") {
			checkInert(t, f.Data)
		}
	}
}

// TestMail_headStyleOutranksTheElements: a rule of the head without
// !important would do nothing.
func TestMail_headStyleOutranksTheElements(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	_, style, _ := strings.Cut(string(mailing(t, options(), s, everything(s))["mail.html"].Data), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	declarations := regexp.MustCompile(`[{;]\s*([a-z-]+:[^;{}]*)`).FindAllStringSubmatch(style, -1)
	if len(declarations) < 10 {
		t.Errorf("%d declarations", len(declarations))
	}
	for _, d := range declarations {
		if !strings.HasSuffix(strings.TrimSpace(d[1]), "!important") {
			t.Errorf("%s", d[1])
		}
	}
}

// TestMail_showsADomainAsPeopleWriteIt: in words; links have the form that
// every program takes.
func TestMail_showsADomainAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	s, o := sample.Site(), options()
	o.ReplyTo = "bonjour@vélo.example"
	files := mailing(t, o, s, of(s, "fr/freins"))
	if text := files["mail.txt"].Data; !bytes.Contains(text, []byte("bonjour@vélo.example")) || bytes.Contains(text, []byte("xn--")) {
		t.Errorf("%s", text)
	}
	if !bytes.Contains(files["mail.html"].Data, []byte(`href="mailto:bonjour@xn--vlo-bma.example?`)) {
		t.Error("the link has another domain")
	}
}

// TestMail_everyColourHasItsTwinInTheDark: what has a colour of its own in its
// element, such as the words of a picture that is not loaded, stands on a dark
// ground where the head's style does not name it.
func TestMail_everyColourHasItsTwinInTheDark(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	data := mailing(t, options(), s, everything(s))["mail.html"].Data
	_, dark, _ := strings.Cut(string(data), "prefers-color-scheme: dark")
	checked := 0
	for n := range parse(t, data).Descendants() {
		says := n.DataAtom == atom.Img
		for c := range n.ChildNodes() {
			says = says || c.Type == html.TextNode && strings.TrimSpace(c.Data) != ""
		}
		style, _ := attr(n, "style")
		if !says || !regexp.MustCompile(`(^|;)color:`).MatchString(style) || within(n, "display:none") {
			continue
		}
		checked++
		class, _ := attr(n, "class")
		named := slices.ContainsFunc(strings.Fields(class), func(name string) bool {
			return regexp.MustCompile(`\.` + name + `\b[^{}]*\{[^}]*\bcolor:`).MatchString(dark)
		})
		if !named && n.DataAtom != atom.A && !regexp.MustCompile(`^h[2-4]$`).MatchString(n.Data) { // those of a .body are named by it
			t.Errorf("<%s class=%q style=%q>", n.Data, class, style)
		}
	}
	if checked < 20 {
		t.Errorf("%d elements with a colour", checked)
	}
}

// TestArchive_leadsToPagesOfTheSite follows the links of the pages as a
// browser would.
func TestArchive_leadsToPagesOfTheSite(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	files := archive(t, options(), s, earlier(s), everything(s))
	there := map[string]bool{s.URL: true}
	for _, e := range s.Entries {
		there[e.URL] = true
	}
	for name := range files {
		there[s.URL+strings.TrimSuffix((&url.URL{Path: name}).EscapedPath(), "index.html")] = true
	}
	for name, f := range files {
		if f.Source != "" {
			continue
		}
		base, err := url.Parse(s.URL + name)
		if err != nil {
			t.Fatal(err)
		}
		for n := range parse(t, f.Data).Descendants() {
			for _, key := range []string{"href", "src"} {
				dest, ok := attr(n, key)
				if !ok || strings.HasPrefix(dest, "mailto:") {
					continue
				}
				u, err := base.Parse(dest)
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				u.Fragment = ""
				u.RawFragment = ""
				to := strings.TrimSuffix(u.String(), "index.html")
				if strings.HasPrefix(to, s.URL) && !there[to] && !strings.HasSuffix(to, "hostile/x") {
					t.Errorf("%s: %s leads nowhere", name, dest)
				}
			}
		}
	}
}

// TestMailing_givesNothingAwayOfWhatIsNotOut: a link to a post that is not out
// is text alone.
func TestMailing_givesNothingAwayOfWhatIsNotOut(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for name, f := range mailing(t, options(), s, of(s, "-en/brakes")) {
		if bytes.Contains(f.Data, []byte("secret")) {
			t.Errorf("%s gives it away", name)
		}
	}
}

func readMessage(t testing.TB, data []byte) *mail.Message {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func decode(t testing.TB, header string) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkMessage holds a message to RFC 5322 and RFC 2045, and to be the same as
// the files beside it.
func checkMessage(t testing.TB, data, text, page []byte) {
	t.Helper()
	for i, line := range bytes.Split(data, []byte("\r\n")) {
		if bytes.ContainsAny(line, "\r\n") || len(line) > 998 || bytes.ContainsFunc(line, func(r rune) bool { return r > '~' || r < ' ' && r != '\t' }) {
			t.Errorf("line %d: %q", i+1, line)
		}
	}
	m := readMessage(t, data)
	if id := m.Header.Get("List-Id"); !strings.HasSuffix(id, "<a.example>") && !strings.HasSuffix(id, "<lettre.velo.example>") {
		t.Errorf("List-Id: %s", id)
	}
	for key := range m.Header {
		switch key {
		case "Content-Language", "Content-Type", "Date", "From", "List-Archive", "List-Id", "List-Post", "List-Unsubscribe",
			"List-Unsubscribe-Post", "Message-Id", "Mime-Version", "Precedence", "Reply-To", "Subject", "To":
			if len(m.Header[key]) != 1 {
				t.Errorf("%s comes %d times", key, len(m.Header[key]))
			}
		default:
			t.Errorf("who wrote the header %s?", key)
		}
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range [][]byte{text, page} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), strings.ReplaceAll(string(got), "\r\n", "\n")); d != "" {
			t.Errorf("%s (-want +got):\n%s", p.Header.Get("Content-Type"), d)
		}
	}
	if _, err := parts.NextRawPart(); err != io.EOF {
		t.Errorf("after the last part: %v", err)
	}
}

func TestMessage_isWellFormed(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	e := everything(s)
	e.Intro.Title = sample.Hostile + "\r\nBcc: everybody@velo.example\r\n\r\n" + strings.Repeat("é", 300)
	o := options()
	o.Title, o.From = sample.Hostile, "\"A\\\"B, é\" <lettre@vélo.example>"
	files := mailing(t, o, s, e)
	checkMessage(t, files["mail.eml"].Data, files["mail.txt"].Data, files["mail.html"].Data)
	m := readMessage(t, files["mail.eml"].Data)
	if from, err := m.Header.AddressList("From"); err != nil || from[0].Address != "lettre@xn--vlo-bma.example" || from[0].Name != `A"B, é` {
		t.Errorf("From %v, %v", from, err)
	}
}

// TestMessage_listIDIsANameAndAnIdentifier: RFC 2919 wants a phrase, which is
// words, a quoted string or encoded words, and the identifier raw after it.
func TestMessage_listIDIsANameAndAnIdentifier(t *testing.T) {
	t.Parallel()
	s := sample.Site()
	for title, want := range map[string]string{
		"Tom, Jerry":             `"Tom, Jerry" <lettre.velo.example>`,
		`A "B" <c>`:              `"A \"B\" <c>" <lettre.velo.example>`,
		"Été à vélo, \"la\" fin": "=?utf-8?b?w4l0w6kgw6AgdsOpbG8sICJsYSIgZmlu?= <lettre.velo.example>",
		"Été":                    "=?utf-8?q?=C3=89t=C3=A9?= <lettre.velo.example>",
	} {
		o := options()
		o.Title = title
		if got := readMessage(t, mailing(t, o, s, of(s, "fr/canal"))["mail.eml"].Data).Header.Get("List-Id"); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}

// FuzzMailing: whatever a title, a summary or a text holds, nothing runs, the
// message is well-formed and has no header but ours.
func FuzzMailing(f *testing.F) {
	for _, s := range []string{
		sample.Hostile, "", "a\r\nBcc: x@y.example\r\n\r\n<script>", `"><img src=x onerror=alert(1)>`, "=?utf-8?q?x?=", "{{.}}", "</title><script>",
		"<!--[if mso]><script>x</script><![endif]-->", "javascript:alert(1)", "[a](data:text/html,x)", strings.Repeat("x", 1200), "--\u202e\u2028",
	} {
		f.Add(s, s)
	}
	parser := markdown.New()
	s := sample.Site()
	f.Fuzz(func(t *testing.T, text, body string) {
		doc, err := parser.Parse([]byte(body), "fr")
		if err != nil {
			t.Skip() // beyond the limits of the engine
		}
		post := &content.Post{ID: "1", Path: "a.md", Lang: "fr", Title: text, Summary: text, Question: text, Invite: text}
		x := publish.Entry{Post: post, Path: "a/", URL: s.URL + "a/", Authors: []string{text}, Image: publish.Image{Src: "https://velo.example/a.png", Alt: text, Credit: text}}
		o := options()
		o.Title, o.Why, o.PostalAddress, o.ListID = text, text, text, "a.example"
		m, err := newsletter.NewMailing(o, newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Intro: post, Posts: []publish.Entry{x}})
		if err != nil {
			t.Fatal(err)
		}
		files, err := m.Files(s, docs{"1": doc})
		if err != nil {
			t.Fatal(err)
		}
		page, plain := find(files, "mail.html"), find(files, "mail.txt")
		checkInert(t, page)
		for _, f := range lint.HTML(string(page)) {
			if f.Code != lint.CodeAddress { // what leads nowhere in a post is said of the post
				t.Errorf("%+v", f)
			}
		}
		checkInert(t, find(files, "index.html"))
		checkMessage(t, find(files, "mail.eml"), plain, page)
	})
}

// TestFiles_nothingTurnsTheTextAround: in an inbox a subject stands among those
// of others.
func TestFiles_nothingTurnsTheTextAround(t *testing.T) {
	t.Parallel()
	s, o := sample.Turned(), options()
	for _, text := range []*string{&o.Title, &o.Why, &o.PostalAddress, &o.Subject} {
		*text += " " + sample.Turns
	}
	e := newsletter.Edition{ID: "2026-11-12", At: s.Entries[0].Published, Posts: s.Entries}
	files := archive(t, o, s, e)
	for name, f := range mailing(t, o, s, e) {
		files[name] = f
	}
	for name, f := range files {
		if bytes.ContainsAny(f.Data, sample.Turns) {
			t.Errorf("%s does", name)
		}
	}
}
