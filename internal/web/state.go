package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"editorial/internal/office"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

// state is the office at one moment, as the server shows it. It is not changed
// once it is there, but for the previews that it keeps.
type state struct {
	office *office.Office
	made   office.Made
	posts  []office.Listed
	words  *words.Words // of the site's language
	// site and private are files by their path.
	site, private map[string]*file
	// base is the path of the site's address: "/", or "/blog/".
	base string
	// version names what is shown: the same content has the same.
	version string
	// due is when it must be made anew though no file changes.
	due time.Time
	// problems are the latest findings; failure, where not "", says why the
	// site is older than they are.
	problems []problem.Problem
	failure  string

	mu       sync.Mutex
	previews map[string]*file // by path of the post
	pages    map[string]*file // files of the site that were made when asked for
	assets   assets

	marks map[string]mark // of files of the site, by their path
}

// newState makes the office.
func (s *Server) newState(ctx context.Context, o *office.Office) (*state, error) {
	made, err := o.Make(ctx, s.memory)
	if err != nil {
		return nil, err
	}
	lang, _ := words.Parse(o.Config.Site.Lang)
	st := &state{
		office: o, made: made, posts: o.Posts(), words: words.New(lang), problems: made.Problems, due: o.NextChange(),
		site: map[string]*file{}, private: map[string]*file{}, base: "/", previews: map[string]*file{}, pages: map[string]*file{}, assets: s.assets,
		marks: map[string]mark{},
	}
	if u, err := url.Parse(o.Config.Site.URL); err == nil && u.Path != "" {
		st.base = u.Path
	}
	for _, f := range made.Files {
		if f.Private && strings.HasPrefix(f.Path, week.Dir) {
			continue
		}
		st.add(f)
	}
	plan, err := o.PlanPages(made.Proposal, st.addresses())
	if err != nil {
		return nil, err
	}
	for _, f := range plan {
		st.add(f)
	}
	st.version = st.hash()
	st.date(s.current.Load())
	st.dress(s.assets)
	return st, nil
}

// broken is the state with new findings and the old site.
func (st *state) broken(a assets, found []problem.Problem, err error) *state {
	next := &state{
		office: st.office, made: st.made, posts: st.posts, words: st.words, base: st.base, due: st.due, previews: map[string]*file{}, pages: map[string]*file{}, assets: a,
		marks:    st.marks,
		problems: found, failure: words.Inert(err.Error()), site: map[string]*file{}, private: map[string]*file{},
	}
	var p problem.Problem
	if errors.As(err, &p) {
		next.failure, _ = st.words.Problem(p)
	}
	if errors.Is(err, office.ErrConfig) {
		next.failure = st.words.Say("serve.bad-config", nil)
	}
	for name, f := range st.site {
		next.site[name] = f.undressed()
	}
	st.mu.Lock()
	for name, f := range st.pages {
		next.pages[name] = f.undressed()
	}
	st.mu.Unlock()
	for name, f := range st.private {
		next.private[name] = f.undressed()
	}
	next.version = next.hash()
	next.dress(a)
	return next
}

func (st *state) add(f publish.File) {
	files := st.site
	if f.Private {
		files = st.private
	}
	files[f.Path] = newFile(f.Path, f.Data, f.Source)
}

// mark is the state of a file of the site: what it is made of, and since when.
type mark struct {
	of    string
	since time.Time
}

// date says since when the files of the site are what they are; before is the
// state before, or nil. No change has the second of another, though the clock
// of the office may stand still: readers of feeds compare seconds.
func (st *state) date(before *state) {
	now := st.office.Now.Truncate(time.Second)
	note := func(name, of string) {
		m := mark{of, now}
		if before != nil {
			switch old, ok := before.marks[name]; {
			case ok && old.of == of:
				m.since = old.since
			case ok && !now.After(old.since):
				m.since = old.since.Add(time.Second)
			}
		}
		st.marks[name] = m
	}
	for name, f := range st.site {
		note(name, string(f.sum[:]))
	}
	for name, key := range st.made.Later {
		note(name, key)
	}
	for name, f := range st.site {
		f.since = st.marks[name].since
	}
}

// page returns a file of the site, and makes it if nobody has asked for it yet;
// nil if there is none of that name.
func (st *state) page(name string) (*file, error) {
	if f := st.site[name]; f != nil {
		return f, nil
	}
	if _, ok := st.made.Later[name]; !ok {
		return nil, nil
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	if f := st.pages[name]; f != nil {
		return f, nil
	}
	made, err := st.office.Render(name)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	f := newFile(made.Path, made.Data, made.Source)
	f.since = st.marks[name].since
	st.dressPage(st.assets, f)
	st.pages[name] = f
	return f, nil
}

// addresses returns the function that leads from the plan to the page of a
// post that is out, and to the preview of one that is not.
func (st *state) addresses() func(office.Placement) string {
	out := map[string]string{}
	for _, l := range st.posts {
		if l.Page != "" {
			out[l.Path] = l.Page
		}
	}
	return func(x office.Placement) string {
		if page, ok := out[office.ContentDir+"/"+x.Post.Path]; ok {
			return st.base + (&url.URL{Path: page}).EscapedPath()
		}
		return previewAddress(x.Post.Path)
	}
}

func previewAddress(post string) string {
	return "/_editorial/preview/" + (&url.URL{Path: post}).EscapedPath()
}

// hash names what is shown, the files beside the posts included.
func (st *state) hash() string {
	h := sha256.New()
	for _, files := range []map[string]*file{st.site, st.private} {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			f := files[name]
			fmt.Fprintf(h, "%q %x\n", name, f.sum)
			if f.source != "" {
				st.stamp(h, f.source)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(st.made.Later)) {
		fmt.Fprintf(h, "%q %x\n", name, st.made.Later[name])
	}
	for _, p := range st.problems {
		fmt.Fprintln(h, p.Error())
	}
	fmt.Fprintln(h, st.failure)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// stamp writes what tells one state of an asset from the next.
func (st *state) stamp(w io.Writer, source string) {
	f, err := st.office.OpenAsset(source)
	if err != nil {
		return
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		fmt.Fprintln(w, info.Size(), info.ModTime().UnixNano())
	}
}
