package linkedin

import (
	"net/http"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// duplicate is LinkedIn's name for a text that it has just had. Whether that was
// our own earlier success, a look-up tells, which knows the posts of other
// deliveries.
const duplicate = "DUPLICATE_POST"

// refused returns what an answer that is no success means. Source:
// learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling and
// …/rate-limits, 2026-11; the code of a duplicate is in public reports of it.
func refused(a wire.Answer, now time.Time) error {
	if now.IsZero() {
		now = a.At
	}
	e := a.Refused(now)
	var said struct {
		Code    string `json:"code"`
		Service int    `json:"serviceErrorCode"`
		Message string `json:"message"`
		Details struct {
			Inputs []struct {
				Code string `json:"code"`
			} `json:"inputErrors"`
		} `json:"errorDetails"`
	}
	if a.Decode(&said) == nil {
		e.Code = wire.Cut(said.Code)
		if e.Code == "" && said.Service != 0 {
			e.Code = strconv.Itoa(said.Service)
		}
		for _, in := range said.Details.Inputs {
			if in.Code != "" {
				e.Code = wire.Cut(in.Code)
			}
		}
		if said.Message != "" {
			e.Detail = wire.Cut(said.Message)
		}
	}
	switch {
	case a.Status == http.StatusUpgradeRequired: // the version is no more
		e.Class = platform.Permission
	case a.Status == http.StatusTooManyRequests && e.Until.IsZero() && !now.IsZero():
		e.Until = now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour) // days end at midnight, UTC
	case e.Class == platform.Invalid && e.Code == duplicate:
		e.Class = platform.Duplicate
	}
	return e
}
