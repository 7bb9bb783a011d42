package layout

import (
	"fmt"
	"io"
	"slices"
	"text/template/parse"
)

// MaxSteps is how many actions of own files a template may run: far more than
// any page has, and done in seconds.
const MaxSteps = 10_000_000

// errEndless stops a template that runs more than [MaxSteps] actions.
var errEndless = fmt.Errorf("more than %d steps", MaxSteps)

// marks are where own files are counted. The engine cannot be stopped from
// outside, and a loop that writes nothing never asks the writer; so an empty
// text stands before each action, which the engine writes like any other. By
// its first byte, which is not written, a mark knows its place.
type marks map[*byte]place

// place is a node of a definition.
type place struct {
	tree *parse.Tree
	node parse.Node
}

// mark puts marks into the definitions of own files. It has to be done before
// the first of the set is executed.
func (t *Template) mark() {
	t.marks = marks{}
	for _, def := range t.t.Templates() {
		if def.Tree != nil && def.Tree.Root != nil && slices.Contains(t.own, def.Tree.ParseName) {
			t.marks.list(def.Tree, def.Tree.Root)
		}
	}
}

// list puts a mark before each action of a list, and of those inside it.
func (m marks) list(tree *parse.Tree, l *parse.ListNode) {
	if l == nil {
		return
	}
	all := make([]parse.Node, 0, 2*len(l.Nodes))
	for _, n := range l.Nodes {
		if n.Type() != parse.NodeText {
			all = append(all, m.at(tree, n))
		}
		all = append(all, n)
		switch n := n.(type) {
		case *parse.IfNode:
			m.branch(tree, &n.BranchNode)
		case *parse.WithNode:
			m.branch(tree, &n.BranchNode)
		case *parse.RangeNode:
			m.branch(tree, &n.BranchNode)
			n.List.Nodes = slices.Insert(n.List.Nodes, 0, m.at(tree, n)) // also where it is empty
		}
	}
	l.Nodes = all
}

func (m marks) branch(tree *parse.Tree, b *parse.BranchNode) {
	m.list(tree, b.List)
	m.list(tree, b.ElseList)
}

// at returns a new mark of a node.
func (m marks) at(tree *parse.Tree, n parse.Node) parse.Node {
	id := make([]byte, 1)
	m[&id[0]] = place{tree, n}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Position(), Text: id[:0]}
}

// endless is the error of a template that does not end at the mark p, with its
// place where that is known: the engine copies a definition that stands in
// several kinds of text, and its marks are then like each other.
func (m marks) endless(p []byte) error {
	if cap(p) == 0 {
		return errEndless
	}
	at, ok := m[&p[:1][0]]
	if !ok {
		return errEndless
	}
	where, _ := at.tree.ErrorContext(at.node)
	return fmt.Errorf("template: %s: %w", where, errEndless)
}

// limited is a writer that takes so many bytes and marks, and no more.
type limited struct {
	w           io.Writer
	bytes, left int
	marks       marks
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > 0 {
		if l.bytes -= len(p); l.bytes < 0 {
			return 0, errTooLong
		}
		return l.w.Write(p)
	}
	if l.left--; l.left < 0 {
		return 0, l.marks.endless(p)
	}
	return 0, nil
}
