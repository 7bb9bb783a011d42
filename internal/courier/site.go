package courier

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"editorial/internal/office"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// ownSite publishes on the site that the program itself makes: what is due is
// public once the site has been built. Building again changes nothing, so that
// it is exactly once whatever happens.
type ownSite struct {
	dir string
	// url is the site's address, with a slash at the end.
	url string
	// build makes the site as it is now.
	build func(context.Context) error
	mu    sync.Mutex
}

// Caps of our own site: nothing can be lost on the way.
func (s *ownSite) Caps() platform.Caps {
	return platform.Caps{Kind: "blog", Guarantee: platform.ExactlyOnce}
}

// Validate finds nothing: the build does.
func (s *ownSite) Validate(platform.Post) []problem.Problem { return nil }

// Render freezes title and address: the page itself is made anew by each build.
func (s *ownSite) Render(p platform.Post) (platform.Message, error) {
	wire, err := json.Marshal(p.Canonical)
	return platform.Message{Kind: "blog", Title: p.Title, Parts: []platform.Part{{Text: p.Canonical}}, Wire: wire}, err
}

// Prepare has nothing to do.
func (s *ownSite) Prepare(context.Context, platform.Job) (platform.Handle, error) {
	return platform.Handle(`{}`), nil
}

// Commit builds the site.
func (s *ownSite) Commit(ctx context.Context, j platform.Job) (platform.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.build(ctx); err != nil {
		return platform.Receipt{}, &platform.Error{Class: platform.Temporary, Code: "build", Err: err}
	}
	f, err := s.Lookup(ctx, j)
	if err != nil || f.Whether != platform.Found {
		return platform.Receipt{}, &platform.Error{Class: platform.Invalid, Code: "no-page", Err: err}
	}
	f.Receipt.Evidence = platform.ByResponse
	return f.Receipt, nil
}

// Lookup reports whether the page is there.
func (s *ownSite) Lookup(_ context.Context, j platform.Job) (platform.Finding, error) {
	var address string
	if err := json.Unmarshal(j.Message.Wire, &address); err != nil {
		return platform.Finding{}, err
	}
	below, ok := strings.CutPrefix(address, s.url)
	path, err := url.PathUnescape(below)
	if !ok || err != nil || !fs.ValidPath(strings.TrimSuffix(path, "/")) {
		return platform.Finding{Whether: platform.NotFound}, nil
	}
	_, err = os.Stat(filepath.Join(s.dir, office.PublicDir, filepath.FromSlash(publish.PageFile(path))))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return platform.Finding{Whether: platform.NotFound}, nil
	case err != nil:
		return platform.Finding{}, err
	}
	return platform.Finding{Whether: platform.Found, Receipt: platform.Receipt{ID: address, URL: address, Evidence: platform.ByLookup}}, nil
}
