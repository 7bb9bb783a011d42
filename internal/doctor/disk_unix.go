//go:build linux || darwin

package doctor

import "syscall"

// Free returns the bytes that this user may still write to the disk of a
// folder.
func Free(dir string) (uint64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
