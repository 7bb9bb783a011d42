package value

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// yamlEdit finds a change in a document that is known to be valid.
type yamlEdit struct {
	src   []byte
	lines []int // where the lines of YAML begin
	eol   string
}

func editYAML(src []byte, path []string, v Value, eol string) (splice, error) {
	var doc yaml.Node
	y := &yamlReader{source: &source{src: src, first: 1, line: 1, col: 1}}
	y.findBreaks()
	e := &yamlEdit{src: src, lines: y.breaks, eol: eol}
	if e.lines == nil {
		e.lines = []int{0}
		for i, c := range src {
			if c == '\n' {
				e.lines = append(e.lines, i+1)
			}
		}
	}
	// An empty document is no document to the library.
	if err := yaml.Load(src, &doc); err != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return addLast(src, e.block(path, v, ""), eol), nil
	}
	return e.in(doc.Content[0], path, v, true)
}

// offset is the byte at which a node begins.
func (e *yamlEdit) offset(n *yaml.Node) int {
	off := e.lines[min(max(n.Line, 1), len(e.lines))-1]
	for col := 1; col < n.Column && off < len(e.src); col++ {
		_, size := utf8.DecodeRune(e.src[off:])
		off += size
	}
	return off
}

// in finds the change within a mapping.
func (e *yamlEdit) in(m *yaml.Node, path []string, v Value, root bool) (splice, error) {
	flow := m.Style&yaml.FlowStyle != 0
	for i := 0; i+1 < len(m.Content); i += 2 {
		k, old := m.Content[i], m.Content[i+1]
		if k.Value != path[0] || k.Kind != yaml.ScalarNode {
			continue
		}
		switch {
		case old.Kind == yaml.ScalarNode && old.Value == "" && old.Style == 0 && old.Anchor == "":
			return e.fill(k, path[1:], v, flow)
		case len(path) == 1:
			return e.replace(k, old, v, flow)
		case old.Kind == yaml.MappingNode && old.Anchor == "":
			return e.in(old, path[1:], v, false)
		case old.Kind == yaml.ScalarNode: // null, by name
			start, end, err := e.span(k, old, flow)
			return splice{start, end, e.flow(path[1:], v)}, err
		}
		return splice{}, fmt.Errorf("%w: %s is shared", ErrEdit, path[0])
	}
	return e.add(m, path, v, flow, root)
}

// add adds a key to a mapping: at its end at the top, before its first key
// below.
func (e *yamlEdit) add(m *yaml.Node, path []string, v Value, flow, root bool) (splice, error) {
	if flow {
		open := e.offset(m)
		if open >= len(e.src) || e.src[open] != '{' {
			return splice{}, fmt.Errorf("%w: a table with a mark", ErrEdit)
		}
		text := e.pair(path, v)
		if len(m.Content) > 0 {
			text += ", "
		}
		return splice{open + 1, open + 1, text}, nil
	}
	first := e.offset(m.Content[0])
	begin := bytes.LastIndexByte(e.src[:first], '\n') + 1
	indent := string(e.src[begin:first])
	if strings.Trim(indent, " ") != "" {
		return splice{}, fmt.Errorf("%w: a table that begins within a line", ErrEdit)
	}
	text := e.block(path, v, indent)
	if root {
		return addLast(e.src, text, e.eol), nil
	}
	return splice{begin, begin, text + e.eol}, nil
}

// block writes a key on a line of its own, its parents on lines before.
func (e *yamlEdit) block(path []string, v Value, indent string) string {
	var b strings.Builder
	for _, k := range path[:len(path)-1] {
		b.WriteString(indent + keyYAML(k) + ":" + e.eol)
		indent += "  "
	}
	b.WriteString(indent + keyYAML(path[len(path)-1]) + ": " + scalarYAML(v, 0, false))
	return b.String()
}

// pair writes a key within braces, flow the braces as well.
func (e *yamlEdit) pair(path []string, v Value) string {
	if len(path) == 1 {
		return keyYAML(path[0]) + ": " + scalarYAML(v, 0, true)
	}
	return keyYAML(path[0]) + ": " + e.flow(path[1:], v)
}

func (e *yamlEdit) flow(path []string, v Value) string { return "{" + e.pair(path, v) + "}" }

// fill gives a value to a key that has none.
func (e *yamlEdit) fill(k *yaml.Node, rest []string, v Value, flow bool) (splice, error) {
	colon, err := e.colon(k)
	if err != nil {
		return splice{}, err
	}
	text := scalarYAML(v, 0, flow)
	if len(rest) > 0 {
		text = e.flow(rest, v)
	}
	return splice{colon, colon, " " + text}, nil
}

// colon returns the offset behind the colon of a key.
func (e *yamlEdit) colon(k *yaml.Node) (int, error) {
	start := e.offset(k)
	end, err := e.scalarEnd(start, k, true)
	for err == nil && end < len(e.src) && (e.src[end] == ' ' || e.src[end] == '\t') {
		end++
	}
	if err != nil || end >= len(e.src) || e.src[end] != ':' {
		return 0, fmt.Errorf("%w: the key %s is not written plainly", ErrEdit, k.Value)
	}
	return end + 1, nil
}

func (e *yamlEdit) replace(k, old *yaml.Node, v Value, flow bool) (splice, error) {
	start, end, err := e.span(k, old, flow)
	if err != nil {
		return splice{}, err
	}
	text := scalarYAML(v, old.Style, flow)
	// What was on lines of its own comes up to its key.
	if colon, err := e.colon(k); err == nil && bytes.ContainsRune(e.src[colon:start], '\n') {
		start, text = colon, " "+text
	}
	return splice{start, end, text}, nil
}

// span is where a value stands.
func (e *yamlEdit) span(k, n *yaml.Node, flow bool) (start, end int, err error) {
	start = e.offset(n)
	if start >= len(e.src) || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		return 0, 0, fmt.Errorf("%w: %s has a mark", ErrEdit, k.Value)
	}
	switch {
	case n.Kind == yaml.AliasNode:
		end = start + 1 + len(n.Value)
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = e.blockEnd(start, k.Column-1, false)
	case n.Kind == yaml.ScalarNode:
		end, err = e.scalarEnd(start, n, flow)
	case n.Style&yaml.FlowStyle != 0:
		end, err = e.flowEnd(start)
	case len(n.Content) > 0:
		end = e.blockEnd(start, k.Column-1, n.Kind == yaml.SequenceNode)
	}
	return start, end, err
}

// blockEnd returns the end of the last line, from the one that holds start,
// that is indented by more than indent, or by as much and begins with a dash
// where items may; blank lines count if one follows.
func (e *yamlEdit) blockEnd(start, indent int, items bool) int {
	next, _ := lineEnd(e.src, start)
	end := next
	for next < len(e.src) {
		line := e.src[next:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		next += len(line)
		text := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		item := items && len(line)-len(text) == indent && text[0] == '-'
		if len(line)-len(text) <= indent && !item {
			break
		}
		end = next
	}
	return start + len(bytes.TrimRight(e.src[start:end], "\r\n"))
}

// scalarEnd returns the end of a flow scalar. One without quotes ends with
// its line, a comment, or what ends it within braces or before a colon.
func (e *yamlEdit) scalarEnd(start int, n *yaml.Node, flow bool) (int, error) {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := start + 1; i < len(e.src); i++ {
			if e.src[i] == '\\' {
				i++
			} else if e.src[i] == '"' {
				return i + 1, nil
			}
		}
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := start + 1; i < len(e.src); i++ {
			if e.src[i] != '\'' {
				continue
			}
			if i+1 < len(e.src) && e.src[i+1] == '\'' {
				i++
				continue
			}
			return i + 1, nil
		}
	case bytes.HasPrefix(e.src[start:], []byte(n.Value)) && !strings.ContainsAny(n.Value, "\r\n"):
		return start + len(n.Value), nil
	}
	return 0, fmt.Errorf("%w: the end of %.20q is not clear", ErrEdit, n.Value)
}

// flowEnd returns the end of a list or table between brackets.
func (e *yamlEdit) flowEnd(start int) (int, error) {
	depth := 0
	for i := start; i < len(e.src); i++ {
		switch c := e.src[i]; {
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		case c == '"' || c == '\'':
			style := yaml.DoubleQuotedStyle
			if c == '\'' {
				style = yaml.SingleQuotedStyle
			}
			// A quote within a word opens nothing.
			if !bytes.ContainsRune([]byte("[{,: \t\n"), rune(e.src[i-1])) {
				continue
			}
			end, err := e.scalarEnd(i, &yaml.Node{Style: style}, true)
			if err != nil {
				return 0, err
			}
			i = end - 1
		case c == '#' && (e.src[i-1] == ' ' || e.src[i-1] == '\n' || e.src[i-1] == '\t'):
			end, _ := lineEnd(e.src, i)
			i = end - 1
		}
	}
	return 0, fmt.Errorf("%w: a list without an end", ErrEdit)
}

func keyYAML(k string) string {
	if plainYAML(k, true) && k != "<<" {
		return k
	}
	return quoteYAML(k)
}

func quoteYAML(s string) string {
	return quote(s, func(r rune) bool {
		return unprintable(r) || r == 0x85 || r == 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff
	})
}

// scalarYAML writes a value in the style of the one it replaces.
func scalarYAML(v Value, old yaml.Style, flow bool) string {
	switch v.Kind {
	case Bool:
		return strconv.FormatBool(v.Bool)
	case Int:
		return strconv.FormatInt(v.Int, 10)
	case List:
		return list(v, func(s string) string { return scalarYAML(Value{Kind: String, Str: s}, 0, true) })
	}
	switch {
	case old&yaml.SingleQuotedStyle != 0 && !strings.ContainsFunc(v.Str, func(r rune) bool {
		return unprintable(r) || unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xfeff
	}):
		return "'" + strings.ReplaceAll(v.Str, "'", "''") + "'"
	case old&yaml.DoubleQuotedStyle != 0:
		return quoteYAML(v.Str)
	case v.Kind == Time || plainYAML(v.Str, flow):
		return v.Str
	}
	return quoteYAML(v.Str)
}

// plainYAML reports a text that every reader of YAML takes as that text when
// it stands without quotes. It is stricter than YAML is.
func plainYAML(s string, flow bool) bool {
	typed := Value{Kind: String, Str: s}
	if core(&typed); typed.Kind != String || strings.TrimSpace(s) != s {
		return false
	}
	if slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}, strings.ToLower(s)) {
		return false
	}
	// "2h" and "8 weeks" are text to every reader; "1e3" and dates are not.
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) && !(first >= '1' && first <= '9' && strings.ContainsAny(s, "hmw")) {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_./’'()!+@%&;«»…–", r) && (flow || r != ',' && r != '?') {
			return false
		}
	}
	return true
}
