package feed

import (
	"strings"
	"unicode/utf8"
)

// appendText appends s as the text of an element or the value of an attribute,
// as [encoding/xml] escapes it: whatever s is, a reader gets characters that
// XML 1.0 allows, and line ends as they are.
func appendText(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < 64 && escaped>>c&1 != 0:
			b = append(append(b, s[from:i]...), reference(c)...)
			from = i + 1
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == 0xfffe || r == 0xffff || r == utf8.RuneError && size == 1 {
				b = append(append(b, s[from:i]...), "\uFFFD"...)
				from = i + size
			}
			i += size
			continue
		}
		i++
	}
	return append(b, s[from:]...)
}

// appendPlain is appendText for what is no HTML, such as titles. It writes the
// characters of markup by number: that is how the RSS Best Practices Profile
// says that they are meant as they are
// (https://www.rssboard.org/rss-profile#data-types-characterdata).
func appendPlain(b []byte, s string) []byte {
	for {
		i := strings.IndexAny(s, "&<>")
		if i < 0 {
			return appendText(b, s)
		}
		b = appendText(b, s[:i])
		switch s[i] {
		case '&':
			b = append(b, "&#x26;"...)
		case '<':
			b = append(b, "&#x3C;"...)
		case '>':
			b = append(b, "&#x3E;"...)
		}
		s = s[i+1:]
	}
}

// escaped has a bit for every character below 64 that does not stand for itself
// in XML: all controls, and five others.
const escaped uint64 = 1<<' ' - 1 | 1<<'"' | 1<<'\'' | 1<<'&' | 1<<'<' | 1<<'>'

// reference is what stands for one of them.
func reference(c byte) string {
	switch c {
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '\t':
		return "&#x9;"
	case '\n':
		return "&#xA;"
	case '\r':
		return "&#xD;"
	}
	return "\uFFFD"
}

// appendCDATA appends s, which is clean, as sections of CDATA, which cannot
// hold their own end; nothing for an empty s.
func appendCDATA(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	b = append(b, "<![CDATA["...)
	for {
		before, after, ok := strings.Cut(s, "]]>")
		b = append(b, before...)
		if !ok {
			return append(b, "]]>"...)
		}
		b = append(b, "]]]]><![CDATA[>"...)
		s = after
	}
}

const digits = "0123456789abcdef"

// appendString appends s as a string of JSON, as [encoding/json] writes it
// without the escapes of HTML.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				b = append(append(b, s[from:i]...), `\ufffd`...)
				from = i + size
			case r == 0x2028 || r == 0x2029: // line ends to JavaScript
				b = append(append(b, s[from:i]...), `\u202`...)
				b = append(b, digits[r&0xf])
				from = i + size
			}
			i += size
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			b = appendEscape(append(b, s[from:i]...), c)
			from = i + 1
		}
		i++
	}
	return append(append(b, s[from:]...), '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\t':
		return append(b, `\t`...)
	case '\r':
		return append(b, `\r`...)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	}
	return append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&0xf])
}
