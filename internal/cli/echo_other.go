//go:build !linux && !darwin

package cli

import (
	"os"

	"golang.org/x/term"
)

// fullLine is how many bytes of a line a terminal takes: no less than is read at all.
const fullLine = maxTyped

// silence lets a terminal show nothing of what is typed as soon as that is read;
// back lets it show it again.
func silence(f *os.File) (back func(), err error) {
	before, err := term.GetState(int(f.Fd()))
	if err != nil {
		return nil, err
	}
	return func() { _ = term.Restore(int(f.Fd()), before) }, nil
}
