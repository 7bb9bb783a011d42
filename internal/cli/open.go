package cli

import (
	"context"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"editorial/pkg/problem"
)

// open shows a file or an address in the person's browser. Where there is
// none it says so and goes on: what was to be seen is there all the same.
func (a *app) open(ctx context.Context, what string) {
	if !strings.HasPrefix(what, "http://") && !strings.HasPrefix(what, "https://") {
		if abs, err := filepath.Abs(what); err == nil {
			what = abs // a name that begins with "-" is no flag then
		}
	}
	name, args := "xdg-open", []string{what}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", what}
	}
	if browser := a.getenv("BROWSER"); browser != "" { // the person's own choice
		name, args = browser, []string{what}
	}
	// The browser lives on when the command has ended.
	if err := exec.CommandContext(context.WithoutCancel(ctx), name, args...).Start(); err != nil {
		a.fail(a.words.Say("serve.no-browser", problem.Params{"what": what}), "")
	}
}
