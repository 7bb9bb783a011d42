package doctor

import (
	"slices"
	"time"

	"editorial/internal/connections"
)

// Concerns are what of an account somebody must see to, before anything goes
// wrong there. That nobody connected a platform which needs no account is none:
// its posts are put there by hand.
func Concerns(s connections.State, now time.Time) []Finding {
	return slices.DeleteFunc(connection(s, now), func(f Finding) bool { return f.Status != Mend || f.Code == "connection-lacking" })
}

// Asked are the codes of concerns that only the platform itself can tell.
func Asked() []string {
	return []string{"connection-refused", "connection-refused-given", "connection-scopes"}
}
