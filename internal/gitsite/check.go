package gitsite

import (
	"context"

	"editorial/pkg/publish/platform"
)

// Check asks whether the repository can be read. Whether it can be written to,
// only a push tells.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	err := p.locked(func() error {
		_, said, err := p.run(ctx, call{args: []string{"ls-remote", "--", p.account.Server, p.ref()}, away: true})
		if err != nil {
			return unreachable(said, err)
		}
		return nil
	})
	return platform.Standing{Account: p.account.Name}, err
}
