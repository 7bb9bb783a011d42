package content

import (
	"path"
	"strings"
	"unicode"
)

// NameFor returns a name for the file of a new post with this title, without
// extension: its slug, and one that can stand on every system. It is "" for a
// title that has neither a letter nor a digit of any Latin alphabet, and for
// one of which nothing but digits could be said.
//
// A file of that name is read with the name as its slug, never as dated, as in
// another language, or as the index of its folder.
func NameFor(title string) string {
	name := deriveSlug(title)
	if name == "" || strings.ContainsFunc(title, unicode.IsLetter) && !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	if f := (Defaults{}).Place(path.Join("x", name+".md")); f.Stem != name || !f.Date.IsZero() || name == "index" || !goodSlug(name) || !isPost(name+".md") {
		return "post-" + name
	}
	return name
}
