package value

import "strings"

// quickYAML reads a document of lines "key: value" whose values are one line
// each, lists of such in brackets, or lists and tables of such on lines below.
// It reports false for any other document.
func quickYAML(s *source) (Value, bool) {
	q, ok := newQuick(s)
	if !ok {
		return Value{}, false
	}
	y := quickYAMLReader{quick: q}
	root := Value{Kind: Map}
	if !y.peek() || y.text[y.first] == '-' {
		return root, false
	}
	root.At = y.at(y.off)
	root.Map = make([]Member, 0, min(1+strings.Count(y.text, "\n"), maxQuickKeys))
	return root, y.table(&root, 0) && y.off == len(y.text)
}

type quickYAMLReader struct {
	quick
	first, end int // of the text of the line that begins at off
	depth      int
}

// maxQuickDepth is how deep tables and lists may nest to be read quickly.
const maxQuickDepth = 4

// peek goes to the next line that says something, without reading it. It
// reports false at the end.
func (y *quickYAMLReader) peek() bool {
	for y.off < len(y.text) {
		y.end = y.lineEnd(y.off)
		if y.off < y.end && y.text[y.off] != '#' {
			y.first = y.spaces(y.off)
			return true
		}
		y.nextLine(y.end)
	}
	return false
}

// item reports that the line is an item of a list.
func (y *quickYAMLReader) item() bool { return y.text[y.first] == '-' }

// table reads keys that are indented by so many spaces, up to a line that is
// indented by less.
func (y *quickYAMLReader) table(v *Value, indent int) bool {
	for y.peek() && y.first-y.off >= indent {
		if y.first-y.off > indent || y.item() || !y.keyValue(v, y.first, indent) {
			return false
		}
	}
	return true
}

// keyValue reads a key that begins at off, with its value, into a table.
func (y *quickYAMLReader) keyValue(v *Value, off, indent int) bool {
	colon := y.keyEnd(off)
	if colon < 0 || !takes(v.Map, y.text[off:colon]) {
		return false
	}
	m := Member{Key: y.text[off:colon], At: y.at(off)}
	ok := true
	switch off = y.spaces(colon + 1); {
	case colon+1 == y.end:
		m.Value = Value{Kind: Null, At: y.at(y.end), Plain: true}
		y.nextLine(y.end)
		ok = y.below(&m.Value, indent)
	case y.text[off] == '[':
		ok = y.list(&m.Value, off, y.end)
		y.nextLine(y.end)
	default:
		ok = y.scalar(&m.Value, off, y.end)
		y.nextLine(y.end)
	}
	v.Map = append(v.Map, m)
	return ok
}

// keyEnd is the offset of the colon behind a key that begins at off, -1 for
// anything else.
func (y *quickYAMLReader) keyEnd(off int) int {
	colon := y.key(off)
	if colon == off || colon >= y.end || y.text[colon] != ':' || colon-off > maxQuickKey || colon+1 < y.end && y.text[colon+1] != ' ' {
		return -1
	}
	return colon
}

// maxQuickKey is far below the 1,024 characters beyond which YAML knows no
// key without a question mark.
const maxQuickKey = 100

// below reads what stands on the lines below a key that is indented by indent
// spaces: nothing, a table, or a list, which may be indented as its key is.
func (y *quickYAMLReader) below(v *Value, indent int) bool {
	if !y.peek() {
		return true
	}
	y.depth++
	defer func() { y.depth-- }()
	in := y.first - y.off
	switch {
	case y.depth > maxQuickDepth:
		return false
	case y.item() && in >= indent:
		*v = Value{Kind: List, At: y.at(y.first)}
		return y.items(v, in)
	case in > indent:
		*v = Value{Kind: Map, At: y.at(y.first)}
		return y.table(v, in)
	}
	return true
}

// items reads the items of a list that are indented by indent spaces.
func (y *quickYAMLReader) items(v *Value, indent int) bool {
	for y.peek() && y.first-y.off >= indent && y.item() {
		if y.first-y.off > indent || y.first+1 >= y.end || y.text[y.first+1] != ' ' {
			return false
		}
		var item Value
		off, ok := y.spaces(y.first+1), true
		if y.keyEnd(off) > 0 {
			in := off - y.off
			item = Value{Kind: Map, At: y.at(off)}
			ok = y.keyValue(&item, off, in) && y.table(&item, in)
		} else {
			ok = y.scalar(&item, off, y.end)
			y.nextLine(y.end)
		}
		if !ok {
			return false
		}
		v.List = append(v.List, item)
	}
	return true
}

// list reads a list in brackets that ends with its line.
func (y *quickYAMLReader) list(v *Value, off, end int) bool {
	if y.text[end-1] != ']' {
		return false
	}
	v.Kind, v.At = List, y.at(off)
	off = y.spaces(off + 1)
	if off == end-1 {
		return true
	}
	v.List = make([]Value, 0, 1+strings.Count(y.text[off:end], ","))
	for off < end {
		var item Value
		at := off
		if c := y.text[off]; c == '"' || c == '\'' {
			if off = y.quoted(&item, off, end); off < 0 {
				return false
			}
			off = y.spaces(off)
		} else {
			i := strings.IndexAny(y.text[off:end], ",]")
			if i < 0 || !y.plain(&item, off, off+i, true) {
				return false
			}
			off += i
		}
		if off >= end || y.text[off] != ',' && y.text[off] != ']' || off == at {
			return false
		}
		v.List = append(v.List, item)
		if y.text[off] == ']' {
			return off == end-1
		}
		off = y.spaces(off + 1)
	}
	return false
}

// scalar reads a value that begins at off and ends with its line.
func (y *quickYAMLReader) scalar(v *Value, off, end int) bool {
	if c := y.text[off]; c == '"' || c == '\'' {
		return y.quoted(v, off, end) == end
	}
	return y.plain(v, off, end, false)
}

// quoted reads a text in quotes and returns the offset behind it, -1 for one
// that is not read quickly.
func (y *quickYAMLReader) quoted(v *Value, off, end int) int {
	v.Kind, v.At = String, y.at(off)
	next, ok := 0, false
	if y.text[off] == '"' {
		v.Str, next, ok = y.double(off)
	} else {
		v.Str, next, ok = y.single(off)
	}
	for ok && next < end && y.text[off] == '\'' && y.text[next] == '\'' { // '' means one
		var more string
		more, next, ok = y.single(next)
		v.Str += "'" + more
	}
	if !ok || next > end {
		return -1
	}
	return next
}

// plain reads a value without quotes; flow says that brackets are around it.
func (y *quickYAMLReader) plain(v *Value, off, end int, flow bool) bool {
	s := strings.TrimRight(y.text[off:end], " ")
	if s == "" || !plainStart(s) {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case ':':
			// A colon that ends a key is followed by a space, or, in brackets,
			// by what has a meaning there.
			if i+1 == len(s) || s[i+1] == ' ' || flow && s[i+1] != '/' && !isLetter(s[i+1]) && !isDigit(s[i+1]) {
				return false
			}
		case '#':
			if s[i-1] == ' ' {
				return false
			}
		case '[', ']', '{', '}', ',', '?':
			if flow {
				return false
			}
		}
	}
	v.Kind, v.At, v.Str, v.Plain = String, y.at(off), s, true
	core(v)
	return true
}

// plainStart reports a beginning that can only be that of a plain scalar.
func plainStart(s string) bool {
	switch c := s[0]; {
	case isLetter(c), isDigit(c), c >= 0x80:
		return true
	case c == '-' || c == '+' || c == '.':
		return len(s) > 1 && (isDigit(s[1]) || c == '.' && (isLetter(s[1]) || s[1] == '/'))
	default:
		return c == '/' || c == '_' || c == '(' || c == '<' || c == '$' || c == '~' && len(s) == 1
	}
}
