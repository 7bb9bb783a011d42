package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// maxTyped is the most bytes of what a person types or pastes.
const maxTyped = 64 << 10

// typed returns a line from a file, or as a person types it: a secret without an
// echo. "" is nothing. A line as long as the terminal takes is refused, since its end
// may be lacking.
func (a *app) typed(ctx context.Context, prompt, file string, hidden bool) (string, error) {
	if file != "" && file != "-" {
		data, err := config.ReadSecretFile(file)
		if err == nil && len(data) > maxTyped {
			err = fmt.Errorf("read %s: more than %d bytes", file, maxTyped)
		}
		return firstLine(string(data)), err
	}
	person := isTerminal(a.In)
	secret, ok := a.In.(*os.File)
	if ok = ok && person && hidden; ok {
		back, err := silence(secret) // before anybody is asked to type
		if err != nil {
			return "", fmt.Errorf("silence the terminal: %w", err)
		}
		defer back() // whoever reads on is left behind
	}
	if person {
		fmt.Fprint(a.stderr, prompt+" ")
	}
	type line struct {
		text string
		err  error
	}
	came := make(chan line, 1)
	go func() {
		if ok {
			data, err := term.ReadPassword(int(secret.Fd()))
			fmt.Fprintln(a.stderr)
			came <- line{string(data), err}
			return
		}
		text, err := bufio.NewReader(io.LimitReader(a.In, maxTyped)).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		came <- line{text, err}
	}()
	select {
	case l := <-came:
		if person && len(strings.TrimRight(l.text, "\r\n")) >= fullLine {
			return "", a.usage("connect.cut", problem.Params{"n": strconv.Itoa(fullLine)})
		}
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
