package connections

import (
	"editorial/internal/config"
	"editorial/internal/platforms"
)

// Maker makes the publisher of an account.
type Maker = platforms.Maker

// Publishers are the kinds for which a publisher speaks by HTTP.
func Publishers() map[config.Kind]Maker { return platforms.Publishers() }
