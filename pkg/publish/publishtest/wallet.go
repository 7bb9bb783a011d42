package publishtest

import (
	"context"
	"sync"

	"editorial/pkg/publish/platform"
)

// Wallet holds a token in memory, as the program's credentials do on disk. It may
// be used by several publishers at once.
type Wallet struct {
	mu    sync.Mutex
	token platform.Token
	// Renewed counts the exchanges that gave a token.
	Renewed int
}

// NewWallet returns a wallet with a token in it.
func NewWallet(t platform.Token) *Wallet { return &Wallet{token: t} }

// Token returns the present one.
func (w *Wallet) Token(context.Context) (platform.Token, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.token.Access == "" {
		return platform.Token{}, platform.Refuse(platform.Auth, "no-token", "")
	}
	return w.token, nil
}

// Renew exchanges the token once, whoever asks.
func (w *Wallet) Renew(ctx context.Context, stale platform.Token, exchange func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.token.Access != stale.Access {
		return w.token, nil
	}
	made, err := exchange(ctx, w.token)
	if err != nil {
		return platform.Token{}, err
	}
	if made.Refresh == "" {
		made.Refresh = w.token.Refresh
	}
	if made.Secret == "" {
		made.Secret = w.token.Secret
	}
	if made.Scopes == nil {
		made.Scopes = w.token.Scopes
	}
	w.token = made
	w.Renewed++
	return made, nil
}

// Fixed is a token that never changes.
type Fixed string

// Token returns it.
func (f Fixed) Token(context.Context) (platform.Token, error) {
	return platform.Token{Access: platform.Hidden(f)}, nil
}

// Renew must not be called.
func (f Fixed) Renew(context.Context, platform.Token, func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	panic("a fixed token is not renewed")
}
