package publish

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Topic is what some entries are about: a tag, or a pillar of the strategy.
type Topic struct {
	// Name is as most posts write it, clean.
	Name string
	// Path is the topic's page below the site's address: "tags/velo/". Feeds
	// of the topic lie there too.
	Path string
	// Lang is the language of its entries, "" where there are several.
	Lang string
	// Entries are newest first, as in the site.
	Entries []Entry
}

// Tags returns the tags of the current entries, by path. Tags that come to
// the same [Slug] ("Vélo", "velo") are one.
func Tags(s Site) []Topic {
	return topics(s, "tags/", func(e Entry) []string { return e.Post.Tags })
}

// Pillars returns the pillars of the current entries, by path.
func Pillars(s Site) []Topic {
	return topics(s, "pillars/", func(e Entry) []string { return []string{e.Post.Pillar} })
}

func topics(s Site, dir string, of func(Entry) []string) []Topic {
	byPath := map[string]*gathered{}
	known := map[string]*gathered{} // by name as written; nil: it has no path
	current := s.Current()
	var seen []*gathered
	for i := range current {
		e := &current[i]
		seen = seen[:0]
		for _, name := range of(*e) {
			t, ok := known[name]
			if !ok {
				t = gather(byPath, dir, name, e.Post.Lang)
				known[name] = t
			}
			if t == nil || slices.Contains(seen, t) {
				continue
			}
			seen = append(seen, t)
			if t.Lang != e.Post.Lang {
				t.Lang = ""
			}
			t.at = append(t.at, i)
			t.spelt[name]++
		}
	}
	all := make([]Topic, 0, len(byPath))
	for _, t := range byPath {
		clean := make(map[string]int, len(t.spelt))
		for name, n := range t.spelt {
			clean[Line(name)] += n
		}
		t.Name, t.Entries = commonest(clean), make([]Entry, len(t.at))
		for i, at := range t.at {
			t.Entries[i] = current[at]
		}
		all = append(all, t.Topic)
	}
	slices.SortFunc(all, func(a, b Topic) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// gathered is a topic whose entries are being found: at are their places among
// the current ones, spelt how often its name is written in which way.
type gathered struct {
	Topic
	at    []int
	spelt map[string]int
}

// gather returns the topic of a name, a new one in a language where it is the
// first of its path, or nil for a name of nothing.
func gather(byPath map[string]*gathered, dir, name, lang string) *gathered {
	clean := Line(name)
	if clean == "" {
		return nil
	}
	p := dir + Slug(clean) + "/"
	if byPath[p] == nil {
		byPath[p] = &gathered{Topic: Topic{Path: p, Lang: lang}, spelt: map[string]int{}}
	}
	return byPath[p]
}

func commonest(count map[string]int) string {
	best := ""
	for name, n := range count {
		if n > count[best] || n == count[best] && name < best {
			best = name
		}
	}
	return best
}

// Slug returns a name for a folder and an address: lower case, Latin letters
// without accents, other letters and digits as they are, a hyphen for all
// else, at most 80 bytes. It is never empty, "." or "..", nor a name that
// Windows keeps for a device; text without a letter gets a name of its hash.
func Slug(text string) string {
	var b strings.Builder
	bears, gap := false, false // bears: the last letter keeps its marks
	for _, r := range norm.NFD.String(strings.ToLower(strings.ToValidUTF8(text, ""))) {
		var part string
		mark := unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r)
		switch {
		case mark && !bears:
			continue
		case spelled(r) != "":
			part = spelled(r)
		case mark || unicode.IsLetter(r) || unicode.IsDigit(r):
			part = string(r)
		default:
			bears, gap = false, true
			continue
		}
		if gap && b.Len() > 0 {
			part = "-" + part
		}
		if b.Len()+len(part) > 80 {
			break
		}
		b.WriteString(part)
		gap = false
		bears = mark || unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r)
	}
	slug := norm.NFC.String(b.String())
	switch {
	case slug == "":
		sum := sha256.Sum256([]byte(text))
		return "x-" + hex.EncodeToString(sum[:4])
	case device(slug):
		return slug + "-"
	}
	return slug
}

// spelled returns what stands for a letter or sign that is not plain but must
// not be lost: C++ and C# are two topics.
func spelled(r rune) string {
	switch r {
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case '+':
		return "plus"
	case '#':
		return "sharp"
	}
	return ""
}

// device reports whether Windows keeps a file name for itself.
func device(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && name[3] >= '0' && name[3] <= '9'
}
