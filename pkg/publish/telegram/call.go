package telegram

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// said is every answer.
type said struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int64 `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call sends what build returns for the address of a method, and reads the result
// into a value.
func (p *Publisher) call(ctx context.Context, now time.Time, method string, build func(address string) (wire.Request, error), into any) error {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return err
	}
	secret := token.Access.Reveal()
	if !shaped(secret) {
		return platform.Refuse(platform.Auth, "token-shape", "")
	}
	_, key, _ := strings.Cut(secret, ":")
	quiet := func(err error) error { return wire.Hush(err, token.Access, platform.Hidden(key)) }
	r, err := build(p.server + "/bot" + secret + "/" + method)
	if err != nil {
		return quiet(err)
	}
	a, err := wire.Do(ctx, p.via, r)
	if err != nil {
		return quiet(err)
	}
	a = a.Hush(token.Access, platform.Hidden(key))
	var s said
	switch err := json.Unmarshal(a.Body, &s); {
	case err != nil && a.OK():
		return a.Decode(&s)
	case err != nil || !s.OK && s.Code == 0:
		if e := a.Refused(now); e != nil {
			return e
		}
		return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-answer"}
	case !s.OK:
		return refused(s, now)
	}
	if err := json.Unmarshal(s.Result, into); err != nil {
		return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-result"}
	}
	return nil
}

// shaped reports whether a token is one that can stand in an address: a number, a
// colon and a key.
func shaped(token string) bool {
	id, key, ok := strings.Cut(token, ":")
	return ok && id != "" && key != "" && strings.Trim(id, "0123456789") == "" &&
		strings.Trim(key, "0123456789-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// maxWait is the longest that an answer can make anybody wait.
const maxWait = 24 * 60 * 60

// refused is what an error means. Its number counts, not its words. Source:
// core.telegram.org/bots/api, "making requests" and ResponseParameters; that a
// token which is not known answers 404 was met in practice. November 2026.
func refused(s said, now time.Time) *platform.Error {
	e := &platform.Error{Class: platform.Invalid, Status: s.Code, Code: strconv.Itoa(s.Code), Detail: wire.Cut(s.Description)}
	switch {
	case s.Parameters.MigrateTo != 0: // the group has another number now
		e.Class, e.Code, e.Detail = platform.Permission, "chat-migrated", strconv.FormatInt(s.Parameters.MigrateTo, 10)
	case s.Code == http.StatusTooManyRequests:
		e.Class = platform.Rate
		if n := s.Parameters.RetryAfter; n > 0 && !now.IsZero() {
			e.Until = now.Add(time.Duration(min(n, maxWait)) * time.Second)
		}
	case s.Code == http.StatusUnauthorized, s.Code == http.StatusNotFound:
		e.Class = platform.Auth
	case s.Code == http.StatusForbidden:
		e.Class = platform.Permission
	case s.Code >= 500:
		e.Class = platform.Uncertain
	}
	return e
}
