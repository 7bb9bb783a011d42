package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"

	"editorial/pkg/content/asset"
)

// file is a file in memory, or (source) one of the posts' that is read as it
// is asked for.
type file struct {
	name, source string
	data         []byte
	sum          [sha256.Size]byte // of data as it was made
	// What is sent: data with our script and perhaps a banner, its tag and its
	// policy.
	body   []byte
	etag   string
	policy string
	// since is when data became what it is; zero where that is not said.
	since  time.Time
	zipped func() []byte // nil if that makes it no smaller
}

func newFile(name string, data []byte, source string) *file {
	f := &file{name: name, source: source, data: data, sum: sha256.Sum256(data)}
	f.send(data)
	return f
}

// undressed is the file as it was made.
func (f *file) undressed() *file {
	g := &file{name: f.name, source: f.source, data: f.data, sum: f.sum, since: f.since}
	g.send(f.data)
	return g
}

// send makes body what is sent.
func (f *file) send(body []byte) {
	sum := sha256.Sum256(body)
	f.body, f.etag = body, hex.EncodeToString(sum[:12])
	f.policy = filePolicy
	if f.isPage() {
		f.policy = pagePolicy(body)
	}
	f.zipped = sync.OnceValue(func() []byte {
		if len(body) < 1024 || !isText(f.name) {
			return nil
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(body); err != nil || w.Close() != nil || b.Len() >= len(body) {
			return nil
		}
		return b.Bytes()
	})
}

func (f *file) isPage() bool { return path.Ext(f.name) == ".html" }

// serve answers with the file; status is for pages that stand for another.
func (f *file) serve(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	h.Set("Content-Type", typeOf(f.name))
	h.Set("Content-Security-Policy", f.policy)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Encoding")
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			w.Write(f.body)
		}
		return
	}
	body, etag := f.body, f.etag
	if r.Header.Get("Range") == "" && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		if zipped := f.zipped(); zipped != nil {
			body, etag = zipped, etag+"-gz"
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	since := f.since
	if f.isPage() {
		since = time.Time{} // what we add to pages changes, too
	}
	http.ServeContent(w, r, f.name, since, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding as far as it matters here.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			w := strings.ReplaceAll(weight, " ", "")
			return w != "q=0" && !strings.HasPrefix(w, "q=0.000") && w != "q=0.0" && w != "q=0.00"
		}
	}
	return false
}

// Policies: no script but ours, nothing that embeds us.
const (
	filePolicy  = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
	assetPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; frame-ancestors 'none'; sandbox"
)

// pagePolicy is the policy of a page: its own inline styles by their hash.
// Attributes of style are let through only where the page has them, as pages
// made for mail do.
func pagePolicy(page []byte) string {
	styles, attributes := "style-src 'self'", ""
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, more := tokens.TagName()
		style := string(name) == "style"
		for more {
			var key []byte
			key, _, more = tokens.TagAttr()
			if string(key) == "style" {
				attributes = "; style-src-attr 'unsafe-inline'"
			}
		}
		if style && tokens.Next() == html.TextToken {
			sum := sha256.Sum256(tokens.Raw())
			styles += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	return "default-src 'none'; script-src 'self'; " + styles + attributes + "; img-src * data:; media-src *; font-src 'self'; " +
		"connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

// typeOf is the type of a file by its name, the same on every machine. Feeds
// are sent as XML, which a browser shows with its style sheet.
func typeOf(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".xml", ".xsl":
		return "application/xml; charset=utf-8"
	case ".json":
		return "application/json"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".eml":
		return "message/rfc822"
	}
	return asset.Type(name)
}

func isText(name string) bool {
	t := typeOf(name)
	return strings.HasPrefix(t, "text/") || strings.HasPrefix(t, "application/xml") || t == "application/json" || t == "image/svg+xml"
}
