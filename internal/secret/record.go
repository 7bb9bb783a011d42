package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"editorial/pkg/publish/platform"
)

// Record is what is kept of an account.
type Record struct {
	// Account is what the platform calls it, Server where it is: for people.
	Account, Server string
	// ClientID and ClientSecret are those of an app that "connect" registered.
	ClientID     string
	ClientSecret platform.Hidden
	Token        platform.Token
	// Seed is the SHA-256 of the configured secret that the token was made from;
	// "" where "connect" got it.
	Seed string
	// At is when it was written. The later of two counts.
	At time.Time
}

// written is a record as it is kept.
type written struct {
	Account      string   `json:"account,omitempty"`
	Server       string   `json:"server,omitempty"`
	ClientID     string   `json:"client_id,omitempty"`
	ClientSecret string   `json:"client_secret,omitempty"`
	Access       string   `json:"access,omitempty"`
	Secret       string   `json:"secret,omitempty"`
	Refresh      string   `json:"refresh,omitempty"`
	Expires      int64    `json:"expires,omitempty"` // seconds since 1970; so are the next
	RefreshBy    int64    `json:"refresh_by,omitempty"`
	Scopes       []string `json:"scopes,omitempty"`
	Seed         string   `json:"seed,omitempty"`
	At           int64    `json:"at"` // milliseconds since 1970
}

// encode is the record with its secrets: for a place that keeps them.
func (r Record) encode() ([]byte, error) {
	return json.Marshal(written{
		Account: r.Account, Server: r.Server, ClientID: r.ClientID, ClientSecret: r.ClientSecret.Reveal(),
		Access: r.Token.Access.Reveal(), Secret: r.Token.Secret.Reveal(), Refresh: r.Token.Refresh.Reveal(),
		Expires: seconds(r.Token.Expires), RefreshBy: seconds(r.Token.RefreshBy), Scopes: r.Token.Scopes,
		Seed: r.Seed, At: r.At.UnixMilli(),
	})
}

func decode(data []byte) (Record, error) {
	var w written
	if err := json.Unmarshal(data, &w); err != nil {
		return Record{}, fmt.Errorf("record of an account: unreadable") // what is wrong with it may quote a secret
	}
	return Record{
		Account: w.Account, Server: w.Server, ClientID: w.ClientID, ClientSecret: platform.Hidden(w.ClientSecret),
		Token: platform.Token{
			Access: platform.Hidden(w.Access), Secret: platform.Hidden(w.Secret), Refresh: platform.Hidden(w.Refresh),
			Expires: instant(w.Expires), RefreshBy: instant(w.RefreshBy), Scopes: w.Scopes,
		},
		Seed: w.Seed, At: time.UnixMilli(w.At).UTC(),
	}, nil
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func instant(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// sum names a token without telling it.
func sum(t platform.Token) string {
	h := sha256.New()
	for _, part := range []platform.Hidden{t.Access, t.Secret, t.Refresh} {
		fmt.Fprintf(h, "%d:%s", len(part), part.Reveal())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hides are the parts of a record that nobody may read.
func (r Record) hides() []string {
	return []string{r.Token.Access.Reveal(), r.Token.Secret.Reveal(), r.Token.Refresh.Reveal(), r.ClientSecret.Reveal()}
}
