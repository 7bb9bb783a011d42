package office

import (
	"strings"

	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// Codes of former addresses from which no page can lead on, because another
// page is there.
const (
	CodeAliasOfPost problem.Code = "alias-of-post" // value, other
	CodeAliasTaken  problem.Code = "alias-taken"   // value
)

// aliases warns of the former addresses that are no use: where another post
// has its page, of those by their folded addresses, or the site one of its own.
func (o *Office) aliases(posts map[string]*content.Post) {
	if !o.Config.Site.Pages {
		return
	}
	for _, p := range o.Corpus.Posts {
		if len(p.Aliases) == 0 || p.HasErrors() {
			continue
		}
		field := "aliases"
		if !p.Has(field) {
			field = "redirect_from"
		}
		for _, alias := range p.Aliases {
			address := strings.TrimPrefix(folded(alias), "/")
			found := problem.Problem{Position: p.At(field), Severity: problem.Warning, Params: problem.Params{"value": alias}}
			switch other := posts[address]; {
			case other != nil && other != p:
				found.Code, found.Params["other"] = CodeAliasOfPost, ContentDir+"/"+other.Path
			case other == nil && (o.ownAddress(address) || address == "404.html"):
				found.Code = CodeAliasTaken
			default:
				continue
			}
			p.Problems = append(p.Problems, found)
		}
	}
}
