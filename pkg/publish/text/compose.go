package text

import (
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Rule is how a platform counts, and what it takes.
type Rule struct {
	// Kind is the platform, for findings.
	Kind string
	// Limit is the most of one post by Count, whose unit Unit names
	// ("characters", "graphemes", "weighted", "bytes"). Bytes, unless 0, is the
	// most in bytes of UTF-8 besides.
	Limit int
	Unit  string
	Count func(string) int
	Bytes int
	// Tags is how many tags a text may end with; NoTags those platforms where
	// they mean nothing.
	Tags   int
	NoTags bool
	// NoLink leaves the link out: where it stands beside the text, or is no good.
	NoLink bool
	// Threads lets a longer text become several posts, at most this many.
	Threads int
}

// Compose returns what a post says on a platform: the variant's own words, or
// the title, the summary, the question and the invitation as far as there is
// room, then the link and the tags. What does not fit is an error only if a
// person wrote it for this platform.
func Compose(p platform.Post, r Rule) ([]platform.Part, []problem.Problem) {
	return compose(p, r)
}
