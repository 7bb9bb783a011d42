package flickr

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Metrics reads views, comments and favourites of the first photograph.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	if !photoID(r.ID) {
		return nil, platform.Refuse(platform.Invalid, "no-id", "")
	}
	var info struct {
		Photo struct {
			Views    text1 `json:"views"`
			Comments struct {
				Text text1 `json:"_content"`
			} `json:"comments"`
		} `json:"photo"`
	}
	if err := p.unsigned(ctx, time.Time{}, "flickr.photos.getInfo", url.Values{"photo_id": {r.ID}}, &info); err != nil {
		return nil, err
	}
	var favourites struct {
		Photo struct {
			Total text1 `json:"total"`
		} `json:"photo"`
	}
	if err := p.unsigned(ctx, time.Time{}, "flickr.photos.getFavorites", url.Values{"photo_id": {r.ID}, "per_page": {"1"}}, &favourites); err != nil {
		return nil, err
	}
	all := map[string]int64{}
	for name, t := range map[string]text1{"views": info.Photo.Views, "replies": info.Photo.Comments.Text, "likes": favourites.Photo.Total} {
		if n, err := strconv.ParseInt(string(t), 10, 64); err == nil {
			all[name] = n
		}
	}
	return all, nil
}
