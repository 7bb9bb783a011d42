package cli

import "golang.org/x/sys/unix"

// What the terminal is read and set by.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)
