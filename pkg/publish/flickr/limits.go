package flickr

import (
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
)

// The platform's own addresses. Source: flickr.com/services/api/upload.api.html
// and /request.rest.html, 2026-11.
const (
	server       = "https://api.flickr.com"
	uploadServer = "https://up.flickr.com"
)

// Limits. Source: flickr.com/services/api/upload.api.html for the kinds of files;
// the sizes and the number of tags are general knowledge, flickr.people.
// getUploadStatus tells those of an account.
const (
	limitTitle       = 255
	limitDescription = 60_000
	limitTags        = 75
	limitPhotos      = 20 // ours: one by one, Flickr has no bound
	bytesPhoto       = 200_000_000
	bytesVideo       = 1_000_000_000
)

// Times, all ours. The index of tags is known to lag, by how much nowhere.
const (
	ahead  = time.Hour
	settle = 5 * time.Minute
)

// namespace and predicate of the machine tag.
const machine = "editorial:key="

// Caps says what Flickr can do.
func (f Format) Caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: ahead, Media: limitPhotos}
}

// files is what Flickr takes.
func files() media.Rule {
	return media.Rule{Kind: Kind, Most: limitPhotos, Types: map[string]int64{
		"image/jpeg": bytesPhoto, "image/png": bytesPhoto, "image/gif": bytesPhoto, "image/tiff": bytesPhoto,
		"video/mp4": bytesVideo, "video/quicktime": bytesVideo, "video/mpeg": bytesVideo, "video/x-msvideo": bytesVideo,
	}}
}
