package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes by one webhook, whose whole address is the account's token.
type Publisher struct {
	Format
	account platform.Account
	server  string
	via     wire.Doer
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{Format: FormatOf(account.Options), account: account, server: cmp.Or(account.Server, home), via: via}
}

// handle is what is kept of a message that is under way.
type handle struct {
	// Guild is the server that the channel is on.
	Guild string `json:"guild,omitempty"`
	// Receipt is that of a message whose answer came.
	Receipt platform.Receipt `json:"receipt,omitzero"`
}

func open(h platform.Handle) (got handle) {
	if len(h) > 0 {
		_ = json.Unmarshal(h, &got) // nothing in it is needed
	}
	return got
}

func (h handle) close() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil
	}
	return data
}

// hook is a webhook as the platform tells of it.
type hook struct {
	Name  string `json:"name"`
	Guild string `json:"guild_id"`
}

// message is one that is there.
type message struct {
	ID      string    `json:"id"`
	Channel string    `json:"channel_id"`
	At      time.Time `json:"timestamp"`
}

func (m message) receipt(guild string, by platform.Evidence) platform.Receipt {
	r := platform.Receipt{ID: m.ID, At: m.At.UTC(), Evidence: by}
	if number(guild) && number(m.Channel) && number(m.ID) {
		r.URL = "https://discord.com/channels/" + guild + "/" + m.Channel + "/" + m.ID
	}
	return r
}

func number(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func get(to string) (wire.Request, error) { return wire.Get(to), nil }

// Prepare asks whether the webhook is there, and reads the files once.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	for _, m := range job.Message.Media {
		if _, err := media.NewStream(ctx, job.Files, m, maxFile); err != nil {
			return nil, err
		}
	}
	h := open(job.Handle)
	var w hook
	if _, err := p.call(ctx, job.Now, "", get, &w); err != nil {
		return nil, wire.Harmless(err)
	}
	h.Guild = w.Guild
	return h.close(), nil
}

// Commit sends the message.
func (p *Publisher) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	build, err := p.build(ctx, job)
	if err != nil {
		return platform.Receipt{}, err
	}
	query := url.Values{"wait": {"true"}}
	if thread := p.account.Options[OptThread]; thread != "" {
		query.Set("thread_id", thread)
	}
	var sent message
	if _, err := p.call(ctx, job.Now, "?"+query.Encode(), build, &sent); err != nil {
		return platform.Receipt{}, err
	}
	if sent.ID == "" {
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Code: "no-id"}
	}
	h := open(job.Handle)
	h.Receipt = sent.receipt(h.Guild, platform.ByResponse)
	_ = job.Keep(ctx, h.close()) // it is out, whether that can be written down or not
	return h.Receipt, nil
}

// build makes the request of a message.
func (p *Publisher) build(ctx context.Context, job platform.Job) (func(to string) (wire.Request, error), error) {
	var body struct {
		frozen
		Attachments []attachment `json:"attachments,omitempty"`
	}
	if err := json.Unmarshal(job.Message.Wire, &body.frozen); err != nil || body.Content == "" {
		return nil, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	body.Mentions = mentions{Parse: []string{}}
	var files []wire.File
	for i, m := range job.Message.Media {
		file, err := media.NewStream(ctx, job.Files, m, maxFile)
		if err != nil {
			return nil, err
		}
		files = append(files, file.File("files["+strconv.Itoa(i)+"]"))
		body.Attachments = append(body.Attachments, attachment{i, m.Name, m.Alt})
	}
	if len(files) == 0 {
		return func(to string) (wire.Request, error) { return wire.JSON(http.MethodPost, to, body) }, nil
	}
	data, err := json.Marshal(body)
	if err != nil {
		return nil, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	return func(to string) (wire.Request, error) {
		return wire.Multipart(to, []wire.Field{{Name: "payload_json", Value: string(data), Type: "application/json"}}, files)
	}, nil
}

// attachment is what is said of a file.
type attachment struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// Lookup reads back a message whose id is known. Without an id, and where it is
// gone, only a person can tell.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	h := open(job.Handle)
	if !number(h.Receipt.ID) {
		return platform.Finding{Whether: platform.Unknown}, nil
	}
	below := "/messages/" + h.Receipt.ID
	if thread := p.account.Options[OptThread]; thread != "" {
		below += "?" + url.Values{"thread_id": {thread}}.Encode()
	}
	var m message
	_, err := p.call(ctx, job.Now, below, get, &m)
	switch {
	case err != nil && platform.As(err).Code == strconv.Itoa(unknownMessage):
		return platform.Finding{Whether: platform.Unknown}, nil
	case err != nil:
		return platform.Finding{}, wire.Harmless(err)
	}
	return platform.Finding{Whether: platform.Found, Receipt: m.receipt(h.Guild, platform.ByLookup)}, nil
}

// Check says whose webhook it is, and how many calls are left for the moment.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var w hook
	a, err := p.call(ctx, time.Time{}, "", get, &w)
	if err != nil {
		return platform.Standing{}, wire.Harmless(err)
	}
	s := platform.Standing{Account: wire.Cut(w.Name)}
	s.Left, _ = strconv.Atoi(a.Header.Get("X-RateLimit-Remaining"))
	s.Quota, _ = strconv.Atoi(a.Header.Get("X-RateLimit-Limit"))
	return s, nil
}
