package platform

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Account is whose name a publisher speaks in.
type Account struct {
	// Server is the address of the instance or of the API, with no slash at the
	// end; "" is the platform's own.
	Server string
	// Name is the account's on the platform: handle, page id, user, address.
	Name string
	// ClientID and ClientSecret are the app's, where the platform wants one.
	ClientID     string
	ClientSecret Hidden
	Credentials  Credentials
	// Options are the platform's own settings, by the names of its
	// documentation.
	Options map[string]string
}

// Hidden is a text that no format verb shows.
type Hidden string

// Format prints "***", or nothing of nothing.
func (h Hidden) Format(f fmt.State, _ rune) {
	if h != "" {
		_, _ = io.WriteString(f, "***")
	}
}

// MarshalText never shows it.
func (h Hidden) MarshalText() ([]byte, error) { return []byte("***"), nil }

// Reveal returns the text, for the one who must send it.
func (h Hidden) Reveal() string { return string(h) }

// Token is what an account is proved by. Which parts it has is the platform's
// business: Access alone (a token, an app password), with Secret (OAuth 1.0a), or
// with Refresh.
type Token struct {
	Access, Secret, Refresh Hidden
	// Expires is when Access ends; zero: never, or not known. RefreshBy is when
	// Refresh does.
	Expires, RefreshBy time.Time
	Scopes             []string
}

// Credentials hold the token of one account.
type Credentials interface {
	// Token returns the present one. Its error is of class Auth where there is
	// none.
	Token(context.Context) (Token, error)
	// Renew calls exchange with the present token, keeps what it returns for
	// good, and returns it; one at a time for all programs that use the account.
	// If the present token is no longer stale, somebody else renewed it, and it
	// is returned as it is. Parts that exchange leaves empty stay.
	Renew(ctx context.Context, stale Token, exchange func(context.Context, Token) (Token, error)) (Token, error)
}
