package wordpress

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
)

// twins is how many numbered addresses are asked for at once: a post may have
// become "launch-2" because "launch" was there.
const twins = 9

// states are all that a post can be in, the bin too; "any" would leave that out.
const states = "publish,future,draft,pending,private,trash"

// mark is what the text of a post holds, out of readers' sight.
func mark(key platform.Key) string { return "editorial-" + key.Token(24) }

// block is the text as it stands on the site: one block of HTML, which WordPress
// shows as it is, named by the mark. Its delimiters are not shown to readers.
// Words in square brackets would be obeyed as shortcodes.
func block(key platform.Key, text string) string {
	text = strings.ReplaceAll(text, "[", "&#91;")
	return `<!-- wp:html {"metadata":{"name":"` + mark(key) + `"}} -->` + "\n" + strings.TrimSpace(text) + "\n<!-- /wp:html -->"
}

// find looks for the entry of a job: that of its handle, or one that bears its
// mark. It returns nil where there is none.
func (p *Publisher) find(ctx context.Context, job platform.Job, h handle) (*entry, error) {
	if h.Post != 0 {
		var e entry
		_, err := p.get(ctx, job.Now, "posts/"+strconv.FormatInt(h.Post, 10), url.Values{"context": {"edit"}}, &e)
		switch {
		case is(err, "rest_post_invalid_id"): // somebody deleted it for good
		case err != nil:
			return nil, err
		default:
			return &e, nil
		}
	}
	w, err := article.Said[words](job)
	if err != nil {
		return nil, err
	}
	slugs := []string{w.Slug, w.Slug + "__trashed"}
	for n := 2; n <= twins; n++ {
		slugs = append(slugs, w.Slug+"-"+strconv.Itoa(n))
	}
	// By its address, which no plug-in for searching changes; then by its mark,
	// whatever its address has become.
	for _, q := range []url.Values{{"slug": {strings.Join(slugs, ",")}}, {"search": {mark(job.Key)}}} {
		q.Set("status", states)
		q.Set("context", "edit")
		q.Set("per_page", "100")
		q.Set("orderby", "id")
		q.Set("order", "asc")
		q.Set("_fields", "id,slug,status,link,date_gmt,content")
		var all []entry
		if _, err := p.get(ctx, job.Now, "posts", q, &all); err != nil {
			return nil, err
		}
		if e := best(all, mark(job.Key)); e != nil {
			return e, nil
		}
	}
	return nil, nil
}

// best is, among those that bear the mark, the one that is out, else the oldest
// that is not in the bin.
func best(all []entry, mark string) *entry {
	var found *entry
	rank := func(e *entry) int {
		switch {
		case e == nil:
			return 0
		case e.Status == trash:
			return 1
		case e.Status == published:
			return 3
		}
		return 2
	}
	for i := range all {
		if e := &all[i]; strings.Contains(e.Content.Raw, mark) && rank(e) > rank(found) {
			found = e
		}
	}
	return found
}
