package feed

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"editorial/pkg/publish"
)

// GUID returns the permanent id of a post's items, the same in every format:
// "urn:uuid:" and the post's id where that is a UUID. An id that is itself an
// address or URN (an imported post keeps the id under which readers know it)
// stands as it is; any other text becomes a UUID of its own.
func GUID(id string) string {
	if u, err := uuid.Parse(id); err == nil && len(id) == 36 {
		return u.URN()
	}
	if isURI(id) {
		return id
	}
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:id:"+id)).URN()
}

// isURI reports whether s is a scheme, a colon and more, in visible ASCII
// without the characters that no URI has (RFC 3986).
func isURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || scheme == "" {
		return false
	}
	for i, r := range strings.ToLower(scheme) {
		if !(r >= 'a' && r <= 'z') && (i == 0 || !strings.ContainsRune("0123456789+-.", r)) {
			return false
		}
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r) })
}

// clean is [publish.Clean], which every string goes through, but for those of
// one line, which go through line. What stands for broken characters (U+FFFD)
// is left out, too: validators take it for a wrong encoding of the feed.
func clean(s string) string { return strings.ReplaceAll(publish.Clean(s), "\uFFFD", "") }

func line(s string) string { return publish.Line(clean(s)) }

// cleanAll cleans names and leaves out empty ones and repetitions.
func cleanAll(names []string) []string {
	var kept []string
	seen := map[string]bool{"": true}
	for _, n := range names {
		if n = name(n); !seen[n] {
			seen[n] = true
			kept = append(kept, n)
		}
	}
	return kept
}

// name is a name on one line. No format has a way to say that a name is no HTML,
// and so one that holds the end of a tag has other brackets.
func name(s string) string {
	s = line(s)
	if !strings.Contains(s, "</") {
		return s
	}
	return strings.NewReplacer("<", "‹", ">", "›").Replace(s)
}

// cleanImage is the picture of an item: none where its address is none of the
// web, such as a text that explains what should stand there.
func cleanImage(i publish.Image) publish.Image {
	i.Src, i.Alt, i.Credit, i.Type = webAddress(i.Src), line(i.Alt), line(i.Credit), clean(i.Type)
	if i.Src == "" {
		return publish.Image{}
	}
	return i
}

// webAddress returns s if it is an absolute address of the web, else "".
func webAddress(s string) string {
	u, err := url.Parse(clean(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u.String()
}

// escapeQuery escapes what RFC 3986 does not let into a query, which package
// url takes as it is.
func escapeQuery(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c > '~' || strings.IndexByte("\"<>[\\]^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(query[i])
	}
	return b.String()
}

// inZone is the instant as a clock of the site's zone shows it. Where the
// offset then was no whole minute (before about 1970), which no date format of
// feeds can say, it is UTC.
func inZone(t time.Time, s publish.Site) time.Time {
	t = t.In(s.Zone.Location())
	if _, offset := t.Zone(); offset%60 != 0 {
		return t.UTC()
	}
	return t
}

// rssTitle escapes a "<" that could begin a tag once more: see the package
// documentation.
func rssTitle(s string) string { return again(s, false) }

// rssText is text as RSS wants it, which takes it for HTML. No more is escaped
// than must be, for the readers and style sheets that show it as it is.
func rssText(s string) string { return again(s, true) }

// again escapes as in HTML each "<" that could begin a tag and, where asked,
// each "&" that could begin an entity.
func again(s string, entities bool) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		next := byte(' ')
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case r == '<' && !strings.ContainsRune(" \t\n=<0123456789", rune(next)):
			b.WriteString("&lt;")
		case r == '&' && entities && (next == '#' || next|0x20 >= 'a' && next|0x20 <= 'z'):
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
