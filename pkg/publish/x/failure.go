package x

import (
	"net/http"
	"path"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// problemAnswer is what X says of a failure: RFC 7807 as it has it, or the older
// list of codes. Source: docs.x.com/fundamentals/response-codes-and-errors,
// 2026-08-22.
type problemAnswer struct {
	Type   string `json:"type"` // https://api.x.com/2/problems/NAME, or about:blank
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Errors []struct {
		Code    int    `json:"code"`
		Type    string `json:"type"`
		Message string `json:"message"`
	} `json:"errors"`
}

// refused returns what an answer that is no success means.
func refused(a wire.Answer, now time.Time) error {
	if now.IsZero() {
		now = a.At
	}
	e := a.Refused(now)
	var said problemAnswer
	if a.Decode(&said) == nil {
		e.Code = said.name()
		if said.Detail != "" {
			e.Detail = wire.Cut(said.Detail)
		}
	}
	switch {
	case a.Status == http.StatusPaymentRequired, e.Code == "usage-capped", e.Code == "credits":
		e.Class, e.Until = platform.Quota, time.Time{}
	case a.Status == http.StatusTooManyRequests:
		if day := dayReset(a, now); day.After(e.Until) {
			e.Until = day
		}
	case e.Code == "187": // the older name of a duplicate
		e.Class = platform.Duplicate
	}
	return e
}

// name is the platform's own name of what happened.
func (s problemAnswer) name() string {
	for _, kind := range []string{s.Type, firstType(s)} {
		if kind != "" && kind != "about:blank" {
			return wire.Cut(path.Base(kind))
		}
	}
	if len(s.Errors) > 0 && s.Errors[0].Code != 0 {
		return strconv.Itoa(s.Errors[0].Code)
	}
	return s.Type
}

func firstType(s problemAnswer) string {
	if len(s.Errors) == 0 {
		return ""
	}
	return s.Errors[0].Type
}

// mayBeTwice tells, of the refusal of a post, what the account may not do from
// what X will not have: the refusal of a duplicate has no name of its own, so that
// every nameless one may be it. Whether it is our own earlier success, a look-up
// tells, which knows the posts of other deliveries.
func mayBeTwice(err error) error {
	if err == nil {
		return nil
	}
	e := *platform.As(err)
	if e.Status == http.StatusForbidden && (e.Code == "" || e.Code == "about:blank") {
		e.Class = platform.Duplicate
		return &e
	}
	return err
}

// dayReset is when the account's day is over, if its posts of the day are used
// up.
func dayReset(a wire.Answer, now time.Time) time.Time {
	for _, of := range []string{"User", "App"} {
		if a.Header.Get("X-"+of+"-Limit-24hour-Remaining") != "0" {
			continue
		}
		n, err := strconv.ParseInt(a.Header.Get("X-"+of+"-Limit-24hour-Reset"), 10, 64)
		if at := time.Unix(n, 0); err == nil && at.After(now) && at.Sub(now) <= 25*time.Hour {
			return at
		}
	}
	return time.Time{}
}
