package config

import "strings"

// otherName returns the key that we have for what other programs, or other
// words of the same trade, call so; "" where we know of none.
func otherName(key string) string {
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key)) {
	case "timezone", "tz":
		return "zone"
	case "language", "languagecode", "defaultcontentlanguage", "defaultlanguage", "locale":
		return "lang"
	case "languages", "locales":
		return "langs"
	case "baseurl", "siteurl", "address", "website", "domain", "link":
		return "url"
	case "name", "sitename", "sitetitle":
		return "title"
	case "tagline", "subtitle", "summary":
		return "description"
	case "authors":
		return "author"
	case "mail":
		return "email"
	case "license", "copyright":
		return "licence"
	case "licenseurl":
		return "licence_url"
	case "permalinks", "permalinkpattern":
		return "permalink"
	case "team", "members":
		return "people"
	case "channels", "networks":
		return "platforms"
	case "topics", "categories":
		return "pillars"
	}
	return ""
}
