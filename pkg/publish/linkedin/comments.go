package linkedin

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// Source: learn.microsoft.com/linkedin/marketing/community-management/shares/
// comments-api, 2026-11.

// comments is a page of comments.
type comments struct {
	Elements []struct {
		URN     string `json:"commentUrn"`
		Actor   string `json:"actor"`
		Message struct {
			Text string `json:"text"`
		} `json:"message"`
		Created struct {
			Time int64 `json:"time"` // milliseconds
		} `json:"created"`
	} `json:"elements"`
}

func (p *Publisher) comments(ctx context.Context, now time.Time, post string, start int) (comments, error) {
	var c comments
	switch {
	case !p.organisation(): // reading is for r_member_social
		return c, platform.Refuse(platform.Permission, "member", "")
	case !postURN(post):
		return c, platform.Refuse(platform.Invalid, "no-id", "")
	}
	return c, p.ask(ctx, now, "/rest/socialActions/"+url.QueryEscape(post)+"/comments?count="+strconv.Itoa(page)+"&start="+strconv.Itoa(start), "", &c)
}

// Comments reads the comments of an organisation's post, 50 at a time. LinkedIn
// tells authors as URNs only.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	start, err := strconv.Atoi(cursor)
	if err != nil || start < 0 {
		start = 0
	}
	c, err := p.comments(ctx, time.Time{}, r.ID, start)
	if err != nil {
		return nil, "", err
	}
	var all []platform.Comment
	for _, e := range c.Elements {
		all = append(all, platform.Comment{ID: e.URN, Author: e.Actor, Text: e.Message.Text, URL: r.URL, At: time.UnixMilli(e.Created.Time).UTC()})
	}
	if len(c.Elements) < page {
		return all, "", nil
	}
	return all, strconv.Itoa(start + page), nil
}

// Follow says the first comment under an organisation's post, unless it has said
// it. Under a member's it says nothing: what is there already cannot be read.
func (p *Publisher) Follow(ctx context.Context, job platform.Job, r platform.Receipt) error {
	said := strings.TrimSpace(job.Message.FirstComment)
	if said == "" {
		return nil
	}
	for n := range pages {
		c, err := p.comments(ctx, job.Now, r.ID, n*page)
		if err != nil {
			return err
		}
		for _, e := range c.Elements {
			if e.Actor == p.Author && strings.Join(strings.Fields(e.Message.Text), " ") == strings.Join(strings.Fields(said), " ") {
				return nil
			}
		}
		if len(c.Elements) < page {
			break
		}
	}
	body := map[string]any{"actor": p.Author, "object": r.ID, "message": map[string]string{"text": said}}
	_, err := p.call(ctx, job.Now, http.MethodPost, "/rest/socialActions/"+url.QueryEscape(r.ID)+"/comments", "", body)
	return err
}
