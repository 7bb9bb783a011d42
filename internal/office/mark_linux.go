package office

import (
	"io/fs"
	"syscall"
)

// systemMark returns when the system last noted a change of a file, and the
// number of the file.
func systemMark(info fs.FileInfo) (ctime, ino int64, ok bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return st.Ctim.Nano(), int64(st.Ino), true
}
