package wordpress

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// Check asks who the account is, and what it may do. Application passwords end
// only when somebody takes them back.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var me struct {
		Username     string          `json:"username"`
		Capabilities map[string]bool `json:"capabilities"`
	}
	if _, err := p.get(ctx, time.Time{}, "users/me", url.Values{"context": {"edit"}}, &me); err != nil {
		return platform.Standing{}, err
	}
	s := platform.Standing{Account: me.Username}
	needs := []string{"edit_posts", "publish_posts", "upload_files"}
	if len(p.categories) > 0 {
		needs = append(needs, "manage_categories") // to make one that is not there
	}
	for _, n := range needs {
		if !me.Capabilities[n] {
			s.Missing = append(s.Missing, n)
		}
	}
	return s, nil
}
