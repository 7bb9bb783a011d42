package facebook

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes on one Page. Account.Name is the Page's id; "" is the Page
// whose token it is.
type Publisher struct {
	Format
	account platform.Account
	graph   graph.Client
	page    string
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{
		Format: FormatOf(account.Options), account: account, page: cmp.Or(account.Name, "me"),
		graph: graph.Client{
			Via: via, Credentials: account.Credentials,
			Base: cmp.Or(account.Server, home) + "/" + cmp.Or(strings.Trim(account.Options[OptVersion], "/"), version),
		},
	}
}

// handle is what is kept of a post that is under way.
type handle struct {
	// Photos are the ids of the pictures, in their order, of which the first was
	// uploaded at Uploaded.
	Photos   []string  `json:"photos,omitempty"`
	Uploaded time.Time `json:"uploaded,omitzero"`
	// Post is the id of the post, published or not. Film: it is a film, and Ready:
	// the platform is done with it.
	Post  string `json:"post,omitempty"`
	Film  bool   `json:"film,omitempty"`
	Ready bool   `json:"ready,omitempty"`
	// Scheduled: the platform will publish it by itself.
	Scheduled bool `json:"scheduled,omitempty"`
	// Gone: there was a post, and the platform does not have it any more.
	Gone bool `json:"gone,omitempty"`
}

func open(h platform.Handle) (handle, error) {
	var got handle
	if len(h) == 0 {
		return got, nil
	}
	if err := json.Unmarshal(h, &got); err != nil {
		return got, &platform.Error{Class: platform.Invalid, Code: "handle", Err: err}
	}
	return got, nil
}

func (h handle) close() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil
	}
	return data
}

// post is a post as the platform tells of it.
type post struct {
	ID          string        `json:"id"`
	Message     string        `json:"message"`
	IsPublished bool          `json:"is_published"`
	Created     graph.Instant `json:"created_time"`
	Scheduled   graph.Instant `json:"scheduled_publish_time"`
	Permalink   string        `json:"permalink_url"`
	Attachments struct {
		Data []struct {
			Address string `json:"unshimmed_url"`
			Target  struct {
				ID string `json:"id"`
			} `json:"target"`
		} `json:"data"`
	} `json:"attachments"`
}

// receipt is that of a post that is out.
func (p post) receipt(by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: p.ID, URL: cmp.Or(graph.Link(p.Permalink), address(p.ID)), At: p.Created.Time, Evidence: by}
}

// address is where readers find a post.
func address(id string) string { return "https://www.facebook.com/" + id }
