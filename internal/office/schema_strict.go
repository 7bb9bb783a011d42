package office

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"editorial/internal/config"
	"editorial/internal/schema"
	"editorial/pkg/content"
)

// The regular expressions below are read alike by the libraries of JavaScript,
// Rust and Go, none of which has them all: no looking ahead, no flags.
const (
	// noSuchDay is how a date begins that no calendar has.
	noSuchDay = `^\s*[0-9]{4}-(00|1[3-9]|[2-9][0-9])-[0-9]|^\s*[0-9]{4}-[0-9]{2}-(00|3[2-9]|[4-9][0-9])([^0-9]|$)` +
		`|^\s*[0-9]{4}-(02-3[01]|(04|06|09|11)-31)([^0-9]|$)`
	// slugLetter is no sign of ASCII but a hyphen, an underscore and a tilde.
	slugLetter = "[^\\x00-,./:-@\\[-\\^`{-}\\x7f]"
	goodSlug   = `^\s*(/?` + slugLetter + `(\.?` + slugLetter + `)*)?\s*$`
)

// named is a text that names something. An office's own is one that it has, for
// check has a word about others.
func (m frontMatter) named(field string) *schema.Node {
	names := m.names[field]
	if !m.office || len(names) == 0 {
		return schema.Suggest(plainText(), names...)
	}
	return schema.Suggest(textOf(names, `^\s*(`+oneOf(names)+`)?\s*$`), names...)
}

// severalNamed is as named, for a text that may have several names with commas.
func (m frontMatter) severalNamed(field string) *schema.Node {
	names := m.names[field]
	if !m.office || len(names) == 0 {
		return schema.Suggest(plainText(), names...)
	}
	return schema.Suggest(textOf(names, `^[\s,]*((`+oneOf(names)+`)([\s,]+|$))*$`), names...)
}

// textOf is a text of a form. Where a name could be taken for something else
// than a text, so may what stands in the post.
func textOf(names []string, pattern string) *schema.Node {
	n := plainText()
	n.Pattern = pattern
	if !slices.ContainsFunc(names, looksLikeNoText) {
		n.Type = []string{"string", "null"}
	}
	return n
}

// looksLikeNoText reports a name that YAML takes for a number or a switch.
func looksLikeNoText(name string) bool {
	switch strings.ToLower(name) {
	case "y", "n", "yes", "no", "on", "off", "true", "false":
		return true
	}
	return strings.ContainsAny(name, "0123456789")
}

func oneOf(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return strings.Join(quoted, "|")
}

// anyCase is the form of one of several words, in whatever case, or of nothing.
func anyCase(words []string) string {
	var b strings.Builder
	b.WriteString(`^\s*(`)
	for i, word := range words {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, r := range word {
			b.WriteString(letter(r))
		}
	}
	b.WriteString(`)?\s*$`)
	return b.String()
}

// letter is a letter in either case, or another sign as it is.
func letter(r rune) string {
	if !unicode.IsLetter(r) {
		return regexp.QuoteMeta(string(r))
	}
	return "[" + string(unicode.ToLower(r)) + string(unicode.ToUpper(r)) + "]"
}

// noSlips is what the name of a key may be: anything but a key that guards
// publication with one letter too many, too few, wrong, or after its neighbour.
func noSlips(c config.Config) *schema.Node {
	own := slices.Concat(c.Content.DateKeys, c.Content.UpdatedKeys, c.Content.ExpiresKeys, c.Content.LangKeys, c.Content.TranslationKeys)
	var slips []string
	for _, guard := range content.Guards() {
		slips = append(slips, slipsOf(strings.ReplaceAll(guard, "_", ""))...)
	}
	slipped := &schema.Node{Not: &schema.Node{Pattern: "^(" + strings.Join(slips, "|") + ")$"}}
	meant := anyCase(append(content.NoSlips(), own...))
	return schema.Either(slipped, schema.Text(meant))
}

// slipsOf are the forms of what comes of a word by one slip.
func slipsOf(word string) []string {
	each := make([]string, 0, len(word))
	for _, r := range word {
		each = append(each, letter(r))
	}
	form := func(parts ...[]string) string { return strings.Join(slices.Concat(parts...), "") }
	some := []string{"[a-zA-Z]"}
	var all []string
	for i := range each {
		other := []string{but(rune(word[i]))}
		all = append(all, form(each[:i], each[i+1:]), form(each[:i], some, each[i:]), form(each[:i], other, each[i+1:]))
		if i > 0 && word[i-1] != word[i] {
			all = append(all, form(each[:i-1], each[i:i+1], each[i-1:i], each[i+1:]))
		}
	}
	return append(all, form(each, some))
}

// but is any letter but one.
func but(r rune) string {
	var b strings.Builder
	for other := 'a'; other <= 'z'; other++ {
		if other != unicode.ToLower(r) {
			b.WriteRune(other)
			b.WriteRune(unicode.ToUpper(other))
		}
	}
	return "[" + b.String() + "]"
}
