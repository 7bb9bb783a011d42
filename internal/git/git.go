// Package git runs the git program, with everything switched off that a
// repository, or whoever runs us, can make it do beside what it is asked:
// nothing that the repository's settings name is run, nothing is fetched,
// nothing is written that could be done without, nobody is asked.
package git

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
)

// Git runs git in a folder.
type Git struct {
	program, dir string
	environ      []string
}

// Find returns git for a folder, and an error where the machine has none.
// Environ is the environment of the program, "KEY=value". What leads git to
// another repository than the folder's is left out of it, as a hook that runs
// us sets GIT_DIR; what says which settings of the person count stays.
func Find(dir string, environ []string) (*Git, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, err
	}
	kept := []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"}
	out := slices.DeleteFunc(slices.Clone(environ), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return strings.HasPrefix(name, "GIT_") && !slices.Contains(kept, name)
	})
	return &Git{program, dir, append(out,
		"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C",
		// A partial clone would fetch what it lacks, over a program that the
		// repository names.
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_SSH_COMMAND=false",
	)}, nil
}

// Command is git with these arguments, not started yet.
func (g *Git) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, g.program, append([]string{
		"-C", g.dir, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
		"-c", "http.followRedirects=false", // a token would go along, to whomever
	}, args...)...)
	cmd.Env = g.environ
	return cmd
}

// Foreign reports whether git refuses a repository because it belongs to
// somebody else: what it said on its standard error, or the error of a command
// whose output was asked for.
func Foreign(said string, err error) bool {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		said += string(exit.Stderr)
	}
	return strings.Contains(said, "dubious ownership")
}

// Outward returns git that may speak to repositories elsewhere, by the ways that
// git itself knows and by no program that an address names; it asks nobody for
// a password. Further variables are for those alone who need them: a key in
// GIT_CONFIG_VALUE_0 is no argument that others on the machine see.
func (g *Git) Outward(environ ...string) *Git {
	return &Git{g.program, g.dir, append(slices.Clone(g.environ), append([]string{
		"GIT_ALLOW_PROTOCOL=file:git:http:https:ssh", "GIT_SSH_COMMAND=ssh -oBatchMode=yes", "GIT_ASKPASS=", "SSH_ASKPASS=",
	}, environ...)...)}
}
