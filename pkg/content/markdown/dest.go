package markdown

import (
	"strings"

	"github.com/yuin/goldmark/util"
)

// safeLink reports whether a browser, a feed reader or a mail client may be
// given an address to follow. Addresses without a scheme are relative.
func safeLink(dest string) bool {
	switch scheme(dest) {
	case "", "http", "https", "mailto", "tel", "sms", "ftp", "geo", "xmpp", "matrix", "irc", "ircs", "webcal", "feed":
		return true
	}
	return false
}

// safeSource reports whether an address may be loaded as an image, a video or
// a sound: not from data: either, which mails and feeds do not show and which
// has carried scripts.
func safeSource(dest string) bool {
	switch scheme(dest) {
	case "", "http", "https":
		return true
	}
	return false
}

// scheme returns the scheme of an address in lower case, "" for a relative
// one, as the URL standard of browsers finds it: white space and control
// characters before and in it do not count.
func scheme(dest string) string {
	var name []byte
	for i := 0; i < len(dest); i++ {
		switch c := dest[i]; {
		case c <= ' ' || c == 0x7f:
			if len(name) > 0 && c == ' ' {
				return ""
			}
		case c == ':':
			return string(name)
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			name = append(name, c|0x20)
		case len(name) > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
			name = append(name, c)
		default:
			return ""
		}
	}
	return ""
}

// plainURL writes an address in the characters that an address may have.
func plainURL(dest string) string {
	dest = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, dest)
	return string(util.URLEscape([]byte(dest), false))
}

// escapeURL writes an address as it may stand in an attribute.
func escapeURL(dest string) string { return string(util.EscapeHTML([]byte(plainURL(dest)))) }
