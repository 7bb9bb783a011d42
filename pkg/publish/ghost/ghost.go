package ghost

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

const (
	// version is the oldest interface that we are made for; newer servers
	// answer to it (6.65.0, 2026-11).
	version = "v5.0"
	// lasts is how long a token is good: the most that Ghost takes.
	lasts = 5 * time.Minute
)

// Publisher speaks for one integration of one site.
type Publisher struct {
	format
	account platform.Account
	via     wire.Doer
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{account: account, via: via}
}

// talk is a row of requests. Its clock is that of the job, and goes on with what
// the server says: preparing may take longer than a token lasts.
type talk struct {
	*Publisher
	now time.Time
}

func (p *Publisher) talk(now time.Time) *talk { return &talk{p, now} }

// address is that of a part of the interface, which ends in a slash.
func (p *Publisher) address(path string) string {
	return strings.TrimRight(p.account.Server, "/") + "/ghost/api/admin/" + path
}

// ask sends a request and reads its answer into "into", unless that is nil.
func (t *talk) ask(ctx context.Context, r wire.Request, into any) (wire.Answer, error) {
	token, err := t.account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	jwt, err := sign(token.Access.Reveal(), t.now)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := wire.Do(ctx, t.via, r.With("Authorization", "Ghost "+jwt).With("Accept-Version", version))
	if a.At.After(t.now) && a.At.Sub(t.now) < time.Hour {
		t.now = a.At
	}
	if err != nil {
		return a, err
	}
	if e := refused(a, t.now); e != nil {
		return a, e
	}
	if into == nil {
		return a, nil
	}
	return a, a.Decode(into)
}

// sign makes a token of a key "ID:SECRET" (RFC 7519, HS256).
func sign(key string, now time.Time) (string, error) {
	id, secret, _ := strings.Cut(key, ":")
	raw, err := hex.DecodeString(secret)
	if err != nil || id == "" || len(raw) == 0 {
		return "", platform.Refuse(platform.Auth, "no-key", "an Admin API key is ID:SECRET")
	}
	part := func(v any) string {
		data, _ := json.Marshal(v) // strings and numbers
		return base64.RawURLEncoding.EncodeToString(data)
	}
	head := part(map[string]string{"alg": "HS256", "typ": "JWT", "kid": id})
	body := part(struct {
		Issued  int64  `json:"iat"`
		Expires int64  `json:"exp"`
		For     string `json:"aud"`
	}{now.Unix(), now.Add(lasts).Unix(), "/admin/"})
	h := hmac.New(sha256.New, raw)
	h.Write([]byte(head + "." + body))
	return head + "." + body + "." + base64.RawURLEncoding.EncodeToString(h.Sum(nil)), nil
}

// entry is a post as Ghost has it.
type entry struct {
	ID      string `json:"id"`
	Slug    string `json:"slug"`
	Status  string `json:"status"`
	URL     string `json:"url"`
	HTML    string `json:"html"`
	Updated string `json:"updated_at"`
	// Published is when it went or goes out, zero of a draft.
	Published time.Time `json:"published_at"`
}

// The states of an entry.
const (
	draft     = "draft"
	published = "published"
	scheduled = "scheduled"
	sent      = "sent" // as a mail alone
)

func (e entry) out() bool { return e.Status == published || e.Status == sent }

// posts are what Ghost takes and gives, in a list.
type posts struct {
	Posts []entry `json:"posts"`
}

// one is the only entry of an answer to a change.
func (p posts) one() (entry, error) {
	if len(p.Posts) != 1 || p.Posts[0].ID == "" || p.Posts[0].Status == "" {
		return entry{}, &platform.Error{Class: platform.Uncertain, Code: "unreadable-answer"}
	}
	return p.Posts[0], nil
}

// change sends one post.
func (t *talk) change(ctx context.Context, method, path string, post map[string]any) (entry, error) {
	r, err := wire.JSON(method, t.address(path), map[string]any{"posts": []any{post}})
	if err != nil {
		return entry{}, err
	}
	var got posts
	if _, err := t.ask(ctx, r, &got); err != nil {
		return entry{}, err
	}
	return got.one()
}

// handle is what was prepared.
type handle struct {
	// Files are addresses of uploaded files, by what tells them from others.
	Files map[string]string `json:"files,omitempty"`
	// Post is the entry, Ready the message that it says once it has all it needs.
	Post  string `json:"post,omitempty"`
	Ready string `json:"ready,omitempty"`
	// Native: Ghost was asked to publish it at its instant.
	Native bool `json:"native,omitempty"`
}

// other reports whether what was prepared is another message.
func (h handle) other(job platform.Job) bool {
	return h.Ready != "" && h.Ready != article.Of(job.Message)
}
