package wordpress

import (
	"context"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// term is a tag or a category.
type term struct {
	ID   int64  `json:"id"`
	Name string `json:"name"` // as HTML
}

// term returns the id of a tag or category ("tags", "categories") of this name,
// and makes it where there is none.
func (p *Publisher) term(ctx context.Context, now time.Time, of, name string) (int64, error) {
	var all []term
	q := url.Values{"search": {name}, "per_page": {"100"}, "_fields": {"id,name"}}
	if _, err := p.get(ctx, now, of, q, &all); err != nil {
		return 0, err
	}
	for _, t := range all {
		if strings.EqualFold(html.UnescapeString(t.Name), name) {
			return t.ID, nil
		}
	}
	r, err := wire.JSON("POST", p.address(of, nil), map[string]string{"name": name})
	if err != nil {
		return 0, err
	}
	var made term
	a, err := p.ask(ctx, now, r, &made)
	if is(err, "term_exists") {
		// Somebody was faster, or WordPress finds two names alike ("Vélo",
		// "velo"): it says which it has.
		var body struct {
			Data struct {
				ID int64 `json:"term_id"`
			} `json:"data"`
		}
		if json.Unmarshal(a.Body, &body) == nil && body.Data.ID != 0 {
			return body.Data.ID, nil
		}
	}
	if err == nil && made.ID == 0 {
		err = &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	return made.ID, err
}
