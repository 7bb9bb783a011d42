package content

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Format is the language of a front matter.
type Format string

const (
	TOML Format = "toml"
	YAML Format = "yaml"
	JSON Format = "json"
)

// frontMatter is where a file's front matter stands: the document is
// src[start:end], the body begins at body. A fence's line belongs to neither;
// a JSON document holds its braces.
type frontMatter struct {
	format           Format
	start, end, body int
	line             int // of start, from 1
	// named reports Eleventy's fences, ---json or ---toml, which --- ends.
	named bool
}

// split finds the front matter of a file. The code is "" if there is one.
func split(src []byte) (frontMatter, problem.Code) {
	bom := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	rest := src[bom:]
	if isUTF16(src) {
		return frontMatter{}, CodeUTF16
	}
	if bytes.HasPrefix(rest, []byte("{")) {
		return splitJSON(src, bom)
	}
	line, _, next := cutLine(src, bom)
	f := frontMatter{start: next, line: 2}
	switch fence := strings.ToLower(string(bytes.TrimRight(line, " \t"))); fence {
	case "+++":
		f.format = TOML
	case "---", "---yaml", "---yml":
		f.format = YAML
	case "---toml":
		f.format, f.named = TOML, true
	case "---json":
		f.format, f.named = JSON, true
	case "---js", "---javascript", "---coffee", "---coffeescript", "---cson":
		return frontMatter{}, CodeForeignFrontMatter
	default:
		if h, ok := splitHeaders(src, bom); ok {
			return h, ""
		}
		return frontMatter{}, CodeNoFrontMatter
	}
	for at := next; at < len(src); {
		line, _, next := cutLine(src, at)
		if f.closes(bytes.TrimRight(line, " \t")) {
			f.end, f.body = at, next
			return f, ""
		}
		at = next
	}
	f.end, f.body = len(src), len(src)
	return f, CodeUnclosedFrontMatter
}

// closes reports whether a line ends the front matter. YAML's own mark for
// the end of a document does too.
func (f frontMatter) closes(line []byte) bool {
	switch {
	case f.named:
		return string(line) == "---"
	case f.format == TOML:
		return string(line) == "+++"
	}
	return string(line) == "---" || string(line) == "..."
}

// cutLine returns the line that begins at a byte, without its end, its end,
// and where the next begins.
func cutLine(src []byte, at int) (line, eol []byte, next int) {
	n := bytes.IndexByte(src[at:], '\n')
	if n < 0 {
		return src[at:], nil, len(src)
	}
	line, next = src[at:at+n], at+n+1
	if bytes.HasSuffix(line, []byte("\r")) {
		line = line[:n-1]
	}
	return line, src[at+len(line) : next], next
}

// splitJSON finds the end of the object that begins at a byte. What follows
// its closing brace on the same line is body, unless it is blank.
func splitJSON(src []byte, at int) (frontMatter, problem.Code) {
	f := frontMatter{format: JSON, start: at, line: 1}
	depth, inString := 0, false
	for i := at; i < len(src); i++ {
		switch c := src[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth > 0 {
				continue
			}
			f.end, f.body = i+1, i+1
			if line, _, next := cutLine(src, i+1); len(bytes.TrimSpace(line)) == 0 {
				f.body = next
			}
			return f, ""
		}
	}
	f.end, f.body = len(src), len(src)
	return f, CodeUnclosedFrontMatter
}

// isUTF16 reports a mark of UTF-16, or text of it without one: a fence or a
// brace, one byte of which is zero.
func isUTF16(src []byte) bool {
	return bytes.HasPrefix(src, []byte{0xff, 0xfe}) || bytes.HasPrefix(src, []byte{0xfe, 0xff}) ||
		len(src) > 1 && (src[0] == 0) != (src[1] == 0)
}

// parse reads a front matter, whose first line is the given one of the file.
func parse(format Format, file, doc string, line int) (value.Value, []problem.Problem) {
	switch format {
	case TOML:
		return value.ParseTOML(file, doc, line)
	case YAML:
		return value.ParseYAML(file, doc, line)
	case Headers:
		return parseHeaders(file, []byte(doc), line)
	default:
		return value.ParseJSON(file, doc, line)
	}
}

// fence is how the front matter should end, for messages.
func (f frontMatter) fence() string {
	if f.named {
		return "---"
	}
	switch f.format {
	case TOML:
		return "+++"
	case YAML:
		return "---"
	default:
		return "}"
	}
}

// firstInvalid returns the line and column, from 1, of the first byte of src
// that is not UTF-8, and that byte; line 0 if there is none.
func firstInvalid(src []byte, firstLine int) (line, col int, b string) {
	if utf8.Valid(src) {
		return 0, 0, ""
	}
	at := 0
	for r, n := utf8.DecodeRune(src); r != utf8.RuneError || n != 1; r, n = utf8.DecodeRune(src[at:]) {
		at += n
	}
	begin := bytes.LastIndexByte(src[:at], '\n') + 1
	return firstLine + bytes.Count(src[:at], []byte("\n")), 1 + utf8.RuneCount(src[begin:at]), "0x" + strconv.FormatUint(uint64(src[at]), 16)
}
