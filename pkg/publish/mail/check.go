package mail

import (
	"context"

	"editorial/pkg/publish/platform"
)

// Check connects and logs in, and sends nothing.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	l, err := p.dial(ctx)
	if err != nil {
		return platform.Standing{}, err
	}
	defer l.close(ctx)
	s := platform.Standing{Account: p.account.Name, Limits: map[string]int{"recipients": MaxRecipients}}
	if l.most > 0 {
		s.Limits["bytes"] = l.most
	}
	return s, nil
}
