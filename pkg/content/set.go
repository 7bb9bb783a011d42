package content

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/value"
)

// ErrSet is returned, wrapped, when a field cannot be set without touching
// anything else.
var ErrSet = errors.New("front matter cannot be changed")

// Setting is what [Set] writes.
type Setting struct{ v value.Value }

// Text is a text.
func Text(s string) Setting { return Setting{value.Value{Kind: value.String, Str: s}} }

// Texts is a list of texts.
func Texts(all ...string) Setting {
	v := value.Value{Kind: value.List}
	for _, s := range all {
		v.List = append(v.List, Text(s).v)
	}
	return Setting{v}
}

// Flag is true or false.
func Flag(b bool) Setting { return Setting{value.Value{Kind: value.Bool, Bool: b}} }

// Number is a whole number.
func Number(n int) Setting { return Setting{value.Value{Kind: value.Int, Int: int64(n)}} }

// Date is a moment: a day, a wall-clock time, or, where that would mean
// another instant, a time with its offset.
func Date(m civil.Moment) Setting {
	v := value.Value{Kind: value.Time, Str: m.Local.Date.String()}
	if m.HasClock {
		c := m.Local.Clock
		v.Str += fmt.Sprintf("T%02d:%02d:%02d", c.Hour, c.Minute, c.Second)
		if z := m.Zone(); !z.Instant(m.Local).Equal(m.Instant) {
			v.Str = m.Instant.Format(time.RFC3339)
		}
	}
	return Setting{v}
}

// Set returns the file of a post with one field of its front matter set. The
// path is the field and, below it, keys of tables: Set(src, []string{"date"},
// …), Set(src, []string{"variants", "x", "date"}, …). A field that stands
// there under another spelling (Draft, expiryDate) is set where it stands.
//
// Only the bytes of that value change, or a line is added for it: comments,
// order, quotes, line ends and a byte order mark stay as they are. The result
// has been read back: the field says what was wished and every other field,
// and the body, are what they were. Otherwise the error wraps [ErrSet] and
// there is no result; a file whose front matter has errors of syntax is never
// changed.
func Set(src []byte, path []string, s Setting) ([]byte, error) {
	f, code := split(src)
	if code != "" {
		return nil, fmt.Errorf("%w: %s", ErrSet, code)
	}
	if len(path) == 0 || slices.Contains(path, "") {
		return nil, fmt.Errorf("%w: no field", ErrSet)
	}
	doc := src[f.start:f.end]
	root, problems := parse(f.format, "", string(src[f.start:f.end]), f.line)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrSet, problems[0])
	}
	path = spelled(root, path)
	eol := "\n"
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		eol = "\r\n"
	}
	out, err := f.set(doc, path, s.v, eol)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSet, err)
	}
	result := slices.Concat(src[:f.start], out, src[f.end:])
	g, code := split(result)
	if code != "" || g.format != f.format || !bytes.Equal(result[g.start:g.end], out) {
		return nil, fmt.Errorf("%w: the end would move", ErrSet)
	}
	return result, nil
}

func (f frontMatter) set(doc []byte, path []string, v value.Value, eol string) ([]byte, error) {
	switch f.format {
	case TOML:
		return value.SetTOML(doc, path, v, eol)
	case YAML:
		return value.SetYAML(doc, path, v, eol)
	case Headers:
		return setHeader(doc, path, v, eol)
	default:
		return value.SetJSON(doc, path, v, eol)
	}
}

// spelled is the path as it stands in the document. The part that is not
// there stays as it is.
func spelled(root value.Value, path []string) []string {
	path = slices.Clone(path)
	field, _, known := fieldOf(path[0])
	best := -1
	for _, m := range root.Map {
		if f, rank, ok := fieldOf(m.Key); known && ok && f == field && (best < 0 || rank < best) {
			best, path[0] = rank, m.Key
		}
	}
	v, ok := root.Get(path[0])
	if ok && v.Kind == value.Map && len(path) == 1 {
		for _, inner := range dateInside(field) {
			if _, there := v.Get(inner); there {
				return append(path, inner)
			}
		}
	}
	for i := 1; i < len(path) && ok; i++ {
		if _, exact := v.Get(path[i]); !exact {
			for _, m := range v.Map {
				// Names of platforms and people are what they are.
				if strings.EqualFold(m.Key, path[i]) && (i == 2 || field != "variants" && field != "effort" && field != "logged") {
					path[i] = m.Key
					break
				}
			}
		}
		v, ok = v.Get(path[i])
	}
	return path
}

// dateInside returns the keys under which a table has the date of a field:
// MkDocs's date, Docusaurus's last_update.
func dateInside(field string) []string {
	switch field {
	case "date":
		return []string{"created"}
	case "updated":
		return []string{"date"}
	}
	return nil
}
