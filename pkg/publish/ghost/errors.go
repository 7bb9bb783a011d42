package ghost

import (
	"encoding/json"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// The names of failures that count by themselves (6.65.0, 2026-11).
const (
	notFound  = "NotFoundError"
	collision = "UpdateCollisionError"
)

// refused returns what an answer means, or nil for a success.
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	if a.Status >= 300 && a.Status < 400 {
		e.Class, e.Code, e.Detail = platform.Auth, "moved", wire.Cut(a.Header.Get("Location"))
		return e
	}
	var body struct {
		Errors []struct {
			Message string `json:"message"`
			Context string `json:"context"`
			Type    string `json:"type"`
			Code    string `json:"code"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(a.Body, &body); err != nil || len(body.Errors) == 0 {
		return e
	}
	first := body.Errors[0]
	e.Code, e.Detail = wire.Cut(first.Type), wire.Cut(first.Message+" "+first.Context)
	switch first.Type {
	case "UnauthorizedError", "VersionMismatchError":
		e.Class = platform.Auth
	case "NoPermissionError", "HostLimitError":
		e.Class = platform.Permission
	case "ValidationError", "DataImportError", "UnsupportedMediaTypeError", notFound:
		e.Class = platform.Invalid
	case collision, "MaintenanceError":
		e.Class = platform.Temporary // another change came first, or none is taken: ours was not done
	}
	if first.Code == "INVALID_JWT" || first.Code == "INVALID_AUTH_HEADER" || first.Code == "UNKNOWN_ADMIN_API_KEY" {
		e.Class, e.Code = platform.Auth, first.Code // 400 of what is no token, 401 of what is none any more
	}
	return e
}

// is reports whether an error is the refusal of this name.
func is(err error, code string) bool { return err != nil && platform.As(err).Code == code }
