package flickr

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// read reads the answer of a method: Flickr says stat="fail" and a code with
// status 200.
func read(a wire.Answer, now time.Time, into any) error {
	if !a.OK() {
		return refused(a, now)
	}
	var said struct {
		Stat    string `json:"stat"`
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if err := a.Decode(&said); err != nil {
		return err
	}
	switch said.Stat {
	case "ok":
		if into == nil {
			return nil
		}
		return decode(a, into)
	case "fail":
		return failed(a.Status, said.Code, said.Message)
	}
	return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-stat", Detail: wire.Cut(string(a.Body))}
}

func decode(a wire.Answer, into any) error {
	if err := json.Unmarshal(a.Body, into); err != nil {
		return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-answer", Detail: wire.Cut(string(a.Body))}
	}
	return nil
}

// uploaded reads the answer of an upload, which is XML.
func uploaded(a wire.Answer, now time.Time) (string, error) {
	if !a.OK() {
		return "", refused(a, now)
	}
	var said struct {
		Stat  string `xml:"stat,attr"`
		Photo string `xml:"photoid"`
		Err   struct {
			Code int    `xml:"code,attr"`
			Text string `xml:"msg,attr"`
		} `xml:"err"`
	}
	if err := xml.Unmarshal(a.Body, &said); err != nil {
		return "", &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-answer", Detail: wire.Cut(string(a.Body))}
	}
	switch {
	case said.Stat == "ok" && photoID(said.Photo):
		return said.Photo, nil
	case said.Stat == "fail":
		return "", uploadFailed(a.Status, said.Err.Code, said.Err.Text)
	}
	return "", &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-id", Detail: wire.Cut(string(a.Body))}
}

// failed is what a code of any method means. Source: the “Error Codes” of
// flickr.com/services/api/flickr.photos.setPerms.html and others, 2026-11.
func failed(status, code int, message string) *platform.Error {
	e := &platform.Error{Class: platform.Invalid, Status: status, Code: strconv.Itoa(code), Detail: wire.Cut(message)}
	switch code {
	case 95, 96, 97, 98, 100: // no TLS, signature, token, key
		e.Class = platform.Auth
	case 99:
		e.Class = platform.Permission
	case 105, 106: // not available, a write that failed for now: all we do here can be repeated
		e.Class = platform.Temporary
	}
	return e
}

// uploadFailed is what a code of an upload means. Source: flickr.com/services/
// api/upload.api.html, 2026-11.
func uploadFailed(status, code int, message string) *platform.Error {
	e := failed(status, code, message)
	switch code {
	case 0, 3, 14: // films off for now, a general failure, no room
		e.Class = platform.Temporary
	case 6, 7: // of the month, of films
		e.Class = platform.Quota
	}
	e.Code = "upload-" + e.Code
	return e
}

// refused is what a status means. OAuth says why in a form.
func refused(a wire.Answer, now time.Time) *platform.Error {
	if now.IsZero() {
		now = a.At
	}
	e := a.Refused(now)
	if form, err := url.ParseQuery(string(a.Body)); err == nil && len(form["oauth_problem"]) == 1 {
		e.Code, e.Detail = wire.Cut(form.Get("oauth_problem")), ""
		switch e.Code {
		case "nonce_used", "timestamp_refused": // surely not done: again with another instant
			e.Class = platform.Temporary
		case "permission_denied":
			e.Class = platform.Permission
		default:
			e.Class = platform.Auth
		}
	}
	if a.Status == http.StatusUnauthorized && e.Class == platform.Auth && e.Code == "" {
		e.Detail = ""
	}
	return e
}
