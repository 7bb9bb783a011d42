package flickr

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// fake is Flickr as far as a publisher sees it: it checks signatures with code of
// its own, takes the same nonce once, and finds tags late.
type fake struct {
	t  *testing.T
	mu sync.Mutex
	n  int

	photos []*fakePhoto
	nonces map[string]bool
	albums map[string]bool

	// Switches.
	lag    int               // the newest photographs that a search does not find
	fail   map[string]string // answers to methods, with their status first
	upload string            // the answer to an upload
	base   string
}

type fakePhoto struct {
	id, title, description, tags, licence string
	data                                  []byte
	public                                bool
}

func newFake(t *testing.T) (*fake, *http.Client, platform.Account) {
	f := &fake{t: t, n: 5000, nonces: map[string]bool{}, albums: map[string]bool{}, fail: map[string]string{}}
	s := httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", f))
	t.Cleanup(s.Close)
	f.base = s.URL
	return f, s.Client(), platform.Account{
		Server: s.URL, ClientID: "key", ClientSecret: "hush&", Credentials: publishtest.NewWallet(platform.Token{Access: "token-1", Secret: "very+quiet"}),
	}
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	form, file := url.Values{}, []byte(nil)
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		m := multipart.NewReader(bytes.NewReader(body), params["boundary"])
		for {
			p, err := m.NextPart()
			if err != nil {
				break
			}
			data, _ := io.ReadAll(p)
			if p.FormName() == "photo" {
				file = data
				continue
			}
			form.Add(p.FormName(), string(data))
		}
	} else {
		form, _ = url.ParseQuery(string(body))
	}
	if form.Get("api_key") == "" {
		if trouble := f.unsound(r, form); trouble != "" {
			w.WriteHeader(401)
			fmt.Fprintf(w, "oauth_problem=%s&debug_sbs=POST%%26secret", trouble)
			return
		}
	}
	if r.URL.Path == "/services/upload/" {
		f.take(w, form, file)
		return
	}
	f.method(w, form)
}

// unsound says what is wrong with a signature.
func (f *fake) unsound(r *http.Request, form url.Values) string {
	enc := func(s string) string {
		return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(url.QueryEscape(s))
	}
	var names []string
	for name := range form {
		if name != "oauth_signature" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, enc(name)+"="+enc(form.Get(name)))
	}
	h := hmac.New(sha1.New, []byte("hush%26&very%2Bquiet"))
	h.Write([]byte(r.Method + "&" + enc(f.base+r.URL.Path) + "&" + enc(strings.Join(pairs, "&"))))
	once := form.Get("oauth_timestamp") + form.Get("oauth_nonce")
	switch {
	case form.Get("oauth_token") != "token-1":
		return "token_rejected"
	case form.Get("oauth_signature") != base64.StdEncoding.EncodeToString(h.Sum(nil)):
		return "signature_invalid"
	case f.nonces[once]:
		return "nonce_used"
	}
	f.nonces[once] = true
	return ""
}

func (f *fake) take(w http.ResponseWriter, form url.Values, file []byte) {
	w.Header().Set("Content-Type", "text/xml")
	if f.upload != "" {
		fmt.Fprint(w, f.upload)
		return
	}
	f.n++
	p := &fakePhoto{id: strconv.Itoa(f.n), title: form.Get("title"), description: form.Get("description"), tags: form.Get("tags"), data: file, public: form.Get("is_public") == "1", licence: "0"}
	f.photos = append(f.photos, p)
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"ok\">\n<photoid>%s</photoid>\n</rsp>", p.id)
}

func (f *fake) method(w http.ResponseWriter, form url.Values) {
	method := strings.TrimPrefix(form.Get("method"), "flickr.")
	if said := f.fail[method]; said != "" {
		status, text, _ := strings.Cut(said, " ")
		n, _ := strconv.Atoi(status)
		w.WriteHeader(n)
		fmt.Fprint(w, text)
		return
	}
	out := map[string]any{"stat": "ok"}
	var photo *fakePhoto
	if id := form.Get("photo_id"); id != "" {
		i := slices.IndexFunc(f.photos, func(p *fakePhoto) bool { return p.id == id })
		if i < 0 {
			answer(w, map[string]any{"stat": "fail", "code": 1, "message": "Photo not found"})
			return
		}
		photo = f.photos[i]
	}
	switch method {
	case "test.login":
		out["user"] = map[string]any{"id": "12@N01", "username": map[string]string{"_content": "velo"}}
	case "photos.search":
		var list []any
		for _, p := range f.photos[:len(f.photos)-min(f.lag, len(f.photos))] {
			if strings.HasSuffix(p.tags, form.Get("machine_tags")) {
				bit := 0
				if p.public {
					bit = 1
				}
				list = append(list, map[string]any{"id": p.id, "ispublic": bit, "title": p.title})
			}
		}
		out["photos"] = map[string]any{"page": 1, "photo": list, "total": len(list)}
	case "photos.setPerms":
		photo.public = form.Get("is_public") == "1"
		out["photoid"] = map[string]string{"_content": photo.id}
	case "photos.getPerms":
		bit := 0
		if photo.public {
			bit = 1
		}
		out["perms"] = map[string]any{"id": photo.id, "ispublic": bit, "isfriend": 0, "permcomment": 3}
	case "photos.licenses.getInfo":
		out["licenses"] = map[string]any{"license": []any{
			map[string]any{"id": "0", "name": "All Rights Reserved", "url": ""},
			map[string]any{"id": 4, "url": "https://creativecommons.org/licenses/by/2.0/"},
			map[string]any{"id": "5", "url": "https://creativecommons.org/licenses/by-sa/2.0/"},
			map[string]any{"id": "9", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
			map[string]any{"id": "12", "url": "https://creativecommons.org/licenses/by-sa/4.0/"},
		}}
	case "photos.licenses.setLicense":
		photo.licence = form.Get("license_id")
	case "photosets.addPhoto":
		if f.albums[photo.id] {
			answer(w, map[string]any{"stat": "fail", "code": 3, "message": "Photo already in set"})
			return
		}
		f.albums[photo.id] = true
	case "photos.getInfo":
		out["photo"] = map[string]any{"id": photo.id, "views": "41", "comments": map[string]string{"_content": "2"}}
	case "photos.getFavorites":
		out["photo"] = map[string]any{"id": photo.id, "total": 7}
	case "auth.oauth.checkToken":
		out["oauth"] = map[string]any{"perms": map[string]string{"_content": "read"}, "user": map[string]string{"username": "velo"}}
	case "people.getUploadStatus":
		out["user"] = map[string]any{"filesize": map[string]any{"maxkb": "204800", "maxbytes": 209715200}, "bandwidth": map[string]any{"remainingkb": "lots"}}
	}
	answer(w, out)
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

// shown are the photographs of a key that are public, and all of them.
func (f *fake) shown(key platform.Key) (public, all int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.photos {
		if strings.HasSuffix(p.tags, tag(key)) {
			all++
			if p.public {
				public++
			}
		}
	}
	return public, all
}
