package importer

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// xmlElement is an element of a document as it stands there, tags included, and
// the line on which it begins. Closed is false where its end is missing.
type xmlElement struct {
	src    []byte
	line   int
	closed bool
}

// elements returns the elements of a name, and what stands before the first.
// What is damaged in one of them does no harm to the others; tags inside CDATA
// and comments are text. An element without an end ends where the next begins,
// or with the document.
func elements(src []byte, name string) (head []byte, all []xmlElement) {
	head = src
	begin, line, counted := -1, 1, 0
	finish := func(end int, closed bool) {
		if begin < 0 {
			return
		}
		line += bytes.Count(src[counted:begin], []byte("\n"))
		counted = begin
		all = append(all, xmlElement{src[begin:end], line, closed})
		begin = -1
	}
	for i := 0; ; {
		j := bytes.IndexByte(src[i:], '<')
		if j < 0 {
			break
		}
		i += j
		switch rest := src[i:]; {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			i += after(rest, "]]>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			i += after(rest, "-->")
		case tag(rest, "<"+name):
			finish(i, false)
			if len(all) == 0 {
				head = src[:i]
			}
			begin = i
			i++
		case tag(rest, "</"+name):
			i += after(rest, ">")
			finish(i, true)
		default:
			i++
		}
	}
	finish(len(src), false)
	return head, all
}

// after is the length of a text up to and with a mark, or all of it.
func after(src []byte, mark string) int {
	if i := bytes.Index(src, []byte(mark)); i >= 0 {
		return i + len(mark)
	}
	return len(src)
}

// tag reports whether a text begins with a tag of exactly that name.
func tag(src []byte, begin string) bool {
	if len(src) <= len(begin) || string(src[:len(begin)]) != begin {
		return false
	}
	return strings.IndexByte(" \t\r\n>/", src[len(begin)]) >= 0
}

// decodeXML decodes an element: prefixes stand for themselves, and entities of
// HTML are known. Lenient, it closes what is not closed.
func decodeXML(src []byte, v any, lenient bool) error {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = !lenient
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	return d.Decode(v)
}

// loose returns an element in which ends of CDATA sections that close none are
// text.
func loose(src []byte) []byte {
	var out []byte
	for len(src) > 0 {
		begin := bytes.Index(src, []byte("<![CDATA["))
		if begin < 0 {
			begin = len(src)
		}
		out = append(out, bytes.ReplaceAll(src[:begin], []byte("]]>"), []byte("]]&gt;"))...)
		src = src[begin:]
		end := after(src, "]]>")
		out, src = append(out, src[:end]...), src[end:]
	}
	return out
}

// utf8XML returns a document as UTF-8 without characters that XML has not. It
// keeps the lines where they are.
func utf8XML(src []byte) ([]byte, error) {
	out := decode(src)
	if label := declared(out); label != "" && !utf8.Valid(src) && !isUTF16(src) {
		in, err := charset.NewReaderLabel(label, bytes.NewReader(src))
		if err != nil {
			return nil, fmt.Errorf("encoding %s: %w", shorten(label), err)
		}
		if out, err = io.ReadAll(io.LimitReader(in, 4*MaxBytes)); err != nil {
			return nil, fmt.Errorf("encoding %s: %w", shorten(label), err)
		}
	}
	if bytes.ContainsFunc(out, func(r rune) bool { return !printable(r) }) { // no copy of what is clean
		out = bytes.Map(func(r rune) rune {
			if !printable(r) {
				return -1
			}
			return r
		}, out)
	}
	return out, nil
}

func isUTF16(src []byte) bool {
	return bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff"))
}

// declared is the encoding that the XML declaration names, or "".
func declared(src []byte) string {
	src = bytes.TrimSpace(src[:min(len(src), 200)])
	if !bytes.HasPrefix(src, []byte("<?xml")) {
		return ""
	}
	head, _, _ := bytes.Cut(src, []byte("?>"))
	_, value, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || len(value) < 2 {
		return ""
	}
	label, _, _ := bytes.Cut(value[1:], value[:1])
	return string(label)
}
