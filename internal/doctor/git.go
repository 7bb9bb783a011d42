package doctor

import (
	"context"
	"strings"

	"editorial/internal/git"
	"editorial/internal/office"
	"editorial/pkg/problem"
)

// NewGit returns a function that runs git in a folder, or nil where the
// machine has none.
func NewGit(dir string, environ []string) func(context.Context, ...string) (string, error) {
	g, err := git.Find(dir, environ)
	if err != nil {
		return nil
	}
	return func(ctx context.Context, args ...string) (string, error) {
		out, err := g.Command(ctx, args...).Output()
		return strings.TrimSpace(string(out)), err
	}
}

// inside reports whether the office is under git.
func inside(ctx context.Context, p Patient) bool {
	if p.Git == nil {
		return false
	}
	out, err := p.Git(ctx, "rev-parse", "--is-inside-work-tree")
	return err == nil && out == "true"
}

func underGit(ctx context.Context, p Patient) (Finding, bool) {
	switch {
	case p.Git == nil:
		return found(Note, "git-none", nil)
	case foreign(ctx, p):
		return found(Note, "git-foreign", nil)
	case !inside(ctx, p):
		return found(Note, "git-outside", nil)
	}
	return found(Well, "git", nil)
}

// foreign reports a repository that belongs to somebody else, which git does
// not read.
func foreign(ctx context.Context, p Patient) bool {
	_, err := p.Git(ctx, "rev-parse", "--is-inside-work-tree")
	return git.Foreign("", err)
}

// ignored: what is made again, and what is for nobody else, is no part of the
// repository.
func ignored(ctx context.Context, p Patient) (Finding, bool) {
	if !inside(ctx, p) {
		return Finding{}, false
	}
	var open []string
	for _, dir := range []string{office.PublicDir, office.PrivateDir, office.StateDir} {
		// A path below it: whether the folder is there or not, a rule for
		// folders applies.
		if _, err := p.Git(ctx, "check-ignore", "--quiet", "--", dir+"/x"); err != nil {
			open = append(open, "/"+dir+"/")
		}
	}
	if len(open) > 0 {
		return found(Mend, "git-takes", problem.Params{"dirs": strings.Join(open, " ")})
	}
	return Finding{}, false
}

// committed compares the agreed calendar with that of the last commit, byte
// for byte and without the repository's filters.
func committed(ctx context.Context, p Patient) (Finding, bool) {
	if !inside(ctx, p) || len(p.Office.Agreed.Entries) == 0 {
		return Finding{}, false
	}
	now, err := p.Git(ctx, "hash-object", "--no-filters", "--", office.AgreedFile)
	if err != nil {
		return Finding{}, false
	}
	if then, err := p.Git(ctx, "rev-parse", "--verify", "--quiet", "HEAD:./"+office.AgreedFile); err == nil && then == now {
		return found(Well, "calendar-committed", nil)
	}
	return found(Note, "calendar-uncommitted", problem.Params{"file": office.AgreedFile})
}
