package slack

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// hook is the path of the webhook, out of its address. Another address is refused:
// a post, and a secret, go to Slack alone.
func (p *Publisher) hook(ctx context.Context) (string, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return "", err
	}
	wrong := platform.Refuse(platform.Auth, "webhook-shape", "")
	u, err := url.Parse(strings.TrimSpace(token.Access.Reveal()))
	if err != nil || u.Scheme != "https" || u.User != nil || !slices.Contains([]string{"hooks.slack.com", "hooks.slack-gov.com"}, u.Host) {
		return "", wrong
	}
	rest, ok := strings.CutPrefix(u.Path, "/services/")
	if !ok || len(strings.Split(rest, "/")) != 3 || strings.Contains("/"+rest+"/", "//") ||
		strings.Trim(rest, "0123456789/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", wrong
	}
	return u.Path, nil
}

// drop sends a message by the webhook.
func (p *Publisher) drop(ctx context.Context, job platform.Job, w frozen) (platform.Receipt, error) {
	path, err := p.hook(ctx)
	if err != nil {
		return platform.Receipt{}, err
	}
	parts := strings.Split(path, "/")
	secrets := []platform.Hidden{platform.Hidden(path), platform.Hidden(parts[len(parts)-1])}
	r, err := wire.JSON(http.MethodPost, p.server+path, w)
	if err != nil {
		return platform.Receipt{}, wire.Hush(err, secrets...)
	}
	a, err := wire.Do(ctx, p.via, r)
	a = a.Hush(secrets...)
	if err != nil {
		return platform.Receipt{}, wire.Hush(err, secrets...)
	}
	said := strings.TrimSpace(string(a.Body))
	switch {
	case a.Status == http.StatusOK && said == "ok":
		return platform.Receipt{At: a.At, Evidence: platform.ByResponse}, nil
	case a.OK():
		return platform.Receipt{}, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "not-ok", Detail: wire.Cut(said)}
	}
	return platform.Receipt{}, word(a, said, job.Now)
}
