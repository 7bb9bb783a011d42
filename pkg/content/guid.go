package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// KeyGUID is the key under which a post keeps the id that its items had in the
// feeds of another program. Readers know the post by it, so that it must stay
// what it was, whatever its form: an address, a URN, a number.
const KeyGUID = "guid"

// maxGUID is the length of a guid in bytes.
const maxGUID = 1024

// Codes of the problems of guids.
const (
	CodeBadGUID  problem.Code = "bad-guid"
	CodeSameGUID problem.Code = "same-guid"
)

// GUID returns the id under which feed readers know the post from another
// program, or "" for a post that has none, or none that can be used.
func (p *Post) GUID() string {
	m, ok := p.guid()
	if !ok || !goodGUID(m.Value) {
		return ""
	}
	return strings.TrimSpace(m.Value.Str)
}

// CheckGUIDs finds guids that cannot be used, and posts that have the same:
// readers would see one in place of the other. Each of those concerned has the
// problem.
func CheckGUIDs(posts []*Post) {
	for _, p := range posts {
		if m, ok := p.guid(); ok && m.Value.Kind != value.Null && !goodGUID(m.Value) {
			p.problem(m.Value.At, CodeBadGUID, problem.Params{"value": written(m.Value)})
		}
	}
	clash(posts, KeyGUID, CodeSameGUID, func(p *Post) (string, string) { return p.GUID(), p.GUID() })
	for _, p := range posts {
		if m, ok := p.guid(); ok {
			for i := range p.Problems {
				if p.Problems[i].Code == CodeSameGUID {
					p.Problems[i].Position = m.Value.At
				}
			}
		}
	}
}

// guid is the member of the front matter, in whatever case it is written.
func (p *Post) guid() (value.Member, bool) {
	for _, m := range p.Extra {
		if strings.EqualFold(m.Key, KeyGUID) {
			return m, true
		}
	}
	return value.Member{}, false
}

// goodGUID reports a text of one line that is neither empty nor too long.
func goodGUID(v value.Value) bool {
	s := strings.TrimSpace(v.Str)
	return isText(v) && s != "" && len(s) <= maxGUID && utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError || r == '\ufffe' || r == '\uffff'
	})
}
