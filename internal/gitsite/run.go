package gitsite

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os/exec"
	"strings"
	"time"

	"editorial/internal/git"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// call is one run of git.
type call struct {
	args  []string
	stdin []byte
	// env are variables of this run alone; away lets it speak to the remote.
	env  []string
	away bool
}

// patience is how long the programs that git has started may take to end once
// git has.
const patience = 5 * time.Second

// runner runs git in our repository: its standard output and error.
type runner func(context.Context, call) (out, said []byte, err error)

// program is the git of the machine, in a folder.
func program(dir string, environ []string, account platform.Account) (runner, error) {
	g, err := git.Find(dir, environ)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, c call) ([]byte, []byte, error) {
		use := g
		if c.away {
			secret, err := credentials(ctx, account)
			if err != nil {
				return nil, nil, err
			}
			use = g.Outward(secret...)
		}
		args := append([]string{"-c", "i18n.commitEncoding=UTF-8", "-c", "log.showSignature=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "push.followTags=false", "-c", "push.gpgSign=false"}, c.args...)
		cmd := use.Command(ctx, args...)
		cmd.Env = append(append(cmd.Env, "GIT_DIR="+dir), c.env...) // not that of an office in which it lies
		cmd.Stdin = bytes.NewReader(c.stdin)
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		cmd.WaitDelay = patience // what git has started may hold its output open
		err := cmd.Run()
		if errors.Is(err, exec.ErrWaitDelay) {
			err = nil // git itself ended well: a line of ssh stays open for the next time
		}
		return out.Bytes(), said.Bytes(), err
	}, nil
}

// credentials are the variables that prove an account over https; none where it
// has none, as with keys of ssh and helpers of the person's own.
func credentials(ctx context.Context, account platform.Account) ([]string, error) {
	if account.Credentials == nil || !strings.HasPrefix(account.Server, "https://") {
		return nil, nil
	}
	token, err := account.Credentials.Token(ctx)
	if err != nil && platform.ClassOf(err) != platform.Auth {
		return nil, err
	}
	if err != nil || token.Access == "" {
		return nil, nil // perhaps a helper of the person's own has one
	}
	name := account.Name
	if name == "" {
		name = "git" // forges that take a token ask for any name
	}
	basic := base64.StdEncoding.EncodeToString([]byte(name + ":" + token.Access.Reveal()))
	return []string{
		"GIT_CONFIG_COUNT=3",
		"GIT_CONFIG_KEY_0=http." + account.Server + ".extraHeader", "GIT_CONFIG_VALUE_0=Authorization: Basic " + basic,
		// Where somebody's settings follow redirects of this very address, they
		// count for more than those of all addresses.
		"GIT_CONFIG_KEY_1=http." + account.Server + ".followRedirects", "GIT_CONFIG_VALUE_1=false",
		"GIT_CONFIG_KEY_2=credential.helper", "GIT_CONFIG_VALUE_2=", // it has what it needs, and nobody is to keep or forget it
	}, nil
}

// git runs a command that speaks to nobody, and returns what it prints. Its
// failure is of class Temporary: nothing went out.
func (p *Publisher) git(ctx context.Context, c call) (string, error) {
	out, said, err := p.run(ctx, c)
	if err != nil {
		return "", &platform.Error{Class: platform.Temporary, Code: "git-" + c.args[0], Detail: wire.Cut(string(said)), Err: err}
	}
	return strings.TrimSpace(string(out)), nil
}

// unreachable is what it means that git could not read the remote. Git gives one
// code for all of it, so that its words decide, which LC_ALL=C keeps as they are
// (git 2.39 to 2.52, 2026-11).
func unreachable(said []byte, err error) error {
	e := &platform.Error{Class: platform.Temporary, Code: "unreachable", Detail: wire.Cut(string(said)), Err: err}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if own := (*platform.Error)(nil); errors.As(err, &own) {
			return own
		}
		return e
	}
	for _, known := range []struct{ words, code string }{
		{"Authentication failed for", "authentication"}, {"could not read Username for", "authentication"}, {"could not read Password for", "authentication"},
		{"Permission denied (", "authentication"}, {"The requested URL returned error: 403", "authentication"},
		{"Host key verification failed", "host-key"}, {"does not appear to be a git repository", "no-repository"},
		{"repository not found", "no-repository"}, {"Repository not found", "no-repository"}, {"not allowed", "address"},
	} {
		if bytes.Contains(said, []byte(known.words)) {
			e.Class, e.Code = platform.Auth, known.code
			break
		}
	}
	return e
}
