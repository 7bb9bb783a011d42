// Package terminal runs programs in a real terminal, in tests: tmux without a
// screen. A test sends keys and waits for what is shown, never for time.
package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"editorial/internal/need"
)

// patience is how long a test waits for what never comes.
const patience = 60 * time.Second

// Terminal is a terminal with one program in it.
type Terminal struct {
	t      testing.TB
	tmux   string
	socket string
	// changed receives a value when the program has written something.
	changed chan struct{}
	// width and height are those of the last resize.
	width, height int
}

// Start runs a program, with these variables in its environment, in a terminal
// of a size. It ends with the test.
func Start(t testing.TB, dir string, width, height int, env []string, program ...string) *Terminal {
	t.Helper()
	term := &Terminal{t: t, tmux: need.Program(t, "tmux"), socket: filepath.Join(t.TempDir(), "s"), changed: make(chan struct{}, 1)}
	args := []string{"-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), "-c", dir}
	for _, kv := range env {
		args = append(args, "-e", kv)
	}
	// It stays until it is looked at, and begins when somebody listens.
	script := "read go; " + quote(program) + "; echo ended $?; cat"
	args = append(args, "sh", "-c", script)
	term.do(args...)
	term.do("set-option", "-g", "window-size", "manual")
	t.Cleanup(func() { _ = exec.Command(term.tmux, "-S", term.socket, "kill-server").Run() })
	term.listen()
	term.Keys("Enter")
	return term
}

func quote(words []string) string {
	var all []string
	for _, w := range words {
		all = append(all, "'"+strings.ReplaceAll(w, "'", `'\''`)+"'")
	}
	return strings.Join(all, " ")
}

// do runs a command of tmux and returns what it prints.
func (term *Terminal) do(args ...string) string {
	term.t.Helper()
	out, err := exec.Command(term.tmux, append([]string{"-u", "-S", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// listen tells when the program writes.
func (term *Terminal) listen() {
	term.t.Helper()
	client := exec.Command(term.tmux, "-u", "-S", term.socket, "-C", "attach-session", "-t", "t", "-f", "ignore-size")
	in, err := client.StdinPipe() // its end would end the client
	if err != nil {
		term.t.Fatal(err)
	}
	out, err := client.StdoutPipe()
	if err == nil {
		err = client.Start()
	}
	if err != nil {
		term.t.Fatal(err)
	}
	term.t.Cleanup(func() {
		in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = client.Wait()
	})
	go func() {
		for lines := bufio.NewReader(out); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if strings.HasPrefix(line, "%output") {
				select {
				case term.changed <- struct{}{}:
				default:
				}
			}
		}
	}()
}

// Keys presses keys, named as tmux names them; other words are typed.
func (term *Terminal) Keys(keys ...string) {
	term.t.Helper()
	term.do(append([]string{"send-keys", "-t", "t"}, keys...)...)
}

// Resize gives the terminal another size.
func (term *Terminal) Resize(width, height int) {
	term.t.Helper()
	term.width, term.height = width, height
	term.do("resize-window", "-t", "t", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
}

// resizeAgain is what a person does whose window was not followed.
func (term *Terminal) resizeAgain() {
	if width, height := term.width, term.height; width > 0 {
		term.t.Logf("the size %d×%d was not followed for a while: once more", width, height)
		term.Resize(width+1, height)
		term.Resize(width, height)
	}
}

// Screen returns what is shown, without styles.
func (term *Terminal) Screen() string {
	term.t.Helper()
	return term.do("capture-pane", "-p", "-t", "t")
}

// Styled returns what is shown, with its styles as escapes.
func (term *Terminal) Styled() string {
	term.t.Helper()
	return term.do("capture-pane", "-p", "-e", "-t", "t")
}

// Says returns a format of tmux, filled in: "#{alternate_on}".
func (term *Terminal) Says(format string) string {
	term.t.Helper()
	return strings.TrimSpace(term.do("display-message", "-p", "-t", "t", format))
}

// Await waits until all parts are shown, and returns the screen.
func (term *Terminal) Await(parts ...string) string {
	term.t.Helper()
	return term.AwaitThat(fmt.Sprintf("%q", parts), func(screen string) bool {
		for _, part := range parts {
			if !strings.Contains(screen, part) {
				return false
			}
		}
		return true
	})
}

// AwaitThat waits until the screen is as wanted, and returns it.
func (term *Terminal) AwaitThat(what string, holds func(screen string) bool) string {
	term.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	for n := 1; ; n++ {
		screen := term.Screen()
		if holds(screen) {
			return screen
		}
		if n%20 == 0 {
			term.resizeAgain()
		}
		again, enough := context.WithTimeout(ctx, time.Second) // should tmux not have told
		select {
		case <-term.changed:
		case <-again.Done():
		}
		enough()
		if ctx.Err() != nil {
			term.t.Fatalf("%s is not shown:\n%s", what, screen)
		}
	}
}
