package mastodon

import (
	"context"
	"strings"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// Metrics counts what people did with a post, over all parts of a thread.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	ids := r.Parts
	if len(ids) == 0 {
		ids = []string{r.ID}
	}
	sum := map[string]int64{}
	for _, id := range ids {
		var s status
		if _, err := p.read(ctx, p.at("/api/v1/statuses", id), time.Time{}, &s); err != nil {
			return nil, err
		}
		sum["likes"] += s.Favourites
		sum["shares"] += s.Reblogs
		sum["replies"] += s.Replies
	}
	sum["replies"] -= int64(len(ids) - 1) // a thread's own
	return sum, nil
}

// Comments returns all answers at once: the interface has no pages of them.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, _ string) ([]platform.Comment, string, error) {
	var around struct {
		Descendants []status `json:"descendants"`
	}
	if _, err := p.read(ctx, p.at("/api/v1/statuses", r.ID, "context"), time.Time{}, &around); err != nil {
		return nil, "", err
	}
	ours := map[string]bool{}
	for _, id := range r.Parts {
		ours[id] = true
	}
	var all []platform.Comment
	for _, s := range around.Descendants {
		if ours[s.ID] {
			continue
		}
		all = append(all, platform.Comment{
			ID: s.ID, Author: publish.Clean(s.Account.Acct), Text: words(s.Content), URL: s.part().URL, At: s.CreatedAt,
		})
	}
	return all, "", nil
}

// words is the text of HTML.
func words(content string) string {
	text, _ := seen(content)
	return strings.TrimSpace(publish.Clean(text))
}
