package publish

import (
	"net/url"
	"strings"
)

// MailTo returns the address of RFC 6068 that opens a mail to an address with
// a subject. No character of the two can end its part: a "&" or "=" of a title
// would add header fields of its own.
func MailTo(address, subject string) string {
	local, domain := address, ""
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		local, domain = address[:i], "@"+percent(address[i+1:])
	}
	return "mailto:" + percent(local) + domain + "?subject=" + percent(Line(subject))
}

// percent escapes all that could mean something in an address. RFC 6068 knows
// no "+" for a space.
func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
