//go:build linux || darwin

package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// silence lets a terminal show nothing of what is typed, from now on; back lets it
// show it again.
func silence(f *os.File) (back func(), err error) {
	fd := int(f.Fd())
	t, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, err
	}
	before := *t
	t.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(fd, setTermios, t); err != nil {
		return nil, err
	}
	return func() { _ = unix.IoctlSetTermios(fd, setTermios, &before) }, nil
}
