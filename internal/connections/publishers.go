package connections

import (
	"cmp"
	"errors"
	"os/exec"
	"path/filepath"

	"editorial/internal/config"
	"editorial/internal/gitsite"
	"editorial/internal/platforms"
	"editorial/pkg/publish/platform"
)

// Maker makes the publisher of an account.
type Maker = platforms.Maker

// Publishers are the kinds for which a publisher speaks by HTTP.
func Publishers() map[config.Kind]Maker { return platforms.Publishers() }

// ErrRepository is that of an account of git whose address or branch is none, or
// whose address holds a password.
var ErrRepository = errors.New("no address of a repository, or no name of a branch")

// Repository is the address of the repository of an account of git, "" where the
// configuration names none.
func Repository(c config.Connection) string { return cmp.Or(c.Options["repository"], c.Server) }

// git is the publisher of an account of git, which keeps a repository of its own
// below the office. The error says that the machine has no git, or the account no
// address.
func (b *Book) git(name string, a platform.Account) (platform.Publisher, error) {
	return gitOf(name, filepath.Join(b.Dir, ".editorial"), a, b.environ)
}

// gitOf is [Book.git] with another folder for what is the program's own.
func gitOf(name, state string, a platform.Account, environ []string) (platform.Publisher, error) {
	p, err := gitsite.New(a, repository(state, name), environ)
	switch {
	case errors.Is(err, gitsite.ErrAddress):
		return nil, ErrRepository
	case err != nil:
		return nil, err
	}
	return p, nil
}

// unusable is why an account cannot be used, as a platform would say it: those of
// git have codes of their own, so that the program's own English stands nowhere.
func unusable(err error) error {
	e := &platform.Error{Class: platform.Auth, Code: "account"}
	switch {
	case errors.Is(err, ErrRepository):
		e.Code = "git-address"
	case errors.Is(err, exec.ErrNotFound):
		e.Code = "git-program"
	default:
		e.Err = err
	}
	return e
}

// repository is the folder, below that of the program's own files, in which an
// account of git keeps its repository, whatever characters its name has.
func repository(state, name string) string {
	return filepath.Join(state, "git", platform.Key(name).Token(16))
}
