package office

import (
	"bytes"
	"cmp"
	"net/url"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"editorial/pkg/content"
	"editorial/pkg/importer"
	"editorial/pkg/publish/feed"
)

// known is the post that the office had already, by its id or its guid, or nil.
func (s *settler) known(p importer.Post) *content.Post {
	if here := s.ids[s.idOf(p)]; here != nil {
		return here
	}
	if here := s.guids[p.GUID]; here != nil && p.GUID != "" {
		return here
	}
	if own := content.Read(p.Path, p.Source, s.o.defaults()); !own.IDDerived {
		return s.ids[strings.ToLower(own.ID)]
	}
	return nil
}

// sameAddress is the post that the office had before and that has the old
// address of another in the same language, or nil.
func (s *settler) sameAddress(p importer.Post) *content.Post {
	old := s.below(p.Address)
	if p.Address == "" || old == "/" || strings.Contains(old, "?") {
		return nil
	}
	other := s.here[s.addresses[folded(addressKey(old))]]
	if other == nil || other.Lang != content.Read(p.Path, p.Source, s.o.defaults()).Lang {
		return nil
	}
	return other
}

// idOf is the id that a post gets: that of its feed where it is a UUID, else
// one made of what identifies it where it comes from.
func (s *settler) idOf(p importer.Post) string {
	if plain, ok := strings.CutPrefix(p.GUID, "urn:uuid:"); ok {
		if u, err := uuid.Parse(plain); err == nil && feed.GUID(u.String()) == p.GUID {
			return u.String()
		}
	}
	from := p.Key
	if !strings.HasPrefix(from, "file:") {
		from = cmp.Or(p.GUID, p.Key)
	}
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("editorial:import:"+from)).String()
}

// sameText reports two texts that have the same letters and digits.
func sameText(a, b []byte) bool {
	plain := func(text []byte) []byte {
		return bytes.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, norm.NFC.Bytes(text))
	}
	return bytes.Equal(plain(a), plain(b))
}

// below is the path of an old address from the top of the site, with its query.
func (s *settler) below(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := cmp.Or(u.Path, "/")
	if site, err := url.Parse(s.o.Config.Site.URL); err == nil && (u.Host == "" || strings.EqualFold(u.Host, site.Host)) {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(site.Path, "/")+"/"); ok {
			name = "/" + rest
		}
	}
	if u.RawQuery != "" {
		name += "?" + u.RawQuery
	}
	return name
}

// addressKey is an old address as the addresses of posts are written.
func addressKey(old string) string { return strings.Trim(old, "/") + "/" }
