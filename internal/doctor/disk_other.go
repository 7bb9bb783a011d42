//go:build !linux && !darwin

package doctor

// Free is not known here.
func Free(string) (uint64, bool) { return 0, false }
