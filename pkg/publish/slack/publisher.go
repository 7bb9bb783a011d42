package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher publishes in one channel. Account.Name is the channel's id for a bot,
// "" for a webhook.
type Publisher struct {
	Format
	account platform.Account
	server  string
	via     wire.Doer
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	bot := account.Name != ""
	home := hooks
	if bot {
		home = api
	}
	return &Publisher{Format: Format{options: account.Options, bot: bot}, account: account, server: cmp.Or(account.Server, home), via: via}
}

// handle is what is kept of a message that is under way.
type handle struct {
	// Team is the address of the workspace.
	Team string `json:"team,omitempty"`
}

func open(h platform.Handle) (got handle) {
	if len(h) > 0 {
		_ = json.Unmarshal(h, &got) // nothing in it is needed
	}
	return got
}

// receipt is that of a message, by the time that is its id.
func (p *Publisher) receipt(h handle, ts string, by platform.Evidence) platform.Receipt {
	r := platform.Receipt{ID: ts, At: at(ts), Evidence: by}
	if h.Team != "" {
		r.URL = h.Team + "/archives/" + p.account.Name + "/p" + strings.ReplaceAll(ts, ".", "")
	}
	return r
}

// team is the address of a workspace, "" if it is not one of Slack.
func team(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || !strings.HasSuffix(u.Host, ".slack.com") {
		return ""
	}
	return "https://" + u.Host
}

// Prepare asks who the bot is, so that a token that is over is known before the
// instant. Of a webhook there is nothing to ask.
func (p *Publisher) Prepare(ctx context.Context, job platform.Job) (platform.Handle, error) {
	if !p.bot {
		_, err := p.hook(ctx)
		return job.Handle, err
	}
	if err := p.channel(); err != nil {
		return nil, err
	}
	var me identity
	if _, err := p.call(ctx, job.Now, "auth.test", struct{}{}, &me); err != nil {
		return nil, wire.Harmless(err)
	}
	data, err := json.Marshal(handle{Team: team(me.URL)})
	return data, err
}

// channel refuses a name in the place of an id: a channel can be read by its id
// alone.
func (p *Publisher) channel() error {
	if id := p.account.Name; len(id) < 2 || !strings.ContainsRune("CGD", rune(id[0])) || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return platform.Refuse(platform.Permission, "channel-id", id)
	}
	return nil
}

// identity is who the bot is.
type identity struct {
	URL  string `json:"url"`
	Team string `json:"team"`
	User string `json:"user"`
}
