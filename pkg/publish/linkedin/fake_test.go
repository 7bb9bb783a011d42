package linkedin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/openapi"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

const (
	organisation = "urn:li:organization:42"
	member       = "urn:li:person:aB3-x"
)

// fake is LinkedIn as far as a publisher sees it: it names posts in a header,
// refuses a text twice, escapes what it lists, and lists organisations only.
type fake struct {
	t  *testing.T
	mu sync.Mutex
	n  int

	base   string
	access string
	posts  []fakePost            // the oldest first
	images map[string]*fakeImage // and films

	// Switches.
	behind    time.Duration // its clock is, in what its answers say
	slow      int           // an image is ready at that many questions
	breaks    bool          // nothing can be made of any film
	holes     bool          // it asks for pieces that leave something out
	away      bool          // it asks for pieces to be sent elsewhere
	hidden    int           // the newest posts that are not listed yet
	unlisted  bool          // without r_organization_social
	hashtags  bool          // tags come back as templates
	refuse    string
	header    http.Header
	noHeader  bool
	inspected string

	comments []string // of the organisation itself
}

type fakePost struct {
	id, commentary string
	content        content
	at             time.Time
}

type fakeImage struct {
	data  []byte
	asked int
	parts map[string][]byte // of a film, by name
	film  bool
}

// part is how many bytes of a film go into a piece.
const part = 20

func newFake(t *testing.T, author string) (*fake, *http.Client, platform.Account, *publishtest.Wallet) {
	f := &fake{t: t, n: 7000, access: "access-0", images: map[string]*fakeImage{}, slow: 1}
	s := httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", f))
	t.Cleanup(s.Close)
	f.base = s.URL
	w := publishtest.NewWallet(platform.Token{Access: "access-0", Refresh: "refresh"})
	return f, s.Client(), platform.Account{Server: s.URL, Name: author, ClientID: "app", ClientSecret: "hush", Credentials: w}, w
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Date", publishtest.Now().Add(-f.behind).Format(http.TimeFormat))
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	switch r.URL.Path {
	case "/oauth/v2/accessToken":
		f.n++
		f.access = "access-" + strconv.Itoa(f.n)
		answer(w, 200, map[string]any{"access_token": f.access, "expires_in": 5184000, "refresh_token": "refresh", "refresh_token_expires_in": 1})
		return
	case "/oauth/v2/introspectToken":
		form, _ := url.ParseQuery(string(body))
		if form.Get("token") != f.access || form.Get("client_secret") != "hush" {
			answer(w, 401, map[string]string{"error": "invalid_client_id"})
			return
		}
		fmt.Fprint(w, f.inspected)
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+f.access {
		answer(w, 401, map[string]any{"status": 401, "serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN", "message": "The token used in the request has expired"})
		return
	}
	if strings.HasPrefix(r.URL.Path, "/rest/videos") || strings.HasPrefix(r.URL.Path, "/dms-uploads/V") {
		f.film(w, r, body)
		return
	}
	urn, image := strings.CutPrefix(r.URL.Path, "/rest/images/")
	name, upload := strings.CutPrefix(r.URL.Path, "/dms-uploads/")
	switch {
	case r.URL.Path == "/v2/userinfo":
		answer(w, 200, map[string]string{"sub": "aB3-x", "name": "Awa"})
	case r.URL.Path == "/rest/images":
		f.n++
		id := "C4E" + strconv.Itoa(f.n)
		f.images["urn:li:image:"+id] = &fakeImage{}
		answer(w, 200, map[string]any{"value": map[string]any{"uploadUrl": f.base + "/dms-uploads/" + id + "?t=1", "image": "urn:li:image:" + id, "uploadUrlExpiresAt": 1}})
	case upload:
		f.images["urn:li:image:"+name].data = body
		w.WriteHeader(201)
	case image:
		i := f.images[urn]
		i.asked++
		status := "PROCESSING"
		if i.asked >= f.slow && len(i.data) > 0 {
			status = "AVAILABLE"
		}
		answer(w, 200, map[string]string{"id": urn, "status": status})
	case r.URL.Path == "/rest/posts" && r.Method == http.MethodPost:
		f.post(w, body)
	case r.URL.Path == "/rest/posts":
		f.list(w, r)
	case strings.HasPrefix(r.URL.Path, "/rest/socialActions/") && r.Method == http.MethodPost:
		var in struct{ Message struct{ Text string } }
		_ = json.Unmarshal(body, &in)
		f.comments = append(f.comments, in.Message.Text)
		w.WriteHeader(201)
	case strings.HasPrefix(r.URL.Path, "/rest/socialActions/"):
		list := []any{map[string]any{"commentUrn": "urn:li:comment:(a,1)", "actor": member, "message": map[string]string{"text": "Vos questions ?"}, "created": map[string]any{"time": publishtest.Now().UnixMilli()}}}
		for _, c := range f.comments {
			list = append(list, map[string]any{"actor": organisation, "message": map[string]string{"text": c}})
		}
		answer(w, 200, map[string]any{"elements": list})
	case r.URL.Path == "/rest/organizationalEntityShareStatistics":
		answer(w, 200, map[string]any{"elements": []any{map[string]any{"totalShareStatistics": map[string]any{"likeCount": 4, "commentCount": 1, "shareCount": 2, "clickCount": 9, "impressionCount": 300, "engagement": 0.1}}}})
	}
}

// film answers what concerns films.
func (f *fake) film(w http.ResponseWriter, r *http.Request, body []byte) {
	urn, state := strings.CutPrefix(r.URL.Path, "/rest/videos/")
	name, upload := strings.CutPrefix(r.URL.Path, "/dms-uploads/")
	switch {
	case upload:
		etag := "/ambry-video/" + name + "/" + r.URL.Query().Get("part")
		f.images["urn:li:video:"+name].parts[etag] = body
		w.Header().Set("ETag", `"`+etag+`"`)
		w.WriteHeader(200)
	case state:
		v := f.images[urn]
		v.asked++
		status := "PROCESSING"
		switch {
		case len(v.data) == 0:
			status = "WAITING_UPLOAD"
		case f.breaks:
			status = "PROCESSING_FAILED"
		case v.asked >= f.slow:
			status = "AVAILABLE"
		}
		answer(w, 200, map[string]string{"id": urn, "status": status})
	case r.URL.Query().Get("action") == "initializeUpload":
		var in struct {
			Request struct {
				Size int64 `json:"fileSizeBytes"`
			} `json:"initializeUploadRequest"`
		}
		_ = json.Unmarshal(body, &in)
		f.n++
		id := "V" + strconv.Itoa(f.n)
		f.images["urn:li:video:"+id] = &fakeImage{parts: map[string][]byte{}, film: true}
		base := f.base
		if f.away {
			base = "https://evil.example"
		}
		pieces := []piece{}
		for at := int64(0); at < in.Request.Size; at += part {
			one := piece{URL: fmt.Sprintf("%s/dms-uploads/%s?part=%d", base, id, at), First: at, Last: min(at+part, in.Request.Size) - 1}
			if f.holes && at > 0 {
				one.First++
			}
			pieces = append(pieces, one)
		}
		answer(w, 200, map[string]any{"value": map[string]any{"video": "urn:li:video:" + id, "uploadToken": "tok", "uploadInstructions": pieces, "uploadUrlsExpireAt": 1}})
	default:
		var in struct {
			Request struct {
				Video, UploadToken string
				Parts              []string `json:"uploadedPartIds"`
			} `json:"finalizeUploadRequest"`
		}
		_ = json.Unmarshal(body, &in)
		v := f.images[in.Request.Video]
		v.data = nil
		for _, name := range in.Request.Parts {
			v.data = append(v.data, v.parts[name]...)
		}
		if in.Request.UploadToken != "tok" {
			f.t.Errorf("the token %q", in.Request.UploadToken)
		}
		w.WriteHeader(200)
	}
}

func (f *fake) post(w http.ResponseWriter, body []byte) {
	if f.refuse != "" {
		for k, v := range f.header {
			w.Header()[k] = v
		}
		status, text, _ := strings.Cut(f.refuse, " ")
		n, _ := strconv.Atoi(status)
		w.WriteHeader(n)
		fmt.Fprint(w, text)
		return
	}
	var in post
	_ = json.Unmarshal(body, &in)
	for _, p := range f.posts {
		if p.commentary == in.Commentary {
			answer(w, 422, map[string]any{"status": 422, "message": "com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of " + p.id,
				"errorDetailType": "com.linkedin.common.error.BadRequest", "errorDetails": map[string]any{"inputErrors": []any{map[string]any{"code": "DUPLICATE_POST", "description": "Duplicate post is detected"}}}})
			return
		}
	}
	var used []shown
	if in.Content != nil && in.Content.Media != nil {
		used = append(used, *in.Content.Media)
	}
	if in.Content != nil && in.Content.Several != nil {
		used = in.Content.Several.Images
	}
	for _, u := range used {
		if i := f.images[u.ID]; i == nil || i.asked < f.slow {
			answer(w, 400, map[string]any{"status": 400, "code": "INVALID_IMAGE_ID", "message": "not ready"})
			return
		}
	}
	f.n++
	p := fakePost{id: "urn:li:share:" + strconv.Itoa(f.n), commentary: in.Commentary, at: publishtest.Now().Add(time.Minute)}
	if in.Content != nil {
		p.content = *in.Content
	}
	f.posts = append(f.posts, p)
	if !f.noHeader {
		w.Header().Set("X-Restli-Id", p.id)
	}
	w.WriteHeader(201)
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	if f.unlisted {
		answer(w, 403, map[string]any{"status": 403, "code": "ACCESS_DENIED", "message": "Not enough permissions"})
		return
	}
	list := []any{}
	for _, p := range slices.Backward(f.posts[:len(f.posts)-min(f.hidden, len(f.posts))]) {
		text := p.commentary
		if f.hashtags {
			text = strings.ReplaceAll(text, "#vélo", `{hashtag|\#|vélo}`)
		}
		list = append(list, map[string]any{"id": p.id, "author": organisation, "commentary": text, "createdAt": p.at.UnixMilli(), "publishedAt": p.at.UnixMilli(), "lifecycleState": "PUBLISHED"})
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("start"))
	size, _ := strconv.Atoi(r.URL.Query().Get("count"))
	answer(w, 200, map[string]any{"elements": list[min(from, len(list)):min(from+size, len(list))]})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// count is how many posts say what the post renders to.
func (f *fake) count(t *testing.T, p platform.Post) int {
	t.Helper()
	m, err := Format{}.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	w, _ := thaw(m)
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, post := range f.posts {
		if post.commentary == w.Commentary {
			n++
		}
	}
	return n
}
