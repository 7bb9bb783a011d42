package web

import (
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/pkg/content"
	"editorial/pkg/content/asset"
	"editorial/pkg/words"
)

// Handler answers for the office. [Hosts.Guard] must stand before it.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_editorial/{$}", s.start)
	mux.HandleFunc("GET /_editorial/events", s.events)
	mux.HandleFunc("GET /_editorial/preview/{path...}", s.preview)
	mux.HandleFunc("GET /_editorial/content/{path...}", s.content)
	for name, f := range s.assets.byName() {
		mux.HandleFunc("GET /_editorial/"+name, func(w http.ResponseWriter, r *http.Request) {
			f.serve(w, r, http.StatusOK)
		})
	}
	mux.HandleFunc("GET /_editorial/", http.NotFound)
	mux.HandleFunc("GET /_plan/{page...}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/_private/plan/"+url.PathEscape(r.PathValue("page")), http.StatusFound)
	})
	mux.HandleFunc("GET /_private/{path...}", s.private)
	mux.HandleFunc("GET /", s.site)
	return mux
}

// site answers with the files of the site, below the path of its address.
func (s *Server) site(w http.ResponseWriter, r *http.Request) {
	st := s.current.Load()
	name, below := strings.CutPrefix(r.URL.Path, st.base)
	if !below {
		if r.URL.Path == "/" || r.URL.Path+"/" == st.base {
			http.Redirect(w, r, st.base, http.StatusFound)
			return
		}
		st.missing(w, r)
		return
	}
	if name == "" && !st.office.Config.Site.Pages { // another program makes them
		http.Redirect(w, r, "/_editorial/", http.StatusFound)
		return
	}
	st.answer(w, r, st.page, name)
}

func (s *Server) private(w http.ResponseWriter, r *http.Request) {
	st := s.current.Load()
	st.answer(w, r, func(name string) (*file, error) { return st.private[name], nil }, r.PathValue("path"))
}

// answer finds a file: a folder is its index.html, and nothing lists folders.
func (st *state) answer(w http.ResponseWriter, r *http.Request, find func(name string) (*file, error), name string) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	f, err := find(name)
	if err != nil {
		st.notNow(w, err)
		return
	}
	if f == nil {
		folder, err := find(name + "/index.html")
		switch {
		case err != nil:
			st.notNow(w, err)
			return
		case folder == nil:
			st.missing(w, r)
			return
		}
		// Relative, so that no path can read as the name of a host.
		to := url.URL{Path: "./" + path.Base(name) + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	if f.source != "" {
		st.asset(w, r, f.source)
		return
	}
	f.serve(w, r, http.StatusOK)
}

// notNow answers where a file could not be made: a post that was not out before
// was changed since the office was made. Whoever asks again finds it.
func (st *state) notNow(w http.ResponseWriter, err error) {
	w.Header().Set("Retry-After", "1")
	w.Header().Set("Content-Security-Policy", filePolicy)
	http.Error(w, words.Inert(err.Error()), http.StatusServiceUnavailable)
}

// missing answers with the page that the site has for it.
func (st *state) missing(w http.ResponseWriter, r *http.Request) {
	if f, _ := st.page("404.html"); f != nil {
		f.serve(w, r, http.StatusNotFound)
		return
	}
	http.NotFound(w, r)
}

// asset streams a file of the posts, in parts where it was asked for parts.
func (st *state) asset(w http.ResponseWriter, r *http.Request, source string) {
	f, err := st.office.OpenAsset(source)
	if err != nil {
		st.missing(w, r)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	seeker, ok := f.(io.ReadSeeker)
	if err != nil || !ok {
		st.missing(w, r)
		return
	}
	// A film takes as long as its reader does.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	h := w.Header()
	h.Set("Content-Type", asset.Type(source))
	h.Set("Content-Security-Policy", assetPolicy)
	h.Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, source, info.ModTime(), seeker)
}

// content answers with a file beside the posts, for previews of posts that are
// not out: the site has no copy of it yet.
func (s *Server) content(w http.ResponseWriter, r *http.Request) {
	st := s.current.Load()
	for _, a := range st.office.Corpus.Assets {
		if a.Path == r.PathValue("path") {
			st.asset(w, r, a.Path)
			return
		}
	}
	st.missing(w, r)
}

// preview answers with the page of a post as it will be.
func (s *Server) preview(w http.ResponseWriter, r *http.Request) {
	st := s.current.Load()
	for _, p := range st.office.Corpus.Posts {
		if p.Path != r.PathValue("path") {
			continue
		}
		f, err := st.previewOf(r, s.assets, p)
		if err != nil {
			s.noPreview(w, r, st, p)
			return
		}
		f.serve(w, r, http.StatusOK)
		return
	}
	st.missing(w, r)
}

// previewOf makes the preview of a post once.
func (st *state) previewOf(r *http.Request, a assets, p *content.Post) (*file, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if f := st.previews[p.Path]; f != nil {
		return f, nil
	}
	v, err := st.office.Preview(r.Context(), st.made.Proposal, p)
	if err != nil {
		return nil, err
	}
	page, err := st.office.Page(v, office.Around{Site: st.base, Asset: func(name string) string {
		return "/_editorial/content/" + (&url.URL{Path: name}).EscapedPath()
	}})
	if err != nil {
		return nil, err
	}
	f := newFile("preview.html", page, "")
	st.dressPage(a, f)
	st.previews[p.Path] = f
	return f, nil
}
