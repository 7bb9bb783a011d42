package bluesky_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/publishtest"
)

const did = "did:plc:velo"

// fake is a PDS and an index that remember.
type fake struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	now      time.Time
	records  map[string]stored // by rkey
	blobs    map[string]bool
	password string
	access   string // the tokens that are good
	refresh  string
	n        int
	life     time.Duration // of an access token
	calls    []string      // methods, in order
	refuse   func(http.ResponseWriter, *http.Request) bool
	posts    map[string]any // what the index shows, by method
}

type stored struct {
	raw json.RawMessage
	cid string
}

func serve(t *testing.T) *fake {
	t.Helper()
	f := &fake{
		t: t, now: publishtest.Now(), records: map[string]stored{}, blobs: map[string]bool{},
		password: "app-pass-word", life: 2 * time.Hour, posts: map[string]any{},
	}
	methods := map[string]http.HandlerFunc{
		"com.atproto.server.createSession":  f.createSession,
		"com.atproto.server.refreshSession": f.refreshSession,
		"com.atproto.server.getSession":     f.guarded(f.getSession),
		"com.atproto.repo.uploadBlob":       f.guarded(f.upload),
		"com.atproto.repo.putRecord":        f.guarded(f.put),
		"com.atproto.repo.getRecord":        f.get,
		"app.bsky.feed.getPosts":            f.show,
		"app.bsky.feed.getPostThread":       f.show,
	}
	f.Server = httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		method := strings.TrimPrefix(r.URL.Path, "/xrpc/")
		f.calls = append(f.calls, method)
		if f.refuse != nil && f.refuse(w, r) {
			return
		}
		methods[method](w, r)
	})))
	t.Cleanup(f.Close)
	return f
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func deny(w http.ResponseWriter, status int, name, message string) {
	reply(w, status, map[string]any{"error": name, "message": message})
}

func (f *fake) guarded(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch have := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "); {
		case have == "":
			deny(w, 401, "AuthMissing", "Authentication Required")
		case f.access == "" || have != f.access:
			deny(w, 400, "InvalidToken", "Token could not be verified")
		case f.now.After(ends(f.access)):
			deny(w, 400, "ExpiredToken", "Token has expired")
		default:
			next(w, r)
		}
	}
}

// ends is when a token does.
func ends(token string) time.Time {
	data, _ := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	var claims struct{ Exp int64 }
	_ = json.Unmarshal(data, &claims)
	return time.Unix(claims.Exp, 0)
}

// issue gives a new pair and takes the old one back.
func (f *fake) issue(w http.ResponseWriter) {
	f.n++
	token := func(kind string, life time.Duration) string {
		claims := fmt.Sprintf(`{"sub":%q,"exp":%d,"n":%d}`, did, f.now.Add(life).Unix(), f.n)
		return "secret" + kind + "." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".sig"
	}
	f.access, f.refresh = token("access", f.life), token("refresh", 60*24*time.Hour)
	reply(w, 200, map[string]any{"accessJwt": f.access, "refreshJwt": f.refresh, "did": did, "handle": "velo.test", "active": true})
}

func (f *fake) createSession(w http.ResponseWriter, r *http.Request) {
	var in struct{ Identifier, Password string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	if in.Identifier != "velo.test" || in.Password != f.password {
		deny(w, 401, "AuthenticationRequired", "Invalid identifier or password")
		return
	}
	f.issue(w)
}

func (f *fake) refreshSession(w http.ResponseWriter, r *http.Request) {
	if f.refresh == "" || r.Header.Get("Authorization") != "Bearer "+f.refresh || f.now.After(ends(f.refresh)) {
		deny(w, 400, "ExpiredToken", "Token has been revoked")
		return
	}
	f.issue(w)
}

func (f *fake) getSession(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("RateLimit-Limit", "3000")
	w.Header().Set("RateLimit-Remaining", "2990")
	w.Header().Set("RateLimit-Reset", fmt.Sprint(f.now.Add(time.Minute).Unix()))
	reply(w, 200, map[string]any{"did": did, "handle": "velo.test", "active": true})
}

func (f *fake) upload(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(r.Body)
	sum := sha256.Sum256(data)
	link := "bafkrei" + hex.EncodeToString(sum[:])[:40]
	f.blobs[link] = true
	reply(w, 200, map[string]any{"blob": map[string]any{"$type": "blob", "ref": map[string]any{"$link": link}, "mimeType": http.DetectContentType(data), "size": len(data)}})
}

func (f *fake) put(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Repo, Rkey string
		Record     json.RawMessage
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	var rec struct {
		Embed struct {
			Images []struct {
				Image struct {
					Ref map[string]string
				}
			}
			Video *struct{ Ref map[string]string }
		}
		Reply *struct{ Root, Parent struct{ URI, CID string } }
	}
	_ = json.Unmarshal(in.Record, &rec)
	for _, img := range rec.Embed.Images {
		if !f.blobs[img.Image.Ref["$link"]] {
			deny(w, 400, "BlobNotFound", "Could not find blob")
			return
		}
	}
	if film := rec.Embed.Video; film != nil && !f.blobs[film.Ref["$link"]] {
		deny(w, 400, "BlobNotFound", "Could not find blob")
		return
	}
	if rec.Reply != nil {
		parent := rec.Reply.Parent.URI[strings.LastIndexByte(rec.Reply.Parent.URI, '/')+1:]
		if f.records[parent].cid != rec.Reply.Parent.CID {
			f.t.Errorf("a reply to %+v, which is not there", rec.Reply.Parent)
		}
	}
	sum := sha256.Sum256(in.Record)
	cid := "bafyrei" + hex.EncodeToString(sum[:])[:40]
	answer := map[string]any{"uri": "at://" + did + "/app.bsky.feed.post/" + in.Rkey, "cid": cid}
	if old, ok := f.records[in.Rkey]; ok {
		if old.cid != cid {
			deny(w, 400, "InvalidSwap", "Record was at "+old.cid)
			return
		}
		reply(w, 200, answer)
		return
	}
	f.records[in.Rkey] = stored{raw: in.Record, cid: cid}
	answer["commit"] = map[string]any{"cid": "c", "rev": "r"}
	reply(w, 200, answer)
}

func (f *fake) get(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("rkey")
	s, ok := f.records[name]
	if !ok {
		deny(w, 400, "RecordNotFound", "Could not locate record")
		return
	}
	reply(w, 200, map[string]any{"uri": "at://" + did + "/app.bsky.feed.post/" + name, "cid": s.cid, "value": s.raw})
}

func (f *fake) show(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" {
		f.t.Error("the index was told the session")
	}
	v, ok := f.posts[strings.TrimPrefix(r.URL.Path, "/xrpc/")]
	if !ok {
		deny(w, 400, "NotFound", "Post not found")
		return
	}
	reply(w, 200, v)
}

// count is how many records say something.
func (f *fake) count(what string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, s := range f.records {
		if strings.Contains(string(s.raw), what) {
			n++
		}
	}
	return n
}
