package youtube

import (
	"bytes"
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

// fake is YouTube as far as a publisher sees it: sessions that know how much they
// have, films that take their time, tokens that end.
type fake struct {
	t  *testing.T
	mu sync.Mutex
	n  int

	base     string
	access   string
	sessions map[string]*fakeSession
	films    []*fakeFilm // the oldest first
	asked    int         // requests

	// Switches.
	behind time.Duration // its clock is, in what its answers say
	slow   int           // a film is worked up at that many questions
	reject string        // films end with this uploadStatus
	locked bool          // the project was not audited
	stick  int64         // a session keeps at most so much of each piece; 0: all
	limit  int           // it ends sessions after so many requests to them; 0: never
	refuse string        // the answer to making public: status and body
	page   int           // uploads on a page

	comments []string // of the channel itself
}

type fakeSession struct {
	meta  video
	size  int64
	data  []byte
	film  string
	asked int
}

type fakeFilm struct {
	id    string
	meta  video
	data  []byte
	asked int
	at    time.Time
}

func newFake(t *testing.T) (*fake, *http.Client, platform.Account, *publishtest.Wallet) {
	f := &fake{t: t, access: "access-0", sessions: map[string]*fakeSession{}, slow: 1, page: 50}
	s := httptest.NewServer(openapi.Check(t, "testdata/openapi.yaml", f))
	t.Cleanup(s.Close)
	f.base = s.URL
	w := publishtest.NewWallet(platform.Token{Access: "access-0", Refresh: "refresh", Scopes: []string{scopeManage}})
	return f, s.Client(), platform.Account{
		Server: s.URL, ClientID: "app", ClientSecret: "hush", Credentials: w,
		Options: map[string]string{"made_for_kids": "false", "synthetic_media": "false"},
	}, w
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Date", publishtest.Now().Add(-f.behind).Format(http.TimeFormat))
	f.asked++
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // cut off
	}
	if r.URL.Path == "/token" {
		form, _ := url.ParseQuery(string(body))
		if form.Get("refresh_token") != "refresh" || form.Get("client_secret") != "hush" {
			answer(w, 400, map[string]string{"error": "invalid_grant"})
			return
		}
		f.n++
		f.access = "access-" + strconv.Itoa(f.n)
		answer(w, 200, map[string]any{"access_token": f.access, "expires_in": 3599, "token_type": "Bearer"})
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+f.access {
		fail(w, 401, "authError")
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "POST /upload/youtube/v3/videos":
		f.open(w, r, body)
	case "PUT /upload/youtube/v3/videos":
		f.take(w, r, body)
	case "GET /youtube/v3/videos":
		f.show(w, r)
	case "PUT /youtube/v3/videos":
		f.set(w, body)
	case "GET /youtube/v3/channels":
		answer(w, 200, map[string]any{"items": []any{map[string]any{"snippet": map[string]string{"title": "Vélo"}, "contentDetails": map[string]any{"relatedPlaylists": map[string]string{"uploads": "UU1"}}}}})
	case "GET /youtube/v3/commentThreads":
		one := func(id, text, own string) any {
			return map[string]any{"id": id, "snippet": map[string]any{"topLevelComment": map[string]any{"snippet": map[string]any{
				"textDisplay": text, "textOriginal": own, "authorDisplayName": "@awa", "publishedAt": publishtest.Now(),
			}}}}
		}
		if r.URL.Query().Get("pageToken") == "" {
			answer(w, 200, map[string]any{"items": []any{one("c1", "<b>Bravo</b>", "")}, "nextPageToken": "2"})
			return
		}
		var items []any
		for _, c := range f.comments {
			items = append(items, one("c2", c, c))
		}
		answer(w, 200, map[string]any{"items": items})
	case "POST /youtube/v3/commentThreads":
		var in struct {
			Snippet struct {
				Top struct {
					Snippet struct {
						Text string `json:"textOriginal"`
					} `json:"snippet"`
				} `json:"topLevelComment"`
			} `json:"snippet"`
		}
		_ = json.Unmarshal(body, &in)
		f.comments = append(f.comments, in.Snippet.Top.Snippet.Text)
		answer(w, 200, map[string]string{"id": "c2"})
	case "GET /youtube/v3/playlistItems":
		f.uploads(w, r)
	default:
		fail(w, 404, "notFound")
	}
}

func (f *fake) open(w http.ResponseWriter, r *http.Request, body []byte) {
	var s fakeSession
	if err := json.Unmarshal(body, &s.meta); err != nil || s.meta.Status.Privacy != "private" {
		fail(w, 400, "invalidMetadata")
		return
	}
	s.size, _ = strconv.ParseInt(r.Header.Get("X-Upload-Content-Length"), 10, 64)
	f.n++
	id := "session" + strconv.Itoa(f.n)
	f.sessions[id] = &s
	w.Header().Set("Location", f.base+"/upload/youtube/v3/videos?uploadType=resumable&upload_id="+id)
	w.WriteHeader(200)
}

func (f *fake) take(w http.ResponseWriter, r *http.Request, body []byte) {
	s := f.sessions[r.URL.Query().Get("upload_id")]
	if s == nil {
		fail(w, 404, "notFound")
		return
	}
	if s.asked++; f.limit > 0 && s.asked > f.limit {
		delete(f.sessions, r.URL.Query().Get("upload_id"))
		fail(w, 404, "notFound")
		return
	}
	header := r.Header.Get("Content-Range")
	var from, to, size int64
	if _, err := fmt.Sscanf(header, "bytes %d-%d/%d", &from, &to, &size); err == nil {
		last := to+1 == size
		switch {
		case s.film != "":
		case size != s.size, to-from+1 != int64(len(body)), from != int64(len(s.data)), !last && len(body)%unit != 0:
			f.t.Errorf("%q with %d bytes, after %d", header, len(body), len(s.data))
			fail(w, 400, "badRequest")
			return
		case f.stick > 0 && int64(len(body)) > f.stick:
			s.data = append(s.data, body[:f.stick]...)
		default:
			s.data = append(s.data, body...)
		}
	} else if header != fmt.Sprintf("bytes */%d", s.size) {
		f.t.Errorf("%q of %d", header, s.size)
	}
	if int64(len(s.data)) < s.size {
		if len(s.data) > 0 {
			w.Header().Set("Range", fmt.Sprintf("bytes=0-%d", len(s.data)-1))
		}
		w.WriteHeader(308)
		return
	}
	if s.film == "" {
		f.n++
		s.film = fmt.Sprintf("film%07d", f.n)
		f.films = append(f.films, &fakeFilm{id: s.film, meta: s.meta, data: s.data, at: publishtest.Now().Add(-time.Hour)})
	}
	answer(w, 200, map[string]any{"kind": "youtube#video", "id": s.film})
}

func (f *fake) film(id string) *fakeFilm {
	for _, v := range f.films {
		if v.id == id {
			return v
		}
	}
	return nil
}

func (f *fake) show(w http.ResponseWriter, r *http.Request) {
	ids := strings.Split(r.URL.Query().Get("id"), ",")
	if len(ids) > 50 {
		fail(w, 400, "invalidFilters")
		return
	}
	if part := r.URL.Query().Get("part"); part == "snippet,status" {
		items := []any{}
		for _, id := range ids {
			if v := f.film(id); v != nil {
				items = append(items, map[string]any{"id": id, "snippet": v.meta.Snippet, "status": map[string]any{"privacyStatus": v.meta.Status.Privacy}})
			}
		}
		answer(w, 200, map[string]any{"items": items})
		return
	}
	v := f.film(ids[0])
	if v == nil {
		answer(w, 200, map[string]any{"items": []any{}})
		return
	}
	part := r.URL.Query().Get("part")
	upload, processing := "uploaded", "processing"
	if strings.Contains(part, "processingDetails") {
		v.asked++
	}
	if v.asked >= f.slow {
		upload, processing = "processed", "succeeded"
	}
	if f.reject != "" {
		upload = f.reject
	}
	item := map[string]any{"id": v.id,
		"status":            map[string]any{"uploadStatus": upload, "privacyStatus": v.meta.Status.Privacy, "publishAt": v.meta.Status.PublishAt, "rejectionReason": "duplicate"},
		"snippet":           map[string]any{"publishedAt": v.at},
		"processingDetails": map[string]any{"processingStatus": processing, "processingProgress": map[string]string{"timeLeftMs": "90000"}},
	}
	if strings.Contains(part, "statistics") {
		item["statistics"] = map[string]string{"viewCount": "12", "likeCount": "3", "commentCount": "9007199254740993"}
	}
	answer(w, 200, map[string]any{"items": []any{item}})
}

func (f *fake) set(w http.ResponseWriter, body []byte) {
	if f.refuse != "" {
		status, text, _ := strings.Cut(f.refuse, " ")
		n, _ := strconv.Atoi(status)
		w.WriteHeader(n)
		fmt.Fprint(w, text)
		return
	}
	var in video
	_ = json.Unmarshal(body, &in)
	v := f.film(in.ID)
	if v == nil {
		fail(w, 404, "videoNotFound")
		return
	}
	if in.Status.PublishAt != "" && in.Status.Privacy != "private" {
		fail(w, 400, "invalidPublishAt")
		return
	}
	v.meta.Status = in.Status
	if f.locked {
		v.meta.Status.Privacy = "private"
	}
	answer(w, 200, map[string]any{"id": v.id, "status": v.meta.Status})
}

func (f *fake) uploads(w http.ResponseWriter, r *http.Request) {
	var list []any
	for _, v := range slices.Backward(f.films) {
		list = append(list, map[string]any{
			"snippet": map[string]any{"title": v.meta.Snippet.Title, "description": v.meta.Snippet.Description, "publishedAt": v.at, "resourceId": map[string]string{"videoId": v.id}},
			"status":  map[string]string{"privacyStatus": v.meta.Status.Privacy},
		})
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("pageToken"))
	to := min(from+f.page, len(list))
	out := map[string]any{"items": list[min(from, to):to]}
	if to < len(list) {
		out["nextPageToken"] = strconv.Itoa(to)
	}
	answer(w, 200, out)
}

func fail(w http.ResponseWriter, status int, reason string) {
	answer(w, status, map[string]any{"error": map[string]any{"code": status, "message": "no", "errors": []any{map[string]string{"reason": reason, "domain": "youtube"}}}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// shown counts the public films of a title, and checks their bytes.
func (f *fake) shown(t *testing.T, title string, data []byte) (public, all int) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, v := range f.films {
		if v.meta.Snippet.Title != title {
			continue
		}
		all++
		if v.meta.Status.Privacy != "public" {
			continue
		}
		public++
		if !bytes.Equal(v.data, data) {
			t.Errorf("%s: %d bytes arrived, not those %d", v.id, len(v.data), len(data))
		}
	}
	return public, all
}
