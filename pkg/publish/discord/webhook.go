package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// webhook is where messages go.
type webhook struct{ id, token string }

// webhook takes the address that Discord shows for a webhook apart. Another
// address is refused: a post, and a secret, go to Discord alone.
func (p *Publisher) webhook(ctx context.Context) (webhook, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return webhook{}, err
	}
	wrong := platform.Refuse(platform.Auth, "webhook-shape", "")
	u, err := url.Parse(strings.TrimSpace(token.Access.Reveal()))
	if err != nil || u.Scheme != "https" || !slices.Contains([]string{"discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"}, u.Host) {
		return webhook{}, wrong
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	n := len(parts)
	if n < 4 || parts[0] != "api" || parts[n-3] != "webhooks" {
		return webhook{}, wrong
	}
	w := webhook{parts[n-2], parts[n-1]}
	if w.id == "" || strings.Trim(w.id, "0123456789") != "" || w.token == "" ||
		strings.Trim(w.token, "0123456789-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return webhook{}, wrong
	}
	return w, nil
}

// call sends what build returns for an address below the webhook's, and reads the
// answer into a value.
func (p *Publisher) call(ctx context.Context, now time.Time, below string, build func(address string) (wire.Request, error), into any) (wire.Answer, error) {
	w, err := p.webhook(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	r, err := build(p.server + api + "/webhooks/" + w.id + "/" + w.token + below)
	if err != nil {
		return wire.Answer{}, wire.Hush(err, platform.Hidden(w.token))
	}
	a, err := wire.Do(ctx, p.via, r)
	a = a.Hush(platform.Hidden(w.token))
	if err != nil {
		return a, wire.Hush(err, platform.Hidden(w.token))
	}
	if e := refused(a, now); e != nil {
		return a, e
	}
	return a, a.Decode(into)
}

// maxWait is the longest that an answer can make anybody wait, in seconds.
const maxWait = 24 * 60 * 60

// Codes of errors. Source: discord.com/developers/docs/topics/opcodes-and-status-codes,
// November 2026.
const (
	unknownChannel = 10003
	unknownMessage = 10008
	unknownWebhook = 10015
	noAccess       = 50001
	noPermission   = 50013
	badWebhook     = 50027
)

// refused is what an error means, or nil for a success.
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	var said struct {
		Message string  `json:"message"`
		Code    int     `json:"code"`
		Retry   float64 `json:"retry_after"`
	}
	if json.Unmarshal(a.Body, &said) != nil {
		return e
	}
	e.Detail = wire.Cut(said.Message)
	if said.Code != 0 {
		e.Code = strconv.Itoa(said.Code)
	}
	if now.IsZero() {
		e.Until = now
	} else if a.Status == http.StatusTooManyRequests && said.Retry > 0 {
		e.Until = now.Add(time.Duration(min(said.Retry, maxWait) * float64(time.Second)))
	}
	switch said.Code {
	case unknownWebhook, badWebhook:
		e.Class = platform.Auth
	case unknownChannel, noAccess, noPermission:
		e.Class = platform.Permission
	}
	return e
}
