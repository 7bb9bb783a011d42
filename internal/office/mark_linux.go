package office

import (
	"io/fs"
	"syscall"
)

// markAt is [markOf] what lies at a path that no link is followed at; it makes
// no garbage.
func markAt(name string) (mark, bool) {
	var st syscall.Stat_t
	if lstat(name, &st) != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		return mark{}, false
	}
	return mark{size: st.Size, mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano(), ino: int64(st.Ino), dev: int64(st.Dev)}, true
}

// folderAt reports whether a folder lies at a path, and no link to one.
func folderAt(name string) bool {
	var st syscall.Stat_t
	return lstat(name, &st) == nil && st.Mode&syscall.S_IFMT == syscall.S_IFDIR
}

// lstat asks again where a signal came between.
func lstat(name string, st *syscall.Stat_t) error {
	for {
		if err := syscall.Lstat(name, st); err != syscall.EINTR {
			return err
		}
	}
}

// systemMark returns what the system alone knows of a file.
func systemMark(info fs.FileInfo) (mark, bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return mark{}, false
	}
	return mark{ctime: st.Ctim.Nano(), ino: int64(st.Ino), dev: int64(st.Dev)}, true
}
