package secret

import (
	"os"
	"path/filepath"

	"editorial/pkg/publish/platform"
)

// marks say which token was about to be exchanged: a file that is there before
// the request leaves and gone once its end is known. One that is found tells of a
// program that ended in between, or of an answer that was lost: the platform may
// have issued another token, which nobody has.
type marks struct{ dir string }

func (m marks) path(name string) string { return filepath.Join(m.dir, lockName(name)+".renewing") }

// set notes the token; its sum tells nothing of it.
func (m marks) set(name string, t platform.Token) error {
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return err
	}
	return replace(m.path(name), []byte(sum(t)+"\n"))
}

func (m marks) clear(name string) {
	if os.Remove(m.path(name)) == nil {
		flush(m.dir)
	}
}

// has reports whether this very token was about to be exchanged.
func (m marks) has(name string, t platform.Token) bool {
	data, err := os.ReadFile(m.path(name))
	return err == nil && string(data) == sum(t)+"\n"
}
