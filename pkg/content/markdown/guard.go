package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Goldmark cannot be cancelled and has inputs that keep it busy for minutes
// (docs/markdown.md lists them). So its parsers run behind guards that count,
// before or right after each step that can look back or ahead, how far it can
// have looked. The count depends on the bytes alone, never on the machine.
const (
	// MaxBytes is the length of the longest body that is parsed.
	MaxBytes = 1 << 20
	// maxDepth is the number of containers (quotes, lists, list items,
	// footnotes) in one another, and that of inline elements in one another.
	// HTML parsers give up at 512 in all.
	maxDepth = 100
	// workBase and workPerByte are the steps allowed: an honest post takes
	// less than two a byte. A step is some nanoseconds.
	workBase, workPerByte = 1 << 20, 64
	// tableSpare is how many cells a table may have beyond one for each of
	// its bytes; rows shorter than the header are filled up with cells.
	tableSpare = 10_000
)

// work is the context of one parse: Goldmark's own with a meter in it.
type work struct {
	parser.Context
	src  []byte
	left int // steps
	err  *Error

	// Counts of the leaf block that is parsed.
	block    ast.Node
	pending  int   // delimiters that may still wait for a partner
	brackets []int // offsets of the open [
	// lastDepth is the number of open brackets when the last delimiter was
	// pushed, or -1 once one of them was closed.
	lastDepth int

	footnotes int
}

func newWork(src []byte) *work {
	return &work{Context: parser.NewContext(), src: src, left: workBase + workPerByte*len(src)}
}

// spend takes steps off and reports whether any are left. The first construct
// that finds none is the one to blame.
func (w *work) spend(steps, at int, what string) bool {
	w.left -= steps
	if w.left < 0 {
		w.refuse(at, what)
	}
	return w.err == nil
}

func (w *work) refuse(at int, what string) {
	if w.err == nil {
		w.err = &Error{Code: CodeTooComplex, Line: lineOf(w.src, at), What: what}
	}
}

// lineOf returns the line of an offset, from 1.
func lineOf(src []byte, at int) int {
	return 1 + bytes.Count(src[:max(0, min(at, len(src)))], []byte{'\n'})
}

// enter says which leaf block is parsed.
func (w *work) enter(block ast.Node) {
	if w.block != block {
		w.block, w.pending, w.brackets, w.lastDepth = block, 0, w.brackets[:0], -1
	}
}

// rest returns the number of bytes from an offset to the end of the leaf
// block, markers of containers between its lines included.
func rest(block ast.Node, at int) int {
	lines := block.Lines()
	if lines == nil || lines.Len() == 0 {
		return 0
	}
	return max(0, lines.At(lines.Len()-1).Stop-at)
}

// container guards quotes, lists, list items and footnotes: how deep they
// stand in one another, and that every line passes all that are open.
type container struct{ parser.BlockParser }

const containerSigns = "> - 1."

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	w := pc.(*work)
	_, at := reader.Position()
	if w.err != nil {
		return nil, parser.NoChildren
	}
	node, state := c.BlockParser.Open(parent, reader, pc)
	if node != nil && len(w.OpenedBlocks()) >= maxDepth {
		w.refuse(at.Start, containerSigns)
	}
	return node, state
}

func (c container) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	w := pc.(*work)
	line, at := reader.PeekLine()
	indent := 0
	for indent < len(line) && (line[indent] == ' ' || line[indent] == '\t') {
		indent++
	}
	// 16: each call also leaves a record of 24 bytes until the blocks close.
	if !w.spend(16+indent, at.Start, containerSigns) {
		return parser.Close
	}
	return c.BlockParser.Continue(node, reader, pc)
}

// footnoteBlock guards the list that footnotes are looked up in and sorted by.
type footnoteBlock struct{ container }

func (f footnoteBlock) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := f.container.Open(parent, reader, pc)
	if node != nil {
		w := pc.(*work)
		_, at := reader.Position()
		w.footnotes++
		w.spend(w.footnotes, at.Start, "[^]:")
	}
	return node, state
}

// paragraph guards what Goldmark makes of a whole paragraph, before it does:
// link definitions, each of which moves all the lines after it, and tables,
// whose short rows are filled up.
type paragraph struct{}

func (paragraph) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	w := pc.(*work)
	lines := node.Lines()
	n := lines.Len()
	if n < 2 || w.err != nil {
		return
	}
	src := reader.Source()
	at := lines.At(0).Start
	if opens(src[lines.At(0).Start:lines.At(0).Stop]) {
		definitions := 0
		for i := range n {
			if opens(src[lines.At(i).Start:lines.At(i).Stop]) {
				definitions++
			}
		}
		if !w.spend(definitions*(n/4), at, "[]:") {
			node.SetLines(text.NewSegments())
			return
		}
	}
	for i := 1; i < n; i++ {
		columns := delimiterRow(src[lines.At(i).Start:lines.At(i).Stop])
		if columns == 0 {
			continue
		}
		// Shorter rows are filled up, escaped bars in code are looked up
		// among all the others of the document.
		size := lines.At(n-1).Stop - at
		escaped := bytes.Count(src[at:at+size], []byte(`\|`))
		if columns*(n-i-1) > size+tableSpare || !w.spend(escaped*escaped, at, "|") {
			w.refuse(at, "|")
			node.SetLines(text.NewSegments())
		}
		return
	}
}

// opens reports whether a line begins with [.
func opens(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 0 && line[0] == '['
}

// delimiterRow returns an upper bound of the columns of a table's second
// line, or 0 if the line is none.
func delimiterRow(line []byte) int {
	dash, bars := false, 0
	for _, c := range line {
		switch c {
		case '-':
			dash = true
		case '|':
			bars++
		case ':', ' ', '\t', '\n', '\r':
		default:
			return 0
		}
	}
	if !dash {
		return 0
	}
	return bars + 1
}
