package markdown

import (
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Text returns the document as plain text, for mails: lines of at most width
// columns where words allow (0: paragraphs are one line each), the address of
// every link after its text, images by their alt text, code and tables in
// columns, footnotes at the end. resolve is as in [Options] and may be nil. A
// link into the document itself has no address that text can lead to and is
// left out unless resolve makes one.
func (d *Document) Text(width int, resolve func(dest string) string) string {
	return d.TextWith(TextOptions{Width: width, Resolve: resolve})
}

// TextOptions say how a document is written as text. The zero TextOptions are
// valid.
type TextOptions struct {
	// Width and Resolve are as in [Document.Text].
	Width   int
	Resolve func(dest string) string
	// Linked reports whether an image, by the address that stands in the
	// source, is only linked to where the text is read beside HTML: then the
	// text has its address, too. Nil: none is.
	Linked func(dest string) bool
	// Picture, Film and Sound stand for such an image without an alt text, and
	// for a video or a sound without a title; of the latter two "" leaves the
	// address alone.
	Picture, Film, Sound string
}

// TextWith is [Document.Text] with more to say.
func (d *Document) TextWith(o TextOptions) string {
	w := textWriter{doc: d, opts: o, links: htmlWriter{doc: d, p: d.parser, opts: Options{Resolve: o.Resolve}}}
	w.blocks(d.root)
	return w.out.String()
}

type textWriter struct {
	doc   *Document
	opts  TextOptions
	links htmlWriter // knows which addresses may be written
	out   strings.Builder

	// prefix stands before every line; lead before the next one in its place
	// (the marker of a list item), if hasLead.
	prefix, lead string
	hasLead      bool
	// gap: a blank line is due before the next block.
	gap bool
}

// line writes a line.
func (w *textWriter) line(s string) {
	prefix := w.prefix
	if w.hasLead {
		prefix, w.hasLead = w.lead, false
	}
	w.out.WriteString(strings.TrimRight(prefix+s, " "))
	w.out.WriteByte('\n')
}

// part begins a block.
func (w *textWriter) part() {
	if w.gap {
		w.line("")
		w.gap = false
	}
}

// within writes the blocks of f with more before each line, and with first
// before the first of them.
func (w *textWriter) within(first, more string, f func()) {
	prefix := w.prefix
	if w.hasLead {
		first = w.lead + first
	} else {
		first = w.prefix + first
	}
	w.lead, w.hasLead = first, true
	w.prefix += more
	f()
	if w.hasLead {
		w.line("")
	}
	w.prefix, w.gap = prefix, true
}

// room is the number of columns that are left for text.
func (w *textWriter) room() int {
	if w.opts.Width <= 0 {
		return 0
	}
	return max(20, w.opts.Width-displaywidth.String(w.prefix))
}

// wrap writes a text whose lines end in \n in lines that fit.
func (w *textWriter) wrap(s string) {
	room := w.room()
	for line := range strings.SplitSeq(s, "\n") {
		var b strings.Builder
		used := 0
		for word := range strings.SplitSeq(line, " ") {
			if word == "" {
				continue
			}
			n := displaywidth.String(word)
			if used > 0 && room > 0 && used+1+n > room {
				w.line(b.String())
				b.Reset()
				used = 0
			}
			if used > 0 {
				b.WriteByte(' ')
				used++
			}
			b.WriteString(word)
			used += n
		}
		w.line(b.String())
	}
}

// paragraph writes a text as a block, unless there is none.
func (w *textWriter) paragraph(s string) {
	if s = strings.Trim(s, " \n"); s != "" {
		w.part()
		w.wrap(s)
		w.gap = true
	}
}

func (w *textWriter) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

func (w *textWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(w.inlines(n))
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.part()
		w.within("> ", "> ", func() { w.blocks(n) })
	case *ast.CodeBlock:
		w.code(n)
	case *ast.FencedCodeBlock:
		w.code(n)
	case *ast.List:
		w.list(n)
	case *ast.ThematicBreak:
		w.paragraph("* * *")
	case *ast.HTMLBlock:
		w.rawBlock(w.doc.raw[n])
	case *extast.Table:
		w.table(n)
	case *extast.FootnoteList:
		w.paragraph("* * *")
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.part()
			mark := "[" + strconv.Itoa(c.(*extast.Footnote).Index) + "] "
			w.within(mark, strings.Repeat(" ", len(mark)), func() { w.blocks(c) })
		}
	case *ast.LinkReferenceDefinition:
	default:
		w.blocks(n)
	}
}

func (w *textWriter) heading(n *ast.Heading) {
	s := strings.Trim(w.inlines(n), " \n")
	if s == "" {
		return
	}
	w.paragraph(s)
	if n.Level > 2 {
		return
	}
	width := displaywidth.String(s)
	if room := w.room(); room > 0 {
		width = min(width, room)
	}
	w.line(strings.Repeat(map[int]string{1: "=", 2: "-"}[n.Level], min(width, 80)))
}

func (w *textWriter) code(n ast.Node) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	w.part()
	w.within("    ", "    ", func() {
		for i := range lines.Len() {
			line := lines.At(i)
			w.line(strings.ReplaceAll(strings.TrimRight(string(value(w.doc.src, line)), "\n"), "\t", "    "))
		}
	})
}

func (w *textWriter) list(n *ast.List) {
	w.part()
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		if !n.IsTight {
			w.part()
		}
		w.gap = false
		w.within(mark, strings.Repeat(" ", len(mark)), func() {
			for b := c.FirstChild(); b != nil; b = b.NextSibling() {
				if n.IsTight {
					w.gap = false
				}
				w.block(b)
			}
		})
	}
	w.gap = true
}

// table writes a table in columns, or, where it is too wide, cell by cell.
func (w *textWriter) table(n *extast.Table) {
	var rows [][]string
	var widths []int
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			s := strings.ReplaceAll(strings.Trim(w.inlines(c), " \n"), "\n", " ")
			if len(row) == len(widths) {
				widths = append(widths, 0)
			}
			widths[len(row)] = max(widths[len(row)], displaywidth.String(s))
			row = append(row, s)
		}
		rows = append(rows, row)
	}
	total := 2 * (len(widths) - 1)
	for _, n := range widths {
		total += n
	}
	room := w.room()
	if room == 0 {
		room = 100
	}
	w.part()
	if total <= room {
		w.columns(rows, widths, n.Alignments)
	} else {
		w.stacked(rows)
	}
	w.gap = true
}

func (w *textWriter) columns(rows [][]string, widths []int, align []extast.Alignment) {
	for i, row := range rows {
		var line, rule strings.Builder
		for j, cell := range row {
			if j > 0 {
				line.WriteString("  ")
				rule.WriteString("  ")
			}
			left, right := 0, widths[j]-displaywidth.String(cell)
			if j < len(align) && align[j] == extast.AlignRight {
				left, right = right, 0
			}
			line.WriteString(strings.Repeat(" ", left) + cell + strings.Repeat(" ", right))
			rule.WriteString(strings.Repeat("-", widths[j]))
		}
		w.line(line.String())
		if i == 0 {
			w.line(rule.String())
		}
	}
}

// stacked writes each row as lines of "heading: cell".
func (w *textWriter) stacked(rows [][]string) {
	if len(rows) == 1 {
		w.wrap(strings.Join(rows[0], " | "))
		return
	}
	for i, row := range rows[1:] {
		if i > 0 {
			w.line("")
		}
		for j, cell := range row {
			if cell == "" {
				continue
			}
			if head := rows[0][min(j, len(rows[0])-1)]; head != "" {
				// Each row repeats it: a long one would make the text long.
				cell = clip(head, 60) + ": " + cell
			}
			w.wrap(cell)
		}
	}
	// What the headings say in full, if it was cut.
	for _, head := range rows[0] {
		if clip(head, 60) != head {
			w.line("")
			w.wrap(head)
		}
	}
}
