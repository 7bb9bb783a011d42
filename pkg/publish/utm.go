package publish

import (
	"net/url"
	"strings"
)

// UTM is what the address of a page tells the statistics of its site: where
// readers come from. Texts are "" where it does not say.
type UTM struct{ Source, Medium, Campaign string }

// Tagged returns an address with the parameters utm_source, utm_medium and
// utm_campaign. The rest of its query, and its fragment, stay as they are, to the
// byte; a parameter that it has already stays too. What is no address of the web
// is returned as it is.
func Tagged(address string, u UTM) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" {
		return address
	}
	there, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return address // whoever reads it may not read ours
	}
	var added []string
	for _, p := range []struct{ name, value string }{{"utm_source", u.Source}, {"utm_medium", u.Medium}, {"utm_campaign", u.Campaign}} {
		if p.value != "" && !there.Has(p.name) {
			added = append(added, p.name+"="+url.QueryEscape(p.value))
		}
	}
	if added == nil {
		return address
	}
	page, fragment, hash := strings.Cut(address, "#")
	join := "?"
	if at := strings.IndexByte(page, '?'); at >= 0 {
		join = "&"
		if at == len(page)-1 || strings.HasSuffix(page, "&") {
			join = ""
		}
	}
	page += join + strings.Join(added, "&")
	if hash {
		page += "#" + fragment
	}
	return page
}
