package importer_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/importer"
	"editorial/pkg/problem"
)

func paris(t testing.TB) civil.Zone {
	t.Helper()
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func options(t testing.TB) importer.Options {
	t.Helper()
	return importer.Options{
		Zone: paris(t), Lang: "fr", Now: time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC),
		Platforms: map[string]string{"blog": "blog", "x": "x", "facebook": "page"},
	}
}

// read reads one file of a source and holds the batch to the laws.
func read(t testing.TB, kind importer.Kind, src string) importer.Batch {
	t.Helper()
	b, err := importer.Read(context.Background(), fstest.MapFS{"in": {Data: []byte(src)}}, "in", kind, options(t))
	if err != nil {
		t.Fatal(err)
	}
	laws(t, b)
	return b
}

// laws are what holds of every batch, whatever it was made of.
func laws(t testing.TB, b importer.Batch) {
	t.Helper()
	for _, p := range b.Posts {
		if !fs.ValidPath(p.Path) || !content.IsMarkdown(p.Path) || strings.ContainsAny(p.Path, "\\:\n") {
			t.Errorf("path %q", p.Path)
		}
		if p.Key == "" || p.At.File == "" {
			t.Errorf("%s: key %q, at %q", p.Path, p.Key, p.At)
		}
		if strings.ContainsAny(p.GUID, "\n\x00") {
			t.Errorf("guid %q", p.GUID)
		}
		post := content.Read(p.Path, p.Source, content.Defaults{Lang: "fr"})
		if post.HasErrors() {
			t.Errorf("%s: %v\n%s", p.Path, post.Problems, p.Source)
		}
		for _, f := range p.Files {
			if !fs.ValidPath(f.To) || !fs.ValidPath(f.From) {
				t.Errorf("file %v", f)
			}
		}
	}
	for _, n := range b.Notes {
		if n.Severity != problem.Error && (n.Params["n"] == "" || n.Params["n"] == "0") {
			t.Errorf("not counted: %v", n)
		}
	}
}

// codes are the notes of a batch: code, what, count.
func codes(b importer.Batch) []string {
	var all []string
	for _, n := range b.Notes {
		all = append(all, strings.Join(strings.Fields(strings.TrimPrefix(string(n.Code), "import-")+" "+n.Params["what"]+" "+n.Params["n"]), " "))
	}
	return all
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		path  string
		want  importer.Kind
	}{
		"hugo":             {map[string]string{"hugo.toml": "", "content/a.md": ""}, ".", importer.Hugo},
		"hugo, folder":     {map[string]string{"config/_default/hugo.yaml": "", "content/a.md": ""}, ".", importer.Hugo},
		"hugo, old":        {map[string]string{"config.yaml": "", "content/a.md": ""}, ".", importer.Hugo},
		"jekyll":           {map[string]string{"_config.yml": "", "_posts/a.md": ""}, ".", importer.Jekyll},
		"jekyll, bare":     {map[string]string{"_posts/a.md": ""}, ".", importer.Jekyll},
		"folder":           {map[string]string{"a.md": ""}, ".", ""},
		"wxr":              {map[string]string{"a.xml": `<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>`}, "a.xml", importer.WordPress},
		"rss":              {map[string]string{"a.xml": "\ufeff<rss version='2.0'>"}, "a.xml", importer.Feed},
		"rss in utf-16":    {map[string]string{"a.xml": "\xff\xfe<\x00r\x00s\x00s\x00>\x00"}, "a.xml", importer.Feed},
		"rdf":              {map[string]string{"a.rdf": "<rdf:RDF>"}, "a.rdf", importer.Feed},
		"atom":             {map[string]string{"a": "<feed xmlns='http://www.w3.org/2005/Atom'>"}, "a", importer.Feed},
		"json feed":        {map[string]string{"a.json": ` {"version":"https://jsonfeed.org/version/1"}`}, "a.json", importer.Feed},
		"csv":              {map[string]string{"a.CSV": "titre;date"}, "a.CSV", importer.CSV},
		"a page":           {map[string]string{"a.html": "<!doctype html>"}, "a.html", ""},
		"a picture as xml": {map[string]string{"a.xml": "\x89PNG\r\n\x1a\n"}, "a.xml", ""},
		"empty":            {map[string]string{"a.xml": ""}, "a.xml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{}
			for p, src := range c.files {
				fsys[p] = &fstest.MapFile{Data: []byte(src)}
			}
			got, err := importer.Recognise(fsys, c.path)
			if got != c.want || (err == nil) != (c.want != "") || err != nil && !errors.Is(err, importer.ErrUnknown) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// Whatever the letters of a table are written in, it says the same.
func TestRead_csvInEveryEncoding(t *testing.T) {
	t.Parallel()
	const text = "Titre;Échéance;Texte\nRégler l’œil;2027-01-02;Deux « vis » à 3 €\n"
	utf16 := func(s string, bigEndian bool) string {
		var b strings.Builder
		for _, r := range "\ufeff" + s {
			hi, lo := byte(r>>8), byte(r)
			if bigEndian {
				b.Write([]byte{hi, lo})
			} else {
				b.Write([]byte{lo, hi})
			}
		}
		return b.String()
	}
	cp1252 := strings.NewReplacer("É", "\xc9", "é", "\xe9", "’", "\x92", "œ", "\x9c", "«", "\xab", "»", "\xbb", "à", "\xe0", "€", "\x80").Replace(text)
	want := string(read(t, importer.CSV, text).Posts[0].Source)
	if !strings.Contains(want, "Régler l’œil") || !strings.Contains(want, "3 €") || !strings.Contains(want, `deadline = "2027-01-02"`) {
		t.Fatalf("got %s", want)
	}
	for name, src := range map[string]string{
		"mark": "\ufeff" + text, "windows-1252": cp1252, "utf-16le": utf16(text, false), "utf-16be": utf16(text, true),
		"crlf": strings.ReplaceAll(text, "\n", "\r\n"), "excel's sep": "sep=;\n" + text,
		"commas": strings.ReplaceAll(text, ";", ","), "tabs": strings.ReplaceAll(text, ";", "\t"),
	} {
		b := read(t, importer.CSV, src)
		if len(b.Posts) != 1 || string(b.Posts[0].Source) != want {
			t.Errorf("%s: %+v %v", name, b.Posts, b.Notes)
		}
	}
}

// The order of day and month is decided by the whole column, never by a single
// date; where nothing decides, no date is taken.
func TestRead_csvDates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ head, dates, want string }{
		"a day above 12 decides":     {"title,date", "03/04/2027 25/04/2027", "2027-04-03 2027-04-25"},
		"a month in second place":    {"title,date", "03/04/2027 04/25/2027", "2027-03-04 2027-04-25"},
		"both: nothing is taken":     {"title,date", "25/04/2027 04/25/2027 03/04/2027", "- - -"},
		"nothing decides":            {"title,date", "03/04/2027", "-"},
		"the same both ways":         {"title,date", "04/04/2027", "2027-04-04"},
		"a header in French decides": {"titre,date", "03/04/2027", "2027-04-03"},
		"points are never American":  {"title,date", "03.04.2027", "2027-04-03"},
		"ISO":                        {"title,date", "2027-04-03 2027-04-03T09:00", "2027-04-03 2027-04-03T09:00:00"},
		"days that are none":         {"titre,date", "31/02/2027 12/13/27 0/0/2027", "- - -"},
		"counted days":               {"title,date", "46480 46480.5", "2027-04-03 2027-04-03T12:00:00"},
		"numbers that are no days":   {"title,date", "12 999999", "- -"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := c.head + "\n"
			for i, d := range strings.Fields(c.dates) {
				src += "Post " + string(rune('a'+i)) + "," + d + "\n"
			}
			var got []string
			for _, p := range read(t, importer.CSV, src).Posts {
				_, after, ok := strings.Cut(string(p.Source), `date = "`)
				date, _, _ := strings.Cut(after, `"`)
				if !ok {
					date = "-"
				}
				got = append(got, date)
			}
			if d := cmp.Diff(c.want, strings.Join(got, " ")); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func wxr(items ...string) string {
	return `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://old.example</link>` + strings.Join(items, "") + `</channel></rss>`
}

func wpPost(id, content, more string) string {
	return `<item><title>Post ` + id + `</title><guid>https://old.example/?p=` + id + `</guid><content:encoded><![CDATA[` + content +
		`]]></content:encoded><wp:post_id>` + id + `</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>` + more + `</item>`
}

func TestRead_wordpressDatesKeepTheirOffset(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ local, gmt, want string }{
		{"2024-07-01 09:00:00", "2024-07-01 07:00:00", "2024-07-01T09:00:00+02:00"},
		{"2024-01-01 09:00:00", "2024-01-01 14:30:00", "2024-01-01T09:00:00-05:30"},
		{"2024-01-01 00:10:00", "2023-12-31 10:25:00", "2024-01-01T00:10:00+13:45"},
		{"2024-01-01 09:00:00", "0000-00-00 00:00:00", "2024-01-01T09:00:00"},
		{"2024-01-01 09:00:00", "2021-01-01 09:00:00", "2021-01-01T09:00:00Z"},
		{"0000-00-00 00:00:00", "0000-00-00 00:00:00", ""},
		{"yesterday", "2024-01-01 09:00:00", ""},
	} {
		b := read(t, importer.WordPress, wxr(wpPost("1", "x", `<wp:post_date>`+c.local+`</wp:post_date><wp:post_date_gmt>`+c.gmt+`</wp:post_date_gmt>`)))
		want := `date = "` + c.want + `"`
		if c.want == "" {
			want = "draft = true"
		}
		if src := string(b.Posts[0].Source); !strings.Contains(src, want) || c.want == "" && strings.Contains(src, "date =") {
			t.Errorf("%s %s: no %s in\n%s", c.local, c.gmt, want, src)
		}
	}
}

// body is the text of the only post of a batch.
func body(t testing.TB, b importer.Batch) string {
	t.Helper()
	if len(b.Posts) != 1 {
		t.Fatalf("%d posts, %v", len(b.Posts), b.Notes)
	}
	return string(content.Read(b.Posts[0].Path, b.Posts[0].Source, content.Defaults{}).Body(b.Posts[0].Source))
}

func TestRead_wordpressBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		html, want string
		notes      []string
	}{
		"shortcodes that are shown":    {"<p>[[gallery]] and [[gallery ids=1]]</p>", "\\[gallery] and \\[gallery ids=1]\n", nil},
		"classic paragraphs":           {"One\ntwo\n\n<b>three</b>", "One  \ntwo\n\n**three**\n", nil},
		"blocks":                       {"<!-- wp:paragraph {\"a\":{\"b\":1}} -->\n<p>One</p>\n<!-- /wp:paragraph -->", "One\n", nil},
		"dynamic block":                {"<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph --><!-- wp:query {\"x\":1} /--><!-- wp:spacer /-->", "A\n", []string{"element wp:query 1"}},
		"more":                         {"A<!--more-->\n\nB", "A\n\nB\n", nil},
		"caption":                      {`[caption id="1"]<img src="/a.jpg" alt="A" /> Of <em>us</em>[/caption]`, "![A](https://old.example/a.jpg)\n\nOf *us*\n", nil},
		"old caption":                  {`[caption caption="Of us"]<a href="b"><img src="a.jpg"></a>[/caption]`, "[![](https://old.example/a.jpg)](https://old.example/b)\n\n*Of us*\n", nil},
		"embed":                        {"[embed]https://video.example/1[/embed]", "<https://video.example/1>\n", nil},
		"video":                        {`[video src="https://v.example/a.mp4"][/video]`, "[a.mp4](https://v.example/a.mp4)\n", []string{"embed <video> 1"}},
		"unknown shortcodes":           {`[slider id=3] [box]x[/box] [sic] [1] [[not]]`, "", []string{"shortcode [slider] 1", "shortcode [box] 1"}},
		"scripts":                      {`<p onclick="x()">A</p><script>alert(1)</script><form><input></form>`, "A\n", []string{"element <script> 1", "element <form> 1"}},
		"pictures in the text":         {`<p>A</p><img src="data:image/png;base64,AAAA">`, "A\n", []string{"inlined 1"}},
		"late pictures":                {`<img src="data:image/gif;base64,R0" data-src="https://o.example/a.jpg" alt="a">`, "![a](https://o.example/a.jpg)\n", nil},
		"code":                         {"[code lang=\"go\"]a := <-b\n\n*c[/code]", "```go\na := <-b\n\n*c\n```\n", nil},
		"preformatted":                 {"<pre>a\n\n<b>b</b></pre>", "```\na\n\nb\n```\n", nil},
		"no markup of ours":            {"<p>2 * 3 * 4 and _x_ and # and [a](b) and &lt;b&gt;</p>", "", nil},
		"frames":                       {`<iframe src="//maps.example/e?x"></iframe>`, "<https://maps.example/e?x>\n", []string{"embed maps.example 1"}},
		"a scheme that runs":           {`<a href="javascript:alert(1)">a</a>`, "", nil},
		"a list in a list":             {"<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b\n", nil},
		"gallery of what is not there": {`[gallery ids="7,8"]`, "", []string{"missing attachment 7 1", "missing attachment 8 1", "shortcode [gallery] 1"}},
		"tasks":                        {`<ul><li><input type="checkbox" checked> a</li><li><p><input type=checkbox>b</p></li><li>c <input></li></ul>`, "- [x] a\n- [ ] b\n- c\n", []string{"element <input> 1"}},
		"controls and half text":       {"<p>a\x01b\x00c\xffd\u2028e</p", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := read(t, importer.WordPress, wxr(wpPost("1", c.html, "<wp:post_date>2024-01-01 09:00:00</wp:post_date>")))
			if got := body(t, b); c.want != "" && got != c.want {
				t.Errorf("-want +got\n%s", cmp.Diff(c.want, got))
			}
			if d := cmp.Diff(c.notes, codes(b)); d != "" {
				t.Errorf("notes -want +got\n%s", d)
			}
		})
	}
}

// Tags inside CDATA and comments are text, and what is damaged in one item does
// no harm to the next.
func TestRead_wordpressItemsStandAlone(t *testing.T) {
	t.Parallel()
	date := "<wp:post_date>2024-01-01 09:00:00</wp:post_date>"
	b := read(t, importer.WordPress, wxr(
		wpPost("1", "a </item><item> b", date),
		"<!-- <item>not one</item> -->",
		`<item><title>Broken & <b</title><wp:post_type>post</item>`,
		`<item><title>Never closed</title><wp:post_type>post</wp:post_type>`,
		wpPost("2", "c\x0bd", date),
		strings.Replace(wpPost("3", "e", date), "]]>", "", 1),
	))
	var got []string
	for _, p := range b.Posts {
		got = append(got, path.Base(p.Path))
	}
	for _, want := range []string{"2024-01-01-post-1.md", "2024-01-01-post-2.md"} {
		if !strings.Contains(strings.Join(got, " "), want) {
			t.Errorf("no %s in %v", want, got)
		}
	}
	b2 := read(t, importer.WordPress, wxr(wpPost("7", "an end ]]> of nothing", date)))
	if len(b2.Posts) != 1 || !strings.Contains(body(t, b2), "of nothing") || codes(b2)[0] != "mended 1" {
		t.Errorf("%+v %v", b2.Posts, codes(b2))
	}
	damaged := 0
	for _, n := range b.Notes {
		if n.Code == importer.CodeDamaged || n.Code == importer.CodeMended {
			damaged++
		}
	}
	if damaged == 0 {
		t.Errorf("nothing said of damage: %v", b.Notes)
	}
}

// The sample of testdata has one of everything.
func TestRead_wordpressSample(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("testdata")
	kind, err := importer.Recognise(fsys, "blog.wxr.xml")
	if err != nil || kind != importer.WordPress {
		t.Fatal(kind, err)
	}
	b, err := importer.Read(context.Background(), fsys, "blog.wxr.xml", kind, options(t))
	if err != nil {
		t.Fatal(err)
	}
	laws(t, b)
	if d := cmp.Diff([]string{
		"comments 2", "element wp:latest-posts 1", "taxonomy post_format 1", "field difficulte 1", "shortcode [contact-form-7] 1",
		"embed carte.example 1", "element <script> 1", "protected 1", "page 1", "type attachment 2", "type nav_menu_item 1",
	}, codes(b)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if len(b.Posts) != 5 || len(b.Media) != 4 {
		t.Errorf("%d posts, media %v", len(b.Posts), b.Media)
	}
}

// Two posts of one guid are two posts; two items of one guid are one item.
func TestRead_sameGUID(t *testing.T) {
	t.Parallel()
	b := read(t, importer.WordPress, wxr(wpPost("1", "a", ""), strings.Replace(wpPost("2", "b", ""), "?p=2", "?p=1", 1)))
	if len(b.Posts) != 2 || b.Posts[0].GUID == "" || b.Posts[1].GUID != "" || b.Posts[0].Key == b.Posts[1].Key || !strings.Contains(strings.Join(codes(b), ","), "guid 1") {
		t.Errorf("%+v %v", b.Posts, codes(b))
	}
	item := `<item><title>a</title><guid>1</guid><description>a</description></item>`
	b = read(t, importer.Feed, `<rss version="2.0"><channel>`+item+item+`</channel></rss>`)
	if len(b.Posts) != 1 || !strings.Contains(strings.Join(codes(b), ","), "twice 1") {
		t.Errorf("%+v %v", b.Posts, codes(b))
	}
}

func TestRead_limits(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	many.WriteString("title\n")
	for i := range importer.MaxPosts + 2 {
		many.WriteString("Post " + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + time.Duration(i).String() + "\n")
	}
	b, err := importer.Read(context.Background(), fstest.MapFS{"in": {Data: []byte(many.String())}}, "in", importer.CSV, options(t))
	if err != nil || len(b.Posts) != importer.MaxPosts || problem.Errors(b.Notes) != 1 {
		t.Errorf("%d posts, %v, %v", len(b.Posts), err, b.Notes)
	}
	// HTML nested beyond all bounds leaves its post behind, and no other.
	b = read(t, importer.WordPress, wxr(wpPost("1", strings.Repeat("<div>", 100_000), ""), wpPost("2", "<p>b</p>", "")))
	if len(b.Posts) != 1 || problem.Errors(b.Notes) != 1 || b.Notes[0].Code != importer.CodeTooDeep {
		t.Errorf("%d posts, %v", len(b.Posts), b.Notes)
	}
	// What looks far ahead, or back, is bounded: these would take minutes.
	b = read(t, importer.WordPress, wxr(
		wpPost("1", strings.Repeat("[", 200_000), ""), wpPost("2", strings.Repeat("[caption]", 40_000), ""), wpPost("3", strings.Repeat("{{", 100_000), ""),
		wpPost("4", strings.Repeat("<ul><li>", 200)+strings.Repeat("<li>x", 40_000), ""),
	))
	if len(b.Posts) != 3 || problem.Errors(b.Notes) != 1 {
		t.Errorf("%d posts, %v", len(b.Posts), b.Notes)
	}
	// A cell reaches no further than a table can be, and no cell is padded.
	b = read(t, importer.WordPress, wxr(wpPost("1", `<table><tr><td colspan="999999999" rowspan=99999>a</td><td colspan="1000" rowspan="1000">b</td></tr>`+
		strings.Repeat("<tr><td>"+"c</td></tr>", 2000)+"<tr><td>"+strings.Repeat("long ", 5000)+"</td></tr></table>", "")))
	if n := len(b.Posts[0].Source); n > 100_000 {
		t.Errorf("a table of %d bytes", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := importer.Read(ctx, fstest.MapFS{"in": {Data: []byte("title\na\n")}}, "in", importer.CSV, options(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Dates that cannot be read are one note, at the first of them.
func TestRead_datesAreNotedOnce(t *testing.T) {
	t.Parallel()
	b := read(t, importer.CSV, "title,date\na,31/02/2027\nb,12/13/27\nc,someday\n")
	if len(b.Notes) != 1 || codes(b)[0] != "date 31/02/2027 3" || b.Notes[0].Line != 2 {
		t.Errorf("%v", b.Notes)
	}
}

// The separator is the one with which a row names columns, whatever else
// stands in the cells.
func TestRead_csvSeparators(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"commas in titles":       "Titre;Date\nVélo, boulot, dodo;04/05/2027\n",
		"more commas than rows":  "Titre;Date;Texte\nVélo, boulot, dodo;04/05/2027;a, b, c, d, e, f, g, h\n",
		"semicolons in the text": "titre,date,texte\n\"Vélo, boulot, dodo\",04/05/2027,a;b;c;d;e;f\n",
		"tabs":                   "titre\tdate\nVélo, boulot, dodo\t04/05/2027\n",
		"a line before":          "Planning, de toute l’équipe, 2027\n;\nTitre;Date\nVélo, boulot, dodo;04/05/2027\n",
		"a sep that is none":     "sep=x\nTitre;Date\nVélo, boulot, dodo;04/05/2027\n",
	} {
		b := read(t, importer.CSV, src)
		if len(b.Posts) != 1 || !strings.Contains(string(b.Posts[0].Source), `title = "Vélo, boulot, dodo"`) || !strings.Contains(string(b.Posts[0].Source), `date = "2027-05-04"`) {
			t.Errorf("%s: %+v %v", name, b.Posts, b.Notes)
		}
	}
}

// A quote that is closed nowhere is an error at its line, and the rows before
// it are read; one inside a cell is text.
func TestRead_csvQuotes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		src         string
		posts, line int
	}{
		"unclosed":             {"titre;date\na;04/05/2027\n\"b;05/05/2027\nc;06/05/2027\n", 1, 3},
		"unclosed, windows":    {"sep=;\r\ntitre;date\r\na;04/05/2027\r\n\"b;05/05/2027\r\nc;06/05/2027\r\n", 1, 4},
		"unclosed in the row":  {"titre;texte\na;b\nc;\"d\ne;f\n", 1, 3},
		"before other quotes":  {"titre;texte\na;b\nc;\"d\n\"e\";\"f\"\n\"g\";h\n", 1, 3},
		"closed further down":  {"titre;texte\na;\"b\n\nc\"\nd;e\n", 2, 0},
		"doubled":              {"titre;texte\na;\"b \"\"c\"\" d\"\ne;f\n", 2, 0},
		"inside a cell":        {"titre;texte\na 5\" screen;b\nc;\"d \"e\" f\"\ng;h\n", 3, 0},
		"at the end":           {"titre;texte\na;\"b\"", 1, 0},
		"at the end, unclosed": {"titre;texte\na;b\nc;\"", 1, 3},
	} {
		b := read(t, importer.CSV, c.src)
		line := 0
		for _, n := range b.Notes {
			if n.Severity == problem.Error && n.Code == importer.CodeQuote {
				line = n.Line
			}
		}
		if len(b.Posts) != c.posts || line != c.line {
			t.Errorf("%s: %d posts, line %d, %v", name, len(b.Posts), line, b.Notes)
		}
	}
}
