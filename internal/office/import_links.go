package office

import (
	"cmp"
	"net/url"
	"strings"

	"editorial/pkg/importer"
)

// move notes where a post lies here, if that is not where it would lie.
func (s *settler) move(p importer.Post) {
	to := p.Path
	if here := cmp.Or(s.known(p), s.sameAddress(p)); here != nil {
		to = here.Path
	} else if name, free := s.name(p); free {
		to = name
	}
	if to != p.Path {
		s.moved[p.Path] = to
	}
}

// follow lets the links of a post lead to where the others lie here.
func (s *settler) follow(src []byte) []byte {
	if len(s.moved) == 0 {
		return src
	}
	return s.links.ReplaceAllFunc(src, func(link []byte) []byte {
		name, err := url.PathUnescape(strings.TrimPrefix(string(link), "](/"))
		if to := s.moved[name]; to != "" && err == nil {
			return []byte("](/" + (&url.URL{Path: to}).EscapedPath())
		}
		return link
	})
}
