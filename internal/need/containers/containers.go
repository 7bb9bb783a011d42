// Package containers imitates, for tests, how Instagram and Threads publish:
// containers that the platform fills by and by, and publishes once.
package containers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Names are those of one platform: of edges, of fields, of what a text is called.
type Names struct {
	Version, Make, Publish, Posts, Limit, Status, Why, Text string
}

// Container is one that was made.
type Container struct {
	Params map[string]string
	// State is IN_PROGRESS, FINISHED, PUBLISHED, ERROR or EXPIRED.
	State string
	asked int
	made  time.Time
}

// Post is one that is out.
type Post struct {
	ID, Text string
	// Pictures and Films are their addresses, Alts their alternative texts.
	Pictures, Films, Alts []string
	At                    time.Time
	Comments              []Comment
}

// Comment is one under a post.
type Comment struct{ ID, Username, Text string }

// Server is one account. Its habits: a container with pictures is not finished
// when it is asked for the first time; one that is published cannot be again; one
// that is a day old is over; lists are short, and the address of the next page
// holds the token.
type Server struct {
	*httptest.Server
	Token string

	mu         sync.Mutex
	names      Names
	t          testing.TB
	n          int
	Now        time.Time
	Containers map[string]*Container
	Out        []*Post
	Used       int  // of 250 posts of the day
	Liar       bool // publishing says that it was blocked, and is done
	Shy        bool // what is out is in no list
	Refuse     func(*http.Request) (status int, body string)
	Extended   int
	Page       int // how long pages of lists are
}

// Serve begins one, whose requests go through check.
func Serve(t testing.TB, check func(http.Handler) http.Handler, names Names, now time.Time) *Server {
	t.Helper()
	s := &Server{Token: "token-of-the-account", names: names, t: t, Now: now, Containers: map[string]*Container{}, Page: 25}
	mux := http.NewServeMux()
	base := "/" + names.Version
	mux.HandleFunc("POST "+base+"/{owner}/"+names.Make, s.create)
	mux.HandleFunc("POST "+base+"/{owner}/"+names.Publish, s.publish)
	mux.HandleFunc("GET "+base+"/{owner}/"+names.Posts, s.list)
	mux.HandleFunc("GET "+base+"/{owner}/"+names.Limit, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{"data": []any{map[string]any{"quota_usage": s.Used, "config": map[string]int{"quota_total": 250, "quota_duration": 86400}}}})
	})
	mux.HandleFunc("GET "+base+"/{id}", s.one)
	mux.HandleFunc("GET "+base+"/{id}/insights", func(w http.ResponseWriter, r *http.Request) {
		all := []any{}
		for i, name := range strings.Split(r.URL.Query().Get("metric"), ",") {
			one := map[string]any{"name": name, "values": []any{map[string]int{"value": i + 1}}}
			if i%2 == 1 {
				one = map[string]any{"name": name, "total_value": map[string]int{"value": i + 1}}
			}
			all = append(all, one)
		}
		reply(w, map[string]any{"data": all})
	})
	for _, edge := range []string{"replies", "comments"} {
		mux.HandleFunc("GET "+base+"/{id}/"+edge, s.comments)
	}
	mux.HandleFunc("POST "+base+"/{id}/comments", func(w http.ResponseWriter, r *http.Request) {
		if p := s.post(r.PathValue("id")); p != nil {
			p.Comments = append(p.Comments, Comment{s.id(), "velo", r.FormValue("message")})
			reply(w, map[string]string{"id": p.Comments[len(p.Comments)-1].ID})
		}
	})
	mux.HandleFunc("GET /refresh_access_token", func(w http.ResponseWriter, _ *http.Request) {
		s.Extended++
		reply(w, map[string]any{"access_token": s.Token, "token_type": "bearer", "expires_in": 5184000})
	})
	s.Server = httptest.NewServer(check(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if strings.Contains(r.URL.String(), s.Token) {
			t.Errorf("the token is in the address %s", r.URL)
		}
		if s.Refuse != nil {
			if status, body := s.Refuse(r); status != 0 {
				fail(w, status, body)
				return
			}
		}
		if r.Header.Get("Authorization") != "Bearer "+s.Token {
			fail(w, 400, `{"message":"Error validating access token `+s.Token+`","code":190}`)
			return
		}
		w.Header().Set("Date", s.Now.UTC().Format(http.TimeFormat))
		mux.ServeHTTP(w, r)
	})))
	t.Cleanup(s.Close)
	return s
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func fail(w http.ResponseWriter, status int, body string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":%s}`, body)
}

func (s *Server) id() string {
	s.n++
	s.Now = s.Now.Add(time.Second)
	return strconv.Itoa(17_000 + s.n)
}

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	c := &Container{Params: map[string]string{}, State: "FINISHED", made: s.Now}
	_ = r.ParseForm()
	for name := range r.PostForm {
		c.Params[name] = r.PostForm.Get(name)
	}
	for _, child := range strings.Split(c.Params["children"], ",") {
		if child != "" && s.Containers[child] == nil {
			fail(w, 400, `{"message":"The media with ID does not exist","code":100,"error_subcode":33}`)
			return
		}
	}
	if c.Params["image_url"] != "" || c.Params["video_url"] != "" || c.Params["children"] != "" {
		c.State = "IN_PROGRESS"
	}
	id := s.id()
	s.Containers[id] = c
	reply(w, map[string]string{"id": id})
}

// state brings a container on.
func (s *Server) state(c *Container) string {
	switch {
	case c.State == "PUBLISHED":
	case s.Now.Sub(c.made) > 24*time.Hour:
		c.State = "EXPIRED"
	case strings.Contains(c.Params["image_url"]+c.Params["video_url"], "broken"):
		c.State = "ERROR"
	case c.State == "IN_PROGRESS":
		if c.asked++; c.asked > 1 {
			c.State = "FINISHED"
			return "FINISHED"
		}
	}
	return c.State
}

func (s *Server) post(id string) *Post {
	if i := slices.IndexFunc(s.Out, func(p *Post) bool { return p.ID == id }); i >= 0 {
		return s.Out[i]
	}
	return nil
}

func (s *Server) one(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if id == "me" || id == "42" {
		reply(w, map[string]string{"id": "42", "username": "velo"})
		return
	}
	if c := s.Containers[id]; c != nil {
		reply(w, map[string]string{"id": id, s.names.Status: s.state(c), s.names.Why: map[bool]string{true: "it could not be fetched"}[c.State == "ERROR"]})
		return
	}
	if p := s.post(id); p != nil {
		reply(w, s.show(p))
		return
	}
	fail(w, 400, `{"message":"Object does not exist","code":100,"error_subcode":33}`)
}

func (s *Server) show(p *Post) map[string]any {
	return map[string]any{
		"id": p.ID, s.names.Text: p.Text, "permalink": "https://platform.example/p/" + p.ID, "timestamp": p.At.UTC().Format("2006-01-02T15:04:05-0700"),
	}
}

func (s *Server) publish(w http.ResponseWriter, r *http.Request) {
	c := s.Containers[r.FormValue("creation_id")]
	switch {
	case c == nil:
		fail(w, 400, `{"message":"does not exist","code":100,"error_subcode":33}`)
		return
	case c.State == "PUBLISHED":
		fail(w, 400, `{"message":"Invalid parameter","code":100}`)
		return
	case s.state(c) == "EXPIRED":
		fail(w, 400, `{"message":"expired","code":24,"error_subcode":2207008}`)
		return
	case c.State != "FINISHED":
		fail(w, 400, `{"message":"not ready","code":9007,"error_subcode":2207027}`)
		return
	}
	c.State = "PUBLISHED"
	p := &Post{ID: s.id(), Text: c.Params[s.names.Text], At: s.Now}
	parts := []*Container{c}
	if kids := c.Params["children"]; kids != "" {
		parts = nil
		for _, id := range strings.Split(kids, ",") {
			parts = append(parts, s.Containers[id])
		}
	}
	for _, one := range parts {
		if one.Params["video_url"] != "" {
			p.Films, p.Alts = append(p.Films, one.Params["video_url"]), append(p.Alts, one.Params["alt_text"])
		}
		if one.Params["image_url"] != "" {
			p.Pictures, p.Alts = append(p.Pictures, one.Params["image_url"]), append(p.Alts, one.Params["alt_text"])
		}
	}
	s.Out = append(s.Out, p)
	if s.Liar {
		fail(w, 400, `{"message":"We restrict certain activity","code":4,"error_subcode":2207051}`)
		return
	}
	reply(w, map[string]string{"id": p.ID})
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	all := []any{}
	for i := len(s.Out) - 1; i >= 0 && !s.Shy; i-- {
		all = append(all, s.show(s.Out[i]))
	}
	s.page(w, r, all)
}

func (s *Server) comments(w http.ResponseWriter, r *http.Request) {
	all := []any{}
	if p := s.post(r.PathValue("id")); p != nil {
		for _, c := range p.Comments {
			all = append(all, map[string]string{"id": c.ID, "text": c.Text, "username": c.Username, "timestamp": "2026-12-01T09:00:00+0000"})
		}
	}
	s.page(w, r, all)
}

func (s *Server) page(w http.ResponseWriter, r *http.Request, all []any) {
	at, _ := strconv.Atoi(r.URL.Query().Get("after"))
	end := min(at+s.Page, len(all))
	body := map[string]any{"data": all[min(at, end):end]}
	if end < len(all) {
		body["paging"] = map[string]any{"next": "https://elsewhere.example/?access_token=" + s.Token + "&after=" + strconv.Itoa(end)}
	}
	reply(w, body)
}

// Count is how many posts say something.
func (s *Server) Count(what string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.Out {
		if strings.Contains(p.Text, what) {
			n++
		}
	}
	return n
}
