package x

import (
	"html"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// find returns the post that says a text, and is none of those.
func find(all []tweet, said string, but []string) (tweet, bool) {
	want := plainly(said)
	for _, t := range slices.Backward(all) { // the oldest first
		if !slices.Contains(but, t.ID) && number(t.ID) && plainly(t.unfold()) == want {
			return t, true
		}
	}
	return tweet{}, false
}

// unfold is the text with links as their author wrote them, and without those
// that stand for files.
func (t tweet) unfold() string {
	s, e := t.Text, t.Entities
	if t.Note != nil {
		s, e = t.Note.Text, t.Note.Entities
	}
	for _, u := range t.Entities.URLs {
		if u.MediaKey != "" {
			s = strings.ReplaceAll(s, u.URL, "")
		}
	}
	for _, u := range e.URLs {
		if u.URL != "" {
			s = strings.ReplaceAll(s, u.URL, u.Expanded)
		}
	}
	return html.UnescapeString(s)
}

// plainly is a text without what X may change of it: space, composition, and the
// scheme and slashes of links.
func plainly(s string) string {
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	return strings.NewReplacer("https://", "", "http://", "", "/", "").Replace(s)
}

// sameLink reports whether one of the posts leads where ours does.
func sameLink(all []tweet, link string) bool {
	ours, err := url.Parse(link)
	if err != nil || link == "" {
		return false
	}
	for _, t := range all {
		for _, u := range t.Entities.URLs {
			theirs, err := url.Parse(u.Expanded)
			if err == nil && theirs.RequestURI() == ours.RequestURI() && strings.EqualFold(theirs.Hostname(), ours.Hostname()) {
				return true
			}
		}
	}
	return false
}
