// Package revision reads an office as a revision of its git repository has it.
//
// Only plumbing of git is run: rev-parse, ls-tree and cat-file. These start no
// hook, no monitor, no filter, no pager and no text conversion, and the network
// is forbidden to them. Nothing is checked out: the files come into memory,
// symbolic links and submodules are left out and named, and how much is read is
// bounded.
package revision

import (
	"cmp"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"editorial/internal/git"
	"editorial/pkg/problem"
)

// Codes of why a revision cannot be read.
const (
	CodeNoGit    problem.Code = "revision-no-git"
	CodeOutside  problem.Code = "revision-outside"   // the folder is under no git
	CodeRefused  problem.Code = "revision-refused"   // detail
	CodePartial  problem.Code = "revision-partial"   // files are not on this machine
	CodeForeign  problem.Code = "revision-foreign"   // the repository is of another owner
	CodeShallow  problem.Code = "revision-shallow"   // value; the clone lacks what is older
	CodeUnknown  problem.Code = "revision-unknown"   // value
	CodeNoOffice problem.Code = "revision-no-office" // value, file
	CodeTooLarge problem.Code = "revision-too-large" // value, max (MiB)
	CodeTooMany  problem.Code = "revision-too-many"  // value, max
)

// Bounds of what is read.
const (
	// MaxFile is the most bytes of a file whose text counts: the most that a
	// calendar.txt may have.
	MaxFile = 32 << 20
	// MaxBytes is the most bytes of all files together.
	MaxBytes = 256 << 20
	// MaxFiles is how many files there may be.
	MaxFiles = 300_000
)

// Revision is an office as it was.
type Revision struct {
	// Name is the revision as it was asked for, Hash that of its commit.
	Name, Hash string
	// At is when it was committed, Subject the first line of its message.
	At      time.Time
	Subject string
	// Files are the bytes of the regular files by their path below the office.
	Files map[string][]byte
	// Skipped are the paths of links and submodules, which are not followed.
	Skipped []string
}

// Short is the beginning of the hash, as people write it.
func (r *Revision) Short() string { return r.Hash[:min(len(r.Hash), 10)] }

// Request says what to read.
type Request struct {
	// Dir is the folder of the office, which may be below that of the
	// repository.
	Dir string
	// Name is the revision, in any form that git knows.
	Name string
	// Paths are the files and folders of the office to read. The first must be
	// there.
	Paths []string
	// Text says whether the bytes of a file count. The others are there, and
	// empty.
	Text func(path string) bool
	// Environ are the variables of the program.
	Environ []string
}

// limits are the bounds of what is read.
type limits struct {
	file, bytes int64
	files       int
}

// Read reads an office out of the repository that its folder is in. What must
// not be is a [problem.Problem].
func Read(ctx context.Context, req Request) (*Revision, error) {
	return readWithin(ctx, req, limits{MaxFile, MaxBytes, MaxFiles})
}

func readWithin(ctx context.Context, req Request, most limits) (*Revision, error) {
	found, err := git.Find(req.Dir, req.Environ)
	if err != nil {
		return nil, problem.Problem{Code: CodeNoGit}
	}
	g := reader{found, most}
	prefix, err := g.prefix(ctx)
	if err != nil {
		return nil, err
	}
	hash, err := g.commit(ctx, req.Name)
	if err != nil {
		return nil, err
	}
	r := &Revision{Name: req.Name, Hash: hash, Files: map[string][]byte{}}
	entries, err := g.list(ctx, r, prefix, req.Paths)
	if err != nil {
		return nil, err
	}
	if err := g.read(ctx, r, entries, req.Text); err != nil {
		return nil, err
	}
	if _, ok := r.Files[req.Paths[0]]; !ok {
		return nil, problem.Problem{Code: CodeNoOffice, Params: problem.Params{"value": req.Name, "file": prefix + req.Paths[0]}}
	}
	return r, nil
}

// reader reads out of a repository.
type reader struct {
	*git.Git
	most limits
}

// line runs git for one line.
func (g reader) line(ctx context.Context, args ...string) (string, error) {
	out, err := g.Command(ctx, args...).Output()
	if err != nil {
		return "", g.refused(ctx, err)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// refused is what git said when it failed.
func (g reader) refused(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	said := ""
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		said = strings.TrimSpace(string(exit.Stderr))
	}
	for _, sign := range []string{"lazy fetching disabled", "promisor remote", "not allowed"} {
		if strings.Contains(said, sign) {
			return problem.Problem{Code: CodePartial, Cause: err}
		}
	}
	if git.Foreign(said, nil) {
		return problem.Problem{Code: CodeForeign, Cause: err}
	}
	detail := cmp.Or(said, err.Error())
	if _, fatal, ok := strings.Cut(said, "fatal: "); ok {
		detail = fatal
	}
	detail, _, _ = strings.Cut(detail, "\n")
	return problem.Problem{Code: CodeRefused, Params: problem.Params{"detail": detail}, Cause: err}
}

// prefix is the path from the top of the repository to the office, "" or with
// a slash at its end.
func (g reader) prefix(ctx context.Context) (string, error) {
	prefix, err := g.line(ctx, "rev-parse", "--show-prefix")
	if p := (problem.Problem{}); errors.As(err, &p) && strings.Contains(p.Params["detail"], "not a git repository") {
		return "", problem.Problem{Code: CodeOutside, Cause: err}
	}
	return prefix, err
}

// commit is the hash of the commit that a name means. A name that begins with
// a hyphen is no option.
func (g reader) commit(ctx context.Context, name string) (string, error) {
	unknown := problem.Problem{Code: CodeUnknown, Params: problem.Params{"value": name}}
	if name == "" || strings.ContainsRune(name, 0) {
		return "", unknown
	}
	hash, err := g.line(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil, !isHash(hash):
		if shallow, asked := g.line(ctx, "rev-parse", "--is-shallow-repository"); asked == nil && shallow == "true" {
			unknown.Code = CodeShallow
		}
		unknown.Cause = err
		return "", unknown
	}
	return hash, nil
}

func isHash(s string) bool {
	return len(s) >= 40 && len(s) <= 64 && strings.Trim(s, "0123456789abcdef") == ""
}

func (g reader) tooLarge(r *Revision) error {
	return problem.Problem{Code: CodeTooLarge, Params: problem.Params{"value": r.Name, "max": strconv.FormatInt(g.most.bytes>>20, 10)}}
}
