package content

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"editorial/pkg/civil"
)

// Lengths of names, in bytes: a slug is a folder's name, and file systems
// take 255.
const (
	maxSlug        = 120
	maxDerivedSlug = 80
	maxID          = 64
)

// fileName is what the name of a post's file says of the post.
type fileName struct {
	stem string     // without date, language and extension
	date civil.Date // of the form 2026-07-14-velo.md or 2026-07-14_velo.md
	lang string     // of the form velo.fr.md
}

// readName takes a path apart. An index.md has its folder's name.
func readName(name string) fileName {
	var f fileName
	f.stem = strings.TrimSuffix(path.Base(name), path.Ext(name))
	if stem, lang, ok := cutLang(f.stem); ok {
		f.stem, f.lang = stem, lang
	}
	if dir := path.Base(path.Dir(name)); f.stem == "index" && dir != "." && dir != "/" {
		f.stem = dir
	}
	if len(f.stem) > len("2026-07-14-") && (f.stem[10] == '-' || f.stem[10] == '_') {
		if d, err := civil.ParseDate(f.stem[:10]); err == nil {
			f.date, f.stem = d, f.stem[11:]
		}
	}
	return f
}

// cutLang cuts a language off "velo.fr" and "velo.pt-BR".
func cutLang(stem string) (rest, lang string, ok bool) {
	i := strings.LastIndexByte(stem, '.')
	if i < 1 {
		return "", "", false
	}
	base, _, _ := strings.Cut(stem[i+1:], "-")
	if len(base) < 2 || len(base) > 3 || strings.ToLower(base) != base {
		return "", "", false
	}
	lang, ok = canonicalLang(stem[i+1:])
	return stem[:i], lang, ok
}

// canonicalLang returns a language tag of BCP 47 in its usual spelling.
func canonicalLang(tag string) (string, bool) {
	switch tag {
	case "de", "en", "es", "fr", "it", "nl", "pt": // most are; parsing them takes longer than reading the rest of a line
		return tag, true
	}
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		return "", false
	}
	return t.String(), true
}

// deriveSlug makes a slug of a file's stem: lower-case ASCII letters, digits
// and hyphens. It is "" for a name that has none of them.
func deriveSlug(stem string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(stem)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case fold(r) != "":
			b.WriteString(fold(r))
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	if len(s) > maxDerivedSlug {
		if cut := strings.LastIndexByte(s[:maxDerivedSlug+1], '-'); cut > 0 {
			s = s[:cut]
		} else {
			s = s[:maxDerivedSlug]
		}
	}
	return s
}

// fold spells letters that Unicode does not take apart.
func fold(r rune) string {
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
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	case 'ħ':
		return "h"
	}
	return ""
}

// goodSlug reports whether an author's slug can name a folder everywhere:
// letters, digits, marks, hyphens, underscores, dots and tildes, neither
// beginning nor ending with a dot, no device of Windows.
func goodSlug(s string) bool {
	if s == "" || len(s) > maxSlug || !utf8.ValidString(s) || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), i > 0 && unicode.IsMark(r):
		case r == '-', r == '_', r == '.', r == '~':
		default:
			return false
		}
	}
	base, _, _ := strings.Cut(strings.ToLower(s), ".")
	return !device(base)
}

// device reports a name that is no file on Windows.
func device(base string) bool {
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (base[:3] == "com" || base[:3] == "lpt") && base[3] >= '0' && base[3] <= '9'
}

// goodID reports whether an author's id can be part of a GUID, a file name
// and a line of the agreed calendar.
func goodID(s string) bool {
	return s != "" && len(s) <= maxID && plainName(s) && s[0] != '.' && s[0] != '-'
}

// goodName reports whether s can name a platform or a person.
func goodName(s string) bool { return s != "" && len(s) <= maxID && plainName(s) }

// plainName reports ASCII letters, digits, hyphens, underscores and dots.
func plainName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.')
	})
}
