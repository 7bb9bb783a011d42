package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"editorial/internal/config"
)

// maxTyped is the most bytes of what a person types or pastes.
const maxTyped = 64 << 10

// typed returns a line from a file, or as a person types it: a secret without an
// echo. "" is nothing.
func (a *app) typed(ctx context.Context, prompt, file string, hidden bool) (string, error) {
	if file != "" && file != "-" {
		data, err := config.ReadSecretFile(file)
		if err == nil && len(data) > maxTyped {
			err = fmt.Errorf("read %s: more than %d bytes", file, maxTyped)
		}
		return firstLine(string(data)), err
	}
	person := isTerminal(a.In)
	if person {
		fmt.Fprint(a.stderr, prompt+" ")
	}
	type line struct {
		text string
		err  error
	}
	came := make(chan line, 1)
	go func() {
		var l line
		if f, ok := a.In.(*os.File); ok && person && hidden {
			data, err := term.ReadPassword(int(f.Fd()))
			fmt.Fprintln(a.stderr)
			l = line{string(data), err}
		} else {
			text, err := bufio.NewReader(io.LimitReader(a.In, maxTyped)).ReadString('\n')
			if errors.Is(err, io.EOF) {
				err = nil
			}
			l = line{text, err}
		}
		came <- l
	}()
	select {
	case l := <-came:
		return firstLine(l.text), l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// firstLine is the first line without the spaces around it.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	return strings.TrimSpace(s)
}
