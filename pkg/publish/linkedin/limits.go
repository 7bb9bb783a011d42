package linkedin

import (
	"regexp"
	"strings"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// The platform's own addresses. Source: learn.microsoft.com/linkedin/shared/
// authentication/authorization-code-flow and …/shares/posts-api, 2026-11.
const (
	server     = "https://api.linkedin.com"
	authServer = "https://www.linkedin.com"
	// version of the interface, YYYYMM: each lives for about a year, then all
	// requests with it are refused. The option "version" takes its place.
	version = "202605" // the newest pages seen in 2026-11
)

// Limits. Source: …/shares/posts-api, …/shares/images-api and …/shares/
// multiimage-post-api, 2026-11. Whether escapes count is written nowhere: they do
// here. The bytes of a picture are general knowledge.
const (
	limitText    = 3000
	limitImages  = 20
	limitAlt     = 4086
	limitTitle   = 400 // of an article
	limitSummary = 4086
	bytesImage   = 8_000_000
)

// Times, all ours.
const (
	ahead   = 15 * time.Minute
	settle  = time.Minute
	recheck = 5 * time.Second
	pages   = 5
	page    = 50
)

// authorKind returns "organization" or "person" of an author's URN, or "".
func authorKind(urn string) string {
	m := regexp.MustCompile(`^urn:li:(organization|person):[A-Za-z0-9_-]{1,64}$`).FindStringSubmatch(urn)
	if m == nil {
		return ""
	}
	return m[1]
}

// Caps says what LinkedIn can do for this author.
func (f Format) Caps() platform.Caps {
	c := platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Settle: settle, Ahead: ahead, Media: limitImages}
	if f.organisation() {
		c.Guarantee = platform.ExactlyOnce
	}
	return c
}

func (f Format) organisation() bool { return authorKind(f.Author) == "organization" }

// scopes are what publishing and looking need. Source: …/shares/posts-api.
func (f Format) scopes() []string {
	if f.organisation() {
		return []string{"w_organization_social", "r_organization_social"}
	}
	return []string{"w_member_social"}
}

// files is what LinkedIn takes beside a text; films are not sent yet.
func files() media.Rule {
	return media.Rule{Kind: Kind, Most: limitImages, Alt: limitAlt, Types: map[string]int64{
		"image/jpeg": bytesImage, "image/png": bytesImage, "image/gif": bytesImage,
	}}
}

// scopeList reads scopes with commas or spaces: LinkedIn has both.
func scopeList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
