package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"editorial/internal/git"
)

// Errors of [Open]. Each of them says why there is no history; none of them
// is a failure of the program.
var (
	ErrNoGit        = errors.New("git is not installed")
	ErrNoRepository = errors.New("not in a git repository")
	ErrNoCommit     = errors.New("the repository has no commit")
	ErrForeign      = errors.New("the repository belongs to somebody else")
)

// ErrPartial is of a partial clone: it lacks versions, and nothing is fetched.
var ErrPartial = errors.New("the clone is partial")

// Repository is a git repository as seen from a folder inside its work tree.
type Repository struct {
	// Shallow repositories lack the commits before some point.
	Shallow bool

	git    *git.Git
	limits limits
}

// Bounds of what is read.
const (
	// MaxCommits and MaxChanges are how many commits and changes of files.
	MaxCommits = 100_000
	MaxChanges = 500_000
	// MaxVersion is the most bytes of one version, MaxVersions of all of them.
	MaxVersion  = 8 << 20
	MaxVersions = 1 << 30
)

// limits bound what is read.
type limits struct {
	commits, changes int
	// blob and blobs are the most bytes of one version and of all of them.
	blob, blobs int64
}

// Open looks at the repository that a folder is in. Environ is the environment
// of the program, "KEY=value".
func Open(ctx context.Context, dir string, environ []string) (*Repository, error) {
	g, err := git.Find(dir, environ)
	if err != nil {
		return nil, ErrNoGit
	}
	r := &Repository{git: g, limits: limits{commits: MaxCommits, changes: MaxChanges, blob: MaxVersion, blobs: MaxVersions}}
	out, errs, err := r.run(ctx, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
	switch answers := strings.Fields(out); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && git.Foreign(errs, nil):
		return nil, ErrForeign
	case err != nil, len(answers) != 2, answers[0] != "true":
		return nil, ErrNoRepository
	default:
		r.Shallow = answers[1] == "true"
	}
	if _, _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return nil, errors.Join(ErrNoCommit, ctx.Err())
	}
	return r, nil
}

// command is git, deaf to what settings make of its log and of paths.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	return r.git.Command(ctx, append([]string{
		"--literal-pathspecs", "-c", "log.follow=false", "-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "log.mailmap=false",
	}, args...)...)
}

// run returns what git says on stdout and on stderr, the beginnings of it.
func (r *Repository) run(ctx context.Context, args ...string) (out, errs string, err error) {
	cmd := r.command(ctx, args...)
	stdout, stderr := &head{most: 4096}, &head{most: 4096}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// head keeps the first bytes of what is written to it.
type head struct {
	bytes.Buffer
	most int
}

func (h *head) Write(p []byte) (int, error) {
	if room := h.most - h.Len(); room > 0 {
		h.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// failed words the end of a git that went wrong: the line in which it says why
// it ended, or its first.
func failed(what string, err error, errs *head) error {
	for _, sign := range []string{"lazy fetching disabled", "promisor remote", "not allowed"} {
		if strings.Contains(errs.String(), sign) {
			return ErrPartial
		}
	}
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	say := lines[0]
	for _, line := range lines {
		if text, ok := strings.CutPrefix(line, "fatal: "); ok {
			say = text
		}
	}
	if say != "" {
		return fmt.Errorf("git %s: %s", what, say)
	}
	return fmt.Errorf("git %s: %w", what, err)
}

// Version is a file's bytes at one time, by the name that git gives them.
type Version string

// Versions reads versions one after the other, in the order in which they are
// named. Use gets nil for one that is missing, is no file, or is too large to be
// read; the bytes are its own until it returns.
func (r *Repository) Versions(ctx context.Context, versions []Version, use func(i int, src []byte)) error {
	if len(versions) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := r.command(ctx, "cat-file", "--batch")
	errs := &head{most: 4096}
	cmd.Stderr = errs
	ask, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	asked := make(chan struct{})
	go func() {
		defer close(asked)
		defer ask.Close()
		for _, v := range versions {
			if _, err := io.WriteString(ask, string(v)+"\n"); err != nil {
				return // git has ended; what it answered says why
			}
		}
	}()
	b := batch{from: newReader(answers), limits: r.limits}
	var broken error
	for i := range versions {
		var src []byte
		if src, broken = b.next(); broken != nil {
			break
		}
		use(i, src)
	}
	if broken != nil && !errors.Is(broken, io.EOF) && !errors.Is(broken, io.ErrUnexpectedEOF) {
		cancel() // it may have more to say than anybody reads
	}
	<-asked
	if err := cmd.Wait(); err != nil && (broken == nil || ctx.Err() == nil) {
		broken = failed("cat-file", err, errs) // why it said no more
	}
	return broken
}

// batch reads the answers of "git cat-file --batch".
type batch struct {
	from   *reader
	limits limits
	seen   int64
	buf    []byte
}

// next returns the next answer: "ID blob SIZE", the bytes, a line feed; or
// "ID missing".
func (b *batch) next() ([]byte, error) {
	line, err := b.from.until('\n', 1024)
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	fields := strings.Fields(line)
	if len(fields) == 2 {
		return nil, nil // missing
	}
	if len(fields) != 3 {
		return nil, errors.New("git cat-file: unreadable answer")
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return nil, errors.New("git cat-file: unreadable size")
	}
	b.seen += size
	if fields[1] != "blob" || size > b.limits.blob || b.seen > b.limits.blobs {
		if _, err := io.CopyN(io.Discard, b.from, size+1); err != nil {
			return nil, fmt.Errorf("git cat-file: %w", err)
		}
		return nil, nil
	}
	if int64(cap(b.buf)) < size+1 {
		b.buf = make([]byte, size+1)
	}
	b.buf = b.buf[:size+1]
	if _, err := io.ReadFull(b.from, b.buf); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	return b.buf[:size:size], nil
}
