package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// BenchmarkStart runs the built program as a person does: a process that says
// its version, one that says how the model office stands, and one that
// completes a word. The limit that "version" chases is 10 ms on a machine that
// does nothing else. Each is held against an empty Go program in the same run,
// turn and turn about: "x-empty" says how many times as long it takes, which
// compares between machines where times do not. Nearly all of it is spent before main, by libraries that
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
	empty := filepath.Join(b.TempDir(), "empty.exe")
	source := filepath.Join(b.TempDir(), "empty.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", empty, source).CombinedOutput(); err != nil {
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
			var least time.Duration
			for b.Loop() {
				if err := exec.Command(program, bench.args...).Run(); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				start := time.Now()
				if err := exec.Command(empty).Run(); err != nil {
					b.Fatal(err)
				}
				least += time.Since(start)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed())/float64(least), "x-empty")
		})
	}
}
