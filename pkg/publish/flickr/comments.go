package flickr

import (
	"context"
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// comments are all those of a photograph.
type comments struct {
	Comments struct {
		All []struct {
			ID     string `json:"id"`
			Author string `json:"author"` // the account's id
			Name   string `json:"authorname"`
			Date   text1  `json:"datecreate"` // seconds
			URL    string `json:"permalink"`
			Text   string `json:"_content"` // HTML
		} `json:"comment"`
	} `json:"comments"`
}

func (p *Publisher) comments(ctx context.Context, now time.Time, photo string) (comments, error) {
	var c comments
	if !photoID(photo) {
		return c, platform.Refuse(platform.Invalid, "no-id", "")
	}
	return c, p.unsigned(ctx, now, "flickr.photos.comments.getList", url.Values{"photo_id": {photo}}, &c)
}

// Comments reads all comments of the first photograph; Flickr has no pages of
// them. Texts are HTML.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, _ string) ([]platform.Comment, string, error) {
	c, err := p.comments(ctx, time.Time{}, r.ID)
	if err != nil {
		return nil, "", err
	}
	var all []platform.Comment
	for _, one := range c.Comments.All {
		m := platform.Comment{ID: one.ID, Author: one.Name, Text: one.Text, URL: one.URL}
		if n, err := strconv.ParseInt(string(one.Date), 10, 64); err == nil {
			m.At = time.Unix(n, 0).UTC()
		}
		all = append(all, m)
	}
	return all, "", nil
}

// Follow says the first comment under the first photograph, unless the account
// has said it.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	said := strings.Join(strings.Fields(job.Message.FirstComment), " ")
	if said == "" {
		return nil
	}
	user, err := p.login(ctx, job)
	if err != nil {
		return err
	}
	c, err := p.comments(ctx, job.Now, r.ID)
	if err != nil {
		return err
	}
	for _, one := range c.Comments.All {
		if one.Author == user && strings.Join(strings.Fields(html.UnescapeString(one.Text)), " ") == said {
			return nil
		}
	}
	return p.call(ctx, job.Now, job.Key, "flickr.photos.comments.addComment", url.Values{"photo_id": {r.ID}, "comment_text": {html.EscapeString(said)}}, nil)
}
