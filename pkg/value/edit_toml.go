package value

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// tomlEntry is a key with its value, at the top of a table or inside an
// inline one.
type tomlEntry struct {
	path       []string
	table      int // how many of the path's keys the header names
	start, end int // of the value
	inline     bool
	braces     bool // the value is an inline table
	last       int  // end of its last member, 0 for none
}

// tomlHeader is [a.b] or [[a.b]].
type tomlHeader struct {
	path  []string
	array bool
	end   int // of the last key-value of the table, or of the header's keys
}

// tomlWalk lists entries and headers in the order of the source.
type tomlWalk struct {
	tomlReader
	entries []tomlEntry
	headers []tomlHeader
	top     int // end of the last key-value before the first header, 0 for none
}

func walkTOML(src []byte) (*tomlWalk, error) {
	w := &tomlWalk{tomlReader: tomlReader{source: &source{src: src, first: 1, line: 1, col: 1}, root: &tomlTable{}}}
	w.parser.Reset(src)
	var table []string
	inArray := false
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind {
		case unstable.KeyValue:
			if !inArray {
				w.keyValueOf(table, e, len(table), false)
			}
			end := w.end
			if inArray {
				end = int(e.Raw.Offset + e.Raw.Length)
			}
			if n := len(w.headers); n > 0 {
				w.headers[n-1].end = end
			} else {
				w.top = end
			}
		case unstable.Table, unstable.ArrayTable:
			table = nil
			for it := e.Key(); it.Next(); {
				table = append(table, string(it.Node().Data))
				w.end = int(it.Node().Raw.Offset + it.Node().Raw.Length)
			}
			w.headers = append(w.headers, tomlHeader{table, e.Kind == unstable.ArrayTable, w.end})
			inArray = slices.ContainsFunc(w.headers, func(h tomlHeader) bool {
				return h.array && len(h.path) <= len(table) && slices.Equal(h.path, table[:len(h.path)])
			})
		}
	}
	return w, w.parser.Error()
}

func (w *tomlWalk) keyValueOf(prefix []string, e *unstable.Node, table int, inline bool) {
	entry := tomlEntry{path: slices.Clone(prefix), table: table, inline: inline}
	for it := e.Key(); it.Next(); {
		entry.path = append(entry.path, string(it.Node().Data))
		w.end = int(it.Node().Raw.Offset + it.Node().Raw.Length)
	}
	entry.start = w.valueStart(w.end)
	if v := e.Value(); v.Kind == unstable.InlineTable {
		entry.braces = true
		w.end = entry.start + 1
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				w.keyValueOf(entry.path, it.Node(), table, true)
				entry.last = w.end
			}
		}
		w.end = w.between(w.end) + 1
	} else {
		_ = w.value(v, entry.start, 0)
	}
	entry.end = w.end
	w.entries = append(w.entries, entry)
}

// editTOML finds the change in a document that is known to be valid.
func editTOML(src []byte, path []string, v Value, eol string) (splice, error) {
	w, err := walkTOML(src)
	if err != nil {
		return splice{}, fmt.Errorf("%w: %w", ErrEdit, err)
	}
	for _, e := range w.entries {
		if slices.Equal(e.path, path) {
			return splice{e.start, e.end, scalarTOML(v, string(src[e.start:e.end]))}, nil
		}
	}
	// The nearest table that is there takes the key.
	for i := len(path) - 1; i >= 0; i-- {
		if s, ok, err := w.addTo(src, path[:i], path[i:], v, eol); ok || err != nil {
			return s, err
		}
	}
	parent := path[:len(path)-1]
	text := "[" + dotted(parent) + "]" + eol + dotted(path[len(path)-1:]) + " = " + scalarTOML(v, "")
	if len(strings.TrimSpace(string(src))) > 0 {
		text = eol + text
	}
	return addLast(src, text, eol), nil
}

// addTo adds rest to the table at path, if that table is written somewhere.
func (w *tomlWalk) addTo(src []byte, table, rest []string, v Value, eol string) (splice, bool, error) {
	text := dotted(rest) + " = " + scalarTOML(v, "")
	if len(table) == 0 && len(rest) == 1 {
		if w.top == 0 {
			return splice{0, 0, text + eol}, true, nil
		}
		return addLine(src, w.top, text, eol), true, nil
	}
	for _, e := range w.entries {
		switch {
		case slices.Equal(e.path, table) && !e.braces:
			return splice{}, false, fmt.Errorf("%w: %s is no table", ErrEdit, dotted(table))
		case slices.Equal(e.path, table) && e.last > 0:
			return splice{e.last, e.last, ", " + text}, true, nil
		case slices.Equal(e.path, table):
			return splice{e.start, e.end, "{ " + text + " }"}, true, nil
		}
	}
	for _, h := range w.headers {
		switch {
		case !slices.Equal(h.path, table):
		case h.array:
			return splice{}, false, fmt.Errorf("%w: %s is a list", ErrEdit, dotted(table))
		case len(rest) == 1:
			return addLine(src, h.end, text, eol), true, nil
		}
	}
	for _, e := range w.entries {
		if !e.inline && len(table) > e.table && len(table) < len(e.path) && slices.Equal(e.path[:len(table)], table) {
			full := dotted(append(slices.Clone(table[e.table:]), rest...)) + " = " + scalarTOML(v, "")
			return addLine(src, e.end, full, eol), true, nil
		}
	}
	return splice{}, false, nil
}

// dotted writes keys, bare where they may be.
func dotted(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k
		if k == "" || strings.ContainsFunc(k, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
		}) {
			out[i] = quoteTOML(k)
		}
	}
	return strings.Join(out, ".")
}

func quoteTOML(s string) string { return quote(s, func(rune) bool { return false }) }

// scalarTOML writes a value in the style of the one it replaces, "" for none.
func scalarTOML(v Value, old string) string {
	text := strings.HasPrefix(old, `"`) || strings.HasPrefix(old, "'")
	switch {
	case v.Kind == Bool:
		return strconv.FormatBool(v.Bool)
	case v.Kind == Int:
		return strconv.FormatInt(v.Int, 10)
	case v.Kind == List:
		return list(v, quoteTOML)
	case v.Kind == Time && !text:
		return v.Str
	case strings.HasPrefix(old, "'") && !strings.ContainsFunc(v.Str, func(r rune) bool { return r == '\'' || r < ' ' || r == 0x7f }):
		return "'" + v.Str + "'"
	}
	return quoteTOML(v.Str)
}
