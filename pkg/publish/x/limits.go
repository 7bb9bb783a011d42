package x

import "time"

// The platform's own address. Source: docs.x.com, 2026-08-22.
const server = "https://api.x.com"

// Limits of texts and files. Source: docs.x.com/x-api/posts/create-post and
// /media/quickstart/best-practices, 2026-08-22.
const (
	limitMedia     = 4
	limitAlt       = 1000
	limitThread    = 25 // ours: X has none
	limitCashtags  = 1  // docs.x.com/changelog, 2026-04-16
	bytesImage     = 5_000_000
	bytesAnimation = 15_000_000
	bytesVideo     = 512_000_000
	secondsVideo   = 140
	chunk          = 4 << 20 // of a segment; 5 MB is the most
)

// Prices in millionths of a US dollar. Source: docs.x.com/x-api/getting-started/
// pricing, 2026-08-22. The options "price", "price_link" and "price_alt" of an
// account take their place, in dollars.
const (
	pricePost = 15_000
	priceLink = 200_000
	priceAlt  = 5_000
)

// Times. An id of a file lives for a day after its upload, says the answer to
// finalize; what we cannot read of it counts for half of that.
const (
	ahead     = 10 * time.Minute
	mediaLife = 12 * time.Hour
	settle    = time.Minute
	recheck   = 5 * time.Second // where a film is not ready and nothing says when it is
)

// scopes are what publishing needs. Source: docs.x.com/fundamentals/
// authentication/oauth-2-0, 2026-08-22.
func scopes() []string {
	return []string{"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"}
}
