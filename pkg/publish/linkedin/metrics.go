package linkedin

import (
	"context"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// Metrics reads the numbers of an organisation's post. Those of a member's are
// nobody's to read.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	if !p.organisation() {
		return nil, platform.Refuse(platform.Permission, "member", "")
	}
	if !postURN(r.ID) {
		return nil, platform.Refuse(platform.Invalid, "no-id", "")
	}
	list := "shares"
	if strings.HasPrefix(r.ID, "urn:li:ugcPost:") {
		list = "ugcPosts"
	}
	var said struct {
		Elements []struct {
			Total struct {
				Likes    int64 `json:"likeCount"`
				Comments int64 `json:"commentCount"`
				Shares   int64 `json:"shareCount"`
				Clicks   int64 `json:"clickCount"`
				Views    int64 `json:"impressionCount"`
			} `json:"totalShareStatistics"`
		} `json:"elements"`
	}
	author := url.QueryEscape(p.Author)
	path := "/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=" + author + "&" + list + "=List(" + url.QueryEscape(r.ID) + ")"
	if err := p.ask(ctx, time.Time{}, path, "FINDER", &said); err != nil {
		return nil, err
	}
	if len(said.Elements) == 0 {
		return map[string]int64{}, nil // none until somebody saw it
	}
	t := said.Elements[0].Total
	return map[string]int64{"likes": t.Likes, "replies": t.Comments, "shares": t.Shares, "clicks": t.Clicks, "views": t.Views}, nil
}
