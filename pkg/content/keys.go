package content

import (
	"strings"

	"editorial/pkg/problem"
)

// guards are the keys that keep a post from going out, or take it back: a
// misspelt one is an error, for nothing else would say that it is not heard.
func guards() []string {
	return []string{"draft", "date", "publishDate", "embargo", "expires", "approval", "not_before", "deadline"}
}

// Guards returns the keys that keep a post from going out, or take it back. A
// key near one of them that means nothing is an error.
func Guards() []string { return guards() }

// NoSlips returns the keys near a guard that mean something to others.
func NoSlips() []string { return []string{"headline", "data", "rate"} }

// Keys returns the names of all fields, those that guard publication first.
func Keys() []string {
	return append(guards(),
		"id", "title", "slug", "lang", "summary", "authors", "tags", "image", "translation", "canonical",
		"question", "invite", "updated", "stage", "effort", "logged", "assignee", "format", "platforms",
		"priority", "pillar", "intent", "audience", "objective", "campaign", "series", "part", "repeat",
		"edition", "variants", "permalink", "aliases")
}

// fieldOf returns the field that a key means, in whatever case it is written,
// and how much the spelling counts where two spellings of one field stand in
// a post: 0 is the field's own name.
func fieldOf(key string) (field string, rank int, ok bool) {
	lower := strings.ToLower(key)
	switch lower {
	case "draft", "date", "embargo", "expires", "approval", "not_before", "deadline",
		"id", "title", "slug", "lang", "summary", "authors", "tags", "image", "translation", "canonical",
		"question", "invite", "updated", "stage", "effort", "logged", "assignee", "format", "platforms",
		"priority", "pillar", "intent", "audience", "objective", "campaign", "series", "part", "repeat",
		"edition", "variants", "published", "categories", "permalink", "aliases", "status":
		return lower, 0, true
	}
	return synonym(lower)
}

// synonym returns the field that other programs have under another name.
func synonym(key string) (field string, rank int, ok bool) {
	switch key {
	case "description":
		return "summary", 1, true
	case "excerpt":
		return "summary", 2, true
	case "author":
		return "authors", 1, true
	case "category":
		return "categories", 1, true
	case "tag":
		return "tag", 0, true
	case "images":
		return "image", 1, true
	case "cover", "featured_image", "featuredimage", "thumbnail":
		return "image", 2, true
	case "language":
		return "lang", 1, true
	case "locale":
		return "lang", 2, true
	case "translationkey":
		return "translation", 1, true
	case "translation_key":
		return "translation", 2, true
	case "lang-ref", "lang_ref", "ref", "page_id":
		return "ref", 0, true
	case "canonicalurl", "canonical_url":
		return "canonical", 1, true
	case "url":
		return "permalink", 1, true
	case "path":
		return "permalink", 2, true
	case "save_as":
		return "permalink", 3, true
	case "alias":
		return "aliases", 1, true
	case "redirect_from":
		return "redirect_from", 0, true
	}
	return otherDate(key)
}

// otherDate returns the date that other programs have under another name.
func otherDate(key string) (field string, rank int, ok bool) {
	switch key {
	case "lastmod":
		return "updated", 1, true
	case "modified":
		return "updated", 2, true
	case "last_modified_at", "last_modified", "lastmodified":
		return "updated", 3, true
	case "updated_at", "updatedat", "updateddate":
		return "updated", 4, true
	case "last_update", "last_updated", "lastupdated":
		return "updated", 5, true
	case "modified_at", "date_modified", "datemodified":
		return "updated", 6, true
	case "publishdate":
		return "publishDate", 0, true
	case "pubdate":
		return "publishDate", 1, true
	case "published_at", "publishedat":
		return "publishDate", 2, true
	case "date_published", "datepublished":
		return "publishDate", 3, true
	case "publish_date", "published_date", "publisheddate":
		return "publishDate", 4, true
	case "created_at", "createdat":
		return "created_at", 0, true
	case "created", "date_created", "datecreated":
		return "created_at", 1, true
	case "expirydate":
		return "expires", 1, true
	case "unpublishdate":
		return "expires", 2, true
	}
	return "", 0, false
}

// near returns the known key that an unknown one is probably meant to be, or
// "", and whether that is a guard.
func near(key string) (known string, guard bool) {
	plain := flat(key)
	if ordinary(plain) {
		return "", false
	}
	for _, k := range guards() {
		if flat(k) == plain {
			return k, true
		}
	}
	all := Keys()
	flats := make([]string, len(all))
	for i, k := range all {
		flats[i] = flat(k)
	}
	n := problem.Nearest(plain, flats)
	for i, k := range flats {
		if n != "" && k == n {
			return all[i], i < len(guards())
		}
	}
	return "", false
}

// ordinary reports keys of others that are near one of ours, and no slip.
func ordinary(flat string) bool {
	switch flat {
	case "headline", "data", "rate", "state", "parent", "editor", "editors", "translator", "translators", "translations", "translated",
		"uid", "lng", "ogimage", "update", "updates", "updatedby", "formats", "permalinks":
		return true
	}
	return strings.HasPrefix(flat, "author") // author_url
}

// flat is a key without case and without what joins its words.
func flat(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(key))
}
