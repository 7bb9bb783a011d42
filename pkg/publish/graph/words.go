package graph

import (
	"net/url"
	"strings"

	"editorial/pkg/publish"
)

// Squeeze is a text without what platforms change about spaces.
func Squeeze(s string) string { return strings.Join(strings.Fields(publish.Clean(s)), " ") }

// maxLink is the most bytes of an address that is shown.
const maxLink = 2_000

// Link is an address out of an answer, or "" where it is none of the web.
func Link(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(s) > maxLink || publish.Clean(s) != s {
		return ""
	}
	return s
}
