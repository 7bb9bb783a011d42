package feed

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"editorial/pkg/content"
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

// ItemID returns the permanent id of a post's items: the guid that it brought
// from another program ([content.Post.GUID]), as it is, else [GUID] of its id.
func ItemID(p *content.Post) string {
	if guid := clean(p.GUID()); guid != "" {
		return guid
	}
	return GUID(p.ID)
}

// atomID is an item's id as Atom takes it: an IRI. One that is none, such as a
// number, becomes a UUID of its own.
func atomID(id string) string {
	ascii := strings.Map(func(r rune) rune {
		if r >= 0xa0 && unicode.IsPrint(r) {
			return 'x'
		}
		return r
	}, id)
	if isURI(ascii) {
		return id
	}
	return GUID(id)
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
// one line, which go through [publish.Line].
func clean(s string) string { return publish.Clean(s) }

// cleanAll cleans names and leaves out empty ones and repetitions.
func cleanAll(names []string) []string {
	var kept []string
	seen := map[string]bool{"": true}
	for _, n := range names {
		if n = publish.Line(n); !seen[n] {
			seen[n] = true
			kept = append(kept, n)
		}
	}
	return kept
}

func cleanImage(i publish.Image) publish.Image {
	i.Src, i.Alt, i.Credit, i.Type = clean(i.Src), publish.Line(i.Alt), publish.Line(i.Credit), clean(i.Type)
	return i
}

// webAddress returns s if it is an absolute address of the web, else "".
func webAddress(s string) string {
	u, err := url.Parse(clean(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
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
func rssTitle(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r == '<' && i+1 < len(s) && !strings.ContainsRune(" \t\n=<0123456789", rune(s[i+1])) {
			b.WriteString("&lt;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
