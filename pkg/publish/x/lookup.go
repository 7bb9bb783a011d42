package x

import (
	"context"
	"net/url"
	"slices"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// tweet is a post of the timeline.
type tweet struct {
	ID       string    `json:"id"`
	Text     string    `json:"text"`
	At       time.Time `json:"created_at"`
	Entities entities  `json:"entities"`
	// Note is the whole of a long one.
	Note *struct {
		Text     string   `json:"text"`
		Entities entities `json:"entities"`
	} `json:"note_tweet"`
}

type entities struct {
	URLs []struct {
		URL      string `json:"url"` // as it stands in the text
		Expanded string `json:"expanded_url"`
		MediaKey string `json:"media_key"` // it stands for a file
	} `json:"urls"`
}

// maxPages is how much of a timeline is looked through: 500 posts.
const maxPages = 5

// Lookup looks for the post among the account's own, from shortly before the
// first commit on.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h := readHandle(job.Handle)
	if h.User == "" {
		if _, err := p.whoami(ctx, job.Now, &h); err != nil {
			return platform.Finding{}, err
		}
	}
	all, whole, err := p.timeline(ctx, job, h.User)
	if err != nil {
		return platform.Finding{}, err
	}
	known := len(h.Parts)
	for known < len(job.Message.Parts) {
		t, ok := find(all, job.Message.Parts[known].Text, slices.Concat(h.Parts, job.Not))
		if !ok {
			break
		}
		h.Parts = append(h.Parts, t.ID)
		known++
	}
	switch {
	case known == len(job.Message.Parts):
		return platform.Finding{Whether: platform.Found, Receipt: h.found(all), Handle: h.bytes()}, nil
	case !whole, known == 0 && sameLink(others(all, job.Not), thaw(job.Message).Link):
		return platform.Finding{Whether: platform.Unknown}, nil
	case known > 0:
		return platform.Finding{Whether: platform.NotFound, Handle: h.bytes()}, nil
	}
	return platform.Finding{Whether: platform.NotFound}, nil
}

func (h handle) found(all []tweet) platform.Receipt {
	r := h.receipt(platform.ByLookup)
	for _, t := range all {
		if t.ID == r.ID {
			r.At = t.At
		}
	}
	return r
}

// timeline returns the account's posts since the job began, and whether these are
// all.
func (p *Publisher) timeline(ctx context.Context, job platform.Job, user string) (all []tweet, whole bool, err error) {
	query := url.Values{
		"start_time": {start(job, time.Time{})}, "max_results": {"100"},
		"tweet.fields": {"created_at,entities,note_tweet"},
	}
	for n := range maxPages {
		var said struct {
			Data []tweet `json:"data"`
			Meta struct {
				Next string `json:"next_token"`
			} `json:"meta"`
			Errors []struct{} `json:"errors"`
		}
		a, err := p.ask(ctx, job.Now, "/2/users/"+user+"/tweets", query, &said)
		if err != nil {
			return nil, false, err
		}
		if from := start(job, a.At); n == 0 && from != query.Get("start_time") { // its clock is behind ours
			query.Set("start_time", from)
			continue
		}
		all = append(all, said.Data...)
		if len(said.Errors) > 0 {
			return all, false, nil
		}
		if said.Meta.Next == "" {
			return all, !wire.Blind(job), nil
		}
		query.Set("pagination_token", said.Meta.Next)
	}
	return all, false, nil
}

// start is from when on the timeline is read, once it is known when an answer of X
// was made.
func start(job platform.Job, at time.Time) string {
	return wire.Since(job, at).UTC().Format(time.RFC3339)
}

// others are the posts without those.
func others(all []tweet, but []string) []tweet {
	return slices.DeleteFunc(slices.Clone(all), func(t tweet) bool { return slices.Contains(but, t.ID) })
}
