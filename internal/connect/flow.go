package connect

import (
	"context"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"editorial/internal/secret"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// Codes of what keeps an account from being connected.
const (
	// CodeNoServer: the kind lives on many servers, and none is named.
	CodeNoServer problem.Code = "connect-no-server"
	// CodeNoAccount: nobody says whose the token is.
	CodeNoAccount problem.Code = "connect-no-account"
	// CodeNoApp: the platform lets in only programs that a person registered.
	// Parameters: redirect.
	CodeNoApp problem.Code = "connect-no-app"
	// CodeNoAppAnyPort is the same of a platform that takes the loopback at any
	// port. Parameters: redirect.
	CodeNoAppAnyPort problem.Code = "connect-no-app-any-port"
	// CodeNoRedirect: the platform sends back to addresses of the web only.
	CodeNoRedirect problem.Code = "connect-no-redirect"
	// CodeDenied: the platform, or the person on its page, said no. Parameter:
	// detail.
	CodeDenied problem.Code = "connect-denied"
	// CodeTime: nobody came back in time.
	CodeTime problem.Code = "connect-time"
	// CodePort: the port of the loopback is taken. Parameter: address.
	CodePort problem.Code = "connect-port"
	// CodePasted: what was pasted is not where this page leads back to.
	CodePasted problem.Code = "connect-pasted"
	// CodePages: the person has several pages, or none. Parameter: pages.
	CodePages problem.Code = "connect-pages"
)

// Flow is one account on its way in.
type Flow struct {
	App App
	// Account is that of the configuration: of Facebook the id of the page.
	Account, Server string
	// ClientID and ClientSecret are those of the person's own app.
	ClientID     string
	ClientSecret platform.Hidden
	// Scopes take the place of the App's.
	Scopes []string
	// Redirect is the address that was registered; "" is one of the loopback.
	Redirect string
	// Via is the client; nothing else speaks to the platform.
	Via *http.Client
	Now func() time.Time
	// Show tells the person the address of the page. The browser is the caller's.
	Show func(page string)
	// Paste waits for the address at which the person ended. Nil: the loopback
	// hears of it.
	Paste func(context.Context) (string, error)
	// Listen opens a port of the loopback; nil: that of the machine.
	Listen func(network, address string) (net.Listener, error)
}

// Run returns the record of the account. It waits for the person as long as the
// context lasts.
func (f Flow) Run(ctx context.Context) (secret.Record, error) {
	var ok bool
	if f.App, ok = f.App.At(f.Server); !ok {
		return secret.Record{}, problem.Problem{Code: CodeNoServer, Params: problem.Params{"kind": f.App.Kind}}
	}
	if f.Scopes == nil {
		f.Scopes = f.App.ScopesFor(f.Account)
	}
	back, err := f.back()
	if err != nil {
		return secret.Record{}, err
	}
	defer back.close()
	if f.ClientID == "" && f.App.Register == "" {
		if f.Redirect == "" && f.App.Port == 0 { // the port of this moment is nobody's to register
			return secret.Record{}, problem.Problem{Code: CodeNoAppAnyPort, Params: problem.Params{"kind": f.App.Kind, "redirect": "http://127.0.0.1" + callback}}
		}
		return secret.Record{}, problem.Problem{Code: CodeNoApp, Params: problem.Params{"kind": f.App.Kind, "redirect": back.address}}
	}
	r, err := f.run(ctx, back)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = problem.Problem{Code: CodeTime, Cause: err}
	}
	return r, err
}

func (f Flow) run(ctx context.Context, b *back) (secret.Record, error) {
	if f.App.Way == OAuth1 {
		return f.runOAuth1(ctx, b)
	}
	return f.runOAuth2(ctx, b)
}

// back is the way back from the platform's page.
type back struct {
	// address is where the platform sends the person.
	address string
	// expect says what the person who comes must bring: before they are sent.
	expect func(is func(url.Values) bool)
	// wait returns the parameters with which they came.
	wait  func(context.Context) (url.Values, error)
	close func()
}

// back opens the way back.
func (f Flow) back() (*back, error) {
	address := f.Redirect
	switch {
	case address == "" && f.App.None:
		return nil, problem.Problem{Code: CodeNoRedirect, Params: problem.Params{"kind": f.App.Kind}}
	case address == "" && f.Paste != nil:
		address = "http://127.0.0.1:" + strconv.Itoa(max(f.App.Port, 1)) + callback // nobody listens: the person copies it
	case f.Paste == nil && (address == "" || Loopback(address)):
		return f.loopback()
	}
	if f.Paste == nil {
		return nil, problem.Problem{Code: CodeNoRedirect, Params: problem.Params{"kind": f.App.Kind}}
	}
	var is func(url.Values) bool
	return &back{address: address, close: func() {}, expect: func(f func(url.Values) bool) { is = f }, wait: func(ctx context.Context) (url.Values, error) {
		text, err := f.Paste(ctx)
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil || !is(u.Query()) {
			return nil, problem.Problem{Code: CodePasted}
		}
		return u.Query(), nil
	}}, nil
}

// Loopback reports whether an address is one at which this machine can listen for
// itself alone.
func Loopback(redirect string) bool {
	u, err := url.Parse(redirect)
	return err == nil && u.Scheme == "http" && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback())
}

// chance is a text that nobody guesses: 256 bits.
func chance() string { return oauth2.GenerateVerifier() }

// same compares without telling by the time it takes how much is equal.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// denied is what a platform said on its way back.
func denied(detail string) error {
	return problem.Problem{Code: CodeDenied, Params: problem.Params{"detail": detail}}
}
