package publish

import (
	"slices"
	"strings"
)

// LangOf returns the language of the site that a post's language belongs to:
// the same one, or the one that it is a kind of ("fr" for "fr-CA"); "" if the
// site has none.
func (s Site) LangOf(tag string) string {
	for {
		if i := slices.IndexFunc(s.Langs, func(l string) bool { return strings.EqualFold(l, tag) }); i >= 0 {
			return s.Langs[i]
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return ""
		}
		tag = tag[:i]
	}
}

// LettersIn returns the path of the archive of newsletters that is nearest to
// readers of a language: the first that begins with it, else that has it, else
// that has every language, else the first; "" where there is none.
func (s Site) LettersIn(lang string) string {
	best, path := 4, ""
	for _, l := range s.Letters {
		rank := 3
		switch at := slices.IndexFunc(l.Langs, func(x string) bool { return Base(x) == Base(lang) }); {
		case at >= 0:
			rank = min(at, 1)
		case len(l.Langs) == 0:
			rank = 2
		}
		if rank < best {
			best, path = rank, l.Path
		}
	}
	return path
}

// In returns the current entries of one of the site's languages; "" means all.
// They are not to be changed.
func (s Site) In(lang string) []Entry {
	all := s.Current()
	if lang == "" {
		return all
	}
	var in []Entry
	for _, e := range all {
		if s.LangOf(e.Post.Lang) == lang {
			in = append(in, e)
		}
	}
	return in
}

// Home returns the path of the home of a language, below the site's address:
// "fr/", or "" where the site has one language only, and for lang "".
func (s Site) Home(lang string) string {
	if lang == "" || len(s.Langs) < 2 {
		return ""
	}
	return Slug(lang) + "/"
}

// Base returns the language that a tag begins with, in lower case: "fr" for
// "fr-CA".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base
}

// Direction returns "rtl" for a language that is written from right to left,
// else "".
func Direction(lang string) string {
	switch Base(lang) {
	case "ar", "dv", "fa", "he", "iw", "ps", "ur", "yi":
		return "rtl"
	}
	return ""
}

// Names joins the names of people as a sentence does; and is the word between
// the last two.
func Names(all []string, and string) string {
	var names []string
	for _, n := range all {
		if n = Line(n); n != "" {
			names = append(names, n)
		}
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + and + " " + names[last]
}
