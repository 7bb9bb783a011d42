package value

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"editorial/pkg/problem"
)

// How many opening brackets a TOML document may have: go-toml recurses on
// them. And how many brackets and dots, where it is not known to nest within
// MaxDepth: BurntSushi/toml takes cubic time on "a={a={a={…".
const (
	maxOpen   = MaxNodes
	maxNested = 1000
)

// ParseTOML reads a TOML document whose first byte stands on line firstLine
// of the file.
func ParseTOML[Text string | []byte](file string, src Text, firstLine int) (Value, []problem.Problem) {
	s, ok := newSource(file, string(src), firstLine)
	if !ok {
		return Value{Kind: Map, At: s.start()}, s.problems
	}
	if v, ok := quickTOML(s); ok {
		return v, nil
	}
	return libraryTOML(s)
}

// libraryTOML reads any document. BurntSushi/toml decides what is valid; the
// tree with its places is built from the syntax tree of go-toml, which alone
// knows where keys stand.
func libraryTOML(s *source) (Value, []problem.Problem) {
	s.src = []byte(s.text)
	root := Value{Kind: Map, At: s.start()}
	open := bytes.Count(s.src, []byte("[")) + bytes.Count(s.src, []byte("{"))
	if open > maxOpen {
		s.add(s.start(), CodeTooMany, problem.Params{"max": strconv.Itoa(maxOpen)}, nil)
		return root, s.problems
	}
	t := &tomlReader{source: s, root: &tomlTable{at: root.At}}
	t.parser.Reset(s.src)
	err := t.document()
	if len(s.problems) > 0 {
		return t.root.value(), s.problems
	}
	if err == nil || open+bytes.Count(s.src, []byte(".")) <= maxNested {
		var tree map[string]any
		if _, bad := toml.Decode(s.text, &tree); bad != nil {
			s.syntax("TOML", s.tomlErrorAt(bad), tomlMessage(bad), bad)
			err = nil
		}
	}
	if err != nil {
		s.syntax("TOML", s.at(t.errorOffset(err)), strings.TrimPrefix(err.Error(), "toml: "), err)
	}
	return t.root.value(), s.problems
}

// errorOffset is where the parser says that its error is; it panics on a
// highlight that is not part of the source.
func (t *tomlReader) errorOffset(err error) (off int) {
	defer func() {
		if recover() != nil {
			off = t.end
		}
	}()
	var pe *unstable.ParserError
	if !errors.As(err, &pe) {
		return t.end
	}
	return int(t.parser.Range(pe.Highlight).Offset)
}

func (s *source) tomlErrorAt(err error) problem.Position {
	var pe toml.ParseError
	if errors.As(err, &pe) {
		return s.at(pe.Position.Start)
	}
	return s.start()
}

func tomlMessage(err error) string {
	var pe toml.ParseError
	if errors.As(err, &pe) && pe.Message != "" {
		return pe.Message
	}
	return strings.TrimPrefix(err.Error(), "toml: ")
}

// tomlTable is a table that later headers may still add to.
type tomlTable struct {
	at     problem.Position
	items  []*tomlItem
	byName map[string]*tomlItem
	// header is set once [a.b] has named the table, dotted once a key such as
	// a.b.c = 1 has: then no header may, and of a header's table, no dotted key.
	header, dotted bool
}

// tomlItem is a key: a table, an array of tables, or neither.
type tomlItem struct {
	key    string
	at     problem.Position
	val    Value
	table  *tomlTable
	tables []*tomlTable
}

func (t *tomlTable) get(key string) *tomlItem {
	if t.byName != nil {
		return t.byName[key]
	}
	for _, i := range t.items {
		if i.key == key {
			return i
		}
	}
	return nil
}

func (t *tomlTable) add(i *tomlItem) *tomlItem {
	t.items = append(t.items, i)
	if len(t.items) > 16 {
		if t.byName == nil {
			t.byName = make(map[string]*tomlItem, 2*len(t.items))
			for _, i := range t.items {
				t.byName[i.key] = i
			}
		}
		t.byName[i.key] = i
	}
	return i
}

func (t *tomlTable) value() Value {
	v := Value{Kind: Map, At: t.at}
	if len(t.items) > 0 {
		v.Map = make([]Member, len(t.items))
	}
	for n, i := range t.items {
		val := i.val
		switch {
		case i.table != nil:
			val = i.table.value()
		case i.tables != nil:
			val = Value{Kind: List, At: i.at}
			for _, e := range i.tables {
				val.List = append(val.List, e.value())
			}
		}
		v.Map[n] = Member{i.key, i.at, val}
	}
	return v
}

type tomlReader struct {
	*source
	parser unstable.Parser
	root   *tomlTable
	end    int // of what was understood
}

// document reads all expressions. The error is the parser's; problems of its
// own are in the source.
func (t *tomlReader) document() error {
	into, depth := t.root, 0
	for t.parser.NextExpression() {
		e := t.parser.Expression()
		if e.Kind == unstable.KeyValue {
			t.keyValue(into, e, depth)
		} else if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			into, depth = t.header(e)
		}
		if len(t.problems) > 0 {
			return nil
		}
	}
	return t.parser.Error()
}

// header enters the table that [a.b] or [[a.b]] names.
func (t *tomlReader) header(e *unstable.Node) (*tomlTable, int) {
	into, depth := t.root, 0
	for it := e.Key(); it.Next(); {
		k := it.Node()
		at := t.at(int(k.Raw.Offset))
		t.end = int(k.Raw.Offset + k.Raw.Length)
		depth++
		if !t.enter(at, depth) {
			return into, depth
		}
		i := into.get(string(k.Data))
		last := it.IsLast()
		switch {
		case i == nil && last && e.Kind == unstable.ArrayTable:
			i = into.add(&tomlItem{key: string(k.Data), at: at, tables: []*tomlTable{{at: at}}})
		case i == nil:
			i = into.add(&tomlItem{key: string(k.Data), at: at, table: &tomlTable{at: at, header: last}})
		case last && e.Kind == unstable.ArrayTable && i.tables != nil:
			i.tables = append(i.tables, &tomlTable{at: at})
		case last && e.Kind == unstable.ArrayTable, i.table == nil && i.tables == nil, last && i.tables != nil,
			last && i.table != nil && i.table.dotted:
			t.duplicate(at, i.key, i.at)
			return into, depth
		case last:
			i.table.header = true // the library reports one named twice
		}
		if i.tables != nil {
			into = i.tables[len(i.tables)-1]
		} else {
			into = i.table
		}
	}
	return into, depth
}

// keyValue adds a.b = v to a table.
func (t *tomlReader) keyValue(into *tomlTable, e *unstable.Node, depth int) {
	var at problem.Position
	for it := e.Key(); it.Next(); {
		k := it.Node()
		at = t.at(int(k.Raw.Offset))
		t.end = int(k.Raw.Offset + k.Raw.Length)
		depth++
		i := into.get(string(k.Data))
		switch {
		case it.IsLast() && i == nil:
			v := t.value(e.Value(), t.valueStart(t.end), depth)
			into.add(&tomlItem{key: string(k.Data), at: at, val: v})
		case it.IsLast() || i != nil && (i.table == nil || i.table.header):
			t.duplicate(at, i.key, i.at)
			return
		case i == nil:
			if !t.enter(at, depth) {
				return
			}
			i = into.add(&tomlItem{key: string(k.Data), at: at, table: &tomlTable{at: at}})
			fallthrough
		default:
			into = i.table
			into.dotted = true
		}
	}
}

// valueStart is the offset of the value after a key that ends at off.
func (t *tomlReader) valueStart(off int) int {
	for off < len(t.src) && (t.src[off] == ' ' || t.src[off] == '\t' || t.src[off] == '=') {
		off++
	}
	return off
}

// between skips what may stand between the values of a list or an inline
// table: white space, line ends, commas and comments.
func (t *tomlReader) between(off int) int {
	for off < len(t.src) {
		switch t.src[off] {
		case ' ', '\t', '\r', '\n', ',':
			off++
		case '#':
			end := bytes.IndexByte(t.src[off:], '\n')
			if end < 0 {
				return len(t.src)
			}
			off += end
		default:
			return off
		}
	}
	return off
}

// value reads a value that begins at off and leaves t.end behind it.
func (t *tomlReader) value(n *unstable.Node, off, depth int) Value {
	v := Value{At: t.at(off)}
	if !t.enter(v.At, depth) {
		return v
	}
	switch n.Kind {
	case unstable.Array:
		v.Kind = List
		t.end = off + 1
		for it := n.Children(); it.Next(); {
			if it.Node().Kind == unstable.Comment {
				continue
			}
			v.List = append(v.List, t.value(it.Node(), t.between(t.end), depth+1))
		}
		t.end = t.between(t.end) + 1
		return v
	case unstable.InlineTable:
		table := &tomlTable{at: v.At}
		t.end = off + 1
		for it := n.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				t.keyValue(table, it.Node(), depth)
			}
		}
		t.end = t.between(t.end) + 1
		return table.value()
	}
	t.end = int(n.Raw.Offset + n.Raw.Length)
	t.scalar(&v, n)
	return v
}

func (t *tomlReader) scalar(v *Value, n *unstable.Node) {
	v.Str = string(n.Data)
	digits := strings.ReplaceAll(v.Str, "_", "")
	var err error
	switch n.Kind {
	case unstable.String:
		v.Kind = String
	case unstable.Bool:
		v.Kind, v.Bool = Bool, v.Str == "true"
	case unstable.Integer:
		v.Kind = Int
		v.Int, err = strconv.ParseInt(digits, 0, 64)
	case unstable.Float:
		v.Kind = Float
		if strings.HasSuffix(digits, "nan") { // which strconv knows without a sign
			digits = "nan"
		}
		v.Float, err = strconv.ParseFloat(digits, 64)
	case unstable.LocalDate, unstable.LocalTime, unstable.LocalDateTime:
		v.Kind = Time
	case unstable.DateTime:
		v.Kind = Time
		if n := len(v.Str); v.Str[n-3] == ':' && v.Str[n-2] > '5' { // the libraries let +12:60 pass
			t.syntax("TOML", v.At, "offset out of range", nil)
		}
	}
	if err != nil {
		t.syntax("TOML", v.At, "number out of range", err)
	}
}
