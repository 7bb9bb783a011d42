package youtube

import (
	"net/http"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// refused returns what an answer that is no success means, by its reason. Source:
// developers.google.com/youtube/v3/docs/errors and /docs/core_errors, 2026-10.
func refused(a wire.Answer, now time.Time) error {
	if now.IsZero() {
		now = a.At
	}
	e := a.Refused(now)
	var said struct {
		Error struct {
			Message string `json:"message"`
			Errors  []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
		} `json:"error"`
	}
	if a.Decode(&said) == nil {
		if len(said.Error.Errors) > 0 {
			e.Code = wire.Cut(said.Error.Errors[0].Reason)
		}
		if said.Error.Message != "" {
			e.Detail = wire.Cut(said.Error.Message)
		}
	}
	if a.Status >= http.StatusInternalServerError {
		return e
	}
	switch e.Code {
	case "quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg":
		e.Class, e.Until = platform.Quota, dayEnds(now)
	case "uploadLimitExceeded": // of the channel; when it ends is said nowhere
		e.Class, e.Until = platform.Quota, time.Time{}
	case "rateLimitExceeded", "userRateLimitExceeded", "uploadRateLimitExceeded", "userRequestsExceedRateLimit":
		e.Class, e.Until = platform.Rate, a.Until(now)
	case "authError", "authorizationRequired", "expired", "lockedDomainExpired", "accountClosed", "accountSuspended", "accountDeleted":
		e.Class = platform.Auth
	case "insufficientPermissions", "accessNotConfigured", "youtubeSignupRequired", "channelClosed", "channelSuspended":
		e.Class = platform.Permission
	}
	return e
}

// dayEnds is when the quota's day does.
func dayEnds(now time.Time) time.Time {
	z, err := civil.LoadZone(quotaZone)
	if err != nil || now.IsZero() {
		return time.Time{}
	}
	return z.Day(z.Date(now).AddDays(1)).Instant.UTC()
}
