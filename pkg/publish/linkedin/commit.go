package linkedin

import (
	"context"
	"net/http"

	"editorial/pkg/publish/platform"
)

// post is one as LinkedIn takes it.
type post struct {
	Author       string       `json:"author"`
	Commentary   string       `json:"commentary"`
	Visibility   string       `json:"visibility"`
	Distribution distribution `json:"distribution"`
	Content      *content     `json:"content,omitempty"`
	State        string       `json:"lifecycleState"`
	NoReshare    bool         `json:"isReshareDisabledByAuthor"`
}

type distribution struct {
	Feed     string   `json:"feedDistribution"`
	Targets  []string `json:"targetEntities"`
	Channels []string `json:"thirdPartyDistributionChannels"`
}

type content struct {
	Media   *shown   `json:"media,omitempty"`
	Several *several `json:"multiImage,omitempty"`
	Article *article `json:"article,omitempty"`
}

type several struct {
	Images []shown `json:"images"`
}

type shown struct {
	ID  string `json:"id"`
	Alt string `json:"altText,omitempty"`
}

// Commit posts.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	body := post{
		Author: p.Author, Commentary: w.Commentary, Visibility: "PUBLIC", State: "PUBLISHED",
		Distribution: distribution{Feed: "MAIN_FEED", Targets: []string{}, Channels: []string{}},
		Content:      p.content(job, w),
	}
	a, err := p.call(ctx, job.Now, http.MethodPost, "/rest/posts", "", body)
	// The id is in a header, and the body is empty: one that was cut lacks
	// nothing.
	if id := a.Header.Get("X-Restli-Id"); a.Status == http.StatusCreated && postURN(id) {
		return receipt(id, platform.ByResponse), nil
	}
	switch {
	case err == nil:
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id"}
	case platform.ClassOf(err) == platform.Duplicate:
		return p.again(ctx, job, err)
	}
	return platform.Receipt{}, err
}

func (p *Publisher) content(job platform.Job, w frozen) *content {
	h := readHandle(job.Handle, len(job.Message.Media))
	var all []shown
	for i, file := range job.Message.Media {
		all = append(all, shown{ID: h.Images[i].URN, Alt: file.Alt})
	}
	switch {
	case len(all) == 1:
		return &content{Media: &all[0]}
	case len(all) > 1:
		return &content{Several: &several{all}}
	case w.Article != nil:
		return &content{Article: w.Article}
	}
	return nil
}

// again looks into a refusal as duplicate: it may be our own earlier success.
// Where nobody can look it stays one, for a person. What is not there once the
// list has had its time is an older post: its words must change.
func (p *Publisher) again(ctx context.Context, job platform.Job, refusal error) (platform.Receipt, error) {
	f, err := p.Lookup(ctx, job)
	if err != nil || f.Whether == platform.Unknown {
		return platform.Receipt{}, refusal
	}
	if f.Whether == platform.Found {
		return f.Receipt, nil
	}
	if job.Since.IsZero() || job.Now.Sub(job.Since) < settle {
		return platform.Receipt{}, refusal
	}
	e := *platform.As(refusal)
	e.Class = platform.Invalid
	return platform.Receipt{}, &e
}

func receipt(id string, by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: id, URL: "https://www.linkedin.com/feed/update/" + id + "/", Evidence: by}
}
