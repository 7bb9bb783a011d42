package gitsite

import (
	"context"
	"regexp"
	"strings"

	"editorial/pkg/publish/platform"
)

// trailer is the name of the line in which a commit bears its key.
const trailer = "Editorial-Key"

// mark is the key as it stands there: one word, whatever the key holds.
func mark(key platform.Key) string {
	if regexp.MustCompile(`^[!-~]{1,200}$`).MatchString(string(key)) {
		return string(key)
	}
	return "sha256:" + key.Token(64)
}

// Lookup asks the remote: a key that is in no commit of the branch is not out.
func (p *Publisher) Lookup(ctx context.Context, job platform.Job) (platform.Finding, error) {
	var f platform.Finding
	err := p.locked(func() error {
		tip, err := p.fetch(ctx)
		if err != nil {
			return err
		}
		f, err = p.look(ctx, job, tip)
		return err
	})
	return f, err
}

// look searches the commits up to one for the key.
func (p *Publisher) look(ctx context.Context, job platform.Job, tip string) (platform.Finding, error) {
	if tip == "" {
		return platform.Finding{Whether: platform.NotFound}, nil
	}
	w, err := said(job)
	if err != nil {
		return platform.Finding{}, err
	}
	const end = "\x1e"
	out, err := p.git(ctx, call{args: []string{
		"log", "--fixed-strings", "--grep=" + trailer + ": " + mark(job.Key), "--format=%H %(trailers:key=" + trailer + ",valueonly,unfold)%x1e", tip,
	}})
	if err != nil {
		return platform.Finding{}, err
	}
	for _, line := range strings.Split(out, end) {
		if commit, keys, ok := strings.Cut(strings.TrimSpace(line), " "); ok && has(keys, mark(job.Key)) {
			return platform.Finding{Whether: platform.Found, Receipt: receipt(job, w, commit, platform.ByLookup)}, nil
		}
	}
	return platform.Finding{Whether: platform.NotFound}, nil
}

// has reports whether one of the lines is the word.
func has(lines, word string) bool {
	for line := range strings.Lines(lines) {
		if strings.TrimSpace(line) == word {
			return true
		}
	}
	return false
}

func receipt(job platform.Job, w words, commit string, by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: commit, URL: w.URL, At: job.Due, Evidence: by}
}
