//go:build !linux

package office

import (
	"io/fs"
	"os"
)

// systemMark knows nothing here: every file is read each time.
func systemMark(fs.FileInfo) (mark, bool) { return mark{}, false }

// markAt knows nothing either.
func markAt(string) (mark, bool) { return mark{}, false }

// folderAt reports whether a folder lies at a path, and no link to one.
func folderAt(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}
