package markdown_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content/markdown"
)

// fill repeats a unit to n bytes.
func fill(unit string, n int) string { return strings.Repeat(unit, n/len(unit)+1)[:n] }

// numbered repeats a format of a number to about n bytes.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// worst are inputs that keep a Markdown parser busy, by what they abuse.
func worst() map[string]func(n int) string {
	unit := func(u string) func(int) string { return func(n int) string { return fill(u, n) } }
	number := func(f string) func(int) string { return func(n int) string { return numbered(f, n) } }
	return map[string]func(int) string{
		"emphasis of two kinds":       unit("*a_ "),
		"emphasis that opens":         unit("*a "),
		"emphasis that closes":        unit("a* "),
		"emphasis of two halves":      func(n int) string { return fill("*a ", n/2) + fill("b_ ", n/2) },
		"emphasis in links":           unit("[*a](b)"),
		"emphasis around links":       unit("*a [b*](c) d_ "),
		"emphasis of threes":          unit("a**b" + "c* "),
		"strong openers, em closers":  func(n int) string { return fill("**a ", n/2) + fill("b* ", n/2) },
		"run of stars":                unit("*"),
		"run of stars and a word":     func(n int) string { return fill("*", n/2) + "a" + fill("*", n/2) },
		"nested emphasis":             func(n int) string { return fill("*a **a ", n/2) + fill("b** b* ", n/2) },
		"underscores in words":        unit("a_"),
		"strikethrough":               unit("~a *b "),
		"strikethrough pairs":         unit("~~a~ "),
		"links that never end":        unit("[a]("),
		"links with titles":           unit(`[a](b "`),
		"links with angle brackets":   unit("[a](<b"),
		"links on their lines":        unit("[a](b\n"),
		"references that never end":   unit("[a]["),
		"open brackets":               unit("["),
		"open then closed brackets":   func(n int) string { return fill("[", n/2) + fill("]", n/2) },
		"brackets around tags":        func(n int) string { return fill("[", 998) + fill("<b>", n) + fill("]", 998) },
		"short nests of brackets":     unit(fill("[", 490) + fill("]", 490)),
		"brackets in brackets":        unit("[[a]"),
		"brackets with spaces":        unit("[ a ]"),
		"images in images":            func(n int) string { return fill("![", n/2) + fill("](a)", n/2) },
		"links in links":              func(n int) string { return fill("[a", n/2) + fill("](b)", n/2) },
		"definitions":                 number("[a%d]: b\n"),
		"definitions of one name":     unit("[a]: b\n"),
		"definitions and references":  func(n int) string { return numbered("[a%d]: b\n", n/2) + "\n" + numbered("[a%d] ", n/2) },
		"definitions over lines":      unit("[\na\n]:\nb\n"),
		"definitions with titles":     unit("[a]: b 'c\n"),
		"long names":                  func(n int) string { return fill("["+fill("a", 990)+"]", n) },
		"backticks of all lengths":    func(n int) string { return ticks(n) },
		"backticks alone":             unit("` `` "),
		"backticks, odd":              func(n int) string { return "`" + fill("``a ", n) },
		"quotes in one line":          unit(">"),
		"quotes with spaces":          unit("> "),
		"quotes, deep, many lines":    unit(fill("> ", 190) + "a\n"),
		"quotes, lazy lines":          func(n int) string { return fill(">", 99) + "a\n" + fill("a\n", n) },
		"lists in one line":           unit("- "),
		"ordered lists in one line":   unit("1. "),
		"lists by indentation":        indents,
		"empty lines in deep lists":   func(n int) string { return nestedList(49) + fill("\n", n) + strings.Repeat(" ", 98) + "a" },
		"deep list, short lines":      func(n int) string { return nestedList(49) + fill("\n"+strings.Repeat(" ", 98)+"a", n) },
		"list items":                  unit("- a\n"),
		"empty list items":            unit("-\n"),
		"list, then quote":            unit("- > "),
		"list and breaks":             unit("* * *\n- "),
		"tables with short rows":      func(n int) string { return fill("|a", n/4) + "|\n" + fill("|-", n/4) + "|\n" + fill("|\n", n/2) },
		"tables of one column":        func(n int) string { return "a|b\n-|-\n" + fill("c|d\n", n) },
		"tables of empty cells":       func(n int) string { return fill("|a", 200) + "|\n" + fill("|-", 200) + "|\n" + fill("|||||||||\n", n) },
		"tables with escaped bars":    func(n int) string { return "a|b\n-|-\n" + fill("`\\|`|d\n", n) },
		"almost tables":               unit("a|b\n-|\n"),
		"rules under lines":           unit("a\n-\n"),
		"underlines":                  unit("=\n"),
		"angle brackets":              unit("<"),
		"tags that never end":         unit("<a b "),
		"tags with quotes":            unit(`<a b="`),
		"tags with quotes of both":    unit(`<a b='<a c="`),
		"attributes that never end":   func(n int) string { return "a " + fill("<a ", n/2) + fill(" b", n/2) },
		"comments that never end":     unit("a <!--"),
		"instructions that never end": unit("a <?"),
		"declarations that never end": unit("a <!A"),
		"CDATA that never ends":       unit("a <![CDATA["),
		"comment ends":                unit("a <!---->"),
		"closing tags":                unit("</a>"),
		"open tags":                   unit("<b>"),
		"open tags in paragraphs":     unit("<b>\n\n"),
		"open blocks":                 unit("<div>\n\n"),
		"raw formatting":              unit("<b title=a><p>"),
		"raw tables":                  unit("<table><tr><td>"),
		"raw links":                   unit("<a href=b>"),
		"raw attributes":              func(n int) string { return "<b " + numbered("a%d=b ", n) + ">" },
		"srcset":                      func(n int) string { return "<img src=a srcset='" + fill("a 1x,", n) + "'>" },
		"autolinks":                   unit("<a:"),
		"bare addresses":              unit("http://a.b "),
		"bare addresses that fail":    unit("_www.1"),
		"bare addresses in stars":     unit("*http://1"),
		"addresses with a bracket":    func(n int) string { return "http://a.b/" + fill("(", n/2) + fill(")", n/2) },
		"addresses with entities":     func(n int) string { return "http://a.b/" + fill("&a;", n) },
		"mail addresses":              unit("a@b.c "),
		"mail addresses that fail":    unit("_a@b"),
		"mail addresses in words":     unit("a.b_c~"),
		"mail, long domain":           unit("a@" + fill("b.", 200) + " "),
		"footnotes":                   number("[^%d]: a\n\n"),
		"footnotes, used":             func(n int) string { return numbered("[^%d]: a\n\n", n/2) + numbered("b[^%d] ", n/2) },
		"footnotes, one used often":   func(n int) string { return "[^1]: a\n\n" + fill("b[^1] ", n) },
		"footnotes unknown":           unit("[^a"),
		"footnotes in footnotes":      unit("[^1]: "),
		"entities":                    unit("&amp;"),
		"entities that are none":      unit("&a"),
		"numbers":                     unit("&#1"),
		"escapes":                     unit(`\*`),
		"backslashes":                 unit(`\`),
		"headings":                    unit("# a\n"),
		"headings with braces":        unit("# {#a} {#b} "),
		"one long heading":            func(n int) string { return "# " + fill("*a_ ", n) },
		"accents":                     func(n int) string { return "# a" + fill("\u0301", n) },
		"fences":                      unit("```\n\n"),
		"fences of all lengths":       func(n int) string { return fences(n) },
		"open fence":                  func(n int) string { return "````\n" + fill("```\n", n) },
		"indented code":               unit("    a\n"),
		"tabs":                        unit("\t"),
		"spaces":                      unit(" "),
		"spaces and words":            unit("a               "),
		"lines":                       unit("\n"),
		"hard breaks":                 unit("a  \n"),
		"quotation marks":             unit(`"a' `),
		"quotation marks that open":   unit(` "a`),
		"French signs":                unit("a ! "),
		"zeros":                       unit("\x00"),
		"broken UTF-8":                unit("\xff"),
		"one word":                    unit("a"),
		"task lists":                  unit("- [ ] a\n"),
		"dots":                        unit("."),
		"hyphens":                     unit("a--"),
		"exclamation marks":           unit("!"),
		"colons":                      unit(":a:b"),
	}
}

func ticks(n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}

func fences(n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString("- " + strings.Repeat("`", 3+i%9) + "\n")
	}
	return b.String()
}

func nestedList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func indents(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat(" ", i%400) + "- a\n")
	}
	return b.String()
}

// refused are those of the worst inputs that are turned away at 100 kB. The
// others are parsed in a time that grows with their length: see
// BenchmarkWorst.
func refused() []string {
	return []string{
		"backticks of all lengths",
		"bare addresses in stars",
		"bare addresses that fail",
		"brackets around tags",
		"definitions",
		"definitions of one name",
		"definitions over lines",
		"definitions with titles",
		"emphasis around links",
		"emphasis in links",
		"emphasis of threes",
		"emphasis of two halves",
		"emphasis of two kinds",
		"emphasis that closes",
		"empty lines in deep lists",
		"footnotes",
		"footnotes in footnotes",
		"footnotes unknown",
		"footnotes, one used often",
		"footnotes, used",
		"images in images",
		"links in links",
		"links on their lines",
		"links that never end",
		"links with angle brackets",
		"links with titles",
		"list, then quote",
		"lists by indentation",
		"mail addresses in words",
		"mail addresses that fail",
		"nested emphasis",
		"one long heading",
		"open then closed brackets",
		"ordered lists in one line",
		"quotes in one line",
		"quotes with spaces",
		"run of stars and a word",
		"short nests of brackets",
		"strikethrough pairs",
		"strong openers, em closers",
		"tables of empty cells",
		"tables with escaped bars",
		"tables with short rows",
	}
}

func TestParse_refusesWhatWouldTakeLong(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	var names []string
	for name, source := range worst() {
		_, err := p.Parse([]byte(source(100_000)), "fr")
		if err == nil {
			continue
		}
		names = append(names, name)
		var e *markdown.Error
		if !errors.As(err, &e) || !errors.Is(err, markdown.ErrTooComplex) || e.Code != markdown.CodeTooComplex || e.Line < 1 || e.What == "" {
			t.Errorf("%s: %#v", name, err)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(refused(), names); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
}

// TestParse_leavesNothingHostileInTheWorst looks at what is accepted, short
// enough to be read by a browser's parser in a test.
func TestParse_leavesNothingHostileInTheWorst(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	for name, source := range worst() {
		doc, err := p.Parse([]byte(source(8_000)), "fr")
		if err != nil {
			continue
		}
		out, err := doc.HTML(markdown.Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkSafe(t, out)
		checkText(t, doc)
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

func TestParse_acceptsHonestPosts(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	row := func(cells int) string { return strings.Repeat("| [a **b**](c) ", cells) + "|\n" }
	for name, src := range map[string]string{
		"500 kB of articles":               fill(article(), 500_000),
		"100 kB in one paragraph":          fill("A *word*, a **strong one**, a [link *in italics*](https://a.example/b_c) and `code`; l'été \"dit-il\" :\n", 100_000),
		"3,000 links, a line each":         fill("[the title of a page](https://example.org/a/b/c?d=e) -- what it says\n", 3_000*70),
		"2,000 links in a list":            fill("- [the **title** of a page](https://example.org/a/b/c?d=e)\n", 2_000*60),
		"a table of 3,000 rows":            row(10) + strings.Repeat("|---", 10) + "|\n" + strings.Repeat(row(10), 3_000),
		"a table of 500 cells with a bar":  "|a|b|\n|-|-|\n" + strings.Repeat("| `a \\| b` | c |\n", 500),
		"1,000 footnotes":                  numbered("A sentence that needs a note[^%d]. ", 38_000) + "\n\n" + numbered("[^%d]: the note that it needs\n", 34_000),
		"one footnote, 300 times":          strings.Repeat("As said[^1]. ", 300) + "\n\n[^1]: Somewhere.\n",
		"1,000 definitions":                numbered("See [page %d]. ", 15_000) + "\n\n" + numbered("[page %d]: https://example.org/%d\n", 38_000),
		"lists ten deep":                   strings.Repeat(nestedList(10), 1_000),
		"quotes ten deep":                  strings.Repeat(strings.Repeat(">", 10)+" said he\n", 5_000),
		"a poem of 10,000 lines":           strings.Repeat("a line of *verse*  \n", 10_000),
		"a log in code":                    "```\n" + strings.Repeat("* [a](b _c_ `d <e> ~f ![g\n", 15_000) + "```\n",
		"C in indented code":               strings.Repeat("    *a[i] = &b[*c_d] < e_f;\n", 15_000),
		"200 citations in a paragraph":     strings.Repeat("as shown [12][13] and [see 14], ", 200),
		"formulas":                         strings.Repeat("if a*b_1 < c*d_2 and x_i <y_j then 2 * 3 * 4, ", 300),
		"600 paragraphs of raw HTML":       strings.Repeat("<p class=\"note\">a <b>b</b> <a href=\"c\">d</a></p>\n\n", 600),
		"stars and brackets without sense": strings.Repeat("a * b [c] (d) _e ~f \"g\" 'h' ", 300),
	} {
		if _, err := p.Parse([]byte(src), "fr"); err != nil {
			t.Errorf("%s (%d kB): %v", name, len(src)/1000, err)
		}
	}
}

func TestParse_refusesByLength(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	if _, err := p.Parse(make([]byte, markdown.MaxBytes), "en"); err != nil {
		t.Errorf("the longest body: %v", err)
	}
	_, err := p.Parse(make([]byte, markdown.MaxBytes+1), "en")
	var e *markdown.Error
	if !errors.As(err, &e) || e.Code != markdown.CodeTooLong || !errors.Is(err, markdown.ErrTooComplex) {
		t.Errorf("got %v", err)
	}
}

func TestError_namesTheLineOfTheFile(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	_, err := p.Parse([]byte("one\r\n\r\ntwo\n\n"+strings.Repeat(">", 300)), "en")
	var e *markdown.Error
	if !errors.As(err, &e) || e.Line != 5 {
		t.Fatalf("got %v, want line 5", err)
	}
	got := e.Problem("posts/a.md", 4)
	if want := `posts/a.md:8: body-too-complex what="> - 1."`; got.Error() != want {
		t.Errorf("got %s, want %s", got.Error(), want)
	}
}

// TestHTML_staysWithinWhatBrowsersNest: containers, inline elements and raw
// HTML, each as deep as may be, are read by a parser that gives up at 512.
func TestHTML_staysWithinWhatBrowsersNest(t *testing.T) {
	t.Parallel()
	p := markdown.New()
	src := strings.Repeat("> ", 98) + strings.Repeat("<span>", 300) + strings.Repeat("**a *b ", 48) + "c" + strings.Repeat("* d**", 48)
	out := html(t, p, src, "en", markdown.Options{})
	if n := strings.Count(out, "<blockquote>"); n < 90 {
		t.Errorf("%d quotes", n)
	}
	if n := strings.Count(out, "<em>"); n < 40 {
		t.Errorf("%d emphases", n)
	}
	checkSafe(t, out)
}
