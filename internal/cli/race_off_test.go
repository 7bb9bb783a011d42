//go:build !race

package cli_test

// raceDetector reports that memory is not that of the program alone.
const raceDetector = false
