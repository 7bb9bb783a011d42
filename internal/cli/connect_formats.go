package cli

import (
	"editorial/internal/config"
	"editorial/internal/platforms"
	"editorial/pkg/publish/assisted"
	"editorial/pkg/publish/platform"
)

// connect returns what posts are on a platform, and who delivers them there.
func (a *app) connect(_ string, p config.Platform) (platform.Format, platform.Publisher, error) {
	if f, ok := platforms.Formats()[p.Kind]; ok {
		return f, nil, nil
	}
	return assisted.New(string(p.Kind)), nil, nil
}
