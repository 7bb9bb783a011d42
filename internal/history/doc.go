// Package history reads what a folder of a git repository was: every change of
// a file, oldest first, and the bytes of the versions.
//
// It asks the program git and believes nothing that the repository says.
// Nothing that a repository's own settings or attributes name is run: no hook,
// no monitor, no filter, no other way to compare, no signature check, no pager,
// no remote. Names of files are bytes parted by NUL. How much is read is
// bounded.
package history
