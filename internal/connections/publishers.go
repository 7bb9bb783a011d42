package connections

import (
	"cmp"
	"errors"
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
	p, err := gitsite.New(a, repository(filepath.Join(b.Dir, ".editorial"), name), b.environ)
	switch {
	case errors.Is(err, gitsite.ErrAddress):
		return nil, ErrRepository
	case err != nil:
		return nil, err
	}
	return p, nil
}

// repository is the folder, below that of the program's own files, in which an
// account of git keeps its repository, whatever characters its name has.
func repository(state, name string) string {
	return filepath.Join(state, "git", platform.Key(name).Token(16))
}
