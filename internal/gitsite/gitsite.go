package gitsite

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/gofrs/flock"

	"editorial/pkg/publish/platform"
)

// Publisher speaks to one branch of one repository.
type Publisher struct {
	format
	account platform.Account
	dir     string
	branch  string
	run     runner
	mu      sync.Mutex // one at a time in this program; the lock keeps others out
}

// index is the file in which a commit is put together.
const index = "editorial.index"

// ErrAddress is why a repository cannot be used: its address holds a password,
// or is no address; or the branch is none.
var ErrAddress = errors.New("no address of a repository, or no name of a branch")

// New returns the publisher of an account. Dir is a folder for a repository of
// our own, below ".editorial/": nobody else's, one for each account. Environ is
// the environment of the program.
func New(account platform.Account, dir string, environ []string) (*Publisher, error) {
	if r := account.Options["repository"]; r != "" {
		account.Server = r
	}
	branch := account.Options["branch"]
	if branch == "" {
		branch = "main"
	}
	u, err := url.Parse(account.Server)
	if account.Server == "" || strings.HasPrefix(account.Server, "-") || !validBranch(branch) {
		return nil, ErrAddress
	}
	if err == nil && u.User != nil {
		if _, ok := u.User.Password(); ok {
			return nil, ErrAddress
		}
	}
	run, err := program(dir, environ, account)
	if err != nil {
		return nil, err
	}
	return &Publisher{format: newFormat(account.Options), account: account, dir: dir, branch: branch, run: run}, nil
}

// validBranch keeps to names that need no thought.
func validBranch(name string) bool {
	return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`).MatchString(name) && !strings.Contains(name, "..") && !strings.Contains(name, "//") &&
		!strings.HasSuffix(name, "/") && !strings.HasSuffix(name, ".lock") && !strings.HasSuffix(name, ".") && !strings.Contains(name, "/.")
}

func (p *Publisher) ref() string  { return "refs/heads/" + p.branch }
func (p *Publisher) seen() string { return "refs/remotes/origin/" + p.branch }

// locked does something while no other program of this machine uses the
// repository.
func (p *Publisher) locked(do func() error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return &platform.Error{Class: platform.Temporary, Code: "folder", Err: err}
	}
	lock := flock.New(filepath.Join(p.dir, "editorial.lock"))
	ok, err := lock.TryLock()
	if err != nil || !ok {
		return &platform.Error{Class: platform.Temporary, Code: "busy", Err: err}
	}
	defer lock.Close()
	return do()
}

// fetch makes the repository where there is none, and brings it up to the
// remote. It returns the commit on which the branch stands there; "" where there
// is no branch yet.
func (p *Publisher) fetch(ctx context.Context) (string, error) {
	out, said, err := p.run(ctx, call{args: []string{"ls-remote", "--", p.account.Server, p.ref()}, away: true})
	if err != nil {
		return "", unreachable(said, err)
	}
	tip, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
	if err := p.begin(ctx, tip); err != nil {
		return "", err
	}
	if tip == "" {
		return "", nil
	}
	if _, err := p.git(ctx, call{args: []string{"cat-file", "-e", tip + "^{commit}"}}); err == nil {
		return tip, nil // nothing new
	}
	_, said, err = p.run(ctx, call{away: true, args: []string{
		"fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--", p.account.Server, "+" + p.ref() + ":" + p.seen(),
	}})
	if err != nil {
		return "", unreachable(said, err)
	}
	return p.git(ctx, call{args: []string{"rev-parse", "--verify", p.seen() + "^{commit}"}})
}

// begin makes the repository, or what is missing of one whose making was cut
// off: bare, with names of objects as long as the remote's. What a git that was
// killed has locked is free again, as nobody else uses it.
func (p *Publisher) begin(ctx context.Context, tip string) error {
	for _, name := range []string{p.seen(), "packed-refs", "HEAD", "config", "shallow", index} {
		_ = os.Remove(filepath.Join(p.dir, filepath.FromSlash(name)+".lock"))
	}
	const sha256 = 64 // digits
	args := []string{"init", "--quiet", "--bare", "--template="}
	if len(tip) == sha256 {
		args = append(args, "--object-format=sha256")
	}
	_, err := p.git(ctx, call{args: args})
	return err
}

// said is the frozen part of a job.
func said(job platform.Job) (words, error) {
	var w words
	if err := json.Unmarshal(job.Message.Wire, &w); err != nil || len(w.Files) != len(job.Message.Media) {
		return w, &platform.Error{Class: platform.Invalid, Code: "message", Err: err}
	}
	return w, nil
}
