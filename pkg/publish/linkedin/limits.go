package linkedin

import (
	"regexp"
	"strings"
	"time"

	"editorial/pkg/problem"
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

// Limits of films: MP4, 3 seconds to 30 minutes, 75 KB to 500 MB. Source: learn.
// microsoft.com/linkedin/marketing/community-management/shares/videos-api, version
// 2026-05, read 2026-11. What is too small is left for LinkedIn to refuse.
const (
	bytesFilm   = 500_000_000
	minSeconds  = 3
	maxSeconds  = 30 * 60
	recheckFilm = 15 * time.Second // ours
	// partsFilm is the most pieces that LinkedIn may ask for: it asks for 4 MiB
	// each.
	partsFilm = 1000
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

// files is what LinkedIn takes beside a text: pictures, or a film alone.
func files() media.Rule {
	return media.Rule{
		Kind: Kind, Most: limitImages, Alt: limitAlt, Alone: media.Film, MinSeconds: minSeconds, MaxSeconds: maxSeconds,
		Types: map[string]int64{
			"image/jpeg": bytesImage, "image/png": bytesImage, "image/gif": bytesImage, "video/mp4": bytesFilm,
		},
	}
}

// choose takes the files that go with a post.
func choose(all []platform.Media) ([]platform.Media, []problem.Problem) {
	rule := files()
	return media.Choose(media.Lead(all, func(mime string) bool { return rule.Types[mime] > 0 }), rule)
}

// scopeList reads scopes with commas or spaces: LinkedIn has both.
func scopeList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
