package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// editJSON finds the change in a document that is known to be valid.
func editJSON(src []byte, path []string, v Value, eol string) (splice, error) {
	at := skipBlank(src, 0)
	if at == len(src) {
		return splice{0, 0, nestJSON(path, v)}, nil
	}
	for {
		key, start, end := path[0], 0, 0
		last, lastKey := 0, 0 // end of the last member, and where its key stands
		open := at
		for at = skipBlank(src, at+1); src[at] == '"'; {
			keyStart := at
			at = skipJSON(src, at)
			var name string
			if err := json.Unmarshal(src[keyStart:at], &name); err != nil {
				return splice{}, fmt.Errorf("%w: %w", ErrEdit, err)
			}
			at = skipBlank(src, skipBlank(src, at)+1) // the colon
			valueStart := at
			at = skipJSON(src, at)
			if name == key {
				start, end = valueStart, at
			}
			last, lastKey = at, keyStart
			if at = skipBlank(src, at); src[at] == ',' {
				at = skipBlank(src, at+1)
			}
		}
		switch {
		case end > 0 && len(path) == 1:
			return splice{start, end, scalarJSON(v)}, nil
		case end > 0 && src[start] == '{':
			at, path = start, path[1:]
		case end > 0: // null: with has seen to it
			return splice{start, end, nestJSON(path[1:], v)}, nil
		case last == 0:
			return splice{open + 1, open + 1, memberJSON(path, v)}, nil
		default:
			return splice{last, last, "," + gapJSON(src, lastKey, eol) + memberJSON(path, v)}, nil
		}
	}
}

// gapJSON is what stands between a comma and a new member: what stands before
// the last one, so that lines stay lines.
func gapJSON(src []byte, key int, eol string) string {
	begin := bytes.LastIndexByte(src[:key], '\n') + 1
	if indent := src[begin:key]; begin > 0 && len(bytes.TrimSpace(indent)) == 0 {
		return eol + string(indent)
	}
	return " "
}

func skipBlank(src []byte, at int) int {
	for at < len(src) && (src[at] == ' ' || src[at] == '\t' || src[at] == '\r' || src[at] == '\n') {
		at++
	}
	return at
}

// skipJSON returns the end of the value that begins at a byte.
func skipJSON(src []byte, at int) int {
	depth := 0
	for i := at; i < len(src); i++ {
		switch src[i] {
		case '"':
			for i++; i < len(src) && src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return len(src)
}

func scalarJSON(v Value) string {
	switch v.Kind {
	case Bool:
		return strconv.FormatBool(v.Bool)
	case Int:
		return strconv.FormatInt(v.Int, 10)
	case List:
		return list(v, quoteJSON)
	}
	return quoteJSON(v.Str)
}

func memberJSON(path []string, v Value) string {
	text := scalarJSON(v)
	if len(path) > 1 {
		text = nestJSON(path[1:], v)
	}
	return quoteJSON(path[0]) + ": " + text
}

func nestJSON(path []string, v Value) string { return "{" + memberJSON(path, v) + "}" }
