package micropub

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

const (
	// listed is how many posts of the list are read.
	listed = 50
	// waits is how long a post that was accepted may take until it is there.
	waits = time.Hour
)

// item is a post as the site tells it.
type item struct {
	Properties map[string][]json.RawMessage `json:"properties"`
}

// texts are the values of a property that are plain texts.
func (i item) texts(name string) []string {
	var all []string
	for _, raw := range i.Properties[name] {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			all = append(all, s)
		}
	}
	return all
}

func (i item) url() string {
	if all := i.texts("url"); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (i item) draft() bool { return slices.Contains(i.texts("post-status"), "draft") }

// source asks for the post at an address.
func (p *Publisher) source(ctx context.Context, now time.Time, at string) (item, error) {
	var i item
	err := p.question(ctx, now, url.Values{"q": {"source"}, "url": {at}}, &i)
	return i, err
}

// list looks for the post of a job among those that the site lists, by its uid.
// All tells whether the list, the newest first, reaches back to before the
// instant of the job, so that what is not in it is not there.
func (p *Publisher) list(ctx context.Context, job platform.Job) (found *item, all bool, err error) {
	var got struct {
		Items  []item `json:"items"`
		Paging struct {
			After json.RawMessage `json:"after"`
		} `json:"paging"`
	}
	if err := p.question(ctx, job.Now, url.Values{"q": {"source"}, "limit": {strconv.Itoa(listed)}}, &got); err != nil {
		return nil, false, err
	}
	for _, i := range got.Items {
		if slices.Contains(i.texts("uid"), uid(job.Key)) && i.url() != "" && (found == nil || !i.draft()) {
			found = &i
		}
		for _, s := range i.texts("published") {
			at, err := time.Parse(time.RFC3339, s)
			all = all || err == nil && at.Before(job.Due)
		}
	}
	return found, all || got.Items != nil && len(got.Items) < listed && got.Paging.After == nil, nil
}

// Lookup asks for the post at its address, where that is known, else in the
// site's list. Where the site keeps drafts for us, what the list does not have
// is not out; elsewhere, not finding it means nothing, as a site need not keep
// the uid.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h := article.Held[handle](job.Handle)
	if h.Post != "" {
		return p.lookAt(ctx, job, h)
	}
	found, all, err := p.list(ctx, job)
	switch {
	case untold(err):
		return platform.Finding{Whether: platform.Unknown}, nil
	case err != nil:
		return platform.Finding{}, err
	case found != nil && !found.draft():
		return out(found.url()), nil
	case found != nil && p.drafts:
		h.Post = found.url()
		return p.notOut(job, h)
	case p.drafts && all:
		return platform.Finding{Whether: platform.NotFound}, nil
	}
	return platform.Finding{Whether: platform.Unknown}, nil
}

// lookAt looks where the post is or will be.
func (p *Publisher) lookAt(ctx context.Context, job platform.Job, h handle) (platform.Finding, error) {
	i, err := p.source(ctx, job.Now, h.Post)
	switch {
	case err == nil && i.draft() && p.drafts:
		return p.notOut(job, h)
	case err == nil && i.draft(): // the site wants somebody to look at it first
		return platform.Finding{Whether: platform.Unknown}, nil
	case err == nil:
		return out(h.Post), nil
	case !untold(err):
		return platform.Finding{}, err
	case p.drafts:
		return platform.Finding{Whether: platform.Unknown}, nil // somebody deleted it, out or not
	}
	// The site does not tell; its readers see whether it is there. Sites may well
	// show a page of theirs, with 200, where there is none.
	a, err := wire.Do(ctx, p.via, wire.Get(h.Post))
	switch {
	case err != nil:
		return platform.Finding{}, err
	case a.OK() && shows(string(a.Body), job):
		return out(h.Post), nil
	case !job.Since.IsZero() && job.Now.Sub(job.Since) > waits:
		return platform.Finding{Whether: platform.Unknown}, nil
	}
	return platform.Finding{}, &platform.Error{Class: platform.Pending, Status: a.Status, Code: "accepted", Until: job.Now.Add(again)}
}

// shows reports whether a page is that of a post: it has its uid or its title.
func shows(page string, job platform.Job) bool {
	if strings.Contains(page, uid(job.Key)) {
		return true
	}
	title := strings.Join(strings.Fields(job.Message.Title), " ")
	return title != "" && strings.Contains(article.Words(page), title)
}

func out(at string) platform.Finding {
	return platform.Finding{Whether: platform.Found, Receipt: platform.Receipt{ID: at, URL: at, Evidence: platform.ByLookup}}
}

// notOut gives Commit the draft that was found.
func (p *Publisher) notOut(job platform.Job, h handle) (platform.Finding, error) {
	if h.Ready == "" {
		h.Ready = article.Of(job.Message) // it was frozen before the draft was made
	}
	raw, err := json.Marshal(h)
	return platform.Finding{Whether: platform.NotFound, Handle: raw}, err
}

// Check asks the endpoint what it can do, which only who may write is told.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var config map[string]json.RawMessage
	if err := p.question(ctx, time.Time{}, url.Values{"q": {"config"}}, &config); err != nil {
		return platform.Standing{}, err
	}
	return platform.Standing{Account: p.account.Name}, nil
}
