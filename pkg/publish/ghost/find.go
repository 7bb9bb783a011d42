package ghost

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// twins is how many numbered addresses are asked for, should a Ghost not look
// into texts: a post may have become "launch-2" because "launch" was there.
const twins = 9

// mark is what the text of a post holds, out of readers' sight.
func mark(key platform.Key) string { return "editorial-" + key.Token(24) }

// card is the text as it stands on the site: one card of HTML, which Ghost keeps
// as it is but for comments (measured on 6.65.0, 2026-11). So the mark is an
// element that is empty and hidden.
func card(key platform.Key, text string) string {
	return "<!--kg-card-begin: html-->\n" + strings.TrimSpace(text) + "\n" + `<div hidden data-key="` + mark(key) + `"></div>` + "\n<!--kg-card-end: html-->"
}

// find looks for the entry of a job: that of its handle, or one that bears its
// mark. It returns nil where there is none.
func (t *talk) find(ctx context.Context, job platform.Job, h handle) (*entry, error) {
	if h.Post != "" {
		var got posts
		_, err := t.ask(ctx, wire.Get(t.address("posts/"+url.PathEscape(h.Post)+"/?formats=html")), &got)
		if err == nil {
			e, err := got.one()
			return &e, err
		}
		if !is(err, notFound) { // else somebody deleted it
			return nil, err
		}
	}
	w, err := article.Said[words](job)
	if err != nil {
		return nil, err
	}
	slugs := []string{"'" + w.Slug + "'"}
	for n := 2; n <= twins; n++ {
		slugs = append(slugs, "'"+w.Slug+"-"+strconv.Itoa(n)+"'")
	}
	q := url.Values{"filter": {"html:~'" + mark(job.Key) + "',slug:[" + strings.Join(slugs, ",") + "]"}, "formats": {"html"}, "limit": {"15"}}
	var got posts
	if _, err := t.ask(ctx, wire.Get(t.address("posts/?"+q.Encode())), &got); err != nil {
		return nil, err
	}
	var found *entry
	for i := range got.Posts {
		if e := &got.Posts[i]; strings.Contains(e.HTML, mark(job.Key)) && (found == nil || e.out() && !found.out()) {
			found = e
		}
	}
	return found, nil
}
