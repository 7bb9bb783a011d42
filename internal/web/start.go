package web

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

// startPage says how the office stands.
type startPage struct {
	Lang, Office, Title     string
	Verdict, Tone, Stages   string
	Failure                 string
	Style, Live, Version    string
	Site, Next              string
	Problems                []finding
	ProblemsHead, FilesHead string
	Posts                   []postRow
	Files                   []fileLink

	words *words.Words
}

// Say is for the template.
func (p startPage) Say(key string) string { return spaced(p.words, p.words.Say(key, nil)) }

type finding struct{ Severity, Word, Place, Sentence, Hint string }

type postRow struct{ Title, Lang, Stage, Date, Href, Path string }

type fileLink struct{ Href, Name string }

// spaced is a sentence of a language with the spaces that must not break.
func spaced(w *words.Words, s string) string { return publish.Spaces(string(w.Lang()), s) }

// start answers with the page of the office.
func (s *Server) start(w http.ResponseWriter, r *http.Request) {
	st := s.current.Load()
	p := st.frame(s.assets)
	v := st.office.Verdict(st.made.Proposal)
	p.Title, p.Verdict, p.Tone = st.words.Say("serve.office", nil), spaced(st.words, v.Word(st.words)), v.Code
	p.Next, p.Stages = st.office.Next(st.made.Proposal), st.stages()
	for _, l := range st.posts {
		p.Posts = append(p.Posts, st.row(l))
	}
	for name := range st.private {
		if !strings.HasPrefix(name, week.Dir) {
			p.Files = append(p.Files, fileLink{"/_private/" + (&url.URL{Path: name}).EscapedPath(), name})
		}
	}
	slices.SortFunc(p.Files, func(a, b fileLink) int { return cmp.Compare(a.Name, b.Name) })
	s.show(w, r, p, http.StatusOK)
}

// noPreview says why a post has no preview.
func (s *Server) noPreview(w http.ResponseWriter, r *http.Request, st *state, post *content.Post) {
	p := st.frame(s.assets)
	p.Title = cmp.Or(publish.Clean(post.Title), post.Path)
	p.Failure = spaced(st.words, st.words.Say("serve.no-preview", nil))
	p.Problems = slices.DeleteFunc(p.Problems, func(f finding) bool {
		return !strings.HasPrefix(f.Place, office.ContentDir+"/"+post.Path+":")
	})
	s.show(w, r, p, http.StatusNotFound)
}

// frame is what both have.
func (st *state) frame(a assets) startPage {
	p := startPage{
		Lang: string(st.words.Lang()), Office: publish.Clean(st.office.Config.Site.Title), Failure: spaced(st.words, st.failure),
		Style: a.style.name, Live: a.live.name, Version: st.version, Site: st.base, words: st.words,
	}
	warnings := 0
	for _, f := range st.problems {
		if f.Severity == problem.Info {
			continue
		}
		if f.Severity == problem.Warning {
			warnings++
		}
		sentence, hint := st.words.Problem(f)
		word := st.words.Say("serve."+f.Severity.String(), nil)
		p.Problems = append(p.Problems, finding{f.Severity.String(), word, words.Inert(f.Position.String()), spaced(st.words, sentence), spaced(st.words, hint)})
	}
	p.ProblemsHead = st.count("cli.errors", problem.Errors(st.problems)) + ", " + st.count("cli.warnings", warnings)
	return p
}

func (st *state) count(key string, n int) string {
	return st.words.Say(key, problem.Params{"n": strconv.Itoa(n)})
}

// stages words how many posts there are, and in which stage.
func (st *state) stages() string {
	n := strconv.Itoa(len(st.office.Corpus.Posts))
	return spaced(st.words, st.words.Say("cli.state-posts", problem.Params{"n": n, "stages": st.office.Stages(st.words)}))
}

func (st *state) row(l office.Listed) postRow {
	r := postRow{
		Title: publish.Spaces(l.Lang, publish.Clean(cmp.Or(words.Inert(l.Title), l.Path))), Lang: publish.Clean(l.Lang), Path: words.Inert(l.Path),
		Stage: st.words.Say("stage."+string(cmp.Or(l.Stage, content.Draft)), nil),
		Href:  previewAddress(strings.TrimPrefix(l.Path, office.ContentDir+"/")),
	}
	if l.Page != "" && st.office.Config.Site.Pages {
		r.Href = st.base + (&url.URL{Path: l.Page}).EscapedPath()
	}
	if !l.Date.IsZero() {
		local := st.office.Zone.DateTime(l.Date)
		r.Date = st.words.Date(local.Date)
	}
	return r
}

// show sends the page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, p startPage, status int) {
	var b bytes.Buffer
	if err := s.assets.start.Execute(&b, p); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	newFile("start.html", b.Bytes(), "").serve(w, r, status)
}
