package cli

import (
	"editorial/internal/config"
	"editorial/pkg/publish/platform"
)

// connect returns what posts are on a platform, and who delivers them there.
func (a *app) connect(name string, p config.Platform) (platform.Format, platform.Publisher, error) {
	return nil, nil, nil
}
