package wordpress

import (
	"encoding/json"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// refused returns what an answer means, or nil for a success. The codes are
// those of wp-includes/rest-api of WordPress 6.1 to 6.9 (2026-11).
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	if a.Status >= 300 && a.Status < 400 {
		// The address of the account is not the site's: nothing was done.
		return &platform.Error{Class: platform.Auth, Status: a.Status, Code: "moved", Detail: wire.Cut(a.Header.Get("Location"))}
	}
	var body struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Data    struct {
			Params map[string]string `json:"params"`
		} `json:"data"`
	}
	// "params" is a list where there are none, so that an error does not count.
	if _ = json.Unmarshal(a.Body, &body); body.Code == "" {
		return e
	}
	e.Code, e.Detail = wire.Cut(body.Code), wire.Cut(body.Message)
	for name, text := range body.Data.Params {
		if !strings.Contains(e.Detail, text) {
			e.Detail = wire.Cut(e.Detail + " " + name + ": " + text)
		}
	}
	switch body.Code {
	case "rest_no_route", "rest_disabled", "rest_not_logged_in", "incorrect_password", "invalid_username", "invalid_email",
		"application_passwords_disabled", "application_passwords_disabled_for_user":
		e.Class = platform.Auth
	case "rest_cannot_create", "rest_cannot_edit", "rest_cannot_publish", "rest_cannot_assign_term", "rest_forbidden", "rest_forbidden_context", "rest_forbidden_status":
		// 401 of a wrong password too, 400 of an upload that is not allowed.
		if a.Status != 401 {
			e.Class = platform.Permission
		}
	case "rest_upload_unknown_error", "rest_upload_sideload_error":
		e.Class = platform.Invalid // 500, though it is the type of the file that is not taken
	case "rest_upload_hash_mismatch", "rest_upload_no_data":
		e.Class = platform.Temporary // it came damaged
	}
	return e
}

// is reports whether an error is the refusal of this name.
func is(err error, code string) bool {
	return err != nil && platform.As(err).Code == code
}
