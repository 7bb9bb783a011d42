package youtube

import (
	"time"

	"editorial/pkg/publish/platform"
)

// The platform's own addresses. Source: developers.google.com/youtube/v3/guides/
// using_resumable_upload_protocol and /identity/protocols/oauth2, 2026-10.
const (
	server   = "https://www.googleapis.com"
	tokenURL = "https://oauth2.googleapis.com/token"
)

// Limits. Source: developers.google.com/youtube/v3/docs/videos, 2026-10: title in
// characters, description in bytes, tags with the quotes and commas that joining
// them takes. That the tags may have 500 is general knowledge.
const (
	limitTitle       = 100
	limitDescription = 5000
	limitTags        = 500
	bytesVideo       = 256 << 30
	// piece of an upload: a multiple of 256 KiB, as the protocol wants.
	pieceSize = 8 << 20
	unit      = 256 << 10
)

// Units of quota. Source: developers.google.com/youtube/v3/determine_quota_cost;
// that an upload costs about 100 and no more 1,600 is in the revision history of
// 2025-12-04. The options "quota_day", "quota_insert", "quota_update" and
// "quota_list" take their place.
const (
	quotaDay    = 10_000
	quotaInsert = 100
	quotaUpdate = 50
	quotaList   = 1
)

// quotaZone is where the day of the quota ends at midnight. Source: the same.
const quotaZone = "America/Los_Angeles"

// Times: of ours, but that publishAt has no bounds but the future.
const (
	ahead     = 3 * time.Hour // to upload and to be worked up
	settle    = 0             // a film's own status is true at once
	recheck   = 30 * time.Second
	lookBack  = 48 * time.Hour // how long before the instant a film may have been uploaded
	nativeMin = 15 * time.Minute
	nativeMax = 180 * 24 * time.Hour
	maxPages  = 4 // of the channel's uploads, 50 each
)

// Scopes of Google. One that includes the other counts for it.
const (
	scopeManage   = "https://www.googleapis.com/auth/youtube"
	scopeForceSSL = "https://www.googleapis.com/auth/youtube.force-ssl" // comments, too
)

// videos are the types of films that YouTube takes.
func videos() []string {
	return []string{"video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "video/x-msvideo", "video/mpeg", "video/3gpp"}
}

// Caps says what YouTube can do.
func (f Format) Caps() platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: ahead, Media: 1,
		NativeMin: nativeMin, NativeMax: nativeMax,
	}
}
