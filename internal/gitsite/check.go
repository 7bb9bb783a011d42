package gitsite

import (
	"bytes"
	"context"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
)

// rehearsal is the branch to which a push is rehearsed. Nobody ever makes it.
const rehearsal = "refs/heads/editorial-check"

// Check asks whether the repository can be read, and rehearses a push: git does
// all of it but sending ("git push --dry-run"). What a hook or a protected branch
// makes of a post, only a push tells.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	err := p.locked(func() error {
		out, said, err := p.run(ctx, call{args: []string{"ls-remote", "--", p.account.Server, p.ref()}, away: true})
		if err != nil {
			return unreachable(said, err)
		}
		tip, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
		if err := p.begin(ctx, tip); err != nil {
			return err
		}
		return p.rehearse(ctx)
	})
	return platform.Standing{Account: p.account.Name}, err
}

// rehearse pushes a commit with nothing in it, without sending it.
func (p *Publisher) rehearse(ctx context.Context) error {
	tree, err := p.git(ctx, call{args: []string{"hash-object", "-t", "tree", "-w", "--stdin"}})
	if err != nil {
		return err
	}
	commit, err := p.git(ctx, call{args: []string{"commit-tree", tree, "-m", "check"}, env: p.person(time.Unix(1e9, 0))}) // git takes small numbers for no date
	if err != nil {
		return err
	}
	_, said, err := p.run(ctx, call{away: true, args: []string{"push", "--dry-run", "--porcelain", "--no-verify", "--", p.account.Server, commit + ":" + rehearsal}})
	if err != nil {
		return unwritable(said, err)
	}
	return nil
}

// unwritable is what it means that git could read the remote and not push to it.
func unwritable(said []byte, err error) error {
	e := platform.As(unreachable(said, err))
	for _, known := range []string{"read only", "read-only", "Permission to", "denied to", "not allowed", "error: 403", "access denied", "service not enabled"} {
		if bytes.Contains(said, []byte(known)) {
			e.Class, e.Code = platform.Permission, "read-only"
			break
		}
	}
	return e
}
