package cli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"editorial/internal/config"
	"editorial/internal/connect"
	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// connectMachine lets git try whether it can read the repository of a platform,
// and push to it, with what this machine has. done says that all is well; without
// an error, it is not, and a token may help.
func (a *app) connectMachine(ctx context.Context, b *connections.Book, name string, opts connectOptions) (done bool, err error) {
	c := b.Config.Platforms[name].Connection
	params := a.gitParams(c, name)
	web := gitByWeb(c)
	switch {
	case params["repository"] == "":
		return false, a.usage("connect.git-none", params)
	case opts.tokenFile != "" && !web:
		return false, a.usage("connect.git-no-token", params)
	case opts.tokenFile != "":
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, _, err = b.Check(ctx, name)
	switch {
	case err == nil:
		a.printFlow("", a.screen.Paint(term.Good, a.words.Say("connect.git-"+a.gitProof(ctx, b, name), params)))
		a.printFlow("", a.say("connect.git-later"))
		if !b.Config.Platforms[name].Live {
			a.printFlow("", a.words.Say("connect.not-live", problem.Params{"name": name}))
		}
		return true, nil
	case web && connections.Seed(c).Access == "" && platform.As(err).Code == "authentication":
		fmt.Fprintln(a.Err, strings.Join(flow(a.errScreen, "", a.words.Say("connect.git-wants-token", params)), "\n"))
		return false, nil
	}
	return false, a.connectRefused(b, name, err)
}

// gitProof says what git proves itself by: "machine", or a "token".
func (a *app) gitProof(ctx context.Context, b *connections.Book, name string) string {
	if s, ok := b.State(ctx, name); ok && s.Where != secret.Machine && gitByWeb(b.Config.Platforms[name].Connection) {
		return "token"
	}
	return "machine"
}

// gitByWeb reports whether a token counts for the repository.
func gitByWeb(c config.Connection) bool {
	return strings.HasPrefix(connections.Repository(c), "https://")
}

// gitParams are what sentences about a repository name.
func (a *app) gitParams(c config.Connection, name string) problem.Params {
	return problem.Params{"name": name, "repository": words.Inert(connections.Repository(c))}
}

// connectRefused words why a platform does not take an account. Of git it says
// what is missing, as its own words are those of a program.
func (a *app) connectRefused(b *connections.Book, name string, err error) error {
	p := b.Config.Platforms[name]
	if app, ok := connect.Of(string(p.Kind)); !ok || app.Way != connect.Machine {
		return a.connectError(name, err)
	}
	params := a.gitParams(p.Connection, name)
	var e *platform.Error
	switch {
	case errors.Is(err, connections.ErrRepository):
		return a.usage("connect.git-address", params)
	case errors.Is(err, exec.ErrNotFound):
		return a.usage("connect.git-program", params)
	case !errors.As(err, &e):
		return a.connectError(name, err)
	}
	key := "connect.git-" + e.Code
	if e.Code == "authentication" && !gitByWeb(p.Connection) {
		key += "-key"
	}
	if !a.words.Has(key) {
		return a.connectError(name, err)
	}
	params["detail"] = words.Inert(strings.Join(strings.Fields(e.Detail), " "))
	a.fail(a.words.Say(key, params), a.words.Say(key+"-hint", params))
	return silent(ExitFound)
}
