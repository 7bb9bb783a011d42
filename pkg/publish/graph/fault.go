package graph

import (
	"encoding/json"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// fault is the error in an answer.
type fault struct {
	Message     string `json:"message"`
	Code        int    `json:"code"`
	Subcode     int    `json:"error_subcode"`
	IsTransient bool   `json:"is_transient"`
	UserMessage string `json:"error_user_msg"`
}

// refused returns the error that an answer holds, or nil.
func refused(a wire.Answer, now time.Time) *platform.Error {
	var body struct {
		Error *fault `json:"error"`
	}
	if json.Unmarshal(a.Body, &body) != nil || body.Error == nil {
		e := a.Refused(now)
		if e != nil && !e.Until.IsZero() || e != nil && e.Class == platform.Rate {
			e.Until = until(a, now)
		}
		return e
	}
	f := *body.Error
	detail := f.UserMessage
	if detail == "" {
		detail = f.Message
	}
	e := &platform.Error{
		Class: classOf(f, a.Status), Status: a.Status, Code: name(f), Detail: wire.Cut(detail),
	}
	if e.Class == platform.Rate || e.Class == platform.Quota {
		e.Until = until(a, now)
	}
	return e
}

// name is "190", or with a subcode "190/463".
func name(f fault) string {
	s := strconv.Itoa(f.Code)
	if f.Subcode != 0 {
		s += "/" + strconv.Itoa(f.Subcode)
	}
	return s
}

// Has reports whether an error is one of these: "100", which is any error of that
// code, or "100/33".
func Has(err error, names ...string) bool {
	if err == nil {
		return false
	}
	e := platform.As(err)
	for _, n := range names {
		if e.Code == n || len(e.Code) > len(n) && e.Code[:len(n)] == n && e.Code[len(n)] == '/' {
			return true
		}
	}
	return false
}

// classOf says what an error means: the subcode is more exact than the code, and
// both are than the status.
func classOf(f fault, status int) platform.Class {
	if class, ok := subcode(f.Subcode); ok {
		return class
	}
	if class, ok := code(f.Code); ok {
		return class
	}
	switch {
	case f.IsTransient, status >= 500, status < 400:
		return platform.Uncertain
	case status == 401:
		return platform.Auth
	case status == 403:
		return platform.Permission
	case status == 429:
		return platform.Rate
	}
	return platform.Invalid
}

// code is the class of an error by its code. Source of 1–4, 10, 17, 102, 190 and
// 200–299: the platform's page on error handling, November 2026; of 80000–80014:
// its page on rate limits; of the others: met in practice, 2026.
func code(n int) (platform.Class, bool) {
	switch {
	case n == 1, n == 2: // unknown, service: nobody knows what was done
		return platform.Uncertain, true
	case n == 4, n == 17, n == 32, n == 341, n == 613, n >= 80_000 && n <= 80_014:
		return platform.Rate, true
	case n == 102, n == 190:
		return platform.Auth, true
	case n == 3, n == 10, n >= 200 && n <= 299:
		return platform.Permission, true
	case n == 100, n == 368: // a parameter; what its rules forbid
		return platform.Invalid, true
	case n == 506:
		return platform.Duplicate, true
	}
	return "", false
}

// subcode is the class of an error by its subcode. Source of those of seven
// digits that begin with 2207: the platform's page on errors of content
// publishing on Instagram, November 2026; of the others: met in practice, 2026.
func subcode(n int) (platform.Class, bool) {
	switch n {
	case 458, 459, 460, 463, 464, 467: // the person left, must log in, changed the password; expired, unconfirmed, invalid
		return platform.Auth, true
	case 1404078: // the Page must be authorised to publish
		return platform.Permission, true
	case 1366046, 1346003, 1404102: // a photo, rules, rules
		return platform.Invalid, true
	case 1390008: // too fast
		return platform.Rate, true
	case 1366051: // these photos were posted already
		return platform.Duplicate, true

	case 2207003, 2207052, 2207082, 2207008, 2207006: // could not be fetched or uploaded; the container is over or gone
		return platform.Temporary, true
	case 2207027: // not ready yet
		return platform.Pending, true
	case 2207042: // the posts of the day are used up
		return platform.Quota, true
	case 2207050: // the account is restricted
		return platform.Permission, true
	case 2207051: // said to be blocked, and seen to be out all the same
		return platform.Uncertain, true
	case 2207001, 2207004, 2207005, 2207009, 36003, 2207010, 2207026: // spam, size, format, shape, caption, film
		return platform.Invalid, true
	}
	return "", false
}
