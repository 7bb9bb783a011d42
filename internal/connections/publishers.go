package connections

import (
	"editorial/internal/config"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Maker makes the publisher of an account.
type Maker func(platform.Account, wire.Doer) platform.Publisher

// Publishers are the kinds for which a publisher speaks by HTTP. A new one is one
// line: `"mastodon": of(mastodon.New),`.
func Publishers() map[config.Kind]Maker {
	return map[config.Kind]Maker{}
}

// of lets a constructor return its own type.
func of[P platform.Publisher](make func(platform.Account, wire.Doer) P) Maker {
	return func(a platform.Account, via wire.Doer) platform.Publisher { return make(a, via) }
}
