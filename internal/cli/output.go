package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// say words a key that needs no parameters.
func (a *app) say(key string) string { return a.words.Say(key, nil) }

// printf prints a line or part of one on stdout.
func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.Out, format, args...) }

// fail prints an error, and what to do about it, on stderr.
func (a *app) fail(text, hint string) {
	lines := flow(a.errScreen, "", "editorial: "+text)
	if hint != "" {
		lines = append(lines, flow(a.errScreen, "", a.say("cli.hint")+" "+hint)...)
	}
	fmt.Fprintln(a.Err, strings.Join(lines, "\n"))
}

// flow breaks a line for a person's screen, indented further from the second
// on. Where no person looks a line stays one, for tools that read lines.
func flow(screen term.Screen, indent, text string) []string {
	if !screen.Terminal || term.Width(indent+text) <= screen.Width {
		return []string{indent + text}
	}
	lines := term.Flow(text, screen.Width-len(indent)-2)
	for i := range lines {
		if i > 0 {
			lines[i] = "  " + lines[i]
		}
		lines[i] = indent + lines[i]
	}
	return lines
}

// printFlow prints a line, broken for a person's screen.
func (a *app) printFlow(indent, text string) {
	a.printf("%s\n", strings.Join(flow(a.screen, indent, text), "\n"))
}

// wordError words an error that is no problem of a post: a safe sentence, and
// a hint where there is one.
func (a *app) wordError(err error) (text, hint string) {
	var p problem.Problem
	if errors.As(store.Explain(err), &p) {
		sentence, hint := a.words.Problem(p)
		if at := p.Position.String(); at != "" {
			sentence = words.Inert(at) + ": " + sentence
		}
		return sentence, hint
	}
	if key := systemError(err); key != "" {
		return a.words.Say(key, problem.Params{"path": pathOf(err)}), a.say(key + "-hint")
	}
	return words.Inert(err.Error()), ""
}

// systemError is the key of what the system refused, or "" for what is rare.
func systemError(err error) string {
	for _, x := range []struct {
		key string
		is  error
	}{
		{"error.permission", fs.ErrPermission}, {"error.disk-full", syscall.ENOSPC}, {"error.read-only", syscall.EROFS},
		{"error.not-a-folder", syscall.ENOTDIR}, {"error.a-folder", syscall.EISDIR}, {"error.long-name", syscall.ENAMETOOLONG},
		{"error.open-files", syscall.EMFILE}, {"error.open-files", syscall.ENFILE},
	} {
		if errors.Is(err, x.is) {
			return x.key
		}
	}
	// Package os has no name for this one; TestWordError holds its wording.
	var at *fs.PathError
	if errors.As(err, &at) && at.Err.Error() == "path escapes from parent" {
		return "error.escapes"
	}
	return ""
}

// pathOf is the path that an error of the system is about, or what the error
// says where there is none.
func pathOf(err error) string {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return filepath.ToSlash(at.Path)
	case errors.As(err, &link):
		return filepath.ToSlash(link.New)
	}
	return err.Error()
}

// problems prints errors on stderr, each with its hint; what is less is for
// "editorial check".
func (a *app) problems(ps []problem.Problem) { a.problemsUpTo(problem.Error, ps) }

// problemsUpTo prints those that are at least as bad as worst.
func (a *app) problemsUpTo(worst problem.Severity, ps []problem.Problem) {
	for _, p := range ps {
		if p.Severity <= worst {
			fmt.Fprintln(a.Err, strings.Join(a.problemLines(a.errScreen, "", p), "\n"))
		}
	}
}

// problemLines words one finding for a screen: the sentence, then perhaps a hint.
func (a *app) problemLines(screen term.Screen, indent string, p problem.Problem) []string {
	sentence, hint := a.words.Problem(p)
	line := string(p.Code) + ": " + sentence
	if p.Severity != problem.Error {
		line = a.say("cli."+p.Severity.String()) + ": " + line
	}
	if at := p.Position.String(); at != "" {
		line = words.Inert(at) + ": " + line
	}
	lines := flow(screen, indent, line)
	if hint != "" {
		lines = append(lines, flow(screen, indent+"  ", a.say("cli.hint")+" "+hint)...)
	}
	return lines
}

// jsonProblem is a problem in --json output.
type jsonProblem struct {
	problem.Problem
	Sentence string `json:"sentence"`
	Hint     string `json:"hint,omitempty"`
}

func (a *app) jsonProblems(ps []problem.Problem) []jsonProblem {
	all := make([]jsonProblem, 0, len(ps))
	for _, p := range ps {
		sentence, hint := a.words.Problem(p)
		all = append(all, jsonProblem{p, sentence, hint})
	}
	return all
}

// printJSON prints one document on stdout.
func (a *app) printJSON(v any) error {
	var doc bytes.Buffer
	enc := json.NewEncoder(&doc)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	if err == nil {
		_, err = a.Out.Write(words.InertJSON(doc.Bytes()))
	}
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// next prints the one next useful command.
func (a *app) next(command string) {
	a.printf("\n%s %s\n", a.screen.Paint(term.Quiet, a.say("cli.next")), command)
}

// count words a key whose parameter n is a number.
func (a *app) count(key string, n int) string {
	return a.words.Say(key, problem.Params{"n": strconv.Itoa(n)})
}

// jsonFlag gives a command --json.
func (a *app) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag-json"))
}

// jsonFound is what every command prints under --json when the configuration,
// or another file that it depends on, has errors.
type jsonFound struct {
	Version  int           `json:"version"`
	Problems []jsonProblem `json:"problems"`
}

// jsonFailed prints problems that keep a command from its answer, where a
// program waits for it.
func (a *app) jsonFailed(ps []problem.Problem) error {
	if !a.json {
		return nil
	}
	return a.printJSON(jsonFound{1, a.jsonProblems(ps)})
}

// configErrors prints the problems of a configuration that cannot be used.
func (a *app) configErrors(o *office.Office, err error) error {
	if errors.Is(err, office.ErrConfig) {
		return a.badConfig(o.Problems)
	}
	return err
}

// badConfig prints the problems of a configuration that cannot be used, or
// says that there is none.
func (a *app) badConfig(ps []problem.Problem) error {
	if err := a.jsonFailed(ps); err != nil {
		return err
	}
	if slices.ContainsFunc(ps, noOffice) {
		return a.noOffice()
	}
	a.problems(ps)
	return silent(ExitCannotRun)
}
