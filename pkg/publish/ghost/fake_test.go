package ghost_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/publishtest"
)

const (
	keyID  = "5f0c0ffee0c0ffee0c0ffee0"
	secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
)

// thing is a post of the fake.
type thing struct {
	ID        string     `json:"id"`
	Slug      string     `json:"slug"`
	Status    string     `json:"status"`
	URL       string     `json:"url"`
	Title     string     `json:"title"`
	HTML      string     `json:"html"`
	Image     string     `json:"feature_image"`
	Alt       string     `json:"feature_image_alt"`
	Updated   time.Time  `json:"updated_at"`
	Published *time.Time `json:"published_at"`
}

// fake is a Ghost in memory, with the habits that count here: addresses are made
// unique, a change names the version it changes, a date that is set stays, a
// mail goes out with the change from draft to published alone.
type fake struct {
	mu    sync.Mutex
	n     int
	clock time.Time
	posts []*thing
	mails int
}

func start(t *testing.T) (*fake, string) {
	t.Helper()
	f := &fake{clock: publishtest.Now()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ghost/api/admin/site/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"site":{"title":"Le Vélo"}}`)
	})
	for pattern, h := range map[string]func(http.ResponseWriter, *http.Request){
		"GET /ghost/api/admin/posts/{$}": f.list, "POST /ghost/api/admin/posts/{$}": f.create,
		"GET /ghost/api/admin/posts/{id}/": f.one, "PUT /ghost/api/admin/posts/{id}/": f.change,
		"POST /ghost/api/admin/images/upload/": f.upload,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			f.mu.Lock()
			defer f.mu.Unlock()
			if code := token(r.Header.Get("Authorization"), f.clock); code != "" {
				refuse(w, 401, "UnauthorizedError", code)
				return
			}
			h(w, r)
		})
	}
	checked := openapi.Check(t, "testdata/openapi.yaml", mux)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		w.Header().Set("Date", f.clock.Format(http.TimeFormat))
		f.mu.Unlock()
		checked.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return f, s.URL
}

// token checks one as Ghost does, but for the future: the jobs of the suite go
// on in time while the fake stands still.
func token(header string, now time.Time) (code string) {
	jwt, ok := strings.CutPrefix(header, "Ghost ")
	part := strings.Split(jwt, ".")
	if !ok || len(part) != 3 {
		return "INVALID_AUTH_HEADER"
	}
	raw, _ := hex.DecodeString(secret)
	h := hmac.New(sha256.New, raw)
	h.Write([]byte(part[0] + "." + part[1]))
	var head struct{ Alg, Kid string }
	var body struct {
		Iat, Exp int64
		Aud      string
	}
	for i, into := range []any{&head, &body} {
		data, err := base64.RawURLEncoding.DecodeString(part[i])
		if err != nil || json.Unmarshal(data, into) != nil {
			return "INVALID_JWT"
		}
	}
	if head.Alg != "HS256" || head.Kid != keyID {
		return "UNKNOWN_ADMIN_API_KEY"
	}
	if part[2] != base64.RawURLEncoding.EncodeToString(h.Sum(nil)) || body.Aud != "/admin/" || body.Exp-body.Iat > 300 || body.Exp < now.Unix() {
		return "INVALID_JWT"
	}
	return ""
}

func refuse(w http.ResponseWriter, status int, kind, code string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{"type": kind, "code": code, "message": "no", "context": nil}}})
}

func tell(w http.ResponseWriter, status int, list ...*thing) {
	w.WriteHeader(status)
	if list == nil {
		list = []*thing{}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"posts": list})
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	filter := r.URL.Query().Get("filter")
	text, _, _ := strings.Cut(strings.TrimPrefix(filter, "html:~'"), "'")
	tell(w, 200, slices.DeleteFunc(slices.Clone(f.posts), func(p *thing) bool {
		return !strings.Contains(p.HTML, text) && !strings.Contains(filter, "'"+p.Slug+"'")
	})...)
}

func (f *fake) create(w http.ResponseWriter, r *http.Request) {
	f.n++
	p := &thing{ID: fmt.Sprintf("%024x", f.n), Status: "draft"}
	f.posts = append(f.posts, p)
	f.fill(p, r)
	tell(w, 201, p)
}

func (f *fake) fill(p *thing, r *http.Request) {
	var in struct{ Posts []map[string]json.RawMessage }
	_ = json.NewDecoder(r.Body).Decode(&in)
	was, slug := p.Status, p.Slug
	delete(in.Posts[0], "updated_at")
	data, _ := json.Marshal(in.Posts[0])
	_ = json.Unmarshal(data, p)
	if p.Slug != slug {
		wanted := p.Slug
		for n := 2; slices.ContainsFunc(f.posts, func(q *thing) bool { return q != p && q.Slug == p.Slug }); n++ {
			p.Slug = fmt.Sprintf("%s-%d", wanted, n)
		}
	}
	p.HTML = regexp.MustCompile("<!--.*?-->").ReplaceAllString(p.HTML, "")
	p.URL = "https://velo.example/" + p.Slug + "/"
	f.clock = f.clock.Add(time.Second)
	p.Updated = f.clock
	if p.Status == "published" && was != "published" {
		if p.Published == nil {
			at := f.clock
			p.Published = &at
		}
		if r.URL.Query().Has("newsletter") {
			f.mails++
		}
	}
}

func (f *fake) at(w http.ResponseWriter, r *http.Request) *thing {
	for _, p := range f.posts {
		if p.ID == r.PathValue("id") {
			return p
		}
	}
	refuse(w, 404, "NotFoundError", "")
	return nil
}

func (f *fake) one(w http.ResponseWriter, r *http.Request) {
	if p := f.at(w, r); p != nil {
		tell(w, 200, p)
	}
}

func (f *fake) change(w http.ResponseWriter, r *http.Request) {
	p := f.at(w, r)
	if p == nil {
		return
	}
	data, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(data)))
	var in struct {
		Posts []struct {
			Updated time.Time `json:"updated_at"`
		}
	}
	_ = json.Unmarshal(data, &in)
	if !in.Posts[0].Updated.Equal(p.Updated) {
		refuse(w, 409, "UpdateCollisionError", "UPDATE_COLLISION")
		return
	}
	f.fill(p, r)
	tell(w, 200, p)
}

func (f *fake) upload(w http.ResponseWriter, r *http.Request) {
	file, head, err := r.FormFile("file")
	if err != nil {
		refuse(w, 422, "ValidationError", "")
		return
	}
	defer file.Close()
	f.n++
	w.WriteHeader(201)
	_ = json.NewEncoder(w).Encode(map[string]any{"images": []any{map[string]string{"url": fmt.Sprintf("https://velo.example/content/images/%d-%s", f.n, head.Filename), "ref": r.FormValue("ref")}}})
}
