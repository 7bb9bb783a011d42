package main

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkStart runs the built program as a person does: a process that says
// its version, one that says how the model office stands, and one that
// completes a word. The limit that "version" chases is 10 ms on a machine that
// does nothing else. Nearly all of it is spent before main, by libraries that
// compile regular expressions and tables when they are linked in (bluemonday
// and its CSS scanner, goldmark, x/net/html): GODEBUG=inittrace=1 lists them.
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "editorial")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	office := filepath.Join(b.TempDir(), "office")
	if out, err := exec.Command(program, "init", office, "--now", "2026-10-19T08:00").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, bench := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"state", []string{"-C", office, "--now", "2026-10-19T08:00"}},
		{"complete", []string{"-C", office, "__complete", "why", "f"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				if err := exec.Command(program, bench.args...).Run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
