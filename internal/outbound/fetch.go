package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// maxHops is how many redirects a download follows.
const maxHops = 5

// Limits bound a download.
type Limits struct {
	// Bytes is the most that is read, at least 1.
	Bytes int64
	// Types are the media types that are taken, without parameters; nil: all.
	Types []string
}

// Download is what was fetched.
type Download struct {
	// URL is where it came from in the end.
	URL  string
	Type string // media type, without parameters
	Body []byte
	// Version is what the server calls what it gave.
	Version Version
	// Same: it is still that of the version that was known, and Body is nil.
	Same bool
}

// Version is what a server calls the present state of something, for asking later
// whether it has changed (RFC 9110, 8.8). Parts that it does not say are "".
type Version struct{ ETag, Modified string }

// maxVersion is the most bytes of a part of a version that are sent back.
const maxVersion = 1 << 10

// versionOf is what an answer says.
func versionOf(h http.Header) Version {
	v := Version{h.Get("ETag"), h.Get("Last-Modified")}
	if len(v.ETag) > maxVersion || len(v.Modified) > maxVersion {
		return Version{}
	}
	return v
}

// ask asks for what is no longer of this version.
func (v Version) ask(r *http.Request) {
	if v.ETag != "" {
		r.Header.Set("If-None-Match", v.ETag)
	}
	if v.Modified != "" {
		r.Header.Set("If-Modified-Since", v.Modified)
	}
}

// Fetch gets what is at an address, with no account and no cookie. It follows a
// few redirects, each of which passes the client's own checks, and none from
// https to http. The error is a [platform.Error]: what is too long, or of another
// type, is Invalid.
func Fetch(ctx context.Context, via wire.Doer, address string, limits Limits) (Download, error) {
	return FetchIf(ctx, via, address, limits, Version{})
}

// FetchIf is [Fetch] of what is no longer of a version that is known.
func FetchIf(ctx context.Context, via wire.Doer, address string, limits Limits, known Version) (Download, error) {
	for range maxHops + 1 {
		next, got, err := hop(ctx, via, address, limits, known)
		if err != nil || next == "" {
			return got, err
		}
		address = next
	}
	return Download{}, platform.Refuse(platform.Invalid, "too-many-redirects", "")
}

// hop makes one request. next is where it leads on; "" means that it is done.
func hop(ctx context.Context, via wire.Doer, address string, limits Limits, known Version) (next string, got Download, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", got, platform.Refuse(platform.Invalid, "address", "")
	}
	req.Header.Set("User-Agent", "editorial")
	known.ask(req)
	resp, err := via.Do(req)
	if err != nil {
		return "", got, unreached(err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && known != Version{}:
		return "", Download{URL: address, Version: known, Same: true}, nil
	case resp.StatusCode >= 300 && resp.StatusCode < 400 && resp.Header.Get("Location") != "":
		next, err := follow(req.URL, resp.Header.Get("Location"))
		return next, got, err
	case resp.StatusCode != http.StatusOK:
		return "", got, wire.Answer{Status: resp.StatusCode, Header: resp.Header}.Refused(time.Time{})
	case resp.ContentLength > limits.Bytes:
		return "", got, tooLong(limits)
	}
	got = Download{URL: address, Version: versionOf(resp.Header)}
	if got.Type, _, err = mime.ParseMediaType(resp.Header.Get("Content-Type")); err != nil {
		got.Type = ""
	}
	if limits.Types != nil && !slices.Contains(limits.Types, got.Type) {
		return "", Download{}, platform.Refuse(platform.Invalid, "type", wire.Cut(got.Type))
	}
	got.Body, err = io.ReadAll(io.LimitReader(resp.Body, limits.Bytes+1))
	switch {
	case err != nil:
		return "", Download{}, unreached(err)
	case int64(len(got.Body)) > limits.Bytes:
		return "", Download{}, tooLong(limits)
	}
	return "", got, nil
}

func follow(from *url.URL, to string) (string, error) {
	u, err := from.Parse(to)
	switch {
	case err != nil || u.Host == "":
		return "", platform.Refuse(platform.Invalid, "redirect", "")
	case u.Scheme != "https" && (u.Scheme != "http" || from.Scheme == "https"):
		return "", platform.Refuse(platform.Permission, "not-https", u.Hostname())
	}
	u.Fragment = ""
	return u.String(), nil
}

func tooLong(l Limits) error {
	return platform.Refuse(platform.Invalid, "too-long", fmt.Sprintf("%d", l.Bytes))
}

// unreached is the error of a request that changes nothing: it can be made
// again. The address, which may hold what nobody should read, is left out.
func unreached(err error) error {
	var known *platform.Error
	if errors.As(err, &known) {
		return known
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return &platform.Error{Class: platform.Temporary, Err: err}
}
