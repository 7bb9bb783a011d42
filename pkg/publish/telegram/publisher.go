package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes in one chat. Account.Name is "@channel" or the chat's number.
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

// message is one that was sent.
type message struct {
	ID   int64 `json:"message_id"`
	Date int64 `json:"date"`
	Chat struct {
		ID       int64  `json:"id"`
		Username string `json:"username"`
	} `json:"chat"`
}

// receipt is that of a message. Those of a private group or channel have an
// address that its members can follow.
func (m message) receipt() platform.Receipt {
	r := platform.Receipt{ID: strconv.FormatInt(m.ID, 10), Evidence: platform.ByResponse}
	if m.Date > 0 {
		r.At = time.Unix(m.Date, 0).UTC()
	}
	inside, private := strings.CutPrefix(strconv.FormatInt(m.Chat.ID, 10), "-100")
	switch {
	case m.Chat.Username != "" && strings.Trim(m.Chat.Username, "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		r.URL = "https://t.me/" + m.Chat.Username + "/" + r.ID
	case private:
		r.URL = "https://t.me/c/" + inside + "/" + r.ID
	}
	return r
}

// Prepare reads the files once: what is not there, or is another file, is
// known before the instant. Nothing can be sent ahead.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	if _, err := read(ctx, job); err != nil {
		return nil, err
	}
	return job.Handle, nil
}

// Lookup cannot look: it knows only what the answer of a commit said and the
// program had no time to write down elsewhere.
func (p *Publisher) Lookup(_ context.Context, job platform.Job) (platform.Finding, error) {
	var r platform.Receipt
	if len(job.Handle) > 0 && json.Unmarshal(job.Handle, &r) == nil && r.ID != "" {
		return platform.Finding{Whether: platform.Found, Receipt: r}, nil
	}
	return platform.Finding{Whether: platform.Unknown}, nil
}
