package office

import "io/fs"

// mark is what tells one state of a file from another without its bytes. Times
// are in nanoseconds. Whoever changes a file can give it back its size and the
// time of its change, but not the time at which the system noted that.
type mark struct{ size, mtime, ctime, ino int64 }

// older reports whether a file was last changed before an instant: what
// changes in the same tick of the clock as it is read looks the same.
func (m mark) older(stamp int64) bool { return m.mtime < stamp && m.ctime < stamp }

// markOf returns the mark of a regular file, and false where the system does
// not say enough.
func markOf(info fs.FileInfo) (mark, bool) {
	if info == nil || !info.Mode().IsRegular() {
		return mark{}, false
	}
	ctime, ino, ok := systemMark(info)
	return mark{info.Size(), info.ModTime().UnixNano(), ctime, ino}, ok
}
