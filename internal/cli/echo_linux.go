package cli

import "golang.org/x/sys/unix"

// fullLine is how many bytes of a line a terminal takes: it drops what comes behind.
const fullLine = 4095

// What the terminal is read and set by.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)
