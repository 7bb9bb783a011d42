//go:build unix

package office

import "syscall"

// pipe makes a named pipe: who reads it would wait.
func pipe(name string) error { return syscall.Mkfifo(name, 0o644) }
