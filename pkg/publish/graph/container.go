package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Containers is how Instagram and Threads publish: a container is made and
// filled by the platform itself, which fetches the pictures; once it is finished
// it is published, once, by its id. Names are those of edges and fields.
//
// Source: developers.facebook.com/docs/instagram-platform/content-publishing and
// …/docs/threads/posts, November 2026.
type Containers struct {
	Client
	// Owner is the account's id, or "me".
	Owner string
	// Make and Publish are the edges of the two calls, Posts that of what is out,
	// Limit that of the allowance.
	Make, Publish, Posts, Limit string
	// Status is the field that says how far a container is, Why those that say
	// what is wrong with it.
	Status, Why string
	// Text is the field of the words.
	Text string
	// Poll is when to ask again.
	Poll time.Duration
}

const (
	// kept is how long a container is used: the platforms keep it for a day.
	kept = 23 * time.Hour
)

// Plan is what a post is made of: Whole is its container, Items are those of the
// pictures in it, where there are several.
type Plan struct {
	Whole url.Values
	Items []url.Values
}

// held is what is kept of a post that is under way.
type held struct {
	Items     []string  `json:"items,omitempty"`
	Container string    `json:"container,omitempty"`
	Made      time.Time `json:"made,omitzero"`
	Ready     bool      `json:"ready,omitempty"`
	// Refused: publishing it was refused once, which is also what happens to one
	// that is out.
	Refused bool `json:"refused,omitempty"`
}

func open(h platform.Handle) (held, error) {
	var got held
	if len(h) == 0 {
		return got, nil
	}
	if err := json.Unmarshal(h, &got); err != nil {
		return got, &platform.Error{Class: platform.Invalid, Code: "handle", Err: err}
	}
	return got, nil
}

func (h held) close() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil
	}
	return data
}

// Prepare makes the containers, and waits, by an error of class Pending, until
// the platform has filled them.
func (c Containers) Prepare(ctx context.Context, job platform.Job, p Plan) (platform.Handle, error) {
	h, err := open(job.Handle)
	if err != nil {
		return nil, err
	}
	if h.Container == "" {
		if err := c.room(ctx, job.Now); err != nil {
			return nil, err
		}
	}
	if err := c.ready(ctx, job, p, &h); err != nil {
		return nil, wire.Harmless(err)
	}
	return h.close(), nil
}

// room refuses where the posts of the day are used up.
func (c Containers) room(ctx context.Context, now time.Time) error {
	used, total, err := c.Quota(ctx, now)
	if err != nil {
		return err
	}
	if total > 0 && used >= total {
		return platform.Refuse(platform.Quota, "posts-of-the-day", "")
	}
	return nil
}

// Quota is how many posts of the last 24 hours count, and how many may; 0 where
// the platform does not say.
func (c Containers) Quota(ctx context.Context, now time.Time) (used, total int, err error) {
	var got struct {
		Data []struct {
			Usage  int `json:"quota_usage"`
			Config struct {
				Total int `json:"quota_total"`
			} `json:"config"`
		} `json:"data"`
	}
	if _, err := c.Get(ctx, now, c.URL(c.Owner, c.Limit), url.Values{"fields": {"quota_usage,config"}}, &got); err != nil || len(got.Data) == 0 {
		return 0, 0, err
	}
	return got.Data[0].Usage, got.Data[0].Config.Total, nil
}

// ready makes the container, unless there is one, and asks whether it is
// finished.
func (c Containers) ready(ctx context.Context, job platform.Job, p Plan, h *held) error {
	if !h.Made.IsZero() && job.Now.Sub(h.Made) > kept {
		*h = held{}
	}
	if h.Ready {
		return nil
	}
	if h.Container == "" {
		if err := c.fill(ctx, job, p, h); err != nil {
			return err
		}
	}
	status, why, err := c.status(ctx, job.Now, h.Container)
	switch {
	case Has(err, "100/33"):
		status = "EXPIRED"
	case err != nil:
		return err
	}
	switch status {
	case "FINISHED", "PUBLISHED":
		h.Ready = true
		return job.Keep(ctx, h.close())
	case "IN_PROGRESS":
		return &platform.Error{Class: platform.Pending, Code: "container", Until: job.Now.Add(c.Poll)}
	}
	// ERROR, EXPIRED, or what is not known: with another one, it may be fetched
	return errors.Join(&platform.Error{Class: platform.Temporary, Code: "container-" + strings.ToLower(wire.Cut(status)), Detail: why}, job.Keep(ctx, held{}.close()))
}

// fill makes the containers that are not there yet, and keeps the id of each.
func (c Containers) fill(ctx context.Context, job platform.Job, p Plan, h *held) error {
	for i := len(h.Items); i < len(p.Items); i++ {
		id, err := c.make(ctx, job.Now, p.Items[i])
		if err != nil {
			return err
		}
		if h.Items = append(h.Items, id); i == 0 {
			h.Made = job.Now
		}
		if err := job.Keep(ctx, h.close()); err != nil {
			return err
		}
	}
	whole := url.Values{}
	for name, values := range p.Whole {
		whole[name] = values
	}
	if len(h.Items) > 0 {
		whole.Set("children", strings.Join(h.Items, ","))
	}
	id, err := c.make(ctx, job.Now, whole)
	if err != nil {
		return err
	}
	h.Container = id
	if h.Made.IsZero() {
		h.Made = job.Now
	}
	return job.Keep(ctx, h.close())
}

func (c Containers) make(ctx context.Context, now time.Time, form url.Values) (string, error) {
	var made struct{ ID string }
	if _, err := c.Post(ctx, now, c.URL(c.Owner, c.Make), form, &made); err != nil {
		e := *platform.As(wire.Harmless(err))
		if e.Class == platform.Pending && e.Until.IsZero() {
			e.Until = now.Add(c.Poll)
		}
		return "", &e
	}
	if made.ID == "" {
		return "", platform.Refuse(platform.Temporary, "no-container-id", "")
	}
	return made.ID, nil
}

// status is how far a container is.
func (c Containers) status(ctx context.Context, now time.Time, id string) (status, why string, err error) {
	var got map[string]any
	if _, err := c.Get(ctx, now, c.URL(id), url.Values{"fields": {c.Status + "," + c.Why}}, &got); err != nil {
		return "", "", err
	}
	status, _ = got[c.Status].(string)
	why, _ = got[c.Why].(string)
	return status, wire.Cut(why), nil
}

// Commit publishes the container.
func (c Containers) Commit(ctx context.Context, job platform.Job, p Plan) (platform.Receipt, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Receipt{}, err
	}
	if err := c.ready(ctx, job, p, &h); err != nil { // it may be too old by now
		return platform.Receipt{}, wire.Harmless(err)
	}
	var out struct{ ID string }
	_, err = c.Post(ctx, job.Now, c.URL(c.Owner, c.Publish), url.Values{"creation_id": {h.Container}}, &out)
	if err != nil {
		return platform.Receipt{}, c.doubt(ctx, job, h, err)
	}
	if out.ID == "" {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "no-id"}
	}
	r := platform.Receipt{ID: out.ID, Evidence: platform.ByResponse}
	var it struct {
		Permalink string  `json:"permalink"`
		At        Instant `json:"timestamp"`
	}
	if _, err := c.Get(ctx, job.Now, c.URL(out.ID), url.Values{"fields": {"permalink,timestamp"}}, &it); err == nil {
		r.URL, r.At = Link(it.Permalink), it.At.Time // it is out, whether that can be read or not
	}
	return r, nil
}

// doubt looks twice at a refusal: a container that is out is refused, too, and
// one that is gone may have been out. What was refused, looked for in vain and
// refused again is no good.
func (c Containers) doubt(ctx context.Context, job platform.Job, h held, cause error) error {
	e := *platform.As(cause)
	switch {
	case Has(cause, "100/33"), e.Class == platform.Temporary && e.Status != 0: // gone, expired
		e.Class, h = platform.Duplicate, held{}
	case e.Class == platform.Pending:
		if e.Until.IsZero() {
			e.Until = job.Now.Add(c.Poll)
		}
		return &e
	case e.Class == platform.Invalid && !h.Refused:
		e.Class, h.Refused = platform.Duplicate, true
	default:
		return cause
	}
	return errors.Join(&e, job.Keep(ctx, h.close()))
}

// Lookup asks what became of the container, and looks among the account's posts
// since the first attempt for the same words.
func (c Containers) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h, err := open(job.Handle)
	if err != nil {
		return platform.Finding{}, err
	}
	published, known := false, false
	if h.Container != "" {
		status, _, err := c.status(ctx, job.Now, h.Container)
		switch {
		case Has(err, "100/33"), status == "EXPIRED", status == "ERROR":
			h = held{}
		case err != nil:
			return platform.Finding{}, err
		}
		published, known = status == "PUBLISHED", status == "FINISHED" || status == "IN_PROGRESS"
	}
	r, whole, err := c.find(ctx, job)
	switch {
	case err != nil:
		return platform.Finding{}, err
	case r.ID != "", published: // it is out, even where the list does not show it yet
		r.Evidence = platform.ByLookup
		return platform.Finding{Whether: platform.Found, Receipt: r, Handle: h.close()}, nil
	case !whole && !known:
		return platform.Finding{Whether: platform.Unknown, Handle: h.close()}, nil
	}
	return platform.Finding{Whether: platform.NotFound, Handle: h.close()}, nil
}

// find looks for the words of a job among the posts, the newest first.
func (c Containers) find(ctx context.Context, job platform.Job) (r platform.Receipt, whole bool, err error) {
	line := &wire.Dated{Via: c.Via}
	c.Via = line
	want := ""
	if len(job.Message.Parts) > 0 {
		want = Squeeze(job.Message.Parts[0].Text)
	}
	query := url.Values{"fields": {"id,permalink,timestamp," + c.Text}, "limit": {"50"}}
	whole, err = Each(ctx, c.Client, job.Now, c.URL(c.Owner, c.Posts), query, func(it map[string]any) bool {
		said, _ := it[c.Text].(string)
		id, _ := it["id"].(string)
		stamp, _ := it["timestamp"].(string)
		var at Instant
		_ = at.UnmarshalJSON([]byte(stamp))
		if !at.IsZero() && at.Before(wire.Since(job, line.At)) {
			return true
		}
		if id == "" || slices.Contains(job.Not, id) || Squeeze(said) != want {
			return false
		}
		link, _ := it["permalink"].(string)
		r = platform.Receipt{ID: id, URL: Link(link), At: at.Time}
		return true
	})
	return r, whole && !wire.Blind(job), err
}
