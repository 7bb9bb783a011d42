package graph

import (
	"context"
	"net/url"
	"strings"
	"time"
)

// Insights reads numbers of a post, by the platform's names for them. Those that
// it does not know of this post are missing.
func (c Client) Insights(ctx context.Context, id string, names ...string) (map[string]int64, error) {
	type metric struct {
		Name   string
		Values []struct{ Value int64 }
		Total  *struct{ Value int64 } `json:"total_value"`
	}
	all, _, err := One[metric](ctx, c, time.Time{}, c.URL(id, "insights"), url.Values{"metric": {strings.Join(names, ",")}})
	if err != nil {
		return nil, err
	}
	got := map[string]int64{}
	for _, m := range all {
		switch {
		case m.Total != nil:
			got[m.Name] = m.Total.Value
		case len(m.Values) > 0:
			got[m.Name] = m.Values[len(m.Values)-1].Value
		}
	}
	return got, nil
}
