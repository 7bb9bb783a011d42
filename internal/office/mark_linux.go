package office

import (
	"io/fs"
	"syscall"
)

// systemMark returns what the system alone knows of a file.
func systemMark(info fs.FileInfo) (mark, bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return mark{}, false
	}
	return mark{ctime: st.Ctim.Nano(), ino: int64(st.Ino), dev: int64(st.Dev)}, true
}
