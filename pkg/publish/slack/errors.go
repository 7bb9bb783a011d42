package slack

import (
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// word is what an error means by its name, which is one of a list; one that is
// not in it counts by its status. Source: docs.slack.dev, the errors of
// chat.postMessage, of all methods and of incoming webhooks, November 2026.
func word(a wire.Answer, name string, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		e = &platform.Error{Class: platform.Invalid, Status: a.Status}
		if name == "" {
			e.Class = platform.Uncertain
		}
	}
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" || len(name) > 64 {
		return e // not a name, but something between that speaks
	}
	e.Code = name
	switch name {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required", "no_service", "invalid_token", "no_active_hooks":
		e.Class = platform.Auth
	case "missing_scope", "not_in_channel", "channel_not_found", "is_archived", "channel_is_archived", "restricted_action", "access_denied",
		"no_permission", "ekm_access_denied", "team_access_not_granted", "not_allowed_token_type", "action_prohibited", "posting_to_general_channel_denied",
		"restricted_action_read_only_channel", "restricted_action_non_threadable_channel", "restricted_action_thread_only_channel", "user_not_found", "no_team", "team_disabled":
		e.Class = platform.Permission
	case "ratelimited", "rate_limited":
		e.Class = platform.Rate
		if e.Until.IsZero() && !now.IsZero() {
			e.Until = a.Until(now)
		}
	case "message_limit_exceeded":
		e.Class = platform.Quota
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "rollup_error", "team_added_to_org":
		e.Class = platform.Uncertain
	}
	if now.IsZero() {
		e.Until = now
	}
	return e
}
