package article

import (
	"path"
	"strings"

	"editorial/pkg/publish/platform"
)

// Name is what a file is called where it is uploaded: the same for every attempt
// of one placement with the same bytes, and no other. It has lower-case letters,
// digits and hyphens, and the extension of the file.
func Name(key platform.Key, m platform.Media) (name, ext string) {
	ext = strings.ToLower(path.Ext(m.Name))
	stem := Slug(strings.TrimSuffix(m.Name, path.Ext(m.Name)))
	if len(stem) > maxStem {
		stem = strings.Trim(stem[:maxStem], "-")
	}
	return strings.TrimPrefix(stem+"-"+(key+"/"+platform.Key(m.Sum)).Token(16), "-"), ext
}

// maxStem is how much of a file's own name is kept.
const maxStem = 40

// Slug makes of a name what every server takes in an address: a–z, 0–9 and
// single hyphens.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
