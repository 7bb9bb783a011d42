// Package need is for tests that ask programs other than ours: independent
// readers, a browser. Where one is missing the test is skipped with the line
// that would install it; with CI=true it fails instead, so that no check is
// lost without a word.
package need

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// python is Debian's own: its modules come as packages, whatever other Python
// stands first in PATH.
const python = "/usr/bin/python3"

// Program returns the path of the first of these programs that the machine
// has.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, strings.Join(names, " or "))
	return ""
}

// Python returns the path of a Python that can import all these modules.
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	if exec.Command(python, "-c", "import "+strings.Join(append(modules, "sys"), ", ")).Run() != nil {
		missing(t, "Python with "+strings.Join(modules, ", "))
	}
	return python
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("this machine lacks %s: run scripts/test-tools", what)
	}
	t.Skipf("this machine lacks %s: run scripts/test-tools as root on Debian to install it", what)
}
