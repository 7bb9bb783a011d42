package text

import (
	"strings"
	"unicode"
)

// FederatedLimit is how much a post of Mastodon holds where its server does not
// say otherwise, FederatedLink what any address counts there (docs of the method
// GET /api/v2/instance, configuration.statuses, read 2026-11).
const (
	FederatedLimit = 500
	FederatedLink  = 23
)

// Federated returns how servers of Mastodon count: graphemes, but an address
// with http:// or https:// counts link ([FederatedLink], unless the server says
// otherwise), and of "@somebody@server.example" only "@somebody" counts.
func Federated(link int) func(string) int {
	return func(s string) int {
		n, at := 0, 0
		for _, sp := range spans(s, webGrammar()) {
			switch {
			case sp.Kind == Link && schemeOf(s[sp.Start:sp.End]) > 0:
				n += Graphemes(s[at:sp.Start]) + link
				at = sp.End
			case sp.Kind == Mention && strings.Contains(sp.Target, "@"):
				n += Graphemes(s[at : sp.Start+1+strings.IndexByte(sp.Target, '@')])
				at = sp.End
			}
		}
		return n + Graphemes(s[at:])
	}
}

// webGrammar is what Mastodon, and what people, take for a part of an address:
// letters of any script.
func webGrammar() grammar {
	not := func(list string) func(rune) bool {
		return func(r rune) bool {
			return !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune(list, r)
		}
	}
	const open, marks = "<>()?…", "<>()?…!*\"'’”“»«「」;:,.$%[]~&|@=\u2013\u2014"
	return grammar{path: not(open), pathEnd: not(marks), query: not("<>()*[]…"), queryEnd: not(marks)}
}
