package markdown

import "strings"

// What raw HTML may use. docs/markdown.md is the list for authors.

type elementKind uint8

const (
	removed elementKind = iota
	phrase              // stands in a line
	block               // cannot stand in a paragraph
	void                // has no content and no end tag
)

const (
	phrases = "a abbr audio b bdi bdo cite code data del dfn em i ins kbd mark picture q rp rt ruby s samp small span strike strong sub sup time tt u var video"
	blocks  = "address article aside blockquote caption center colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li main ol p pre section summary table tbody td tfoot th thead tr ul"
	voids   = "br col hr img source track wbr"
)

// elements returns what each element that may stay is.
func elements() map[string]elementKind {
	m := map[string]elementKind{}
	for _, of := range []struct {
		names string
		kind  elementKind
	}{{phrases, phrase}, {blocks, block}, {voids, void}} {
		for name := range strings.FieldsSeq(of.names) {
			m[name] = of.kind
		}
	}
	return m
}

// attributes returns the attributes that may stay on an element. id and name
// are never among them: they would shadow what scripts of a page look up.
func attributes(element string) string {
	const all = "class dir lang title"
	switch element {
	case "a":
		return all + " href hreflang"
	case "audio":
		return all + " src controls loop muted preload"
	case "video":
		return all + " src poster width height controls loop muted preload"
	case "source":
		return "src srcset sizes type media width height"
	case "track":
		return "src kind srclang label default"
	case "img":
		return all + " src srcset sizes alt width height align"
	case "blockquote", "q":
		return all + " cite"
	case "del", "ins":
		return all + " cite datetime"
	case "time":
		return all + " datetime"
	case "data":
		return all + " value"
	case "details":
		return all + " open"
	case "ol":
		return all + " start reversed type"
	case "li":
		return all + " value"
	case "col", "colgroup":
		return all + " span"
	case "td", "th":
		return all + " colspan rowspan scope abbr align"
	case "p", "div", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6":
		return all + " align"
	}
	return all
}

// valid returns the value of an attribute as it may be written, and whether
// it may.
func valid(element, key, value string) (string, bool) {
	const digits = "0123456789"
	switch key {
	case "class":
		value = classes(value)
		return value, value != ""
	case "dir":
		return value, one(value, "ltr rtl auto")
	case "lang", "hreflang", "srclang":
		return value, len(value) <= 35 && value != "" && only(value, digits+"-"+letters)
	case "align":
		return strings.ToLower(value), one(strings.ToLower(value), "left center right justify")
	case "width", "height", "colspan", "rowspan", "span":
		return value, value != "" && len(value) <= 4 && only(value, digits)
	case "start", "value":
		if element == "data" {
			return value, true
		}
		number := strings.TrimPrefix(value, "-")
		return value, number != "" && len(number) <= 9 && only(number, digits)
	case "controls", "loop", "muted", "open", "reversed", "default":
		return key, true
	case "preload":
		return value, one(value, "none metadata")
	case "type":
		if element == "ol" {
			return value, one(value, "1 a A i I")
		}
		return value, true
	case "scope":
		return value, one(value, "row col rowgroup colgroup")
	case "kind":
		return value, one(value, "subtitles captions descriptions chapters")
	case "href":
		return value, safeLink(value)
	case "src", "poster":
		return value, safeSource(value)
	case "cite":
		return value, safeLink(value)
	}
	return value, true
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// only reports whether s consists of chars.
func only(s, chars string) bool { return strings.Trim(s, chars) == "" }

func one(s, words string) bool {
	return s != "" && !strings.Contains(s, " ") && strings.Contains(" "+words+" ", " "+s+" ")
}

// classes keeps the class names that describe content. Others belong to the
// page around a post and could dress a post up as part of it.
func classes(value string) string {
	const known = "align-left align-center align-right aligncenter alignleft alignnone alignright caption caution center " +
		"full gallery image important lead left note quote right small tip warning wide"
	var kept []string
	for name := range strings.FieldsSeq(value) {
		if one(name, known) || strings.HasPrefix(name, "language-") && only(name, letters+"0123456789-+#_") {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, " ")
}
