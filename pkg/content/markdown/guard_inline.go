package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// codeSpan guards runs of backticks: one without a partner is looked for to
// the end of the block.
type codeSpan struct{ parser.InlineParser }

func (c codeSpan) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := pc.(*work)
	if w.err != nil {
		return nil
	}
	_, at := block.PeekLine()
	node := c.InlineParser.Parse(parent, block, pc)
	if _, ok := node.(*ast.CodeSpan); !ok {
		w.spend(rest(parent, at.Start), at.Start, "`")
	}
	return node
}

// footnoteRef guards [^, which is looked up in a list of all footnotes.
type footnoteRef struct{ parser.InlineParser }

func (f footnoteRef) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if !bytes.HasPrefix(bytes.TrimPrefix(line, []byte{'!'}), []byte("[^")) {
		return nil
	}
	w := pc.(*work)
	if !w.spend(w.footnotes+min(len(line), 999), at.Start, "[^]") {
		return nil
	}
	return f.InlineParser.Parse(parent, block, pc)
}

// bracket guards links and images.
type bracket struct{ parser.InlineParser }

func (b bracket) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := pc.(*work)
	if w.err != nil {
		return nil
	}
	w.enter(parent)
	line, at := block.PeekLine()
	if line[0] != ']' {
		node := b.InlineParser.Parse(parent, block, pc)
		if node != nil {
			w.brackets = append(w.brackets, at.Start)
		}
		return node
	}
	if n := len(w.brackets); n > 0 {
		// All between the brackets is searched for a link, then read again as
		// the name of a definition.
		if !w.spend(at.Start-w.brackets[n-1], at.Start, "[") {
			return nil
		}
		w.brackets = w.brackets[:n-1]
		if n-1 < w.lastDepth {
			w.lastDepth = -1
		}
	}
	steps := 0
	if w.LastDelimiter() != nil {
		// A link whose text has a delimiter walks all nodes before it.
		steps = parent.ChildCount()
	}
	node := b.InlineParser.Parse(parent, block, pc)
	if node == nil {
		steps = looked(line, w.src[at.Start:at.Start+rest(parent, at.Start)])
	}
	w.spend(steps, at.Start, "[")
	return node
}

// looked returns how far was looked for the end of a link behind a ] that ends
// none: for ]( to the end of the block, for ][ to the next ].
func looked(line, rest []byte) int {
	switch {
	case len(line) < 2 || len(rest) < 2:
		return 0
	case line[1] == '(':
		return len(rest)
	case line[1] != '[':
		return 0
	}
	for i := 2; i < len(rest); i++ {
		switch rest[i] {
		case ']':
			return i
		case '\\':
			i++
		}
	}
	return len(rest)
}

// CloseBlock makes text of the brackets that are still open.
func (b bracket) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := b.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// maxTag is the length of the longest HTML tag inside a paragraph.
const maxTag = 4096

// rawTag guards HTML tags, for which a slow regular expression is used.
type rawTag struct{ parser.InlineParser }

func (r rawTag) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := pc.(*work)
	line, at := block.PeekLine()
	if w.err != nil || len(line) < 2 {
		return nil
	}
	switch c := line[1]; {
	case c == '!' || c == '?': // Goldmark remembers where it found no end
		return r.InlineParser.Parse(parent, block, pc)
	case c != '/' && (c|0x20 < 'a' || c|0x20 > 'z'):
		return nil
	}
	near := w.src[at.Start:min(len(w.src), at.Start+maxTag)]
	if bytes.IndexByte(near, '>') < 0 {
		return nil
	}
	node := r.InlineParser.Parse(parent, block, pc)
	if node == nil {
		w.spend(8*min(rest(parent, at.Start), maxTag), at.Start, "<")
	}
	return node
}

// delimiter guards emphasis and strikethrough. Every closing delimiter is
// compared with all open ones before it.
type delimiter struct{ parser.InlineParser }

func (d delimiter) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := pc.(*work)
	if w.err != nil {
		return nil
	}
	w.enter(parent)
	before := w.LastDelimiter()
	_, at := block.PeekLine()
	node, ok := d.InlineParser.Parse(parent, block, pc).(*parser.Delimiter)
	if !ok {
		return nil
	}
	if w.lastDepth == len(w.brackets) && pairs(before, node) {
		w.pending, w.lastDepth = w.pending-1, -1
		return node
	}
	if node.CanClose {
		w.spend(w.pending+node.Length, at.Start, string(node.Char))
	}
	w.pending, w.lastDepth = w.pending+1, len(w.brackets)
	return node
}

// pairs reports whether two neighbouring delimiters are certain to match, as
// those of an ordinary **word** do.
func pairs(a, b *parser.Delimiter) bool {
	return a != nil && a.Char == b.Char && a.OriginalLength == b.OriginalLength &&
		a.CanOpen && !a.CanClose && b.CanClose && !b.CanOpen
}

// address guards bare addresses, which Goldmark looks for at every space: it
// is only asked where there can be one.
type address struct{ parser.InlineParser }

const (
	failedURL   = 1024 // steps of a slow regular expression, bounded to 256 bytes
	failedEmail = 512
)

func (a address) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := pc.(*work)
	if w.err != nil {
		return nil
	}
	line, at := block.PeekLine()
	word := line
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		word = line[1:]
	}
	if len(word) == 0 {
		return nil
	}
	steps := 0
	switch word[0] {
	case 'h', 'f', 'w':
		if bytes.HasPrefix(word, []byte("http")) || bytes.HasPrefix(word, []byte("ftp:")) || bytes.HasPrefix(word, []byte("www.")) {
			steps = failedURL
		}
	}
	if steps == 0 {
		if !mailbox(word) {
			return nil
		}
		steps = failedEmail
	}
	node := a.InlineParser.Parse(parent, block, pc)
	if node == nil {
		w.spend(steps, at.Start, string(line[0]))
	}
	return node
}

// mailbox reports whether a word can be an e-mail address: an @ within the
// 64 bytes that its local part may have (RFC 5321, section 4.5.3.1.1).
func mailbox(word []byte) bool {
	for i, c := range word[:min(len(word), 65)] {
		switch {
		case c == '@':
			return i > 0
		case c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '(' || c == ')' || c == '[' || c == ']' || c == ',' || c == ';' || c == ':' || c == '"' || c == '\\':
			return false
		}
	}
	return false
}
