package value

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"editorial/pkg/problem"
)

// ParseYAML reads one YAML document whose first byte stands on line firstLine
// of the file.
func ParseYAML[Text string | []byte](file string, src Text, firstLine int) (Value, []problem.Problem) {
	s, ok := newSource(file, string(src), firstLine)
	if !ok {
		return Value{Kind: Map, At: s.start()}, s.problems
	}
	if v, ok := quickYAML(s); ok {
		return v, nil
	}
	return libraryYAML(s)
}

// libraryYAML reads any document.
func libraryYAML(s *source) (Value, []problem.Problem) {
	s.src = []byte(s.text)
	root := Value{Kind: Map, At: s.start()}
	y := &yamlReader{source: s}
	y.findBreaks()
	var doc, second yaml.Node
	load, err := yaml.NewLoader(bytes.NewReader(s.src))
	if err == nil {
		err = load.Load(&doc)
	}
	if err == nil {
		switch err := load.Load(&second); {
		case err == nil:
			s.add(y.place(second.Line, second.Column), CodeDocuments, nil, nil)
		case !errors.Is(err, io.EOF):
			y.fail(err)
		}
	}
	if err != nil {
		if !errors.Is(err, io.EOF) {
			y.fail(err)
		}
		return root, s.problems
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		switch v := y.value(doc.Content[0], 0); v.Kind {
		case Map:
			root = v
		case Null:
		default:
			s.notTable("YAML", v.At)
		}
	}
	return root, s.problems
}

type yamlReader struct {
	*source
	// breaks are the offsets of YAML's lines, where they are not those of the
	// file: YAML ends a line at a lone CR, NEL, LS and PS too.
	breaks []int
}

func (y *yamlReader) findBreaks() {
	if !bytes.ContainsAny(y.src, "\r\u0085\u2028\u2029") {
		return
	}
	y.breaks = []int{0}
	for i := 0; i < len(y.src); {
		r, n := utf8.DecodeRune(y.src[i:])
		i += n
		if r == '\r' && i < len(y.src) && y.src[i] == '\n' {
			i++
			r = '\n'
		}
		if r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			y.breaks = append(y.breaks, i)
		}
	}
}

// place turns a line and a column of the library, both from 1, into a place
// of the file. 0 means unknown.
func (y *yamlReader) place(line, col int) problem.Position {
	if line < 1 {
		return y.start()
	}
	if y.breaks == nil {
		return problem.Position{File: y.file, Line: y.first + line - 1, Col: max(col, 1)}
	}
	off := y.breaks[min(line, len(y.breaks))-1]
	for ; col > 1 && off < len(y.src); col-- {
		_, n := utf8.DecodeRune(y.src[off:])
		off += n
	}
	return y.at(off)
}

func (y *yamlReader) node(n *yaml.Node) problem.Position { return y.place(n.Line, n.Column) }

func (y *yamlReader) fail(err error) {
	at, detail := y.start(), err.Error()
	var le *yaml.LoadError
	if errors.As(err, &le) {
		if mark := le.Mark; mark.Line > 0 {
			at = y.place(mark.Line, mark.Column)
		}
		if le.Message != "" {
			detail = strings.TrimPrefix(le.Message, "yaml: ")
		}
		if le.ContextMsg != "" {
			detail += " " + le.ContextMsg
		}
	}
	if i := bytes.IndexFunc(y.src, unprintable); i >= 0 && at == y.start() {
		at = y.at(i)
	}
	y.syntax("YAML", y.inside(at), detail, err)
}

// unprintable reports a character that YAML 1.2 does not allow (section 5.1).
func unprintable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f ||
		r >= 0x80 && r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff
}

// inside moves a place behind the end of the source to its end.
func (y *yamlReader) inside(at problem.Position) problem.Position {
	if end := y.at(len(y.src)); at.Line > end.Line || at.Line == end.Line && at.Col > end.Col {
		return end
	}
	return at
}

func (y *yamlReader) value(n *yaml.Node, depth int) Value {
	v := Value{At: y.inside(y.node(n))}
	if !y.enter(v.At, depth) {
		return v
	}
	switch n.Kind {
	case yaml.AliasNode:
		if n.Alias != nil {
			at := v.At
			y.nodes--
			v = y.value(n.Alias, depth+1)
			v.At = at
		}
	case yaml.SequenceNode:
		v.Kind = List
		y.tag(n, v.At, "!!seq")
		for _, c := range n.Content {
			v.List = append(v.List, y.value(c, depth+1))
			if y.nodes > MaxNodes {
				break
			}
		}
	case yaml.MappingNode:
		v.Kind = Map
		y.tag(n, v.At, "!!map")
		v.Map = y.members(n, depth)
	case yaml.ScalarNode:
		y.scalar(&v, n)
	}
	return v
}

// members reads a mapping. What it says itself wins over what it merges in,
// and the first merged over the next.
func (y *yamlReader) members(n *yaml.Node, depth int) []Member {
	own := make([]Member, 0, len(n.Content)/2)
	seen := make(map[string]problem.Position, len(n.Content)/2)
	var merged []Value
	for i := 0; i+1 < len(n.Content) && y.nodes <= MaxNodes; i += 2 {
		k, at := n.Content[i], y.inside(y.node(n.Content[i]))
		if k.Kind == yaml.AliasNode && k.Alias != nil {
			k = k.Alias
		}
		if k.Kind != yaml.ScalarNode {
			y.add(at, CodeUnsupported, problem.Params{"what": "? […]"}, nil)
			continue
		}
		v := y.value(n.Content[i+1], depth+1)
		if k.Tag == "!!merge" && k.Style == 0 {
			merged = append(merged, y.mergeable(v)...)
			continue
		}
		if before, twice := seen[k.Value]; twice {
			y.duplicate(at, k.Value, before)
			continue
		}
		seen[k.Value] = at
		own = append(own, Member{k.Value, at, v})
	}
	for _, v := range merged {
		for _, m := range v.Map {
			if _, said := seen[m.Key]; !said {
				seen[m.Key] = m.At
				own = append(own, m)
			}
		}
	}
	return own
}

// mergeable returns the maps of the value of a merge key.
func (y *yamlReader) mergeable(v Value) []Value {
	all := []Value{v}
	if v.Kind == List {
		all = v.List
	}
	if i := slices.IndexFunc(all, func(v Value) bool { return v.Kind != Map }); i >= 0 {
		y.add(all[i].At, CodeUnsupported, problem.Params{"what": "<<"}, nil)
		return nil
	}
	return all
}

// tag reports a tag that n may not have.
func (y *yamlReader) tag(n *yaml.Node, at problem.Position, may ...string) {
	if n.Style&yaml.TaggedStyle != 0 && !slices.Contains(may, n.ShortTag()) {
		y.add(at, CodeUnsupported, problem.Params{"what": n.Tag}, nil)
	}
}

func (y *yamlReader) scalar(v *Value, n *yaml.Node) {
	v.Kind, v.Str = String, n.Value
	if n.Style&yaml.TaggedStyle != 0 {
		if want := n.ShortTag(); want != "!!str" {
			core(v)
			if "!!"+v.Kind.String() != want && (v.Kind != Int || want != "!!float") {
				y.add(v.At, CodeUnsupported, problem.Params{"what": n.Tag}, nil)
			}
		}
		return
	}
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		v.Plain = true
		core(v)
	}
}

// core gives a plain scalar its type by the core schema (YAML 1.2.2, section
// 10.3.2). A number beyond int64 or float64 stays text.
func core(v *Value) {
	s := v.Str
	if s != "" && !strings.ContainsRune("~nNtTfF+-.0123456789", rune(s[0])) {
		return
	}
	switch s {
	case "", "~", "null", "Null", "NULL":
		v.Kind = Null
		return
	case "true", "True", "TRUE":
		v.Kind, v.Bool = Bool, true
		return
	case "false", "False", "FALSE":
		v.Kind = Bool
		return
	}
	unsigned := strings.TrimLeft(s[:1], "+-") + s[1:]
	switch {
	case unsigned == "":
	case strings.HasPrefix(s, "0o"):
		setInt(v, s[2:], 8, "01234567")
	case strings.HasPrefix(s, "0x"):
		setInt(v, s[2:], 16, "0123456789abcdefABCDEF")
	case strings.Trim(unsigned, "0123456789") == "":
		setInt(v, s, 10, "+-0123456789")
	case slices.Contains([]string{".inf", ".Inf", ".INF"}, unsigned):
		v.Kind = Float
		v.Float, _ = strconv.ParseFloat(s[:len(s)-4]+"inf", 64)
	case slices.Contains([]string{".nan", ".NaN", ".NAN"}, s):
		v.Kind = Float
		v.Float, _ = strconv.ParseFloat("nan", 64)
	case looksFloat(unsigned):
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			v.Kind, v.Float = Float, f
		}
	}
}

// looksFloat reports digits with a point among, before or behind them, and
// perhaps an exponent.
func looksFloat(s string) bool {
	digits := func() bool {
		n := len(s)
		s = strings.TrimLeft(s, "0123456789")
		return len(s) < n
	}
	some := digits()
	if strings.HasPrefix(s, ".") {
		s = s[1:]
		some = digits() || some
	}
	if some && s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		some = digits()
	}
	return some && s == ""
}

func setInt(v *Value, digits string, base int, allowed string) {
	if strings.Trim(digits, allowed) != "" {
		return
	}
	if i, err := strconv.ParseInt(digits, base, 64); err == nil {
		v.Kind, v.Int = Int, i
	}
}
