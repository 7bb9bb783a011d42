package courier

import (
	"context"
	"slices"

	"editorial/internal/store"
)

// AreaAccount is that of notices of accounts: their subject is the platform.
const AreaAccount = "account"

// Checked is how a live account is.
type Checked struct {
	Platform string
	// Found is what somebody must see to: code and parameters.
	Found []store.Notice
	// Unasked are the codes of what only the platform could have said, where it was
	// not to be reached: what it said before may still be so.
	Unasked []string
}

// checkAccounts has every live account checked, and keeps what was found. Nothing
// waits for it, and whatever it finds keeps nothing from being sent.
func (c *Courier) checkAccounts(ctx context.Context) error {
	all, err := c.Check(ctx)
	if err != nil {
		return err
	}
	unasked := map[string][]string{}
	var found []store.Notice
	for _, a := range all {
		unasked[a.Platform] = a.Unasked
		for _, n := range a.Found {
			n.Subject = a.Platform
			found = append(found, n)
		}
	}
	return c.notice(ctx, AreaAccount, found, func(n store.Notice) bool { return slices.Contains(unasked[n.Subject], n.Code) })
}
