package content

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// Headers is the front matter without fences of Pelican and MultiMarkdown:
//
//	Title: Régler ses freins
//	Tags: atelier, freins
//	Summary: Deux vis
//	    suffisent.
//
// A line that is indented by four spaces or a tab continues the one before; a
// blank line ends it.
const Headers Format = "headers"

// header is one key of headers.
type header struct {
	key        string
	value      string // continued lines joined by spaces
	line       int    // counted from 0
	at, end    int    // of its value, in bytes
	keyAt, col int    // columns from 1
}

// splitHeaders finds headers at the beginning of a text. So that no prose is
// taken for them, the first has to be a key that means something, and a title
// must be among them or begin the text below.
func splitHeaders(src []byte, at int) (frontMatter, bool) {
	f := frontMatter{format: Headers, start: at, line: 1}
	all, end := readHeaders(src[at:])
	f.end = at + end
	f.body = f.end
	if line, _, next := cutLine(src, f.end); len(bytes.TrimSpace(line)) == 0 {
		f.body = next
	}
	isTitle := func(h header) bool { return strings.EqualFold(h.key, "title") }
	if len(all) == 0 || !headerKey(all[0].key) {
		return f, false
	}
	if slices.ContainsFunc(all, isTitle) {
		return f, true
	}
	heading, _ := headingOf(src[f.body:])
	return f, heading != ""
}

// headerKey reports a key with which headers may begin.
func headerKey(key string) bool {
	_, _, known := fieldOf(key)
	switch strings.ToLower(key) {
	case "template", "keywords", "gravatar", "subtitle", "css", "base", "latex":
		return true
	}
	return known
}

// readHeaders reads headers from the beginning of a text, and returns where
// they end.
func readHeaders(src []byte) (all []header, end int) {
	for at, number := 0, 0; at < len(src); number++ {
		line, _, next := cutLine(src, at)
		switch indent := len(line) - len(bytes.TrimLeft(line, " \t")); {
		case len(bytes.TrimSpace(line)) == 0:
			return all, at
		case len(all) > 0 && (indent >= 4 || line[0] == '\t'):
			last := &all[len(all)-1]
			last.value = strings.TrimSpace(last.value + " " + string(bytes.TrimSpace(line)))
			last.end = at + len(bytes.TrimRight(line, " \t"))
		default:
			h, ok := readHeader(line)
			if !ok {
				return all, at
			}
			h.line, h.at, h.end = number, h.at+at, h.end+at
			all = append(all, h)
		}
		at = next
	}
	return all, len(src)
}

// readHeader reads one line of headers.
func readHeader(line []byte) (header, bool) {
	key, rest, ok := bytes.Cut(line, []byte(":"))
	name := bytes.TrimLeft(key, " ")
	if !ok || len(name) == 0 || len(key)-len(name) > 3 || bytes.HasPrefix(rest, []byte("//")) {
		return header{}, false
	}
	for _, c := range name {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '-' || c == '_') {
			return header{}, false
		}
	}
	text := bytes.TrimSpace(rest)
	h := header{key: string(name), value: string(text), keyAt: 1 + len(key) - len(name)}
	h.at = len(line) - len(bytes.TrimLeft(rest, " \t"))
	h.end = h.at + len(text)
	h.col = 1 + utf8.RuneCount(line[:h.at])
	return h, true
}

// parseHeaders reads headers as values: true and false are booleans, digits
// are numbers, everything as it looks, and a text that looks so is none the
// less text where text is wanted.
func parseHeaders(file string, doc []byte, first int) (value.Value, []problem.Problem) {
	root := value.Value{Kind: value.Map, At: problem.Position{File: file, Line: first, Col: 1}}
	var problems []problem.Problem
	all, _ := readHeaders(doc)
	lines := map[string]int{}
	for _, h := range all {
		at := problem.Position{File: file, Line: first + h.line, Col: h.keyAt}
		if !utf8.ValidString(h.key + h.value) {
			problems = append(problems, problem.Problem{Position: at, Code: value.CodeUTF8, Params: problem.Params{"byte": "0x" + fmt.Sprintf("%x", invalidByte(h.value))}})
			continue
		}
		key := strings.ToLower(h.key)
		if line, twice := lines[key]; twice {
			problems = append(problems, problem.Problem{
				Position: at, Code: value.CodeDuplicate, Params: problem.Params{"key": h.key, "line": strconv.Itoa(line)},
			})
			continue
		}
		lines[key] = at.Line
		v := scalar(h.value)
		v.At = problem.Position{File: file, Line: at.Line, Col: h.col}
		root.Map = append(root.Map, value.Member{Key: h.key, At: at, Value: v})
	}
	return root, problems
}

func invalidByte(s string) byte {
	for i, r := range s {
		if r == utf8.RuneError {
			return s[i]
		}
	}
	return 0
}

// scalar is a header's value.
func scalar(s string) value.Value {
	v := value.Value{Kind: value.String, Str: s, Plain: true}
	switch n, err := strconv.ParseInt(s, 10, 64); {
	case s == "":
		v.Kind, v.Plain = value.Null, false
	case s == "true", s == "True":
		v.Kind, v.Bool = value.Bool, true
	case s == "false", s == "False":
		v.Kind = value.Bool
	case err == nil:
		v.Kind, v.Int = value.Int, n
	}
	return v
}

// setHeader sets one key of headers, or adds a line for it.
func setHeader(doc []byte, path []string, v value.Value, eol string) ([]byte, error) {
	if len(path) != 1 {
		return nil, fmt.Errorf("%s: headers have no tables", strings.Join(path, "."))
	}
	text, err := headerText(v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path[0], err)
	}
	all, end := readHeaders(doc)
	key := path[0]
	i := slices.IndexFunc(all, func(h header) bool { return strings.EqualFold(h.key, key) })
	var out []byte
	switch {
	case i >= 0:
		out = slices.Concat(doc[:all[i].at], []byte(blankBefore(doc, all[i].at)+text), doc[all[i].end:])
	default:
		i = len(all)
		if i > 0 && all[0].key != strings.ToLower(all[0].key) {
			key = strings.ToUpper(key[:1]) + key[1:]
		}
		all = append(all, header{key: key})
		line := key + ": " + text
		if end > 0 && doc[end-1] != '\n' {
			line = eol + line
		} else {
			line += eol
		}
		out = slices.Concat(doc[:end], []byte(line), doc[end:])
	}
	all[i].value = text
	after, _ := readHeaders(out)
	if !slices.EqualFunc(all, after, func(a, b header) bool { return a.key == b.key && a.value == b.value }) {
		return nil, fmt.Errorf("%s: another value would change", path[0])
	}
	return out, nil
}

// blankBefore is the space that a value needs after its colon.
func blankBefore(doc []byte, at int) string {
	if at > 0 && doc[at-1] == ':' {
		return " "
	}
	return ""
}

// headerText is a value as a line of headers has it.
func headerText(v value.Value) (string, error) {
	text := v.Str
	switch v.Kind {
	case value.Bool:
		text = strconv.FormatBool(v.Bool)
	case value.Int:
		text = strconv.FormatInt(v.Int, 10)
	case value.List:
		var all []string
		for _, item := range v.List {
			if strings.ContainsAny(item.Str, ",;") {
				return "", fmt.Errorf("%q would be several", item.Str)
			}
			all = append(all, item.Str)
		}
		text = strings.Join(all, ", ")
	}
	if text == "" || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\r\n") || !utf8.ValidString(text) {
		return "", fmt.Errorf("%q cannot stand in one line", text)
	}
	return text, nil
}
