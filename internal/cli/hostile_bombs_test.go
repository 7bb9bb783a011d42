//go:build linux && !race

// The memory of the race detector is not that of the program: the tests
// without it measure.

package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestHostile_bombs measures, of the program run by itself, what small files
// that ask for much cost: the most memory, and the time of the processor. The
// bounds are generous; without the limits of docs/limits.md each of these took
// minutes or gigabytes.
func TestHostile_bombs(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "editorial") // TestMain runs the program under its own name
	if err := os.WriteFile(program, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	many := func(n int, text func(i int) string) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("content/%05d.md", i)] = text(i)
		}
		return files
	}
	minutes := func() string {
		var b strings.Builder
		for m := range 7 * 1440 {
			fmt.Fprintf(&b, "%q,", fmt.Sprintf("%s %02d:%02d", time.Weekday(m % 7).String()[:3], m/7/60, m/7%60))
		}
		return strings.Replace(hostileConfig, `rhythm.times = ["Tue 09:00"]`, "rhythm.times = ["+b.String()+"]", 1) + "[plan]\nweeks = 104\n"
	}
	for name, tt := range map[string]struct {
		files map[string]string
		args  string
		most  int // MiB
	}{
		"one picture shown 2,000 times": {map[string]string{"content/a.md": outPost("", strings.Repeat("![x](a.png)\n", 2000)), "content/a.png": hugePNG(60000, 60000, 7<<20)}, "preview a --html p.html", 500},
		"80,000 links to one drawing":   {map[string]string{"content/a.md": outPost("", strings.Repeat("[](a.svg)\n\n", 80_000)), "content/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'>" + strings.Repeat("<g/>", 200_000) + "</svg>"}, "check", 300},
		"thousands of tags":             {map[string]string{"content/a.md": outPost("tags = '"+manyWords(8000)+"'", "x\n"), "content/b.md": outPost("tags = '"+manyWords(8000)+"'", "x\n")}, "build", 200},
		"a hundred tags on each":        {many(50, func(i int) string { return outPost("tags = '"+manyWords(100)+"'", "x\n") }), "build", 400},
		"1,000 texts beyond reading":    {many(1000, func(int) string { return outPost("", strings.Repeat("> ", 120)+"x\n") }), "build", 300},
		"3,000 empty posts":             {many(3000, func(int) string { return "" }), "check --json", 300},
		"a series of 1,000 parts":       {many(1000, func(i int) string { return outPost(fmt.Sprintf("series = 's'\npart = %d", i+1), "x\n") }), "build", 300},
		"posts that repeat": {many(210, func(int) string {
			return "+++\ntitle = 't'\nstage = 'ready'\nplatforms = ['blog']\nrepeat = { times = 1000, every = '1h' }\n+++\nx\n"
		}), "plan", 700},
		"a slot each minute":       {map[string]string{"config.toml": minutes()}, "check", 200},
		"closed from 1 to 9999":    {map[string]string{"config.toml": hostileConfig + "[plan]\nblackout = [" + strings.Repeat("{ from = 0001-01-01, to = 9999-12-31 },", 300) + "]\n"}, "plan", 200},
		"100,000 agreed lines":     {map[string]string{"content/a.md": outPost("", "x\n"), "calendar.txt": agreedLines(100_000)}, "check", 600},
		"a post of 50 MB":          {map[string]string{"content/a.md": outPost("", "") + strings.Repeat("x ", 25<<20)}, "check", 150},
		"a mebibyte of text":       {map[string]string{"content/a.md": outPost("", strings.Repeat("<b>x *y* ", 110_000))}, "build", 700},
		"a configuration of 50 MB": {map[string]string{"config.toml": strings.Repeat("#\n", 25<<20)}, "check", 150},
		"a calendar of 50 MB":      {map[string]string{"calendar.txt": strings.Repeat("#\n", 25<<20)}, "check", 150},
		"a list of files of 20 MB": {map[string]string{"content/a.md": outPost("", "x\n"), ".editorial/built.txt": strings.Repeat("public/../../x\n", 20<<20/15)}, "build", 300},
	} {
		t.Run(name, func(t *testing.T) {
			dir := hostileOffice(t, tt.files)
			cmd := exec.CommandContext(t.Context(), program, append([]string{"-C", dir, "--now", hostileNow}, strings.Fields(strings.ReplaceAll(tt.args, "p.html", filepath.Join(dir, "p.html")))...)...)
			var errOut bytes.Buffer
			cmd.Stderr = &errOut
			cmd.Env = append(os.Environ(), "STATUS_FILE="+filepath.Join(dir, "status"))
			_ = cmd.Run() // the exit code is looked at below
			if code := cmd.ProcessState.ExitCode(); code < 0 || code > 2 || strings.Contains(errOut.String(), "goroutine") {
				t.Errorf("exit code %d, %.300s", code, errOut.String())
			}
			status, err := os.ReadFile(filepath.Join(dir, "status"))
			if err != nil {
				t.Fatal(err)
			}
			var kib int
			_, peak, _ := strings.Cut(string(status), "VmHWM:")
			if _, err := fmt.Sscan(peak, &kib); err != nil {
				t.Fatal(err)
			}
			mib, spent := kib>>10, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
			t.Logf("%d MiB, %v", mib, spent.Round(10*time.Millisecond))
			if mib > tt.most || spent > 30*time.Second {
				t.Errorf("%d MiB, at most %d are allowed; %v", mib, tt.most, spent)
			}
		})
	}
}

func agreedLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "2026-12-%02dT%02d:%02d blog p%d#blog#1 pin # x\n", 1+i%28, i/28%24, i/672%60, i)
	}
	return b.String()
}
