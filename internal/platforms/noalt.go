package platforms

import (
	"editorial/pkg/problem"
	"editorial/pkg/publish/article"
	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/media"
)

// NoAlt reports whether a finding is that a picture has no alternative text,
// which each platform says for itself.
func NoAlt(code problem.Code) bool {
	switch code {
	case media.CodeNoAlt, mastodon.CodeNoAlt, bluesky.CodeNoAlt, article.CodeNoAlt:
		return true
	}
	return false
}
