package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/connect"
	"editorial/internal/connections"
	"editorial/internal/secret"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// patience is how long "connect" waits for a person in a browser.
const patience = 10 * time.Minute

type connectOptions struct {
	list, noBrowser bool
	tokenFile       string
}

func (a *app) newConnect() *cobra.Command {
	var opts connectOptions
	cmd := &cobra.Command{
		Use:   "connect [" + a.say("connect.value-platform") + "]",
		Short: a.say("connect.short"), Long: a.say("connect.long"),
		Example: "  editorial connect mastodon\n  editorial connect bluesky --token-file app-password.txt\n  editorial connect youtube --no-browser\n  editorial connect --list",
		Args:    a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case opts.list && len(args) == 0:
				return a.runConnectList(cmd.Context())
			case len(args) == 0 || opts.list || a.json:
				return a.usage("connect.which", nil)
			}
			return a.runConnect(cmd.Context(), args[0], opts)
		},
		ValidArgsFunction: a.completeConnection,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.tokenFile, "token-file", "", a.say("connect.flag-token-file"))
	flags.BoolVar(&opts.noBrowser, "no-browser", false, a.say("connect.flag-no-browser"))
	flags.BoolVar(&opts.list, "list", false, a.say("connect.flag-list"))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) newDisconnect() *cobra.Command {
	return &cobra.Command{
		Use:   "disconnect " + a.say("connect.value-platform"),
		Short: a.say("connect.disconnect-short"), Long: a.say("connect.disconnect-long"),
		Example: "  editorial disconnect mastodon",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runDisconnect(cmd.Context(), args[0]) },

		ValidArgsFunction: a.completeConnection,
	}
}

// connection finds a platform that can be connected.
func (a *app) connection(b *connections.Book, name string) (config.Platform, connect.App, error) {
	p, ok := b.Config.Platforms[name]
	if !ok {
		known := slices.Sorted(maps.Keys(b.Config.Platforms))
		return p, connect.App{}, a.usage("connect.unknown", problem.Params{"name": name, "known": strings.Join(known, ", ")})
	}
	app, ok := connect.Of(string(p.Kind))
	if !ok {
		return p, app, a.usage("connect.nothing", problem.Params{"name": name, "kind": string(p.Kind)})
	}
	return p, app, nil
}

func (a *app) runConnect(ctx context.Context, name string, opts connectOptions) error {
	b, err := a.book()
	if err != nil {
		return err
	}
	p, app, err := a.connection(b, name)
	if err != nil {
		return err
	}
	if app.Way == connect.Machine {
		if done, err := a.connectMachine(ctx, b, name, opts); done || err != nil {
			return err
		}
	}
	if seed := connections.Seed(p.Connection); seed.Access != "" {
		return a.usage("connect.configured", problem.Params{"name": name})
	}
	var r secret.Record
	if app.Way == connect.Typed || app.Way == connect.Machine || opts.tokenFile != "" {
		r, err = a.connectTyped(ctx, app, p, opts)
	} else {
		r, err = a.connectFlow(ctx, app, p, b, opts)
	}
	if err != nil {
		return a.connectError(name, err)
	}
	a.redact.Add(r.Token.Access.Reveal(), r.Token.Secret.Reveal(), r.Token.Refresh.Reveal(), r.ClientSecret.Reveal())
	return a.connectKeep(ctx, b, name, r)
}

// connectTyped asks for a token or an app password.
func (a *app) connectTyped(ctx context.Context, app connect.App, p config.Platform, opts connectOptions) (r secret.Record, err error) {
	c := p.Connection
	switch {
	case app.WantsServer && c.Server == "":
		return r, problem.Problem{Code: connect.CodeNoServer, Params: problem.Params{"kind": app.Kind}}
	case app.WantsAccount && c.Account == "":
		return r, problem.Problem{Code: connect.CodeNoAccount, Params: problem.Params{"kind": app.Kind}}
	}
	prompt := "connect.prompt"
	if a.words.Has("connect.prompt-" + app.Kind) {
		prompt = "connect.prompt-" + app.Kind
	}
	text, err := a.typed(ctx, a.say(prompt), opts.tokenFile, true)
	if err != nil {
		return r, err
	}
	if text == "" {
		return r, a.usage("connect.empty", nil)
	}
	return secret.Record{Account: c.Account, Server: c.Server, Token: platform.Token{Access: platform.Hidden(text)}}, nil
}

// connectFlow sends the person to the platform's page.
func (a *app) connectFlow(ctx context.Context, app connect.App, p config.Platform, b *connections.Book, opts connectOptions) (secret.Record, error) {
	c := p.Connection
	f := connect.Flow{
		App: app, Account: c.Account, Server: c.Server, ClientID: c.ClientID, ClientSecret: platform.Hidden(c.ClientSecret.Reveal()),
		Scopes: c.Scopes, Redirect: c.Redirect, Via: b.Via, Now: a.Now,
		Show: func(page string) {
			fmt.Fprintf(a.Err, "%s\n\n  %s\n\n", a.say("connect.open"), words.Inert(page))
			if !opts.noBrowser {
				a.open(ctx, page)
			}
		},
	}
	if opts.noBrowser || c.Redirect != "" && !connect.Loopback(c.Redirect) {
		f.Paste = func(ctx context.Context) (string, error) { return a.typed(ctx, a.say("connect.paste"), "", false) }
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return f.Run(ctx)
}

// connectKeep lets the platform say who the account is, and keeps it. What the
// platform refuses is not kept; what cannot be asked now, is.
func (a *app) connectKeep(ctx context.Context, b *connections.Book, name string, r secret.Record) error {
	tried, standing, asked, err := b.Try(ctx, name, r)
	class := platform.ClassOf(err)
	if asked && err != nil && (class == platform.Auth || class == platform.Permission) {
		return a.connectRefused(b, name, err)
	}
	at, kerr := b.Vault.Put(ctx, name, tried)
	if kerr != nil {
		return kerr
	}
	a.settled(ctx, b.Config, name)
	account := cmp.Or(standing.Account, tried.Account)
	key := "connect.done"
	if account == "" {
		key = "connect.done-nameless"
	}
	id, _ := a.identity()
	a.printFlow("", a.screen.Paint(term.Good, a.words.Say(key, problem.Params{"name": name, "account": account}))+
		" "+a.words.Say("connect.kept-"+string(at), problem.Params{"identity": id.Path}))
	if !b.Config.Platforms[name].Live {
		a.printFlow("", a.words.Say("connect.not-live", problem.Params{"name": name}))
	}
	if asked && err != nil {
		a.printFlow("", a.words.Say("connect.unverified", problem.Params{"detail": err.Error()}))
	}
	return nil
}

// connectError words what a platform said, or what keeps the account called name
// from being connected.
func (a *app) connectError(name string, err error) error {
	var e *platform.Error
	if p := (problem.Problem{}); errors.As(err, &p) {
		params := maps.Clone(p.Params)
		if params == nil {
			params = problem.Params{}
		}
		params["name"], p.Params = name, params
		return p
	}
	if !errors.As(err, &e) {
		return err
	}
	params := problem.Params{"detail": a.sayAsked(plainly(e))}
	switch {
	case e.Code == "private-address" || e.Code == "not-https":
		a.fail(a.words.Say("connect."+e.Code, problem.Params{"host": e.Detail}), a.words.Say("connect."+e.Code+"-hint", problem.Params{"name": name}))
	case e.Class == platform.Auth || e.Class == platform.Permission:
		a.fail(a.words.Say("connect.refused", params), a.say("connect.refused-hint"))
	default:
		a.fail(a.words.Say("connect.unreached", params), a.say("connect.unreached-hint"))
	}
	return silent(ExitFound)
}

func (a *app) runDisconnect(ctx context.Context, name string) error {
	b, err := a.book()
	if err != nil {
		return err
	}
	p, _, err := a.connection(b, name)
	if err != nil {
		return err
	}
	_, _, had, _ := b.Vault.Get(ctx, name)
	if err := b.Vault.Remove(ctx, name); err != nil {
		return err
	}
	a.settled(ctx, b.Config, name)
	key := "connect.gone"
	if !had {
		key = "connect.gone-already"
	}
	a.printFlow("", a.words.Say(key, problem.Params{"name": name}))
	if connections.Seed(p.Connection).Access != "" {
		a.printFlow("", a.words.Say("connect.gone-configured", problem.Params{"name": name}))
	}
	return nil
}

// jsonConnection is a connection in --json output.
type jsonConnection struct {
	Platform  string       `json:"platform"`
	Kind      string       `json:"kind"`
	Way       connect.Way  `json:"way"`
	Live      bool         `json:"live"`
	Connected bool         `json:"connected"`
	Account   string       `json:"account,omitempty"`
	Where     secret.Where `json:"where,omitempty"`
	Ends      *time.Time   `json:"ends,omitempty"`
	DaysLeft  *int         `json:"days_left,omitempty"`
	Renews    bool         `json:"renews"`
	Missing   []string     `json:"missing_scopes"`
	Error     string       `json:"error,omitempty"`
}

func (a *app) runConnectList(ctx context.Context) error {
	b, err := a.book()
	if err != nil {
		return err
	}
	now, err := a.clock(civil.UTC())
	if err != nil {
		return err
	}
	states := b.States(ctx)
	if a.json {
		doc := struct {
			Version     int              `json:"version"`
			Connections []jsonConnection `json:"connections"`
		}{1, []jsonConnection{}}
		for _, s := range states {
			doc.Connections = append(doc.Connections, a.connectionJSON(s, now))
		}
		return a.printJSON(doc)
	}
	n, width := 0, 0
	for _, s := range states {
		width = max(width, term.Width(s.Platform))
		if s.Connected {
			n++
		}
	}
	a.printf("%s\n", a.words.Say("connect.listed", problem.Params{"n": strconv.Itoa(n), "all": strconv.Itoa(len(states))}))
	for _, s := range states {
		mark, style := "·", term.Quiet
		switch {
		case s.AskErr != nil:
			mark, style = "!", term.Bad
		case s.Connected:
			mark, style = "✓", term.Good
		}
		a.printf("%s %s  %s\n", a.screen.Paint(style, mark), term.Fit(words.Inert(s.Platform), width), a.connectionLine(s, now))
	}
	return nil
}

func (a *app) connectionJSON(s connections.State, now time.Time) jsonConnection {
	j := jsonConnection{
		Platform: s.Platform, Kind: s.Kind, Way: s.Way, Live: s.Live, Connected: s.Connected, Account: s.Account, Where: s.Where,
		Renews: s.Renews, Missing: orEmpty(s.Missing),
	}
	if days, ok := s.Left(now); ok {
		j.DaysLeft, j.Ends = &days, &s.Ends
	}
	switch {
	case s.Err != nil:
		j.Error, _ = a.wordError(s.Err)
	case s.AskErr != nil:
		j.Error = a.sayAsked(plainly(s.AskErr))
	}
	return j
}

// connectionLine words how a connection is.
func (a *app) connectionLine(s connections.State, now time.Time) string {
	if !s.Connected {
		if s.Err != nil {
			text, _ := a.wordError(s.Err)
			return text
		}
		if s.Waits {
			return a.say("connect.state-awaited")
		}
		return a.say("connect.state-none")
	}
	if s.AskErr != nil {
		return a.sayAsked(plainly(s.AskErr))
	}
	parts := []string{a.say("connect.where-" + string(s.Where))}
	if s.Account != "" {
		parts = append([]string{words.Inert(s.Account)}, parts...)
	}
	if days, ok := s.Left(now); ok && days < 0 {
		parts = append(parts, a.say("connect.state-over"))
	} else if ok {
		parts = append(parts, a.count("connect.state-days", days))
	}
	if !s.Live {
		parts = append(parts, a.say("connect.state-not-live"))
	}
	if len(s.Missing) > 0 {
		parts = append(parts, a.words.Say("connect.state-lacks", problem.Params{"scopes": strings.Join(s.Missing, ", ")}))
	}
	return strings.Join(parts, ", ")
}

// completeConnection offers the platforms that can be connected.
func (a *app) completeConnection(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	c, _, _, err := config.ReadDir(a.dir, a.configOptions(nil))
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(c.Platforms)) {
		if _, ok := connect.Of(string(c.Platforms[name].Kind)); ok {
			all = append(all, name)
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
