package telegram

import (
	"context"
	"net/http"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Check says which bot it is, and whether it may post in the chat.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	var me struct {
		ID       int64  `json:"id"`
		Username string `json:"username"`
	}
	if err := p.ask(ctx, "getMe", map[string]any{}, &me); err != nil {
		return s, err
	}
	s.Account = wire.Cut("@" + me.Username)
	var chat struct {
		Type string `json:"type"`
	}
	if err := p.ask(ctx, "getChat", map[string]any{"chat_id": p.account.Name}, &chat); err != nil {
		return s, err
	}
	var member struct {
		Status  string `json:"status"`
		CanPost bool   `json:"can_post_messages"`
		CanSend *bool  `json:"can_send_messages"`
	}
	if err := p.ask(ctx, "getChatMember", map[string]any{"chat_id": p.account.Name, "user_id": me.ID}, &member); err != nil {
		return s, err
	}
	switch {
	case member.Status == "left", member.Status == "kicked":
		s.Missing = []string{"member"}
	case chat.Type == "channel" && !member.CanPost:
		s.Missing = []string{"can_post_messages"}
	case member.Status == "restricted" && member.CanSend != nil && !*member.CanSend:
		s.Missing = []string{"can_send_messages"}
	}
	return s, nil
}

// ask is a call that changes nothing.
func (p *Publisher) ask(ctx context.Context, method string, body map[string]any, into any) error {
	return wire.Harmless(p.call(ctx, time.Time{}, method, func(to string) (wire.Request, error) { return wire.JSON(http.MethodPost, to, body) }, into))
}
