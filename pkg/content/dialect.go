package content

import (
	"slices"
	"strings"
)

// Dialect is what the files of an office call things besides the names that
// everybody knows. A nil Dialect adds nothing.
type Dialect struct {
	// DateKeys, UpdatedKeys, ExpiresKeys, LangKeys and TranslationKeys are
	// further keys of those fields, in whatever case, the one that counts most
	// first. They count less than the field's own names, except those that
	// stand before the field's own name in the list.
	DateKeys, UpdatedKeys, ExpiresKeys, LangKeys, TranslationKeys []string
	// Langs are the languages of the site: a folder of such a name says the
	// language of what is in it. LangFolders are further names of folders.
	Langs       []string
	LangFolders map[string]string
	// SpacedTags makes spaces part tags and categories in a text without a
	// comma, everywhere as below Jekyll's _posts.
	SpacedTags bool
}

// ownRank is the rank of the first of a dialect's own keys. Those before the
// field's own name have negative ranks.
const ownRank = 100

// field returns the field that a key of the dialect's own means, and its rank.
func (d *Dialect) field(key string) (name string, rank int, ok bool) {
	if d == nil || len(d.DateKeys)+len(d.UpdatedKeys)+len(d.ExpiresKeys)+len(d.LangKeys)+len(d.TranslationKeys) == 0 {
		return "", 0, false
	}
	for _, own := range []struct {
		name string
		keys []string
	}{
		{"date", d.DateKeys}, {"updated", d.UpdatedKeys}, {"expires", d.ExpiresKeys}, {"lang", d.LangKeys},
		{"translation", d.TranslationKeys},
	} {
		i := slices.IndexFunc(own.keys, func(k string) bool { return strings.EqualFold(k, key) })
		if i < 0 || strings.EqualFold(key, own.name) {
			continue
		}
		at := slices.IndexFunc(own.keys, func(k string) bool { return strings.EqualFold(k, own.name) })
		if i < at {
			return own.name, i - at, true
		}
		return own.name, ownRank + i, true
	}
	return "", 0, false
}

// fieldOf returns the field that a key means here, and its rank. What a
// dialect says of a key counts more than what everybody takes it for.
func (d *Dialect) fieldOf(key string) (name string, rank int, ok bool) {
	if name, rank, ok = d.field(key); ok {
		return name, rank, true
	}
	return fieldOf(key)
}

// folder returns the language that a folder's name says.
func (d *Dialect) folder(name string) (lang string, ok bool) {
	for own, lang := range d.LangFolders {
		if strings.EqualFold(own, name) {
			return canonicalLang(lang)
		}
	}
	tag := strings.ReplaceAll(name, "_", "-")
	for _, lang := range d.Langs {
		if strings.EqualFold(lang, tag) {
			return canonicalLang(lang)
		}
	}
	return "", false
}
