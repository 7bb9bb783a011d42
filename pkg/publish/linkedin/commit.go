package linkedin

import (
	"context"
	"net/http"
	"slices"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
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
	ID    string `json:"id"`
	Alt   string `json:"altText,omitempty"` // of a picture
	Title string `json:"title,omitempty"`   // of a film
}

// Commit posts.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	w, err := thaw(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
	h := readHandle(job.Handle, len(job.Message.Media))
	if h.Author == "" || slices.ContainsFunc(h.Images, func(i image) bool { return !i.Ready }) { // no post goes out without its files
		again, err := p.Prepare(ctx, job)
		if err != nil {
			return platform.Receipt{}, wire.Harmless(err)
		}
		h = readHandle(again, len(job.Message.Media))
	}
	body := post{
		Author: h.Author, Commentary: w.Commentary, Visibility: "PUBLIC", State: "PUBLISHED",
		Distribution: distribution{Feed: "MAIN_FEED", Targets: []string{}, Channels: []string{}},
		Content:      h.content(job, w),
	}
	a, err := p.call(ctx, job.Now, http.MethodPost, "/rest/posts", "", body)
	// The id is in a header, and the body is empty: one that was cut lacks
	// nothing.
	if id := a.Header.Get("X-Restli-Id"); a.Status == http.StatusCreated && postURN(id) {
		return receipt(id, platform.ByResponse), nil
	}
	if err == nil {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id"}
	}
	return platform.Receipt{}, err
}

func (h handle) content(job platform.Job, w frozen) *content {
	var all []shown
	for i, file := range job.Message.Media {
		if media.Film(file.Type) {
			all = append(all, shown{ID: h.Images[i].URN, Title: w.Title})
			continue
		}
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

func receipt(id string, by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: id, URL: "https://www.linkedin.com/feed/update/" + id + "/", Evidence: by}
}
