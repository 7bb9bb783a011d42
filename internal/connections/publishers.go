package connections

import (
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

// git is the publisher of an account of git, which keeps a repository of its own
// below the office. It is nil where the machine has no git, or the account no
// address.
func (b *Book) git(name string, a platform.Account) platform.Publisher {
	p, err := gitsite.New(a, repository(filepath.Join(b.Dir, ".editorial"), name), b.environ)
	if err != nil {
		return nil
	}
	return p
}

// repository is the folder, below that of the program's own files, in which an
// account of git keeps its repository, whatever characters its name has.
func repository(state, name string) string {
	return filepath.Join(state, "git", platform.Key(name).Token(16))
}
