package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
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
	// Plan says what a message is made of.
	Plan func(platform.Message) (Plan, error)
	// Refresh is the address that lets a token live longer, Grant what it is asked
	// for; "" where no token is extended.
	Refresh, Grant string
}

// kept is how long a container is used: the platforms keep it for a day.
const kept = 23 * time.Hour

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
func (c Containers) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	p, err := c.Plan(job.Message)
	if err != nil {
		return nil, err
	}
	_ = c.Renew(ctx, job.Now) // the present token may still do
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
	used, total, err := c.quota(ctx, now)
	if err != nil {
		return err
	}
	if total > 0 && used >= total {
		return platform.Refuse(platform.Quota, "posts-of-the-day", "")
	}
	return nil
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
func (c Containers) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	p, err := c.Plan(job.Message)
	if err != nil {
		return platform.Receipt{}, err
	}
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
