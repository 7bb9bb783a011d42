// Package need is for tests that ask programs other than ours: independent
// readers, a browser. Where one is missing the test is skipped with the line
// that would install it; with CI=true it fails instead, so that no check is
// lost without a word.
package need

import (
	"os"
	"os/exec"
	"path/filepath"
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

// File ends the test where the machine lacks a file of a program that is no
// command.
func File(t testing.TB, path, what string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		missing(t, what)
	}
}

// Python returns the path of a Python that can import all these modules.
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	if exec.Command(python, "-c", "import "+strings.Join(append(modules, "sys"), ", ")).Run() != nil {
		missing(t, "Python with "+strings.Join(modules, ", "))
	}
	return python
}

// Axe returns the source of axe-core, which looks for what keeps people out of
// a page.
func Axe(t testing.TB) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(modules(t), "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core")
	}
	return string(source)
}

// Node returns the path of Node.js and the folder of its modules, in which all
// these are.
func Node(t testing.TB, names ...string) (node, dir string) {
	t.Helper()
	node, dir = Program(t, "node", "nodejs"), modules(t)
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(dir, name, "package.json")); err != nil {
			missing(t, "the Node.js module "+name)
		}
	}
	return node, dir
}

// Tools returns the folder of this name below those that scripts/test-tools
// fills, in which a file of this path must be.
func Tools(t testing.TB, name, file string) string {
	t.Helper()
	dir := filepath.Join(tools(t), name)
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(file))); err != nil {
		missing(t, filepath.Join(name, file))
	}
	return dir
}

// modules is the folder into which scripts/test-tools puts modules of npm.
func modules(t testing.TB) string { return filepath.Join(tools(t), "node_modules") }

// tools is the folder that scripts/test-tools fills: EDITORIAL_TOOLS, or .tools
// at the root of the repository.
func tools(t testing.TB) string {
	t.Helper()
	tools := os.Getenv("EDITORIAL_TOOLS")
	if tools == "" {
		tools = ".tools"
	}
	if !filepath.IsAbs(tools) {
		tools = filepath.Join(root(t), tools)
	}
	return tools
}

// Skip ends a test that this machine cannot run, for a reason that no program
// to install mends: it has no symbolic links, say.
func Skip(t testing.TB, reason any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("this machine cannot run the test: %v", reason)
	}
	t.Skipf("this machine cannot run the test: %v", reason)
}

// root is the folder of the repository: the nearest that holds go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("this machine lacks %s: run scripts/test-tools", what)
	}
	t.Skipf("this machine lacks %s: run scripts/test-tools as root on Debian to install it", what)
}
