package importer

import (
	"net/url"
	"strings"
	"time"

	"editorial/pkg/content"
)

// at is the address of a path from the top of the site: absolute where the
// site's is known.
func (s *siteReader) at(name string) string {
	if name == "" {
		return ""
	}
	u := &url.URL{Path: "./" + strings.TrimPrefix(name, "/")}
	if s.base == nil {
		return "/" + strings.TrimPrefix(u.EscapedPath(), "./")
	}
	return s.base.ResolveReference(u).String()
}

// absolute is an address if it is absolute, else "": no guid is made of a path.
func absolute(address string) string {
	if strings.HasPrefix(address, "http") {
		return address
	}
	return ""
}

// aliases adds to the aliases of a post.
func (s *siteReader) aliases(x *source, more []string) {
	if len(more) == 0 {
		return
	}
	s.set(x, "aliases", content.Texts(lines(append(texts(x.post.Front(), "aliases"), more...))...))
}

// fill fills in the parts of an address such as ":year"; ok is false where it
// has one that is not known.
func fill(pattern string, parts map[string]string) (string, bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, ":")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		n := 0
		for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] == '_') {
			n++
		}
		name := rest[:n]
		v, ok := parts[name]
		if !ok && strings.HasSuffix(name, "_") {
			name = strings.TrimSuffix(name, "_")
			v, ok = parts[name]
		}
		if !ok {
			return "", false
		}
		b.WriteString(v)
		pattern = rest[len(name):]
	}
}

// dateParts are the parts of an address that a date gives.
func dateParts(t time.Time) map[string]string {
	if t.IsZero() {
		return map[string]string{}
	}
	return map[string]string{
		"year": t.Format("2006"), "month": t.Format("01"), "day": t.Format("02"), "short_year": t.Format("06"),
		"i_month": t.Format("1"), "i_day": t.Format("2"), "monthname": t.Format("January"), "y_day": t.Format("002"), "yearday": t.Format("__2"),
		"weekdayname": t.Format("Monday"), "hour": t.Format("15"), "minute": t.Format("04"), "second": t.Format("05"),
	}
}
