package wordpress

import (
	"context"
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one user of one site.
type Publisher struct {
	format
	account platform.Account
	via     wire.Doer
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{format{article.Names(strings.Split(account.Options["category"], ","), maxName)}, account, via}
}

// address is that of a part of the interface.
func (p *Publisher) address(path string, query url.Values) string {
	rest := strings.TrimRight(p.account.Options["rest"], "/")
	if rest == "" {
		rest = "/wp-json"
	}
	at := strings.TrimRight(p.account.Server, "/") + rest + "/wp/v2/" + path
	switch {
	case len(query) == 0:
		return at
	case strings.Contains(rest, "?"):
		return at + "&" + query.Encode()
	}
	return at + "?" + query.Encode()
}

// ask sends a request and reads its answer into "into", unless that is nil.
func (p *Publisher) ask(ctx context.Context, now time.Time, r wire.Request, into any) (wire.Answer, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	basic := base64.StdEncoding.EncodeToString([]byte(p.account.Name + ":" + token.Access.Reveal()))
	a, err := wire.Do(ctx, p.via, r.With("Authorization", "Basic "+basic))
	if err != nil {
		return a, err
	}
	if e := refused(a, now); e != nil {
		return a, e
	}
	if into == nil {
		return a, nil
	}
	return a, a.Decode(into)
}

func (p *Publisher) get(ctx context.Context, now time.Time, path string, query url.Values, into any) (wire.Answer, error) {
	return p.ask(ctx, now, wire.Get(p.address(path, query)), into)
}

func (p *Publisher) post(ctx context.Context, now time.Time, path string, body, into any) error {
	r, err := wire.JSON("POST", p.address(path, nil), body)
	if err != nil {
		return err
	}
	_, err = p.ask(ctx, now, r, into)
	return err
}

// entry is a post as WordPress has it.
type entry struct {
	ID     int64  `json:"id"`
	Slug   string `json:"slug"`
	Status string `json:"status"`
	Link   string `json:"link"`
	// Date is in UTC, without a zone; of a draft it is when it was last kept.
	Date    string `json:"date_gmt"`
	Content struct {
		Raw string `json:"raw"`
	} `json:"content"`
}

// at is when the post went or goes out; zero where the site does not say.
func (e entry) at() time.Time {
	t, err := time.Parse("2006-01-02T15:04:05", e.Date)
	if err != nil {
		return time.Time{}
	}
	return t
}

// The states of an entry that count here.
const (
	draft     = "draft"
	published = "publish"
	future    = "future"
	pending   = "pending"
	trash     = "trash"
)

// handle is what was prepared.
type handle struct {
	// Files are uploaded files, by what tells them from others.
	Files map[string]upload `json:"files,omitempty"`
	// Tags and Categories are their ids by name.
	Tags       map[string]int64 `json:"tags,omitempty"`
	Categories map[string]int64 `json:"categories,omitempty"`
	// Post is the entry, Ready the message that it says once it has all it needs.
	Post  int64  `json:"post,omitempty"`
	Ready string `json:"ready,omitempty"`
	// Native: WordPress was asked to publish it at its instant.
	Native bool `json:"native,omitempty"`
}

// upload is a file that is on the site.
type upload struct {
	ID  int64  `json:"id"`
	URL string `json:"url"`
}

// other reports whether what was prepared is another message.
func (h handle) other(job platform.Job) bool {
	return h.Ready != "" && h.Ready != article.Of(job.Message)
}
