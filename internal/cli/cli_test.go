package cli_test

import (
	"context"
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"editorial/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"editorial": func() {
			code := cli.Main(context.Background(), cli.Env{
				Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ(), Now: moving(),
			})
			// What it took, for those who measure. The system's own count begins
			// with the memory of the test that starts the program.
			if name := os.Getenv("STATUS_FILE"); name != "" {
				status, err := os.ReadFile("/proc/self/status")
				if err != nil || os.WriteFile(name, status, 0o600) != nil {
					os.Exit(99)
				}
			}
			os.Exit(code)
		},
	})
}

var update = flag.Bool("update", false, "rewrite the expectations of the scripts")

// TestScripts runs the specification of the commands: every file of
// testdata/script is a session.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"remote": cmdRemote, "exits": cmdExits},
		Setup: func(e *testscript.Env) error {
			// A zone and a language that no expectation was made with.
			e.Setenv("TZ", "Asia/Kathmandu")
			e.Setenv("LANG", "C.UTF-8")
			e.Values[remoteKey{}] = &remoteHolder{}
			return nil
		},
	})
}
