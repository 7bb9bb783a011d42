package youtube

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Check asks which channel it is. YouTube tells nobody what is left of a quota:
// Limits say how many units a day has and how many a film takes.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var said struct {
		Items []struct {
			Snippet struct {
				Title string `json:"title"`
			} `json:"snippet"`
		} `json:"items"`
	}
	if err := p.list(ctx, time.Time{}, "channels", url.Values{"part": {"snippet"}, "mine": {"true"}}, &said); err != nil {
		return platform.Standing{}, err
	}
	if len(said.Items) == 0 {
		return platform.Standing{}, platform.Refuse(platform.Permission, "no-channel", "")
	}
	token, err := p.session.Account.Credentials.Token(ctx)
	if err != nil {
		return platform.Standing{}, err
	}
	s := platform.Standing{Account: said.Items[0].Snippet.Title, Limits: map[string]int{
		"units_a_day": p.units("quota_day", quotaDay), "units_a_film": p.units("quota_insert", quotaInsert) + p.units("quota_update", quotaUpdate) + 3*p.units("quota_list", quotaList),
	}}
	switch {
	case token.Refresh == "":
		s.Expires = token.Expires
	default:
		s.Expires = token.RefreshBy
	}
	if len(token.Scopes) > 0 && !slices.Contains(token.Scopes, scopeManage) && !slices.Contains(token.Scopes, scopeForceSSL) {
		s.Missing = []string{scopeManage}
	}
	return s, nil
}

func (f Format) units(option string, usual int) int {
	if n, err := strconv.Atoi(f.Options[option]); err == nil && n >= 0 {
		return n
	}
	return usual
}
