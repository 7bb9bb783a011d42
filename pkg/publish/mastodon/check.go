package mastodon

import (
	"context"
	"slices"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// instance is what GET /api/v2/instance says of the server's limits.
type instance struct {
	Configuration struct {
		Statuses struct {
			MaxCharacters int `json:"max_characters"`
			PerURL        int `json:"characters_reserved_per_url"`
			Attachments   int `json:"max_media_attachments"`
		} `json:"statuses"`
		Media struct {
			Image int `json:"image_size_limit"`
			Video int `json:"video_size_limit"`
		} `json:"media_attachments"`
	} `json:"configuration"`
}

// Check says whose the token is, which scopes it lacks, and what the server
// allows, by the names of the options.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	var now time.Time // limits that a server names are for whoever asks again, not for here
	var me struct{ ID, Acct string }
	a, err := p.read(ctx, p.at("/api/v1/accounts/verify_credentials"), now, &me)
	if err != nil {
		return s, err
	}
	s.Account = wire.Cut(me.Acct)
	s.Left, s.Quota = number(a.Header.Get("X-RateLimit-Remaining"), 0), number(a.Header.Get("X-RateLimit-Limit"), 0)
	if at, err := time.Parse(time.RFC3339, a.Header.Get("X-RateLimit-Reset")); err == nil {
		s.Resets = at
	}
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return s, err
	}
	s.Missing, s.Expires = missing(token.Scopes), token.Expires
	var in instance
	if _, err := p.read(ctx, p.at("/api/v2/instance"), now, &in); err != nil {
		return s, err
	}
	c := in.Configuration
	s.Limits = map[string]int{}
	for name, n := range map[string]int{
		OptCharacters: c.Statuses.MaxCharacters, OptPerURL: c.Statuses.PerURL, OptAttachments: c.Statuses.Attachments,
		OptImage: c.Media.Image, OptVideo: c.Media.Video,
	} {
		if n > 0 {
			s.Limits[name] = n
		}
	}
	return s, nil
}

// missing are the scopes that publishing needs and that are not among those
// granted; none where nobody says what was granted.
func missing(granted []string) (lacks []string) {
	if len(granted) == 0 {
		return nil
	}
	for _, want := range []string{"read:accounts", "read:statuses", "write:media", "write:statuses"} {
		whole, _, _ := strings.Cut(want, ":")
		if !slices.Contains(granted, want) && !slices.Contains(granted, whole) {
			lacks = append(lacks, want)
		}
	}
	return lacks
}
