package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"editorial/pkg/problem"
)

// ErrEdit is returned, wrapped, when a document cannot be changed in place:
// it has problems, the path leads through something that is no table, or the
// change would touch another value.
var ErrEdit = errors.New("cannot be changed in place")

// SetTOML returns the document with the value under path replaced by v, or
// added. Only the bytes of that value change, or one line (and the header of
// its table) is added: comments, order, blanks, the style of quotes and line
// ends stay. The result has been read back: it says v there and nothing else
// has changed, or there is an error and no result.
//
// v may be a Bool, an Int, a String, a Time (its text in Str) or a List of
// Strings. A Time that replaces text becomes text. New lines end with eol;
// "" means as the document's own do.
func SetTOML(src []byte, path []string, v Value, eol string) ([]byte, error) {
	return set(src, path, v, eol, ParseTOML, editTOML)
}

// SetYAML does for YAML what [SetTOML] does for TOML. A YAML Time is text
// without quotes.
func SetYAML(src []byte, path []string, v Value, eol string) ([]byte, error) {
	return set(src, path, v, eol, ParseYAML, editYAML)
}

// SetJSON does for JSON what [SetTOML] does for TOML. A JSON Time is text.
func SetJSON(src []byte, path []string, v Value, eol string) ([]byte, error) {
	return set(src, path, v, eol, ParseJSON, editJSON)
}

// splice is a change: the bytes from start to end become text.
type splice struct {
	start, end int
	text       string
}

type parseFunc func(file string, src []byte, firstLine int) (Value, []problem.Problem)

func set(src []byte, path []string, v Value, eol string, parse parseFunc, edit func(src []byte, path []string, v Value, eol string) (splice, error)) ([]byte, error) {
	if len(path) == 0 {
		return nil, fmt.Errorf("%w: no path", ErrEdit)
	}
	if err := settable(v); err != nil {
		return nil, err
	}
	before, problems := parse("", src, 1)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrEdit, problems[0])
	}
	want, err := with(before, path, v)
	if err != nil {
		return nil, err
	}
	if eol == "" {
		eol = "\n"
		if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
			eol = "\r\n"
		}
	}
	bom := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	s, err := edit(src[bom:], path, v, eol)
	if err != nil {
		return nil, err
	}
	out := slices.Concat(src[:bom+s.start], []byte(s.text), src[bom+s.end:])
	after, problems := parse("", out, 1)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%w: the result: %w", ErrEdit, problems[0])
	}
	if !same(want, after) {
		return nil, fmt.Errorf("%w: another value would change with %s", ErrEdit, strings.Join(path, "."))
	}
	return out, nil
}

func settable(v Value) error {
	switch v.Kind {
	case Bool, Int, String, Time:
		return nil
	case List:
		if !slices.ContainsFunc(v.List, func(v Value) bool { return v.Kind != String }) {
			return nil
		}
	}
	return fmt.Errorf("%w: to a %s", ErrEdit, v.Kind)
}

// with returns v with the value under path set to leaf.
func with(v Value, path []string, leaf Value) (Value, error) {
	if len(path) == 0 {
		return leaf, nil
	}
	if v.Kind == Null {
		v.Kind = Map
	}
	if v.Kind != Map {
		return v, fmt.Errorf("%w: %s stands in a %s", ErrEdit, path[0], v.Kind)
	}
	v.Map = slices.Clone(v.Map)
	i := slices.IndexFunc(v.Map, func(m Member) bool { return m.Key == path[0] })
	if i < 0 {
		i = len(v.Map)
		v.Map = append(v.Map, Member{Key: path[0], Value: Value{Kind: Map}})
		if len(path) == 1 {
			v.Map[i].Value = leaf
			return v, nil
		}
	}
	inner, err := with(v.Map[i].Value, path[1:], leaf)
	v.Map[i].Value = inner
	return v, err
}

// same reports whether two values mean the same, wherever they stand and in
// whatever order their members are. A Time is also the text of it.
func same(a, b Value) bool {
	if a.Kind != b.Kind && !(a.Kind == Time && b.Kind == String) {
		return false
	}
	switch a.Kind {
	case Bool:
		return a.Bool == b.Bool
	case Int:
		return a.Int == b.Int
	case Float:
		return a.Float == b.Float || math.IsNaN(a.Float) && math.IsNaN(b.Float)
	case String, Time:
		return a.Str == b.Str
	case List:
		return slices.EqualFunc(a.List, b.List, same)
	case Map:
		if len(a.Map) != len(b.Map) {
			return false
		}
		others := make(map[string]Value, len(b.Map))
		for _, m := range b.Map {
			others[m.Key] = m.Value
		}
		for _, m := range a.Map {
			if other, ok := others[m.Key]; !ok || !same(m.Value, other) {
				return false
			}
		}
	}
	return true
}

// lineEnd returns the offset behind the line that holds off, and whether it
// ends with a line feed.
func lineEnd(src []byte, off int) (int, bool) {
	if i := bytes.IndexByte(src[off:], '\n'); i >= 0 {
		return off + i + 1, true
	}
	return len(src), false
}

// addLine is a splice that adds lines behind the one that holds off.
func addLine(src []byte, off int, text, eol string) splice {
	end, ended := lineEnd(src, off)
	return addAt(src, end, ended, text, eol)
}

// addLast is a splice that adds lines at the end.
func addLast(src []byte, text, eol string) splice {
	return addAt(src, len(src), len(src) == 0 || src[len(src)-1] == '\n', text, eol)
}

func addAt(_ []byte, off int, ended bool, text, eol string) splice {
	if ended {
		return splice{off, off, text + eol}
	}
	return splice{off, off, eol + text}
}

// quote writes a text between double quotes as JSON, TOML and YAML all read
// it; special is asked which further characters to escape.
func quote(s string, special func(rune) bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f || special(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func quoteJSON(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// list writes a list between brackets.
func list(v Value, one func(string) string) string {
	items := make([]string, len(v.List))
	for i, item := range v.List {
		items[i] = one(item.Str)
	}
	return "[" + strings.Join(items, ", ") + "]"
}
