package youtube

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// threads is a page of comments. Text as its author wrote it is shown to the
// author alone.
type threads struct {
	Items []struct {
		ID      string `json:"id"`
		Snippet struct {
			Top struct {
				Snippet struct {
					Own    string    `json:"textOriginal"`
					Text   string    `json:"textDisplay"`
					Author string    `json:"authorDisplayName"`
					At     time.Time `json:"publishedAt"`
				} `json:"snippet"`
			} `json:"topLevelComment"`
		} `json:"snippet"`
	} `json:"items"`
	Next string `json:"nextPageToken"`
}

func (p *Publisher) threads(ctx context.Context, now time.Time, film, cursor string) (threads, error) {
	var page threads
	if !filmID(film) {
		return page, platform.Refuse(platform.Invalid, "no-id", "")
	}
	query := url.Values{"part": {"snippet"}, "videoId": {film}, "maxResults": {"100"}, "textFormat": {"plainText"}, "order": {"time"}}
	if cursor != "" {
		query.Set("pageToken", cursor)
	}
	return page, p.list(ctx, now, "commentThreads", query, &page)
}

// Comments reads the newest comments first, 100 at a time. The scope is
// youtube.force-ssl.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	page, err := p.threads(ctx, time.Time{}, r.ID, cursor)
	if err != nil {
		return nil, "", err
	}
	var all []platform.Comment
	for _, i := range page.Items {
		s := i.Snippet.Top.Snippet
		all = append(all, platform.Comment{
			ID: i.ID, Author: s.Author, Text: s.Text, At: s.At,
			URL: "https://www.youtube.com/watch?" + url.Values{"v": {r.ID}, "lc": {i.ID}}.Encode(),
		})
	}
	return all, page.Next, nil
}

// Follow says the first comment under the film, unless the channel has said it.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	said := strings.TrimSpace(job.Message.FirstComment)
	if said == "" {
		return nil
	}
	cursor := ""
	for range maxPages {
		page, err := p.threads(ctx, job.Now, r.ID, cursor)
		if err != nil {
			return err
		}
		for _, i := range page.Items {
			if same(i.Snippet.Top.Snippet.Own, said) {
				return nil
			}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	body := map[string]any{"snippet": map[string]any{"videoId": r.ID, "topLevelComment": map[string]any{"snippet": map[string]string{"textOriginal": said}}}}
	var made struct{}
	_, err := p.call(ctx, job.Now, http.MethodPost, "/youtube/v3/commentThreads", url.Values{"part": {"snippet"}}, body, &made)
	return err
}
