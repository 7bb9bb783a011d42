package ping

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/wire"
)

const (
	// Endpoint passes what it is told on to all search engines that take part.
	// Source: indexnow.org/documentation, November 2026.
	Endpoint = "https://api.indexnow.org/indexnow"
	// maxURLs is the most addresses of one request; a key has minKey to maxKey
	// characters. Same source.
	maxURLs        = 10_000
	minKey, maxKey = 8, 128
)

// IndexNow is a site that tells search engines of its pages.
type IndexNow struct {
	// Endpoint is where to tell; "" is that of all.
	Endpoint string
	// Site is the address of the site. Only pages of its host can be told.
	Site string
	// Key proves that the site is ours: it stands in a file of it, for everybody
	// to read.
	Key string
}

// ValidKey reports whether a key is one: 8 to 128 letters of ASCII, digits and
// hyphens.
func ValidKey(key string) bool {
	if len(key) < minKey || len(key) > maxKey {
		return false
	}
	return strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// KeyFile is the name, below the site's address, and the content of the file that
// must be there.
func (i IndexNow) KeyFile() (name, content string) { return i.Key + ".txt", i.Key }

// Tell tells of pages that are new, changed or gone. Those of other hosts are
// refused without asking.
func (i IndexNow) Tell(ctx context.Context, via wire.Doer, pages []string, now time.Time) Outcome {
	var o Outcome
	site, err := url.Parse(i.Site)
	if err != nil || site.Host == "" || !ValidKey(i.Key) {
		return Outcome{Refused: pages, Why: "no site or no key"}
	}
	var ours []string
	for _, page := range pages {
		if u, err := url.Parse(page); err == nil && u.Host == site.Host && (u.Scheme == "http" || u.Scheme == "https") {
			ours = append(ours, page)
		} else {
			o.Refused, o.Why = append(o.Refused, page), "another host"
		}
	}
	for len(ours) > 0 {
		n := min(len(ours), maxURLs)
		a, err := i.tell(ctx, via, site, ours[:n])
		o.add(ours[:n], a, err, now)
		ours = ours[n:]
	}
	return o
}

func (i IndexNow) tell(ctx context.Context, via wire.Doer, site *url.URL, pages []string) (wire.Answer, error) {
	endpoint := i.Endpoint
	if endpoint == "" {
		endpoint = Endpoint
	}
	name, _ := i.KeyFile()
	r, err := wire.JSON(http.MethodPost, endpoint, struct {
		Host        string   `json:"host"`
		Key         string   `json:"key"`
		KeyLocation string   `json:"keyLocation"`
		URLs        []string `json:"urlList"`
	}{site.Host, i.Key, site.JoinPath(name).String(), pages})
	if err != nil {
		return wire.Answer{}, err
	}
	return wire.Do(ctx, via, r.With("Content-Type", "application/json; charset=utf-8"))
}
