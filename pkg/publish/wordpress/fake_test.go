package wordpress_test

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
	"editorial/pkg/publish/wordpress"
)

// thing is a post, a file or a term of the fake.
type thing struct {
	ID                    int64
	Slug, Status, Content string
	Title, Name, Alt      string
}

// fake is a WordPress in memory, with the habits that count here: addresses are
// made unique, lists show what is published unless asked, names of terms are
// unique whatever their case, uploads are checked by their sum.
type fake struct {
	mu    sync.Mutex
	last  int64
	posts []*thing
	media []*thing
	terms map[string][]*thing
}

func start(t *testing.T) (*fake, string) {
	t.Helper()
	f := &fake{terms: map[string][]*thing{}}
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(http.ResponseWriter, *http.Request){
		"GET /wp-json/wp/v2/posts": f.list, "POST /wp-json/wp/v2/posts": f.create,
		"GET /wp-json/wp/v2/posts/{id}": f.one, "POST /wp-json/wp/v2/posts/{id}": f.change,
		"GET /wp-json/wp/v2/media": f.files, "POST /wp-json/wp/v2/media": f.upload,
		"GET /wp-json/wp/v2/{terms}": f.listTerms, "POST /wp-json/wp/v2/{terms}": f.createTerm,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if user, password, _ := r.BasicAuth(); user != "awa" || password != "abcd efgh" {
				refuse(w, 401, "rest_cannot_create", "")
				return
			}
			f.mu.Lock()
			defer f.mu.Unlock()
			h(w, r)
		})
	}
	s := httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", mux))
	t.Cleanup(s.Close)
	return f, s.URL
}

func refuse(w http.ResponseWriter, status int, code, data string) {
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"code":"`+code+`","message":"no","data":{"status":`+strconv.Itoa(status)+data+`}}`)
}

func tell(w http.ResponseWriter, status int, v any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (p *thing) shown() map[string]any {
	return map[string]any{
		"id": p.ID, "slug": p.Slug, "status": p.Status, "link": "https://velo.example/" + p.Slug + "/", "date_gmt": "2026-12-01T08:00:00",
		"content": map[string]string{"raw": p.Content}, "alt_text": p.Alt, "source_url": "https://velo.example/up/" + p.Slug + ".png", "name": p.Name,
	}
}

func all(list []*thing) []map[string]any {
	out := []map[string]any{}
	for _, p := range list {
		out = append(out, p.shown())
	}
	return out
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	tell(w, 200, all(slices.DeleteFunc(slices.Clone(f.posts), func(p *thing) bool {
		return !slices.Contains(strings.Split(q.Get("status"), ","), p.Status) ||
			q.Has("slug") && !slices.Contains(strings.Split(q.Get("slug"), ","), p.Slug) ||
			q.Has("search") && !strings.Contains(p.Content, q.Get("search"))
	})))
}

func (f *fake) create(w http.ResponseWriter, r *http.Request) {
	f.last++
	p := &thing{ID: f.last}
	f.posts = append(f.posts, p)
	f.fill(p, r)
	tell(w, 201, p.shown())
}

// fill takes what a request says, and makes the address unique.
func (f *fake) fill(p *thing, r *http.Request) {
	var in struct{ Title, Slug, Content, Status string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	if in.Slug != "" && in.Slug != p.Slug {
		p.Slug = in.Slug
		taken := func(q *thing) bool { return q != p && q.Slug == p.Slug }
		for n := 2; slices.ContainsFunc(f.posts, taken); n++ {
			p.Slug = in.Slug + "-" + strconv.Itoa(n)
		}
	}
	if in.Content != "" {
		p.Content, p.Title = in.Content, in.Title
	}
	p.Status = in.Status
}

func (f *fake) at(w http.ResponseWriter, r *http.Request) *thing {
	for _, p := range f.posts {
		if strconv.FormatInt(p.ID, 10) == r.PathValue("id") {
			return p
		}
	}
	refuse(w, 404, "rest_post_invalid_id", "")
	return nil
}

func (f *fake) one(w http.ResponseWriter, r *http.Request) {
	if p := f.at(w, r); p != nil {
		tell(w, 200, p.shown())
	}
}

func (f *fake) change(w http.ResponseWriter, r *http.Request) {
	if p := f.at(w, r); p != nil {
		f.fill(p, r)
		tell(w, 200, p.shown())
	}
}

func (f *fake) files(w http.ResponseWriter, r *http.Request) {
	tell(w, 200, all(slices.DeleteFunc(slices.Clone(f.media), func(p *thing) bool { return p.Slug != r.URL.Query().Get("slug") })))
}

func (f *fake) upload(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(r.Body)
	if sum := md5.Sum(data); hex.EncodeToString(sum[:]) != r.Header.Get("Content-MD5") {
		refuse(w, 412, "rest_upload_hash_mismatch", "")
		return
	}
	f.last++
	p := &thing{ID: f.last, Slug: r.URL.Query().Get("slug"), Alt: r.URL.Query().Get("alt_text")}
	f.media = append(f.media, p)
	tell(w, 201, p.shown())
}

func (f *fake) listTerms(w http.ResponseWriter, r *http.Request) {
	found := slices.DeleteFunc(slices.Clone(f.terms[r.PathValue("terms")]), func(p *thing) bool {
		return !strings.Contains(p.Name, r.URL.Query().Get("search"))
	})
	tell(w, 200, all(found))
}

func (f *fake) createTerm(w http.ResponseWriter, r *http.Request) {
	var in struct{ Name string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	of := r.PathValue("terms")
	for _, p := range f.terms[of] {
		if strings.EqualFold(p.Name, in.Name) {
			refuse(w, 400, "term_exists", `,"term_id":`+strconv.FormatInt(p.ID, 10))
			return
		}
	}
	f.last++
	p := &thing{ID: f.last, Name: in.Name}
	f.terms[of] = append(f.terms[of], p)
	tell(w, 201, p.shown())
}

func TestPublisher_keepsTheContract(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	publishtest.Run(t, publishtest.Bench{
		New: func(via wire.Doer) platform.Publisher {
			return wordpress.New(account(address, "awa", "abcd efgh"), via)
		},
		Via: http.DefaultClient,
		Count: func(_ *testing.T, p platform.Post) int {
			f.mu.Lock()
			defer f.mu.Unlock()
			n := 0
			for _, q := range f.posts {
				if q.Title == p.Title && q.Status == "publish" {
					n++
				}
			}
			return n
		},
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.terms["tags"]); n != 2 {
		t.Errorf("%d tags, want 2", n)
	}
	names := map[string]bool{}
	for _, m := range f.media {
		if names[m.Slug] {
			t.Errorf("%s was uploaded twice", m.Slug)
		}
		names[m.Slug] = true
	}
}

// TestTerm_madeMeanwhile: somebody makes the tag, in capitals, between our look
// and our making.
func TestTerm_madeMeanwhile(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	f.terms["tags"] = []*thing{{ID: 901, Name: "VÉLO"}, {ID: 902, Name: "HIVER"}}
	pub := wordpress.New(account(address, "awa", "abcd efgh"), http.DefaultClient)
	out(t, pub, job(t, pub, numbered("tags")))
	if n := len(f.terms["tags"]); n != 2 {
		t.Errorf("%d tags", n)
	}
}
