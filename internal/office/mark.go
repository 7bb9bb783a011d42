package office

import "io/fs"

// mark is what tells one state of a file from another without its bytes: its
// size, the time of its change and the time at which the system noted one, in
// nanoseconds, its number and that of its disk. Whoever changes a file can give
// it back its size and the time of its change, but not the time at which the
// system noted that.
type mark struct{ size, mtime, ctime, ino, dev int64 }

// stamp is an instant as a disk tells time, in nanoseconds; zero: not known.
type stamp struct{ at, dev int64 }

// older reports whether a file was last changed before an instant: what
// changes in the same tick of the clock as it is read looks the same. Of a file
// on another disk, whose clock may tick otherwise, nobody knows.
func (m mark) older(s stamp) bool { return m.dev == s.dev && m.mtime < s.at && m.ctime < s.at }

// markOf returns the mark of a regular file, and false where the system does
// not say enough.
func markOf(info fs.FileInfo) (mark, bool) {
	if info == nil || !info.Mode().IsRegular() {
		return mark{}, false
	}
	m, ok := systemMark(info)
	m.size, m.mtime = info.Size(), info.ModTime().UnixNano()
	return m, ok
}
